"""Signatures under the agreement of a match."""

from django.db import models
from django.db.models import UniqueConstraint

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.mentoring.models.matches import Match
from kith.people.models import Person
from kith.people.models.choices import stored_choices


class Signature(Model):
    """Someone's yes to the agreement of a match, in the version they read."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text_version = models.CharField(max_length=12)
    language = models.CharField(max_length=8)
    signed_on = models.DateField()
    kind = models.CharField(max_length=8, choices=stored_choices(("drawn", "typed")))
    signature = EncryptedTextField()
    taken_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    vault_subject = "match_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        match=Kind.LINK,
        person=Kind.LINK,
        text_version=Kind.TECHNICAL,
        language=Kind.FACT,
        signed_on=Kind.FACT,
        kind=Kind.FACT,
        signature=Kind.IDENTITY,
        taken_by=Kind.LINK,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["match", "person", "text_version"], name="signed_once")
        ]

    def __str__(self) -> str:
        return str(self.signed_on)
