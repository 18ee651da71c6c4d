"""Finding services by need, place, language, opening, cost and words. Nothing of it is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, FloatField, Func, OuterRef, Q, QuerySet, Value

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.people.models import Place
from kith.services.models import Mark, Opening, Service, Spot
from kith.services.permissions import SEE_SERVICES
from kith.services.rules.facts import ServiceState, asked_marks, km_of, mark, on_map
from kith.services.rules.hours import WEEK

AT_ONCE = 20
MOST_NEAR = 200
NOW, EVENINGS, WEEKEND = "now", "evening", "weekend"
WHEN = (NOW, EVENINGS, WEEKEND)
EVENING_PARTS = tuple(f"{day}-eve" for day in WEEK[:5])
WEEKEND_PARTS = tuple(f"{day}-{part}" for day in WEEK[5:] for part in ("am", "pm", "eve"))


@dataclass(frozen=True)
class Asked:
    """What somebody looks for."""

    words: str = ""
    need: str = ""
    language: str = ""
    when: str = ""
    is_free: bool = False
    near: Place | None = None
    km: int = 0
    state: ServiceState = ServiceState.OPEN


@dataclass(frozen=True)
class Hit:
    """A service that was found, and how far it is where that was asked."""

    service: Service
    km: float | None = None


@dataclass(frozen=True)
class Found:
    """One part of what was found, and where the next one begins."""

    hits: list[Hit] = field(default_factory=list)
    after: str = ""


class Distance(Func):
    """Metres on the map between a spot and a point; the index of points gives the nearest first."""

    template = "point(east, north) <-> point(%(expressions)s)"
    output_field = FloatField()


def services(actor: Actor) -> "QuerySet[Service]":
    """The directory of the actor's organisation."""
    rows = visible(actor, SEE_SERVICES, Service.objects.all())
    return rows.select_related("provider", "publisher")


def find(actor: Actor, asked: Asked, *, now: datetime, after: str = "") -> Found:
    """The next services that answer to everything asked: by distance, or else by name."""
    rows = narrowed(services(actor), actor, asked, now=now)
    if asked.near is not None and asked.near.latitude is not None:
        return _nearest(rows, asked, asked.near, after)
    return _by_name(rows, after)


def narrowed(
    rows: "QuerySet[Service]", actor: Actor, asked: Asked, *, now: datetime
) -> "QuerySet[Service]":
    """The services that answer to everything that was asked, in no order."""
    rows = rows.filter(state=asked.state.value)
    for marks in _groups(asked):
        rows = rows.filter(Exists(_marked(actor, marks)))
    if asked.when == NOW:
        rows = rows.filter(Exists(open_at(now)))
    return rows


def _groups(asked: Asked) -> list[list[int]]:
    """Marks of which a service holds one of each group."""
    groups = [[one] for one in asked_marks(asked.words)]
    if asked.need:
        groups.append([mark("need", asked.need)])
    if asked.language:
        groups.append([mark("language", asked.language)])
    if asked.is_free:
        groups.append([mark("cost", "free")])
    parts = {EVENINGS: EVENING_PARTS, WEEKEND: WEEKEND_PARTS}.get(asked.when, ())
    if parts:
        groups.append([mark("open", part) for part in parts])
    return groups


def _marked(actor: Actor, marks: Sequence[int]) -> "QuerySet[Mark]":
    rows: QuerySet[Mark] = Mark.objects.filter(
        organisation=actor.organisation, service_id=OuterRef("pk")
    )
    return rows.filter(mark=marks[0]) if len(marks) == 1 else rows.filter(mark__in=marks)


def open_at(now: datetime) -> "QuerySet[Opening]":
    """Opening hours around a moment of the local clock."""
    minute, day = now.hour * 60 + now.minute, now.date()
    rows: QuerySet[Opening] = Opening.objects.filter(
        service_id=OuterRef("pk"), weekday=now.weekday(), opens__lte=minute, closes__gt=minute
    )
    begun = Q(from_on__isnull=True) | Q(from_on__lte=day)
    return rows.filter(begun, Q(to_on__isnull=True) | Q(to_on__gte=day))


def _by_name(rows: "QuerySet[Service]", after: str) -> Found:
    begin = _place_in_names(after)
    if begin is not None:
        key, pk = begin
        rows = rows.filter(sort_key__gte=key).exclude(sort_key=key, pk__lte=pk)
    part = list(rows.order_by("sort_key", "id")[: AT_ONCE + 1])
    shown = part[:AT_ONCE]
    last = f"{shown[-1].sort_key}.{shown[-1].pk}" if len(part) > AT_ONCE else ""
    return Found([Hit(one) for one in shown], last)


def _place_in_names(after: str) -> tuple[int, UUID] | None:
    key, _dot, pk = after.partition(".")
    try:
        return int(key), UUID(pk)
    except ValueError:
        return None


def _nearest(rows: "QuerySet[Service]", asked: Asked, near: Place, after: str) -> Found:
    """The nearest first, among two hundred places at most: who looks further chooses another."""
    latitude, longitude = near.latitude or 0.0, near.longitude or 0.0
    nearest = _once(_by_distance(rows, latitude, longitude)[:MOST_NEAR])
    km = {pk: km_of(metres, latitude) for pk, metres in nearest.items()}
    within = [pk for pk, far in km.items() if not asked.km or far <= asked.km]
    begin = int(after) if after.isdecimal() and len(after) < 4 else 0
    shown = within[begin : begin + AT_ONCE]
    found = rows.in_bulk(shown)
    more = begin + AT_ONCE < len(within)
    return Found(
        [Hit(found[pk], km[pk]) for pk in shown if pk in found],
        str(begin + AT_ONCE) if more else "",
    )


def _by_distance(
    rows: "QuerySet[Service]", latitude: float, longitude: float
) -> "QuerySet[Spot, tuple[UUID, float]]":
    east, north = on_map(latitude, longitude)
    spots = Spot.objects.filter(service__in=rows.select_related(None).order_by().values("pk"))
    spots = spots.annotate(metres=Distance(Value(east), Value(north))).order_by(F("metres"))
    pairs: QuerySet[Spot, tuple[UUID, float]] = spots.values_list("service_id", "metres")
    return pairs


def _once(spots: Iterable[tuple[UUID, float]]) -> dict[UUID, float]:
    """A service with several places stands at its nearest one."""
    nearest: dict[UUID, float] = {}
    for pk, metres in spots:
        nearest.setdefault(pk, metres)
    return nearest


def places_to_choose(actor: Actor) -> "QuerySet[Place]":
    """Places of the organisation that lie on the map."""
    rows = Place.objects.filter(organisation=actor.organisation, latitude__isnull=False)
    return rows.order_by("name")


def any_service(actor: Actor) -> bool:
    """Whether the directory has any entry at all."""
    return services(actor).exists()


def find_by_words(actor: Actor, text: str, limit: int) -> list[Service]:
    """Services in whose entry every word of a text stands, by name."""
    if not asked_marks(text):
        return []
    rows = services(actor)
    for one in asked_marks(text):
        rows = rows.filter(Exists(_marked(actor, [one])))
    return list(rows.order_by("sort_key", "id")[:limit])
