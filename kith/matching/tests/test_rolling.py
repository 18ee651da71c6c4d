"""Rounds that keep going: who comes is taken in by the work behind the page, who goes is let go."""

from datetime import date

import pytest

from kith.base import events, scope
from kith.gate.actor import job_actor
from kith.matching import jobs, wiring
from kith.matching.models import Proposal, Run
from kith.matching.tests.acts import (
    answer,
    ask_both,
    board,
    decisions,
    engine,
    ewa_of,
    keep,
    nobody_for,
    opened,
    rebuilt,
    refreshed,
    reject,
    run_of,
    solved_again,
    states,
    three_and_two,
    whole,
    writing,
)
from kith.matching.tests.factories import (
    CHECKS_FOR_CHILDREN,
    TODAY,
    ProgrammeFactory,
    free_mentor,
    waiting_participant,
)
from kith.people.models import MentorCheck, MentorProfile
from kith.programmes.commands import enrol
from kith.programmes.events import Enrolled
from kith.programmes.models import Enrolment
from kith.programmes.rules import Side

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.fixture
def asked_for(monkeypatch):
    """The work that was asked for, instead of the queue."""
    asked = []
    monkeypatch.setattr(
        wiring,
        "ask_for",
        lambda name, organisation, **keys: asked.append((name, organisation, keys)),
    )
    return asked


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr("kith.base.clock.today", lambda: TODAY)


def actor(programme, name="matching.newcomer"):
    return job_actor(name, programme.organisation)


def works(programme, asked):
    """Do the work that was asked for."""
    said = []
    for name, organisation, keys in asked:
        assert (name, organisation) == ("matching.newcomer", programme.organisation_id)
        with scope.entered(organisation):
            found = {key: str(value) for key, value in keys.items()}
            said.append(jobs.take_in_newcomer(actor(programme), **found))
    return said


def hour(programme):
    """What happens every hour."""
    with scope.entered(programme.organisation_id):
        return jobs.bring_up_to_date(actor(programme, "matching.rolling"))


def goes(programme, *places):
    with writing(programme):
        Enrolment.objects.filter(pk__in=[one.pk for one in places]).update(state="paused")


# ── Who comes ────────────────────────────────────────────────────────────────────────────────────


def test_whoever_gets_a_place_is_taken_into_a_rolling_round_and_finds_the_free_mentor(
    programme, asked_for, today
) -> None:
    waiting_participant(programme, called="Olena")
    free_mentor(programme, called="Marta", capacity=2)
    round_ = opened(programme, is_rolling=True)
    amal = waiting_participant(ProgrammeFactory(organisation=programme.organisation), called="Amal")

    enrol(
        ewa_of(programme),
        programme=programme,
        person=amal.person,
        side=Side.PARTICIPANT,
        today=TODAY,
    )
    said = works(programme, asked_for)

    assert said == ["1 changes"]
    assert whole(round_) == {"Olena": "Marta", "Amal": "Marta"} == engine(round_)
    assert [(one.act, one.moves[0][1]) for one in decisions(round_)] == [("arrive", None)]
    assert engine(round_) == rebuilt(round_)


def test_a_family_that_comes_meets_who_has_the_check_today_not_who_had_it(programme) -> None:
    free_mentor(programme, called="Marta", capacity=2, checks=CHECKS_FOR_CHILDREN)
    piotr = free_mentor(programme, called="Piotr", capacity=2)
    waiting_participant(programme, called="Olena")
    round_ = opened(programme)
    with writing(programme):
        marta = MentorCheck.objects.filter(kind="record_check")
        marta.update(person=piotr.person_id)
    waiting_participant(programme, called="Amal", with_children=True)

    refreshed(round_)

    assert board(round_)["Amal"] == "Piotr"
    assert engine(round_) == rebuilt(round_)


def test_a_family_that_comes_when_nobody_has_the_check_any_more_finds_nobody(programme) -> None:
    free_mentor(programme, called="Marta", capacity=2, checks=CHECKS_FOR_CHILDREN)
    waiting_participant(programme, called="Olena")
    round_ = opened(programme)
    with writing(programme):
        MentorCheck.objects.filter(kind="record_check").delete()
    waiting_participant(programme, called="Amal", with_children=True)

    refreshed(round_)

    assert whole(round_) == {"Olena": "Marta", "Amal": None} == rebuilt(round_)


def test_a_newcomer_for_whom_nobody_is_free_stands_with_the_reasons(programme, today) -> None:
    waiting_participant(programme, called="Olena")
    free_mentor(programme, called="Marta")
    round_ = opened(programme, is_rolling=True)
    waiting_participant(programme, called="Amal", availability=["mon-am"])
    waiting_participant(programme, called="Iva", waiting_since=date(2026, 11, 20))

    said = hour(programme)

    assert said == "2 changes"
    assert nobody_for(round_) == {"Amal": ["availability"], "Iva": ["taken"]}
    assert whole(round_) == engine(round_)


def test_who_has_waited_longer_elsewhere_comes_before_who_was_proposed(programme, today) -> None:
    waiting_participant(programme, called="Olena", waiting_since=date(2026, 11, 1))
    free_mentor(programme, called="Marta")
    round_ = opened(programme, is_rolling=True)
    waiting_participant(programme, called="Amal", waiting_since=date(2025, 1, 1))

    hour(programme)

    assert whole(round_) == {"Amal": "Marta", "Olena": None}


def test_a_round_that_does_not_keep_going_asks_for_nothing_and_changes_only_by_the_button(
    programme, asked_for, today
) -> None:
    waiting_participant(programme, called="Olena")
    free_mentor(programme, called="Marta", capacity=2)
    round_ = opened(programme)
    amal = waiting_participant(programme, called="Amal")

    with writing(programme):
        events.announce(Enrolled(amal.pk, amal.person_id, "participant"))
    by_itself = (hour(programme), board(round_))
    changes = refreshed(round_)

    assert asked_for == []
    assert by_itself == ("0 changes", {"Olena": "Marta"})
    assert (changes, board(round_)) == (1, {"Olena": "Marta", "Amal": "Marta"})


def test_a_closed_round_and_one_of_another_programme_take_nobody_in(programme, asked_for) -> None:
    waiting_participant(programme)
    free_mentor(programme)
    opened(programme, is_rolling=True)
    other = ProgrammeFactory(organisation=programme.organisation)
    amal = waiting_participant(other)

    with writing(programme):
        events.announce(Enrolled(amal.pk, amal.person_id, "participant"))

    assert asked_for == []


def test_who_lacks_consent_is_not_taken_in(programme, today) -> None:
    waiting_participant(programme, called="Olena")
    free_mentor(programme, called="Marta", capacity=2)
    round_ = opened(programme, is_rolling=True)
    waiting_participant(programme, called="Amal", consent=False)

    said = hour(programme)

    assert said == "0 changes"
    assert whole(round_) == {"Olena": "Marta"}


def test_a_newcomer_is_never_proposed_to_someone_who_said_no_to_them(programme, today) -> None:
    olena = waiting_participant(programme, called="Olena")
    free_mentor(programme, called="Marta")
    round_ = opened(programme, is_rolling=True)
    ask_both(round_, olena)
    answer(round_, olena, "mentor", "no")
    goes(programme, olena)
    hour(programme)
    with writing(programme):
        Enrolment.objects.filter(pk=olena.pk).update(state="waiting")

    hour(programme)

    assert [one.act for one in decisions(round_)][-2:] == ["leave", "arrive"]
    assert whole(round_) == {"Olena": None} == engine(round_)


def test_who_comes_back_is_still_not_proposed_where_the_pair_was_left_out(programme, today) -> None:
    olena = waiting_participant(programme, called="Olena")
    waiting_participant(programme, called="Amal", availability=["mon-am"])
    free_mentor(programme, called="Marta")
    round_ = opened(programme, is_rolling=True)
    reject(round_, olena, reason="not_now")
    goes(programme, olena)
    hour(programme)
    with writing(programme):
        Enrolment.objects.filter(pk=olena.pk).update(state="waiting")

    hour(programme)

    assert whole(round_) == {"Olena": None, "Amal": None} == engine(round_)


# ── Who goes ─────────────────────────────────────────────────────────────────────────────────────


def test_who_no_longer_waits_is_let_go_and_frees_the_mentor_for_the_next(programme, today) -> None:
    olena, *_ = three_and_two(programme)
    round_ = opened(programme, is_rolling=True)
    goes(programme, olena)

    said = hour(programme)

    assert said == "1 changes"
    assert set(whole(round_)) == {"Amal", "Iva"}
    assert sorted(board(round_).values()) == ["Marta", "Piotr"]
    assert nobody_for(round_) == {}
    assert [one.act for one in decisions(round_)] == ["leave"]
    assert whole(round_) == engine(round_) == rebuilt(round_)


def test_who_had_nobody_and_leaves_is_no_longer_listed(programme, today) -> None:
    _, _, iva, _, _ = three_and_two(programme)
    round_ = opened(programme, is_rolling=True)
    goes(programme, iva)

    hour(programme)

    assert whole(round_) == {"Olena": "Marta", "Amal": "Piotr"} == engine(round_)


def test_a_kept_pair_ends_when_its_participant_leaves(programme, today) -> None:
    olena, *_ = three_and_two(programme)
    round_ = opened(programme, is_rolling=True)
    keep(round_, olena)
    goes(programme, olena)

    hour(programme)

    assert states(round_)["Olena", "Marta"] == "dropped"
    assert set(board(round_)) == {"Amal", "Iva"}
    assert whole(round_) == engine(round_)


def test_who_is_being_asked_does_not_count_as_having_left(programme, today) -> None:
    olena, *_ = three_and_two(programme)
    round_ = opened(programme, is_rolling=True)
    ask_both(round_, olena)

    said = hour(programme)

    assert said == "0 changes"
    assert whole(round_) == {"Olena": "Marta", "Amal": "Piotr", "Iva": None} == engine(round_)


def test_after_two_yeses_the_mentors_place_stays_taken(programme, today) -> None:
    olena, *_ = three_and_two(programme)
    round_ = opened(programme, is_rolling=True)
    ask_both(round_, olena)
    for side in ("mentor", "participant"):
        answer(round_, olena, side, "yes")

    hour(programme)

    assert whole(round_) == {"Olena": "Marta", "Amal": "Piotr", "Iva": None} == engine(round_)


def test_a_place_held_by_somebody_asked_before_the_last_run_is_not_given_away(
    programme, today
) -> None:
    olena, *_ = three_and_two(programme)
    round_ = opened(programme, is_rolling=True)
    ask_both(round_, olena)
    solved_again(round_)

    said = hour(programme)

    assert said == "0 changes"
    assert whole(round_) == {"Olena": "Marta", "Amal": "Piotr", "Iva": None}


def test_a_kept_pair_ends_when_its_mentor_takes_a_break_and_the_participant_gets_another(
    programme, today
) -> None:
    olena, *_, marta, _ = three_and_two(programme)
    round_ = opened(programme, is_rolling=True)
    keep(round_, olena)
    with writing(programme):
        MentorProfile.objects.filter(person=marta.person_id).update(paused_until=TODAY)

    hour(programme)

    assert states(round_)["Olena", "Marta"] == "dropped"
    assert [one.act for one in decisions(round_)] == ["lock", "unlock", "places"]
    assert set(board(round_).values()) == {"Piotr"}
    assert whole(round_) == engine(round_) == rebuilt(round_)


# ── Mentors ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (2, {"Olena": "Marta", "Amal": "Piotr", "Iva": "Marta"}),
        (0, {"Amal": "Piotr", "Olena": None, "Iva": None}),
    ],
)
def test_another_number_of_places_is_followed(programme, today, places, expected) -> None:
    *_, marta, _ = three_and_two(programme)
    round_ = opened(programme, is_rolling=True)
    with writing(programme):
        MentorProfile.objects.filter(person=marta.person_id).update(capacity=places)

    said = hour(programme)

    assert said == "1 changes"
    assert whole(round_) == expected == engine(round_) == rebuilt(round_)
    assert [(one.act, one.places) for one in decisions(round_)] == [("places", places)]


def test_a_mentor_who_takes_a_break_frees_nobody_any_more(programme, today) -> None:
    *_, marta, _ = three_and_two(programme)
    round_ = opened(programme, is_rolling=True)
    with writing(programme):
        MentorProfile.objects.filter(person=marta.person_id).update(paused_until=TODAY)

    hour(programme)

    assert set(board(round_).values()) == {"Piotr"}
    assert whole(round_) == engine(round_)


def test_a_new_mentor_makes_a_new_run_in_which_decisions_stand(programme, asked_for, today) -> None:
    olena, *_ = three_and_two(programme)
    round_ = opened(programme, is_rolling=True)
    keep(round_, olena)
    zofia = free_mentor(programme, called="Zofia")

    with writing(programme):
        events.announce(Enrolled(zofia.pk, zofia.person_id, "mentor"))
    works(programme, asked_for)

    assert run_of(round_).number == 2
    assert whole(round_) == {"Olena": "Marta", "Amal": "Piotr", "Iva": "Zofia"} == engine(round_)
    assert states(round_)["Olena", "Marta"] == "locked"
    with scope.entered(programme.organisation_id):
        assert Run.objects.get(number=2).settings == Run.objects.get(number=1).settings


def test_nothing_new_makes_no_decision_and_no_run(programme, today) -> None:
    three_and_two(programme)
    round_ = opened(programme, is_rolling=True)

    said = hour(programme)

    assert said == "0 changes"
    assert (run_of(round_).number, decisions(round_)) == (1, [])


def test_a_round_that_is_being_solved_is_brought_up_to_date_later(programme, today) -> None:
    three_and_two(programme)
    round_ = opened(programme, is_rolling=True)
    run = run_of(round_)
    with writing(programme):
        Run.objects.filter(pk=run.pk).update(state="solving")
    nadia = waiting_participant(programme, called="Nadia")

    said = hour(programme)

    assert said == "0 changes"
    with scope.entered(programme.organisation_id):
        assert Proposal.objects.filter(participant=nadia).count() == 0


def test_a_mentor_who_gains_what_was_missing_comes_in(programme, today) -> None:
    three_and_two(programme)
    zofia = free_mentor(programme, called="Zofia", trained_until=None)
    round_ = opened(programme, is_rolling=True)
    before = hour(programme)
    with writing(programme):
        MentorProfile.objects.filter(person=zofia.person_id).update(trained_until=TODAY)

    hour(programme)

    assert before == "0 changes"
    assert board(round_)["Iva"] == "Zofia"
