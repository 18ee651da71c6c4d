"""Made-up joint activities: a weekly café, a walk, an evening of which nobody noted who came."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from kith.activities.commands import plan_activity, sign_up
from kith.activities.models import Activity
from kith.activities.rules.plan import Plan, Rhythm
from kith.gate.actor import Actor
from kith.people.models import Person
from kith.programmes.models import Enrolment, Programme

CAFE = (
    "Language café",
    "We talk in small groups about everyday things. Tea and cake are there; children are welcome.",
    "Święty Marcin 30, first floor",
)
COOKING = (
    "Cooking together",
    "Everybody brings one recipe from home. We shop together first.",
    "Wilda, Dolna Wilda 12",
)
WALK = ("Walk along the Warta", "An easy walk of two hours, with prams too.", "Most Rocha")


def make_activities(actor: Actor, programme: Programme, *, now: datetime) -> None:
    """Three activities with people who come."""
    evening = _at(now, days=-4, hour=17)
    # Announced a week before it took place, as in life.
    over = plan_activity(
        actor,
        programme=programme,
        plan=_plan(COOKING, evening, places=8),
        now=evening - timedelta(days=7),
    )
    _come(actor, over, number=6, at=evening - timedelta(days=3))
    cafe = plan_activity(
        actor,
        programme=programme,
        plan=_plan(CAFE, _at(now, days=2, hour=17), places=12, rhythm=Rhythm.WEEKLY),
        now=now,
    )
    _come(actor, cafe, number=9, at=now)
    walk = plan_activity(
        actor, programme=programme, plan=_plan(WALK, _at(now, days=5, hour=11)), now=now
    )
    _come(actor, walk, number=4, at=now)


def _plan(
    words: tuple[str, str, str],
    at: datetime,
    *,
    places: int | None = None,
    rhythm: Rhythm = Rhythm.ONCE,
) -> Plan:
    title, about, place = words
    return Plan(title, about, place, "", at, 120, places, rhythm)


def _at(now: datetime, *, days: int, hour: int) -> datetime:
    day = timezone.localdate(now) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _come(actor: Actor, activity: Activity, *, number: int, at: datetime) -> None:
    places = Enrolment.objects.filter(programme=activity.programme_id).exclude(state="ended")
    people = Person.objects.filter(pk__in=places.values("person"), erased_at__isnull=True)
    for count, person in enumerate(people.order_by("id")[:number]):
        guests = 2 if count % 4 == 1 else 0
        sign_up(actor, activity=activity, person=person, guests=guests, now=at)
