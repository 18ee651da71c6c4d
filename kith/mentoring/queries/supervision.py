"""Sessions of supervision, the mentors who wait for one, and one's own."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from kith.base import clock
from kith.base.few import Few, few
from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.gate.roles import Role
from kith.mentoring.models import Attendance, MentorCare, Supervision
from kith.mentoring.permissions import KEEP_LOAD, SEE_OWN_SUPERVISION, SUPERVISE
from kith.mentoring.rules.mentors import SessionState
from kith.reminders.rules.kinds import About, Due

MOST_SHOWN = 60
MOST_COUNTED = 99


@dataclass(frozen=True)
class Session:
    """A session with those who are invited."""

    row: Supervision
    invited: list[Attendance]


def sessions(actor: Actor) -> "QuerySet[Supervision]":
    """Sessions the actor may note."""
    return visible(actor, SUPERVISE, Supervision.objects.all()).select_related("led_by")


def planned(actor: Actor) -> list[Session]:
    """Sessions that are planned, the next first."""
    rows = sessions(actor).filter(state=SessionState.PLANNED.value)
    return _with_invited(list(rows.order_by("planned_at", "id")[:MOST_SHOWN]))


def held(actor: Actor) -> list[Session]:
    """The last sessions that were held."""
    rows = sessions(actor).filter(state=SessionState.HELD.value)
    return _with_invited(list(rows.order_by("-held_on", "-id")[:20]))


def session(row: Supervision) -> Session:
    """One session."""
    return _with_invited([row])[0]


def mentors(actor: Actor) -> list[MentorCare]:
    """Mentors with a running match, those first whose supervision is due the longest."""
    rows = _near(actor, visible(actor, SUPERVISE, MentorCare.objects.filter(running__gt=0)))
    return list(rows.order_by("supervise_on", "id")[:MOST_SHOWN])


def due(actor: Actor, *, today: date, named: int) -> Few[MentorCare]:
    """Mentors without supervision for too long: those to name first, and how many."""
    rows = _near(actor, visible(actor, SUPERVISE, MentorCare.objects.all()))
    rows = rows.filter(supervise_on__lte=today).order_by("supervise_on", "id")
    return few(rows, named=named, most=MOST_COUNTED)


def crowded(actor: Actor, *, today: date) -> list[MentorCare]:
    """Mentors with more matches than their programme plans."""
    rows = _near(actor, visible(actor, KEEP_LOAD, MentorCare.objects.all()))
    return list(rows.filter(crowded_on__lte=today).order_by("crowded_on", "id")[:4])


def cares(actor: Actor) -> "QuerySet[MentorCare]":
    """Mentors about whose number of matches the actor may agree."""
    return visible(actor, KEEP_LOAD, MentorCare.objects.all()).select_related("person")


def own(actor: Actor) -> list[Attendance]:
    """The sessions of the mentor behind the account, the newest first."""
    rows = visible(actor, SEE_OWN_SUPERVISION, Attendance.objects.all())
    rows = rows.select_related("supervision__led_by")
    return list(rows.order_by("-supervision__planned_at", "-id")[:MOST_SHOWN])


def _near(actor: Actor, rows: "QuerySet[MentorCare]") -> "QuerySet[MentorCare]":
    """A coordinator sees own people; a supervisor all mentors."""
    rows = rows.select_related("person")
    if actor.has(Role.SUPERVISOR):
        return rows
    mine = Q(person__responsible=actor.membership)
    return rows.filter(mine | Q(person__responsible__isnull=True))


def _with_invited(rows: list[Supervision]) -> list[Session]:
    found: dict[UUID, list[Attendance]] = {row.pk: [] for row in rows}
    invited = Attendance.objects.filter(supervision__in=list(found)).select_related("mentor")
    for one in invited.order_by("id"):
        found[one.supervision_id].append(one)
    return [Session(row, found[row.pk]) for row in rows]


def invited_soon(first: date, last: date) -> Iterable[Due]:
    """Mentors whose supervision is planned for a day of a span."""
    begin = timezone.make_aware(datetime.combine(first, time()))
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))
    rows = _invited().filter(supervision__planned_at__gte=begin, supervision__planned_at__lt=end)
    link = reverse("mentoring:my_supervision")
    for row in rows.order_by("supervision__planned_at", "id").iterator(chunk_size=500):
        at, user_id = row.supervision.planned_at, row.mentor.user_id
        if at is not None and user_id is not None:
            yield Due(user_id, row.supervision_id, timezone.localdate(at), link)


def invited_still(abouts: Collection[About]) -> Collection[About]:
    """Those whose session is still planned and ahead."""
    rows = _invited().filter(supervision__planned_at__gt=clock.now())
    found = rows.filter(supervision__in=[about.subject for about in abouts])
    known = {About(*pair) for pair in found.values_list("mentor__user", "supervision")}
    return [about for about in abouts if about in known]


def _invited() -> "QuerySet[Attendance]":
    rows = Attendance.objects.filter(
        supervision__state=SessionState.PLANNED.value, mentor__user__isnull=False
    )
    found: QuerySet[Attendance] = rows.select_related("supervision", "mentor")
    return found
