"""What people agreed to, purpose by purpose."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, Exists, OuterRef, Q, UniqueConstraint

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.consent.rules import FIRST_PURPOSE, STATES, SignatureKind, State
from kith.gate.models import Membership
from kith.people.models import Person


class Consent(Model):
    """One decision about one purpose, in the words it was made with."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=24)
    recipient = EncryptedTextField(blank=True)
    version = models.CharField(max_length=12)
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=10, choices=[(state, state) for state in STATES])
    decided_on = models.DateField()
    # The newest decision of a purpose is the one in force.
    latest = models.BooleanField(default=True)
    explained_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    interpreter = EncryptedTextField(blank=True)
    signature_kind = models.CharField(
        max_length=8, choices=[(kind.value, kind.value) for kind in SignatureKind]
    )
    signature = EncryptedTextField(blank=True)

    vault_subject = "person_id"
    vault_store = "identity"
    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        purpose=Kind.FACT,
        recipient=Kind.FREE_TEXT,
        version=Kind.TECHNICAL,
        language=Kind.FACT,
        state=Kind.FACT,
        decided_on=Kind.FACT,
        latest=Kind.TECHNICAL,
        explained_by=Kind.LINK,
        interpreter=Kind.FREE_TEXT,
        signature_kind=Kind.FACT,
        signature=Kind.IDENTITY,
    )

    class Meta:
        constraints = [
            CheckConstraint(name="consent_known_state", condition=Q(state__in=STATES)),
            CheckConstraint(
                name="consent_given_is_explained",
                condition=~Q(state=State.GIVEN.value) | Q(explained_by__isnull=False),
            ),
            # Sharing is agreed to for each recipient on its own.
            UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(latest=True) & ~Q(purpose="sharing"),
                name="consent_one_in_force",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "purpose", "-id"], name="consent_by_purpose"),
            models.Index(
                fields=["organisation", "purpose", "state"],
                condition=Q(latest=True),
                name="consent_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.state}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        if self.purpose == FIRST_PURPOSE:
            note_asked([self.person_id])


def note_asked(person_ids: Iterable[UUID]) -> None:
    """Note with people whether an answer of theirs is in force; after each write in bulk too."""
    answers = Consent.objects.filter(person=OuterRef("pk"), purpose=FIRST_PURPOSE, latest=True)
    Person.objects.filter(pk__in=list(person_ids)).update(consent_asked=Exists(answers))
