"""Invitations, cards, where someone is signed in, and forms kept when a session ended."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, UniqueConstraint

from kith.accounts.rules import Device, Purpose, Way
from kith.base.fields import EncryptedJSONField, EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership, User
from kith.gate.roles import Role


class Invitation(Model):
    """A link that lets one person in: with new roles, or to a new password. Works once."""

    token = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(
        max_length=8, choices=[(p.value, p.value) for p in Purpose], default=Purpose.JOIN
    )
    roles = ArrayField(
        models.CharField(max_length=30, choices=[(r.value, r.value) for r in Role]), default=list
    )
    name = EncryptedTextField()
    email = EncryptedTextField(blank=True)
    language = models.CharField(max_length=8, default="en")
    context = models.CharField(max_length=80, blank=True)
    # Nobody invites the first coordinator of an organisation but its founding.
    invited_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    member = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    vault_subject = "id"
    vault_store = "account"
    privacy = Privacy(
        **COMMON,
        token=Kind.SECRET,
        purpose=Kind.FACT,
        roles=Kind.FACT,
        name=Kind.IDENTITY,
        email=Kind.CONTACT,
        language=Kind.FACT,
        context=Kind.LINK,
        invited_by=Kind.LINK,
        member=Kind.LINK,
        expires_at=Kind.FACT,
        accepted_at=Kind.FACT,
        withdrawn_at=Kind.FACT,
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "-created_at"])]

    def __str__(self) -> str:
        return str(self.pk)


class Card(Model):
    """A printed card someone signs in with. Number and PIN are nowhere but on the paper."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(**COMMON, user=Kind.LINK, made_by=Kind.LINK, revoked_at=Kind.FACT)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(revoked_at__isnull=True),
                name="card_one_valid",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Visit(Model):
    """One place where someone is signed in: a coarse word for the device, no more."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=8, choices=[(d.value, d.value) for d in Device])
    way = models.CharField(max_length=10, choices=[(w.value, w.value) for w in Way])

    privacy = Privacy(
        **COMMON,
        user=Kind.LINK,
        session_key=Kind.SECRET,
        device=Kind.TECHNICAL,
        way=Kind.TECHNICAL,
    )

    class Meta:
        indexes = [models.Index(fields=["user", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.device} {self.created_at:%Y-%m-%d}"


class Draft(Model):
    """A form that was sent after the session had ended: kept for a day, for its writer alone."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    content = EncryptedJSONField()
    expires_at = models.DateTimeField()

    vault_subject = "user_id"
    vault_store = "draft"
    privacy = Privacy(**COMMON, user=Kind.LINK, content=Kind.FREE_TEXT, expires_at=Kind.TECHNICAL)

    class Meta:
        constraints = [UniqueConstraint(fields=["organisation", "user"], name="draft_one_each")]

    def __str__(self) -> str:
        return str(self.pk)
