"""What this room plugs into the house."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.base import clock, jobs, retention
from kith.base.events import listen
from kith.gate.actor import Actor
from kith.gate.permissions import has
from kith.gate.roles import Role
from kith.mentors import commands
from kith.mentors import jobs as work
from kith.mentors.permissions import (
    KEEP_CONDUCT,
    READ_REFERENCE,
    RENEW_JOB,
    SEE_CHECKLIST,
    SETTLE_REST,
)
from kith.mentors.queries import capacity, checklist, references
from kith.mentors.rules import words
from kith.mentors.rules.checklist import Line, State
from kith.mentors.rules.references import KEEP_DECIDED, KEEP_UNANSWERED
from kith.people.events import PersonErased
from kith.programmes.rules import PlaceState
from kith.web import nav, panels, today
from kith.web.words import comma_list, isolated, near

MOST_LINES = 3
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
    today.add_source(own_needs, most=58)
    today.add_first_step(own_place, order=50)
    today.add_source(references_to_read, most=52)
    today.add_source(rests_to_settle, most=62)
    for category in categories():
        retention.register(category)
    listen(PersonErased, lambda fact: commands.forget_person(fact.person_id))
    jobs.every(
        jobs.DAILY,
        RENEW_JOB,
        gettext_lazy("Ask mentors again where Kith brought a new code of conduct"),
        work.ask_again,
    )


def categories() -> list[retention.Category]:
    """The clocks of this room."""
    none = timedelta(0)
    return [
        retention.Category(
            key="mentors.references",
            title=gettext_lazy("References about mentors, after the decision"),
            period=KEEP_DECIDED,
            grace=none,
            due=references.decided_before,
            erase=commands.forget_references,
        ),
        retention.Category(
            key="mentors.unanswered",
            title=gettext_lazy("References that nobody answered or decided about"),
            period=KEEP_UNANSWERED,
            grace=none,
            due=references.unanswered_before,
            erase=commands.forget_references,
        ),
    ]


def references_to_read(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Answers about mentors that wait to be read."""
    if not has(actor, READ_REFERENCE):
        return
    for one in references.waiting(actor, MOST_LINES):
        yield today.TodayLine(
            kind=today.Kind.WRITE,
            what=_("Read a reference about %(name)s") % {"name": isolated(one.person.name)},
            why=_("It came %(when)s.") % {"when": near(one.answered_on or day, day)},
            action_label=_("Read it"),
            url=reverse("mentors:reference", args=[one.pk]),
            weight=52,
        )


def rests_to_settle(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Mentors who rest while a match of theirs runs: what becomes of it?"""
    if not has(actor, SETTLE_REST):
        return
    for one in capacity.to_settle(actor, today=day, limit=MOST_LINES):
        said = {"name": isolated(one.person.name), "when": near(one.until, day)}
        yield today.TodayLine(
            kind=today.Kind.CALL,
            what=_("Agree with %(name)s how their match goes on") % said,
            why=_("They said that they rest; it ends %(when)s.") % said,
            action_label=_("Open"),
            url=reverse("mentors:resting", args=[one.pk]),
            weight=62,
        )


def own_place(actor: Actor) -> today.FirstStep | None:
    """What a mentor who waits for a match may know: that nothing of theirs is missing."""
    person = checklist.own_mentor(actor) if actor.has(*MENTORS) else None
    if person is None or capacity.places_of(person):
        return None
    lists = [
        one
        for one in checklist.of_mentor(person, today=clock.today())
        if one.state is PlaceState.WAITING and not _missing(one)
    ]
    if not lists:
        return None
    said = {"programme": comma_list([one.programme.name for one in lists])}
    return today.FirstStep(
        what=_("You are on the list of %(programme)s") % said,
        why=_(
            "Nothing of yours is missing. When somebody is found whom you could accompany,"
            " the question stands here, and you may say no."
        ),
        action_label=_("What a mentor needs"),
        url=reverse("mentors:mine"),
    )


def _missing(one: checklist.ProgrammeList) -> list[Line]:
    return [line for line in one.open if not line.only_with_minors]


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
