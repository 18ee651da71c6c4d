"""Runs of a round: work behind the page, the proof, repetition and the audit."""

from dataclasses import replace
from datetime import date

import pytest

from kith.base import scope
from kith.gate.actor import job_actor
from kith.matching import commands, jobs
from kith.matching.commands import rounds as rounds_commands
from kith.matching.commands import running
from kith.matching.models import Proposal, Round, Run
from kith.matching.rules.audit import SMALLEST_GROUP
from kith.matching.rules.wishes import Wishes
from kith.matching.tests.acts import (
    board,
    engine,
    ewa_of,
    keep,
    keep_pair,
    opened,
    reject,
    run_of,
    solved_again,
    states,
    three_and_two,
    whole,
    writing,
)
from kith.matching.tests.factories import (
    NOW,
    TODAY,
    PlaceFactory,
    ProgrammeFactory,
    free_mentor,
    waiting_participant,
)
from kith.matching.views.told import STAGES
from kith.matching.views.told import work as work_words
from kith.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(name="Tandem")


@pytest.fixture
def in_the_background(monkeypatch):
    """Every round counts as large; gives the work that was asked for."""
    asked = []
    monkeypatch.setattr(rounds_commands, "SMALL_CELLS", 0)
    monkeypatch.setattr(running, "SMALL_CELLS", 0)
    monkeypatch.setattr(
        "kith.base.jobs.ask_for", lambda name, _organisation, **keys: asked.append((name, keys))
    )
    monkeypatch.setattr("kith.base.clock.today", lambda: TODAY)
    return asked


def latest(round_):
    with scope.entered(round_.organisation_id):
        return Run.objects.filter(round=round_).order_by("-number").first()


def work(round_, *, job=jobs.solve_run, name="matching.solve"):
    """Do the work behind the page of the last run."""
    run = latest(round_)
    with scope.entered(round_.organisation_id):
        return job(job_actor(name, round_.organisation), run_id=str(run.pk))


# ── Behind the page ──────────────────────────────────────────────────────────────────────────────


def test_a_large_round_is_solved_behind_the_page(programme, in_the_background) -> None:
    three_and_two(programme)

    round_ = opened(programme)
    before = (latest(round_).state, whole(round_))
    said = work(round_)

    assert in_the_background == [("matching.solve", {"run_id": latest(round_).pk})]
    assert before == ("asked", {})
    assert said == "2 pairs"
    assert whole(round_) == {"Olena": "Marta", "Amal": "Piotr", "Iva": None} == engine(round_)
    assert (latest(round_).state, latest(round_).stage, latest(round_).counts["pairs"]) == (
        "done",
        "",
        2,
    )


def test_the_stages_are_told_in_the_order_of_the_work(
    programme, in_the_background, monkeypatch
) -> None:
    three_and_two(programme)
    round_ = opened(programme)
    told = []
    note = commands.note_step

    def listen(*args, **step):
        told.append(step["stage"])
        note(*args, **step)

    monkeypatch.setattr(commands, "note_step", listen)

    work(round_)

    steps = [work_words(Run(state="solving", stage=one)).step for one in ["", *told]]
    assert (told[0], told[-2:]) == ("reading", ["checking", "writing"])
    assert steps == sorted(steps)
    assert steps[-1] == len(STAGES) - 1


def test_while_it_is_solved_nobody_decides_and_nobody_asks_again(
    programme, in_the_background
) -> None:
    olena, *_ = three_and_two(programme)
    round_ = opened(programme)
    work(round_)
    solved_again(round_)

    with pytest.raises(commands.RoundIsBusy):
        keep(round_, olena)
    with pytest.raises(commands.RoundIsBusy):
        solved_again(round_)

    assert latest(round_).number == 2
    assert whole(round_) == {"Olena": "Marta", "Amal": "Piotr", "Iva": None}


def test_what_was_asked_for_and_stopped_is_not_begun(programme, in_the_background) -> None:
    three_and_two(programme)
    round_ = opened(programme)
    commands.stop_solving(ewa_of(programme), round=round_)

    said = work(round_)

    assert said == "nothing to do"
    assert (latest(round_).state, whole(round_)) == ("stopped", {})


def test_work_that_goes_on_stops_at_the_next_step_and_the_board_stays(
    programme, in_the_background, monkeypatch
) -> None:
    olena, *_ = three_and_two(programme)
    round_ = opened(programme)
    work(round_)
    reject(round_, olena)
    before = (whole(round_), states(round_))
    solved_again(round_, wishes=Wishes(gates_off=("availability",)))
    begin = commands.begin_run

    def begun_and_stopped(actor, **keys):
        problem = begin(actor, **keys)
        commands.stop_solving(ewa_of(programme), round=round_)
        return problem

    monkeypatch.setattr(commands, "begin_run", begun_and_stopped)

    said = work(round_)

    assert said == "stopped"
    assert latest(round_).state == "stopped"
    assert (whole(round_), states(round_)) == before
    assert engine(round_) == before[0]


def test_work_that_was_let_go_of_twice_ends_at_once_and_what_comes_late_is_not_shown(
    programme, in_the_background, monkeypatch
) -> None:
    three_and_two(programme)
    round_ = opened(programme)
    begin = commands.note_step

    def told_late(actor, **keys):
        if keys["stage"] == "writing":
            commands.stop_solving(ewa_of(programme), round=round_)
            commands.stop_solving(ewa_of(programme), round=round_)
        return begin(actor, **keys)

    monkeypatch.setattr(commands, "note_step", told_late)

    said = work(round_)

    assert said == "stopped"
    assert (latest(round_).state, whole(round_)) == ("stopped", {})


def test_a_run_that_fails_keeps_its_fault_and_the_board_stays_open_for_decisions(
    programme, in_the_background
) -> None:
    olena, _, iva, *_ = three_and_two(programme)
    round_ = opened(programme)
    work(round_)
    keep(round_, olena)
    before = (whole(round_), states(round_))
    with writing(programme):
        Person.objects.filter(pk=olena.person_id).update(availability=["mon-am"])
    solved_again(round_)

    said = work(round_)

    assert said == "KeptPairNoLongerFits"
    assert (latest(round_).state, latest(round_).fault) == ("failed", "KeptPairNoLongerFits")
    assert (whole(round_), states(round_)) == before
    keep_pair(round_, iva, three_mentor(round_))
    assert board(round_)["Iva"] == "Piotr"


def three_mentor(round_):
    """The mentor of Amal."""
    with scope.entered(round_.organisation_id):
        return Proposal.objects.get(round=round_, state="proposed").mentor


def test_a_fault_nobody_foresaw_is_kept_and_told_to_the_house(
    programme, in_the_background, monkeypatch
) -> None:
    three_and_two(programme)
    round_ = opened(programme)

    def fall_over(*_args, **_more):
        raise ZeroDivisionError

    monkeypatch.setattr(jobs, "solved", fall_over)

    with pytest.raises(ZeroDivisionError):
        work(round_)

    assert (latest(round_).state, latest(round_).fault) == ("failed", "Unknown")


def test_everybody_gone_meanwhile_is_a_fault_with_a_name(programme, in_the_background) -> None:
    people = three_and_two(programme)
    round_ = opened(programme)
    with writing(programme):
        type(people[0]).objects.filter(side="mentor").update(state="paused")

    said = work(round_)

    assert said == "NobodyToMatch"
    assert commands.FAULTS[latest(round_).fault] is commands.NobodyToMatch


# ── Proof and repetition ─────────────────────────────────────────────────────────────────────────


def test_without_a_proof_that_holds_nothing_is_shown(programme, monkeypatch) -> None:
    three_and_two(programme)
    solve = running.solve_with

    def doubtful(*args, **keys):
        result = solve(*args, **keys)
        return replace(result, certificate=replace(result.certificate, violation=1))

    monkeypatch.setattr(running, "solve_with", doubtful)

    with pytest.raises(commands.ProofFailed):
        opened(programme)

    with scope.entered(programme.organisation_id):
        assert (Round.objects.count(), Proposal.objects.count(), Run.objects.count()) == (0, 0, 0)


def test_without_a_proof_behind_the_page_the_fault_is_kept(
    programme, in_the_background, monkeypatch
) -> None:
    three_and_two(programme)
    round_ = opened(programme)
    solve = running.solve_with

    def doubtful(*args, **keys):
        result = solve(*args, **keys)
        return replace(result, certificate=replace(result.certificate, violation=1))

    monkeypatch.setattr(running, "solve_with", doubtful)

    said = work(round_)

    assert said == latest(round_).fault == "ProofFailed"
    assert whole(round_) == {}


def test_the_proof_is_kept_in_numbers_that_agree(programme) -> None:
    three_and_two(programme)

    proof = run_of(opened(programme)).proof

    assert proof["primal"] == proof["dual"]
    assert (proof["violation"], proof["graph"], proof["most"]) == (0, "full", 2)


def test_a_run_repeated_behind_the_page_gives_the_same_bytes(programme, in_the_background) -> None:
    olena, *_ = three_and_two(programme)
    round_ = opened(programme)
    work(round_)
    reject(round_, olena)
    commands.repeat_run(ewa_of(programme), run=latest(round_), now=NOW)

    said = work(round_, job=jobs.repeat_run, name="matching.repeat")

    assert in_the_background[-1] == ("matching.repeat", {"run_id": latest(round_).pk})
    assert said == "same"
    assert latest(round_).repeated == latest(round_).digest


def test_a_result_that_was_tampered_with_is_told(programme) -> None:
    three_and_two(programme)
    round_ = opened(programme)
    run = run_of(round_)
    with writing(programme):
        Run.objects.filter(pk=run.pk).update(digest="0" * 64)

    commands.repeat_run(ewa_of(programme), run=run, now=NOW)
    at_once = latest(round_).repeated
    said = work(round_, job=jobs.repeat_run, name="matching.repeat")

    assert at_once == run.digest != latest(round_).digest
    assert said == "different"


def test_the_order_of_rows_does_not_change_the_fingerprint_but_the_result_does(programme) -> None:
    olena, *_ = three_and_two(programme)
    round_ = opened(programme)
    first = run_of(round_).digest

    same = solved_again(round_).digest
    reject(round_, olena)
    other = solved_again(round_).digest

    assert first == same
    assert other != same


def test_a_run_whose_record_is_gone_cannot_be_repeated(programme) -> None:
    olena, *_ = three_and_two(programme)
    round_ = opened(programme)
    with writing(programme):
        commands.let_go_of_person(olena.person_id)

    with pytest.raises(Exception, match="no longer kept"):
        commands.repeat_run(ewa_of(programme), run=latest(round_), now=NOW)

    assert work(round_, job=jobs.repeat_run, name="matching.repeat") == "no record"


# ── Audit ────────────────────────────────────────────────────────────────────────────────────────


def many(programme, number, **wishes):
    return [waiting_participant(programme, called=f"P{n}", **wishes) for n in range(number)]


def test_only_groups_of_ten_and_more_are_shown_and_the_worst_served_first(programme) -> None:
    wilda = PlaceFactory(organisation=programme.organisation, name="Wilda")
    ten = many(programme, SMALLEST_GROUP, languages={"uk": 5}, place=wilda)
    nine = many(programme, SMALLEST_GROUP - 1, languages={"ar": 5, "uk": 5}, place=None)
    free_mentor(programme, called="Marta", capacity=3)

    audit = run_of(opened(programme)).audit

    assert (len(ten), len(nine)) == (10, 9)
    assert audit["languages"] == [{"group": "uk", "people": 19, "paired": 3}]
    assert [one["group"] for one in audit["districts"]] == ["Wilda"]
    assert audit["districts"][0]["people"] == 10


def test_waiting_of_those_with_and_without_a_pair_is_told_apart(programme) -> None:
    for day in (1, 11, 21):
        waiting_participant(programme, waiting_since=date(2026, 10, day))
    free_mentor(programme, capacity=2)

    waiting = run_of(opened(programme)).audit["waiting"]

    assert (waiting["median"], waiting["p90"], waiting["unmatched_p90"]) == (43, 53, 33)


def test_serving_one_after_the_other_is_told_beside_it(programme) -> None:
    waiting_participant(
        programme,
        called="Olena",
        needs=["offices"],
        waiting_since=date(2026, 1, 1),
        languages={"uk": 5, "ar": 5},
    )
    waiting_participant(programme, called="Amal", languages={"ar": 5})
    free_mentor(programme, called="Marta", topics=["offices"], languages={"ar": 5, "uk": 5})
    free_mentor(programme, called="Piotr", languages={"uk": 5})

    run = run_of(opened(programme))

    assert (run.counts["pairs"], run.audit["greedy"]["pairs"]) == (2, 1)
