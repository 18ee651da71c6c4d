"""Finding services by need, place, language, opening, cost and words. Nothing of it is kept."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, FloatField, Func, IntegerField, OuterRef, Q, QuerySet, Value

from kith.base.models import Organisation
from kith.base.plans import planned_by_values
from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.people.models import Place
from kith.services.models import Mark, Opening, Service, Spot
from kith.services.permissions import SEE_SERVICES
from kith.services.queries import walking
from kith.services.rules.facts import ServiceState, asked_marks, km_of, mark, on_map
from kith.services.rules.hours import WEEK

AT_ONCE = 20
MOST_NEAR = 200
# What so few services answer to is read from its own index and put in order; what more answer to
# is met soon enough by going through the names. At 100,000 entries both take a few milliseconds.
MOST_RARE = 1000
BY_NAME = ("sort_key", "id")
MOST_SORT_KEY = 2**63 - 1
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


@dataclass(frozen=True)
class Answers:
    """What names the services that answer, one for each thing asked; all have to name a service.

    marks   what a service holds, each one
    others  what is no single mark: one of several marks, opening hours
    """

    marks: list[int]
    others: "list[QuerySet[Any]]"

    def all(self, actor: Actor) -> "list[QuerySet[Any]]":
        """Each answer as rows with the services it names."""
        return [*(_marked(actor, [one]) for one in self.marks), *self.others]


def find(actor: Actor, asked: Asked, *, now: datetime, after: str = "") -> Found:
    """The next services that answer to everything asked: by distance, or else by name."""
    answers = _answers(actor, asked, now)
    rows = services(actor).filter(state=asked.state.value)
    if asked.near is None or asked.near.latitude is None:
        return _by_name(actor, rows, answers, after)
    narrowed, planned = _rarest_first(actor, rows, answers)
    with planned:
        return _nearest(narrowed, asked, asked.near, after)


def _answers(actor: Actor, asked: Asked, now: datetime) -> Answers:
    groups = _groups(asked)
    others: list[QuerySet[Any]] = [_marked(actor, group) for group in groups if len(group) > 1]
    if asked.when == NOW:
        others.append(open_at(actor, now))
    return Answers([group[0] for group in groups if len(group) == 1], others)


def _rarest_first(
    actor: Actor, rows: "QuerySet[Service]", answers: Answers
) -> "tuple[QuerySet[Service], AbstractContextManager[None]]":
    """The services that all answers name, and how the database is to plan what asks for them."""
    each = answers.all(actor)
    rare = _rarest(actor, each)
    planned = planned_by_values() if each and rare is None else nullcontext()
    return _narrowed(rows, each, rare), planned


def _narrowed(
    rows: "QuerySet[Service]", answers: "Sequence[QuerySet[Any]]", rare: int | None
) -> "QuerySet[Service]":
    """The services that all answers name, in no order; the rare one, if any, is read first."""
    for number, answer in enumerate(answers):
        if number == rare:
            rows = rows.filter(pk__in=answer.values("service_id")[:MOST_RARE])
        else:
            rows = rows.filter(Exists(_of_service(answer)))
    return rows


def _of_service(answer: "QuerySet[Any]") -> "QuerySet[Any]":
    return answer.filter(service_id=OuterRef("pk"))


def _rarest(actor: Actor, answers: "Sequence[QuerySet[Any]]") -> int | None:
    """The answer that names the fewest services; None where all name many."""
    if not answers or actor.organisation_id is None:
        return None
    organisation = Organisation.objects.filter(pk=actor.organisation_id)
    numbers = organisation.values_list(*map(_number, answers)).first() or ()
    rare = [one for one, number in enumerate(numbers) if number <= MOST_RARE]
    return min(rare, key=numbers.__getitem__, default=None)


def _number(answer: "QuerySet[Any]") -> Func:
    """How many rows there are, counted no further than to what is no longer rare."""
    keys = ArraySubquery(answer.values("service_id")[: MOST_RARE + 1])
    return Func(keys, function="CARDINALITY", output_field=IntegerField())


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
    """The marks of services, of which each holds one of these."""
    rows: QuerySet[Mark] = Mark.objects.filter(organisation=actor.organisation)
    return rows.filter(mark=marks[0]) if len(marks) == 1 else rows.filter(mark__in=marks)


def open_at(actor: Actor, now: datetime) -> "QuerySet[Opening]":
    """Opening hours around a moment of the local clock."""
    minute, day = now.hour * 60 + now.minute, now.date()
    rows: QuerySet[Opening] = Opening.objects.filter(
        organisation=actor.organisation,
        weekday=now.weekday(),
        opens__lte=minute,
        closes__gt=minute,
    )
    begun = Q(from_on__isnull=True) | Q(from_on__lte=day)
    return rows.filter(begun, Q(to_on__isnull=True) | Q(to_on__gte=day))


def _by_name(actor: Actor, rows: "QuerySet[Service]", answers: Answers, after: str) -> Found:
    part = _part_by_name(actor, rows, answers, _place_in_names(after), AT_ONCE + 1)
    shown = part[:AT_ONCE]
    last = f"{shown[-1].sort_key}.{shown[-1].pk}" if len(part) > AT_ONCE else ""
    return Found([Hit(one) for one in shown], last)


def _part_by_name(
    actor: Actor,
    rows: "QuerySet[Service]",
    answers: Answers,
    begin: tuple[int, UUID] | None,
    limit: int,
) -> list[Service]:
    """The next by name: from holder to holder of the marks, or else from what is rarest."""
    walked = _walked(actor, rows, answers, begin, limit)
    if walked is not None:
        return list(services(actor).filter(pk__in=walked).order_by(*BY_NAME))
    if begin is not None:
        key, pk = begin
        rows = rows.filter(sort_key__gte=key).exclude(sort_key=key, pk__lte=pk)
    narrowed, planned = _rarest_first(actor, rows, answers)
    # What comes with a row is read for those alone that are shown.
    keys = narrowed.select_related(None).order_by(*BY_NAME).values("pk")[:limit]
    with planned:
        return list(services(actor).filter(pk__in=keys).order_by(*BY_NAME))


def _walked(
    actor: Actor,
    rows: "QuerySet[Service]",
    answers: Answers,
    begin: tuple[int, UUID] | None,
    limit: int,
) -> list[UUID] | None:
    """The next that hold all marks; None where there is none, or a walk would meet too few."""
    if not answers.marks or _rarest(actor, answers.others) is not None:
        return None
    return walking.first_holders(
        actor.organisation_id,
        answers.marks,
        _narrowed(rows, answers.others, None),
        after=begin,
        limit=limit,
        # A step that has to look elsewhere too takes longer.
        most=walking.MOST_STEPS // (1 + len(answers.others)),
    )


def _place_in_names(after: str) -> tuple[int, UUID] | None:
    key, _dot, pk = after.partition(".")
    try:
        begin = int(key), UUID(pk)
    except ValueError:
        return None
    return begin if 0 <= begin[0] <= MOST_SORT_KEY else None


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
    marks = asked_marks(text)
    if not marks:
        return []
    return _part_by_name(actor, services(actor), Answers(marks, []), None, limit)
