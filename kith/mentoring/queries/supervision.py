"""Sessions of supervision, the mentors who wait for one, and one's own."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.gate.roles import Role
from kith.mentoring.models import Attendance, MentorCare, Supervision
from kith.mentoring.permissions import KEEP_LOAD, SEE_OWN_SUPERVISION, SUPERVISE
from kith.mentoring.rules.mentors import SessionState

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


def due(actor: Actor, *, today: date) -> list[MentorCare]:
    """Mentors without supervision for too long."""
    rows = _near(actor, visible(actor, SUPERVISE, MentorCare.objects.all()))
    rows = rows.filter(supervise_on__lte=today).order_by("supervise_on", "id")
    return list(rows[: MOST_COUNTED + 1])


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
