"""The directory. Each entry keeps the document it came with; the columns are read from it."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base import permit
from kith.base.models import COMMON, Model, Organisation, Rows
from kith.base.privacy import Kind, Privacy
from kith.services.rules.facts import ServiceState
from kith.services.rules.needs import NEEDS

STATES = [(state.value, state.value) for state in ServiceState]


class Publisher(Model):
    """Where entries come from, under which licence, and rows of theirs that are no service."""

    name = models.CharField(max_length=200)
    licence = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    rest = models.JSONField(default=dict, blank=True)
    brought_in_on = models.DateField()

    privacy = Privacy(
        **COMMON,
        name=Kind.FACT,
        licence=Kind.FACT,
        address=Kind.FACT,
        rest=Kind.FACT,
        brought_in_on=Kind.FACT,
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["organisation", "name"], name="publisher_once")]

    def __str__(self) -> str:
        return self.name


class Provider(Model):
    """An organisation that runs services. With its agreement, data about people may be passed."""

    hsds_id = models.CharField(max_length=64)
    name = models.CharField(max_length=300)
    agreed_on = models.DateField(null=True, blank=True)
    agreed_until = models.DateField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        hsds_id=Kind.TECHNICAL,
        name=Kind.FACT,
        agreed_on=Kind.FACT,
        agreed_until=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["organisation", "hsds_id"], name="provider_once"),
            CheckConstraint(
                name="provider_agreement_has_an_end",
                condition=Q(agreed_on__isnull=True, agreed_until__isnull=True)
                | Q(agreed_on__isnull=False, agreed_until__gte=models.F("agreed_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Service(Model):
    """One entry: `record` is the whole service as HSDS writes it, and the truth about it."""

    hsds_id = models.CharField(max_length=64)
    name = models.CharField(max_length=300)
    provider = models.ForeignKey(
        Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    publisher = models.ForeignKey(
        Publisher, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    record = models.JSONField()
    state = models.CharField(max_length=8, choices=STATES)
    # Orders names by their first letters. A number, so that row security leaves it the index.
    sort_key = models.BigIntegerField()
    needs = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    checked_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        hsds_id=Kind.TECHNICAL,
        name=Kind.FACT,
        provider=Kind.LINK,
        publisher=Kind.LINK,
        record=Kind.FACT,
        state=Kind.FACT,
        sort_key=Kind.TECHNICAL,
        needs=Kind.FACT,
        checked_on=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["organisation", "hsds_id"], name="service_once"),
            CheckConstraint(
                name="service_state_known", condition=Q(state__in=[one for one, _ in STATES])
            ),
            CheckConstraint(
                name="service_needs_known", condition=Q(needs__contained_by=list(NEEDS))
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "sort_key", "id"], name="service_by_name")
        ]

    def __str__(self) -> str:
        return self.name


class Spot(Model):
    """A place of a service that is on the map."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    latitude = models.FloatField()
    longitude = models.FloatField()
    # Metres in the Mercator projection; an index of points on both finds the nearest first.
    east = models.FloatField()
    north = models.FloatField()

    privacy = Privacy(
        **COMMON,
        service=Kind.LINK,
        latitude=Kind.FACT,
        longitude=Kind.FACT,
        east=Kind.TECHNICAL,
        north=Kind.TECHNICAL,
    )

    def __str__(self) -> str:
        return f"{self.latitude}, {self.longitude}"


class Opening(Model):
    """Open on one weekday (0 is Monday) from a minute of the day to another."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+", db_index=False)
    weekday = models.PositiveSmallIntegerField()
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        service=Kind.LINK,
        weekday=Kind.FACT,
        opens=Kind.FACT,
        closes=Kind.FACT,
        from_on=Kind.FACT,
        to_on=Kind.FACT,
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="opening_within_a_day",
                condition=Q(weekday__lte=6, closes__lte=1440, opens__lt=models.F("closes")),
            )
        ]
        indexes = [
            models.Index(fields=["service", "weekday"], name="opening_by_day"),
            models.Index(
                fields=["organisation", "weekday", "opens", "closes"], name="opening_by_hour"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}-{self.closes}"


class Marks(Rows):
    """Marks, written many at a time."""

    def put(self, organisation_id: UUID, pairs: Iterable[tuple[UUID, int]]) -> None:
        """Store marks of services; those already there stay as they are."""
        permit.require(self.model._meta.label).add(self.model._meta.label, {"+"})
        given = list(pairs)
        services: list[Any] = [service for service, _mark in given]
        marks: list[Any] = [mark for _service, mark in given]
        with connection.cursor() as cursor:
            cursor.execute(PUT_MARKS, [organisation_id, marks, services])


# The order of names is taken from the services themselves: there is no second place to say it.
PUT_MARKS = """
    INSERT INTO services_mark (organisation_id, mark, service_id, sort_key)
    SELECT %s, given.mark, service.id, service.sort_key
    FROM unnest(%s::bigint[], %s::uuid[]) AS given (mark, service_id)
    JOIN services_service AS service ON service.id = given.service_id
    ON CONFLICT DO NOTHING
"""


class Mark(Model):
    """One thing a service is found by, as a number: a word, a need, a language, a part of the week.

    Equality and order of numbers are leakproof, so row security leaves the search its indexes.
    """

    id = None  # type: ignore[assignment]
    created_at = None  # type: ignore[assignment]
    pk = models.CompositePrimaryKey("organisation_id", "mark", "service_id")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    mark = models.BigIntegerField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    # The same as in the service: a mark that thousands hold is gone through in the order of names.
    sort_key = models.BigIntegerField()

    objects: ClassVar[Any] = Marks.as_manager()

    privacy = Privacy(
        organisation=Kind.LINK,
        mark=Kind.TECHNICAL,
        service=Kind.LINK,
        sort_key=Kind.TECHNICAL,
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "mark", "sort_key", "service"], name="mark_by_name"
            )
        ]

    def __str__(self) -> str:
        return str(self.mark)
