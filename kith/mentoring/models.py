"""Matches: the agreement, the meetings and the goals of two people."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.matching.models import Proposal
from kith.people.models import Person
from kith.programmes.models import Programme

MATCH_STATES = ("starting", "active", "paused", "closed")
MEETING_STATES = ("planned", "held", "missed", "cancelled")
WAYS = ("in_person", "phone", "video", "message")
GOAL_STATES = ("active", "reached", "let_go")


def _choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Match(Model):
    """Two people who agreed to meet, within a programme."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=_choices(MATCH_STATES), default="starting")
    agreed_on = models.DateField()
    started_on = models.DateField(null=True, blank=True)
    planned_end_on = models.DateField(null=True, blank=True)
    last_meeting_on = models.DateField(null=True, blank=True)
    next_meeting_at = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    close_reason = models.CharField(max_length=30, blank=True)
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
        closed_on=Kind.FACT,
        close_reason=Kind.FACT,
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
                name="match_of_two_people", condition=~Q(participant=models.F("mentor"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "state", "-last_event_at", "-id"], name="match_by_event"
            ),
            models.Index(fields=["organisation", "state", "last_meeting_on"], name="match_by_met"),
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
    state = models.CharField(max_length=10, choices=_choices(MEETING_STATES))
    planned_at = models.DateTimeField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    way = models.CharField(max_length=12, choices=_choices(WAYS), blank=True)
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
                condition=Q(minutes__isnull=True) | Q(minutes__range=(1, 600)),
            ),
            CheckConstraint(
                name="meeting_held_has_a_day",
                condition=~Q(state="held") | Q(held_on__isnull=False, minutes__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["match", "-held_on", "-id"], name="meeting_by_match")]

    def __str__(self) -> str:
        return f"{self.state} {self.held_on or self.planned_at}"


class Goal(Model):
    """Something the participant wants to reach; at most three at a time."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    domain = models.CharField(max_length=20)
    title = EncryptedTextField()
    chosen_by = models.CharField(max_length=12, choices=_choices(("participant", "together")))
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=_choices(GOAL_STATES), default="active")
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
    who = models.CharField(max_length=12, choices=_choices(("participant", "mentor", "both")))
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

    def __str__(self) -> str:
        return str(self.pk)
