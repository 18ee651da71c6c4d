"""The lists of participants and mentors: search first, the last event on top, keyset pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kith.gate.actor import Actor
from kith.people.models import MentorProfile, ParticipantProfile, Person
from kith.people.queries.boards import FILTERS, FilterPlug, Standing, standings
from kith.people.queries.search import People, listed, narrowed
from kith.people.rules import Side
from kith.people.rules.labels import NEEDS, in_words
from kith.web import words

LINES_AT_ONCE = 40
MOST_COUNTED = 99
MOST_WORDS = 4


@dataclass(frozen=True)
class Line:
    """One line of a list."""

    person: Person
    wishes: str
    when: str
    standing: Standing | None


@dataclass(frozen=True)
class Part:
    """One part of a list, and where the next one starts."""

    lines: list[Line]
    after: str


@dataclass(frozen=True)
class Counted:
    """A filter with the number of people behind it, counted up to a limit."""

    key: str
    label: str | Promise
    count: int
    is_more: bool


def side_rows(actor: Actor, side: Side, filter_key: str = "") -> People:
    """The people of one side that a filter leaves; the archive is a filter of its own."""
    rows = listed(actor).filter(
        **{"is_participant" if side is Side.PARTICIPANT else "is_mentor": True}
    )
    if filter_key == "archived":
        return rows.filter(archived_at__isnull=False)
    plug = FILTERS[side].plugs.get(filter_key)
    rows = rows.filter(archived_at__isnull=True)
    return rows.filter(plug.rows(actor)) if plug else rows


def counted(actor: Actor, side: Side) -> list[Counted]:
    """The filters of a list. Counting stops soon, so that a long list stays as fast as a short."""
    archive = FilterPlug(key="archived", label=_("Archive"), rows=lambda _a: Q(), order=999)
    everyone = FilterPlug(key="", label=_("All"), rows=lambda _a: Q(), order=0)
    found = []
    for plug in (everyone, *FILTERS[side], archive):
        count = side_rows(actor, side, plug.key)[: MOST_COUNTED + 1].count()
        more = count > MOST_COUNTED
        found.append(Counted(plug.key, plug.label, min(count, MOST_COUNTED), more))
    return found


def part_of_list(
    actor: Actor, side: Side, *, text: str, filter_key: str, after: str, today: date
) -> Part:
    """The next lines of a list after a place that an earlier part gave."""
    rows = side_rows(actor, side, filter_key)
    rows = narrowed(rows, actor, text) if text else rows
    rows = _after(rows, after).order_by("-last_event_at", "-id")
    people = list(rows[: LINES_AT_ONCE + 1])
    more, people = len(people) > LINES_AT_ONCE, people[:LINES_AT_ONCE]
    return Part(lines_of(actor, side, people, today), _place(people[-1]) if more else "")


def _place(person: Person) -> str:
    return f"{person.last_event_at.timestamp():.6f}_{person.pk}"


def _after(rows: People, after: str) -> People:
    place = _read_place(after)
    if place is None:
        return rows
    at, pk = place
    # The first condition alone is what the index is read by.
    return rows.filter(Q(last_event_at__lt=at) | Q(pk__lt=pk), last_event_at__lte=at)


def _read_place(after: str) -> tuple[datetime, UUID] | None:
    seconds, _mark, key = after.partition("_")
    try:
        return datetime.fromtimestamp(float(seconds), tz=timezone.get_current_timezone()), UUID(key)
    except (ValueError, OverflowError):
        return None


def lines_of(actor: Actor, side: Side, people: Sequence[Person], today: date) -> list[Line]:
    """What a list says of these people: four more queries, however many there are."""
    keys = [person.pk for person in people]
    said = standings(actor, keys, side)
    if side is Side.PARTICIPANT:
        asked = ParticipantProfile.objects.filter(person__in=keys)
        rows = asked.values_list("person_id", "needs", "asked_on")
        hopes = {key: (needs, asked_on) for key, needs, asked_on in rows}
    else:
        offers = MentorProfile.objects.filter(person__in=keys).values_list("person_id", "topics")
        hopes = {key: (topics, None) for key, topics in offers}
    lines = []
    for person in people:
        codes, asked_on = hopes.get(person.pk, ([], None))
        standing = said.get(person.pk)
        when = _when(person, standing, asked_on, today)
        lines.append(Line(person, wishes_in_words(codes), when, standing))
    return lines


def wishes_in_words(codes: Iterable[str]) -> str:
    """ "housing, health and doctors, 2 more" """
    found = in_words(codes, NEEDS)
    if len(found) <= MOST_WORDS:
        return words.comma_list(found)
    more = _("%(number)d more") % {"number": len(found) - MOST_WORDS + 1}
    return words.comma_list([*found[: MOST_WORDS - 1], more])


def _when(person: Person, standing: Standing | None, asked_on: date | None, today: date) -> str:
    if standing is not None and standing.when:
        return str(standing.when)
    if asked_on is not None:
        return _("asked %(when)s") % {"when": words.near(asked_on, today)}
    day = timezone.localdate(person.last_event_at)
    return _("last news %(when)s") % {"when": words.near(day, today)}
