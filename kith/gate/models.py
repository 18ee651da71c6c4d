"""Who may come in, in which roles, and what everyone did."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from kith.base import vault
from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model, Row, Rows
from kith.base.privacy import Kind, Privacy
from kith.gate.roles import Role


def login_token(address: str) -> str:
    """What is stored instead of an e-mail address or card number: a keyed hash of it."""
    return vault.blind_hex("login", address.strip().casefold())


class UserManager(BaseUserManager["User"]):
    """Finds people by what they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(login=username)


class User(AbstractBaseUser, Row):
    """Someone who signs in. Names and addresses are not here but in the membership's vault."""

    login = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=8, default="en")
    # Who signed in when is in the audit, not here.
    last_login = None
    is_active = models.BooleanField(default=True)
    failed_tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager.from_queryset(Rows)()  # type: ignore[assignment]

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    privacy = Privacy(
        id=Kind.TECHNICAL,
        created_at=Kind.TECHNICAL,
        password=Kind.SECRET,
        login=Kind.SECRET,
        language=Kind.FACT,
        is_active=Kind.FACT,
        failed_tries=Kind.TECHNICAL,
        locked_until=Kind.TECHNICAL,
    )

    def __str__(self) -> str:
        return str(self.pk)


class Membership(Model):
    """A person's place in one organisation: name, address and roles there."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    roles = ArrayField(models.CharField(max_length=30, choices=[(r.value, r.value) for r in Role]))
    name = EncryptedTextField()
    email = EncryptedTextField()
    active = models.BooleanField(default=True)

    vault_subject = "user_id"
    vault_store = "account"
    privacy = Privacy(
        **COMMON,
        user=Kind.LINK,
        roles=Kind.FACT,
        name=Kind.IDENTITY,
        email=Kind.CONTACT,
        active=Kind.FACT,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="membership_once"),
        ]
        indexes = [models.Index(fields=["organisation", "active"])]

    def __str__(self) -> str:
        return str(self.name)


class AuditEvent(Model):
    """One line of what was done or read: names of fields, never values. A chain no one may edit."""

    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    actor_id = models.CharField(max_length=60)
    verb = models.CharField(max_length=80)
    row_model = models.CharField(max_length=60, blank=True)
    row_id = models.UUIDField(null=True, blank=True)
    changes = models.JSONField(default=dict)
    reason = EncryptedTextField()
    previous = models.CharField(max_length=64)
    sealed = models.CharField(max_length=64)

    vault_subject = "organisation_id"
    vault_store = "audit"
    privacy = Privacy(
        **COMMON,
        seq=Kind.TECHNICAL,
        at=Kind.FACT,
        actor_kind=Kind.FACT,
        actor_id=Kind.LINK,
        verb=Kind.FACT,
        row_model=Kind.FACT,
        row_id=Kind.LINK,
        changes=Kind.FACT,
        reason=Kind.FREE_TEXT,
        previous=Kind.SECRET,
        sealed=Kind.SECRET,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "seq"], name="audit_seq_once"),
        ]
        indexes = [
            models.Index(fields=["organisation", "row_id", "seq"]),
            models.Index(fields=["organisation", "actor_id", "seq"]),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"


class AuditHead(Model):
    """The last link of an organisation's chain; locked while a link is added."""

    seq = models.BigIntegerField(default=0)
    sealed = models.CharField(max_length=64, default="")

    privacy = Privacy(**COMMON, seq=Kind.TECHNICAL, sealed=Kind.SECRET)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="audit_one_head"),
        ]

    def __str__(self) -> str:
        return str(self.seq)
