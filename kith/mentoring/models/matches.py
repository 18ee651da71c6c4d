"""Matches: people who agreed to meet, two of them or a group and a family."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.matching.models import Proposal
from kith.mentoring.rules.states import MatchState
from kith.people.models import Group, Person
from kith.people.models.choices import stored_choices
from kith.programmes.models import Programme
from kith.programmes.rules import Unit


class Match(Model):
    """People who agreed to meet, within a programme: a pair, or a group and a family.

    participant, mentor  the two of a pair; of a group whom its coordinator turns to on each side.
                         Both are members too (`MatchMember`), with everybody beside them.
    group                the ready-made group it began with, for its name
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    unit = models.CharField(
        max_length=5, choices=stored_choices([one.value for one in Unit]), default=Unit.PAIR.value
    )
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(
        max_length=10, choices=stored_choices(MatchState), default=MatchState.STARTING.value
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
    # For this day the next call to a side was agreed.
    participant_again_on = models.DateField(null=True, blank=True)
    mentor_again_on = models.DateField(null=True, blank=True)
    # Since when a side wishes for somebody else, or to stop; nobody asks why.
    participant_wish_on = models.DateField(null=True, blank=True)
    mentor_wish_on = models.DateField(null=True, blank=True)
    # During a pause: when somebody asks how things stand. After it: when it ended.
    review_on = models.DateField(null=True, blank=True)
    resumed_on = models.DateField(null=True, blank=True)
    # When both looked together at goals and at what has changed.
    looked_back_on = models.DateField(null=True, blank=True)
    # When the participant last looked at their map anew or said "not this time": which of the two
    # is not kept. Since when they would rather not be asked for maps at all.
    looked_on = models.DateField(null=True, blank=True)
    no_maps_since = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    close_reason = models.CharField(max_length=30, blank=True)
    # From this day on the match asks for the coordinator, unless something happens before.
    attention_on = models.DateField(null=True, blank=True)
    # From this day on somebody calls; on this day those concerned are reminded.
    call_on = models.DateField(null=True, blank=True)
    remind_on = models.DateField(null=True, blank=True)
    last_event_at = models.DateTimeField()

    privacy = Privacy(
        **COMMON,
        programme=Kind.LINK,
        participant=Kind.LINK,
        mentor=Kind.LINK,
        proposal=Kind.LINK,
        unit=Kind.FACT,
        group=Kind.LINK,
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
        participant_again_on=Kind.FACT,
        mentor_again_on=Kind.FACT,
        participant_wish_on=Kind.FACT,
        mentor_wish_on=Kind.FACT,
        review_on=Kind.FACT,
        resumed_on=Kind.FACT,
        looked_back_on=Kind.FACT,
        looked_on=Kind.FACT,
        no_maps_since=Kind.FACT,
        closed_on=Kind.FACT,
        close_reason=Kind.FACT,
        attention_on=Kind.FACT,
        call_on=Kind.FACT,
        remind_on=Kind.FACT,
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
                fields=["organisation", "closed_on", "id"],
                condition=Q(state="closed"),
                name="match_by_closing",
            ),
            models.Index(
                fields=["organisation", "state", "-last_event_at", "-id"], name="match_by_event"
            ),
            models.Index(fields=["organisation", "-last_event_at", "-id"], name="match_newest"),
            models.Index(
                fields=["organisation", "attention_on", "id"],
                condition=Q(attention_on__isnull=False),
                name="match_by_attention",
            ),
            models.Index(
                fields=["organisation", "call_on", "id"],
                condition=Q(call_on__isnull=False),
                name="match_by_call",
            ),
            models.Index(
                fields=["organisation", "remind_on", "id"],
                condition=Q(remind_on__isnull=False),
                name="match_by_reminder",
            ),
            models.Index(
                fields=["programme", "started_on", "id"],
                condition=~Q(state="closed"),
                name="match_on_the_board",
            ),
            models.Index(
                fields=["programme", "-closed_on", "-id"],
                condition=Q(state="closed"),
                name="match_after_the_end",
            ),
            models.Index(
                fields=["organisation", "agreed_on", "id"],
                condition=Q(unit="group") & ~Q(state="closed"),
                name="match_of_a_group",
            ),
            models.Index(fields=["participant"], name="match_by_participant"),
            models.Index(fields=["mentor"], name="match_by_mentor"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_group(self) -> bool:
        """Whether a group goes with a family here."""
        return self.unit == Unit.GROUP.value
