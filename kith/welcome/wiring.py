"""What this room plugs into the house."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.base import clock, jobs, retention
from kith.base.events import listen
from kith.gate.actor import Actor
from kith.gate.permissions import has
from kith.gate.roles import Role
from kith.people.events import PersonErased
from kith.people.rules import Side
from kith.programmes.rules import PlaceState
from kith.programmes.rules.words import waiting_words
from kith.web import nav, panels, today
from kith.web.words import isolated, near
from kith.welcome import commands
from kith.welcome import jobs as work
from kith.welcome.models import Application
from kith.welcome.permissions import DECIDE, REFER, SEE_APPLICATIONS, SEE_TALKS, TIDY_JOB
from kith.welcome.queries import desk
from kith.welcome.rules.states import KEEP_DECIDED, KEEP_UNTOUCHED, KEEP_WITHDRAWN, State
from kith.welcome.rules.words import talk_words

MOST_LINES = 3


def plug_in() -> None:
    """Called once when Django is ready."""
    nav.add_item(
        "welcome",
        gettext_lazy("New people"),
        "welcome:desk",
        icon="letter",
        order=15,
        visible=lambda actor: has(actor, SEE_APPLICATIONS),
        count=lambda actor: desk.waiting_for_us(actor, clock.now()) or None,
    )
    nav.add_item(
        "refer",
        gettext_lazy("Ask for someone"),
        "welcome:referred",
        icon="people",
        order=20,
        visible=lambda actor: has(actor, REFER),
    )
    panels.add_panel(
        "person",
        "welcome",
        gettext_lazy("Welcome talk"),
        lambda person: reverse("welcome:person", args=[person.pk]),
        visible=lambda actor, person: person.is_participant and has(actor, SEE_TALKS),
        order=35,
    )
    today.add_first_step(own_place, order=40)
    today.add_source(waiting_lines, most=84)
    today.add_source(talk_lines, most=70)
    today.add_source(silent_lines, most=74)
    jobs.every(
        jobs.DAILY,
        TIDY_JOB,
        gettext_lazy("Close applications of mentors whose answer never came"),
        work.tidy,
    )
    listen(PersonErased, lambda fact: commands.forget_person(fact.person_id))
    for category in categories():
        retention.register(category)


def own_place(actor: Actor) -> today.FirstStep | None:
    """A participant's own place on a list, while nothing needs them."""
    if not actor.has(Role.PARTICIPANT):
        return None
    waits = [one for one in desk.own_waits(actor) if one.state == PlaceState.WAITING]
    said = [
        _("%(programme)s: %(since)s.")
        % {
            "programme": isolated(place.programme.name),
            "since": waiting_words(place.waiting_since, clock.today()),
        }
        for place in waits[:MOST_LINES]
    ]
    if not said:
        return None
    return today.FirstStep(
        what=_("You are on the waiting list"),
        why=" ".join(said),
        action_label=_("Look at it"),
        url=reverse("welcome:mine"),
    )


def waiting_lines(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Who waits for a word: those whose day is over one by one, the others in one line."""
    if not has(actor, DECIDE):
        return
    now = clock.now()
    rows = desk.most_urgent(actor, now, MOST_LINES + 1)
    late = [row for row in rows if row.due_on and row.due_on < day][:MOST_LINES]
    others = [row for row in rows if row not in late]
    for row in late:
        yield _waiting_line(row, day)
    number = desk.waiting_for_us(actor, now) - len(late)
    if number == 1 and others:
        yield _waiting_line(others[0], day)
    elif number > 1 and others:
        yield _others_line(others[0], number, day)


def _others_line(first: Application, number: int, day: date) -> today.TodayLine:
    return today.TodayLine(
        kind=today.Kind.WAIT,
        what=ngettext(
            "%(number)d person waits for a word from you",
            "%(number)d people wait for a word from you",
            number,
        )
        % {"number": number},
        why=_("They would like a mentor, or to be one. The next word is promised %(when)s.")
        % {"when": near(first.due_on or day, day)},
        action_label=_("See them"),
        url=reverse("welcome:desk"),
        weight=68,
        count=number,
    )


def _waiting_line(row: Application, day: date) -> today.TodayLine:
    is_late = row.due_on is not None and row.due_on < day
    return today.TodayLine(
        kind=today.Kind.CALL if is_late else today.Kind.WAIT,
        what=_what(row) % {"name": isolated(row.name)},
        why=_why(row, day),
        action_label=_("Open"),
        url=reverse("welcome:application", args=[row.pk]),
        weight=84 if is_late else 72 if row.side == Side.PARTICIPANT else 66,
    )


def _what(row: Application) -> str:
    if row.state == State.PLANNED:
        return _("Decide about %(name)s after the talk")
    if row.side == Side.PARTICIPANT:
        return _("Answer %(name)s, who would like a mentor")
    return _("Answer %(name)s, who would like to be a mentor")


def _why(row: Application, day: date) -> str:
    due, wrote = row.due_on or day, near(row.received_on, day)
    if due < day:
        said = _("Wrote %(wrote)s; a word was promised %(due)s. The person sees this date.")
    else:
        said = _("Wrote %(wrote)s; a word is promised at the latest %(due)s.")
    return said % {"wrote": wrote, "due": near(due, day)}


def talk_lines(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Talks of today and tomorrow."""
    if not has(actor, DECIDE):
        return
    for row in desk.talks_on(actor, clock.now(), _end_of(day + timedelta(days=1)), MOST_LINES):
        if row.talk_at is None:
            continue
        yield today.TodayLine(
            kind=today.Kind.PLAN,
            what=_("Talk with %(name)s") % {"name": isolated(row.name)},
            why=f"{talk_words(row.talk_at, day)} · {row.talk_where}",
            action_label=_("Prepare"),
            url=reverse("welcome:application", args=[row.pk]),
            weight=70,
        )


def _end_of(day: date) -> datetime:
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time())
    return timezone.make_aware(midnight)


def silent_lines(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """People who would like a mentor and did not answer a question: a call helps."""
    if not has(actor, DECIDE):
        return
    for row in desk.silent_participants(actor, day, MOST_LINES):
        yield today.TodayLine(
            kind=today.Kind.CALL,
            what=_("Call %(name)s, who would like a mentor") % {"name": isolated(row.name)},
            why=_("You asked something a month ago and there is no answer."),
            action_label=_("Open"),
            url=reverse("welcome:application", args=[row.pk]),
            weight=74,
        )


def categories() -> list[retention.Category]:
    """The clocks of this room."""
    none = timedelta(0)
    return [
        retention.Category(
            key="welcome.withdrawn",
            title=gettext_lazy("Applications that were taken back"),
            period=KEEP_WITHDRAWN,
            grace=none,
            due=desk.withdrawn_before,
            erase=commands.forget_applications,
        ),
        retention.Category(
            key="welcome.decided",
            title=gettext_lazy("Applications with a yes, a no or no answer"),
            period=KEEP_DECIDED,
            grace=none,
            due=desk.decided_before,
            erase=commands.forget_applications,
        ),
        retention.Category(
            key="welcome.untouched",
            title=gettext_lazy("Applications to which nobody came back for a year"),
            period=KEEP_UNTOUCHED,
            grace=none,
            due=desk.untouched_since,
            erase=commands.forget_applications,
        ),
    ]
