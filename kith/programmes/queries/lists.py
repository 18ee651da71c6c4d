"""What pages and other rooms read about programmes and places in them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kith.consent.queries import persons_agreed
from kith.gate.actor import Actor
from kith.gate.permissions import has, visible
from kith.people.models import (
    ImportRow,
    MentorCheck,
    MentorProfile,
    ParticipantProfile,
    Person,
)
from kith.people.queries import listed
from kith.people.rules import InProgrammes
from kith.programmes.models import Enrolment, Programme, Wait
from kith.programmes.permissions import (
    ENROL,
    LEAVE,
    OPEN_PROGRAMME,
    PAUSE,
    SEE_PLACES,
    SEE_PROGRAMMES,
)
from kith.programmes.rules import (
    LOOKED_AT,
    Expectation,
    MentorFacts,
    Missing,
    PlaceState,
    ProgrammeTemplate,
    Reason,
    RecordedCheck,
    Side,
    expectation,
    missing_before_match,
    rules_of,
)

PURPOSE = "mentoring"
LINES_AT_ONCE = 40
PEOPLE_AT_ONCE = 50
MOST_COUNTED = 99
MOST_LOOKED_AT = 200

Places = QuerySet[Enrolment]


@dataclass(frozen=True)
class Counts:
    """How many people stand where on one side of a programme."""

    waiting: int = 0
    proposed: int = 0
    matched: int = 0
    paused: int = 0

    @property
    def total(self) -> int:
        return self.waiting + self.proposed + self.matched + self.paused


NOBODY = Counts()


@dataclass(frozen=True)
class Standing:
    """A running programme with the numbers of its two sides."""

    programme: Programme
    rules: ProgrammeTemplate
    participants: Counts
    mentors: Counts


@dataclass(frozen=True)
class Part:
    """One part of a list, and where the next one starts."""

    places: list[Enrolment]
    after: str


@dataclass(frozen=True)
class MentorPlace:
    """A mentor's place and what is missing before a match may be proposed."""

    place: Enrolment
    missing: tuple[Missing, ...]
    agreed: bool
    resting_until: date | None
    capacity: int

    @property
    def is_ready(self) -> bool:
        return not self.missing and self.agreed and self.resting_until is None


@dataclass(frozen=True)
class Readiness:
    """How many of the mentors on the list can be proposed today."""

    ready: int = 0
    not_ready: list[MentorPlace] = field(default_factory=list)


def programmes(actor: Actor) -> "QuerySet[Programme]":
    """Programmes this actor may look at, the newest first."""
    return visible(actor, SEE_PROGRAMMES, Programme.objects.all()).order_by("-opened_on", "-id")


def running(actor: Actor) -> "QuerySet[Programme]":
    """Programmes that are not closed."""
    return programmes(actor).filter(closed_on__isnull=True)


def adaptable(actor: Actor) -> "QuerySet[Programme]":
    """Programmes this actor may adapt and close."""
    return visible(actor, OPEN_PROGRAMME, Programme.objects.all())


def open_to_enrol(actor: Actor) -> "QuerySet[Programme]":
    """Programmes in which this actor may give people a place."""
    rows = visible(actor, ENROL, Programme.objects.filter(closed_on__isnull=True))
    return rows.order_by("-opened_on", "-id")


def places(actor: Actor) -> Places:
    """Places this actor may look at."""
    return visible(actor, SEE_PLACES, Enrolment.objects.all()).select_related("programme", "person")


def places_to_change(actor: Actor) -> Places:
    """Places this actor may end or note reasons for."""
    return visible(actor, ENROL, Enrolment.objects.all()).select_related("programme", "person")


def places_to_pause(actor: Actor) -> Places:
    """Places this actor may let rest."""
    return visible(actor, PAUSE, Enrolment.objects.all()).select_related("programme", "person")


def places_to_leave(actor: Actor) -> Places:
    """One's own places from which one may step back."""
    return visible(actor, LEAVE, Enrolment.objects.all()).select_related("programme", "person")


def expected_wait(programme: Programme, side: Side = Side.PARTICIPANT) -> Expectation | None:
    """What the last waits of this programme say about how long one waits for a match."""
    rows = Wait.objects.filter(programme=programme, side=side.value).order_by("-over_on", "id")
    return expectation(list(rows.values_list("days", flat=True)[:LOOKED_AT]))


def enrolments_of(actor: Actor, person: Person) -> list[Enrolment]:
    """The places of one person, those that run first."""
    rows = places(actor).filter(person=person).order_by("ended_on", "-id")
    return sorted(rows, key=lambda place: place.state == PlaceState.ENDED)


def standings(actor: Actor, rows: Sequence[Programme]) -> list[Standing]:
    """The numbers of some programmes, in one query."""
    counted = visible(actor, SEE_PLACES, Enrolment.objects.filter(programme__in=rows))
    counted = counted.exclude(state=PlaceState.ENDED.value).order_by()
    numbers: dict[tuple[UUID, str], dict[str, int]] = defaultdict(dict)
    for programme, side, state, number in counted.values_list(
        "programme", "side", "state"
    ).annotate(number=Count("id")):
        numbers[programme, side][state] = number
    return [
        Standing(
            row,
            rules_of(row),
            Counts(**numbers[row.pk, Side.PARTICIPANT.value]),
            Counts(**numbers[row.pk, Side.MENTOR.value]),
        )
        for row in rows
    ]


def standing(actor: Actor, programme: Programme) -> Standing:
    """The numbers of one programme."""
    return standings(actor, [programme])[0]


def waiting(
    actor: Actor,
    programme: Programme,
    side: Side,
    *,
    state: PlaceState = PlaceState.WAITING,
    reason: Reason | None = None,
) -> Places:
    """Places in one state, the longest waiting first."""
    rows = places(actor).filter(programme=programme, side=side.value, state=state.value)
    if reason is not None:
        rows = rows.filter(reasons__contains=[reason.value])
    return rows.order_by("waiting_since", "id")


def reasons_present(actor: Actor, programme: Programme, side: Side, state: PlaceState) -> set[str]:
    """The practical reasons that are noted among the longest waiting."""
    noted = waiting(actor, programme, side, state=state).exclude(reasons=[])
    rows = noted.select_related(None).values_list("reasons", flat=True)
    return {reason for reasons in rows[:MOST_LOOKED_AT] for reason in reasons}


def part_of(rows: Places, *, after: str) -> Part:
    """The next lines of a waiting list after a place that an earlier part gave."""
    mark = _read_mark(after)
    if mark is not None:
        since, pk = mark
        rows = rows.filter(Q(waiting_since__gt=since) | Q(id__gt=pk), waiting_since__gte=since)
    found = list(rows[: LINES_AT_ONCE + 1])
    more, found = len(found) > LINES_AT_ONCE, found[:LINES_AT_ONCE]
    return Part(found, _mark(found[-1]) if more else "")


def counted(rows: QuerySet[Any]) -> int:
    """How many, counted up to a limit and one more."""
    return rows.order_by()[: MOST_COUNTED + 1].count()


def agreed_to_mentoring(person_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these people whose consent to mentoring is in force."""
    return set(persons_agreed(PURPOSE).filter(person__in=list(person_ids)))


def facts_of_mentors(person_ids: Sequence[UUID]) -> dict[UUID, MentorFacts]:
    """What is noted about the training and checks of these mentors, in two queries."""
    checks: dict[UUID, list[RecordedCheck]] = defaultdict(list)
    rows = MentorCheck.objects.filter(person__in=person_ids).order_by("id")
    for person, *noted in rows.values_list("person_id", "kind", "done_on", "valid_until"):
        checks[person].append(RecordedCheck(*noted))
    profiles = MentorProfile.objects.filter(person__in=person_ids)
    trained = profiles.values_list("person_id", "trained_on", "trained_until")
    facts = {key: MentorFacts(on, until, tuple(checks[key])) for key, on, until in trained}
    return {key: facts.get(key, MentorFacts(checks=tuple(checks[key]))) for key in person_ids}


def mentor_places(
    found: Sequence[Enrolment], rules: ProgrammeTemplate, *, today: date
) -> list[MentorPlace]:
    """Mentors' places with what is missing, in four queries however many there are."""
    keys = [place.person_id for place in found]
    facts, agreed = facts_of_mentors(keys), agreed_to_mentoring(keys)
    profiles = MentorProfile.objects.filter(person__in=keys)
    offers = {
        key: rest for key, *rest in profiles.values_list("person_id", "paused_until", "capacity")
    }
    lines = []
    for place in found:
        until, capacity = offers.get(place.person_id, (None, 0))
        resting = until if until is not None and until >= today else None
        missing = missing_before_match(rules, facts[place.person_id], today)
        lines.append(MentorPlace(place, missing, place.person_id in agreed, resting, capacity))
    return lines


def readiness(
    actor: Actor, programme: Programme, rules: ProgrammeTemplate, *, today: date
) -> Readiness:
    """Which of the mentors on the list can be proposed; looks at the first two hundred."""
    found = list(waiting(actor, programme, Side.MENTOR)[:MOST_LOOKED_AT])
    lines = mentor_places(found, rules, today=today)
    return Readiness(
        ready=sum(line.is_ready for line in lines),
        not_ready=[line for line in lines if not line.is_ready],
    )


def without_place(actor: Actor, programme: Programme, side: Side) -> "QuerySet[Person]":
    """People of one side who have no place in this programme, the newest first."""
    flag = "is_participant" if side is Side.PARTICIPANT else "is_mentor"
    held = Enrolment.objects.filter(programme=programme, side=side.value)
    held = held.exclude(state=PlaceState.ENDED.value)
    rows = listed(actor).filter(**{flag: True}, archived_at__isnull=True)
    return rows.exclude(pk__in=held.values("person")).order_by("-id")


def of_import(rows: "QuerySet[Person]", batch_id: UUID) -> "QuerySet[Person]":
    """Those who came in with one list."""
    brought = ImportRow.objects.filter(batch_id=batch_id, person__isnull=False)
    return rows.filter(pk__in=brought.values("person"))


def nowhere(actor: Actor, side: Side) -> "QuerySet[Person]":
    """People of one side who have no place in any programme."""
    return listed(actor).filter(standing_as(side, InProgrammes.NOWHERE), archived_at__isnull=True)


def standing_as(side: Side, standing: InProgrammes) -> Q:
    """People who stand so, on one side, in all programmes together."""
    if side is Side.PARTICIPANT:
        return Q(is_participant=True, as_participant=standing.value)
    return Q(is_mentor=True, as_mentor=standing.value)


def asked_since(person_ids: Sequence[UUID]) -> dict[UUID, date]:
    """Since when participants have been asking for a mentor, where that is noted."""
    rows = ParticipantProfile.objects.filter(person__in=person_ids, asked_on__isnull=False)
    return dict(rows.values_list("person_id", "asked_on"))


def may_enrol(actor: Actor) -> bool:
    """Whether this actor may give people a place."""
    return has(actor, ENROL)


def rested(actor: Actor, today: date) -> Places:
    """Places whose pause has come to its day."""
    rows = places_to_pause(actor).filter(state=PlaceState.PAUSED.value, paused_until__lte=today)
    return rows.order_by("paused_until", "id")


def ended_before(day: date) -> "QuerySet[Person]":
    """People whose last place ended on or before a day and who have no other."""
    later = Enrolment.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))
    ended = Enrolment.objects.filter(ended_on__lte=day)
    rows = Person.objects.filter(pk__in=ended.values("person"), erased_at__isnull=True)
    return rows.exclude(pk__in=later.values("person"))


def _mark(place: Enrolment) -> str:
    return f"{place.waiting_since.isoformat()}_{place.pk}"


def _read_mark(after: str) -> tuple[date, UUID] | None:
    since, _line, key = after.partition("_")
    try:
        return date.fromisoformat(since), UUID(key)
    except ValueError:
        return None
