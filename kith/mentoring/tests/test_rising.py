"""From a reminder to a line to a call: on Today, in the job, and what clears each line."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import events, permit, scope
from kith.base.errors import Denied
from kith.gate.actor import job_actor
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.matching.tests.factories import ProgrammeFactory, staff
from kith.mentoring import commands
from kith.mentoring.commands.dates import refresh
from kith.mentoring.events import CareReminded
from kith.mentoring.models import CareReminder, Match
from kith.mentoring.permissions import REMIND_JOB
from kith.mentoring.queries import care
from kith.mentoring.rules.attention import Reason
from kith.mentoring.rules.checks import check_texts
from kith.mentoring.tests.factories import (
    NOW,
    TODAY,
    CareReminderFactory,
    CheckFactory,
    MatchFactory,
    MeetingFactory,
    PauseFactory,
    mentor_of,
    participant_of,
)

pytestmark = pytest.mark.django_db

LONG_AGO = date(2026, 1, 12)


@pytest.fixture
def on_the_day():
    with time_machine.travel(NOW, tick=False):
        yield


def met(*days: date, **fields: object) -> Match:
    """A match of Olena and Marta that met on these days; its own days are worked out."""
    match = MatchFactory(participant__called="Olena", mentor__called="Marta", **fields)
    for day in days:
        MeetingFactory(match=match, held_on=day)
    return renewed(match)


def renewed(match: Match) -> Match:
    with scope.entered(match.organisation_id), permit.lifted():
        refresh(match, now=NOW)
    return fresh(match)


def fresh(match: Match) -> Match:
    with scope.entered(match.organisation_id):
        rows = Match.objects.select_related(
            "organisation",
            "participant__organisation",
            "mentor__organisation",
            "programme__organisation",
        )
        return rows.get(pk=match.pk)


def reminded(match: Match) -> int:
    with scope.entered(match.organisation_id):
        actor = job_actor(REMIND_JOB, match.organisation)
        return commands.remind(actor, today=TODAY, now=NOW)


# ── Reminders ────────────────────────────────────────────────────────────────────────────────────


def quiet_for(days: int, **fields: object) -> Match:
    return met(date(2026, 8, 24), TODAY - timedelta(days=days), **fields)


def test_both_are_reminded_once_a_week_before_staff_are_asked() -> None:
    match, heard = quiet_for(14), []
    events.listen(CareReminded, heard.append)

    first, second = reminded(match), reminded(match)

    assert (first, second) == (1, 0)
    assert {(one.person_id, one.reason) for one in heard if one.match_id == match.pk} == {
        (match.participant_id, "quiet"),
        (match.mentor_id, "quiet"),
    }
    with scope.entered(match.organisation_id):
        rows = CareReminder.objects.values_list("side", "reason", "since", "on")
        assert set(rows) == {
            (side, "quiet", TODAY - timedelta(days=14), TODAY) for side in ("participant", "mentor")
        }
    assert (fresh(match).remind_on or TODAY) > TODAY


@pytest.mark.parametrize("days", [13, 28])
def test_nobody_is_reminded_before_the_day_or_when_a_call_is_due(days) -> None:
    match = quiet_for(days)

    reminded(match)

    with scope.entered(match.organisation_id):
        assert list(CareReminder.objects.all()) == []


def test_a_reminder_whose_reason_is_gone_is_not_given() -> None:
    match = quiet_for(14)
    with scope.entered(match.organisation_id), permit.lifted():
        MeetingFactory(match=match, held_on=TODAY)
        Match.objects.filter(pk=match.pk).update(last_meeting_on=TODAY)

    reminded(match)

    with scope.entered(match.organisation_id):
        assert list(CareReminder.objects.all()) == []
    assert fresh(match).remind_on == TODAY + timedelta(days=14)


def test_only_the_job_reminds() -> None:
    match = quiet_for(14)

    with pytest.raises(Denied):
        commands.remind(actor_of(staff(match.programme)), today=TODAY, now=NOW)


@pytest.mark.parametrize(
    ("whose", "page", "other"),
    [(mentor_of, "find_time", "Olena"), (participant_of, "match", "Marta")],
)
def test_both_read_it_on_their_own_first_page(client, on_the_day, whose, page, other) -> None:
    match = quiet_for(14)
    browser = sign_in(client, whose(match))

    lines = browser.get(reverse("web:today")).context["lines"]

    [line] = [one for one in lines if "next?" in str(one.what)]
    assert str(line.what) == f"When do you meet {other} next?"
    assert str(line.why) == (
        "You last met 14 days ago, on 9 November. You planned to meet every week."
        " Is something in the way? Your coordinator helps."
    )
    assert line.url == reverse(f"mentoring:{page}", args=[match.pk])


def test_where_the_next_meeting_is_planned_nobody_is_asked_when_it_is(client, on_the_day) -> None:
    match = quiet_for(14)
    MeetingFactory(match=match, planned=True)
    renewed(match)
    browser = sign_in(client, mentor_of(match))

    lines = browser.get(reverse("web:today")).context["lines"]

    assert [one for one in lines if "next?" in str(one.what)] == []


def test_the_page_of_the_match_shows_who_was_reminded_when(client, on_the_day) -> None:
    match = quiet_for(14)
    CareReminderFactory(match=match)
    ewa, marta = sign_in(client, staff(match.programme)), mentor_of(match)

    history = ewa.get(reverse("mentoring:match", args=[match.pk])).context["history"]
    own = sign_in(client, marta).get(reverse("mentoring:match", args=[match.pk]))

    told = [(str(one.what), str(one.text), one.on) for one in history]
    assert ("Marta was reminded", "of the next meeting", TODAY) in told
    assert "was reminded" not in own.content.decode()


# ── Every line leads to the act that clears it ───────────────────────────────────────────────────

YES = {"on": TODAY.isoformat(), "way": "call", "reached": "yes"}
TALKED = {**YES, "side": "participant", "again_on": "2026-11-30"}


def asked(**fields: object) -> Match:
    """All talks were held and all statements answered, but for what is given."""
    match = met(
        date(2026, 8, 24),
        TODAY - timedelta(days=2),
        **{
            "talks_from": LONG_AGO,
            "participant_talk_on": TODAY,
            "mentor_talk_on": TODAY,
            **fields,
        },
    )
    for side in {"participant", "mentor"} - set(fields):
        CheckFactory(match=match, side=side)
    return renewed(match)


def without_first_meeting() -> Match:
    return met(starting=True, agreed_on=TODAY - timedelta(days=14))


def called_off_three_times() -> Match:
    match = met(date(2026, 8, 24))
    for days in (1, 8, 15):
        MeetingFactory(
            match=match, planned=True, state="cancelled", planned_at=NOW - timedelta(days)
        )
    return renewed(match)


def without_talk() -> Match:
    return asked(participant_talk_on=date(2026, 9, 15))


def without_answers() -> Match:
    match = met(date(2026, 8, 24), TODAY - timedelta(days=2), talks_from=LONG_AGO)
    with scope.entered(match.organisation_id), permit.lifted():
        Match.objects.filter(pk=match.pk).update(participant_talk_on=TODAY, mentor_talk_on=TODAY)
    CheckFactory(match=match, side="mentor")
    return renewed(fresh(match))


def without_new_map() -> Match:
    """Week 12 began two weeks ago."""
    began = TODAY - timedelta(weeks=11, days=13)
    match = met(
        began,
        TODAY - timedelta(days=2),
        talks_from=LONG_AGO,
        participant_talk_on=TODAY,
        mentor_talk_on=TODAY,
    )
    for side in ("participant", "mentor"):
        CheckFactory(match=match, side=side, week=12)
    return renewed(match)


def with_an_offer() -> Match:
    match = met(date(2026, 8, 24), TODAY - timedelta(days=2))
    CheckFactory(match=match, offers_talk=True)
    return renewed(match)


def resting() -> Match:
    pause = PauseFactory(
        match__participant__called="Olena",
        match__mentor__called="Marta",
        match__state="paused",
        match__review_on=TODAY,
    )
    return renewed(pause.match)


WELL = {one.key: "yes" for one in check_texts().participant}
CLEARING: dict[Reason, tuple[Callable[[], Match], dict[str, str]]] = {
    Reason.CALL_AGAIN: (
        lambda: met(date(2026, 8, 24), TODAY - timedelta(days=2), participant_again_on=TODAY),
        TALKED,
    ),
    Reason.CALLED_OFF: (called_off_three_times, TALKED),
    Reason.WISH: (
        lambda: met(date(2026, 8, 24), TODAY - timedelta(days=2), participant_wish_on=TODAY),
        {},
    ),
    Reason.OFFER: (with_an_offer, TALKED),
    Reason.NO_FIRST_MEETING: (without_first_meeting, TALKED),
    Reason.QUIET: (lambda: quiet_for(21), TALKED),
    Reason.TALK: (without_talk, TALKED),
    Reason.CHECK: (without_answers, WELL),
    Reason.LOOK_AGAIN: (without_new_map, {"answer": "not_now"}),
    Reason.PAUSE: (resting, {"review_on": "2026-12-20"}),
    Reason.ENDING: (
        lambda: met(
            date(2026, 8, 24),
            TODAY - timedelta(days=2),
            planned_end_on=TODAY + timedelta(days=28),
        ),
        {"farewell_on": "2026-12-18"},
    ),
    Reason.CLOSING: (
        lambda: met(
            date(2026, 8, 24), TODAY - timedelta(days=2), farewell_on=TODAY - timedelta(days=1)
        ),
        {"reason": "planned_end"},
    ),
}


def test_every_reason_has_an_act() -> None:
    assert set(CLEARING) == set(Reason)


@pytest.mark.parametrize("reason", list(Reason))
def test_a_line_on_today_leads_to_the_act_that_clears_it(client, on_the_day, reason) -> None:
    make, fields = CLEARING[reason]
    match = make()
    browser = sign_in(client, staff(match.programme))

    def lines():
        found = browser.get(reverse("web:today")).context["lines"]
        return [one for one in found if "Olena" in str(one.what)]

    [before] = lines()
    opened = browser.get(before.url)
    act = before.url
    if reason is Reason.WISH:  # The page offers two ways: to close, or to go on together.
        act = reverse("mentoring:go_on_together", args=[match.pk, "participant"])
        assert act in opened.content.decode()
    done = browser.post(act, fields)

    with scope.entered(match.organisation_id):
        held = [one.attention.reason for one in care.all_reasons(fresh(match), today=TODAY)]
    assert opened.status_code == 200
    assert done.status_code == 302
    assert reason not in held
    assert before.url not in [one.url for one in lines()]


# ── Eighty matches ───────────────────────────────────────────────────────────────────────────────


def many(number: int, **dates: date) -> list[Match]:
    programme = ProgrammeFactory(template_key="de_tandem")
    return [MatchFactory(programme=programme, **dates) for _ in range(number)]


def test_those_to_call_stand_first_however_long_the_others_have_waited() -> None:
    old = many(9, attention_on=date(2026, 9, 1), call_on=TODAY + timedelta(days=1))
    organisation = old[0].programme.organisation
    pressing = MatchFactory(
        programme=old[0].programme,
        last_meeting_on=TODAY - timedelta(days=30),
        attention_on=TODAY - timedelta(days=9),
        call_on=TODAY - timedelta(days=2),
    )
    ewa = actor_of(MembershipFactory(organisation=organisation))

    with scope.entered(organisation.pk):
        first, *_ = care.to_call(ewa, today=TODAY)
        others = list(care.due(ewa, today=TODAY))

    assert first == pressing
    assert len(others) == 9
    assert pressing not in others


def test_today_says_how_many_more_there_are_and_leads_to_all_of_them(client, on_the_day) -> None:
    last = TODAY - timedelta(days=30)
    rows = many(11, last_meeting_on=last, attention_on=TODAY, call_on=TODAY)
    browser = sign_in(client, staff(rows[0].programme))

    lines = browser.get(reverse("web:today")).context["lines"]
    more = [one for one in lines if one.url == reverse("mentoring:care")]
    page = browser.get(reverse("mentoring:care"))

    assert [str(one.what) for one in more] == ["3 more matches ask for something"]
    assert len(page.context["lines"]) == 11


def test_the_list_of_everything_goes_on_page_by_page_from_calls_to_the_rest() -> None:
    last = TODAY - timedelta(days=30)
    calls = many(32, last_meeting_on=last, attention_on=last, call_on=TODAY)
    programme = calls[0].programme
    rest = [
        MatchFactory(programme=programme, last_meeting_on=last, attention_on=TODAY)
        for _ in range(31)
    ]
    ewa = actor_of(staff(programme))

    with scope.entered(programme.organisation_id):
        seen, after, pages = [], None, 0
        while after is not None or not pages:
            found, after = care.page(ewa, after=after, today=TODAY)
            seen += [one.match for one in found]
            pages += 1

    assert pages == 3
    assert seen == [*calls, *rest]


def test_the_home_asks_as_many_questions_for_one_match_as_for_many(
    client, on_the_day, django_assert_num_queries
) -> None:
    last = TODAY - timedelta(days=30)

    def asked_for(number: int) -> int:
        rows = many(number, last_meeting_on=last, attention_on=TODAY, call_on=TODAY)
        browser = sign_in(client, staff(rows[0].programme))
        browser.get(reverse("web:today"))
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("web:today"))
        return len(queries)

    assert asked_for(1) == asked_for(3)


@pytest.mark.parametrize("role", ["mentor", "participant", "supervisor", "volunteer_matcher"])
def test_the_list_is_the_coordinators(client, role) -> None:
    match = quiet_for(30)
    browser = sign_in(client, MembershipFactory(organisation=match.organisation, roles=[role]))

    assert browser.get(reverse("mentoring:care")).status_code in {403, 404}


def test_the_list_shows_nobody_elses_people(client, on_the_day) -> None:
    match = quiet_for(30)
    zofia: Any = MembershipFactory(organisation=match.organisation)
    with scope.entered(match.organisation_id), permit.lifted():
        match.participant.responsible = zofia
        match.participant.save()

    mine = sign_in(client, staff(match.programme)).get(reverse("mentoring:care"))
    others = sign_in(client, MembershipFactory()).get(reverse("mentoring:care"))

    assert [mine.context["lines"], others.context["lines"]] == [[], []]
