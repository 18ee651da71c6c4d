"""Who belongs to a match, on which side, with which roles, and since when."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.mentoring.models.matches import Match
from kith.mentoring.rules.members import LeaveReason
from kith.people.models import Person
from kith.people.models.choices import stored_choices
from kith.people.rules import Side


class MatchMember(Model):
    """Someone's part in a match. Everybody has a row, the two it began with too.

    until       the last day; empty while someone is here, also when the match is closed
    instead_of  whose place someone took over, or takes for a while as a stand-in
    """

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=12, choices=stored_choices(Side))
    roles = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    leave_reason = models.CharField(max_length=12, choices=stored_choices(LeaveReason), blank=True)
    instead_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    privacy = Privacy(
        **COMMON,
        match=Kind.LINK,
        person=Kind.LINK,
        side=Kind.FACT,
        roles=Kind.FACT,
        since=Kind.FACT,
        until=Kind.FACT,
        leave_reason=Kind.FACT,
        instead_of=Kind.LINK,
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["match", "person"], condition=Q(until__isnull=True), name="member_once"
            ),
            CheckConstraint(
                name="member_leaves_after_coming",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
            CheckConstraint(
                name="member_leaves_with_a_reason",
                condition=Q(until__isnull=True, leave_reason="")
                | (Q(until__isnull=False) & ~Q(leave_reason="")),
            ),
            CheckConstraint(
                name="member_roles_on_the_mentors_side",
                condition=Q(side=Side.MENTOR.value) | Q(roles=[]),
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "side", "match"],
                condition=Q(until__isnull=True),
                name="member_now_by_person",
            ),
            models.Index(fields=["match", "side", "since", "id"], name="member_by_match"),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.since}"
