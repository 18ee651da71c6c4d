"""Meetings of a match."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.mentoring.models.matches import Match
from kith.mentoring.models.members import MatchMember
from kith.mentoring.rules.states import LONGEST_MINUTES, SHORTEST_MINUTES, Coming, MeetingState
from kith.mentoring.rules.texts import Way
from kith.people.models.choices import stored_choices


class Meeting(Model):
    """A meeting planned, held, missed or called off. There is no field for a worry here.

    minutes   how long it is to be; once it is held, how long it was
    place     an address or a link
    sequence  rises whenever it is moved or called off: a calendar keeps the highest
    """

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=stored_choices(MeetingState))
    planned_at = models.DateTimeField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    way = models.CharField(
        max_length=12, choices=stored_choices([way.value for way in Way]), blank=True
    )
    place = EncryptedTextField(blank=True)
    interpreter_wanted = models.BooleanField(default=False)
    interpreter_came = models.BooleanField(default=False)
    sequence = models.PositiveSmallIntegerField(default=0)
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
        place=Kind.FREE_TEXT,
        interpreter_wanted=Kind.FACT,
        interpreter_came=Kind.FACT,
        sequence=Kind.TECHNICAL,
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
        indexes = [
            models.Index(fields=["match", "-held_on", "-id"], name="meeting_by_match"),
            models.Index(
                fields=["organisation", "planned_at"],
                condition=Q(state="planned"),
                name="meeting_by_plan",
            ),
            models.Index(
                fields=["match", "planned_at"],
                condition=Q(planned_at__isnull=False),
                name="meeting_plan_of_match",
            ),
            models.Index(
                fields=["organisation", "planned_at", "id"],
                condition=Q(state__in=["planned", "held"], planned_at__isnull=False),
                name="meeting_by_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.held_on or self.planned_at}"


class MeetingPart(Model):
    """What someone of the match said to a planned meeting, and whether they were there."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+", db_index=False)
    member = models.ForeignKey(MatchMember, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=8, choices=stored_choices(Coming), blank=True)
    came = models.BooleanField(null=True, blank=True)

    privacy = Privacy(
        **COMMON, meeting=Kind.LINK, member=Kind.LINK, answer=Kind.FACT, came=Kind.FACT
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["meeting", "member"], name="one_part_in_a_meeting")]

    def __str__(self) -> str:
        return f"{self.answer} {self.came}"
