"""Messages of one's own matches: which matches, one page of messages, how many wait."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from kith.base import clock
from kith.gate.actor import Actor
from kith.gate.permissions import has, visible
from kith.mentoring.models import Match, MatchMember
from kith.mentoring.queries.members import own_rows
from kith.mentoring.rules.states import MatchState
from kith.messaging.models import Message, Report, Seat
from kith.messaging.permissions import OWN, READ_MESSAGES
from kith.messaging.rules.limits import (
    KEEP_AFTER_CLOSING,
    MOST_COUNTED,
    MOST_THREADS,
    ON_A_PAGE,
)
from kith.people.models import Person
from kith.reminders.rules.kinds import About

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """Where a page of messages begins: the earlier page ends before it."""

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
        # In an address a plus sign would be read as a space.
        return f"{self.at.astimezone(UTC).isoformat().replace('+00:00', 'Z')}_{self.key}"


@dataclass(frozen=True)
class Thread:
    """One match in the list of one's messages."""

    match: Match
    seat: Seat | None

    @property
    def unread(self) -> int:
        """How many messages wait."""
        return self.seat.unread if self.seat else 0

    @property
    def last_at(self) -> datetime | None:
        """When the last message came."""
        return self.seat.last_at if self.seat else None


@dataclass(frozen=True)
class Page:
    """Some messages, the oldest first, and where earlier ones end."""

    messages: list[Message]
    reports: Mapping[UUID, list[Report]]
    earlier: Place | None


def matches(actor: Actor) -> "QuerySet[Match]":
    """Matches whose messages the actor may read: one's own, and nobody else's."""
    rows = visible(actor, READ_MESSAGES, Match.objects.all())
    return rows.select_related("participant", "mentor", "programme", "group")


def threads(actor: Actor) -> list[Thread]:
    """One's own matches, running or ended not long ago, the newest message first."""
    recent = clock.today() - KEEP_AFTER_CLOSING
    rows = matches(actor).filter(~Q(state=MatchState.CLOSED.value) | Q(closed_on__gte=recent))
    found = list(rows.order_by("-last_event_at", "-id")[:MOST_THREADS])
    seats = own_seats(actor, [match.pk for match in found])
    lines = [Thread(match, seats.get(match.pk)) for match in found]
    return sorted(lines, key=lambda line: line.last_at or LONG_AGO, reverse=True)


def own_seats(actor: Actor, keys: Collection[UUID]) -> dict[UUID, Seat]:
    """One's own places in the messages of some matches."""
    rows = Seat.objects.filter(Q(person__user_id=actor.user_id), match__in=keys)
    return {row.match_id: row for row in rows}


def unread_number(actor: Actor) -> int | None:
    """How many messages wait for someone in all their matches: one small query for the menu."""
    if not has(actor, READ_MESSAGES):
        return None
    here = MatchMember.objects.filter(
        match=OuterRef("match"), person=OuterRef("person"), until__isnull=True
    )
    own = Person.objects.filter(Q(user_id=actor.user_id))
    rows = Seat.objects.filter(Exists(here), person__in=own.values("pk"), unread__gt=0)
    number = rows.aggregate(number=Sum("unread"))["number"] or 0
    return min(number, MOST_COUNTED) or None


def page(actor: Actor, *, match: Match, before: Place | None) -> Page:
    """One page of messages as someone of the match reads them, the newest unless told otherwise."""
    rows = messages(actor, match)
    if before is not None:
        # The first bound alone is what the index understands.
        rows = rows.filter(sent_at__lte=before.at).filter(
            Q(sent_at__lt=before.at) | Q(sent_at=before.at, pk__lt=before.key)
        )
    found = list(rows.order_by("-sent_at", "-id")[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    place = Place(shown[-1].sent_at, shown[-1].pk) if len(found) > ON_A_PAGE else None
    return Page(shown[::-1], _reports(shown), place)


def messages(actor: Actor, match: Match) -> "QuerySet[Message]":
    """The messages someone of a match may read: those since they came."""
    member = own_rows(actor, [match]).get(match.pk)
    if member is None:
        return Message.objects.none()
    came = timezone.make_aware(datetime.combine(member.since, time.min))
    rows: QuerySet[Message] = Message.objects.filter(match=match, sent_at__gte=came)
    return rows.select_related("sender", "match", "file")


def _reports(shown: Collection[Message]) -> dict[UUID, list[Report]]:
    found: dict[UUID, list[Report]] = {}
    rows = Report.objects.filter(message__in=[message.pk for message in shown])
    for row in rows.order_by("reported_at", "id"):
        found.setdefault(row.message_id, []).append(row)
    return found


def waits_still(about: Collection[About]) -> Collection[About]:
    """Those for whom messages of a match still wait."""
    rows = Seat.objects.filter(
        match__in={one.subject for one in about},
        person__user__in={one.user_id for one in about},
        unread__gt=0,
    )
    waiting = set(rows.values_list("person__user", "match"))
    return [one for one in about if (one.user_id, one.subject) in waiting]


def may_see(actor: Actor) -> bool:
    """Whether messages are something for this actor at all."""
    return actor.has(*OWN)
