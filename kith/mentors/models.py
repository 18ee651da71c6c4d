"""Tables of this room: the code of conduct and who accepted it, references, rests of mentors."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base.fields import EncryptedJSONField, EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.mentors.rules.references import DECIDED
from kith.mentors.rules.references import State as ReferenceState
from kith.people.models import MentorCheck, Person

STATES = [(one.value, one.value) for one in ReferenceState]


class ConductEdition(Model):
    """The sentences an organisation adds to the code of conduct; a change is a new row."""

    number = models.PositiveIntegerField()
    # Sentences by language. They are the organisation's own and about nobody.
    own = models.JSONField(default=dict)
    in_force_on = models.DateField()
    by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    privacy = Privacy(
        **COMMON, number=Kind.TECHNICAL, own=Kind.FACT, in_force_on=Kind.FACT, by=Kind.LINK
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["organisation", "number"], name="conduct_edition_once"),
            CheckConstraint(name="conduct_edition_from_1", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return str(self.number)


class ConductAcceptance(Model):
    """Someone accepted one edition, in these very words and in this language."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    edition = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    words = models.JSONField(default=list)
    accepted_on = models.DateField()
    # The check by which the gates of programmes know of it.
    noted = models.ForeignKey(
        MentorCheck, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        edition=Kind.FACT,
        language=Kind.FACT,
        words=Kind.FACT,
        accepted_on=Kind.FACT,
        noted=Kind.LINK,
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["person", "edition"], name="conduct_accepted_once")]
        indexes = [
            models.Index(fields=["organisation", "edition", "-id"], name="conduct_by_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.accepted_on}"


class Reference(Model):
    """Somebody whom a mentor named, and what they answered; nobody but the reviewer reads it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = EncryptedTextField()
    email = EncryptedTextField(blank=True)
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=12, choices=STATES, default=ReferenceState.ASKED.value)
    asked_on = models.DateField()
    # A keyed hash of what the link carries; gone once it was used.
    code = models.CharField(max_length=64, null=True, blank=True, unique=True)
    link_until = models.DateField()
    is_mailed = models.BooleanField(default=False)
    # Question and answer in the words of both, as they were on that day.
    answers = EncryptedJSONField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    vault_subject: ClassVar[str] = "id"
    vault_store = "identity"
    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        name=Kind.IDENTITY,
        email=Kind.CONTACT,
        language=Kind.FACT,
        state=Kind.FACT,
        asked_on=Kind.FACT,
        code=Kind.SECRET,
        link_until=Kind.FACT,
        is_mailed=Kind.FACT,
        answers=Kind.FREE_TEXT,
        answered_on=Kind.FACT,
        decided_on=Kind.FACT,
        decided_by=Kind.LINK,
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="reference_known_state",
                condition=Q(state__in=[one.value for one in ReferenceState]),
            ),
            CheckConstraint(
                name="reference_link_while_asked",
                condition=Q(code__isnull=True) | Q(state=ReferenceState.ASKED.value),
            ),
            CheckConstraint(
                name="reference_decided_has_a_day",
                condition=Q(decided_on__isnull=True)
                ^ Q(state__in=sorted(one.value for one in DECIDED)),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "id"], name="reference_of_person"),
            models.Index(
                fields=["organisation", "answered_on", "id"],
                condition=Q(state=ReferenceState.ANSWERED.value),
                name="reference_to_read",
            ),
            models.Index(
                fields=["organisation", "decided_on"],
                condition=Q(decided_on__isnull=False),
                name="reference_decided",
            ),
        ]

    def __str__(self) -> str:
        return self.state


class Rest(Model):
    """A mentor said that nobody new should come for a while; staff look after a running match."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    said_on = models.DateField()
    until = models.DateField()
    # Somebody spoke with both sides about what becomes of the match meanwhile.
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        said_on=Kind.FACT,
        until=Kind.FACT,
        settled_on=Kind.FACT,
        settled_by=Kind.LINK,
        ended_on=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["person"], condition=Q(ended_on__isnull=True), name="one_rest_at_a_time"
            ),
            CheckConstraint(
                name="rest_ends_after_it_was_said", condition=Q(until__gt=models.F("said_on"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "until", "id"],
                condition=Q(ended_on__isnull=True, settled_on__isnull=True),
                name="rest_to_settle",
            ),
        ]

    def __str__(self) -> str:
        return str(self.until)
