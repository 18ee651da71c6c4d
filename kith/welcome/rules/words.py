"""The codes of this room in words: for the office, and for the person who reads with a code."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.people.rules import CHANNELS, Side
from kith.people.rules.labels import CHANNELS as CHANNEL_WORDS
from kith.people.rules.labels import NEEDS, Words
from kith.web.words import near
from kith.welcome.rules.states import Agreed, AskedBy, Deed, State

# Ways in which someone can be reached who has no record yet.
WAYS: Words = {
    code: CHANNEL_WORDS[code] for code in CHANNELS if code not in {"letter", "in_person"}
}
NEED_ICONS = {
    "language": "language",
    "work": "work",
    "money": "paper",
    "recognition": "star",
    "learning": "learning",
    "school": "pen",
    "housing": "housing",
    "health": "health",
    "social": "cup",
    "family": "people",
    "offices": "offices",
    "digital": "phone",
    "belonging": "belonging",
}
NEED_WORDS: Words = NEEDS

SIDES: dict[Side, str | Promise] = {
    Side.MENTOR: gettext_lazy("Wants to be a mentor"),
    Side.PARTICIPANT: gettext_lazy("Would like a mentor"),
}
STATES: dict[State, str | Promise] = {
    State.RECEIVED: gettext_lazy("Waits for a word from us"),
    State.ASKED: gettext_lazy("We asked something"),
    State.PLANNED: gettext_lazy("A talk is planned"),
    State.ACCEPTED: gettext_lazy("Accepted"),
    State.DECLINED: gettext_lazy("Declined"),
    State.WITHDRAWN: gettext_lazy("Taken back"),
    State.LAPSED: gettext_lazy("No answer came"),
}
DEEDS: dict[Deed, str | Promise] = {
    Deed.RECEIVED: gettext_lazy("Arrived"),
    Deed.QUESTION: gettext_lazy("We asked"),
    Deed.ANSWER: gettext_lazy("The answer"),
    Deed.INVITED: gettext_lazy("Invited to a talk"),
    Deed.COMING: gettext_lazy("Said yes to the talk"),
    Deed.OTHER_TIME: gettext_lazy("Asked for another time"),
    Deed.NOTE: gettext_lazy("A note of the office"),
    Deed.ACCEPTED: gettext_lazy("Accepted"),
    Deed.DECLINED: gettext_lazy("Declined"),
    Deed.WITHDRAWN: gettext_lazy("Taken back"),
    Deed.LAPSED: gettext_lazy("Closed: no answer came"),
}
OWN_DEEDS: dict[Deed, str | Promise] = {
    **DEEDS,
    Deed.RECEIVED: gettext_lazy("Your words arrived"),
    Deed.ANSWER: gettext_lazy("You answered"),
    Deed.INVITED: gettext_lazy("We invited you to a talk"),
    Deed.COMING: gettext_lazy("You said that you will come"),
    Deed.OTHER_TIME: gettext_lazy("You asked for another time"),
    Deed.ACCEPTED: gettext_lazy("We said yes"),
    Deed.DECLINED: gettext_lazy("We cannot go on"),
    Deed.WITHDRAWN: gettext_lazy("You took it back"),
    Deed.LAPSED: gettext_lazy("Closed, because we did not hear from you"),
}
ICONS: dict[Deed, str] = {
    Deed.RECEIVED: "letter",
    Deed.QUESTION: "question",
    Deed.ANSWER: "letter",
    Deed.INVITED: "calendar",
    Deed.COMING: "check",
    Deed.OTHER_TIME: "clock",
    Deed.NOTE: "pen",
    Deed.ACCEPTED: "check",
    Deed.DECLINED: "close",
    Deed.WITHDRAWN: "leave",
    Deed.LAPSED: "clock",
}
AGREED: dict[Agreed, str | Promise] = {
    Agreed.HERE: gettext_lazy("They are here with me and read along"),
    Agreed.TOLD: gettext_lazy("They told me so"),
    Agreed.WROTE: gettext_lazy("They wrote it to me"),
}
ASKED_BY: dict[AskedBy, str | Promise] = {
    AskedBy.SELF: gettext_lazy("Asked personally"),
    AskedBy.HELPER: gettext_lazy("Asked by someone who helps, with the person's knowledge"),
    AskedBy.ORGANISATION: gettext_lazy("Asked by an organisation, with the person's knowledge"),
}


def stands_words(state: State, *, is_ours: bool) -> str:
    """Where it stands, for the office: after a talk it is our turn."""
    if state is State.PLANNED and is_ours:
        return _("After the talk")
    return str(STATES[state])


def own_state(state: State, side: Side) -> str:
    """Where it stands, said to the person."""
    if state is State.ACCEPTED:
        if side is Side.MENTOR:
            return _("Welcome: we would like you as a mentor.")
        return _("Welcome: you take part.")
    return {
        State.RECEIVED: _("We have your words and read them."),
        State.ASKED: _("We have a question for you."),
        State.PLANNED: _("We would like to talk with you."),
        State.DECLINED: _("We cannot go on this time."),
        State.WITHDRAWN: _("You took this back."),
        State.LAPSED: _("This is closed, because we did not hear from you."),
    }[state]


def own_promise(
    state: State, side: Side, *, due_on: date | None, talk_at: datetime | None, today: date
) -> str:
    """What happens next, who does it, and by when."""
    if state is State.RECEIVED and due_on:
        if due_on < today:
            return _("We promised an answer %(when)s. We are late, and we are sorry.") % {
                "when": near(due_on, today)
            }
        return _("You hear from us at the latest %(when)s.") % {"when": near(due_on, today)}
    if state is State.ASKED and due_on:
        return _asked(side, due_on, today)
    if state is State.PLANNED and talk_at:
        return talk_words(talk_at, today)
    return {
        State.ACCEPTED: _("A coordinator gets in touch with you about the next step."),
        State.DECLINED: _("Below is our letter to you. You may ask again later."),
        State.WITHDRAWN: _("Everything you wrote is erased within %(days)d days.") % {"days": 7},
        State.LAPSED: _("You may ask again at any time."),
    }.get(state, "")


def _asked(side: Side, due_on: date, today: date) -> str:
    if side is Side.PARTICIPANT:
        return _("Answer below whenever you can. You may also call us.")
    return _(
        "Answer below at the latest %(when)s. After that we close this; you may ask again."
    ) % {"when": near(due_on, today)}


def talk_words(talk_at: datetime, today: date) -> str:
    """ "in 3 days, on 4 December, at 17:00"."""
    local = timezone.localtime(talk_at)
    return _("%(day)s, at %(time)s") % {
        "day": near(local.date(), today),
        "time": local.strftime("%H:%M"),
    }


def due_words(state: State, due_on: date | None, today: date) -> str:
    """By when we promised a word, for the office."""
    if due_on is None or state is State.ASKED:
        return ""
    if due_on < today:
        return _("promised %(when)s") % {"when": near(due_on, today)}
    return _("a word is due %(when)s") % {"when": near(due_on, today)}
