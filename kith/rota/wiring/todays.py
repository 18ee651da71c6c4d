"""Lines on Today: what nobody has taken, and one's own duties."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from kith.base import clock
from kith.gate.actor import Actor
from kith.gate.roles import Role
from kith.matching.rules.words import called
from kith.mentoring.rules.members import both_sides, mentors_side
from kith.programmes.rules import rules_of
from kith.rota.models import Duty
from kith.rota.permissions import OWN
from kith.rota.queries import lists
from kith.rota.rules.words import role_words, when_words
from kith.web import today
from kith.web.words import isolated

MOST_LINES = 3
SOON = timedelta(days=3)


def of_coordinator(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Duties of the next days that nobody has for sure, and groups without a rota."""
    if not actor.has(Role.COORDINATOR):
        return
    now = clock.now()
    for duty in lists.empty_soon(actor, now=now, limit=MOST_LINES):
        yield _empty_line(duty, day, weight=74)
    for match in lists.without_a_rota(actor, now=now, limit=MOST_LINES):
        yield today.TodayLine(
            kind=today.Kind.PLAN,
            what=_("Lay out the rota of %(names)s") % {"names": both_sides(match)},
            why=_("Nobody is on the rota in the next two weeks. One act lays out four weeks."),
            action_label=_("Lay it out"),
            url=reverse("rota:lay_out", args=[match.pk]),
            weight=40,
        )


def of_lead(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """What nobody has taken in the groups one leads."""
    if not actor.has(*OWN):
        return
    for duty in lists.empty_soon_of_led(actor, now=clock.now(), limit=MOST_LINES):
        yield _empty_line(duty, day, weight=64)


def _empty_line(duty: Duty, day: date, *, weight: int) -> today.TodayLine:
    values = {
        "what": isolated(role_words(rules_of(duty.match.programme), duty.role)),
        "when": when_words(duty.at, day),
        "group": isolated(mentors_side(duty.match)),
    }
    why = _("%(group)s: nobody has taken the duty yet.")
    if duty.holder is not None:
        values["name"] = isolated(called(duty.holder.person))
        why = _("%(group)s: %(name)s cannot on that day and looks for a swap.")
    return today.TodayLine(
        kind=today.Kind.CALL,
        what=_("Find somebody for %(what)s, %(when)s") % values,
        why=why % values,
        action_label=_("Find somebody"),
        url=reverse("rota:fill", args=[duty.match_id, duty.pk]),
        weight=weight,
    )


def own(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """One's own duties that are soon, and those that are over without a note."""
    if not actor.has(*OWN):
        return
    now = clock.now()
    for duty in lists.own_to_note(actor, now=now)[:MOST_LINES]:
        yield today.TodayLine(
            kind=today.Kind.WRITE,
            what=_("Were you with %(name)s?") % {"name": isolated(called(duty.match.participant))},
            why=_("You had a duty: %(when)s. One tap is enough.")
            % {"when": when_words(duty.at, day)},
            action_label=_("Note it"),
            url=reverse("rota:rota", args=[duty.match_id]) + "#note",
            weight=69,
        )
    soon = [duty for duty in lists.own_ahead(actor, now=now) if duty.at <= now + SOON]
    for duty in soon[:MOST_LINES]:
        yield today.TodayLine(
            kind=today.Kind.PLAN,
            what=_("You are with %(name)s") % {"name": isolated(called(duty.match.participant))},
            why=_("%(when)s: %(what)s.")
            % {
                "when": _first_upper(when_words(duty.at, day)),
                "what": role_words(rules_of(duty.match.programme), duty.role),
            },
            action_label=_("Open"),
            url=reverse("rota:rota", args=[duty.match_id]),
            weight=31,
        )


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def wanted(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Duties of the next days in one's own groups that somebody else could not keep."""
    if not actor.has(*OWN):
        return
    for duty in lists.wanted_soon(actor, now=clock.now(), limit=MOST_LINES):
        yield today.TodayLine(
            kind=today.Kind.NOTICE,
            what=_("Can you be with %(name)s?")
            % {"name": isolated(called(duty.match.participant))},
            why=_("Somebody is wanted: %(when)s.") % {"when": when_words(duty.at, day)},
            action_label=_("See the rota"),
            url=reverse("rota:rota", args=[duty.match_id]) + "#ahead",
            weight=45,
        )
