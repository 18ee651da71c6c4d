"""What a match asks for, as a line: what to do, why, and the act that clears it."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy

from kith.matching.rules.words import called
from kith.mentoring.models import Match
from kith.mentoring.queries.care import InCare
from kith.mentoring.rules.attention import Attention, Reason
from kith.mentoring.rules.members import both_sides
from kith.mentoring.rules.rising import Step
from kith.mentoring.rules.words import Words, attention_sentence, rising_sentence
from kith.people.rules import Side
from kith.web.today import Kind, TodayLine


class Say(NamedTuple):
    """What a line asks for, where it leads, and how early it stands before and at its call."""

    what: Words
    act: Words
    page: Callable[[Match, Attention], str]
    weight: int
    weight_of_call: int


def talk_page(match: Match, about: Attention) -> str:
    """Where a call is noted; the page knows with whom and about what."""
    side = f"&side={about.side.value}" if about.side else ""
    return f"{reverse('mentoring:new_talk', args=[match.pk])}?about={about.reason.value}{side}"


def check_page(match: Match, about: Attention) -> str:
    """Where one side answers the six statements."""
    return reverse("mentoring:check", args=[match.pk, (about.side or Side.PARTICIPANT).value])


def _page(name: str) -> Callable[[Match, Attention], str]:
    return lambda match, _about: reverse(f"mentoring:{name}", args=[match.pk])


NOTE_CALL, NOTE_TALK = gettext_lazy("Note the call"), gettext_lazy("Note the talk")
CALL_BOTH = gettext_lazy("Call %(names)s")
SAY: dict[Reason, Say] = {
    Reason.WISH: Say(
        gettext_lazy("Talk with %(name)s: what comes next?"),
        gettext_lazy("Look at the wish"),
        _page("wish"),
        87,
        87,
    ),
    Reason.CALL_AGAIN: Say(gettext_lazy("Call %(name)s again"), NOTE_CALL, talk_page, 86, 86),
    Reason.CALLED_OFF: Say(CALL_BOTH, NOTE_CALL, talk_page, 85, 85),
    Reason.OFFER: Say(gettext_lazy("Offer %(name)s a talk"), NOTE_TALK, talk_page, 84, 84),
    Reason.NO_FIRST_MEETING: Say(CALL_BOTH, NOTE_CALL, talk_page, 80, 83),
    Reason.QUIET: Say(CALL_BOTH, NOTE_CALL, talk_page, 80, 83),
    Reason.TALK: Say(
        gettext_lazy("Ask %(name)s how it is going with %(other)s"), NOTE_TALK, talk_page, 60, 66
    ),
    Reason.CHECK: Say(
        gettext_lazy("Go through six statements with %(name)s"),
        gettext_lazy("Open the statements"),
        check_page,
        50,
        64,
    ),
    Reason.LOOK_AGAIN: Say(
        gettext_lazy("Offer %(name)s a new look at the domain map"),
        gettext_lazy("Look at the map"),
        _page("look_again"),
        36,
        36,
    ),
    Reason.PAUSE: Say(
        gettext_lazy("Ask %(names)s how things stand"),
        gettext_lazy("Look at the pause"),
        _page("review_pause"),
        48,
        62,
    ),
    Reason.ENDING: Say(
        gettext_lazy("Plan a good ending for %(names)s"),
        gettext_lazy("Plan the ending"),
        _page("plan_ending"),
        35,
        58,
    ),
    Reason.CLOSING: Say(
        gettext_lazy("Close the match of %(names)s"),
        gettext_lazy("Close the match"),
        _page("close"),
        35,
        58,
    ),
}
PLANS = frozenset({Reason.LOOK_AGAIN, Reason.PAUSE, Reason.ENDING, Reason.CLOSING})


def care_line(one: InCare, day: date) -> TodayLine:
    """One match with its most pressing reason."""
    match, about, say = one.match, one.attention, SAY[one.attention.reason]
    is_call = one.step(day) is Step.CALL
    return TodayLine(
        kind=Kind.PLAN if about.reason in PLANS and not is_call else Kind.CALL,
        what=str(say.what) % _named(match, about.side),
        why=sentences(one, day),
        action_label=str(say.act),
        url=say.page(match, about),
        weight=say.weight_of_call if is_call else say.weight,
    )


def sentences(one: InCare, day: date) -> str:
    """Why a match asks for attention, and what was done about it so far."""
    why = attention_sentence(one.attention, one.dates, one.care, today=day)
    return f"{why} {rising_sentence(one.attention, one.dates, one.care, today=day)}".strip()


def _named(match: Match, side: Side | None) -> dict[str, str]:
    pair = [called(match.participant), called(match.mentor)]
    person, other = pair if side is Side.PARTICIPANT else reversed(pair)
    return {"names": both_sides(match), "name": person, "other": other}
