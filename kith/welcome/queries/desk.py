"""What coordinators see: who waits for a word, one application, and who is here already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.gate.actor import Actor
from kith.gate.commands import reads
from kith.gate.permissions import has, visible
from kith.people.models import Person
from kith.people.permissions import EDIT_PERSON, own_caseload
from kith.people.queries import find_people, own_record, people
from kith.people.queries.already import already_here
from kith.people.rules import Side
from kith.programmes.models import Enrolment
from kith.programmes.queries import places_to_leave
from kith.programmes.rules import PlaceState
from kith.welcome.models import Application, Step, WelcomeTalk
from kith.welcome.permissions import DECIDE, SEE_APPLICATIONS, SEE_REFERRED, SEE_TALKS
from kith.welcome.rules.states import State

AT_ONCE = 40
MOST_STEPS = 100
MOST_COUNTED = 99
MOST_TWINS = 6

Applications = QuerySet[Application]


class Pile(StrEnum):
    """The parts of the desk."""

    OURS = "ours"
    PLANNED = "planned"
    THEIRS = "theirs"
    OVER = "over"


@dataclass(frozen=True)
class Part:
    """One part of a list, and where the next one starts."""

    rows: list[Application]
    after: str


def applications(actor: Actor) -> Applications:
    """Applications and requests this actor may read."""
    rows = visible(actor, SEE_APPLICATIONS, Application.objects.all())
    return rows.select_related("programme", "responsible")


def to_decide(actor: Actor) -> Applications:
    """Those on which this actor may decide."""
    return visible(actor, DECIDE, Application.objects.all()).select_related("programme")


def in_pile(pile: Pile, now: datetime) -> Q:
    """What lies on one part of the desk."""
    talk_over = Q(state=State.PLANNED.value, talk_at__lte=now)
    return {
        Pile.OURS: Q(state=State.RECEIVED.value) | talk_over,
        Pile.PLANNED: Q(state=State.PLANNED.value, talk_at__gt=now),
        Pile.THEIRS: Q(state=State.ASKED.value),
        Pile.OVER: Q(decided_on__isnull=False),
    }[pile]


def part_of(actor: Actor, pile: Pile, *, side: Side | None, now: datetime, after: str = "") -> Part:
    """The next lines of a pile: what is due first, and of what is over the newest first."""
    rows = applications(actor).filter(in_pile(pile, now))
    if side is not None:
        rows = rows.filter(side=side.value)
    mark = _read_mark(after)
    if pile is Pile.OVER:
        rows = rows.order_by("-decided_on", "-id")
        if mark:
            rows = rows.filter(Q(decided_on__lt=mark[0]) | Q(decided_on=mark[0], id__lt=mark[1]))
    else:
        rows = rows.order_by("due_on", "id")
        if mark:
            rows = rows.filter(Q(due_on__gt=mark[0]) | Q(due_on=mark[0], id__gt=mark[1]))
    found = list(rows[: AT_ONCE + 1])
    more, found = len(found) > AT_ONCE, found[:AT_ONCE]
    return Part(found, _mark(found[-1]) if more else "")


def counts(actor: Actor, *, side: Side | None, now: datetime) -> dict[Pile, int]:
    """How many lie on each open pile, counted up to a limit and one more."""
    rows = visible(actor, SEE_APPLICATIONS, Application.objects.all())
    if side is not None:
        rows = rows.filter(side=side.value)
    return {
        pile: rows.filter(in_pile(pile, now)).order_by()[: MOST_COUNTED + 1].count()
        for pile in Pile
        if pile is not Pile.OVER
    }


def waiting_for_us(actor: Actor, now: datetime) -> int:
    """How many wait for a word from this organisation."""
    if not has(actor, SEE_APPLICATIONS):
        return 0
    rows = visible(actor, SEE_APPLICATIONS, Application.objects.all())
    return rows.filter(in_pile(Pile.OURS, now)).order_by()[: MOST_COUNTED + 1].count()


def most_urgent(actor: Actor, now: datetime, limit: int) -> list[Application]:
    """Those to whom a word is due first."""
    rows = to_decide(actor).filter(in_pile(Pile.OURS, now)).order_by("due_on", "id")
    return list(rows[:limit])


def talks_on(actor: Actor, now: datetime, until: datetime, limit: int) -> list[Application]:
    """Talks that begin before a moment, the next one first."""
    rows = to_decide(actor).filter(state=State.PLANNED.value, talk_at__gt=now, talk_at__lt=until)
    return list(rows.order_by("talk_at", "id")[:limit])


def silent_participants(actor: Actor, today: date, limit: int) -> list[Application]:
    """People who were asked something and did not answer in time: somebody calls them."""
    rows = to_decide(actor).filter(
        state=State.ASKED.value, side=Side.PARTICIPANT.value, due_on__lt=today
    )
    return list(rows.order_by("due_on", "id")[:limit])


@reads(SEE_APPLICATIONS, on="application")
def steps_of(actor: Actor, *, application: Application) -> list[Step]:
    """The whole history, newest first; the look is noted. Raises Denied."""
    rows = Step.objects.filter(application=application).select_related("by")
    return list(rows.order_by("-id")[:MOST_STEPS])


@dataclass(frozen=True)
class Twin:
    """Someone who may be the same person: a record, or another application."""

    person: Person | None
    application: Application | None
    same_contact: bool


def twins(actor: Actor, application: Application) -> list[Twin]:
    """Who is here already with this telephone, e-mail or name; and who has knocked before."""
    phone, email = str(application.phone), str(application.email)
    found: dict[UUID, Twin] = {}
    for one in already_here(actor, phone=phone, email=email):
        if one.person is not None:
            found[one.person.pk] = Twin(one.person, None, same_contact=True)
    for person in find_people(actor, str(application.name), limit=MOST_TWINS):
        found.setdefault(person.pk, Twin(person, None, same_contact=False))
    knocked = applications(actor).exclude(pk=application.pk)
    for other in _same_tokens(knocked, application):
        found.setdefault(other.pk, Twin(None, other, same_contact=True))
    own = application.person_id
    return [twin for key, twin in found.items() if key != own][:MOST_TWINS]


def _same_tokens(rows: Applications, application: Application) -> Sequence[Application]:
    if not application.tokens:
        return []
    same = rows.filter(tokens__overlap=application.tokens, person__isnull=True)
    return list(same.order_by("-id")[:MOST_TWINS])


def person_to_join(actor: Actor, key: str) -> Person | None:
    """The record with which an application goes on, where this actor may open it."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    found: Person | None = people(actor).filter(pk=wanted).first()
    return found


# ── Partner contacts ─────────────────────────────────────────────────────────────────────────────


def referred(actor: Actor, *, after: UUID | None = None) -> list[Application]:
    """One's own requests for others, the newest first; one more than is shown."""
    rows = visible(actor, SEE_REFERRED, Application.objects.all())
    if after is not None:
        rows = rows.filter(pk__lt=after)
    return list(rows.order_by("-id")[: AT_ONCE + 1])


# ── People with a record ─────────────────────────────────────────────────────────────────────────


def people_to_talk(actor: Actor) -> "QuerySet[Person]":
    """Participants whose welcome talks this actor may read."""
    return visible(actor, SEE_TALKS, people(actor).filter(is_participant=True))


def may_add(actor: Actor) -> bool:
    """Whether this actor writes down people, and families with them."""
    return has(actor, EDIT_PERSON)


@reads(SEE_TALKS, on="person", own=own_caseload)
def talks_of(actor: Actor, *, person: Person) -> list[WelcomeTalk]:
    """The welcome talks of someone, newest first. Raises Denied, ReasonNeeded."""
    rows = WelcomeTalk.objects.filter(person=person).select_related("by")
    return list(rows.order_by("-on", "-id")[:MOST_STEPS])


def places_of_own(actor: Actor) -> "QuerySet[Enrolment]":
    """The places of a participant that have not come to an end, the oldest first."""
    rows = places_to_leave(actor).filter(side=Side.PARTICIPANT.value)
    return rows.exclude(state=PlaceState.ENDED.value).order_by("waiting_since", "id")


def own_waits(actor: Actor) -> list[Enrolment]:
    """Those of them in which one waits, is being asked, or takes a break."""
    return list(places_of_own(actor).exclude(state=PlaceState.MATCHED.value))


def own_person(actor: Actor) -> Person | None:
    """The signed-in participant's own record."""
    found: Person | None = own_record(actor).filter(is_participant=True).first()
    return found


# ── Clocks ───────────────────────────────────────────────────────────────────────────────────────


def withdrawn_before(day: date) -> "QuerySet[Application, UUID]":
    """Keys of applications taken back on or before a day."""
    rows = Application.objects.filter(state=State.WITHDRAWN.value, decided_on__lte=day)
    return rows.values_list("pk", flat=True)


def decided_before(day: date) -> "QuerySet[Application, UUID]":
    """Keys of applications that came to a yes, a no or nothing on or before a day."""
    decided = [State.ACCEPTED.value, State.DECLINED.value, State.LAPSED.value]
    rows = Application.objects.filter(state__in=decided, decided_on__lte=day)
    return rows.values_list("pk", flat=True)


def untouched_since(day: date) -> "QuerySet[Application, UUID]":
    """Keys of open applications whose promised day lies on or before a day: nobody came back."""
    rows = Application.objects.filter(decided_on__isnull=True, due_on__lte=day)
    return rows.values_list("pk", flat=True)


def _mark(row: Application) -> str:
    day = row.decided_on or row.due_on
    return f"{day.isoformat() if day else ''}_{row.pk}"


def _read_mark(after: str) -> tuple[date, UUID] | None:
    day, _line, key = after.partition("_")
    try:
        return date.fromisoformat(day), UUID(key)
    except ValueError:
        return None
