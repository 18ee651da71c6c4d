"""Persons: who someone is, where, when, and what they speak."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base import clock
from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership, User
from kith.people.models.choices import stored_choices
from kith.people.rules import AGE_BANDS, CHANNELS, SLOTS, InProgrammes


class Place(Model):
    """A district or town of the organisation, with coordinates where known."""

    name = models.CharField(max_length=120)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    privacy = Privacy(**COMMON, name=Kind.FACT, latitude=Kind.FACT, longitude=Kind.FACT)

    class Meta:
        constraints = [UniqueConstraint(fields=["organisation", "name"], name="place_once")]

    def __str__(self) -> str:
        return self.name


class Person(Model):
    """Someone in the programme. Names and addresses lie in the vault."""

    name = EncryptedTextField()
    called = EncryptedTextField(blank=True)
    phone = EncryptedTextField(blank=True)
    email = EncryptedTextField(blank=True)
    contact_note = EncryptedTextField(blank=True)
    channel = models.CharField(max_length=20, choices=stored_choices(CHANNELS), default="phone")
    safe_to_write = models.BooleanField(null=True, blank=True)
    language = models.CharField(max_length=8, default="en")
    age_band = models.CharField(max_length=8, choices=stored_choices(AGE_BANDS), blank=True)
    # Someone of the organisation confirmed that this person is 18 or older.
    adult = models.BooleanField(default=False)
    is_participant = models.BooleanField(default=False)
    is_mentor = models.BooleanField(default=False)
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    max_km = models.PositiveSmallIntegerField(null=True, blank=True)
    online = models.BooleanField(null=True, blank=True)
    availability = ArrayField(
        models.CharField(max_length=7, choices=stored_choices(SLOTS)), default=list, blank=True
    )
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Whose caseload: other staff open the record with a reason.
    responsible = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    last_event_at = models.DateTimeField(default=clock.now)
    archived_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    # Noted here from rows elsewhere, so that lists stay as fast with many people as with few.
    as_participant = models.CharField(
        max_length=8, choices=stored_choices(InProgrammes), default=InProgrammes.NOWHERE.value
    )
    as_mentor = models.CharField(
        max_length=8, choices=stored_choices(InProgrammes), default=InProgrammes.NOWHERE.value
    )
    consent_asked = models.BooleanField(default=False)
    checks_until = models.DateField(null=True, blank=True)

    noted = frozenset({"as_participant", "as_mentor", "consent_asked", "checks_until"})
    vault_subject = "id"
    vault_store = "identity"
    privacy = Privacy(
        **COMMON,
        name=Kind.IDENTITY,
        called=Kind.IDENTITY,
        phone=Kind.CONTACT,
        email=Kind.CONTACT,
        contact_note=Kind.FREE_TEXT,
        channel=Kind.FACT,
        safe_to_write=Kind.FACT,
        language=Kind.FACT,
        age_band=Kind.FACT,
        adult=Kind.FACT,
        is_participant=Kind.FACT,
        is_mentor=Kind.FACT,
        place=Kind.LINK,
        max_km=Kind.FACT,
        online=Kind.FACT,
        availability=Kind.FACT,
        user=Kind.LINK,
        responsible=Kind.LINK,
        last_event_at=Kind.FACT,
        archived_at=Kind.FACT,
        erased_at=Kind.TECHNICAL,
        as_participant=Kind.FACT,
        as_mentor=Kind.FACT,
        consent_asked=Kind.FACT,
        checks_until=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(user__isnull=False),
                name="person_one_per_user",
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "-last_event_at", "-id"], name="person_by_event"),
            models.Index(
                fields=["organisation", "-last_event_at", "-id"],
                condition=Q(is_participant=True, archived_at__isnull=True),
                name="participant_by_event",
            ),
            models.Index(
                fields=["organisation", "-last_event_at", "-id"],
                condition=Q(is_mentor=True, archived_at__isnull=True),
                name="mentor_by_event",
            ),
            models.Index(
                fields=["organisation", "-last_event_at", "-id"],
                condition=Q(archived_at__isnull=False),
                name="person_archived",
            ),
            models.Index(
                fields=["organisation", "as_participant", "-last_event_at", "-id"],
                condition=Q(is_participant=True, archived_at__isnull=True),
                name="participant_in_programmes",
            ),
            models.Index(
                fields=["organisation", "as_mentor", "-last_event_at", "-id"],
                condition=Q(is_mentor=True, archived_at__isnull=True),
                name="mentor_in_programmes",
            ),
            models.Index(
                fields=["organisation", "-id"],
                condition=Q(consent_asked=False, archived_at__isnull=True),
                name="person_to_ask",
            ),
            models.Index(
                fields=["organisation", "checks_until"],
                condition=Q(is_mentor=True, archived_at__isnull=True, checks_until__isnull=False),
                name="mentor_by_checks",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and kwargs.get("update_fields") is None:
            # What was noted since this row was read is not written over.
            fields = (field.name for field in self._meta.concrete_fields if not field.primary_key)
            kwargs["update_fields"] = [name for name in fields if name not in self.noted]
        super().save(*args, **kwargs)


class PersonLanguage(Model):
    """A language someone speaks, and how well: 1 a few words … 5 like a first language."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=8)
    level = models.PositiveSmallIntegerField()

    privacy = Privacy(**COMMON, person=Kind.LINK, code=Kind.FACT, level=Kind.FACT)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["person", "code"], name="language_once"),
            CheckConstraint(name="language_level_1_5", condition=Q(level__range=(1, 5))),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.level}"
