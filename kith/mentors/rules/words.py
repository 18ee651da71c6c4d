"""The checklist in words."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.mentors.rules.checklist import TRAINING, Line, State
from kith.mentors.rules.references import State as Reference
from kith.people.rules import CheckKind
from kith.programmes.rules.words import check_name
from kith.web.words import full_day, near

STATES: dict[State, str | Promise] = {
    State.MISSING: gettext_lazy("Still needed"),
    State.PARTLY: gettext_lazy("Partly there"),
    State.NO_DAY: gettext_lazy("Day not noted"),
    State.ENDED: gettext_lazy("Ended"),
    State.ENDS_SOON: gettext_lazy("Ends soon"),
    State.DONE: gettext_lazy("Done"),
}
TONES: dict[State, str] = {
    State.MISSING: "warn",
    State.PARTLY: "warn",
    State.NO_DAY: "warn",
    State.ENDED: "warn",
    State.ENDS_SOON: "warn",
    State.DONE: "good",
}
REFERENCE_STATES: dict[Reference, str | Promise] = {
    Reference.ASKED: gettext_lazy("Asked, no answer yet"),
    Reference.ANSWERED: gettext_lazy("Answered"),
    Reference.REFUSED: gettext_lazy("Would rather not say anything"),
    Reference.COUNTS: gettext_lazy("Counts"),
    Reference.COUNTS_NOT: gettext_lazy("Does not count"),
}
REFERENCE_TONES: dict[Reference, str] = {
    Reference.ASKED: "calm",
    Reference.ANSWERED: "info",
    Reference.REFUSED: "calm",
    Reference.COUNTS: "good",
    Reference.COUNTS_NOT: "calm",
}
# What a mentor does about a line, for lines without a page of their own.
HOW: dict[str, str | Promise] = {
    CheckKind.IDENTITY: gettext_lazy(
        "Bring a paper with your picture to the office. We look at it and keep no copy."
    ),
    CheckKind.INTERVIEW: gettext_lazy("Your coordinator calls you and finds a time for a talk."),
    CheckKind.RECORD_CHECK: gettext_lazy(
        "Ask the authority for the certificate and bring it to the office. We note the day and keep"
        " no copy."
    ),
    CheckKind.CHILD_WORK_CHECK: gettext_lazy(
        "Needed before you meet families with children. Your coordinator tells you where to ask."
    ),
    CheckKind.CONFLICT_OF_INTEREST: gettext_lazy(
        "Tell your coordinator whether you rent out flats, employ people or sell something to"
        " newcomers."
    ),
    CheckKind.MONEY_RULES: gettext_lazy("Read the rules on money with your coordinator."),
    TRAINING: gettext_lazy("Your coordinator tells you when the next training begins."),
}


def name_of(line: Line) -> str:
    """What is asked for."""
    return _("Training") if line.kind == TRAINING else check_name(line.kind)


def when_of(line: Line, today: date) -> str:
    """When it was done, who saw it and until when it holds, as far as that is noted."""
    said = []
    if line.done_on and line.seen_by:
        names = {"day": full_day(line.done_on), "name": line.seen_by}
        said.append(_("Done on %(day)s, seen by %(name)s.") % names)
    elif line.done_on:
        said.append(_("Done on %(day)s.") % {"day": full_day(line.done_on)})
    if line.needed > 1:
        said.append(
            _("%(held)d of %(needed)d are there.") % {"held": line.held, "needed": line.needed}
        )
    if line.until:
        ended = line.state is State.ENDED
        text = _("It ended %(when)s.") if ended else _("It holds until %(day)s.")
        said.append(text % {"when": near(line.until, today), "day": full_day(line.until)})
    if line.only_with_minors and line.is_open:
        said.append(_("Only needed where children are about."))
    return " ".join(said)


def how_of(line: Line) -> str:
    """What the mentor does about it; empty when nothing is to be done."""
    return str(HOW.get(line.kind, "")) if needs_an_act(line) else ""


def needs_an_act(line: Line) -> bool:
    """Whether it is missing, or ends so soon that somebody should begin."""
    return line.is_open or line.state is State.ENDS_SOON
