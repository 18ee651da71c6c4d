"""Rounds of several programmes, and what people wish before one is solved."""

from dataclasses import replace
from datetime import date

import pytest

from kith.base import scope
from kith.matching import commands
from kith.matching.models import Proposal, Round, Run
from kith.matching.rules.wishes import Wishes, usual_weights
from kith.matching.tests.acts import (
    board,
    engine,
    ewa_of,
    keep_pair,
    nobody_for,
    opened,
    reject,
    run_of,
    solved_again,
    states,
    three_and_two,
    whole,
)
from kith.matching.tests.factories import (
    NOW,
    TODAY,
    EnrolmentFactory,
    ProgrammeFactory,
    free_mentor,
    waiting_participant,
)
from kith.programmes.rules import HardCriterion

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(name="Tandem")


@pytest.fixture
def other(programme):
    return ProgrammeFactory(organisation=programme.organisation, name="Library")


def weights(**changed):
    return {**dict.fromkeys(usual_weights(), 0), **changed}


def latest(round_):
    with scope.entered(round_.organisation_id):
        return Run.objects.filter(round=round_).order_by("-number").first()


# ── Several programmes ───────────────────────────────────────────────────────────────────────────


def test_a_mentor_in_two_programmes_has_one_number_of_places(programme, other) -> None:
    waiting_participant(programme, called="Olena", waiting_since=date(2026, 1, 1))
    waiting_participant(other, called="Amal")
    marta = free_mentor(programme, called="Marta")
    EnrolmentFactory(programme=other, person=marta.person, side="mentor")

    round_ = opened(programme, other)

    assert whole(round_) == {"Olena": "Marta", "Amal": None}
    assert run_of(round_).counts["places"] == 1


def test_with_two_places_a_mentor_is_proposed_in_each_programme_by_the_place_there(
    programme, other
) -> None:
    olena = waiting_participant(programme, called="Olena")
    amal = waiting_participant(other, called="Amal")
    marta = free_mentor(programme, called="Marta", capacity=2)
    there = EnrolmentFactory(programme=other, person=marta.person, side="mentor")

    round_ = opened(programme, other)

    with scope.entered(programme.organisation_id):
        rows = set(Proposal.objects.filter(round=round_).values_list("participant", "mentor"))
    assert rows == {(olena.pk, marta.pk), (amal.pk, there.pk)}


def test_nobody_is_paired_across_programmes(programme, other) -> None:
    waiting_participant(programme, called="Olena")
    waiting_participant(other, called="Amal", availability=["mon-am"])
    free_mentor(other, called="Marta")

    round_ = opened(programme, other)

    assert whole(round_) == {"Olena": None, "Amal": None}
    assert nobody_for(round_) == {"Olena": ["marks"], "Amal": ["availability"]}


def test_each_programme_is_in_one_open_round_at_a_time(programme, other) -> None:
    for one in (programme, other):
        waiting_participant(one)
        free_mentor(one)
    both = opened(programme, other)

    with pytest.raises(commands.RoundIsOpen):
        opened(other)
    commands.close_round(ewa_of(programme), round=both)
    alone = opened(other)

    with scope.entered(programme.organisation_id):
        assert set(Round.objects.all()) == {both, alone}


def test_a_round_needs_a_programme(programme) -> None:
    with pytest.raises(commands.NoProgramme):
        commands.open_round(ewa_of(programme), programmes=[], seed=1, today=TODAY, now=NOW)


def test_a_rule_stands_in_a_round_when_one_of_its_programmes_asks_for_it() -> None:
    class Criteria:
        hard: tuple[HardCriterion, ...] = (HardCriterion.SHARED_LANGUAGE,)
        soft = ()

    class Strict(Criteria):
        hard = (HardCriterion.SHARED_LANGUAGE, HardCriterion.WITHIN_DISTANCE)

    def wishes_of(*criteria):
        return Wishes.of_templates(type("Template", (), {"criteria": one}) for one in criteria)

    assert wishes_of(Criteria).gates_off == ("availability", "range", "topics")
    assert wishes_of(Criteria, Strict).gates_off == ("availability", "topics")


# ── Wishes ───────────────────────────────────────────────────────────────────────────────────────


def test_wishes_are_stored_with_the_run_and_stay_until_others_are_set(programme) -> None:
    three_and_two(programme)
    wishes = Wishes(
        weights=weights(need=40, language=5),
        gates_off=("availability", "topics"),
        floor=10,
        objective="leximin",
        waiting="much",
    )

    round_ = opened(programme, wishes=wishes)
    again = solved_again(round_)
    changed = solved_again(round_, wishes=replace(wishes, floor=0))

    assert run_of(round_).settings == replace(wishes, floor=0).stored()
    assert (again.settings, changed.settings["floor"]) == (wishes.stored(), 0)
    assert Wishes.read(again.settings) == wishes


def test_weights_decide_who_is_proposed(programme) -> None:
    waiting_participant(programme, called="Olena", needs=["offices"], languages={"uk": 5})
    free_mentor(programme, called="Marta", topics=["offices"], languages={"uk": 2})
    free_mentor(programme, called="Piotr", topics=["work"], languages={"uk": 5})

    round_ = opened(programme, wishes=Wishes(weights=weights(need=50), gates_off=("topics",)))
    for_help = board(round_)
    solved_again(round_, wishes=Wishes(weights=weights(language=50), gates_off=("topics",)))

    assert for_help == {"Olena": "Marta"}
    assert board(round_) == {"Olena": "Piotr"}


def test_a_rule_that_is_off_lets_a_pair_through(programme) -> None:
    waiting_participant(programme, called="Olena", availability=["mon-am"])
    free_mentor(programme, called="Marta")

    round_ = opened(programme)
    before = whole(round_)
    solved_again(round_, wishes=Wishes(gates_off=("availability",)))

    assert before == {"Olena": None}
    assert whole(round_) == {"Olena": "Marta"}


def test_rules_that_protect_somebody_cannot_be_switched_off_by_any_wish(programme) -> None:
    waiting_participant(programme, called="Olena", gender_wish="woman", gender_wish_firm=True)
    free_mentor(programme, called="Piotr", gender="man")

    round_ = opened(programme, wishes=Wishes(gates_off=("gender", "range")))

    assert whole(round_) == {"Olena": None}
    assert nobody_for(round_) == {"Olena": ["gender"]}


def test_a_floor_leaves_out_pairs_that_share_little(programme) -> None:
    waiting_participant(programme, called="Olena", needs=["offices"], languages={"uk": 1})
    free_mentor(programme, called="Marta", topics=["work"], languages={"uk": 1})

    round_ = opened(programme, wishes=Wishes(gates_off=("language", "topics")))
    before = whole(round_)
    solved_again(round_, wishes=Wishes(floor=60, gates_off=("language", "topics")))

    assert before == {"Olena": "Marta"}
    assert whole(round_) == {"Olena": None}
    assert nobody_for(round_) == {"Olena": ["floor"]}


def poor_or_even(programme):
    """Best in total: Olena gets all she wishes, Amal nothing. Even: each gets a part."""
    waiting_participant(programme, called="Olena", needs=["offices", "work"])
    waiting_participant(programme, called="Amal", needs=["school"], languages={"uk": 3})
    free_mentor(programme, called="Marta", topics=["offices", "work", "school"])
    free_mentor(programme, called="Piotr", topics=["offices"])


def test_the_worst_served_first_proposes_other_pairs_than_the_best_total(programme) -> None:
    poor_or_even(programme)
    wishes = Wishes(weights=weights(need=50), gates_off=("topics",))

    round_ = opened(programme, wishes=wishes)
    total = run_of(round_)
    solved_again(round_, wishes=replace(wishes, objective="leximin"))

    assert total.settings["objective"] == "sum"
    assert board(round_) == {"Olena": "Piotr", "Amal": "Marta"}
    assert whole(round_) == engine(round_)


def test_decisions_are_followed_where_the_worst_served_come_first(programme) -> None:
    olena, _, iva, marta, _ = three_and_two(programme)
    round_ = opened(programme, wishes=Wishes(objective="leximin", gates_off=("topics",)))

    keep_pair(round_, iva, marta)
    kept = (whole(round_), engine(round_))
    reject(round_, iva)

    assert kept[0] == kept[1]
    assert kept[0]["Iva"] == "Marta"
    assert whole(round_) == engine(round_)
    assert states(round_)["Iva", "Marta"] == "rejected"
    assert olena.pk != iva.pk


def test_how_much_waiting_counts_decides_about_the_last_place(programme) -> None:
    waiting_participant(
        programme, called="Olena", needs=["offices"], waiting_since=date(2026, 11, 20)
    )
    waiting_participant(programme, called="Amal", needs=["work"], waiting_since=date(2026, 5, 20))
    free_mentor(programme, called="Marta", topics=["offices"])

    round_ = opened(programme, wishes=Wishes(waiting="little", gates_off=("topics",)))
    little = board(round_)
    solved_again(round_, wishes=Wishes(waiting="much", gates_off=("topics",)))

    assert little == {"Olena": "Marta"}
    assert board(round_) == {"Amal": "Marta"}


def test_where_nothing_counts_no_round_begins_and_none_is_solved_again(programme) -> None:
    three_and_two(programme)

    with pytest.raises(commands.NothingWeighed):
        opened(programme, wishes=Wishes(weights=weights()))
    with scope.entered(programme.organisation_id):
        begun = Round.objects.count()
    round_ = opened(programme)
    with pytest.raises(commands.NothingWeighed):
        solved_again(round_, wishes=Wishes(weights=weights()))

    assert begun == 0
    assert latest(round_).number == 1
