"""What stands in memory after decisions can always be built again from the record."""

from base64 import b64encode
from collections import OrderedDict

import pytest

from kith.base import scope
from kith.matching import commands
from kith.matching.models import Decision, Run, Unmatched
from kith.matching.queries import standing
from kith.matching.queries.standing import NothingStands
from kith.matching.tests.acts import (
    answer,
    ask_both,
    board,
    decisions,
    engine,
    keep,
    keep_pair,
    opened,
    rebuilt,
    reject,
    run_of,
    solved_again,
    states,
    take_back,
    three_and_two,
    whole,
    writing,
)
from kith.matching.tests.factories import ProgrammeFactory

pytestmark = pytest.mark.django_db

FIRST = {"Olena": "Marta", "Amal": "Piotr", "Iva": None}


@pytest.fixture
def programme():
    return ProgrammeFactory()


def acts_of(round_):
    return [(one.number, one.act) for one in decisions(round_)]


def fall_over(*_args, **_more):
    raise RuntimeError


# ── What stands can be built again ───────────────────────────────────────────────────────────────


def test_the_copy_in_memory_equals_one_that_is_built_from_the_record(programme) -> None:
    olena, amal, iva, marta, piotr = three_and_two(programme)
    round_ = opened(programme)
    seen = []

    for act in (
        lambda: keep(round_, olena),
        lambda: reject(round_, amal),
        lambda: take_back(round_, olena, marta),
        lambda: keep_pair(round_, olena, piotr),
        lambda: take_back(round_, amal, piotr),
        lambda: ask_both(round_, olena),
        lambda: answer(round_, olena, "participant", "no"),
    ):
        act()
        seen.append((whole(round_), engine(round_), rebuilt(round_)))

    assert all(shown == kept == built for shown, kept, built in seen)
    assert [one.number for one in decisions(round_)] == list(range(1, len(decisions(round_)) + 1))
    assert run_of(round_).acts == len(decisions(round_))
    assert iva.pk != olena.pk


def test_two_servers_that_take_turns_see_the_same(programme, monkeypatch) -> None:
    olena, amal, _, marta, _ = three_and_two(programme)
    round_ = opened(programme)
    first, second = OrderedDict(), OrderedDict()

    monkeypatch.setattr(standing, "_kept", first)
    keep(round_, olena)
    monkeypatch.setattr(standing, "_kept", second)
    reject(round_, amal)
    seen_by_second = engine(round_)
    monkeypatch.setattr(standing, "_kept", first)
    seen_by_first = engine(round_)
    take_back(round_, olena, marta)
    back_by_first = engine(round_)
    monkeypatch.setattr(standing, "_kept", second)

    assert len(first) == len(second) == 1
    assert seen_by_first == seen_by_second
    assert engine(round_) == back_by_first == whole(round_)


def test_a_decision_whose_writing_fails_leaves_nothing_behind(programme, monkeypatch) -> None:
    _, _, iva, marta, _ = three_and_two(programme)
    round_ = opened(programme)
    before = states(round_)

    with monkeypatch.context() as broken:
        broken.setattr("kith.matching.commands.deciding.follow", fall_over)
        with pytest.raises(RuntimeError):
            keep_pair(round_, iva, marta)

    assert states(round_) == before
    assert acts_of(round_) == []
    assert run_of(round_).acts == 0
    assert engine(round_) == FIRST


def test_a_decision_undone_after_the_engine_knew_it_is_forgotten_and_the_next_one_counts(
    programme, monkeypatch
) -> None:
    olena, _, iva, marta, _ = three_and_two(programme)
    round_ = opened(programme)

    with monkeypatch.context() as broken:
        broken.setattr("kith.gate.commands.audit.write", fall_over)
        with pytest.raises(RuntimeError):
            keep_pair(round_, iva, marta)
    after_the_fall = engine(round_)
    keep(round_, olena)

    assert after_the_fall == FIRST
    assert acts_of(round_) == [(1, "lock")]
    assert engine(round_) == rebuilt(round_) == whole(round_) == FIRST


def test_an_undone_decision_is_not_mistaken_for_the_one_that_took_its_number(
    programme, monkeypatch
) -> None:
    olena, _, iva, marta, _ = three_and_two(programme)
    round_ = opened(programme)
    mine, others = OrderedDict(), OrderedDict()

    monkeypatch.setattr(standing, "_kept", mine)
    with monkeypatch.context() as broken:
        broken.setattr("kith.gate.commands.audit.write", fall_over)
        with pytest.raises(RuntimeError):
            keep_pair(round_, iva, marta)
    monkeypatch.setattr(standing, "_kept", others)
    reject(round_, olena)
    right = engine(round_)
    monkeypatch.setattr(standing, "_kept", mine)

    assert right != FIRST
    assert engine(round_) == right == whole(round_)


@pytest.mark.parametrize("saved", [b"an earlier form", b""])
def test_what_an_earlier_kith_saved_is_found_again_or_said_to_be_gone(programme, saved) -> None:
    _, _, iva, marta, _ = three_and_two(programme)
    round_ = opened(programme)
    keep_pair(round_, iva, marta)
    expected = engine(round_)
    run = run_of(round_)
    run.standing = b64encode(saved).decode()
    with writing(programme):
        run.save()

    standing.forget(run.pk)

    if saved:
        assert engine(round_) == expected
    else:
        with pytest.raises(NothingStands):
            engine(round_)


def test_only_the_rounds_on_which_people_work_stay_in_memory(programme, monkeypatch) -> None:
    monkeypatch.setattr(standing, "_kept", OrderedDict())
    three_and_two(programme)
    round_ = opened(programme)
    runs = [run_of(round_)] + [solved_again(round_) for _ in range(standing.MOST_KEPT)]

    for run in runs:
        with scope.entered(programme.organisation_id), standing.standing(run):
            pass

    assert list(standing._kept) == [run.pk for run in runs[1:]]


def test_after_somebody_is_erased_deciding_says_that_the_answers_are_no_longer_kept(
    programme,
) -> None:
    olena, amal, *_ = three_and_two(programme)
    round_ = opened(programme)
    keep(round_, olena)
    with writing(programme):
        commands.let_go_of_person(amal.person_id)

    with pytest.raises(NothingStands):
        take_back(round_, olena, three_and_two_marta(round_, olena))

    assert states(round_) == {("Olena", "Marta"): "locked", ("Amal", "Piotr"): "dropped"}
    with scope.entered(programme.organisation_id):
        assert list(Unmatched.objects.filter(participant=amal)) == []
        assert Run.objects.get().problem is None


def three_and_two_marta(round_, olena):
    """The mentor with whom Olena stands."""
    with scope.entered(round_.organisation_id):
        return Decision.objects.get(participant=olena).mentor


def test_after_an_erasure_the_answers_of_both_sides_still_count_and_proposing_again_goes_on(
    programme,
) -> None:
    olena, amal, *_ = three_and_two(programme)
    round_ = opened(programme)
    ask_both(round_, olena)
    with writing(programme):
        commands.let_go_of_person(amal.person_id)

    answer(round_, olena, "mentor", "no")
    said = states(round_)["Olena", "Marta"]
    solved_again(round_)

    assert said == "declined"
    assert "Marta" not in {board(round_).get("Olena")}
    assert whole(round_) == engine(round_)
