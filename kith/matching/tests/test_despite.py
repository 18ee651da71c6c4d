"""A soft rule set aside for two people: with a reason, never a rule that protects somebody."""

import pytest
from django.db import connection

from kith.base import scope
from kith.matching import commands
from kith.matching.models import Decision, Proposal
from kith.matching.queries.standing import standing
from kith.matching.rules.wishes import Wishes
from kith.matching.tests.acts import (
    answer,
    ask_both,
    board,
    decisions,
    engine,
    ewa,
    nobody_for,
    opened,
    pair,
    rebuilt,
    refreshed,
    reject,
    run_of,
    solved_again,
    states,
    take_back,
    whole,
    withdraw,
    writing,
)
from kith.matching.tests.factories import ProgrammeFactory, free_mentor, waiting_participant
from kith.people.models import Person
from kith.programmes.models import Enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.fixture
def apart(programme):
    """Olena is free at other times than Marta, whom Amal is proposed to."""
    return (
        waiting_participant(programme, called="Olena", availability=["mon-am"]),
        waiting_participant(programme, called="Amal"),
        free_mentor(programme, called="Marta"),
    )


def keep_despite(round_, participant, mentor, *, failed=("availability",), why="Shifts change"):
    return commands.keep_despite(
        ewa(round_),
        round=round_,
        participant=participant,
        mentor=mentor,
        failed=list(failed),
        why=why,
    )


def places_of(round_, mentor):
    with scope.entered(round_.organisation_id), standing(run_of(round_)) as live:
        return live.mentor(str(mentor.person_id)).capacity


# ── What may be set aside ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("why", ["", "  \n"])
def test_a_rule_is_not_set_aside_without_a_reason(programme, apart, why) -> None:
    olena, _, marta = apart
    round_ = opened(programme)

    with pytest.raises(commands.WhyNeeded):
        keep_despite(round_, olena, marta, why=why)

    assert whole(round_) == {"Amal": "Marta", "Olena": None}


@pytest.mark.parametrize("rule", ["availability", "range", "language", "topics"])
def test_a_rule_that_only_helps_may_be_set_aside(programme, apart, rule) -> None:
    olena, _, marta = apart
    round_ = opened(programme)

    kept = keep_despite(round_, olena, marta, failed=[rule])

    assert (kept.state, kept.despite) == ("locked", [rule])


@pytest.mark.parametrize(
    "rule",
    [
        *("gender", "excluded", "check", "training", "adult", "topics_required"),
        *("children", "programme", "rejected", "floor"),
    ],
)
def test_a_rule_that_protects_somebody_stands_also_beside_one_that_does_not(
    programme, apart, rule
) -> None:
    olena, _, marta = apart
    round_ = opened(programme)

    with pytest.raises(commands.RuleStands):
        keep_despite(round_, olena, marta, failed=[rule])
    with pytest.raises(commands.RuleStands):
        keep_despite(round_, olena, marta, failed=["availability", rule])

    assert whole(round_) == {"Amal": "Marta", "Olena": None}


def test_where_no_rule_stands_in_the_way_none_is_set_aside(programme, apart) -> None:
    olena, _, marta = apart
    round_ = opened(programme)

    with pytest.raises(commands.NothingInTheWay):
        keep_despite(round_, olena, marta, failed=[])

    assert decisions(round_) == []


def test_nobody_is_kept_with_a_mentor_of_another_programme_or_when_already_asked(
    programme, apart
) -> None:
    olena, amal, marta = apart
    other = free_mentor(ProgrammeFactory(organisation=programme.organisation))
    round_ = opened(programme)

    with pytest.raises(commands.NoLongerFree):
        keep_despite(round_, olena, other)
    ask_both(round_, amal)
    with pytest.raises(commands.NoLongerFree):
        keep_despite(round_, olena, marta)

    assert board(round_) == {"Amal": "Marta"}


# ── What it does to others ───────────────────────────────────────────────────────────────────────


def test_the_mentors_place_is_gone_for_others_who_learn_at_once(programme, apart) -> None:
    olena, _, marta = apart
    round_ = opened(programme)

    keep_despite(round_, olena, marta)

    assert board(round_) == {"Olena": "Marta"}
    assert nobody_for(round_) == {"Amal": ["no_places"]}
    assert places_of(round_, marta) == 0
    assert [(one.number, one.act) for one in decisions(round_)] == [(1, "leave"), (2, "one_less")]


def test_letting_the_pair_go_gives_the_place_back_and_the_person_waits_as_before(
    programme, apart
) -> None:
    olena, _, marta = apart
    round_ = opened(programme)
    before = nobody_for(round_)
    keep_despite(round_, olena, marta)

    freed = take_back(round_, olena, marta)

    assert (freed.state, freed.despite, freed.despite_why) == ("dropped", [], "")
    assert whole(round_) == {"Amal": "Marta", "Olena": None} == engine(round_)
    assert nobody_for(round_) == before == {"Olena": ["availability"]}
    assert places_of(round_, marta) == 1
    assert engine(round_) == rebuilt(round_)


def test_the_second_place_of_a_mentor_stays_for_others(programme) -> None:
    olena = waiting_participant(programme, called="Olena", availability=["mon-am"])
    waiting_participant(programme, called="Amal")
    marta = free_mentor(programme, called="Marta", capacity=2)
    round_ = opened(programme)

    keep_despite(round_, olena, marta)

    assert board(round_) == {"Olena": "Marta", "Amal": "Marta"}


def test_the_pair_stands_when_the_round_is_solved_again_and_can_still_be_let_go(
    programme, apart
) -> None:
    olena, _, marta = apart
    round_ = opened(programme)
    keep_despite(round_, olena, marta)

    solved_again(round_)
    again = whole(round_)
    take_back(round_, olena, marta)

    assert again == {"Olena": "Marta", "Amal": None}
    assert whole(round_) == {"Amal": "Marta", "Olena": None} == engine(round_)


def test_bringing_the_round_up_to_date_does_not_give_the_place_away(programme, apart) -> None:
    olena, _, marta = apart
    round_ = opened(programme)
    keep_despite(round_, olena, marta)

    changes = refreshed(round_)

    assert changes == 0
    assert whole(round_) == {"Olena": "Marta", "Amal": None}
    assert places_of(round_, marta) == 0


def test_a_pair_that_was_left_out_stays_out_when_another_is_let_go(programme) -> None:
    olena = waiting_participant(programme, called="Olena", needs=["offices"])
    free_mentor(programme, called="Marta", topics=["offices"])
    piotr = free_mentor(programme, called="Piotr", availability=["mon-am"])
    round_ = opened(programme)
    reject(round_, olena)
    keep_despite(round_, olena, piotr)

    take_back(round_, olena, piotr)

    assert whole(round_) == {"Olena": None} == engine(round_) == rebuilt(round_)
    assert states(round_)["Olena", "Marta"] == "rejected"


# ── Until both have said yes ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("said", "state"), [("no", "declined"), ("back", "dropped")])
def test_after_a_no_or_a_question_taken_back_the_round_can_be_brought_up_to_date(
    programme, apart, said, state
) -> None:
    olena, _, marta = apart
    round_ = opened(programme)
    keep_despite(round_, olena, marta)
    ask_both(round_, olena)

    if said == "no":
        answer(round_, olena, "mentor", "no")
    else:
        withdraw(round_, olena)
    refreshed(round_)

    assert states(round_)["Olena", "Marta"] == state
    assert whole(round_) == {"Amal": "Marta", "Olena": None} == engine(round_)
    assert places_of(round_, marta) == 1


def test_a_pair_let_go_can_be_proposed_like_any_other_when_the_rule_is_off(
    programme, apart
) -> None:
    olena, amal, marta = apart
    round_ = opened(programme)
    keep_despite(round_, olena, marta)
    ask_both(round_, olena)
    withdraw(round_, olena)
    with writing(programme):
        Enrolment.objects.filter(pk=amal.pk).update(state="paused")

    solved_again(round_, wishes=Wishes(gates_off=("availability",)))

    row = pair(round_, olena)
    assert (row.mentor_id, row.state, row.despite) == (marta.pk, "proposed", [])


def test_both_yes_make_a_match_as_with_any_pair(programme, apart) -> None:
    olena, _, marta = apart
    round_ = opened(programme)
    keep_despite(round_, olena, marta)
    ask_both(round_, olena)

    for side in ("mentor", "participant"):
        answer(round_, olena, side, "yes")

    assert states(round_)["Olena", "Marta"] == "agreed"
    assert whole(round_) == {"Olena": "Marta", "Amal": None}


def test_who_leaves_the_list_meanwhile_lets_the_pair_end(programme, apart) -> None:
    olena, _, marta = apart
    round_ = opened(programme)
    keep_despite(round_, olena, marta)
    with writing(programme):
        Enrolment.objects.filter(pk=olena.pk).update(state="paused")

    solved_again(round_)

    assert states(round_)["Olena", "Marta"] == "dropped"
    assert whole(round_) == {"Amal": "Marta"}


def test_a_pair_that_passes_by_now_is_proposed_without_the_old_exception(programme, apart) -> None:
    olena, amal, marta = apart
    round_ = opened(programme)
    keep_despite(round_, olena, marta)
    take_back(round_, olena, marta)
    with writing(programme):
        Person.objects.filter(pk=olena.person_id).update(availability=["tue-eve"])
        Enrolment.objects.filter(pk=amal.pk).update(state="paused")

    solved_again(round_)

    row = pair(round_, olena)
    assert (row.state, row.despite, row.despite_why) == ("proposed", [], "")


# ── The reason ───────────────────────────────────────────────────────────────────────────────────


def test_the_reason_lies_in_the_vault_and_is_gone_with_the_person(programme, apart) -> None:
    olena, _, marta = apart
    round_ = opened(programme)
    kept = keep_despite(round_, olena, marta, why="  Her shifts change in May ")

    with scope.entered(programme.organisation_id):
        with connection.cursor() as cursor:
            cursor.execute("SELECT despite_why FROM matching_proposal WHERE id = %s", [kept.pk])
            [written] = cursor.fetchone()
        read = Proposal.objects.get(pk=kept.pk).despite_why
    with writing(programme):
        commands.let_go_of_person(olena.person_id)
    with scope.entered(programme.organisation_id):
        erased = Proposal.objects.get(pk=kept.pk).despite_why

    assert b"shifts" not in bytes(written)
    assert read == "Her shifts change in May"
    assert "shifts" not in str(erased)


def test_what_was_known_of_the_person_is_kept_in_the_vault_with_the_decision(
    programme, apart
) -> None:
    olena, _, marta = apart
    round_ = opened(programme)

    keep_despite(round_, olena, marta)

    leave = decisions(round_)[0]
    with scope.entered(programme.organisation_id), connection.cursor() as cursor:
        cursor.execute("SELECT record FROM matching_decision WHERE id = %s", [leave.pk])
        [written] = cursor.fetchone()
        read = Decision.objects.get(pk=leave.pk).record

    assert read["availability"] == ["mon-am"]
    assert b"mon-am" not in bytes(written)
