"""Five outcomes of a goal, and which one was true at the start and at the review."""

from django.db import models
from django.db.models import CheckConstraint, Q

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.mentoring.models.goals import Goal
from kith.mentoring.models.matches import Match
from kith.mentoring.rules.scaling import Outcome
from kith.people.models.choices import stored_choices


class GoalScale(Model):
    """What much less, less, as much, more and much more than expected would be, in own words.

    at_start   the outcome that was true when they were described, chosen together
    at_review  the outcome that was true when both looked again; empty until then
    """

    goal = models.OneToOneField(Goal, on_delete=models.CASCADE, related_name="+")
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    much_less = EncryptedTextField()
    less = EncryptedTextField()
    expected = EncryptedTextField()
    more = EncryptedTextField()
    much_more = EncryptedTextField()
    at_start = models.CharField(max_length=10, choices=stored_choices(Outcome))
    described_on = models.DateField()
    at_review = models.CharField(max_length=10, choices=stored_choices(Outcome), blank=True)
    reviewed_on = models.DateField(null=True, blank=True)

    vault_subject = "match_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        goal=Kind.LINK,
        match=Kind.LINK,
        much_less=Kind.FREE_TEXT,
        less=Kind.FREE_TEXT,
        expected=Kind.FREE_TEXT,
        more=Kind.FREE_TEXT,
        much_more=Kind.FREE_TEXT,
        at_start=Kind.FACT,
        described_on=Kind.FACT,
        at_review=Kind.FACT,
        reviewed_on=Kind.FACT,
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="scale_reviewed_with_day",
                condition=Q(at_review="", reviewed_on__isnull=True)
                | (~Q(at_review="") & Q(reviewed_on__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def words(self) -> dict[Outcome, str]:
        """The five outcomes in their order."""
        return {one: str(getattr(self, one.value)) for one in Outcome}
