"""Sentences about matches, meetings and goals in the language of the page."""

from collections.abc import Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from kith.mentoring.rules.attention import (
    Attention,
    Care,
    Dates,
    Reason,
    check_after,
    look_after,
    look_open,
    stretch_in,
    talk_due,
    week_of,
)
from kith.mentoring.rules.mentors import SessionState
from kith.mentoring.rules.rising import CALL_AT_ONCE, Step, reminded_on, step_of
from kith.mentoring.rules.scaling import Outcome
from kith.mentoring.rules.states import (
    ChosenBy,
    CloseReason,
    GoalState,
    MatchState,
    MeetingState,
    PauseReason,
    TalkWay,
)
from kith.mentoring.rules.texts import topic_areas, ways_of_meeting
from kith.people.rules import Side
from kith.web.words import comma_list, day_and_month, near

Words = str | Promise

STATE_WORDS: dict[MatchState, Words] = {
    MatchState.STARTING: _lazy("Starting"),
    MatchState.ACTIVE: _lazy("Active"),
    MatchState.PAUSED: _lazy("Paused"),
    MatchState.CLOSED: _lazy("Closed"),
}
MEETING_WORDS: dict[MeetingState, Words] = {
    MeetingState.PLANNED: _lazy("Planned"),
    MeetingState.HELD: _lazy("Met"),
    MeetingState.MISSED: _lazy("Did not take place"),
    MeetingState.CANCELLED: _lazy("Called off"),
}
GOAL_WORDS: dict[GoalState, Words] = {
    GoalState.ACTIVE: _lazy("Working on it"),
    GoalState.REACHED: _lazy("Reached"),
    GoalState.LET_GO: _lazy("Let go"),
}
CHOSEN_WORDS: dict[ChosenBy, Words] = {
    ChosenBy.PARTICIPANT: _lazy("chosen by the participant"),
    ChosenBy.TOGETHER: _lazy("chosen by both together"),
}
OUTCOME_WORDS: dict[Outcome, Words] = {
    Outcome.MUCH_LESS: _lazy("Much less than expected"),
    Outcome.LESS: _lazy("Less than expected"),
    Outcome.EXPECTED: _lazy("As expected"),
    Outcome.MORE: _lazy("More than expected"),
    Outcome.MUCH_MORE: _lazy("Much more than expected"),
}
TALK_WORDS: dict[TalkWay, Words] = {
    TalkWay.CALL: _lazy("By phone"),
    TalkWay.IN_PERSON: _lazy("In person"),
    TalkWay.VIDEO: _lazy("By video"),
    TalkWay.MESSAGE: _lazy("In writing"),
}
PAUSE_WORDS: dict[PauseReason, Words] = {
    PauseReason.AWAY: _lazy("Someone is away"),
    PauseReason.ILLNESS: _lazy("Someone is ill"),
    PauseReason.WORK: _lazy("Work or studies leave no time"),
    PauseReason.FAMILY: _lazy("The family needs someone now"),
    PauseReason.MOVING: _lazy("Someone is moving house"),
    PauseReason.WISH: _lazy("One of them wished for a pause"),
    PauseReason.OTHER: _lazy("Another reason"),
}
SESSION_WORDS: dict[SessionState, Words] = {
    SessionState.PLANNED: _lazy("Planned"),
    SessionState.HELD: _lazy("Held"),
    SessionState.CALLED_OFF: _lazy("Called off"),
}
REMINDED_OF_WORDS: dict[Reason, Words] = {
    Reason.NO_FIRST_MEETING: _lazy("of the first meeting"),
    Reason.QUIET: _lazy("of the next meeting"),
    Reason.CHECK: _lazy("of the six statements"),
}
CLOSE_WORDS: dict[CloseReason, Words] = {
    CloseReason.PLANNED_END: _lazy("The planned time is over"),
    CloseReason.GOALS_REACHED: _lazy("What was hoped for is reached"),
    CloseReason.WISH_OF_PARTICIPANT: _lazy("The participant wishes to end"),
    CloseReason.WISH_OF_MENTOR: _lazy("The mentor wishes to end"),
    CloseReason.NO_CLICK: _lazy("The two were not right for each other; nobody is to blame"),
    CloseReason.MOVED_AWAY: _lazy("One of them moved away"),
    CloseReason.NO_TIME: _lazy("There is no time for it now"),
    CloseReason.NO_CONTACT: _lazy("Contact was lost"),
    CloseReason.OTHER: _lazy("Another reason"),
}


def attention_sentence(attention: Attention, dates: Dates, care: Care, *, today: date) -> str:
    """Why a match asks for attention, with the date and the rule behind it."""
    return _SAY[attention.reason](attention, dates, care, today)


def rising_sentence(attention: Attention, dates: Dates, care: Care, *, today: date) -> str:
    """What was done about it so far: who was reminded, and that a call is next; may be empty."""
    said, day = [], reminded_on(attention, dates)
    if day is not None:
        words = _REMINDED[attention.side] if attention.side else _BOTH_REMINDED
        said.append(str(words) % {"when": near(day, today)})
    is_call = step_of(attention, care, today=today) is Step.CALL
    if is_call and attention.reason not in CALL_AT_ONCE:
        since = {"date": day_and_month(attention.on)}
        said.append(_("On the list since %(date)s: it is time for a call.") % since)
    return " ".join(said)


_BOTH_REMINDED = _lazy("Both were reminded %(when)s.")
_REMINDED = {
    Side.PARTICIPANT: _lazy("The participant was reminded %(when)s."),
    Side.MENTOR: _lazy("The mentor was reminded %(when)s."),
}


def _quiet(_attention: Attention, dates: Dates, care: Care, today: date) -> str:
    last, started = dates.last_meeting_on or today, dates.started_on or today
    days = (today - last).days
    weeks = stretch_in(week_of(today, started_on=started), care).every_weeks
    fact = ngettext("No meeting for %(days)d day.", "No meeting for %(days)d days.", days)
    rule = ngettext(
        "The programme plans one every week.",
        "The programme plans one every %(weeks)d weeks.",
        weeks,
    )
    return " ".join([fact % {"days": days}, rule % {"weeks": weeks}, *_planned(dates, today)])


def _planned(dates: Dates, today: date) -> list[str]:
    """The next meeting, where one is planned: perhaps nobody has to call."""
    if dates.next_meeting_on is None or dates.next_meeting_on < today:
        return []
    return [_("The next one is planned %(when)s.") % {"when": near(dates.next_meeting_on, today)}]


def _no_first_meeting(_attention: Attention, dates: Dates, _care: Care, today: date) -> str:
    said = near(dates.agreed_on, today)
    fact = _("Both said yes %(when)s, and no first meeting is noted yet.") % {"when": said}
    return " ".join([fact, *_planned(dates, today)])


def _called_off(_attention: Attention, dates: Dates, _care: Care, _today: date) -> str:
    sentence = ngettext(
        "%(number)d meeting in a row did not take place.",
        "%(number)d meetings in a row did not take place.",
        dates.called_off,
    )
    return sentence % {"number": dates.called_off}


def _ending(_attention: Attention, dates: Dates, _care: Care, today: date) -> str:
    end = dates.planned_end_on or today
    if end < today:
        return _("The planned time ended on %(date)s.") % {"date": day_and_month(end)}
    return _("The planned time ends on %(date)s. A closing talk takes some weeks to plan.") % {
        "date": day_and_month(end)
    }


def _talk(attention: Attention, dates: Dates, care: Care, today: date) -> str:
    side = attention.side or Side.PARTICIPANT
    last = dates.talked_on.get(side)
    said = _NO_TALK[side] if last is None else _LAST_TALK[side]
    fact = str(said) % {"when": near(last, today) if last else ""}
    due = talk_due(dates, care, side)
    rule = _("The programme planned a talk in the week of %(date)s.") % {"date": day_and_month(due)}
    return f"{fact} {rule}"


def _offer(attention: Attention, dates: Dates, _care: Care, today: date) -> str:
    side = attention.side or Side.PARTICIPANT
    return str(_ASKS[side]) % {"when": near(dates.offered_on.get(side, today), today)}


def _check(attention: Attention, dates: Dates, care: Care, _today: date) -> str:
    side = attention.side or Side.PARTICIPANT
    return str(_UNANSWERED[side]) % {"week": check_after(dates, care, side) or 0}


def _look_again(attention: Attention, dates: Dates, care: Care, today: date) -> str:
    week = look_open(dates, care, today=today) or look_after(dates, care) or 0
    fact = _("The programme looks at the domain map again in week %(week)d.") % {"week": week}
    costs = _("Whoever would rather not says so; it changes nothing else.")
    return f"{fact} {costs}"


def _call_again(attention: Attention, _dates: Dates, _care: Care, today: date) -> str:
    side = attention.side or Side.PARTICIPANT
    return str(_AGAIN[side]) % {"when": near(attention.since, today)}


def _pause(_attention: Attention, dates: Dates, _care: Care, today: date) -> str:
    day = near(dates.review_on or today, today)
    return _("The match rests. You wanted to ask %(when)s how things stand.") % {"when": day}


def _wish(attention: Attention, _dates: Dates, _care: Care, today: date) -> str:
    side = attention.side or Side.PARTICIPANT
    return str(_WISHES[side]) % {"when": near(attention.since, today)}


_WISHES = {
    Side.PARTICIPANT: _lazy(
        "The participant said %(when)s that they would like somebody else. Nobody asks why."
    ),
    Side.MENTOR: _lazy("The mentor said %(when)s that they would like to stop. Nobody asks why."),
}
_AGAIN = {
    Side.PARTICIPANT: _lazy("You wanted to call the participant again %(when)s."),
    Side.MENTOR: _lazy("You wanted to call the mentor again %(when)s."),
}
_ASKS = {
    Side.PARTICIPANT: _lazy("What the participant answered %(when)s asks for a talk."),
    Side.MENTOR: _lazy("What the mentor answered %(when)s asks for a talk."),
}
_UNANSWERED = {
    Side.PARTICIPANT: _lazy(
        "The participant has not answered the six statements of week %(week)d yet."
    ),
    Side.MENTOR: _lazy("The mentor has not answered the six statements of week %(week)d yet."),
}


def _closing(_attention: Attention, dates: Dates, _care: Care, today: date) -> str:
    day = near(dates.farewell_on or today, today)
    return _("The farewell was planned for %(date)s. Close the match, or plan another day.") % {
        "date": day
    }


_LAST_TALK = {
    Side.PARTICIPANT: _lazy("You talked with the participant %(when)s."),
    Side.MENTOR: _lazy("You talked with the mentor %(when)s."),
}
_NO_TALK = {
    Side.PARTICIPANT: _lazy("No talk with the participant is noted yet."),
    Side.MENTOR: _lazy("No talk with the mentor is noted yet."),
}
_SAY = {
    Reason.WISH: _wish,
    Reason.CALL_AGAIN: _call_again,
    Reason.QUIET: _quiet,
    Reason.NO_FIRST_MEETING: _no_first_meeting,
    Reason.CALLED_OFF: _called_off,
    Reason.OFFER: _offer,
    Reason.TALK: _talk,
    Reason.CHECK: _check,
    Reason.LOOK_AGAIN: _look_again,
    Reason.PAUSE: _pause,
    Reason.ENDING: _ending,
    Reason.CLOSING: _closing,
}


def way_words(way: str) -> str:
    """How two people met."""
    names = {one.key.value: one.name for one in ways_of_meeting()}
    return names[way].say(get_language() or "en") if way in names else ""


def topics_words(keys: Sequence[str]) -> str:
    """Areas a meeting was about, in one line; empty when none were noted."""
    chosen = [area.name for area in topic_areas() if area.key in set(keys)]
    return comma_list([name.say(get_language() or "en") for name in chosen]) if chosen else ""


def length_words(minutes: int) -> str:
    """ "60 minutes"."""
    return ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes}
