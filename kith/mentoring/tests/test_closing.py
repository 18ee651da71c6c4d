"""The end of a match: closing talks, steps done and left, wishes for a change, talks later."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from kith.base import permit, scope
from kith.base.errors import Denied
from kith.consent.commands import withdraw
from kith.consent.tests.factories import ConsentFactory
from kith.gate.actor import job_actor
from kith.gate.tests.factories import actor_of, sign_in
from kith.matching.tests.factories import staff
from kith.mentoring import commands
from kith.mentoring.models import ClosingTalk, FollowUp, Match
from kith.mentoring.permissions import FOLLOW_UP_JOB
from kith.mentoring.queries import follow_ups as queries
from kith.mentoring.queries.care import cared_for
from kith.mentoring.queries.closing import steps
from kith.mentoring.rules.attention import Reason
from kith.mentoring.rules.closing import (
    ClosingNote,
    FollowUpNote,
    FollowUpState,
    closing_texts,
    given,
    still_open,
    wished,
)
from kith.mentoring.rules.lasting import AS_PLANNED
from kith.mentoring.rules.states import CloseReason, TalkWay
from kith.mentoring.tests.factories import (
    NOW,
    TODAY,
    ClosingTalkFactory,
    FollowUpFactory,
    MatchFactory,
    MeetingFactory,
    mentor_of,
    participant_of,
)
from kith.mentoring.wiring import follow_ups as wiring
from kith.people.rules import Side
from kith.programmes.models import Enrolment
from kith.programmes.tests.factories import EnrolmentFactory
from kith.reminders.rules.kinds import About

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def match():
    row = MatchFactory(participant__called="Olena", mentor__called="Marta")
    MeetingFactory(match=row, held_on=row.started_on)
    MeetingFactory(match=row)
    return row


@pytest.fixture
def ewa(match):
    return staff(match.programme)


@pytest.fixture
def at(client, ewa):
    with time_machine.travel(NOW, tick=False):
        yield sign_in(client, ewa)


def fresh(match):
    with scope.entered(match.organisation_id):
        rows = Match.objects.select_related("participant", "mentor", "programme__organisation")
        return rows.get(pk=match.pk)


# ── Closing talks ────────────────────────────────────────────────────────────────────────────────


def test_every_question_may_be_left_out_and_nothing_unknown_is_kept() -> None:
    questions = closing_texts().participant

    assert given({}, questions) == {}
    assert given({"helped": "yes", "other": "yes", "ending": "maybe"}, questions) == {
        "helped": "yes"
    }


def test_each_side_wishes_for_what_its_side_can_have() -> None:
    wants = ("mentor_again", "activity", "another_mentor")

    assert wished(wants, Side.PARTICIPANT) == ["another_mentor", "activity"]
    assert wished(wants, Side.MENTOR) == ["mentor_again", "activity"]


def note(match, who, side=Side.PARTICIPANT, **given):
    words = {"on": TODAY, "way": TalkWay.CALL, "answers": {"helped": "yes"}, **given}
    return commands.note_closing_talk(
        actor_of(who), match=match, side=side, note=ClosingNote(**words), today=TODAY, now=NOW
    )


def test_a_closing_talk_is_kept_once_for_each_side_and_may_be_corrected(match, ewa) -> None:
    note(match, ewa)
    note(match, ewa, answers={}, note="A course in spring")
    note(match, ewa, Side.MENTOR, answers={"again": "yes"})

    with scope.entered(match.organisation_id):
        rows = {row.side: row for row in ClosingTalk.objects.filter(match=match)}
        said = {side: (row.answers, str(row.note)) for side, row in rows.items()}
    assert said == {
        "participant": ({}, "A course in spring"),
        "mentor": ({"again": "yes"}, ""),
    }


@pytest.mark.parametrize(
    ("on", "refused"),
    [(TODAY + DAY, commands.TalkInFuture), (date(2026, 8, 19), commands.TalkBeforeYes)],
)
def test_a_closing_talk_lies_within_the_time_of_the_match(match, ewa, on, refused) -> None:
    with pytest.raises(refused):
        note(match, ewa, on=on)


def test_neither_of_the_two_reads_or_notes_a_closing_talk(client, match) -> None:
    ClosingTalkFactory(match=match)
    page = reverse("mentoring:closing_talk", args=[match.pk, "participant"])

    answers = [
        sign_in(client, account).get(page).status_code
        for account in (mentor_of(match), participant_of(match))
    ]

    assert answers == [404, 404]
    with pytest.raises(Denied):
        note(match, mentor_of(match))


def test_the_page_of_the_ending_shows_what_is_done_and_what_is_left(at, match, ewa) -> None:
    page = reverse("mentoring:plan_ending", args=[match.pk])
    before = [one.is_done for one in at.get(page).context["steps"]]

    sent = at.post(
        reverse("mentoring:closing_talk", args=[match.pk, "participant"]),
        {"on": TODAY.isoformat(), "way": "call", "wants": ["activity"], "helped": ""},
    )
    shown = at.get(page).context

    assert (len(before), set(before), sent.status_code) == (6, {False}, 302)
    assert [one.is_done for one in shown["steps"]] == [False, True, False, False, False, False]
    assert [one["said"] for one in shown["next"]] == [
        "\u2068Olena\u2069 would like: A group or an activity"
    ]


def test_a_farewell_is_done_when_they_met_on_its_day_and_not_before(match, ewa) -> None:
    with scope.entered(match.organisation_id), permit.lifted():
        match.farewell_on = TODAY
        match.save()
    MeetingFactory(match=match, held_on=TODAY - DAY)
    before = _goodbye(match, ewa)

    MeetingFactory(match=match, held_on=TODAY)

    assert (before, _goodbye(match, ewa)) == (False, True)


def _goodbye(match, who):
    with scope.entered(match.organisation_id):
        return next(one for one in steps(actor_of(who), match) if one.order == 30).is_done


def test_what_is_left_stands_above_closing_and_can_be_done_afterwards(at, match) -> None:
    close = reverse("mentoring:close", args=[match.pk])

    left = at.get(close).context["left"]
    sent = at.post(close, {"reason": "no_click", "waits_again": "on"})
    after = at.get(reverse("mentoring:plan_ending", args=[match.pk]))

    assert len(left) == 6
    assert sent.url == reverse("mentoring:plan_ending", args=[match.pk])
    assert (fresh(match).close_reason, after.status_code) == ("no_click", 200)


def test_an_end_without_a_click_is_an_early_one_and_nobody_of_the_two_reads_why(
    client, match, ewa
) -> None:
    olena = mentor_of(match)
    commands.close_match(
        actor_of(ewa),
        match=fresh(match),
        reason="wish_of_participant",
        waits_again=True,
        today=TODAY,
        now=NOW,
    )

    with time_machine.travel(NOW, tick=False):
        page = reverse("mentoring:match", args=[match.pk])
        for_mentor = sign_in(client, olena).get(page).context["closed_because"]
        for_staff = sign_in(client, ewa).get(page).context["closed_because"]

    assert CloseReason.NO_CLICK not in AS_PLANNED
    assert (str(for_mentor), str(for_staff)) == (
        "The match ended",
        "The participant wishes to end",
    )


# ── Wishing for a change ─────────────────────────────────────────────────────────────────────────


def wishes(match, who, side):
    return commands.wish_for_change(actor_of(who), match=match, side=side, today=TODAY, now=NOW)


def reasons(match, today=TODAY):
    with scope.entered(match.organisation_id):
        return [
            (one.attention.reason, one.attention.side) for one in cared_for([match], today=today)
        ]


def test_a_wish_is_on_the_coordinators_list_the_same_day_and_not_before(match) -> None:
    wishes(match, participant_of(match), Side.PARTICIPANT)

    found = fresh(match)
    assert reasons(found, TODAY - DAY) == []
    assert reasons(found) == [(Reason.WISH, Side.PARTICIPANT)]
    assert (found.attention_on, found.call_on) == (TODAY, TODAY)


@pytest.mark.parametrize("side", list(Side))
def test_nobody_wishes_for_the_other_side(match, side) -> None:
    other = mentor_of(match) if side is Side.PARTICIPANT else participant_of(match)

    with pytest.raises(Denied):
        wishes(match, other, side)


def test_a_wish_can_be_taken_back(match) -> None:
    marta = mentor_of(match)
    wishes(match, marta, Side.MENTOR)

    commands.go_on_together(actor_of(marta), match=match, side=Side.MENTOR, now=NOW)

    assert reasons(fresh(match)) == []
    with pytest.raises(commands.NothingWished):
        commands.go_on_together(actor_of(marta), match=match, side=Side.MENTOR, now=NOW)


def test_what_is_over_has_nothing_to_wish_for() -> None:
    match = MatchFactory(closed=True)

    with pytest.raises(commands.MatchIsOver):
        wishes(match, participant_of(match), Side.PARTICIPANT)


def test_there_is_no_field_for_a_reason() -> None:
    names = {one.name for one in Match._meta.fields if "wish" in one.name}

    assert names == {"participant_wish_on", "mentor_wish_on"}


def test_a_participant_says_it_with_one_button_and_the_mentor_does_not_read_it(
    client, match, ewa
) -> None:
    page = reverse("mentoring:wish", args=[match.pk])
    with time_machine.travel(NOW, tick=False):
        olena = sign_in(client, participant_of(match))
        link = olena.get(reverse("mentoring:match", args=[match.pk])).context["wish_url"]
        olena.post(page, {"side": "mentor"})
        own = olena.get(page).context["wishes"]
        other = sign_in(client, mentor_of(match)).get(page).context["wishes"]
        lines = sign_in(client, ewa).get(reverse("web:today")).context["lines"]
        seen = client.get(page).context["wishes"]

    assert (link, [one["side"] for one in own], other) == (page, ["participant"], [])
    assert page in [line.url for line in lines]
    assert [one["name"] for one in seen] == ["Olena"]


def test_who_waits_again_keeps_the_first_day_of_waiting(at, match) -> None:
    place = EnrolmentFactory(
        programme=match.programme,
        person=match.participant,
        state="matched",
        waiting_since=date(2026, 6, 1),
    )
    wishes(match, participant_of(match), Side.PARTICIPANT)
    close = reverse("mentoring:close", args=[match.pk])
    first = at.get(close).context["form"].initial

    at.post(close, {"reason": first["reason"], "waits_again": "on"})

    with scope.entered(match.organisation_id):
        found = Enrolment.objects.get(pk=place.pk)
    assert first == {"reason": "wish_of_participant", "waits_again": True}
    assert (found.state, found.waiting_since) == ("waiting", date(2026, 6, 1))


# ── Talks after the end ──────────────────────────────────────────────────────────────────────────

ENDED = date(2026, 5, 23)


@pytest.fixture
def ended():
    """A match that ended half a year ago today."""
    row = MatchFactory(closed=True, participant__called="Olena")
    with scope.entered(row.organisation_id), permit.lifted():
        row.closed_on = ENDED
        row.save()
    return row


def agrees(match, state="given"):
    return ConsentFactory(person=match.participant, purpose="follow_up", state=state)


def opens(match, today=TODAY):
    return commands.open_follow_ups(job_actor(FOLLOW_UP_JOB, match.organisation), today=today)


def kept(match):
    with scope.entered(match.organisation_id):
        rows = FollowUp.objects.filter(match=match).order_by("months")
        return [(row.months, row.due_on, row.state) for row in rows]


def test_a_talk_is_open_from_its_day_for_sixty_days() -> None:
    days = [-1, 0, 60, 61]

    assert [still_open(TODAY, TODAY + day * DAY) for day in days] == [False, True, True, False]


def test_it_opens_half_a_year_after_the_end_and_not_a_day_sooner(ended) -> None:
    agrees(ended)

    before = (opens(ended, TODAY - DAY), kept(ended))
    then = (opens(ended), kept(ended))

    assert before == (0, [])
    assert then == (1, [(6, TODAY, "open")])
    assert opens(ended) == 0


@pytest.mark.parametrize("state", ["", "refused", "withdrawn"])
def test_without_a_yes_nothing_is_ever_opened(ended, state) -> None:
    if state:
        agrees(ended, state)

    assert (opens(ended), kept(ended)) == (0, [])


def test_a_yes_taken_back_leaves_nothing(ended) -> None:
    agrees(ended)
    opens(ended)

    withdraw(
        actor_of(staff(ended.programme)), person=ended.participant, purpose="follow_up", now=NOW
    )

    assert kept(ended) == []


def test_what_nobody_held_in_time_is_let_go(ended) -> None:
    agrees(ended)
    opens(ended)

    opens(ended, TODAY + 60 * DAY)
    still = kept(ended)
    opens(ended, TODAY + 61 * DAY)

    assert (len(still), kept(ended)) == (1, [])


def held(row, who, state=FollowUpState.HELD, on=TODAY):
    words = FollowUpNote(state, on, TalkWay.CALL, {"settled": "yes"}, ("course",), "Well")
    return commands.note_follow_up(actor_of(who), follow_up=row, note=words, today=TODAY)


def test_a_talk_is_noted_once_and_only_while_the_yes_is_in_force(ended) -> None:
    ewa = staff(ended.programme)
    row = FollowUpFactory(match=ended)
    with pytest.raises(commands.FollowUpNotAgreed):
        held(row, ewa)
    agrees(ended)

    with pytest.raises(commands.TalkInFuture):
        held(row, ewa, on=TODAY + DAY)
    held(row, ewa)
    with pytest.raises(commands.FollowUpNoted):
        held(row, ewa)

    with scope.entered(ended.organisation_id):
        found = FollowUp.objects.get(pk=row.pk)
        assert (found.answers, found.wants, str(found.note)) == (
            {"settled": "yes"},
            ["course"],
            "Well",
        )


def test_who_would_rather_not_talk_is_noted_without_a_word(ended) -> None:
    agrees(ended)
    row = held(FollowUpFactory(match=ended), staff(ended.programme), FollowUpState.NOT_WISHED)

    assert (row.state, row.answers, str(row.note)) == ("not_wished", None, "")


def test_the_line_on_today_leads_to_the_talk_that_clears_it(client, ended) -> None:
    agrees(ended)
    row = FollowUpFactory(match=ended)
    page = reverse("mentoring:follow_up", args=[row.pk])
    with time_machine.travel(NOW, tick=False):
        ewa = sign_in(client, staff(ended.programme))
        before = [line.url for line in ewa.get(reverse("web:today")).context["lines"]]
        shown = ewa.get(page)
        sent = ewa.post(page, {"state": "held", "on": TODAY.isoformat(), "way": "call"})
        after = [line.url for line in ewa.get(reverse("web:today")).context["lines"]]
        noted = ewa.get(page)

    assert (page in before, shown.context["is_open"], sent.status_code) == (True, True, 302)
    assert (page in after, noted.context["is_open"]) == (False, False)


def test_the_participant_is_told_on_the_day_while_they_agree(ended) -> None:
    olena = participant_of(ended)
    row = FollowUpFactory(match=ended)
    about = About(olena.user_id, row.pk)
    with scope.entered(ended.organisation_id):
        unasked = list(wiring._due(TODAY, TODAY))
    agrees(ended)

    with scope.entered(ended.organisation_id):
        due = [(one.user_id, one.on) for one in wiring._due(TODAY, TODAY)]
        before = list(wiring._due(TODAY - DAY, TODAY - DAY))
        assert wiring._still([about]) == [about]

    assert (unasked, due, before) == ([], [(olena.user_id, TODAY)], [])


def test_half_a_year_after_the_last_talk_all_of_them_go(ended) -> None:
    agrees(ended)
    ewa = staff(ended.programme)
    first = held(FollowUpFactory(match=ended), ewa, on=TODAY - 30 * DAY)
    second = held(FollowUpFactory(match=ended, months=12), ewa)

    with scope.entered(ended.organisation_id):
        early = set(queries.over_before(TODAY - DAY))
        then = set(queries.over_before(TODAY))
        with permit.lifted():
            commands.erase_follow_ups(list(then))

    assert (early, then) == (set(), {first.pk, second.pk})
    assert kept(ended) == []
