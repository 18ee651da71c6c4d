"""Tables of this room: interpreters, who needs one, bookings, and what they cost."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.interpreters.rules import (
    LONGEST_MINUTES,
    SHORTEST_MINUTES,
    BookingState,
    Level,
    RequestState,
    Subject,
    Way,
)
from kith.people.models import Person

WAYS = [(one.value, one.value) for one in Way]
STATES = [(one.value, one.value) for one in BookingState]


class Interpreter(Model):
    """Someone who interprets: how to reach them, where they work, paid or not."""

    name = EncryptedTextField()
    phone = EncryptedTextField(blank=True)
    email = EncryptedTextField(blank=True)
    region = models.CharField(max_length=120, blank=True)
    ways = ArrayField(models.CharField(max_length=12, choices=WAYS), default=list)
    is_volunteer = models.BooleanField(default=False)
    rate_cents = models.PositiveIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    left_on = models.DateField(null=True, blank=True)

    vault_subject: ClassVar[str] = "id"
    vault_store = "identity"
    privacy = Privacy(
        **COMMON,
        name=Kind.IDENTITY,
        phone=Kind.CONTACT,
        email=Kind.CONTACT,
        region=Kind.FACT,
        ways=Kind.FACT,
        is_volunteer=Kind.FACT,
        rate_cents=Kind.FACT,
        currency=Kind.FACT,
        left_on=Kind.FACT,
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="interpreter_has_a_way",
                condition=Q(ways__len__gte=1, ways__contained_by=[one.value for one in Way]),
            ),
            CheckConstraint(
                name="interpreter_volunteer_has_no_rate",
                condition=Q(is_volunteer=False) | Q(rate_cents__isnull=True),
            ),
            CheckConstraint(
                name="interpreter_rate_has_a_currency",
                condition=Q(rate_cents__isnull=True) | ~Q(currency=""),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "id"], name="interpreter_by_organisation")]

    def __str__(self) -> str:
        return str(self.pk)


class Spoken(Model):
    """One language an interpreter works with."""

    interpreter = models.ForeignKey(Interpreter, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=8)
    level = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Level])

    privacy = Privacy(**COMMON, interpreter=Kind.LINK, language=Kind.FACT, level=Kind.FACT)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["interpreter", "language"], name="spoken_once"),
        ]
        indexes = [models.Index(fields=["organisation", "language"], name="spoken_by_language")]

    def __str__(self) -> str:
        return f"{self.language} {self.level}"


class Acceptance(Model):
    """An interpreter accepted one version of the confidentiality text."""

    interpreter = models.ForeignKey(Interpreter, on_delete=models.CASCADE, related_name="+")
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    accepted_on = models.DateField()
    signed_name = EncryptedTextField()
    taken_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    vault_subject = "interpreter_id"
    vault_store = "identity"
    privacy = Privacy(
        **COMMON,
        interpreter=Kind.LINK,
        version=Kind.FACT,
        language=Kind.FACT,
        accepted_on=Kind.FACT,
        signed_name=Kind.IDENTITY,
        taken_by=Kind.LINK,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["interpreter", "version"], name="accepted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.accepted_on}"


class InterpreterNeed(Model):
    """A person needs someone who interprets between two languages."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=8)
    into = models.CharField(max_length=8)
    ways = ArrayField(models.CharField(max_length=12, choices=WAYS), default=list)
    since_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        language=Kind.FACT,
        into=Kind.FACT,
        ways=Kind.FACT,
        since_on=Kind.FACT,
        ended_on=Kind.FACT,
    )

    class Meta:
        constraints = [
            CheckConstraint(name="need_between_two", condition=~Q(language=F("into"))),
            CheckConstraint(name="need_has_a_way", condition=Q(ways__len__gte=1)),
            UniqueConstraint(
                fields=["person", "language", "into"],
                condition=Q(ended_on__isnull=True),
                name="need_once_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "since_on", "id"],
                condition=Q(ended_on__isnull=True),
                name="interpreter_need_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.language}-{self.into}"


class Booking(Model):
    """One interpreter, one person, one time."""

    interpreter = models.ForeignKey(Interpreter, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Subject])
    language = models.CharField(max_length=8)
    into = models.CharField(max_length=8)
    way = models.CharField(max_length=12, choices=WAYS)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = EncryptedTextField(blank=True)
    state = models.CharField(max_length=12, choices=STATES, default=BookingState.ASKED.value)
    asked_on = models.DateField()
    answer_due_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    booked_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    vault_subject = "person_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        interpreter=Kind.LINK,
        person=Kind.LINK,
        subject=Kind.FACT,
        language=Kind.FACT,
        into=Kind.FACT,
        way=Kind.FACT,
        starts_at=Kind.FACT,
        minutes=Kind.FACT,
        place=Kind.FREE_TEXT,
        state=Kind.FACT,
        asked_on=Kind.FACT,
        answer_due_on=Kind.FACT,
        closed_on=Kind.FACT,
        booked_by=Kind.LINK,
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="booking_state_known", condition=Q(state__in=[one for one, _ in STATES])
            ),
            CheckConstraint(
                name="booking_minutes",
                condition=Q(minutes__range=(SHORTEST_MINUTES, LONGEST_MINUTES)),
            ),
            CheckConstraint(
                name="booking_over_has_a_day",
                condition=Q(state__in=["asked", "accepted"], closed_on__isnull=True)
                | (~Q(state__in=["asked", "accepted"]) & Q(closed_on__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-starts_at", "-id"], name="booking_newest"),
            models.Index(fields=["person", "-starts_at"], name="booking_of_person"),
            models.Index(fields=["interpreter", "starts_at"], name="booking_of_interpreter"),
            models.Index(
                fields=["organisation", "state", "starts_at", "id"],
                condition=Q(closed_on__isnull=True),
                name="booking_going",
            ),
            models.Index(fields=["organisation", "closed_on"], name="booking_closed"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.starts_at}"


class InterpreterRequest(Model):
    """Somebody wants an interpreter at a time; it follows what it is for until that is over.

    matter   the key of what it is for, such as a meeting of a match
    booking  who was asked for it last
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    matter = models.UUIDField()
    state = models.CharField(
        max_length=10,
        choices=[(one.value, one.value) for one in RequestState],
        default=RequestState.OPEN.value,
    )
    way = models.CharField(max_length=12, choices=WAYS)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = EncryptedTextField(blank=True)
    asked_on = models.DateField()
    booking = models.ForeignKey(
        Booking, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    vault_subject = "person_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        matter=Kind.LINK,
        state=Kind.FACT,
        way=Kind.FACT,
        starts_at=Kind.FACT,
        minutes=Kind.FACT,
        place=Kind.FREE_TEXT,
        asked_on=Kind.FACT,
        booking=Kind.LINK,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["matter", "person"], name="interpreter_request_once"),
            CheckConstraint(
                name="interpreter_request_minutes",
                condition=Q(minutes__range=(SHORTEST_MINUTES, LONGEST_MINUTES)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "starts_at", "id"],
                condition=~Q(state=RequestState.BOOKED.value),
                name="interpreter_request_to_act",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.starts_at}"


class Cost(Model):
    """What a booking cost, for the funder. It names no participant and outlives the booking."""

    booking = models.OneToOneField(
        Booking, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    interpreter = models.ForeignKey(
        Interpreter, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    on = models.DateField()
    language = models.CharField(max_length=8)
    into = models.CharField(max_length=8)
    way = models.CharField(max_length=12, choices=WAYS)
    subject = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Subject])
    minutes = models.PositiveSmallIntegerField()
    is_volunteer = models.BooleanField(default=False)
    cents = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)
    paid_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        booking=Kind.LINK,
        interpreter=Kind.LINK,
        on=Kind.FACT,
        language=Kind.FACT,
        into=Kind.FACT,
        way=Kind.FACT,
        subject=Kind.FACT,
        minutes=Kind.FACT,
        is_volunteer=Kind.FACT,
        cents=Kind.FACT,
        currency=Kind.FACT,
        paid_on=Kind.FACT,
    )

    class Meta:
        constraints = [
            CheckConstraint(name="cost_has_a_currency", condition=Q(cents=0) | ~Q(currency="")),
        ]
        indexes = [
            models.Index(fields=["organisation", "on", "id"], name="interpreter_cost_by_day")
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.cents} {self.currency}"
