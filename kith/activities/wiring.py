"""What this room plugs into the house."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from kith.activities import commands
from kith.activities import jobs as work
from kith.activities.events import ActivityMoved, PlaceFound
from kith.activities.models import Activity
from kith.activities.permissions import DAYS_JOB, SEE_ACTIVITIES
from kith.activities.queries import lists, reminding
from kith.activities.rules.plan import KEEP_ANSWERS, ActivityState
from kith.activities.rules.words import when_words
from kith.base import clock, jobs, retention
from kith.base.events import listen
from kith.consent.events import ConsentDecided
from kith.gate.actor import Actor
from kith.gate.permissions import has
from kith.gate.roles import Role
from kith.people.events import PersonErased
from kith.reminders.commands import remind
from kith.reminders.rules.kinds import Kind, When, add_kind
from kith.web import nav, today
from kith.web.words import Text, isolated, near

MOST_LINES = 3
SOON_DAYS = 3
MOVED, PLACE_FOUND = "activities.moved", "activities.place_found"


def plug_in() -> None:
    """Called once when Django is ready."""
    nav.add_item(
        "activities",
        gettext_lazy("Activities"),
        "activities:start",
        icon="calendar",
        order=57,
        visible=lambda actor: has(actor, SEE_ACTIVITIES),
    )
    nav.add_item(
        "activities",
        gettext_lazy("Activities"),
        "activities:start",
        icon="calendar",
        order=30,
        visible=lambda actor: actor.has(Role.PARTICIPANT),
        board=nav.PARTICIPANT_MENU,
    )
    _plug_reminders()
    today.add_source(_to_note, most=32)
    today.add_source(_own, most=28)
    listen(PersonErased, lambda fact: commands.let_go_of_person(fact.person_id))
    listen(ConsentDecided, _pictures_go)
    jobs.every(
        jobs.DAILY, DAYS_JOB, gettext_lazy("Make the coming days of activities"), work.make_days
    )
    retention.register(
        retention.Category(
            key="activities.answers",
            title=gettext_lazy("Who signed up for an activity and who came"),
            period=KEEP_ANSWERS,
            grace=timedelta(0),
            due=lists.answers_due,
            erase=commands.forget_answers,
        )
    )


def _plug_reminders() -> None:
    everybody = frozenset({Role.PARTICIPANT, Role.MENTOR, Role.GROUP_LEAD})
    add_kind(
        Kind(
            key="activities.soon",
            title=gettext_lazy("An activity comes up"),
            sentence=ngettext_lazy(
                "An activity comes up.", "%(number)d activities come up.", "number"
            ),
            roles=everybody,
            days=1,
            source=reminding.soon,
            still=reminding.soon_still,
            told=_told,
            icon="calendar",
            order=60,
        )
    )
    add_kind(
        Kind(
            key=MOVED,
            title=gettext_lazy("An activity is at another time or place, or called off"),
            sentence=ngettext_lazy(
                "Something has changed about an activity you signed up for.",
                "Something has changed about %(number)d activities you signed up for.",
                "number",
            ),
            roles=everybody,
            when=When.AT_ONCE,
            still=reminding.moved_still,
            told=_told,
            icon="calendar",
            order=61,
        )
    )
    add_kind(
        Kind(
            key=PLACE_FOUND,
            title=gettext_lazy("There is a place for you after all"),
            sentence=ngettext_lazy(
                "There is a place for you in an activity.",
                "There are places for you in %(number)d activities.",
                "number",
            ),
            roles=everybody,
            when=When.AT_ONCE,
            still=reminding.soon_still,
            told=_told,
            icon="calendar",
            order=62,
        )
    )
    listen(ActivityMoved, _moved)
    listen(PlaceFound, _place_found)


def _moved(fact: ActivityMoved) -> None:
    """Who wanted to come hears of it at once."""
    dues = reminding.of_people(fact.activity_id, fact.person_ids)
    remind(MOVED, dues, now=clock.now())


def _place_found(fact: PlaceFound) -> None:
    """Who waited for a place hears of it at once."""
    dues = reminding.of_people(fact.activity_id, [fact.person_id])
    remind(PLACE_FOUND, dues, now=clock.now())


def _told(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, Text]:
    """“Language café”: tomorrow, 17:00 to 19:00; or that it is called off."""
    rows = lists.activities(actor).filter(pk__in=list(keys))
    return {row.pk: _said(row) for row in rows}


def _said(row: Activity) -> str:
    title = {"title": isolated(row.title)}
    if row.state != ActivityState.PLANNED:
        return _("“%(title)s” is called off") % title
    when = when_words(row.starts_at, row.minutes, clock.today())
    return _("“%(title)s”: %(when)s") % {**title, "when": when}


def _pictures_go(fact: ConsentDecided) -> None:
    """Who takes back the yes to pictures is on none any more."""
    if fact.purpose == "photos" and fact.state != "given":
        commands.remove_pictures_of(fact.person_id)


def _to_note(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Activities that are over and of which nobody noted who came."""
    if not actor.has(Role.COORDINATOR):
        return
    for one in lists.unnoted(actor, now=clock.now())[:MOST_LINES]:
        yield today.TodayLine(
            kind=today.Kind.WRITE,
            what=_("Who came to “%(title)s”?") % {"title": isolated(one.title)},
            why=_("It took place %(when)s. The names are kept for a year, the number stays.")
            % {"when": near(timezone.localdate(one.starts_at), day)},
            action_label=_("Note who came"),
            url=reverse("activities:who", args=[one.pk]),
            weight=32,
        )


def _own(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """What one signed up for and is soon."""
    if not actor.has(Role.MENTOR, Role.PARTICIPANT):
        return
    for one in lists.next_own(actor, now=clock.now(), days=SOON_DAYS):
        activity = one.activity
        yield today.TodayLine(
            kind=today.Kind.PLAN,
            what=_("You are coming to “%(title)s”") % {"title": isolated(activity.title)},
            why=f"{when_words(activity.starts_at, activity.minutes, day)}.",
            action_label=_("Open"),
            url=reverse("activities:activity", args=[activity.pk]),
            weight=28,
        )
