"""Every decision: the whole board follows at once."""

import pytest

from kith.base import scope
from kith.matching import commands
from kith.matching.tests.acts import (
    answer,
    ask_both,
    board,
    decisions,
    engine,
    keep,
    keep_pair,
    nobody_for,
    opened,
    rebuilt,
    reject,
    solved_again,
    states,
    take_back,
    three_and_two,
    whole,
    withdraw,
)
from kith.matching.tests.factories import ProgrammeFactory, free_mentor, waiting_participant

pytestmark = pytest.mark.django_db

FIRST = {"Olena": "Marta", "Amal": "Piotr", "Iva": None}


@pytest.fixture
def programme():
    return ProgrammeFactory()


def acts_of(round_):
    return [(one.number, one.act) for one in decisions(round_)]


def moves_of(round_, *people):
    """What the last decision moved, by the names that these people go by."""
    names = {str(one.pk): one.person.called for one in people}
    names |= {str(one.person_id): one.person.called for one in people}
    [*_, last] = decisions(round_)
    return {
        names[one]: tuple(key and names[key] for key in (before, after))
        for one, before, after in last.moves
    }


# ── The board follows ────────────────────────────────────────────────────────────────────────────


def test_the_last_to_come_finds_nobody_and_learns_that_both_mentors_are_taken(programme) -> None:
    three_and_two(programme)

    round_ = opened(programme)

    assert whole(round_) == FIRST
    assert nobody_for(round_) == {"Iva": ["taken"]}


def test_a_kept_pair_changes_nothing_for_others_and_is_written_down_as_the_first_act(
    programme,
) -> None:
    olena, *_ = three_and_two(programme)
    round_ = opened(programme)

    keep(round_, olena)

    assert whole(round_) == FIRST
    assert acts_of(round_) == [(1, "lock")]
    assert decisions(round_)[0].moves == []


def test_a_rejected_pair_gives_both_sides_their_next_best_at_once(programme) -> None:
    olena, amal, iva, marta, piotr = three_and_two(programme)
    round_ = opened(programme)

    reject(round_, olena)

    after = whole(round_)
    assert sorted(one for one in after.values() if one) == ["Marta", "Piotr"]
    assert after["Olena"] in {"Piotr", None}
    assert after == engine(round_)
    assert states(round_)["Olena", "Marta"] == "rejected"
    people = (olena, amal, iva, marta, piotr)
    assert moves_of(round_, *people) == {
        name: (FIRST[name], after[name]) for name in FIRST if FIRST[name] != after[name]
    }


def test_taking_a_rejection_back_brings_the_first_board_back_and_its_one_row_is_used_again(
    programme,
) -> None:
    olena, _, _, marta, _ = three_and_two(programme)
    round_ = opened(programme)
    rejected = reject(round_, olena)

    take_back(round_, olena, marta)

    assert whole(round_) == FIRST
    assert nobody_for(round_) == {"Iva": ["taken"]}
    assert acts_of(round_) == [(1, "reject"), (2, "allow")]
    assert states(round_) == {("Olena", "Marta"): "proposed", ("Amal", "Piotr"): "proposed"}
    with scope.entered(programme.organisation_id):
        rejected.refresh_from_db()
    assert (rejected.state, rejected.reject_reason) == ("proposed", "")


def test_a_pair_of_ones_own_choice_leaves_somebody_without_who_comes_back_when_it_is_let_go(
    programme,
) -> None:
    _, _, iva, marta, _ = three_and_two(programme)
    round_ = opened(programme)

    keep_pair(round_, iva, marta)
    kept, left = whole(round_), nobody_for(round_)
    take_back(round_, iva, marta)

    assert kept == {"Iva": "Marta", "Amal": "Piotr", "Olena": None}
    assert left == {"Olena": ["taken"]}
    assert whole(round_) == FIRST
    assert nobody_for(round_) == {"Iva": ["taken"]}
    assert acts_of(round_) == [(1, "lock"), (2, "unlock")]


def test_who_moves_is_written_with_the_mentor_before_and_after(programme) -> None:
    people = three_and_two(programme)
    round_ = opened(programme)

    keep_pair(round_, people[2], people[3])

    assert moves_of(round_, *people) == {"Iva": (None, "Marta"), "Olena": ("Marta", None)}


def test_a_kept_pair_that_is_rejected_is_first_let_go_and_then_left_out(programme) -> None:
    olena, *_ = three_and_two(programme)
    round_ = opened(programme)
    keep(round_, olena)

    reject(round_, olena)

    assert acts_of(round_) == [(1, "lock"), (2, "unlock"), (3, "reject")]
    assert states(round_)["Olena", "Marta"] == "rejected"
    assert whole(round_) == engine(round_)


def test_another_mentor_for_a_kept_participant_lets_the_kept_pair_go(programme) -> None:
    olena, _, _, marta, piotr = three_and_two(programme)
    round_ = opened(programme)
    keep(round_, olena)

    keep_pair(round_, olena, piotr)

    assert board(round_)["Olena"] == "Piotr"
    assert whole(round_) == engine(round_)
    assert ("Olena", marta.person.called) not in states(round_)


def test_a_rejected_pair_can_be_kept_all_the_same(programme) -> None:
    olena, _, _, marta, _ = three_and_two(programme)
    round_ = opened(programme)
    reject(round_, olena)

    kept = keep_pair(round_, olena, marta)

    assert (kept.state, kept.reject_reason) == ("locked", "")
    assert whole(round_) == FIRST == engine(round_)


def test_two_kept_pairs_for_one_place_are_refused_and_nothing_changes(programme) -> None:
    olena, _, iva, marta, _ = three_and_two(programme)
    round_ = opened(programme)
    keep(round_, olena)
    before = states(round_)

    with pytest.raises(commands.CannotBeKept):
        keep_pair(round_, iva, marta)

    assert states(round_) == before
    assert nobody_for(round_) == {"Iva": ["taken"]}
    assert acts_of(round_) == [(1, "lock")]
    assert engine(round_) == FIRST


def test_a_mentor_with_two_places_keeps_two_and_refuses_the_third(programme) -> None:
    people = [waiting_participant(programme, called=name) for name in ("Olena", "Amal", "Iva")]
    marta = free_mentor(programme, called="Marta", capacity=2)
    round_ = opened(programme)

    for one in people[:2]:
        keep_pair(round_, one, marta)
    with pytest.raises(commands.CannotBeKept):
        keep_pair(round_, people[2], marta)

    assert board(round_) == {"Olena": "Marta", "Amal": "Marta"}
    assert nobody_for(round_) == {"Iva": ["no_places"]} or set(nobody_for(round_)) == {"Iva"}


def test_a_no_gives_the_participant_the_next_mentor_and_never_the_same_one(programme) -> None:
    olena, *_ = three_and_two(programme)
    round_ = opened(programme)
    ask_both(round_, olena)

    answer(round_, olena, "mentor", "no")

    assert states(round_)["Olena", "Marta"] == "declined"
    assert whole(round_) == engine(round_)
    assert board(round_).get("Olena") != "Marta"
    assert sorted(board(round_).values()) == ["Marta", "Piotr"]
    assert acts_of(round_) == [(1, "lock"), (2, "unlock"), (3, "reject")]


def test_a_question_that_is_taken_back_leaves_the_best_for_all(programme) -> None:
    olena, *_ = three_and_two(programme)
    round_ = opened(programme)
    ask_both(round_, olena)

    withdraw(round_, olena)

    assert whole(round_) == FIRST == engine(round_)
    assert states(round_)["Olena", "Marta"] == "proposed"


def test_who_is_being_asked_keeps_the_place_while_others_are_decided_about(programme) -> None:
    olena, amal, *_ = three_and_two(programme)
    round_ = opened(programme)
    ask_both(round_, olena)

    reject(round_, amal)

    assert board(round_)["Olena"] == "Marta"
    assert states(round_)["Olena", "Marta"] == "offered"
    assert whole(round_) == {"Olena": "Marta", "Iva": "Piotr", "Amal": None} == engine(round_)


def test_after_both_said_yes_the_rest_of_the_board_goes_on(programme) -> None:
    olena, amal, *_ = three_and_two(programme)
    round_ = opened(programme)
    ask_both(round_, olena)
    answer(round_, olena, "mentor", "yes")
    answer(round_, olena, "participant", "yes")

    reject(round_, amal)

    assert whole(round_) == {"Olena": "Marta", "Iva": "Piotr", "Amal": None} == engine(round_)


def test_a_decision_about_a_round_that_was_solved_again_goes_on_from_the_new_run(
    programme,
) -> None:
    olena, amal, _, marta, _ = three_and_two(programme)
    round_ = opened(programme)
    keep(round_, olena)
    reject(round_, amal)
    before = whole(round_)

    run = solved_again(round_)
    again = whole(round_)
    take_back(round_, olena, marta)

    assert before == again
    assert (run.number, acts_of(round_)) == (2, [(1, "unlock")])
    assert whole(round_) == engine(round_) == rebuilt(round_)
