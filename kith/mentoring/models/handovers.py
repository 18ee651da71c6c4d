"""Hand-overs: who is to go with a participant from a day on, and what the participant said."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.mentoring.models.matches import Match
from kith.mentoring.models.members import MatchMember
from kith.mentoring.rules.handovers import AHEAD, HandOverState
from kith.people.models import Person
from kith.people.models.choices import stored_choices


class HandOver(Model):
    """Somebody else takes a place of a match for good, or stands in until a day.

    member    whose place it is
    person    who is to take it
    until_on  the last day of a stand-in; empty where it is for good
    answered_on, noted_by  when the participant answered, and who of staff noted it, if anybody
    joined    the part in the match that came of it
    """

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(MatchMember, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=8, choices=stored_choices(HandOverState), default=HandOverState.ASKED.value
    )
    asked_on = models.DateField()
    asked_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    joined = models.ForeignKey(
        MatchMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    privacy = Privacy(
        **COMMON,
        match=Kind.LINK,
        member=Kind.LINK,
        person=Kind.LINK,
        state=Kind.FACT,
        asked_on=Kind.FACT,
        asked_by=Kind.LINK,
        from_on=Kind.FACT,
        until_on=Kind.FACT,
        answered_on=Kind.FACT,
        noted_by=Kind.LINK,
        joined=Kind.LINK,
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["member"],
                condition=Q(state__in=sorted(AHEAD)),
                name="hand_over_one_at_a_time",
            ),
            CheckConstraint(
                name="hand_over_ends_after_it_began",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
            CheckConstraint(
                name="hand_over_begins_with_a_yes",
                condition=~Q(state__in=["agreed", "begun", "over"]) | Q(answered_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "state", "from_on", "id"],
                condition=Q(state__in=["asked", "agreed", "begun"]),
                name="hand_over_open",
            ),
            models.Index(fields=["match", "from_on", "id"], name="hand_over_by_match"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.from_on}"

    @property
    def stands_in(self) -> bool:
        """Whether it is until a day, and not for good."""
        return self.until_on is not None
