"""Planning: one activity or a repeating one, changes, calling off."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.activities.commands.turns import locked, settle
from kith.activities.events import ActivityMoved
from kith.activities.models import Activity, Series, SignUp
from kith.activities.permissions import PLAN_ACTIVITIES
from kith.activities.rules.plan import (
    AHEAD,
    ActivityState,
    Answer,
    Plan,
    Rhythm,
    days_between,
)
from kith.base.errors import Refused
from kith.base.events import announce
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.programmes.models import Programme

FARTHEST = timedelta(days=400)


class PlannedInThePast(Refused):
    """An activity is announced before it takes place."""

    sentence = _("This day is over already. Choose a day to come.")


class PlannedTooFar(Refused):
    """A slip of the keyboard, such as a year too many."""

    sentence = _("This is more than a year away. Choose a nearer day.")


class FewerPlacesThanTaken(Refused):
    """Nobody loses a place they have been given."""

    sentence = _("More people than that have a place already. Nobody loses theirs.")


@command(PLAN_ACTIVITIES)
def plan_activity(actor: Actor, *, programme: Programme, plan: Plan, now: datetime) -> Activity:
    """Announce an activity; of a repeating one, all days of the next weeks.

    Gives the first. Raises PlannedInThePast, PlannedTooFar.
    """
    _check_time(plan.starts_at, now)
    if plan.rhythm is Rhythm.ONCE:
        return _made(programme, plan, plan.starts_at, series=None)
    first_day = timezone.localdate(plan.starts_at)
    series = Series(
        programme=programme,
        rhythm=plan.rhythm.value,
        first_at=plan.starts_at,
        made_upto=first_day,
        until=plan.until,
        **_words(plan),
    )
    series.save()
    first = _made(programme, plan, plan.starts_at, series=series)
    _make_more(series, today=timezone.localdate(now))
    return first


@command(PLAN_ACTIVITIES, on="activity")
def change_activity(actor: Actor, *, activity: Activity, plan: Plan, now: datetime) -> Activity:
    """Change one activity; who signed up hears of another time or place.

    Raises PlannedInThePast, PlannedTooFar, FewerPlacesThanTaken.
    """
    activity = locked(activity)
    _check_time(plan.starts_at, now)
    if plan.places is not None and plan.places < activity.taken:
        raise FewerPlacesThanTaken()
    before = activity.starts_at, activity.place, activity.link
    for name, value in _words(plan).items():
        setattr(activity, name, value)
    activity.starts_at = plan.starts_at
    settle(activity)
    if before != (activity.starts_at, activity.place, activity.link):
        _tell_of_move(activity)
    return activity


@command(PLAN_ACTIVITIES, on="activity")
def call_off(actor: Actor, *, activity: Activity, note: str) -> Activity:
    """Call an activity off; who wanted to come hears of it. Twice is the same as once."""
    activity = locked(activity)
    if activity.state == ActivityState.CALLED_OFF.value:
        return activity
    activity.state, activity.off_note = ActivityState.CALLED_OFF.value, note.strip()
    activity.save()
    _tell_of_move(activity)
    return activity


@command(PLAN_ACTIVITIES, on="series")
def end_series(actor: Actor, *, series: Series, last: date, now: datetime) -> int:
    """Let a repeating activity end after a day: later days are called off. Gives how many."""
    series.until = last
    series.save()
    later = timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))
    rows = Activity.objects.filter(
        series=series, state=ActivityState.PLANNED.value, starts_at__gte=max(later, now)
    )
    off = list(rows)
    for activity in off:
        activity.state = ActivityState.CALLED_OFF.value
        activity.save()
        _tell_of_move(activity)
    return len(off)


@command(PLAN_ACTIVITIES)
def make_days(actor: Actor, *, today: date) -> int:
    """Make the coming days of repeating activities; gives how many."""
    rows = Series.objects.filter(
        made_upto__lt=today + AHEAD, programme__closed_on__isnull=True
    ).select_related("programme")
    return sum(_make_more(series, today=today) for series in rows.iterator(chunk_size=200))


def _make_more(series: Series, *, today: date) -> int:
    """The days that are not there yet, up to some weeks from today."""
    upto = min(today + AHEAD, series.until or date.max)
    begin = timezone.localtime(series.first_at)
    days = days_between(
        begin.date(), Rhythm(series.rhythm), after=max(series.made_upto, today), upto=upto
    )
    number = 0
    for day in days:
        at = timezone.make_aware(datetime.combine(day, begin.time()))
        _made(series.programme, _plan_of(series, at), at, series=series)
        number += 1
    if upto > series.made_upto:
        series.made_upto = upto
        series.save()
    return number


def _plan_of(series: Series, at: datetime) -> Plan:
    return Plan(
        title=series.title,
        about=str(series.about),
        place=series.place,
        link=series.link,
        starts_at=at,
        minutes=series.minutes,
        places=series.places,
    )


def _made(programme: Programme, plan: Plan, at: datetime, *, series: Series | None) -> Activity:
    activity = Activity(programme=programme, series=series, starts_at=at, **_words(plan))
    activity.save()
    return activity


def _words(plan: Plan) -> dict[str, object]:
    return {
        "title": plan.title.strip(),
        "about": plan.about.strip(),
        "place": plan.place.strip(),
        "link": plan.link.strip(),
        "minutes": plan.minutes,
        "places": plan.places,
    }


def _check_time(at: datetime, now: datetime) -> None:
    if at <= now:
        raise PlannedInThePast()
    if at > now + FARTHEST:
        raise PlannedTooFar()


def _tell_of_move(activity: Activity) -> None:
    wanted = [Answer.COMING.value, Answer.WAITING.value]
    rows = SignUp.objects.filter(activity=activity, answer__in=wanted)
    persons = list(rows.order_by("answered_at").values_list("person", flat=True))
    if persons:
        announce(ActivityMoved(activity.pk, persons))
