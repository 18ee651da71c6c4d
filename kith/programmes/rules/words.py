"""The codes of this room in words for people."""

from collections.abc import Iterable
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from kith.programmes.rules.gates import Lack, Missing
from kith.programmes.rules.loading import template_words
from kith.programmes.rules.places import PlaceState, Reason
from kith.programmes.rules.templates import CheckKind, Stage
from kith.programmes.rules.waits import FEWEST, Expectation
from kith.web.words import and_list, day_and_month, full_day

LACKS: dict[Lack, str | Promise] = {
    Lack.TRAINING_MISSING: gettext_lazy("No training is noted."),
    Lack.TRAINING_ENDED: gettext_lazy("The training was valid until %(date)s."),
    Lack.CHECK_MISSING: gettext_lazy("Not noted: %(check)s."),
    Lack.CHECK_ENDED: gettext_lazy("Valid until %(date)s and not renewed: %(check)s."),
    Lack.CHECK_WITHOUT_DAY: gettext_lazy("The day is not noted: %(check)s."),
    Lack.CHECK_TOO_FEW: gettext_lazy("%(held)s of %(needed)s noted: %(check)s."),
}
STATE_NAMES: dict[PlaceState, str | Promise] = {
    PlaceState.WAITING: gettext_lazy("Waiting"),
    PlaceState.PROPOSED: gettext_lazy("Being asked"),
    PlaceState.MATCHED: gettext_lazy("In a match"),
    PlaceState.PAUSED: gettext_lazy("Taking a break"),
    PlaceState.ENDED: gettext_lazy("Ended"),
}
STAGE_NAMES: dict[Stage, str | Promise] = {
    Stage.PREPARE: pgettext_lazy("phase", "Prepare"),
    Stage.MEET: pgettext_lazy("phase", "Meet"),
    Stage.MAP: pgettext_lazy("phase", "Map"),
    Stage.MOVE: pgettext_lazy("phase", "Move"),
    Stage.LOOK_AGAIN: pgettext_lazy("phase", "Look again"),
    Stage.CLOSE: pgettext_lazy("phase", "Close"),
    Stage.FOLLOW_UP: pgettext_lazy("phase", "Follow-up"),
}
STAGE_WORDS: dict[Stage, str | Promise] = {
    Stage.PREPARE: gettext_lazy("Before the first meeting."),
    Stage.MEET: gettext_lazy("The first weeks: getting to know each other."),
    Stage.MAP: gettext_lazy("Finding out what matters and choosing goals."),
    Stage.MOVE: gettext_lazy("Meeting regularly and taking small steps."),
    Stage.LOOK_AGAIN: gettext_lazy("Seeing what has changed."),
    Stage.CLOSE: gettext_lazy("Saying goodbye well."),
    Stage.FOLLOW_UP: gettext_lazy("After the last meeting."),
}
REASON_NAMES: dict[Reason, str | Promise] = {
    Reason.LANGUAGE: gettext_lazy("no shared language yet"),
    Reason.TIMES: gettext_lazy("no shared times yet"),
    Reason.PLACE: gettext_lazy("far from everyone so far"),
    Reason.TOPIC: gettext_lazy("the help that is needed is rarely offered"),
    Reason.WISH_WOMAN: gettext_lazy("wishes for a woman as mentor"),
    Reason.WISH_MAN: gettext_lazy("wishes for a man as mentor"),
    Reason.INTERPRETER: gettext_lazy("an interpreter is needed"),
    Reason.CHECKS: gettext_lazy("checks or training not complete"),
    Reason.UNREACHED: gettext_lazy("not reached so far"),
    Reason.OWN_WISH: gettext_lazy("wishes to begin later"),
}


def missing_sentences(missing: Iterable[Missing]) -> list[str]:
    """All that is missing; the checks of which nothing is noted stand together."""
    given = list(missing)
    absent = [one for one in given if one.lack is Lack.CHECK_MISSING]
    said = [missing_sentence(one) for one in given if one not in absent]
    if absent:
        names = and_list([check_name(one.check) for one in absent])
        said.append(str(LACKS[Lack.CHECK_MISSING]) % {"check": names})
    return said


def missing_sentence(missing: Missing) -> str:
    """One thing that is missing, with its day where it has one."""
    return str(LACKS[missing.lack]) % {
        "check": check_name(missing.check) if missing.check else "",
        "date": full_day(missing.on) if missing.on else "",
        "held": missing.held,
        "needed": missing.needed,
    }


def check_name(kind: str | CheckKind) -> str:
    """A mentor's check in words."""
    key = kind.value if isinstance(kind, CheckKind) else kind
    names = {label.key: label.name for label in template_words().checks}
    return names[key].say(get_language() or "en")


def waiting_words(since: date, today: date) -> str:
    """ "waiting for 23 days, since 30 October"."""
    days = (today - since).days
    if days <= 0:
        return _("waiting since today")
    day = day_and_month(since) if since.year == today.year else full_day(since)
    sentence = ngettext(
        "waiting for %(days)d day, since %(date)s",
        "waiting for %(days)d days, since %(date)s",
        days,
    )
    return sentence % {"days": days, "date": day}


FEW_DAYS, FEW_WEEKS = 14, 20


def stretch_words(days: int) -> str:
    """ "9 days", "about 6 weeks", "about 5 months": as exact as it is of use."""
    if days < FEW_DAYS:
        return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
    weeks = round(days / 7)
    if weeks < FEW_WEEKS:
        said = ngettext("about %(number)d week", "about %(number)d weeks", weeks)
        return said % {"number": weeks}
    months = round(days / 30.4)
    said = ngettext("about %(number)d month", "about %(number)d months", months)
    return said % {"number": months}


def expectation_sentences(found: Expectation | None) -> list[str]:
    """How long waiting took for others, with what the figures are and what they are not."""
    if found is None:
        few = ngettext(
            "We cannot say yet how long it takes: fewer than %(number)d person has found a match"
            " here so far.",
            "We cannot say yet how long it takes: fewer than %(number)d people have found a match"
            " here so far.",
            FEWEST,
        )
        return [few % {"number": FEWEST}]
    who = ngettext(
        "This is how long the last %(number)d person waited here until both sides said yes.",
        "This is how long the last %(number)d people waited here until both sides said yes.",
        found.number,
    )
    return [
        who % {"number": found.number},
        _("The shortest wait was %(shortest)s, the longest %(longest)s.")
        % {
            "shortest": stretch_words(found.shortest_days),
            "longest": stretch_words(found.longest_days),
        },
        _("Half of them waited %(middle)s or less.") % {"middle": stretch_words(found.middle_days)},
        _("People who are still waiting are not counted, so it can also take longer."),
    ]


def reasons_words(codes: Iterable[str]) -> str:
    """The practical reasons in one line; empty when there are none."""
    noted = set(codes)
    known = [REASON_NAMES[reason] for reason in Reason if reason.value in noted]
    return and_list(known) if known else ""
