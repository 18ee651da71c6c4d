"""What stands in somebody's own list, and how many lines nobody has looked at."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.reminders.models import Reminder
from kith.reminders.permissions import SEE_OWN
from kith.reminders.queries.gathering import over
from kith.reminders.rules.kinds import Kind, kind_of
from kith.reminders.rules.states import KEPT
from kith.web.words import Text

ON_A_PAGE = 30
MOST_COUNTED = 99


def unread_number(actor: Actor) -> int | None:
    """How many reminders nobody has looked at, up to 99: one small query for the bell."""
    if actor.membership is None:
        return None
    rows = Reminder.objects.filter(
        member=actor.membership, over_at__isnull=True, seen_at__isnull=True, in_kith=True
    )
    return len(rows.order_by().values_list("pk", flat=True)[:MOST_COUNTED]) or None


def reminders(actor: Actor) -> "QuerySet[Reminder]":
    """One's own reminders."""
    rows = visible(actor, SEE_OWN, Reminder.objects.filter(in_kith=True))
    return rows.select_related("member")


@dataclass(frozen=True)
class Place:
    """Where a page of the list ends: the next one begins behind it."""

    on: date
    key: UUID

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """The place an address names, or None when it names none."""
        on, _, key = text.partition("_")
        try:
            return cls(date.fromisoformat(on), UUID(key))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.on.isoformat()}_{self.key}"


@dataclass(frozen=True)
class Line:
    """One reminder in words."""

    reminder: Reminder
    kind: Kind
    what: Text
    is_open: bool

    @property
    def is_new(self) -> bool:
        """Whether it still wants to be looked at."""
        return self.is_open and self.reminder.seen_at is None


@dataclass(frozen=True)
class Page:
    """Some lines, and where the next ones begin."""

    lines: list[Line]
    next: Place | None


def page(actor: Actor, *, after: Place | None, today: date) -> Page:
    """One page of one's own list, the newest day first."""
    rows = reminders(actor).filter(due_on__gte=today - KEPT, due_on__lte=today + timedelta(days=1))
    if after is not None:
        rows = rows.filter(Q(due_on__lt=after.on) | Q(due_on=after.on, pk__lt=after.key))
    found = list(rows.order_by("-due_on", "-id")[: ON_A_PAGE + 1])
    more = len(found) > ON_A_PAGE
    shown = found[:ON_A_PAGE]
    place = Place(shown[-1].due_on, shown[-1].pk) if more else None
    return Page(_told(actor, shown), place)


def _told(actor: Actor, rows: Sequence[Reminder]) -> list[Line]:
    done = {row.pk for row in over([row for row in rows if row.over_at is None])}
    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row.subject)
    words = {key: _words(actor, kind_of(key), subjects) for key, subjects in by_kind.items()}
    return [
        Line(
            row,
            kind,
            words[row.kind].get(row.subject) or kind.say(1),
            is_open=row.over_at is None and row.pk not in done,
        )
        for row in rows
        if (kind := kind_of(row.kind))
    ]


def _words(actor: Actor, kind: Kind | None, subjects: list[UUID]) -> dict[UUID, Text]:
    if kind is None or kind.told is None:
        return {}
    return dict(kind.told(actor, subjects))
