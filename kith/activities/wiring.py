"""What this room plugs into the house."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.activities import commands
from kith.activities import jobs as work
from kith.activities.permissions import DAYS_JOB, SEE_ACTIVITIES
from kith.activities.queries import lists
from kith.activities.rules.plan import KEEP_ANSWERS
from kith.activities.rules.words import when_words
from kith.base import clock, jobs, retention
from kith.base.events import listen
from kith.consent.events import ConsentDecided
from kith.gate.actor import Actor
from kith.gate.permissions import has
from kith.gate.roles import Role
from kith.people.events import PersonErased
from kith.web import nav, today
from kith.web.words import isolated, near

MOST_LINES = 3
SOON_DAYS = 3


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
    today.add_source(_to_note)
    today.add_source(_own)
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
