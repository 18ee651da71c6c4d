"""Editions: one's own, those on offer, and those one gives."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from kith.gate.actor import Actor
from kith.gate.models import Membership
from kith.gate.permissions import has, visible
from kith.gate.roles import Role
from kith.learning.models import (
    Announcement,
    Certificate,
    Course,
    CoursePart,
    CourseVersion,
    Edition,
    LiveSession,
    Seat,
)
from kith.learning.permissions import GIVE_COURSES, JOIN_EDITION, LEARN, SEE_COURSES
from kith.learning.queries.content import frame_of
from kith.learning.rules.states import PartKind, SeatState, VersionState
from kith.methods.learning.courses.schema import Course as Written
from kith.methods.learning.questions.schema import Words

AT_ONCE = 20
MOST_OWN = 20
MOST_NEWS = 5
MOST_SESSIONS = 40
SHOWN_AFTER = timedelta(days=30)
"""So long an edition is shown with its reason after one could still join."""


@dataclass(frozen=True)
class OwnSeat:
    """One of somebody's courses, and how far they are."""

    seat: Seat
    modules: int
    certificate: UUID | None
    news: Announcement | None


@dataclass(frozen=True)
class About:
    """What a course is, from the wording in use."""

    frame: Written
    languages: Sequence[str]
    modules: Sequence[tuple[str, Words, int]]
    stories: int
    minutes: int


@dataclass(frozen=True)
class Page:
    """A page of a list of editions, and where the next one begins."""

    editions: list[Edition]
    after: str


# ── For everybody ────────────────────────────────────────────────────────────────────────────────


def editions(actor: Actor) -> "QuerySet[Edition]":
    """The editions this actor may look at; some roles, only those that are open to everybody."""
    needed = SEE_COURSES if has(actor, SEE_COURSES) else JOIN_EDITION
    return visible(actor, needed, Edition.objects.select_related("course"))


def seats(actor: Actor) -> "QuerySet[Seat]":
    """The actor's own places."""
    return visible(actor, LEARN, Seat.objects.select_related("edition__course"))


def own_seat(actor: Actor, edition: Edition) -> Seat | None:
    """The actor's place in an edition, given back or not."""
    return seats(actor).filter(edition=edition).first()


def own_seats(actor: Actor) -> list[OwnSeat]:
    """The actor's courses, the newest first."""
    rows = seats(actor).exclude(state=SeatState.LEFT.value).order_by("-id")
    found = list(rows[:MOST_OWN])
    numbers = _module_numbers({row.version_id for row in found})
    given = Certificate.objects.filter(seat__in=found).values_list("seat", "pk")
    certificates = dict(given)
    news = _newest_news({row.edition_id for row in found if row.state == SeatState.LEARNING.value})
    return [
        OwnSeat(
            row,
            numbers.get(row.version_id, 0),
            certificates.get(row.pk),
            news.get(row.edition_id) if row.state == SeatState.LEARNING.value else None,
        )
        for row in found
    ]


def newest_seat(actor: Actor) -> Seat | None:
    """The course that the actor joined last and has not finished."""
    return seats(actor).filter(state=SeatState.LEARNING.value).order_by("-id").first()


def _module_numbers(versions: Iterable[UUID]) -> dict[UUID, int]:
    rows = CoursePart.objects.filter(version__in=list(versions), kind=PartKind.MODULE.value)
    return dict(rows.order_by().values_list("version").annotate(n=Count("pk")))


def _newest_news(keys: Iterable[UUID]) -> dict[UUID, Announcement]:
    rows = Announcement.objects.filter(edition__in=list(keys)).order_by("edition", "-id")
    return {row.edition_id: row for row in rows.distinct("edition")}


def on_offer(actor: Actor, *, today: date) -> list[Edition]:
    """Editions that could be joined now or until lately, without those one is in."""
    rows = editions(actor).filter(closes_on__gte=today - SHOWN_AFTER, ends_on__gte=today)
    if actor.membership is not None:
        mine = seats(actor).exclude(state=SeatState.LEFT.value)
        rows = rows.exclude(pk__in=mine.values("edition"))
    return list(rows.order_by("-closes_on", "id")[: 2 * AT_ONCE])


def what_else(actor: Actor, *, country: str, today: date, besides: UUID) -> list[Edition]:
    """Editions that somebody who works in a country can join today."""
    rows = editions(actor).filter(
        Q(countries=[]) | Q(countries__contains=[country]),
        Q(seats__isnull=True) | Q(taken__lt=F("seats")),
        called_off_on__isnull=True,
        closes_on__gte=today,
    )
    mine = Seat.objects.filter(edition=OuterRef("pk"), member=actor.membership)
    free = rows.exclude(pk=besides).filter(~Exists(mine.exclude(state=SeatState.LEFT.value)))
    return list(free.order_by("closes_on", "id")[:AT_ONCE])


def public_editions(actor: Actor, *, today: date) -> list[Edition]:
    """What a public page shows: editions that one can still join, the next to close first."""
    rows = editions(actor).filter(is_public=True, called_off_on__isnull=True, closes_on__gte=today)
    return list(rows.order_by("closes_on", "id")[:AT_ONCE])


def about(course: Course) -> About | None:
    """What a course is; None while it has no wording in use."""
    version = CourseVersion.objects.filter(course=course, state=VersionState.IN_USE.value).first()
    if version is None:
        return None
    rows = CoursePart.objects.filter(version=version).order_by("position")
    parts = list(rows.values_list("kind", "key", "title", "minutes"))
    modules = [part[1:] for part in parts if part[0] == PartKind.MODULE.value]
    return About(
        frame=frame_of(version.pk),
        languages=version.languages,
        modules=modules,
        stories=len(parts) - len(modules),
        minutes=sum(part[3] for part in parts),
    )


def news_of(edition: Edition) -> list[Announcement]:
    """What was told lately, the newest first."""
    return list(Announcement.objects.filter(edition=edition).order_by("-id")[:MOST_NEWS])


def sessions_of(edition: Edition) -> list[LiveSession]:
    """The live sessions in their order."""
    return list(LiveSession.objects.filter(edition=edition).order_by("starts_at")[:MOST_SESSIONS])


def next_sessions(actor: Actor, *, now: datetime, days: int) -> list[LiveSession]:
    """Live sessions of one's own courses that are soon."""
    mine = seats(actor).filter(state=SeatState.LEARNING.value)
    rows = LiveSession.objects.filter(
        edition__in=mine.values("edition"),
        edition__called_off_on__isnull=True,
        starts_at__range=(now, now + timedelta(days=days)),
    )
    return list(rows.select_related("edition__course").order_by("starts_at")[:3])


# ── For those who give courses ───────────────────────────────────────────────────────────────────


def to_give(actor: Actor) -> "QuerySet[Edition]":
    """The editions this actor may change."""
    return visible(actor, GIVE_COURSES, Edition.objects.select_related("course", "trainer"))


def sessions_to_give(actor: Actor) -> "QuerySet[LiveSession]":
    """The live sessions whose attendance this actor may note."""
    return visible(actor, GIVE_COURSES, LiveSession.objects.select_related("edition__course"))


def courses_to_give(actor: Actor) -> "QuerySet[Course]":
    """The courses of which this actor may plan an edition, by when they came."""
    return visible(actor, GIVE_COURSES, Course.objects.all()).order_by("id")


def has_courses(actor: Actor) -> bool:
    """Whether there is any course yet."""
    return visible(actor, SEE_COURSES, Course.objects.all()).exists()


def running(actor: Actor, *, today: date) -> list[Edition]:
    """The editions that are not over, the first to end first."""
    rows = to_give(actor).filter(ends_on__gte=today, called_off_on__isnull=True)
    return list(rows.order_by("ends_on", "id")[:AT_ONCE])


def every(actor: Actor, *, after: str = "") -> Page:
    """All editions, the newest first."""
    rows = to_give(actor)
    if is_key(after):
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-id")[: AT_ONCE + 1])
    more, found = len(found) > AT_ONCE, found[:AT_ONCE]
    return Page(found, str(found[-1].pk) if more else "")


def trainers(actor: Actor) -> list[Membership]:
    """Who can be the trainer of an edition."""
    roles = [Role.TRAINER.value, Role.COORDINATOR.value]
    rows = Membership.objects.filter(active=True, roles__overlap=roles)
    return list(visible(actor, GIVE_COURSES, rows).order_by("created_at", "id")[:200])


def unnoted_sessions(actor: Actor, *, now: datetime) -> list[LiveSession]:
    """Live sessions that began in the last month and of which nobody noted who came."""
    rows = sessions_to_give(actor).filter(
        edition__trainer=actor.membership,
        noted_on__isnull=True,
        starts_at__range=(now - SHOWN_AFTER, now),
    )
    return list(rows.order_by("starts_at")[:3])


def is_key(text: str) -> bool:
    """Whether a text of an address names a row."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
