"""Duties of a welcome group."""

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils import timezone

from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.mentoring.models import Match, MatchMember, Meeting
from kith.people.models.choices import stored_choices
from kith.rota.rules.states import LONGEST_MINUTES, SHORTEST_MINUTES, DutyState


class Duty(Model):
    """One of a group is with the family at a time. There is no text about anybody here.

    role        what it is about: a role of the group, or empty for a visit
    member      who takes it; empty while nobody does
    swap_since  since when that member looks for somebody else; nobody is asked why
    meeting     the meeting it became; several duties of one day may share one
    sequence    rises whenever it is moved or called off: a calendar keeps the highest
    """

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(
        max_length=8, choices=stored_choices(DutyState), default=DutyState.PLANNED.value
    )
    at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=24, blank=True)
    member = models.ForeignKey(
        MatchMember, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    swap_since = models.DateTimeField(null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sequence = models.PositiveSmallIntegerField(default=0)

    privacy = Privacy(
        **COMMON,
        match=Kind.LINK,
        state=Kind.FACT,
        at=Kind.FACT,
        minutes=Kind.FACT,
        role=Kind.FACT,
        member=Kind.LINK,
        swap_since=Kind.FACT,
        meeting=Kind.LINK,
        sequence=Kind.TECHNICAL,
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="duty_minutes",
                condition=Q(minutes__range=(SHORTEST_MINUTES, LONGEST_MINUTES)),
            ),
            CheckConstraint(
                name="duty_swap_of_somebody",
                condition=Q(swap_since__isnull=True)
                | Q(state=DutyState.PLANNED.value, member__isnull=False),
            ),
            CheckConstraint(
                name="duty_meeting_when_held",
                condition=Q(meeting__isnull=True) | Q(state=DutyState.HELD.value),
            ),
        ]
        indexes = [
            models.Index(fields=["match", "at", "id"], name="duty_by_match"),
            models.Index(
                fields=["organisation", "at", "id"],
                condition=Q(state=DutyState.PLANNED.value),
                name="duty_planned_by_time",
            ),
            models.Index(fields=["member", "at"], name="duty_by_member"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.at}"

    @property
    def holder(self) -> MatchMember | None:
        """Who takes it; nobody once that member has left the match before its day."""
        member: MatchMember | None = self.member
        if member is None or member.until is None:
            return member
        return member if member.until >= timezone.localdate(self.at) else None
