"""A person's domain maps as pictures: each domain by itself, before and now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from kith.consent.queries import in_force
from kith.gate.actor import Actor
from kith.gate.commands import reads
from kith.gate.permissions import visible
from kith.people.models import Person
from kith.people.permissions import own_person
from kith.programmes.models import Enrolment
from kith.programmes.rules import PlaceState, Side
from kith.progress.models import DomainMap, DomainStep
from kith.progress.permissions import MAKE_MAP, SEE_PROGRESS, near
from kith.progress.rules import (
    PURPOSE,
    Difference,
    Domain,
    Step,
    all_domains,
    difference_text,
    difference_words,
    step_words,
)

MOST_MAPS = 50
# The first time and the five newest: more would not be told apart.
MOST_TIMES = 6
# A step as a place on the drawn ladder, from the first to the last. Nothing is counted with it.
PLACES = {step: place for place, step in enumerate(Step, start=1)}


@dataclass(frozen=True)
class DomainLine:
    """One domain of a map: where the person sees themselves now and saw themselves before.

    now, before  places on the drawn ladder; before is None when there is nothing to compare with
    """

    domain: Domain
    name: str
    icon: str
    now: int | None
    before: int | None
    step: str
    sentence: str
    difference: str
    words: str

    @property
    def says(self) -> str:
        """The chosen sentence, and what changed since the last time."""
        return f"{self.sentence} {self.difference}".strip()


@dataclass(frozen=True)
class Picture:
    """A map of one day, domain by domain, beside the last time the person looked at each."""

    made: DomainMap
    made_with: str
    lines: list[DomainLine]
    is_compared: bool

    @property
    def own_words(self) -> list[DomainLine]:
        """The domains about which the person said something."""
        return [line for line in self.lines if line.words]


@dataclass(frozen=True)
class Maps:
    """The maps of one person, newest first, each with what came before it."""

    made: Sequence[DomainMap]
    steps: Mapping[UUID, Mapping[str, DomainStep]]

    def picture(self, made: DomainMap, language: str) -> Picture:
        """One map as a picture."""
        earlier = [one for one in self.made if one.made_on < made.made_on]
        lines = [self._line(made, earlier, domain, language) for domain in all_domains()]
        return Picture(
            made=made,
            made_with=str(made.made_with.name) if made.made_with else "",
            lines=lines,
            is_compared=any(line.before is not None for line in lines),
        )

    def way(self, language: str) -> "Way":
        """All times at once: each domain from the first look to the newest one."""
        times = [*reversed(self.made)]
        shown = times if len(times) <= MOST_TIMES else [times[0], *times[1 - MOST_TIMES :]]
        return Way(shown, [self._way(shown, domain, language) for domain in all_domains()])

    def _way(self, times: Sequence[DomainMap], domain: Domain, language: str) -> "DomainWay":
        rows = [(one, self.steps.get(one.pk, {}).get(domain.key)) for one in times]
        looks = [
            Look(one.made_on, one.week, PLACES[step], domain.sentence_for(step).say(language))
            for one, row in rows
            if row is not None
            for step in [Step(row.step)]
        ]
        return DomainWay(domain.name.say(language), domain.pictogram.key, looks)

    def _line(
        self, made: DomainMap, earlier: Sequence[DomainMap], domain: Domain, language: str
    ) -> DomainLine:
        row = self.steps.get(made.pk, {}).get(domain.key)
        last = self._last(earlier, domain.key)
        step = Step(row.step) if row else None
        return DomainLine(
            domain=domain,
            name=domain.name.say(language),
            icon=domain.pictogram.key,
            now=PLACES[step] if step else None,
            before=PLACES[last] if last and step else None,
            step=step_words(step).name.say(language) if step else "",
            sentence=domain.sentence_for(step).say(language) if step else "",
            difference=_difference(last, step, language),
            words=str(row.words) if row else "",
        )

    def _last(self, earlier: Sequence[DomainMap], domain: str) -> Step | None:
        """The step chosen the last time the person looked at this domain."""
        rows = (self.steps.get(one.pk, {}).get(domain) for one in earlier)
        row = next((row for row in rows if row is not None), None)
        return Step(row.step) if row else None


@dataclass(frozen=True)
class Look:
    """One time somebody looked at a domain: when, and the sentence that fitted best.

    place  on the drawn stairs, from 1; nothing is counted with it
    """

    on: date
    week: int | None
    place: int
    sentence: str


@dataclass(frozen=True)
class DomainWay:
    """One domain through all times; without a look where it was always left open."""

    name: str
    icon: str
    looks: list[Look]

    @property
    def places(self) -> list[int]:
        """The steps, the earliest first."""
        return [look.place for look in self.looks]


@dataclass(frozen=True)
class Way:
    """All maps of one person as one picture: the first, and the newest ones."""

    times: list[DomainMap]
    domains: list[DomainWay]


Weeks = Callable[[UUID, date], int | None]

_weeks: list[Weeks] = []


def add_weeks(source: Weeks) -> None:
    """Say how many whole weeks someone has been accompanied on a day, None where nobody does.

    Called by the wiring of mentoring.
    """
    if source not in _weeks:
        _weeks.append(source)


def week_of(person: Person, day: date) -> int | None:
    """The week of a map, by which the first, the one of week 12 and the one of week 24 are known.

    0 from enrolment to the first meeting, whole weeks since then; None outside a programme.
    """
    known = (source(person.pk, day) for source in _weeks)
    week = next((week for week in known if week is not None), None)
    if week is not None:
        return week
    places = Enrolment.objects.filter(person=person, side=Side.PARTICIPANT.value)
    return 0 if places.exclude(state=PlaceState.ENDED.value).exists() else None


def people_to_see(actor: Actor) -> "QuerySet[Person]":
    """People whose maps this actor may see."""
    rows = visible(actor, SEE_PROGRESS, Person.objects.filter(erased_at__isnull=True))
    return rows.filter(is_participant=True)


def people_to_map(actor: Actor) -> "QuerySet[Person]":
    """People with whom this actor may draw a map."""
    rows = visible(actor, MAKE_MAP, Person.objects.filter(erased_at__isnull=True))
    return rows.filter(is_participant=True)


@reads(SEE_PROGRESS, on="person", own=near)
def maps_of(actor: Actor, *, person: Person) -> Maps:
    """The maps of a person, in two queries; the look is noted. Raises Denied, ReasonNeeded."""
    rows = DomainMap.objects.filter(person=person).select_related("made_with")
    made = list(rows.order_by("-made_on")[:MOST_MAPS])
    steps: dict[UUID, dict[str, DomainStep]] = {one.pk: {} for one in made}
    for step in DomainStep.objects.filter(domain_map__in=made):
        steps[step.domain_map_id][step.domain] = step
    return Maps(made, steps)


@reads(MAKE_MAP, on="person", own=near)
def answer_of_today(actor: Actor, *, person: Person, domain: str, today: date) -> DomainStep | None:
    """What was chosen today in one domain. Raises Denied, ReasonNeeded."""
    rows = DomainStep.objects.filter(person=person, domain=domain, domain_map__made_on=today)
    found: DomainStep | None = rows.first()
    return found


def may_be_mapped(person: Person) -> bool:
    """Whether the yes to mentoring, for which a map is kept, is in force."""
    return in_force(person, PURPOSE)


def has_maps(person: Person) -> bool:
    """Whether the person has drawn a map at all."""
    return DomainMap.objects.filter(person=person).exists()


def own_record(actor: Actor) -> Person | None:
    """The signed-in participant's own record, if there is one."""
    rows = Person.objects.filter(own_person(actor), erased_at__isnull=True, is_participant=True)
    found: Person | None = rows.filter(organisation_id=actor.organisation_id).first()
    return found


def persons_with_maps(person_ids: Sequence[UUID]) -> set[UUID]:
    """Those of these people who have drawn a map."""
    rows = DomainMap.objects.filter(person__in=person_ids)
    return set(rows.values_list("person_id", flat=True))


def _difference(last: Step | None, step: Step | None, language: str) -> str:
    if step is None or last is None:
        return ""
    difference = difference_words(last, step)
    # That nothing changed is seen in the picture.
    return "" if difference is Difference.SAME else difference_text(difference).say(language)
