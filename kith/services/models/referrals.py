"""Referrals and what is said about services."""

from uuid import uuid4

from django.db import models
from django.db.models import CheckConstraint, Q

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.people.models import Person
from kith.services.models.directory import Service
from kith.services.rules.needs import NEEDS
from kith.services.rules.states import (
    STILL_GOING,
    Helped,
    Reason,
    ReferralState,
    Way,
    WrongEntry,
)

STATES = [(state.value, state.value) for state in ReferralState]
OVER = sorted({state.value for state in ReferralState} - {state.value for state in STILL_GOING})


class Referral(Model):
    """One person and one service: where it stands now."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    need = models.CharField(max_length=20, choices=[(need, need) for need in NEEDS], blank=True)
    state = models.CharField(max_length=14, choices=STATES, default=ReferralState.OFFERED.value)
    wish = EncryptedTextField(blank=True)
    offered_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    offered_on = models.DateField()
    changed_on = models.DateField()
    ask_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    # The yes to sharing was taken back after something had been passed on; then the service was
    # asked to delete what it has.
    unshared_on = models.DateField(null=True, blank=True)
    deletion_asked_on = models.DateField(null=True, blank=True)
    # That someone has answered, so that nobody is asked twice; not what.
    has_feedback = models.BooleanField(default=False)

    vault_subject = "person_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        service=Kind.LINK,
        need=Kind.FACT,
        state=Kind.FACT,
        wish=Kind.FREE_TEXT,
        offered_by=Kind.LINK,
        offered_on=Kind.FACT,
        changed_on=Kind.FACT,
        ask_on=Kind.FACT,
        closed_on=Kind.FACT,
        unshared_on=Kind.FACT,
        deletion_asked_on=Kind.FACT,
        has_feedback=Kind.FACT,
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="referral_state_known", condition=Q(state__in=[one for one, _ in STATES])
            ),
            CheckConstraint(
                name="referral_over_has_a_day",
                condition=Q(state__in=OVER, closed_on__isnull=False)
                | (~Q(state__in=OVER) & Q(closed_on__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["person", "service"],
                condition=Q(closed_on__isnull=True),
                name="referral_once_at_a_time",
            ),
            CheckConstraint(
                name="deletion_asked_after_a_no",
                condition=Q(deletion_asked_on__isnull=True) | Q(unshared_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "ask_on", "id"],
                condition=Q(closed_on__isnull=True),
                name="referral_to_ask",
            ),
            models.Index(fields=["organisation", "-changed_on", "-id"], name="referral_newest"),
            models.Index(fields=["organisation", "closed_on"], name="referral_closed"),
            models.Index(
                fields=["organisation", "unshared_on"],
                condition=Q(unshared_on__isnull=False, deletion_asked_on__isnull=True),
                name="referral_to_delete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.offered_on}"


class ReferralStep(Model):
    """One step of a referral: who noted it on which day, and what belongs to it."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=14, choices=STATES)
    on = models.DateField()
    by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(
        max_length=24, choices=[(one.value, one.value) for one in Reason], blank=True
    )
    note = EncryptedTextField(blank=True)
    # Of a step "sent": how, which fields, to whom at the service, and until when they may keep it.
    way = models.CharField(
        max_length=12, choices=[(one.value, one.value) for one in Way], blank=True
    )
    passed = models.JSONField(default=list, blank=True)
    recipient = EncryptedTextField(blank=True)
    until = models.DateField(null=True, blank=True)

    vault_subject = "person_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        referral=Kind.LINK,
        person=Kind.LINK,
        state=Kind.FACT,
        on=Kind.FACT,
        by=Kind.LINK,
        reason=Kind.FACT,
        note=Kind.FREE_TEXT,
        way=Kind.FACT,
        passed=Kind.FACT,
        recipient=Kind.FREE_TEXT,
        until=Kind.FACT,
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="sent_says_how",
                condition=~Q(state=ReferralState.SENT.value) | ~Q(way=""),
            ),
            CheckConstraint(
                name="passed_on_has_an_end", condition=Q(passed=[]) | Q(until__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.on}"


class Feedback(Model):
    """What somebody said about a service. Nothing here leads to a person or an exact moment."""

    # A key in the order of time would tell who answered when; this one tells nothing.
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    helped = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Helped])
    hard_to_reach = models.BooleanField(null=True)
    comment = EncryptedTextField(blank=True)

    vault_subject = "service_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        service=Kind.LINK,
        helped=Kind.FACT,
        hard_to_reach=Kind.FACT,
        comment=Kind.FREE_TEXT,
    )

    def __str__(self) -> str:
        return self.helped


class EntryReport(Model):
    """Somebody says that an entry is wrong; who it was is not kept."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=10, choices=[(one.value, one.value) for one in WrongEntry])
    note = EncryptedTextField(blank=True)
    reported_on = models.DateField()
    settled_on = models.DateField(null=True, blank=True)

    vault_subject = "service_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        service=Kind.LINK,
        what=Kind.FACT,
        note=Kind.FREE_TEXT,
        reported_on=Kind.FACT,
        settled_on=Kind.FACT,
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "id"],
                condition=Q(settled_on__isnull=True),
                name="report_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.reported_on}"
