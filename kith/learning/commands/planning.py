"""What trainers do with an edition: plan it, hold live sessions, tell everybody something."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.base.events import announce
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.gate.models import Membership
from kith.learning.commands.finishing import settle
from kith.learning.events import LearnersTold
from kith.learning.models import (
    Announcement,
    Attempt,
    Attended,
    Course,
    CourseVersion,
    Edition,
    LiveSession,
    Seat,
)
from kith.learning.permissions import GIVE_COURSES
from kith.learning.rules.passing import FINAL, MOST_EXTRA_PERCENT
from kith.learning.rules.states import SeatState, VersionState


class DaysOutOfOrder(Refused):
    """An edition begins before it ends, and nobody joins after its end."""

    sentence = _("The last day comes after the first day, and after the last day to join.")


class NoWording(Refused):
    """There is nothing to read yet."""

    sentence = _("This course has no wording in use yet. Bring one into use first.")


class FewerThanTaken(Refused):
    """Nobody loses a seat by a change."""

    sentence = _("More people than that have a seat already.")


class TooMuchExtra(Refused):
    """At most double the time."""

    sentence = _("Extra time is at most 100 percent.")


class SessionToCome(Refused):
    """Attendance is noted when it has begun."""

    sentence = _("This session has not begun yet.")


class SessionNoted(Refused):
    """What took place is not moved."""

    sentence = _("Attendance of this session is noted already.")


@dataclass(frozen=True)
class EditionPlan:
    """What an edition is.

    countries  two letters each; empty = from everywhere
    seats      None = as many as like
    """

    title: str
    starts_on: date
    closes_on: date
    ends_on: date
    countries: tuple[str, ...] = ()
    seats: int | None = None
    is_public: bool = False
    trainer: Membership | None = None


@command(GIVE_COURSES, on="course")
def plan_edition(actor: Actor, *, course: Course, plan: EditionPlan) -> Edition:
    """Plan an edition. Raises DaysOutOfOrder, NoWording."""
    used = CourseVersion.objects.filter(course=course, state=VersionState.IN_USE.value)
    if not used.exists():
        raise NoWording
    return _filled(Edition(course=course), plan)


@command(GIVE_COURSES, on="edition")
def change_edition(actor: Actor, *, edition: Edition, plan: EditionPlan) -> Edition:
    """Change an edition. Raises DaysOutOfOrder, FewerThanTaken."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if plan.seats is not None and plan.seats < edition.taken:
        raise FewerThanTaken
    return _filled(edition, plan)


def _filled(edition: Edition, plan: EditionPlan) -> Edition:
    if not (plan.starts_on <= plan.ends_on and plan.closes_on <= plan.ends_on):
        raise DaysOutOfOrder
    edition.title, edition.countries = plan.title, sorted(plan.countries)
    edition.starts_on, edition.closes_on, edition.ends_on = (
        plan.starts_on,
        plan.closes_on,
        plan.ends_on,
    )
    edition.seats, edition.is_public, edition.trainer = plan.seats, plan.is_public, plan.trainer
    edition.save()
    return edition


@command(GIVE_COURSES, on="edition")
def call_off(actor: Actor, *, edition: Edition, today: date) -> None:
    """Nobody joins any more; who is in finishes on their own."""
    edition.called_off_on = today
    edition.save(update_fields=["called_off_on"])


@command(GIVE_COURSES, on="edition")
def plan_session(
    actor: Actor, *, edition: Edition, starts_at: datetime, minutes: int, place: str, link: str
) -> LiveSession:
    """Plan a live session."""
    return LiveSession.objects.create(
        edition=edition, starts_at=starts_at, minutes=minutes, place=place, link=link
    )


@command(GIVE_COURSES, on="session")
def change_session(
    actor: Actor,
    *,
    session: LiveSession,
    starts_at: datetime,
    minutes: int,
    place: str,
    link: str,
) -> LiveSession:
    """Move a live session, or say where it is. Raises SessionNoted."""
    if session.noted_on is not None:
        raise SessionNoted
    session.starts_at, session.minutes = starts_at, minutes
    session.place, session.link = place, link
    session.save(update_fields=["starts_at", "minutes", "place", "link"])
    return session


@command(GIVE_COURSES, on="session")
def remove_session(actor: Actor, *, session: LiveSession) -> None:
    """Take a live session off the plan. Raises SessionNoted."""
    if session.noted_on is not None:
        raise SessionNoted
    session.delete()


@command(GIVE_COURSES, on="session")
def note_attendance(
    actor: Actor,
    *,
    session: LiveSession,
    members: Collection[UUID],
    now: datetime,
    today: date,
    among: Collection[UUID] | None = None,
) -> int:
    """Note who took part, all at once; gives how many. Raises SessionToCome.

    among  those of whom it was asked, where it was not everybody: the others stay as they are

    For some of them it may be the last thing they needed for the certificate.
    """
    if now < session.starts_at:
        raise SessionToCome
    seats = Seat.objects.filter(edition=session.edition_id, member__in=list(members))
    before = Attended.objects.filter(session=session)
    if among is not None:
        seats = seats.filter(member__in=list(among))
        before = before.filter(member__in=list(among))
    before.delete()
    came = list(seats.select_related("edition", "member"))
    Attended.objects.bulk_create(
        Attended(session=session, member_id=seat.member_id, noted_by=actor.membership)
        for seat in came
    )
    session.noted_on = today
    session.save(update_fields=["noted_on"])
    for seat in came:
        settle(actor, seat, today=today)
    return len(came)


@command(GIVE_COURSES, on="edition")
def tell(actor: Actor, *, edition: Edition, title: str, body: str) -> Announcement:
    """Tell everybody in an edition something."""
    told = Announcement.objects.create(
        edition=edition, title=title, body=body, written_by=actor.membership
    )
    announce(LearnersTold(told.pk))
    return told


@command(GIVE_COURSES, on="seat")
def give_extra_time(actor: Actor, *, seat: Seat, percent: int) -> Seat:
    """Give somebody more time for tests; no reason is asked for. Raises TooMuchExtra."""
    if not 0 <= percent <= MOST_EXTRA_PERCENT:
        raise TooMuchExtra
    seat.extra_percent = percent
    seat.save(update_fields=["extra_percent"])
    return seat


@command(GIVE_COURSES, on="edition")
def settle_everybody(actor: Actor, *, edition: Edition, today: date) -> int:
    """Give certificates to all who have everything; gives how many."""
    final = Attempt.objects.filter(seat=OuterRef("pk"), part=FINAL, passed=True)
    seats = Seat.objects.filter(Exists(final), edition=edition, state=SeatState.LEARNING.value)
    rows = seats.select_related("edition", "member").order_by("id")
    return sum(settle(actor, seat, today=today) is not None for seat in rows)
