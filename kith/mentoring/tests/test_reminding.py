"""Who is reminded of what in a match: both sides of each day, and an end when it is done."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from kith.base import scope
from kith.gate.tests.factories import actor_of
from kith.mentoring.events import CareReminded
from kith.mentoring.models import MatchMember
from kith.mentoring.queries import reminding
from kith.mentoring.tests.factories import (
    CheckFactory,
    GoalFactory,
    MatchFactory,
    MeetingFactory,
    MemberFactory,
    SignatureFactory,
    mentor_of,
    participant_of,
)
from kith.mentoring.wiring import kinds
from kith.people.rules import Side
from kith.people.tests.factories import account_of
from kith.reminders.models import Reminder
from kith.reminders.rules.kinds import About, kind_of

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 4, tzinfo=WARSAW)
DAY = timedelta(days=1)


@pytest.fixture
def match():
    """A match whose two people have sign-ins."""
    match = MatchFactory()
    with scope.entered(match.organisation_id), time_machine.travel(NOW, tick=False):
        match.olena, match.marta = participant_of(match), mentor_of(match)
        yield match


def whom(dues):
    return {(due.user_id, due.subject, due.on, due.link) for due in dues}


def at(day, hour=17):
    return datetime(day.year, day.month, day.day, hour, tzinfo=WARSAW)


# ── Meetings ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("planned_at", "day"),
    [(at(TODAY, 0), TODAY), (at(TODAY, 23), TODAY), (at(TODAY + DAY, 0), TODAY + DAY)],
    ids=str,
)
def test_a_meeting_belongs_to_the_day_of_the_clock_here(match, planned_at, day) -> None:
    meeting = MeetingFactory(match=match, planned=True, planned_at=planned_at)
    both = {
        (user, meeting.pk, day, f"/matches/{match.pk}/")
        for user in (match.olena.user_id, match.marta.user_id)
    }

    assert whom(reminding.meetings(day, day)) == both
    assert whom(reminding.meetings(day - DAY, day - DAY)) == set()
    assert whom(reminding.meetings(day + DAY, day + DAY)) == set()


@pytest.mark.parametrize("state", ["held", "missed", "cancelled"])
def test_a_meeting_that_is_over_reminds_nobody(match, state) -> None:
    minutes = {"minutes": 60, "held_on": TODAY} if state == "held" else {}
    MeetingFactory(match=match, planned=True, state=state, planned_at=at(TODAY), **minutes)

    assert whom(reminding.meetings(TODAY, TODAY)) == set()


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_nobody_is_reminded_while_a_match_rests_or_is_over(match, state) -> None:
    from kith.base import permit

    meeting = MeetingFactory(match=match, planned=True, planned_at=at(TODAY))
    GoalFactory(match=match, due_on=TODAY)
    about = About(match.marta.user_id, meeting.pk)
    before = reminding.meetings_still([about])
    match.state, match.closed_on, match.close_reason = state, TODAY, "other"
    with permit.lifted():
        match.save()

    assert before == [about]
    assert reminding.meetings_still([about]) == []
    assert whom(reminding.meetings(TODAY, TODAY)) == set()
    assert whom(reminding.goals(TODAY, TODAY)) == set()
    assert whom(reminding.statements(TODAY - 30 * DAY, TODAY)) == set()


def test_only_the_mentors_side_is_reminded_of_a_note(match) -> None:
    second = MemberFactory(match=match)
    jan = account_of(second.person, "mentor")
    meeting = MeetingFactory(match=match, planned=True, planned_at=at(TODAY - DAY))

    found = {due.user_id for due in reminding.unnoted(TODAY - DAY, TODAY - DAY)}

    assert found == {match.marta.user_id, jan.user_id}
    assert {due.subject for due in reminding.unnoted(TODAY - DAY, TODAY - DAY)} == {meeting.pk}


def test_a_meeting_is_to_come_until_its_time_and_to_note_from_then_on(match) -> None:
    meeting = MeetingFactory(match=match, planned=True, planned_at=NOW)
    about = [About(match.marta.user_id, meeting.pk)]

    with time_machine.travel(NOW - timedelta(seconds=1), tick=False):
        before = reminding.meetings_still(about), reminding.unnoted_still(about)
    after = reminding.meetings_still(about), reminding.unnoted_still(about)

    assert before == (about, [])
    assert after == ([], about)


def test_whoever_left_the_match_is_reminded_no_more(match) -> None:
    from kith.base import permit

    meeting = MeetingFactory(match=match, planned=True, planned_at=at(TODAY))
    about = [About(match.marta.user_id, meeting.pk)]
    row = MatchMember.objects.get(match=match, person=match.mentor)
    row.until, row.leave_reason = TODAY, "handed_over"
    with permit.lifted():
        row.save()

    assert {due.user_id for due in reminding.meetings(TODAY, TODAY)} == {match.olena.user_id}
    assert reminding.meetings_still(about) == []


# ── Goals ────────────────────────────────────────────────────────────────────────────────────────


def test_both_are_reminded_of_the_day_of_a_goal(match) -> None:
    goal = GoalFactory(match=match, due_on=TODAY)
    GoalFactory(match=match, due_on=TODAY + DAY)
    GoalFactory(match=match, due_on=TODAY, state="reached")
    about = [About(match.olena.user_id, goal.pk)]

    found = whom(reminding.goals(TODAY, TODAY))

    link = f"/matches/{match.pk}/goals/{goal.pk}/"
    assert found == {
        (user, goal.pk, TODAY, link) for user in (match.olena.user_id, match.marta.user_id)
    }
    assert reminding.goals_still(about) == about


# ── Signatures ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def starting():
    match = MatchFactory(starting=True, agreed_on=TODAY)
    with scope.entered(match.organisation_id), time_machine.travel(NOW, tick=False):
        match.olena, match.marta = participant_of(match), mentor_of(match)
        yield match


def test_whoever_has_not_signed_is_reminded_and_the_other_is_not(starting) -> None:
    SignatureFactory(match=starting, text_version="1")
    abouts = [About(one.user_id, starting.pk) for one in (starting.olena, starting.marta)]

    found = whom(reminding.unsigned(TODAY, TODAY))

    link = f"/matches/{starting.pk}/agreement/{starting.mentor_id}/"
    assert found == {(starting.marta.user_id, starting.pk, TODAY, link)}
    assert reminding.unsigned_still(abouts) == abouts[1:]
    assert whom(reminding.unsigned(TODAY + DAY, TODAY + DAY)) == set()


def test_a_signature_under_an_older_text_does_not_count(starting) -> None:
    SignatureFactory(match=starting, text_version="0")

    assert len(whom(reminding.unsigned(TODAY, TODAY))) == 2


# ── Six statements ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def asked():
    """A match in which the statements of week 6 open today."""
    match = MatchFactory(started_on=TODAY - timedelta(weeks=5), talks_from=date(2026, 8, 1))
    with scope.entered(match.organisation_id), time_machine.travel(NOW, tick=False):
        match.olena, match.marta = participant_of(match), mentor_of(match)
        yield match


def test_both_are_asked_on_the_day_the_statements_open(asked) -> None:
    found = whom(reminding.statements(TODAY, TODAY))

    assert found == {
        (one.user_id, asked.pk, TODAY, f"/matches/{asked.pk}/check/{side.value}/")
        for one, side in ((asked.olena, Side.PARTICIPANT), (asked.marta, Side.MENTOR))
    }
    assert whom(reminding.statements(TODAY - DAY, TODAY - DAY)) == set()
    assert whom(reminding.statements(TODAY + DAY, TODAY + DAY)) == set()


def test_whoever_has_answered_is_not_asked_again(asked) -> None:
    abouts = [About(one.user_id, asked.pk) for one in (asked.olena, asked.marta)]
    before = reminding.statements_still(abouts)
    CheckFactory(match=asked, side="participant", week=6)

    assert before == abouts
    assert reminding.statements_still(abouts) == abouts[1:]
    assert {due.user_id for due in reminding.statements(TODAY, TODAY)} == {asked.marta.user_id}


# ── The next meeting ─────────────────────────────────────────────────────────────────────────────


def remind_of(match, person, reason):
    from kith.base import events, permit

    with permit.lifted():
        events.announce(CareReminded(match.pk, person.pk, reason, "mentor", NOW))
    return list(Reminder.objects.values_list("member", "kind", "subject", "due_on", "link"))


def test_a_silence_is_said_once_to_each_of_a_match(match) -> None:
    found = [remind_of(match, match.mentor, reason) for reason in ("quiet", "no_first_meeting")]

    link = f"/matches/{match.pk}/"
    once = [(match.marta.pk, "mentoring.meet_again", match.pk, TODAY, link)]
    assert found == [once, once]


def test_the_statements_are_said_on_the_day_they_open_and_not_again(match) -> None:
    assert remind_of(match, match.mentor, "check") == []


def test_a_silence_ends_with_a_plan(match) -> None:
    from kith.base import permit

    about = [About(match.marta.user_id, match.pk)]
    match.last_meeting_on = TODAY - timedelta(days=60)
    with permit.lifted():
        match.save()
    before = reminding.meet_still(about)
    match.next_meeting_at = at(TODAY)
    with permit.lifted():
        match.save()

    assert before == about
    assert reminding.meet_still(about) == []


# ── What the list in Kith says ───────────────────────────────────────────────────────────────────


def test_after_signing_in_the_list_says_whom_one_meets_and_when(match) -> None:
    meeting = MeetingFactory(match=match, planned=True, planned_at=at(TODAY + DAY))
    soon = kind_of("mentoring.meeting_soon")
    assert soon is not None
    assert soon.told is not None

    said = soon.told(actor_of(match.olena), [meeting.pk])

    name = match.mentor.called
    assert dict(said) == {meeting.pk: f"You meet \u2068{name}\u2069 tomorrow, at 17:00"}


def test_the_list_says_nothing_of_matches_one_does_not_belong_to(match) -> None:
    other = MatchFactory(programme=match.programme)
    meeting = MeetingFactory(match=other, planned=True, planned_at=at(TODAY + DAY))
    goal = GoalFactory(match=other, due_on=TODAY)

    told = [
        dict(tell(actor_of(match.olena), keys))
        for tell, keys in (
            (kinds._meetings_told, [meeting.pk]),
            (kinds._goals_told, [goal.pk]),
            (kinds._unsigned_told, [other.pk]),
            (kinds._statements_told, [other.pk]),
        )
    ]

    assert told == [{}, {}, {}, {}]


def test_no_sentence_of_an_e_mail_has_a_place_for_a_name() -> None:
    for key in ("meeting_soon", "meeting_unnoted", "signature", "statements", "goal_due"):
        kind = kind_of(f"mentoring.{key}")
        assert kind is not None
        assert "%" not in kind.say(1) + kind.say(2)


def test_three_matches_ask_the_database_as_often_as_one(match, django_assert_num_queries) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def ask():
        list(reminding.meetings(TODAY, TODAY))
        list(reminding.goals(TODAY, TODAY))

    def one_more(row):
        MeetingFactory(match=row, planned=True, planned_at=at(TODAY))
        GoalFactory(match=row, due_on=TODAY)

    one_more(match)
    with CaptureQueriesContext(connection) as one:
        ask()
    for _ in range(2):
        another = MatchFactory(programme=match.programme)
        participant_of(another)
        one_more(another)

    with django_assert_num_queries(len(one)):
        ask()
