"""Lists of matches, ordered by the last event, read page by page from an index."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import readable_fields, visible
from kith.mentoring.models import Match, MatchMember
from kith.mentoring.permissions import SECTIONS, SEE_MATCH, as_mentor, as_participant
from kith.mentoring.rules.states import RUNNING, MatchState
from kith.people.rules import Side

ON_A_PAGE = 30
MOST_COUNTED = 99
RUNNING_STATES = [state.value for state in RUNNING]
LATER = datetime.max.replace(tzinfo=UTC)


class Show(StrEnum):
    """What a list of matches shows."""

    ALL = "all"
    NEEDS_CALL = "needs_call"
    STARTING = "starting"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True)
class Place:
    """Where a page of the list ends: the next one begins behind it."""

    at: datetime
    key: UUID

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """The place an address names, or None when it names none."""
        at, _, key = text.partition("_")
        try:
            return cls(datetime.fromisoformat(at), UUID(key))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.key}"


@dataclass(frozen=True)
class Page:
    """Some matches, and where the next ones begin."""

    matches: list[Match]
    next: Place | None


def matches(actor: Actor) -> "QuerySet[Match]":
    """Matches the actor may open, with both people and the programme."""
    rows = visible(actor, SEE_MATCH, Match.objects.all())
    return rows.select_related("participant", "mentor", "programme", "group")


def sections(actor: Actor) -> frozenset[str]:
    """What the actor may read of a match."""
    readable = readable_fields(actor, SEE_MATCH)
    return SECTIONS if readable is None else readable


def narrowed(rows: "QuerySet[Match]", show: Show, *, today: date) -> "QuerySet[Match]":
    """The matches a filter shows."""
    if show is Show.ALL:
        return rows
    if show is Show.NEEDS_CALL:
        return rows.filter(attention_on__lte=today)
    return rows.filter(state=MatchState(show.value).value)


def page(actor: Actor, show: Show, *, after: Place | None, today: date) -> Page:
    """One page of matches, the newest event first."""
    rows = narrowed(matches(actor), show, today=today)
    if after is not None:
        # The first bound alone is what the index understands.
        rows = rows.filter(last_event_at__lte=after.at).filter(
            Q(last_event_at__lt=after.at) | Q(last_event_at=after.at, pk__lt=after.key)
        )
    found = list(rows.order_by("-last_event_at", "-id")[: ON_A_PAGE + 1])
    if len(found) <= ON_A_PAGE:
        return Page(found, None)
    last = found[ON_A_PAGE - 1]
    return Page(found[:ON_A_PAGE], Place(last.last_event_at, last.pk))


def number(actor: Actor, show: Show, *, today: date) -> int | None:
    """How many matches a filter shows; None when there are more than one counts quickly."""
    rows = narrowed(visible(actor, SEE_MATCH, Match.objects.all()), show, today=today)
    counted = rows.order_by()[: MOST_COUNTED + 1].count()
    return counted if counted <= MOST_COUNTED else None


def own(actor: Actor) -> list[Match]:
    """Running matches of the person behind the account, the next meeting first."""
    rows = matches(actor).filter(as_mentor(actor) | as_participant(actor))
    rows = rows.filter(state__in=RUNNING_STATES)
    return sorted(rows, key=lambda match: (match.next_meeting_at or LATER, match.pk))


def matches_of(actor: Actor, person_id: UUID) -> "QuerySet[Match]":
    """The matches someone belongs or belonged to, on either side, the newest first."""
    theirs = MatchMember.objects.filter(person=person_id)
    rows = matches(actor).filter(pk__in=theirs.values("match"))
    return rows.order_by("-id")[:ON_A_PAGE]


def weeks_of(person_id: UUID, day: date) -> int | None:
    """Whole weeks since a participant first met the mentor, 0 before; None without a match."""
    theirs = MatchMember.objects.filter(
        person=person_id, side=Side.PARTICIPANT.value, until__isnull=True
    )
    rows = Match.objects.filter(pk__in=theirs.values("match"), state__in=RUNNING_STATES)
    match = rows.order_by(F("started_on").asc(nulls_last=True), "id").first()
    if match is None:
        return None
    return max(0, (day - match.started_on).days // 7) if match.started_on else 0


def running_of(persons: Collection[UUID]) -> Mapping[UUID, int]:
    """How many running matches each of these mentors has, alone or in a group."""
    rows = MatchMember.objects.filter(
        person__in=list(persons), side=Side.MENTOR.value, until__isnull=True
    )
    rows = rows.filter(match__state__in=RUNNING_STATES)
    return dict(rows.values_list("person").annotate(number=Count("id")).order_by())


def persons_with_a_match(persons: Collection[UUID]) -> set[UUID]:
    """Those of these persons who have or had a match, on either side."""
    rows = MatchMember.objects.filter(person__in=list(persons))
    return set(rows.values_list("person", flat=True))
