"""Editions of a course: when, for whom, with which live sessions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.learning.models.courses import Course


class Edition(Model):
    """A course given from one day to another."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    starts_on = models.DateField()
    closes_on = models.DateField()
    ends_on = models.DateField()
    # Where learners work, two letters each; empty: anywhere.
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    seats = models.PositiveIntegerField(null=True, blank=True)
    # Somebody without an account may ask for a place on a public page.
    is_public = models.BooleanField(default=False)
    trainer = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    called_off_on = models.DateField(null=True, blank=True)
    # Noted here, so that a list need not count.
    taken = models.PositiveIntegerField(default=0)

    noted = frozenset({"taken"})
    privacy = Privacy(
        **COMMON,
        course=Kind.LINK,
        title=Kind.FACT,
        starts_on=Kind.FACT,
        closes_on=Kind.FACT,
        ends_on=Kind.FACT,
        countries=Kind.FACT,
        seats=Kind.FACT,
        is_public=Kind.FACT,
        trainer=Kind.LINK,
        called_off_on=Kind.FACT,
        taken=Kind.FACT,
    )

    class Meta:
        constraints = [
            CheckConstraint(name="edition_has_a_title", condition=~Q(title="")),
            CheckConstraint(
                name="edition_days_in_order",
                condition=Q(starts_on__lte=F("ends_on"), closes_on__lte=F("ends_on")),
            ),
            CheckConstraint(
                name="edition_seats", condition=Q(seats__isnull=True) | Q(seats__range=(1, 100_000))
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-closes_on", "id"], name="edition_by_closing")
        ]

    def __str__(self) -> str:
        return self.title


class LiveSession(Model):
    """A meeting of an edition, in a room or online."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=300, blank=True)
    noted_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        edition=Kind.LINK,
        starts_at=Kind.FACT,
        minutes=Kind.FACT,
        place=Kind.FACT,
        link=Kind.FACT,
        noted_on=Kind.FACT,
    )

    class Meta:
        constraints = [
            CheckConstraint(name="live_session_minutes", condition=Q(minutes__range=(15, 600))),
        ]
        indexes = [models.Index(fields=["edition", "starts_at"], name="live_session_by_time")]

    def __str__(self) -> str:
        return str(self.starts_at)


class Attended(Model):
    """Who took part in a live session."""

    session = models.ForeignKey(LiveSession, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    noted_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(**COMMON, session=Kind.LINK, member=Kind.LINK, noted_by=Kind.LINK)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["session", "member"], name="attended_once"),
        ]
        indexes = [models.Index(fields=["member", "session"], name="attended_by_member")]

    def __str__(self) -> str:
        return str(self.member_id)


class Announcement(Model):
    """What a trainer tells everybody in an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=120)
    body = EncryptedTextField()
    written_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )

    vault_subject = "id"
    vault_store = "account"
    privacy = Privacy(
        **COMMON, edition=Kind.LINK, title=Kind.FACT, body=Kind.FREE_TEXT, written_by=Kind.LINK
    )

    class Meta:
        indexes = [models.Index(fields=["edition", "-id"], name="announcement_newest")]

    def __str__(self) -> str:
        return self.title
