"""Somebody else goes with a participant: asked, agreed, begun, over; and what stays of it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from kith.base import permit, scope
from kith.base.errors import Denied
from kith.gate.actor import job_actor
from kith.gate.tests.factories import actor_of, sign_in
from kith.matching.tests.factories import free_mentor, staff
from kith.mentoring import commands
from kith.mentoring.models import HandOver, Match, MatchMember
from kith.mentoring.permissions import HAND_OVER_JOB
from kith.mentoring.queries import lists
from kith.mentoring.queries import reminding_hand_overs as reminding
from kith.mentoring.queries.dates import dates_of
from kith.mentoring.rules.handovers import HandOverPlan, ends_soon, there_on, within
from kith.mentoring.tests.factories import (
    NOW,
    TODAY,
    HandOverFactory,
    MatchFactory,
    MeetingFactory,
    SignatureFactory,
    mentor_of,
    participant_of,
)
from kith.mentoring.wiring import handovers as wiring
from kith.people.models import MentorCheck
from kith.people.rules import Side
from kith.people.tests.factories import account_of
from kith.programmes.models import Enrolment
from kith.reminders.rules.kinds import About

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
PAPERS = ("identity", "interview", "code_of_conduct")


@pytest.fixture
def match():
    row = MatchFactory(participant__called="Olena", mentor__called="Marta")
    MeetingFactory(match=row, held_on=row.started_on)
    SignatureFactory(match=row)
    SignatureFactory(match=row, person=row.mentor, signature="Marta Nowak")
    return row


@pytest.fixture
def jan(match):
    """A mentor with every paper and a place free."""
    return free_mentor(match.programme, checks=PAPERS, called="Jan").person


@pytest.fixture
def ewa(match):
    return staff(match.programme)


def place_of(match):
    with scope.entered(match.organisation_id):
        rows = MatchMember.objects.select_related("person", "match")
        return rows.get(match=match, person=match.mentor)


def stored(handover):
    with scope.entered(handover.organisation_id):
        return HandOver.objects.get(pk=handover.pk)


def asks(match, jan, ewa, *, from_on=TODAY, until_on=None):
    return commands.ask_hand_over(
        actor_of(ewa),
        match=fresh(match),
        member=place_of(match),
        person=jan,
        plan=HandOverPlan(from_on, until_on),
        today=TODAY,
        now=NOW,
    )


def answers(handover, who, *, agrees=True, today=TODAY):
    return commands.answer_hand_over(
        actor_of(who), handover=handover, agrees=agrees, today=today, now=NOW
    )


def day_passes(match, today):
    job = job_actor(HAND_OVER_JOB, match.organisation)
    return commands.keep_hand_overs(job, today=today, now=NOW + (today - TODAY))


def fresh(match):
    with scope.entered(match.organisation_id):
        return Match.objects.select_related("mentor", "participant", "programme").get(pk=match.pk)


def may_open(account, match):
    with scope.entered(match.organisation_id):
        return lists.matches(actor_of(account)).filter(pk=match.pk).exists()


# ── Rules ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("from_in", "until_in", "possible"),
    [
        (0, None, True),
        (-1, None, False),
        (90, None, True),
        (91, None, False),
        (0, 0, True),
        (0, -1, False),
        (0, 180, True),
        (0, 181, False),
    ],
)
def test_the_days_of_a_hand_over_lie_within_limits(from_in, until_in, possible) -> None:
    first = TODAY + from_in * DAY
    last = None if until_in is None else first + until_in * DAY

    assert within(HandOverPlan(first, last), TODAY) is possible


def test_the_coordinator_is_asked_a_week_before_a_stand_in_ends_and_not_a_day_sooner() -> None:
    last = TODAY + 7 * DAY

    assert (ends_soon(last, TODAY - DAY), ends_soon(last, TODAY)) == (False, True)


# ── For good ─────────────────────────────────────────────────────────────────────────────────────


def test_after_a_yes_the_new_mentor_goes_on_with_the_same_match(match, jan, ewa) -> None:
    begun = answers(asks(match, jan, ewa), participant_of(match))

    now = fresh(match)
    assert begun.state == "begun"
    assert (now.mentor_id, now.state, now.started_on) == (jan.pk, "active", match.started_on)
    assert may_open(account_of(jan, "mentor"), match)


def test_whoever_hands_over_loses_the_match_the_same_day_and_has_a_place_free(
    match, jan, ewa
) -> None:
    marta = mentor_of(match)

    answers(asks(match, jan, ewa), participant_of(match))

    with scope.entered(match.organisation_id):
        row = MatchMember.objects.get(match=match, person=match.mentor)
        taken = Enrolment.objects.get(programme=match.programme, person=jan)
    assert not may_open(marta, match)
    assert (row.until, row.leave_reason) == (TODAY, "handed_over")
    assert taken.state in {"matched", "waiting"}


def test_the_coordinator_s_dates_know_who_came_later_and_since_when(match, jan, ewa) -> None:
    with scope.entered(match.organisation_id):
        before = dates_of([fresh(match)])[match.pk].came_on
    answers(asks(match, jan, ewa), participant_of(match))
    with scope.entered(match.organisation_id):
        after = dates_of([fresh(match)])[match.pk].came_on

    assert (before, after) == ({}, {Side.MENTOR: TODAY})


def test_it_begins_on_its_day_and_not_before(match, jan, ewa) -> None:
    handover = asks(match, jan, ewa, from_on=TODAY + 3 * DAY)
    answers(handover, participant_of(match))

    before = (day_passes(match, TODAY + 2 * DAY), fresh(match).mentor_id)
    on_the_day = (day_passes(match, TODAY + 3 * DAY), fresh(match).mentor_id)

    assert (before, on_the_day) == ((0, match.mentor_id), (1, jan.pk))


def test_a_no_needs_no_reason_and_changes_nothing(match, jan, ewa) -> None:
    handover = answers(asks(match, jan, ewa), participant_of(match), agrees=False)

    assert (handover.state, fresh(match).mentor_id) == ("refused", match.mentor_id)
    assert {"reason", "why", "note"} & {one.name for one in HandOver._meta.fields} == set()


def test_a_paper_that_is_missing_meanwhile_stops_the_beginning_and_is_said(match, jan, ewa) -> None:
    handover = asks(match, jan, ewa, from_on=TODAY + DAY)
    answers(handover, participant_of(match))
    with scope.entered(match.organisation_id), permit.lifted():
        MentorCheck.objects.filter(person=jan, kind="interview").delete()

    number = day_passes(match, TODAY + DAY)
    with scope.entered(match.organisation_id):
        lines = list(wiring.to_look_after(actor_of(ewa), TODAY + DAY))

    assert (number, fresh(match).mentor_id) == (0, match.mentor_id)
    assert [line.url for line in lines] == [
        reverse("mentoring:hand_over", args=[match.pk, handover.member_id])
    ]


def test_nobody_without_a_place_free_or_without_papers_is_asked_for(match, ewa) -> None:
    short = free_mentor(match.programme, checks=("identity",), called="Zofia").person

    with pytest.raises(commands.VolunteersLack):
        asks(match, short, ewa)


def test_one_place_is_handed_over_once_at_a_time(match, jan, ewa) -> None:
    asks(match, jan, ewa)
    other = free_mentor(match.programme, checks=PAPERS, called="Zofia").person

    with pytest.raises(commands.HandOverAsked):
        asks(match, other, ewa)


def test_a_mentor_cannot_answer_for_the_participant(match, jan, ewa) -> None:
    handover = asks(match, jan, ewa)

    with pytest.raises(Denied):
        answers(handover, mentor_of(match))


# ── Standing in ──────────────────────────────────────────────────────────────────────────────────


def test_a_stand_in_is_beside_whoever_is_away_and_leaves_after_the_last_day(
    match, jan, ewa
) -> None:
    handover = asks(match, jan, ewa, until_on=TODAY + 10 * DAY)
    answers(handover, participant_of(match))
    during = (fresh(match).mentor_id, may_open(mentor_of(match), match))

    kept = day_passes(match, TODAY + 10 * DAY)
    stays = may_open(account_of(jan, "mentor"), match)
    ended = day_passes(match, TODAY + 11 * DAY)

    assert during == (jan.pk, True)
    assert (kept, stays, ended) == (0, True, 1)
    assert fresh(match).mentor_id == match.mentor_id
    assert not may_open(account_of(jan, "mentor"), match)


def test_whoever_was_away_may_be_back_earlier(match, jan, ewa) -> None:
    handover = answers(asks(match, jan, ewa, until_on=TODAY + 10 * DAY), participant_of(match))

    commands.end_stand_in(actor_of(ewa), match=match, handover=handover, today=TODAY, now=NOW)

    with scope.entered(match.organisation_id):
        row = MatchMember.objects.get(match=match, person=jan)
    assert (fresh(match).mentor_id, row.leave_reason) == (match.mentor_id, "came_back")


def test_a_week_before_the_end_a_line_asks_how_things_stand(match, jan, ewa) -> None:
    last = TODAY + 10 * DAY
    answers(asks(match, jan, ewa, until_on=last), participant_of(match))

    with scope.entered(match.organisation_id):
        before = list(wiring.to_look_after(actor_of(ewa), last - 8 * DAY))
        then = list(wiring.to_look_after(actor_of(ewa), last - 7 * DAY))

    assert (len(before), len(then)) == (0, 1)


def test_standing_in_can_take_longer(match, jan, ewa) -> None:
    handover = answers(asks(match, jan, ewa, until_on=TODAY + DAY), participant_of(match))

    commands.stand_in_longer(
        actor_of(ewa),
        match=match,
        handover=handover,
        until_on=TODAY + 20 * DAY,
        today=TODAY,
        now=NOW,
    )

    assert day_passes(match, TODAY + 2 * DAY) == 0


# ── What stays, and who is told ──────────────────────────────────────────────────────────────────


def test_the_story_keeps_the_names_of_its_time(client, match, jan, ewa) -> None:
    MeetingFactory(match=match, held_on=TODAY - 7 * DAY)
    answers(asks(match, jan, ewa), participant_of(match))

    with time_machine.travel(NOW, tick=False):
        page = sign_in(client, ewa).get(reverse("mentoring:match", args=[match.pk]))
        paper = client.get(reverse("mentoring:agreement", args=[match.pk]))

    events = [str(event.what) for event in page.context["history"]]
    assert "Jan came in place of Marta" in events
    assert "Marta signed the agreement" in events
    assert "with \u2068Marta\u2069" in page.context["meetings"][0]["facts"]
    assert [place["signature"] is not None for place in paper.context["places"]] == [
        True,
        True,
        False,
    ]


def test_the_participant_is_reminded_until_the_answer(match, jan, ewa) -> None:
    olena = participant_of(match)
    handover = asks(match, jan, ewa)
    with scope.entered(match.organisation_id):
        due = list(reminding.asked(TODAY, TODAY))
        about = About(olena.user_id, handover.pk)
        before = reminding.asked_still([about])
    answers(handover, olena)
    with scope.entered(match.organisation_id):
        after = reminding.asked_still([about])

    assert [(one.user_id, one.subject) for one in due] == [(olena.user_id, handover.pk)]
    assert (before, after) == ([about], [])


def test_both_mentors_and_the_participant_are_told_when_it_begins(match, jan, ewa) -> None:
    olena, marta, new = participant_of(match), mentor_of(match), account_of(jan, "mentor")
    handover = answers(asks(match, jan, ewa), olena)

    with scope.entered(match.organisation_id):
        due = {one.user_id: one.link for one in reminding.begins(TODAY, TODAY)}
        said = wiring._begins_told(actor_of(marta), [handover.pk])

    page = reverse("mentoring:match", args=[match.pk])
    assert due == {
        olena.user_id: page,
        new.user_id: page,
        marta.user_id: reverse("mentoring:mine"),
    }
    assert "goes on with" in str(said[handover.pk])


def test_reminders_of_the_day_are_found_from_their_day_on(match) -> None:
    participant_of(match)
    HandOverFactory(match=match)

    with scope.entered(match.organisation_id):
        before = list(reminding.asked(TODAY - DAY, TODAY - DAY))
        on_the_day = list(reminding.asked(TODAY, TODAY))

    assert (len(before), len(on_the_day)) == (0, 1)


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def at(client, ewa):
    with time_machine.travel(NOW, tick=False):
        yield sign_in(client, ewa)


def test_a_coordinator_finds_asks_and_notes_the_answer(at, match, jan) -> None:
    page = reverse("mentoring:hand_over", args=[match.pk, place_of(match).pk])

    found = at.get(page).context["found"]
    asked = at.post(
        f"{page}?person={jan.pk}", {"how_long": "for_good", "from_on": TODAY.isoformat()}
    )
    with scope.entered(match.organisation_id):
        handover = HandOver.objects.get(match=match)
    shown = at.get(page)
    at.post(reverse("mentoring:answer_hand_over", args=[match.pk, handover.pk]), {"answer": "yes"})

    assert [(one["name"], one["lacking"]) for one in found] == [(str(jan.name), [])]
    assert (asked.status_code, shown.context["is_asked"]) == (302, True)
    assert fresh(match).mentor_id == jan.pk


def test_standing_in_needs_a_last_day(at, match, jan) -> None:
    page = reverse("mentoring:hand_over", args=[match.pk, place_of(match).pk])

    answer = at.post(f"{page}?person={jan.pk}", {"how_long": "until", "from_on": TODAY.isoformat()})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["until_on"])


def test_a_last_day_that_is_known_is_carried_through_search_and_choice(at, match, jan) -> None:
    page = reverse("mentoring:hand_over", args=[match.pk, place_of(match).pk])
    until = TODAY + timedelta(days=40)

    found = at.get(page, {"until": until.isoformat()}).content.decode()
    asked = at.get(page, {"person": str(jan.pk), "until": until.isoformat()}).context["form"]
    over = at.get(page, {"person": str(jan.pk), "until": "2020-01-01"}).context["form"]

    assert f"until={until.isoformat()}" in found
    assert f'name="until" value="{until.isoformat()}"' in found
    assert (asked.initial["how_long"], asked.initial["until_on"]) == ("until", until)
    assert "until_on" not in over.initial


def test_a_stand_in_is_looked_after_on_one_page(at, match, jan, ewa) -> None:
    handover = answers(asks(match, jan, ewa, until_on=TODAY + 5 * DAY), ewa)
    page = reverse("mentoring:hand_over", args=[match.pk, handover.member_id])

    shown = at.get(page)
    refused = at.post(
        reverse("mentoring:stand_in_longer", args=[match.pk, handover.pk]),
        {"until_on": (TODAY - DAY).isoformat()},
    )
    at.post(reverse("mentoring:stand_in_back", args=[match.pk, handover.pk]))

    assert (shown.context["is_begun"], refused.status_code) == (True, 422)
    assert fresh(match).mentor_id == match.mentor_id


def test_what_was_asked_can_be_called_off(at, match, jan, ewa) -> None:
    handover = asks(match, jan, ewa)

    at.post(reverse("mentoring:hand_over_off", args=[match.pk, handover.pk]))

    assert stored(handover).state == "off"


def test_a_participant_reads_and_answers_on_the_own_page(client, match, jan, ewa) -> None:
    handover = asks(match, jan, ewa)
    page = reverse("mentoring:answer_hand_over", args=[match.pk, handover.pk])

    with time_machine.travel(NOW, tick=False):
        olena = sign_in(client, participant_of(match))
        own = olena.get(reverse("mentoring:match", args=[match.pk]))
        text = olena.get(page)
        answer = olena.post(page, {"answer": "no"})

    assert [one["url"] for one in own.context["asked"]] == [page]
    assert "Jan" in text.context["asked"]
    assert (answer.status_code, fresh(match).mentor_id) == (302, match.mentor_id)


def test_a_mentor_does_not_open_the_page_of_the_hand_over(client, match) -> None:
    page = reverse("mentoring:hand_over", args=[match.pk, place_of(match).pk])

    answer = sign_in(client, mentor_of(match)).get(page)

    assert answer.status_code == 404


def test_there_on_names_whoever_was_there(match, jan, ewa) -> None:
    answers(asks(match, jan, ewa), ewa)
    with scope.entered(match.organisation_id):
        rows = list(MatchMember.objects.filter(match=match, side="mentor").order_by("since"))

    assert there_on(rows, TODAY - DAY).person_id == match.mentor_id
    assert there_on(rows, TODAY).person_id == jan.pk
    assert there_on(rows, match.agreed_on - DAY) is None
