"""How many people a mentor takes on, and what a number or a rest means, in words."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.web.words import near

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
