"""The days to answer: a reminder, an end, and the next step by itself."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kith.base import scope
from kith.gate.actor import job_actor
from kith.gate.roles import Role
from kith.gate.tests.factories import actor_of
from kith.matching import commands, forms, jobs
from kith.matching.models import Proposal
from kith.matching.queries import offers
from kith.matching.tests.acts import (
    answer,
    ask_both,
    board,
    engine,
    ewa,
    opened,
    pair,
    solved_again,
    states,
    three_and_two,
    whole,
)
from kith.matching.tests.factories import TODAY, ProgrammeFactory, free_mentor, waiting_participant
from kith.people.tests.factories import account_of
from kith.programmes.models import Enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.fixture
def day(monkeypatch):
    """Lets so many days pass since both were asked."""

    def passed(number):
        then = TODAY + timedelta(days=number)
        moment = datetime(then.year, then.month, then.day, 8, tzinfo=ZoneInfo("Europe/Warsaw"))
        monkeypatch.setattr("kith.base.clock.today", lambda: then)
        monkeypatch.setattr("kith.base.clock.now", lambda: moment)

    passed(0)
    return passed


@pytest.fixture
def asked(programme):
    """Olena and Marta are asked today."""
    olena, *_ = three_and_two(programme)
    round_ = opened(programme)
    ask_both(round_, olena)
    return round_, olena


def hour(round_):
    """What happens every hour."""
    with scope.entered(round_.organisation_id):
        return jobs.look_after_offers(job_actor("matching.answers", round_.organisation))


def reminded(round_, participant):
    return pair(round_, participant).reminded_on


# ── The reminder ─────────────────────────────────────────────────────────────────────────────────


def test_whoever_has_not_answered_is_reminded_two_days_before_the_last_and_once(asked, day) -> None:
    round_, olena = asked
    said = []

    for number in (4, 5, 5, 6, 7):
        day(number)
        said.append(hour(round_))

    assert said == [
        "0 reminded, 0 ended",
        "1 reminded, 0 ended",
        "0 reminded, 0 ended",
        "0 reminded, 0 ended",
        "0 reminded, 0 ended",
    ]
    assert reminded(round_, olena) == TODAY + timedelta(days=5)


def test_one_answer_that_is_missing_is_enough_for_a_reminder(asked, day) -> None:
    round_, olena = asked
    answer(round_, olena, "participant", "yes")
    day(5)

    assert hour(round_) == "1 reminded, 0 ended"


def test_when_one_said_yes_and_the_other_has_a_question_nobody_is_reminded(asked, day) -> None:
    round_, olena = asked
    answer(round_, olena, "participant", "yes")
    answer(round_, olena, "mentor", "ask")
    day(5)

    assert hour(round_) == "0 reminded, 0 ended"


# ── The end ──────────────────────────────────────────────────────────────────────────────────────


def test_the_question_ends_the_day_after_the_last_and_the_next_pair_comes_by_itself(
    asked, day
) -> None:
    round_, olena = asked
    day(7)
    on_the_last_day = (hour(round_), states(round_)["Olena", "Marta"])
    day(8)

    said = hour(round_)

    assert on_the_last_day == ("1 reminded, 0 ended", "offered")
    assert said == "0 reminded, 1 ended"
    assert states(round_)["Olena", "Marta"] == "expired"
    assert board(round_).get("Olena") != "Marta"
    assert sorted(board(round_).values()) == ["Marta", "Piotr"]
    assert whole(round_) == engine(round_)
    with scope.entered(round_.organisation_id):
        assert Enrolment.objects.get(pk=olena.pk).state == "waiting"


def test_a_question_that_somebody_has_keeps_it_open_beyond_the_last_day(asked, day) -> None:
    round_, olena = asked
    answer(round_, olena, "participant", "ask")
    day(20)

    hour(round_)
    with pytest.raises(commands.OfferIsOver):
        commands.expire_offer(
            ewa(round_),
            proposal=pair(round_, olena),
            now=datetime(2026, 12, 13, 8, tzinfo=ZoneInfo("Europe/Warsaw")),
        )

    assert states(round_)["Olena", "Marta"] == "offered"


def test_a_week_more_clears_the_question_and_brings_a_reminder_of_its_own(asked, day) -> None:
    round_, olena = asked
    answer(round_, olena, "participant", "ask")
    answer(round_, olena, "mentor", "yes")
    day(6)
    hour(round_)
    until = TODAY + timedelta(days=13)

    more = commands.extend_offer(ewa(round_), proposal=pair(round_, olena), until=until)
    day(10)
    too_early = hour(round_)
    day(11)
    in_time = hour(round_)
    day(14)
    after = hour(round_)

    assert (more.answer_by, more.participant_answer, more.mentor_answer) == (until, "", "yes")
    assert [too_early, in_time, after] == [
        "0 reminded, 0 ended",
        "1 reminded, 0 ended",
        "0 reminded, 1 ended",
    ]


def test_what_is_over_gets_no_more_days(asked, day) -> None:
    round_, olena = asked
    answer(round_, olena, "mentor", "no")
    with scope.entered(round_.organisation_id):
        row = Proposal.objects.get(round=round_, state="declined")

    with pytest.raises(commands.OfferIsOver):
        commands.extend_offer(ewa(round_), proposal=row, until=TODAY)


def test_two_who_did_not_answer_in_time_may_be_proposed_in_the_next_run(programme, day) -> None:
    olena = waiting_participant(programme, called="Olena")
    free_mentor(programme, called="Marta")
    round_ = opened(programme)
    ask_both(round_, olena)
    day(8)
    hour(round_)
    before = whole(round_)

    solved_again(round_)

    assert before == {"Olena": None}
    assert whole(round_) == {"Olena": "Marta"} == engine(round_)
    row = pair(round_, olena)
    assert (row.state, row.answer_by, row.offered_on, row.participant_answer) == (
        "proposed",
        None,
        None,
        "",
    )


def test_after_the_round_is_closed_the_question_ends_and_nothing_new_is_proposed(
    asked, day
) -> None:
    round_, olena = asked
    commands.close_round(ewa(round_), round=round_)
    day(8)

    said = hour(round_)

    assert said.endswith("1 ended")
    assert states(round_)["Olena", "Marta"] == "expired"
    assert board(round_) == {}
    with scope.entered(round_.organisation_id):
        assert Enrolment.objects.get(pk=olena.pk).state == "waiting"


def test_who_was_asked_before_the_last_run_comes_back_behind_the_page_but_not_to_the_same(
    programme, day, monkeypatch
) -> None:
    olena = waiting_participant(programme, called="Olena")
    waiting_participant(programme, called="Amal")
    free_mentor(programme, called="Marta", capacity=3)
    round_ = opened(programme)
    ask_both(round_, olena)
    solved_again(round_)
    work = []
    monkeypatch.setattr(
        "kith.matching.commands.answers.ask_for",
        lambda name, organisation, **keys: work.append((name, organisation, keys)),
    )
    day(8)

    hour(round_)
    with scope.entered(round_.organisation_id):
        actor = job_actor("matching.newcomer", round_.organisation)
        said = jobs.take_in_newcomer(actor, round_id=str(round_.pk))

    assert work == [
        ("matching.newcomer", round_.organisation_id, {"round_id": round_.pk}),
    ]
    assert said == "3 changes"
    assert states(round_)["Olena", "Marta"] == "expired"
    assert whole(round_) == {"Amal": "Marta", "Olena": None} == engine(round_)


# ── The two who are asked ────────────────────────────────────────────────────────────────────────


def test_nobody_is_asked_why_they_say_no() -> None:
    assert list(forms.AnswerForm().fields) == ["answer"]
    assert list(forms.NotedAnswerForm().fields) == ["side", "answer"]
    assert forms.AnswerForm({"answer": "no"}).is_valid()


def test_names_are_known_only_after_both_said_yes(programme, day) -> None:
    olena = waiting_participant(programme, name="Olena Kowalczuk", called="Olena")
    marta = free_mentor(programme, name="Marta Lis", called="Marta")
    round_ = opened(programme)
    ask_both(round_, olena)
    martas = actor_of(account_of(marta.person, Role.MENTOR))

    with scope.entered(programme.organisation_id):
        seen = offers.offer_for(martas, offers.offers_to(martas).get())
        words = [value for value in vars(seen).values() if value is not seen.proposal]
    answer(round_, olena, "participant", "yes")
    after_one = states(round_)["Olena", "Marta"]
    answer(round_, olena, "mentor", "yes")

    assert "Olena" not in str(words)
    assert (after_one, states(round_)["Olena", "Marta"]) == ("offered", "agreed")
