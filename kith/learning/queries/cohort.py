"""The learners of an edition, for those who give it: who is where, and who has gone quiet.

Nobody is ordered by what they scored: lists follow the last activity, and counts are of people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.learning.models import (
    Attempt,
    Attended,
    CoursePart,
    CourseVersion,
    Edition,
    LiveSession,
    Progress,
    Seat,
    Work,
)
from kith.learning.permissions import GIVE_COURSES
from kith.learning.queries.editions import is_key
from kith.learning.rules.states import PartKind, SeatState, VersionState, WorkState
from kith.methods.learning.questions.schema import Words

AT_ONCE = 30
ON_A_SHEET = 100
QUIET = timedelta(days=14)


class Show(StrEnum):
    """Which learners a list holds."""

    QUIET = "quiet"
    LEARNING = "learning"
    PASSED = "passed"
    LEFT = "left"


STATES = {
    Show.QUIET: SeatState.LEARNING,
    Show.LEARNING: SeatState.LEARNING,
    Show.PASSED: SeatState.PASSED,
    Show.LEFT: SeatState.LEFT,
}


@dataclass(frozen=True)
class Part:
    """A page of learners, and where the next one begins."""

    seats: list[Seat]
    after: str


@dataclass(frozen=True)
class Place:
    """A module or story, and how many stopped there. An empty key: not begun yet."""

    key: str
    title: Words
    number: int


@dataclass(frozen=True)
class Step:
    """One part of a course, and what somebody has of it."""

    part: CoursePart
    read: int
    tries: int
    is_done: bool
    work: str


def learners(actor: Actor, edition: Edition) -> "QuerySet[Seat]":
    """The places in an edition that this actor looks after."""
    return visible(actor, GIVE_COURSES, Seat.objects.filter(edition=edition))


def numbers(actor: Actor, edition: Edition, *, now: datetime) -> dict[Show, int]:
    """How many learners each list holds, in one query."""
    counts = {show.value: Count("pk", filter=_within(show, now)) for show in Show}
    found = learners(actor, edition).order_by().aggregate(**counts)
    return {show: found[show.value] for show in Show}


def places(actor: Actor, edition: Edition) -> list[Place]:
    """Where those who learn stopped, in the order of the course; parts without anybody too."""
    rows = learners(actor, edition).filter(state=SeatState.LEARNING.value).order_by()
    counted = dict(rows.values_list("part").annotate(n=Count("pk")))
    titles = part_titles(edition)
    keys = ["", *titles, *sorted(set(counted) - set(titles) - {""})]
    return [Place(key, titles.get(key, {"en": key}), counted.get(key, 0)) for key in keys]


def part_titles(edition: Edition) -> Mapping[str, Words]:
    """Key -> title of modules, then stories, of the wording in use."""
    used = CourseVersion.objects.filter(course=edition.course_id, state=VersionState.IN_USE.value)
    rows = CoursePart.objects.filter(version__in=used)
    return dict(rows.order_by("kind", "position").values_list("key", "title"))


def page(
    actor: Actor, edition: Edition, *, show: Show, part: str | None, after: str, now: datetime
) -> Part:
    """Learners by their last activity: who has been quiet longest first, else the newest first.

    part  only those who stopped there; empty text: those who have not begun; None: all
    """
    rows = learners(actor, edition).filter(_within(show, now)).select_related("member")
    if part is not None:
        rows = rows.filter(part=part)
    at, key = _mark(after)
    if show is Show.QUIET:
        if at is not None:
            rows = rows.filter(Q(last_at__gt=at) | Q(last_at=at, id__lt=key))
        return _part(rows.order_by("last_at", "-id"))
    if at is not None:
        rows = rows.filter(Q(last_at__lt=at) | Q(last_at=at, id__gt=key))
    return _part(rows.order_by("-last_at", "id"))


def _within(show: Show, now: datetime) -> Q:
    state = Q(state=STATES[show].value)
    return state & Q(last_at__lt=now - QUIET) if show is Show.QUIET else state


def _part(rows: "QuerySet[Seat]") -> Part:
    found = list(rows[: AT_ONCE + 1])
    more, found = len(found) > AT_ONCE, found[:AT_ONCE]
    return Part(found, f"{found[-1].last_at.isoformat()}_{found[-1].pk}" if more else "")


def _mark(after: str) -> tuple[datetime, UUID] | tuple[None, None]:
    at, _line, key = after.partition("_")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None, None
    if moment.tzinfo is None or not is_key(key):
        return None, None
    return moment, UUID(key)


def seats_to_give(actor: Actor) -> "QuerySet[Seat]":
    """Places this actor looks after, whichever edition."""
    rows = Seat.objects.select_related("edition__course", "member")
    return visible(actor, GIVE_COURSES, rows)


def steps_of(seat: Seat) -> list[Step]:
    """What a learner has of each part: done or not, never how well."""
    parts = CoursePart.objects.filter(version=seat.version_id).defer("content")
    progress = {row.part: row for row in Progress.objects.filter(seat=seat)}
    tried = Attempt.objects.filter(seat=seat, finished_at__isnull=False).order_by()
    tries = dict(tried.values_list("part").annotate(n=Count("pk")))
    works = dict(Work.objects.filter(seat=seat).values_list("part", "state"))
    return [
        Step(
            part,
            read=len(progress[part.key].screens) if part.key in progress else 0,
            tries=tries.get(part.key, 0),
            is_done=_is_done(part, progress.get(part.key), works.get(part.key)),
            work=works.get(part.key, ""),
        )
        for part in parts.order_by("kind", "position")
    ]


def _is_done(part: CoursePart, progress: Progress | None, work: str | None) -> bool:
    if part.kind == PartKind.VIGNETTE.value:
        return work == WorkState.ACCEPTED.value
    return progress is not None and progress.done_on is not None


# ── Attendance ───────────────────────────────────────────────────────────────────────────────────


def sheet(actor: Actor, session: LiveSession, *, after: str) -> Part:
    """Learners of whom attendance is noted, in the order in which they joined."""
    rows = learners(actor, session.edition).exclude(state=SeatState.LEFT.value)
    if is_key(after):
        rows = rows.filter(pk__gt=after)
    found = list(rows.select_related("member").order_by("id")[: ON_A_SHEET + 1])
    more, found = len(found) > ON_A_SHEET, found[:ON_A_SHEET]
    return Part(found, str(found[-1].pk) if more else "")


def attended(session: LiveSession, seats: Sequence[Seat]) -> set[UUID]:
    """Who of some learners took part."""
    members = [one.member_id for one in seats]
    rows = Attended.objects.filter(session=session, member__in=members)
    return set(rows.values_list("member", flat=True))


def attendance(session: LiveSession) -> int:
    """How many took part."""
    return Attended.objects.filter(session=session).count()
