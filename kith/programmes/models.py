"""Running programmes and who takes part in them."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import (
    Case,
    CheckConstraint,
    Exists,
    OuterRef,
    Q,
    UniqueConstraint,
    Value,
    When,
)

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.people.models import Person
from kith.people.rules import InProgrammes
from kith.programmes.rules import REASONS, SIDES, STATES, PlaceState, Side


def _choices(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(value), str(value)) for value in values]


class OwnTemplate(Model):
    """A template an organisation made from one of the house; kept word for word, in versions."""

    template_key = models.CharField(max_length=40)
    # The version of the house's template whose words this one has.
    template_version = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    settings = models.JSONField(default=dict)
    number = models.PositiveIntegerField(default=1)
    retired_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        template_key=Kind.FACT,
        template_version=Kind.FACT,
        name=Kind.FACT,
        settings=Kind.FACT,
        number=Kind.TECHNICAL,
        retired_on=Kind.FACT,
    )

    class Meta:
        constraints = [CheckConstraint(name="own_template_has_a_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return self.name


class Programme(Model):
    """A programme opened from a template; its settings are its own from that day."""

    template_key = models.CharField(max_length=40)
    template_version = models.CharField(max_length=12)
    own_template = models.ForeignKey(
        OwnTemplate, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=120)
    settings = models.JSONField(default=dict)
    number = models.PositiveIntegerField(default=1)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        template_key=Kind.FACT,
        template_version=Kind.FACT,
        own_template=Kind.LINK,
        name=Kind.FACT,
        settings=Kind.FACT,
        number=Kind.TECHNICAL,
        opened_on=Kind.FACT,
        closed_on=Kind.FACT,
    )

    class Meta:
        constraints = [
            CheckConstraint(name="programme_has_a_name", condition=~Q(name="")),
            CheckConstraint(
                name="programme_closes_after_it_opened",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("opened_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OfPlan(Model):
    """Settings of a programme or of an own template, never of both."""

    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    own_template = models.ForeignKey(
        OwnTemplate, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=120)
    settings = models.JSONField(default=dict)

    class Meta:
        abstract = True

    @property
    def plan(self) -> "Programme | OwnTemplate":
        """What these settings belong to."""
        found = self.programme or self.own_template
        assert found is not None  # noqa: S101 - a constraint of the table says so
        return found

    @property
    def template_key(self) -> str:
        """The template of the house these settings stand on."""
        return self.plan.template_key


OF_ONE = Q(programme__isnull=True) ^ Q(own_template__isnull=True)


class EarlierSettings(OfPlan):
    """How a programme or a template was set until a moment. It never changes again."""

    number = models.PositiveIntegerField()
    until_at = models.DateTimeField()
    replaced_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )

    privacy = Privacy(
        **COMMON,
        programme=Kind.LINK,
        own_template=Kind.LINK,
        name=Kind.FACT,
        settings=Kind.FACT,
        number=Kind.TECHNICAL,
        until_at=Kind.FACT,
        replaced_by=Kind.LINK,
    )

    class Meta:
        constraints = [
            CheckConstraint(name="earlier_settings_of_one", condition=OF_ONE),
            UniqueConstraint(fields=["programme", "number"], name="earlier_of_programme_once"),
            UniqueConstraint(fields=["own_template", "number"], name="earlier_of_template_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class SettingsDraft(OfPlan):
    """Changed settings that are not in force yet; one for each programme or template."""

    # The version it was begun from: another one in force meanwhile means looking again.
    number = models.PositiveIntegerField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )

    privacy = Privacy(
        **COMMON,
        programme=Kind.LINK,
        own_template=Kind.LINK,
        name=Kind.FACT,
        settings=Kind.FACT,
        number=Kind.TECHNICAL,
        changed_at=Kind.FACT,
        changed_by=Kind.LINK,
    )

    class Meta:
        constraints = [
            CheckConstraint(name="settings_draft_of_one", condition=OF_ONE),
            UniqueConstraint(fields=["programme"], name="draft_of_programme_once"),
            UniqueConstraint(fields=["own_template"], name="draft_of_template_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Enrolment(Model):
    """Someone's place in a programme; the waiting list is made of these."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=12, choices=_choices(SIDES))
    state = models.CharField(
        max_length=10, choices=_choices(STATES), default=PlaceState.WAITING.value
    )
    waiting_since = models.DateField()
    # Since when somebody waits again who kept the first day: how long this wait lasts counts here.
    again_since = models.DateField(null=True, blank=True)
    # Practical reasons why it takes long, as codes: no shared times, language rarely offered …
    reasons = ArrayField(
        models.CharField(max_length=30, choices=_choices(REASONS)), default=list, blank=True
    )
    note = EncryptedTextField(blank=True)
    paused_until = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    vault_subject = "person_id"
    vault_store = "identity"
    privacy = Privacy(
        **COMMON,
        programme=Kind.LINK,
        person=Kind.LINK,
        side=Kind.FACT,
        state=Kind.FACT,
        waiting_since=Kind.FACT,
        again_since=Kind.FACT,
        reasons=Kind.FACT,
        note=Kind.FREE_TEXT,
        paused_until=Kind.FACT,
        ended_on=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["programme", "person", "side"],
                condition=~Q(state=PlaceState.ENDED.value),
                name="enrolled_once",
            ),
            CheckConstraint(
                name="enrolment_known_state", condition=Q(state__in=[str(one) for one in STATES])
            ),
            CheckConstraint(
                name="enrolment_known_side", condition=Q(side__in=[str(one) for one in SIDES])
            ),
            CheckConstraint(
                name="enrolment_ended_has_a_day",
                condition=Q(ended_on__isnull=True) ^ Q(state=PlaceState.ENDED.value),
            ),
            CheckConstraint(
                name="enrolment_only_a_pause_has_its_end",
                condition=Q(paused_until__isnull=True) | Q(state=PlaceState.PAUSED.value),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "programme", "side", "state", "waiting_since", "id"],
                name="enrolment_by_waiting",
            ),
            models.Index(fields=["person"], name="enrolment_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.state}"

    @property
    def this_wait_since(self) -> date:
        """Since when this wait lasts; the place on the list may count from an earlier day."""
        return self.again_since or self.waiting_since

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        note_standing([self.person_id])


class Wait(Model):
    """How long one wait for a match lasted. It leads to no person and to no place on the list."""

    # A key in the order of time would lead to the match that was made at the same moment.
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=12, choices=_choices(SIDES))
    over_on = models.DateField()
    days = models.PositiveIntegerField()

    privacy = Privacy(
        **COMMON, programme=Kind.LINK, side=Kind.FACT, over_on=Kind.FACT, days=Kind.FACT
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="wait_known_side", condition=Q(side__in=[str(one) for one in SIDES])
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "programme", "side", "-over_on", "id"], name="wait_newest"
            )
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.days}"


def note_standing(person_ids: Iterable[UUID]) -> None:
    """Note with people where they stand now in all programmes; after each write in bulk too."""
    held = Enrolment.objects.filter(person=OuterRef("pk")).exclude(state=PlaceState.ENDED.value)
    Person.objects.filter(pk__in=list(person_ids)).update(
        as_participant=_standing(held.filter(side=Side.PARTICIPANT.value)),
        as_mentor=_standing(held.filter(side=Side.MENTOR.value)),
    )


def _standing(held: "models.QuerySet[Enrolment]") -> Case:
    waiting = held.filter(state=PlaceState.WAITING.value)
    return Case(
        When(Exists(waiting), then=Value(InProgrammes.WAITING.value)),
        When(Exists(held), then=Value(InProgrammes.HELD.value)),
        default=Value(InProgrammes.NOWHERE.value),
    )
