"""The public page of courses, and organisations that ask for a training."""

from typing import ClassVar

from django.db import models
from django.db.models import UniqueConstraint

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.learning.models.editions import Edition
from kith.learning.rules.states import RequestState
from kith.people.models.choices import stored_choices


class LearningPage(Model):
    """The public address of an organisation's courses: whoever knows it may read it."""

    slug = models.SlugField(max_length=40, unique=True)
    is_open = models.BooleanField(default=False)

    # The row is found by its slug before anybody is known; it holds nothing about a person.
    found_by_visitors: ClassVar[bool] = True
    privacy = Privacy(**COMMON, slug=Kind.FACT, is_open=Kind.FACT)

    class Meta:
        constraints = [UniqueConstraint(fields=["organisation"], name="one_learning_page")]

    def __str__(self) -> str:
        return self.slug


class TrainingRequest(Model):
    """What an organisation asks for, and what a trainer answered."""

    asking = models.CharField(max_length=200)
    name = EncryptedTextField()
    email = EncryptedTextField()
    country = models.CharField(max_length=2)
    language = models.CharField(max_length=8)
    people = models.PositiveSmallIntegerField(null=True, blank=True)
    wish = EncryptedTextField()
    state = models.CharField(
        max_length=10, choices=stored_choices(RequestState), default=RequestState.NEW.value
    )
    answer = EncryptedTextField(blank=True)
    answered_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    vault_subject = "id"
    vault_store = "identity"
    privacy = Privacy(
        **COMMON,
        asking=Kind.FACT,
        name=Kind.IDENTITY,
        email=Kind.CONTACT,
        country=Kind.FACT,
        language=Kind.FACT,
        people=Kind.FACT,
        wish=Kind.FREE_TEXT,
        state=Kind.FACT,
        answer=Kind.FREE_TEXT,
        answered_by=Kind.LINK,
        answered_at=Kind.FACT,
    )

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state", "-id"], name="training_request_newest")
        ]

    def __str__(self) -> str:
        return self.asking


class SeatRequest(Model):
    """A seat that somebody without an account asked for; gone once taken, or after some days."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=64, unique=True)
    # Of the form that was sent: sent twice, it is there once.
    mark = models.CharField(max_length=64)
    name = EncryptedTextField()
    email = EncryptedTextField()
    country = models.CharField(max_length=2)
    works_at = EncryptedTextField(blank=True)
    language = models.CharField(max_length=8)
    asked_at = models.DateTimeField()

    vault_subject = "id"
    vault_store = "identity"
    privacy = Privacy(
        **COMMON,
        edition=Kind.LINK,
        token=Kind.SECRET,
        mark=Kind.TECHNICAL,
        name=Kind.IDENTITY,
        email=Kind.CONTACT,
        country=Kind.FACT,
        works_at=Kind.FREE_TEXT,
        language=Kind.FACT,
        asked_at=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["organisation", "mark"], name="seat_request_sent_once")
        ]
        indexes = [models.Index(fields=["organisation", "asked_at"], name="seat_request_by_age")]

    def __str__(self) -> str:
        return str(self.pk)
