"""Meetings of a match."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.mentoring.models.matches import Match
from kith.mentoring.rules.states import LONGEST_MINUTES, SHORTEST_MINUTES, MeetingState
from kith.mentoring.rules.texts import Way
from kith.people.models.choices import stored_choices


class Meeting(Model):
    """A meeting planned, held, missed or called off. There is no field for a worry here."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=stored_choices(MeetingState))
    planned_at = models.DateTimeField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    way = models.CharField(
        max_length=12, choices=stored_choices([way.value for way in Way]), blank=True
    )
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
        indexes = [
            models.Index(fields=["match", "-held_on", "-id"], name="meeting_by_match"),
            models.Index(
                fields=["organisation", "planned_at"],
                condition=Q(state="planned"),
                name="meeting_by_plan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.held_on or self.planned_at}"
