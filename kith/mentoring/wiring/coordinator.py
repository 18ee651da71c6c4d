"""Lines on Today for coordinators: matches that ask for something."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.gate.actor import Actor
from kith.gate.roles import Role
from kith.matching.rules.words import called
from kith.mentoring.models import Match
from kith.mentoring.queries import care
from kith.mentoring.rules.attention import Reason
from kith.mentoring.rules.members import both_sides
from kith.mentoring.rules.words import Words, attention_sentence
from kith.mentoring.wiring.pages import check_page
from kith.people.rules import Side
from kith.web import today
from kith.web.words import near


class SaySide(NamedTuple):
    """What a line about one side asks for, and where it leads."""

    what: Words
    act: Words
    address: Callable[[Match, Side], str]
    weight: int


def _talk_page(match: Match, side: Side) -> str:
    return f"{reverse('mentoring:new_talk', args=[match.pk])}?side={side.value}"


SIDES = {
    Reason.OFFER: SaySide(
        gettext_lazy("Offer %(name)s a talk"), gettext_lazy("Note the talk"), _talk_page, 79
    ),
    Reason.TALK: SaySide(
        gettext_lazy("Ask %(name)s how it is going with %(other)s"),
        gettext_lazy("Note the talk"),
        _talk_page,
        60,
    ),
    Reason.CHECK: SaySide(
        gettext_lazy("Go through six statements with %(name)s"),
        gettext_lazy("Open the statements"),
        check_page,
        50,
    ),
}


class Say(NamedTuple):
    """What a line on Today asks for, and where it leads."""

    what: Words
    act: Words
    page: str


CALL = Say(gettext_lazy("Call %(names)s"), gettext_lazy("Open match"), "mentoring:match")
ENDS = {
    Reason.ENDING: Say(
        gettext_lazy("Plan a good ending for %(names)s"),
        gettext_lazy("Plan the ending"),
        "mentoring:plan_ending",
    ),
    Reason.CLOSING: Say(
        gettext_lazy("Close the match of %(names)s"),
        gettext_lazy("Close the match"),
        "mentoring:close",
    ),
}


def _names(match: Match) -> str:
    return both_sides(match)


def in_care(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Matches of one's own people that ask for a call."""
    if not actor.has(Role.COORDINATOR):
        return
    for one in care.in_care(actor, today=day):
        if one.attention.side is not None:
            yield _side_line(one, one.attention.side, day)
            continue
        ends = one.attention.reason in ENDS
        say = ENDS.get(one.attention.reason, CALL)
        yield today.TodayLine(
            kind=today.Kind.PLAN if ends else today.Kind.CALL,
            what=str(say.what) % {"names": _names(one.match)},
            why=attention_sentence(one.attention, one.dates, one.care, today=day),
            action_label=str(say.act),
            url=reverse(say.page, args=[one.match.pk]),
            weight=35 if ends else 80,
        )


def _side_line(one: care.InCare, side: Side, day: date) -> today.TodayLine:
    """The coordinator turns to one of the two."""
    match, say = one.match, SIDES[one.attention.reason]
    pair = [match.participant, match.mentor]
    person, other = pair if side is Side.PARTICIPANT else reversed(pair)
    return today.TodayLine(
        kind=today.Kind.CALL,
        what=str(say.what) % {"name": called(person), "other": called(other)},
        why=attention_sentence(one.attention, one.dates, one.care, today=day),
        action_label=str(say.act),
        url=say.address(match, side),
        weight=say.weight,
    )


def to_bring_together(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Both said yes: the coordinator opens their first meeting."""
    if not actor.has(Role.COORDINATOR):
        return
    for match in care.to_bring_together(actor, today=day):
        yield today.TodayLine(
            kind=today.Kind.PLAN,
            what=_("Bring %(names)s together") % {"names": _names(match)},
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
