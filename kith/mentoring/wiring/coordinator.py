"""Lines on Today for coordinators: matches that ask for something."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.gate.actor import Actor
from kith.gate.roles import Role
from kith.mentoring.queries import care
from kith.mentoring.rules.members import both_sides
from kith.mentoring.views.caring import care_line
from kith.web import today
from kith.web.words import near

MORE_WEIGHT = 33


def in_care(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Matches of one's own people that ask for something: those to call first."""
    if not actor.has(Role.COORDINATOR):
        return
    found = care.in_care(actor, today=day)
    yield from (care_line(one, day) for one in found)
    more = care.more_in_care(actor, today=day) if len(found) == care.MOST_LINES else 0
    if more:
        yield _more_line(more)


def _more_line(number: int) -> today.TodayLine:
    said = ngettext(
        "%(number)d more match asks for something",
        "%(number)d more matches ask for something",
        number,
    )
    many = _("More than %(number)d more matches ask for something")
    most = care.MOST_MORE
    return today.TodayLine(
        kind=today.Kind.NOTICE,
        what=said % {"number": number} if number <= most else many % {"number": most},
        why=_("Those that have waited longest for a call stand above."),
        action_label=_("See all"),
        url=reverse("mentoring:care"),
        weight=MORE_WEIGHT,
        count=min(number, most),
    )


def to_bring_together(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Both said yes: the coordinator opens their first meeting."""
    if not actor.has(Role.COORDINATOR):
        return
    for match in care.to_bring_together(actor, today=day):
        yield today.TodayLine(
            kind=today.Kind.PLAN,
            what=_("Bring %(names)s together") % {"names": both_sides(match)},
            why=_("Both said yes %(when)s. Plan their first meeting and come along.")
            % {"when": near(match.agreed_on, day)},
            action_label=_("Plan the first meeting"),
            url=reverse("mentoring:plan_meeting", args=[match.pk]),
            weight=78,
        )


def as_planned(actor: Actor, day: date) -> str | None:
    """How much runs without anybody's help."""
    if not actor.has(Role.COORDINATOR):
        return None
    number = care.as_planned(actor, today=day)
    if not number:
        return None
    if number > care.MOST_COUNTED:
        return _("More than %(number)d matches are running as planned.") % {
            "number": care.MOST_COUNTED
        }
    said = ngettext(
        "%(number)d match is running as planned.",
        "%(number)d matches are running as planned.",
        number,
    )
    return said % {"number": number}
