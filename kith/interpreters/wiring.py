"""What this room plugs into the house."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from kith.base import clock, retention
from kith.base.events import listen
from kith.gate.actor import Actor
from kith.gate.permissions import has
from kith.gate.roles import Role
from kith.interpreters import commands, queries
from kith.interpreters.models import Booking, InterpreterNeed, InterpreterRequest
from kith.interpreters.permissions import BOOK_INTERPRETER, KEEP_INTERPRETERS, SAY_NEED
from kith.interpreters.rules import KEEP_BOOKINGS, KEEP_COSTS, KEEP_REQUESTS, RequestState
from kith.interpreters.rules import KEEP_INTERPRETERS as KEEP_REGISTER
from kith.people.events import PersonErased
from kith.people.rules.labels import language_name
from kith.reminders.rules.kinds import Kind, When, add_kind
from kith.web import nav, panels, today
from kith.web.words import isolated, near

MOST_LINES = 3


def plug_in() -> None:
    """Called once when Django is ready."""
    nav.add_item(
        "interpreters",
        gettext_lazy("Interpreters"),
        "interpreters:start",
        icon="language",
        order=65,
        visible=lambda actor: has(actor, KEEP_INTERPRETERS),
    )
    panels.add_panel(
        "person",
        "interpreters",
        gettext_lazy("Interpreter"),
        lambda person: reverse("interpreters:person", args=[person.pk]),
        visible=lambda actor, person: person.is_participant and has(actor, SAY_NEED),
        order=72,
    )
    panels.add_panel(
        "match",
        "interpreters",
        gettext_lazy("Interpreter"),
        lambda match: reverse("interpreters:person", args=[match.participant_id]),
        visible=may_see_in_match,
        order=52,
    )
    _plug_reminders()
    today.add_source(_to_book, most=71)
    today.add_source(_coming, most=50)
    listen(PersonErased, lambda fact: commands.let_go_of_person(fact.person_id))
    for category in categories():
        retention.register(category)


def _plug_reminders() -> None:
    add_kind(
        Kind(
            key="interpreters.comes",
            title=gettext_lazy("An interpreter comes to a meeting"),
            sentence=ngettext_lazy(
                "An interpreter comes to your meeting.",
                "Interpreters come to %(number)d of your meetings.",
                "number",
            ),
            roles=frozenset({Role.PARTICIPANT}),
            days=1,
            source=queries.comes_soon,
            still=queries.comes_still,
            icon="language",
            order=23,
        )
    )
    add_kind(
        Kind(
            key="interpreters.unanswered",
            title=gettext_lazy("An interpreter has not answered yet"),
            sentence=ngettext_lazy(
                "A booking of an interpreter has no answer yet.",
                "%(number)d bookings of interpreters have no answer yet.",
                "number",
            ),
            roles=frozenset({Role.COORDINATOR}),
            when=When.AFTER,
            source=queries.answers_due,
            still=queries.answers_still,
            icon="language",
            order=24,
        )
    )


def may_see_in_match(actor: Actor, match: Any) -> bool:
    """Whether this actor sees the participant's interpreter on the page of a match."""
    return queries.people_to_book(actor).filter(pk=match.participant_id).exists()


def _to_book(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Needs without a booking, bookings without an answer, and those nobody noted."""
    if not has(actor, BOOK_INTERPRETER):
        return
    found = queries.to_act_on(actor, now=clock.now(), limit=MOST_LINES)
    for asked in found:
        yield _request_line(actor, asked, day)
    # Who is to be called about a change is not asked for an answer to what was before.
    called = {asked.booking_id for asked in found}
    for need in queries.without_booking(actor, now=clock.now(), limit=MOST_LINES):
        yield _need_line(need, day)
    for row in queries.unanswered(actor, today=day, limit=MOST_LINES):
        if row.pk not in called:
            yield _ask_line(row, day)
    for row in queries.not_noted(actor, now=clock.now(), limit=MOST_LINES):
        yield _note_line(row, day)


def _request_line(actor: Actor, asked: InterpreterRequest, day: date) -> today.TodayLine:
    local = timezone.localtime(asked.starts_at)
    said = {
        "name": isolated(asked.person.called or asked.person.name),
        "when": near(local.date(), day),
        "time": local.strftime("%H:%M"),
    }
    if asked.booking is not None:
        said["interpreter"] = isolated(asked.booking.interpreter.name)
        return _tell_line(asked, asked.booking, said)
    return today.TodayLine(
        kind=today.Kind.PLAN,
        what=_("Book an interpreter for %(name)s") % said,
        why=_("Wanted at a meeting %(when)s, at %(time)s. Nobody is asked yet.") % said,
        action_label=_("Book"),
        url=_book_page(actor, asked),
        weight=68,
    )


def _tell_line(
    asked: InterpreterRequest, booking: Booking, said: dict[str, str]
) -> today.TodayLine:
    is_off = asked.state == RequestState.WITHDRAWN
    return today.TodayLine(
        kind=today.Kind.CALL,
        what=_("Tell %(interpreter)s that nobody is wanted for %(name)s") % said
        if is_off
        else _("Ask %(interpreter)s about a new time for %(name)s") % said,
        why=_("The meeting %(when)s, at %(time)s, is called off, or goes without.") % said
        if is_off
        else _("The meeting has moved: %(when)s, at %(time)s.") % said,
        action_label=_("Open the booking"),
        url=reverse("interpreters:booking", args=[booking.pk]),
        weight=71,
    )


def _book_page(actor: Actor, asked: InterpreterRequest) -> str:
    """Where one books, with everything filled in; first the languages where nobody said them."""
    need = next(iter(queries.needs_of(actor, asked.person)), None)
    if need is None:
        return reverse("interpreters:need", args=[asked.person_id])
    return f"{reverse('interpreters:book', args=[need.pk])}?request={asked.pk}"


def _need_line(need: InterpreterNeed, day: date) -> today.TodayLine:
    said = {
        "name": isolated(need.person.called or need.person.name),
        "one": language_name(need.language),
        "other": language_name(need.into),
        "when": near(need.since_on, day),
    }
    return today.TodayLine(
        kind=today.Kind.PLAN,
        what=_("Book an interpreter for %(name)s: %(one)s and %(other)s") % said,
        why=_("Asked for %(when)s; nobody is booked.") % said,
        action_label=_("Book"),
        url=reverse("interpreters:book", args=[need.pk]),
        weight=56,
    )


def _said(row: Booking, day: date) -> dict[str, str]:
    return {
        "interpreter": isolated(row.interpreter.name),
        "name": isolated(row.person.called or row.person.name),
        "when": near(timezone.localdate(row.starts_at), day),
        "asked": near(row.asked_on, day),
        "time": timezone.localtime(row.starts_at).strftime("%H:%M"),
    }


def _ask_line(row: Booking, day: date) -> today.TodayLine:
    said = _said(row, day)
    return today.TodayLine(
        kind=today.Kind.CALL,
        what=_("Ask %(interpreter)s whether they come to %(name)s") % said,
        why=_("Asked %(asked)s for %(when)s; there is no answer yet.") % said,
        action_label=_("Open the booking"),
        url=reverse("interpreters:booking", args=[row.pk]),
        weight=66,
    )


def _note_line(row: Booking, day: date) -> today.TodayLine:
    said = _said(row, day)
    return today.TodayLine(
        kind=today.Kind.WRITE,
        what=_("Note whether %(interpreter)s was there for %(name)s") % said,
        why=_("Booked for %(when)s; nothing was noted since.") % said,
        action_label=_("Open the booking"),
        url=reverse("interpreters:booking", args=[row.pk]),
        weight=44,
    )


def _coming(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """A participant reads who comes to make both understand each other."""
    if not actor.has(Role.PARTICIPANT):
        return
    for row in queries.coming_to(actor, now=clock.now(), limit=MOST_LINES):
        said = _said(row, day)
        yield today.TodayLine(
            kind=today.Kind.NOTICE,
            what=_("%(interpreter)s interprets for you") % said,
            why=_("%(when)s, at %(time)s. They keep to themselves what they hear.") % said,
            action_label=_("Look at it"),
            url=reverse("interpreters:booking", args=[row.pk]),
            weight=50,
        )


def categories() -> list[retention.Category]:
    """The clocks of this room."""
    return [
        retention.Category(
            key="interpreters.bookings",
            title=gettext_lazy("Bookings of interpreters that are over"),
            period=KEEP_BOOKINGS,
            grace=timedelta(0),
            due=queries.closed_before,
            erase=commands.remove_bookings,
        ),
        retention.Category(
            key="interpreters.requests",
            title=gettext_lazy("Requests for interpreters whose time is over"),
            period=KEEP_REQUESTS,
            grace=timedelta(0),
            due=queries.requests_before,
            erase=commands.remove_requests,
        ),
        retention.Category(
            key="interpreters.costs",
            title=gettext_lazy("What interpreters cost"),
            period=KEEP_COSTS,
            grace=timedelta(0),
            due=queries.costs_before,
            erase=commands.remove_costs,
        ),
        retention.Category(
            key="interpreters.register",
            title=gettext_lazy("Interpreters who left"),
            period=KEEP_REGISTER,
            grace=timedelta(0),
            due=queries.left_before,
            erase=commands.remove_interpreters,
        ),
    ]
