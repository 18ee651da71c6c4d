"""Activities to come and past ones, page by page; and what someone answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kith.activities.models import Activity, Series, SignUp
from kith.activities.permissions import (
    NOTE_WHO_CAME,
    PLAN_ACTIVITIES,
    SEE_ACTIVITIES,
)
from kith.activities.rules.plan import NOTE_WITHIN, ActivityState, Answer
from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.people.models import Person
from kith.people.queries import listed, narrowed, own_record
from kith.programmes.models import Enrolment, Programme

AT_ONCE = 20
MOST_NAMES = 200
MOST_FOUND = 8


@dataclass(frozen=True)
class Part:
    """A page of a list, and where the next one begins."""

    activities: list[Activity]
    after: str


def activities(actor: Actor) -> "QuerySet[Activity]":
    """The activities this actor may see."""
    return visible(actor, SEE_ACTIVITIES, Activity.objects.select_related("programme", "series"))


def to_plan(actor: Actor) -> "QuerySet[Activity]":
    """The activities this actor may change."""
    return visible(actor, PLAN_ACTIVITIES, Activity.objects.select_related("programme", "series"))


def to_note(actor: Actor) -> "QuerySet[Activity]":
    """The activities of which this actor sees who comes."""
    return visible(actor, NOTE_WHO_CAME, Activity.objects.select_related("programme", "series"))


def series_to_plan(actor: Actor) -> "QuerySet[Series]":
    """The repeating activities this actor may end."""
    return visible(actor, PLAN_ACTIVITIES, Series.objects.all())


def coming(actor: Actor, *, now: datetime, after: str = "") -> Part:
    """What is to come or under way, the next first."""
    # An activity may have begun: whoever looks for the place on the way finds it.
    rows = activities(actor).filter(starts_at__gt=now - timedelta(hours=4))
    at, key = _mark(after)
    if at is not None:
        rows = rows.filter(Q(starts_at__gt=at) | Q(starts_at=at, id__gt=key))
    return _part(rows.order_by("starts_at", "id"))


def past(actor: Actor, *, now: datetime, after: str = "") -> Part:
    """What is over, the newest first."""
    rows = activities(actor).filter(starts_at__lte=now)
    at, key = _mark(after)
    if at is not None:
        rows = rows.filter(Q(starts_at__lt=at) | Q(starts_at=at, id__lt=key))
    return _part(rows.order_by("-starts_at", "-id"))


def _part(rows: "QuerySet[Activity]") -> Part:
    found = list(rows[: AT_ONCE + 1])
    more, found = len(found) > AT_ONCE, found[:AT_ONCE]
    return Part(found, f"{found[-1].starts_at.isoformat()}_{found[-1].pk}" if more else "")


def _mark(after: str) -> tuple[datetime, UUID] | tuple[None, None]:
    at, _line, key = after.partition("_")
    try:
        return datetime.fromisoformat(at), UUID(key)
    except ValueError:
        return None, None


def me(actor: Actor) -> Person | None:
    """The record of the one who is signed in."""
    return own_record(actor).first()


def own_answers(person: Person | None, rows: Sequence[Activity]) -> dict[UUID, SignUp]:
    """What someone said about these activities."""
    if person is None:
        return {}
    found = SignUp.objects.filter(person=person, activity__in=[one.pk for one in rows])
    return {one.activity_id: one for one in found}


def answers_to(activity: Activity) -> list[SignUp]:
    """Who comes and who waits, in their turn."""
    wanted = [Answer.COMING.value, Answer.WAITING.value]
    rows = SignUp.objects.filter(activity=activity, answer__in=wanted).select_related("person")
    return list(rows.order_by("answer", "answered_at", "id")[:MOST_NAMES])


def running_programmes(actor: Actor) -> "QuerySet[Programme]":
    """Programmes for which this actor may plan."""
    rows = Programme.objects.filter(closed_on__isnull=True)
    return visible(actor, PLAN_ACTIVITIES, rows).order_by("name", "id")


def unnoted(actor: Actor, *, now: datetime) -> "QuerySet[Activity]":
    """Activities that somebody signed up for, over for not long, of which nobody noted who came."""
    rows = to_note(actor).filter(
        state=ActivityState.PLANNED.value,
        noted_on__isnull=True,
        starts_at__gt=now - NOTE_WITHIN,
        starts_at__lte=now - timedelta(hours=1),
    )
    came = SignUp.objects.filter(activity=OuterRef("pk"), answer=Answer.COMING.value)
    return rows.filter(Exists(came)).order_by("starts_at", "id")


def next_own(actor: Actor, *, now: datetime, days: int) -> list[SignUp]:
    """What someone signed up for and is soon."""
    person = me(actor)
    if person is None:
        return []
    rows = SignUp.objects.filter(
        person=person,
        answer=Answer.COMING.value,
        activity__state=ActivityState.PLANNED.value,
        activity__starts_at__range=(now, now + timedelta(days=days)),
    )
    return list(rows.select_related("activity").order_by("activity__starts_at")[:3])


def answers_due(day: date) -> "QuerySet[Activity, UUID]":
    """Activities of which the names of those who signed up are kept no longer."""
    held = SignUp.objects.filter(activity=OuterRef("pk"))
    rows = Activity.objects.filter(Exists(held), starts_at__date__lte=day)
    return rows.order_by("starts_at").values_list("pk", flat=True)


def people_to_sign_up(actor: Actor, activity: Activity, text: str) -> list[Person]:
    """People of the programme found by name, who have not said yes yet."""
    if not text.strip():
        return []
    places = Enrolment.objects.filter(programme=activity.programme_id).exclude(state="ended")
    wanted = [Answer.COMING.value, Answer.WAITING.value]
    there = SignUp.objects.filter(activity=activity, answer__in=wanted)
    rows = narrowed(listed(actor), actor, text).filter(pk__in=places.values("person"))
    return list(rows.exclude(pk__in=there.values("person")).order_by("-last_event_at")[:MOST_FOUND])


def person_to_sign_up(actor: Actor, key: UUID) -> Person | None:
    """Somebody this actor may see in lists."""
    return listed(actor).filter(pk=key).first()
