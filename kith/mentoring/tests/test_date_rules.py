"""Every rule of dates: nothing a day before its limit, a line on the limit, an act that clears it.

The rules themselves are tested for each template beside them; here the whole way is gone through.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import resolve, reverse

from kith.base import scope
from kith.mentoring.queries.care import InCare
from kith.mentoring.rules.attention import Dates, Reason, attentions, care_of, look_open
from kith.mentoring.rules.states import MatchState
from kith.mentoring.tests.factories import MatchFactory
from kith.mentoring.views.caring import SAY, care_line
from kith.people.rules import Side
from kith.programmes.rules import load_template

DAY = timedelta(days=1)
CARE = care_of(load_template("de_tandem"))
BEGAN = date(2026, 6, 1)
END = BEGAN + timedelta(weeks=26)
QUIET = Dates(
    state=MatchState.ACTIVE,
    agreed_on=BEGAN - timedelta(days=5),
    started_on=BEGAN,
    last_meeting_on=BEGAN + timedelta(days=60),
    planned_end_on=END,
    called_off=0,
    called_off_on=None,
    checked=dict.fromkeys(Side, 24),
)
"""A match about which nothing is asked but the next meeting."""
ON = BEGAN + timedelta(days=70)
LATER = replace(QUIET, last_meeting_on=ON + timedelta(days=200))

LIMITS = {
    Reason.WISH: (replace(LATER, wished_on={Side.MENTOR: ON}), ON),
    Reason.CALL_AGAIN: (replace(LATER, again_on={Side.MENTOR: ON}), ON),
    Reason.CALLED_OFF: (replace(LATER, called_off=3, called_off_on=ON), ON),
    Reason.OFFER: (
        replace(LATER, talks_from=ON + 400 * DAY, offered_on={Side.PARTICIPANT: ON}),
        ON,
    ),
    Reason.NO_FIRST_MEETING: (
        replace(QUIET, started_on=None, last_meeting_on=None, planned_end_on=None),
        QUIET.agreed_on + timedelta(days=14),
    ),
    Reason.LOOK_AGAIN: (
        replace(LATER, talks_from=BEGAN, talked_on=dict.fromkeys(Side, END)),
        BEGAN + timedelta(weeks=11, days=13),
    ),
    Reason.QUIET: (QUIET, BEGAN + timedelta(days=60 + 21)),
    Reason.PAUSE: (replace(QUIET, state=MatchState.PAUSED, review_on=ON), ON),
    Reason.ENDING: (LATER, END - timedelta(weeks=4)),
    Reason.CLOSING: (replace(LATER, farewell_on=ON), ON + DAY),
}


def of(reason, dates, day):
    return [one for one in attentions(dates, CARE, today=day) if one.reason is reason]


@pytest.mark.parametrize("reason", list(LIMITS))
def test_a_rule_is_silent_the_day_before_its_limit_and_speaks_on_it(reason) -> None:
    dates, limit = LIMITS[reason]

    assert (len(of(reason, dates, limit - DAY)), len(of(reason, dates, limit))) == (0, 1)


@pytest.mark.parametrize(("side", "due"), [(side, 6 + 7) for side in Side])
def test_a_talk_with_each_side_is_asked_for_after_its_week(side, due) -> None:
    dates = replace(LATER, talks_from=BEGAN)
    first = BEGAN + timedelta(weeks=CARE.talks.weeks[0] - 1)
    limit = first + timedelta(days=6 + CARE.talk_days_late)

    def asked(day):
        return [one for one in of(Reason.TALK, dates, day) if one.side is side]

    assert (len(asked(limit - DAY)), len(asked(limit))) == (0, 1)


@pytest.mark.parametrize("week", CARE.check_weeks)
def test_the_six_statements_are_asked_for_a_week_after_theirs(week) -> None:
    before = max((one for one in CARE.check_weeks if one < week), default=0)
    dates = replace(LATER, talks_from=BEGAN, checked=dict.fromkeys(Side, before))
    limit = BEGAN + timedelta(weeks=week - 1, days=6 + 7)

    assert (len(of(Reason.CHECK, dates, limit - DAY)), len(of(Reason.CHECK, dates, limit))) == (
        0,
        2,
    )


@pytest.mark.parametrize("week", CARE.look_weeks)
def test_a_new_map_is_offered_by_the_coordinator_a_week_after_its_week(week) -> None:
    first = BEGAN + timedelta(weeks=week - 1)
    dates = replace(LATER, talks_from=BEGAN, looked_on=first - timedelta(days=15))
    limit = first + timedelta(days=6 + 7)

    asked = [len(of(Reason.LOOK_AGAIN, dates, day)) for day in (limit - DAY, limit)]

    assert asked == [0, 1]


@pytest.mark.parametrize(
    ("looked", "wants", "asked"),
    [(-15, True, 1), (-14, True, 0), (0, True, 0), (-15, False, 0)],
)
def test_a_map_up_to_two_weeks_early_counts_and_who_wants_none_is_not_asked(
    looked, wants, asked
) -> None:
    first = BEGAN + timedelta(weeks=CARE.look_weeks[0] - 1)
    looked_on = first + timedelta(days=looked)
    dates = replace(LATER, talks_from=BEGAN, looked_on=looked_on, wants_maps=wants)

    assert len(of(Reason.LOOK_AGAIN, dates, first + timedelta(days=13))) == asked


@pytest.mark.parametrize(("days", "week"), [(-1, None), (0, 12), (83, 12), (84, 24)])
def test_the_pair_can_look_again_from_the_first_day_of_the_week(days, week) -> None:
    dates = replace(LATER, talks_from=BEGAN)
    day = BEGAN + timedelta(weeks=11, days=days)

    assert look_open(dates, CARE, today=day) == week


def test_every_rule_has_a_line_that_leads_to_an_act() -> None:
    assert set(SAY) == set(Reason)


@pytest.mark.django_db
@pytest.mark.parametrize("reason", list(LIMITS))
def test_the_line_names_what_to_do_and_leads_to_the_page_that_clears_it(reason) -> None:
    match = MatchFactory(participant__called="Olena", mentor__called="Marta")
    dates, limit = LIMITS[reason]
    with scope.entered(match.organisation_id):
        line = care_line(InCare(match, dates, CARE, of(reason, dates, limit)[0]), limit)

    page = resolve(line.url.split("?")[0])
    assert (page.namespace, page.kwargs["pk"]) == ("mentoring", match.pk)
    assert line.url.startswith(reverse("mentoring:match", args=[match.pk]))
    assert line.what
    assert line.why
    assert line.action_label
