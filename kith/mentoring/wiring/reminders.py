"""Lines on Today for the two themselves: what they are reminded of before anybody calls."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.gate.actor import Actor
from kith.gate.permissions import allows
from kith.gate.roles import Role
from kith.mentoring.models import Match
from kith.mentoring.permissions import RECORD_MEETING
from kith.mentoring.queries import lists
from kith.mentoring.queries.dates import dates_of
from kith.mentoring.rules.attention import (
    Attention,
    Care,
    Dates,
    Reason,
    care_of,
    coming,
    stretch_in,
    week_of,
)
from kith.mentoring.rules.rising import remind_day
from kith.mentoring.views.shown import names
from kith.programmes.rules import rules_of
from kith.web import today
from kith.web.words import near

MEETINGS = frozenset({Reason.NO_FIRST_MEETING, Reason.QUIET})
WEIGHT = 58


def reminders(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """A silence that staff will ask about soon, or have begun to."""
    if not actor.has(Role.MENTOR, Role.PARTICIPANT):
        return
    found = lists.own(actor)
    dates = dates_of(found)
    for match in found:
        care = care_of(rules_of(match.programme), match.unit)
        for one in coming(dates[match.pk], care):
            is_due = one.reason in MEETINGS and remind_day(one, care) <= day
            if is_due and not _is_planned(dates[match.pk], day):
                yield _line(actor, match, one, dates[match.pk], care, day)


def _is_planned(dates: Dates, day: date) -> bool:
    return dates.next_meeting_on is not None and dates.next_meeting_on >= day


def _line(
    actor: Actor, match: Match, one: Attention, dates: Dates, care: Care, day: date
) -> today.TodayLine:
    may_plan = allows(actor, RECORD_MEETING, match)
    page = "mentoring:find_time" if may_plan else "mentoring:match"
    return today.TodayLine(
        kind=today.Kind.PLAN,
        what=_("When do you meet %(name)s next?") % {"name": names(match, actor)},
        why=_why(one, dates, care, day),
        action_label=_("Find a time") if may_plan else _("Open"),
        url=reverse(page, args=[match.pk]),
        weight=WEIGHT,
    )


def _why(one: Attention, dates: Dates, care: Care, day: date) -> str:
    help_ = _("Is something in the way? Your coordinator helps.")
    if one.reason is Reason.NO_FIRST_MEETING or dates.started_on is None:
        fact = _("Both of you said yes %(when)s.") % {"when": near(dates.agreed_on, day)}
        return f"{fact} {help_}"
    weeks = stretch_in(week_of(day, started_on=dates.started_on), care).every_weeks
    rule = ngettext(
        "You planned to meet every week.", "You planned to meet every %(weeks)d weeks.", weeks
    )
    last = _("You last met %(when)s.") % {"when": near(dates.last_meeting_on or day, day)}
    return " ".join([last, rule % {"weeks": weeks}, help_])
