"""Matches: the agreement, the meetings and the goals of two people."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.matching.models import Proposal
from kith.mentoring.rules.states import (
    LONGEST_MINUTES,
    SHORTEST_MINUTES,
    ChosenBy,
    GoalState,
    MatchState,
    MeetingState,
    TalkWay,
    Who,
)
from kith.mentoring.rules.texts import Way
from kith.people.models import Person
from kith.people.rules import Side
from kith.programmes.models import Programme


def _choices(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(value), str(value)) for value in values]


class Match(Model):
    """Two people who agreed to meet, within a programme."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(
        max_length=10, choices=_choices(MatchState), default=MatchState.STARTING.value
    )
    agreed_on = models.DateField()
    started_on = models.DateField(null=True, blank=True)
    planned_end_on = models.DateField(null=True, blank=True)
    last_meeting_on = models.DateField(null=True, blank=True)
    next_meeting_at = models.DateTimeField(null=True, blank=True)
    farewell_on = models.DateField(null=True, blank=True)
    # From this day on the coordinator's talks with each side are asked for.
    talks_from = models.DateField(null=True, blank=True)
    participant_talk_on = models.DateField(null=True, blank=True)
    mentor_talk_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    close_reason = models.CharField(max_length=30, blank=True)
    # From this day on the match asks for the coordinator, unless something happens before.
    attention_on = models.DateField(null=True, blank=True)
    last_event_at = models.DateTimeField()

    privacy = Privacy(
        **COMMON,
        programme=Kind.LINK,
        participant=Kind.LINK,
        mentor=Kind.LINK,
        proposal=Kind.LINK,
        state=Kind.FACT,
        agreed_on=Kind.FACT,
        started_on=Kind.FACT,
        planned_end_on=Kind.FACT,
        last_meeting_on=Kind.FACT,
        next_meeting_at=Kind.FACT,
        farewell_on=Kind.FACT,
        talks_from=Kind.FACT,
        participant_talk_on=Kind.FACT,
        mentor_talk_on=Kind.FACT,
        closed_on=Kind.FACT,
        close_reason=Kind.FACT,
        attention_on=Kind.FACT,
        last_event_at=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["programme", "participant", "mentor"],
                condition=~Q(state="closed"),
                name="match_once",
            ),
            CheckConstraint(
                name="match_closed_has_day_and_reason",
                condition=~Q(state="closed") | (Q(closed_on__isnull=False) & ~Q(close_reason="")),
            ),
            CheckConstraint(
                name="match_of_two_people", condition=~Q(participant=models.F("mentor"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "state", "-last_event_at", "-id"], name="match_by_event"
            ),
            models.Index(fields=["organisation", "-last_event_at", "-id"], name="match_newest"),
            models.Index(
                fields=["organisation", "attention_on", "id"],
                condition=Q(state__in=["starting", "active"]),
                name="match_by_attention",
            ),
            models.Index(fields=["participant"], name="match_by_participant"),
            models.Index(fields=["mentor"], name="match_by_mentor"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Signature(Model):
    """Someone's yes to the agreement of a match, in the version they read."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text_version = models.CharField(max_length=12)
    language = models.CharField(max_length=8)
    signed_on = models.DateField()
    kind = models.CharField(max_length=8, choices=_choices(("drawn", "typed")))
    signature = EncryptedTextField()
    taken_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    vault_subject = "match_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        match=Kind.LINK,
        person=Kind.LINK,
        text_version=Kind.TECHNICAL,
        language=Kind.FACT,
        signed_on=Kind.FACT,
        kind=Kind.FACT,
        signature=Kind.IDENTITY,
        taken_by=Kind.LINK,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["match", "person", "text_version"], name="signed_once")
        ]

    def __str__(self) -> str:
        return str(self.signed_on)


class Meeting(Model):
    """A meeting planned, held, missed or called off. There is no field for a worry here."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=_choices(MeetingState))
    planned_at = models.DateTimeField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    way = models.CharField(max_length=12, choices=_choices([way.value for way in Way]), blank=True)
    topics = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    next_step = EncryptedTextField(blank=True)
    noted_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    vault_subject = "match_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        match=Kind.LINK,
        state=Kind.FACT,
        planned_at=Kind.FACT,
        held_on=Kind.FACT,
        minutes=Kind.FACT,
        way=Kind.FACT,
        topics=Kind.FACT,
        next_step=Kind.FREE_TEXT,
        noted_by=Kind.LINK,
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="meeting_minutes_1_600",
                condition=Q(minutes__isnull=True)
                | Q(minutes__range=(SHORTEST_MINUTES, LONGEST_MINUTES)),
            ),
            CheckConstraint(
                name="meeting_held_has_a_day",
                condition=~Q(state="held") | Q(held_on__isnull=False, minutes__isnull=False),
            ),
            CheckConstraint(
                name="meeting_planned_has_a_time",
                condition=Q(state="held") | Q(planned_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["match", "-held_on", "-id"], name="meeting_by_match")]

    def __str__(self) -> str:
        return f"{self.state} {self.held_on or self.planned_at}"


class Talk(Model):
    """The coordinator asks one of the two how it is going; also when nobody was reached."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=12, choices=_choices(Side))
    on = models.DateField()
    way = models.CharField(max_length=12, choices=_choices(TalkWay))
    reached = models.BooleanField()
    note = EncryptedTextField(blank=True)
    noted_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    vault_subject = "match_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        match=Kind.LINK,
        side=Kind.FACT,
        on=Kind.FACT,
        way=Kind.FACT,
        reached=Kind.FACT,
        note=Kind.FREE_TEXT,
        noted_by=Kind.LINK,
    )

    class Meta:
        indexes = [models.Index(fields=["match", "-on", "-id"], name="talk_by_match")]

    def __str__(self) -> str:
        return f"{self.side} {self.on}"


class RelationshipCheck(Model):
    """What one side answered to the six statements about the match, or that they would rather not.

    Only the coordinator reads the answers; the other side never does.
    """

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=12, choices=_choices(Side))
    week = models.PositiveSmallIntegerField()
    answered_on = models.DateField()
    text_version = models.CharField(max_length=12)
    # Empty where somebody would rather not answer.
    answers = EncryptedTextField(blank=True)
    # A talk is to be offered; the next talk with this side ends it.
    offers_talk = models.BooleanField(default=False)
    noted_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    vault_subject = "match_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        match=Kind.LINK,
        side=Kind.FACT,
        week=Kind.FACT,
        answered_on=Kind.FACT,
        text_version=Kind.TECHNICAL,
        answers=Kind.FREE_TEXT,
        offers_talk=Kind.FACT,
        noted_by=Kind.LINK,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["match", "side", "week"], name="relationship_check_once")
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.week}"


class Goal(Model):
    """Something the participant wants to reach; at most three at a time."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    domain = models.CharField(max_length=20)
    title = EncryptedTextField()
    chosen_by = models.CharField(max_length=12, choices=_choices(ChosenBy))
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=_choices(GoalState), default=GoalState.ACTIVE.value
    )
    ended_on = models.DateField(null=True, blank=True)

    vault_subject = "match_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        match=Kind.LINK,
        domain=Kind.FACT,
        title=Kind.FREE_TEXT,
        chosen_by=Kind.FACT,
        due_on=Kind.FACT,
        state=Kind.FACT,
        ended_on=Kind.FACT,
    )

    class Meta:
        indexes = [models.Index(fields=["match", "state"], name="goal_by_match")]

    def __str__(self) -> str:
        return self.state


class GoalStep(Model):
    """A small step towards a goal: who does it, and when it was done."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="+")
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    text = EncryptedTextField()
    who = models.CharField(max_length=12, choices=_choices(Who))
    done_on = models.DateField(null=True, blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    vault_subject = "match_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        goal=Kind.LINK,
        match=Kind.LINK,
        text=Kind.FREE_TEXT,
        who=Kind.FACT,
        done_on=Kind.FACT,
        place=Kind.TECHNICAL,
    )

    class Meta:
        indexes = [models.Index(fields=["match", "place"], name="step_by_match")]

    def __str__(self) -> str:
        return str(self.pk)
