"""What a programme pays back, what mentors claim, and the expenses of a claim."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q

from kith.activities.models import Activity
from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model, StoredFile
from kith.base.privacy import Kind, Privacy
from kith.expenses.rules.limits import (
    FEWEST_DAYS,
    FEWEST_YEARS,
    KEEP_YEARS,
    LONGEST_KIND,
    MOST_CENTS,
    MOST_DAYS,
    MOST_YEARS,
    WITHIN_DAYS,
)
from kith.expenses.rules.states import BOOKED, ClaimState
from kith.gate.models import Membership
from kith.mentoring.models import Meeting
from kith.people.models import Person
from kith.people.models.choices import stored_choices
from kith.programmes.models import Programme


class ExpensePlan(Model):
    """What one programme pays back to its mentors, and until when they may say so.

    kinds        the programme's own list, in its own words
    limit_cents  for one mentor in one month, whole cents; none means no limit
    within_days  from the day of an expense on
    keep_years   from the end of the year in which a claim was paid
    """

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="+")
    is_open = models.BooleanField(default=True)
    kinds = ArrayField(models.CharField(max_length=LONGEST_KIND), default=list)
    currency = models.CharField(max_length=3)
    limit_cents = models.PositiveIntegerField(null=True, blank=True)
    within_days = models.PositiveSmallIntegerField(default=WITHIN_DAYS)
    keep_years = models.PositiveSmallIntegerField(default=KEEP_YEARS)

    privacy = Privacy(
        **COMMON,
        programme=Kind.LINK,
        is_open=Kind.FACT,
        kinds=Kind.FACT,
        currency=Kind.FACT,
        limit_cents=Kind.FACT,
        within_days=Kind.FACT,
        keep_years=Kind.FACT,
    )

    class Meta:
        constraints = [
            CheckConstraint(name="expense_plan_has_kinds", condition=Q(kinds__len__gte=1)),
            CheckConstraint(
                name="expense_plan_currency", condition=Q(currency__regex="^[A-Z]{3}$")
            ),
            CheckConstraint(
                name="expense_plan_days", condition=Q(within_days__range=(FEWEST_DAYS, MOST_DAYS))
            ),
            CheckConstraint(
                name="expense_plan_years", condition=Q(keep_years__range=(FEWEST_YEARS, MOST_YEARS))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.limit_cents}"


class Claim(Model):
    """Expenses of one mentor that are sent, looked at and paid together.

    name     of the mentor as it was when the claim was sent: the books outlive the record
    word     a question, the reason of a no, or why more than the limit was agreed
    sending  how often it was sent: whoever decides says which one they looked at
    cents    what its expenses come to
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = EncryptedTextField(blank=True)
    state = models.CharField(
        max_length=10, choices=stored_choices(ClaimState), default=ClaimState.DRAFT.value
    )
    currency = models.CharField(max_length=3)
    cents = models.PositiveIntegerField(default=0)
    sending = models.PositiveSmallIntegerField(default=0)
    changed_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)
    word = EncryptedTextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    paid_on = models.DateField(null=True, blank=True)
    paid_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    vault_subject = "id"
    vault_store = "identity"
    privacy = Privacy(
        **COMMON,
        programme=Kind.LINK,
        person=Kind.LINK,
        name=Kind.IDENTITY,
        state=Kind.FACT,
        currency=Kind.FACT,
        cents=Kind.FACT,
        sending=Kind.TECHNICAL,
        changed_on=Kind.FACT,
        sent_on=Kind.FACT,
        word=Kind.FREE_TEXT,
        decided_on=Kind.FACT,
        decided_by=Kind.LINK,
        paid_on=Kind.FACT,
        paid_by=Kind.LINK,
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="claim_known_state",
                condition=Q(state__in=[state.value for state in ClaimState]),
            ),
            CheckConstraint(
                name="claim_agreed_by_someone",
                condition=~Q(state__in=[state.value for state in BOOKED])
                | Q(decided_on__isnull=False, decided_by__isnull=False),
            ),
            CheckConstraint(
                name="claim_paid_has_a_day",
                condition=Q(state=ClaimState.PAID.value) ^ Q(paid_on__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="claim_of_person"),
            models.Index(fields=["organisation", "state", "sent_on", "id"], name="claim_by_state"),
            models.Index(
                fields=["organisation", "decided_on", "id"],
                condition=Q(state__in=[state.value for state in BOOKED]),
                name="claim_booked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.cents} {self.currency}"


class Expense(Model):
    """One expense of a claim. The note says what it was for, never with whom."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+", db_index=False)
    on = models.DateField()
    kind = models.CharField(max_length=LONGEST_KIND)
    cents = models.PositiveIntegerField()
    note = EncryptedTextField(blank=True)
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    receipt = models.OneToOneField(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    vault_subject = "claim_id"
    vault_store = "identity"
    privacy = Privacy(
        **COMMON,
        claim=Kind.LINK,
        on=Kind.FACT,
        kind=Kind.FACT,
        cents=Kind.FACT,
        note=Kind.FREE_TEXT,
        meeting=Kind.LINK,
        activity=Kind.LINK,
        receipt=Kind.LINK,
    )

    class Meta:
        constraints = [
            CheckConstraint(name="expense_amount", condition=Q(cents__range=(1, MOST_CENTS))),
            CheckConstraint(
                name="expense_for_one_thing",
                condition=Q(meeting__isnull=True) | Q(activity__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["claim", "on", "id"], name="expense_of_claim")]

    def __str__(self) -> str:
        return f"{self.on} {self.cents}"
