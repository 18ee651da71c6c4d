"""What this room plugs into the house."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.base import jobs
from kith.base.events import listen
from kith.gate.actor import Actor
from kith.gate.permissions import has
from kith.gate.roles import Role
from kith.mentors import commands
from kith.mentors import jobs as work
from kith.mentors.permissions import KEEP_CONDUCT, RENEW_JOB, SEE_CHECKLIST
from kith.mentors.queries import checklist
from kith.mentors.rules import words
from kith.mentors.rules.checklist import State
from kith.people.events import PersonErased
from kith.web import nav, panels, today
from kith.web.words import comma_list

MENTORS = frozenset({Role.MENTOR, Role.GROUP_LEAD})


def plug_in() -> None:
    """Called once when Django is ready."""
    nav.add_item(
        "what-i-need",
        gettext_lazy("What I need"),
        "mentors:mine",
        icon="check",
        order=54,
        visible=lambda actor: actor.has(*MENTORS),
    )
    nav.add_user_item(
        "conduct",
        gettext_lazy("Code of conduct of mentors"),
        "mentors:kept_conduct",
        order=55,
        visible=lambda actor: has(actor, KEEP_CONDUCT),
    )
    panels.add_panel(
        "person",
        "mentors",
        gettext_lazy("What this mentor still needs"),
        lambda person: reverse("mentors:of_person", args=[person.pk]),
        visible=lambda actor, person: person.is_mentor and has(actor, SEE_CHECKLIST),
        order=30,
    )
    today.add_source(own_needs)
    listen(PersonErased, lambda fact: commands.forget_person(fact.person_id))
    jobs.every(
        jobs.DAILY,
        RENEW_JOB,
        gettext_lazy("Ask mentors again where Kith brought a new code of conduct"),
        work.ask_again,
    )


def own_needs(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """What the mentor who looks still needs, or has to renew soon: one line."""
    if not actor.has(*MENTORS):
        return
    person = checklist.own_mentor(actor)
    if person is None:
        return
    lines = [
        line
        for one in checklist.of_mentor(person, today=day)
        for line in one.lines
        if not (line.is_open and line.only_with_minors)
    ]
    missing = dict.fromkeys(words.name_of(line) for line in lines if line.is_open)
    ending = dict.fromkeys(words.name_of(line) for line in lines if line.state is State.ENDS_SOON)
    if missing:
        yield _needs_line(list(missing), weight=58)
    elif ending:
        yield _ends_line(list(ending))


def _needs_line(names: list[str], *, weight: int) -> today.TodayLine:
    said = ngettext(
        "%(number)d thing is still needed before a match",
        "%(number)d things are still needed before a match",
        len(names),
    )
    return today.TodayLine(
        kind=today.Kind.PLAN,
        what=said % {"number": len(names)},
        why=comma_list(names),
        action_label=_("See what to do"),
        url=reverse("mentors:mine"),
        weight=weight,
    )


def _ends_line(names: list[str]) -> today.TodayLine:
    return today.TodayLine(
        kind=today.Kind.NOTICE,
        what=_("Something of yours ends soon"),
        why=comma_list(names),
        action_label=_("See what to do"),
        url=reverse("mentors:mine"),
        weight=46,
    )
