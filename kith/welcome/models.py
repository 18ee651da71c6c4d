"""Public pages, applications and requests with their history, and welcome talks."""

from collections.abc import Iterable
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base.fields import EncryptedJSONField, EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.people.models import Person
from kith.people.rules import CHANNELS, Side
from kith.programmes.models import Programme
from kith.questionnaires.models import Asking, Version
from kith.welcome.rules.states import OPEN, AskedBy, Deed, State

LEAST_AGE = 18


def _choices(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(value), str(value)) for value in values]


class Front(Model):
    """The public address of an organisation: whoever knows it may read it, and nothing else."""

    slug = models.SlugField(max_length=40, unique=True)
    is_open = models.BooleanField(default=False)
    # Whom to ask, as it stands on the page: a telephone number or an address of the office.
    contact = models.CharField(max_length=120)

    # The row is found by its slug before anybody is known; it holds nothing about a person.
    found_by_visitors: ClassVar[bool] = True
    privacy = Privacy(**COMMON, slug=Kind.FACT, is_open=Kind.FACT, contact=Kind.FACT)

    class Meta:
        constraints = [UniqueConstraint(fields=["organisation"], name="one_front")]

    def __str__(self) -> str:
        return self.slug


class Door(Model):
    """What the public page says about one programme, and for whom it is open there."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=40)
    for_mentors = models.BooleanField(default=False)
    for_participants = models.BooleanField(default=False)
    least_age = models.PositiveSmallIntegerField(default=LEAST_AGE)
    # The organisation's own words to mentors and participants, by language.
    words = models.JSONField(default=dict, blank=True)

    privacy = Privacy(
        **COMMON,
        programme=Kind.LINK,
        slug=Kind.FACT,
        for_mentors=Kind.FACT,
        for_participants=Kind.FACT,
        least_age=Kind.FACT,
        words=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["organisation", "slug"], name="door_once"),
            CheckConstraint(
                name="door_for_adults", condition=Q(least_age__gte=LEAST_AGE, least_age__lte=99)
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class Application(Model):
    """Someone who wants to be a mentor, or would like one. No person record before a yes."""

    side = models.CharField(max_length=12, choices=_choices(Side))
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    code = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=_choices(State), default=State.RECEIVED.value)
    received_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=8)
    asked_by = models.CharField(
        max_length=12, choices=_choices(AskedBy), default=AskedBy.SELF.value
    )
    name = EncryptedTextField()
    phone = EncryptedTextField(blank=True)
    email = EncryptedTextField(blank=True)
    channel = models.CharField(max_length=20, choices=_choices(CHANNELS), default="phone")
    safe_to_write = models.BooleanField(null=True, blank=True)
    # Languages, times, topics, place, why: what was typed, as one small structure.
    answers = EncryptedJSONField(null=True, blank=True)
    # Who asks for somebody else, and how that person said that they know and want it.
    helper = EncryptedJSONField(null=True, blank=True)
    # Keyed hashes of telephone and e-mail: the same ones are noticed, and nothing can be read.
    tokens = ArrayField(models.BigIntegerField(), default=list, blank=True)
    talk_at = models.DateTimeField(null=True, blank=True)
    talk_where = EncryptedTextField(blank=True)
    is_coming = models.BooleanField(null=True, blank=True)
    responsible = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # A partner contact who signed in and asked for someone.
    referred_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=24, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    vault_subject = "id"
    vault_store = "identity"
    privacy = Privacy(
        **COMMON,
        side=Kind.FACT,
        programme=Kind.LINK,
        code=Kind.SECRET,
        state=Kind.FACT,
        received_on=Kind.FACT,
        due_on=Kind.FACT,
        language=Kind.FACT,
        asked_by=Kind.FACT,
        name=Kind.IDENTITY,
        phone=Kind.CONTACT,
        email=Kind.CONTACT,
        channel=Kind.FACT,
        safe_to_write=Kind.FACT,
        answers=Kind.FREE_TEXT,
        helper=Kind.FREE_TEXT,
        tokens=Kind.SECRET,
        talk_at=Kind.FACT,
        talk_where=Kind.FREE_TEXT,
        is_coming=Kind.FACT,
        responsible=Kind.LINK,
        referred_by=Kind.LINK,
        reason=Kind.FACT,
        decided_on=Kind.FACT,
        decided_by=Kind.LINK,
        person=Kind.LINK,
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="application_known_state",
                condition=Q(state__in=[state.value for state in State]),
            ),
            CheckConstraint(
                name="application_open_has_a_day",
                condition=Q(
                    state__in=sorted(state.value for state in OPEN),
                    due_on__isnull=False,
                    decided_on__isnull=True,
                )
                | (
                    ~Q(state__in=sorted(state.value for state in OPEN))
                    & Q(due_on__isnull=True, decided_on__isnull=False)
                ),
            ),
            CheckConstraint(
                name="application_talk_has_its_time",
                condition=~Q(state=State.PLANNED.value) | Q(talk_at__isnull=False),
            ),
            CheckConstraint(
                name="application_no_has_a_reason",
                condition=~Q(state=State.DECLINED.value) | ~Q(reason=""),
            ),
            # Nobody is written down because a page was sent.
            CheckConstraint(
                name="application_person_after_a_yes",
                condition=Q(person__isnull=True) | Q(state=State.ACCEPTED.value),
            ),
            CheckConstraint(
                name="mentors_ask_for_themselves",
                condition=Q(side=Side.PARTICIPANT.value) | Q(asked_by=AskedBy.SELF.value),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "due_on", "id"],
                condition=Q(decided_on__isnull=True),
                name="application_by_due",
            ),
            models.Index(
                fields=["organisation", "-decided_on", "-id"],
                condition=Q(decided_on__isnull=False),
                name="application_decided",
            ),
            models.Index(
                fields=["organisation", "referred_by", "-id"],
                condition=Q(referred_by__isnull=False),
                name="application_by_partner",
            ),
            GinIndex(fields=["tokens"], name="application_tokens"),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.state}"


class Step(Model):
    """One thing that happened to an application, with its words where there are any."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    deed = models.CharField(max_length=12, choices=_choices(Deed))
    on = models.DateField()
    by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = EncryptedTextField(blank=True)
    at = models.DateTimeField(null=True, blank=True)

    vault_subject = "application_id"
    vault_store = "identity"
    privacy = Privacy(
        **COMMON,
        application=Kind.LINK,
        deed=Kind.FACT,
        on=Kind.FACT,
        by=Kind.LINK,
        text=Kind.FREE_TEXT,
        at=Kind.FACT,
    )

    class Meta:
        indexes = [models.Index(fields=["application", "id"], name="step_of_application")]

    def __str__(self) -> str:
        return f"{self.deed} {self.on}"


class IntakeAnswers(Model):
    """What somebody answered to the questions of a programme, in the words of one version.

    They lie with the application, under its key, and go with it; after a yes the person's record
    holds them too.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=16)
    given = EncryptedJSONField(null=True)
    # Keys of questions that were left open.
    passed_over = models.JSONField(default=list, blank=True)

    vault_subject = "application_id"
    vault_store = "identity"
    privacy = Privacy(
        **COMMON,
        application=Kind.LINK,
        asking=Kind.LINK,
        version=Kind.LINK,
        language=Kind.FACT,
        given=Kind.FREE_TEXT,
        passed_over=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["application", "asking"], name="intake_answered_once")
        ]

    def __str__(self) -> str:
        return str(self.asking_id)


class WelcomeTalk(Model):
    """The first talk with a participant: what was explained, and what the person wishes for."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    language = models.CharField(max_length=8)
    explained = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    # Who interpreted; empty when nobody did.
    interpreter = EncryptedTextField(blank=True)
    wishes = EncryptedTextField(blank=True)

    vault_subject = "person_id"
    vault_store = "identity"
    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        on=Kind.FACT,
        by=Kind.LINK,
        language=Kind.FACT,
        explained=Kind.FACT,
        interpreter=Kind.IDENTITY,
        wishes=Kind.FREE_TEXT,
    )

    class Meta:
        indexes = [models.Index(fields=["person", "-on"], name="talk_of_person")]

    def __str__(self) -> str:
        return str(self.on)
