"""Certificates, what keeps them valid, and the key that badges are signed with."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.learning.models.courses import Course
from kith.learning.models.learners import Seat
from kith.learning.rules.states import HoursKind, Revoked
from kith.methods.learning.courses.schema import Opens
from kith.people.models.choices import stored_choices


class Certificate(Model):
    """Proof that somebody finished a course, for a time."""

    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    user = models.UUIDField()
    # What a public page is asked by; letters that cannot be taken for another.
    code = models.CharField(max_length=16)
    name = EncryptedTextField()
    title = models.JSONField()
    language = models.CharField(max_length=8)
    opens = models.CharField(max_length=12, choices=stored_choices(Opens))
    issued_on = models.DateField()
    valid_until = models.DateField()
    refresher_months = models.PositiveSmallIntegerField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    revoked_why = models.CharField(max_length=12, choices=stored_choices(Revoked), blank=True)
    revoked_note = EncryptedTextField(blank=True)
    # Its place on the organisation's list of revoked badges.
    listed = models.PositiveIntegerField()
    badge = EncryptedTextField(blank=True)

    vault_subject = "user"
    vault_store = "account"
    privacy = Privacy(
        **COMMON,
        seat=Kind.LINK,
        course=Kind.LINK,
        member=Kind.LINK,
        user=Kind.LINK,
        code=Kind.FACT,
        name=Kind.IDENTITY,
        title=Kind.FACT,
        language=Kind.FACT,
        opens=Kind.FACT,
        issued_on=Kind.FACT,
        valid_until=Kind.FACT,
        refresher_months=Kind.FACT,
        revoked_on=Kind.FACT,
        revoked_why=Kind.FACT,
        revoked_note=Kind.FREE_TEXT,
        listed=Kind.TECHNICAL,
        badge=Kind.FREE_TEXT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["organisation", "listed"], name="certificate_listed_once"),
            CheckConstraint(
                name="certificate_days_in_order", condition=Q(issued_on__lte=F("valid_until"))
            ),
            CheckConstraint(
                name="certificate_revoked_for_a_reason",
                condition=Q(revoked_on__isnull=True, revoked_why="")
                | (Q(revoked_on__isnull=False) & ~Q(revoked_why="")),
            ),
        ]
        indexes = [
            models.Index(fields=["member", "opens", "-valid_until"], name="certificate_of_member"),
            models.Index(fields=["organisation", "valid_until", "id"], name="certificate_by_end"),
        ]

    def __str__(self) -> str:
        return self.code


class PublicCode(Model):
    """The code that a public page is asked by. It is found before an organisation is known, so it
    holds nothing about a person."""

    code = models.CharField(max_length=16, unique=True)
    # None once the certificate was erased: the code existed, and nobody else is given it.
    certificate = models.OneToOneField(
        Certificate, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    found_by_visitors: ClassVar[bool] = True
    privacy = Privacy(**COMMON, code=Kind.TECHNICAL, certificate=Kind.LINK)

    def __str__(self) -> str:
        return self.code


class ErasedCertificate(Model):
    """What stays of a certificate that was erased before its end: its code and its place on the
    list of revoked badges, without a name and without a link to anybody."""

    code = models.CharField(max_length=16)
    listed = models.PositiveIntegerField()
    revoked_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField()

    privacy = Privacy(
        **COMMON,
        code=Kind.TECHNICAL,
        listed=Kind.TECHNICAL,
        revoked_on=Kind.TECHNICAL,
        valid_until=Kind.TECHNICAL,
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["organisation", "listed"], name="erased_certificate_listed_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Hours(Model):
    """A refresher or supervision that somebody took part in."""

    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=stored_choices(HoursKind))
    done_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    noted_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(
        **COMMON,
        member=Kind.LINK,
        kind=Kind.FACT,
        done_on=Kind.FACT,
        minutes=Kind.FACT,
        noted_by=Kind.LINK,
    )

    class Meta:
        constraints = [
            CheckConstraint(name="hours_minutes", condition=Q(minutes__range=(15, 1440))),
        ]
        indexes = [models.Index(fields=["member", "-done_on"], name="hours_of_member")]

    def __str__(self) -> str:
        return self.kind


class BadgeKey(Model):
    """The key with which an organisation signs badges. Older ones stay published."""

    kid = models.CharField(max_length=300, unique=True)
    private = EncryptedTextField()
    public = models.JSONField()
    in_use = models.BooleanField(default=True)

    vault_subject = "organisation_id"
    vault_store = "account"
    privacy = Privacy(
        **COMMON,
        kid=Kind.TECHNICAL,
        private=Kind.FREE_TEXT,
        public=Kind.TECHNICAL,
        in_use=Kind.TECHNICAL,
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["organisation"], condition=Q(in_use=True), name="badge_key_one_in_use"
            ),
        ]

    def __str__(self) -> str:
        return self.kid
