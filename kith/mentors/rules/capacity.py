"""How many people a mentor takes on, and what a number or a rest means, in words."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.mentoring.rules.handovers import HandOverState
from kith.web.words import full_day, isolated, near

MOST_PEOPLE = 5
LONGEST_REST = timedelta(days=365)


@dataclass(frozen=True)
class Offered:
    """What a mentor offers today.

    held  how many people they accompany now   asked  about how many they are being asked
    """

    capacity: int
    held: int
    asked: int
    available_since: date | None
    paused_until: date | None

    @property
    def free(self) -> int:
        """About how many more people they may be asked."""
        return max(0, self.capacity - self.held - self.asked)


def effects(offered: Offered, today: date) -> list[str]:
    """What this means for matching, one sentence for each thing."""
    said = [_held(offered)]
    if offered.paused_until and offered.paused_until > today:
        text = _("You rest: nobody new is proposed to you until then. It ends %(when)s.")
        return [*said, text % {"when": near(offered.paused_until, today)}]
    if offered.available_since and offered.available_since > today:
        text = _("Nobody is proposed to you before your first day, %(when)s.")
        return [*said, text % {"when": near(offered.available_since, today)}]
    return [*said, _free(offered)]


def _held(offered: Offered) -> str:
    if not offered.held:
        return _("You accompany nobody at the moment.")
    text = ngettext(
        "You accompany %(number)d person at the moment. That goes on, whatever you change here.",
        "You accompany %(number)d people at the moment. That goes on, whatever you change here.",
        offered.held,
    )
    return text % {"number": offered.held}


def _free(offered: Offered) -> str:
    if not offered.free:
        return _("You have as many as you want: nobody new is proposed to you.")
    text = ngettext(
        "You may be asked about %(number)d more person. You always say yes or no yourself.",
        "You may be asked about %(number)d more people. You always say yes or no yourself.",
        offered.free,
    )
    return text % {"number": offered.free}


@dataclass(frozen=True)
class Arranged:
    """What is arranged for one match while its mentor rests.

    state  of the question whether somebody else may come; None before anybody was asked
    name   whoever would stand in
    """

    participant: str
    state: HandOverState | None = None
    name: str = ""
    from_on: date | None = None
    until_on: date | None = None


def staff_words(one: Arranged) -> str:
    """How far it is, for staff."""
    if one.state is None:
        return _("Nobody stands in yet.")
    words = _words(one)
    if one.state is HandOverState.ASKED:
        return _("%(name)s is to stand in. %(participant)s has not answered yet.") % words
    if one.state is HandOverState.AGREED:
        return _("%(name)s is to stand in from %(from)s. %(participant)s said yes.") % words
    return _("%(name)s stands in until %(until)s.") % words


def mentor_words(one: Arranged, *, is_settled: bool) -> str:
    """How far it is, for the mentor who rests. A name is said once the participant said yes."""
    words = _words(one)
    if one.state is HandOverState.ASKED:
        return _("%(participant)s is asked whether somebody may stand in for you.") % words
    if one.state is HandOverState.AGREED:
        return _("%(participant)s said yes: %(name)s stands in for you from %(from)s.") % words
    if one.state is HandOverState.BEGUN:
        return _("%(name)s stands in for you with %(participant)s until %(until)s.") % words
    if is_settled:
        return _("With %(participant)s it goes on as you agreed with your coordinator.") % words
    return (
        _("%(participant)s: your coordinator is told and arranges with you how it goes on.") % words
    )


def _words(one: Arranged) -> dict[str, str]:
    return {
        "participant": isolated(one.participant),
        "name": isolated(one.name),
        "from": full_day(one.from_on) if one.from_on else "",
        "until": full_day(one.until_on) if one.until_on else "",
    }
