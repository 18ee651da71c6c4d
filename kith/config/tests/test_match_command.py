import argparse
import json
from datetime import date
from pathlib import Path

import pytest

from kith.config import match_command

PARTICIPANTS = """\
id,waiting_since,topics,languages
P1,2026-01-01,work,uk:4
P2,2026-02-01,work;law,uk:5
P3,,music,uk:5
"""
MENTORS = """\
id,capacity,topics,languages
M1,1,work,uk:4
M2,1,work;law,uk:4
"""
KEYS = [
    *("participants", "mentors", "capacity", "feasible_pairs", "matched", "maximum_matched"),
    *("total_fit", "minimum_fit", "objective", "certificate", "waiting_days", "seconds"),
    *("peak_mb", "seed"),
]


@pytest.fixture
def match(tmp_path, monkeypatch):
    """Run `kith match` on two files in an empty folder; more files by name and text."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str, **files: str) -> int:
        texts = {"participants": PARTICIPANTS, "mentors": MENTORS} | files
        for name, text in texts.items():
            Path(name).write_text(text)
        parser = argparse.ArgumentParser()
        match_command.add_arguments(parser)
        usual = ["--participants", "participants", "--mentors", "mentors", "--out", "out"]
        return match_command.run(parser.parse_args([*usual, "--as-of", "2026-03-02", *words]))

    return run


def pairs() -> list[str]:
    return [line.rsplit(",", 2)[0] for line in Path("out").read_text().splitlines()[1:]]


def test_the_figures_have_exactly_the_promised_keys(match, capsys) -> None:
    code = match("--json", "--seed", "5")

    figures = json.loads(capsys.readouterr().out)
    assert code == 0
    assert list(figures) == KEYS
    assert list(figures["certificate"]) == ["primal", "dual", "violation", "graph"]
    assert figures["certificate"]["primal"] == figures["certificate"]["dual"]
    assert figures["waiting_days"] == {"median": 44.5, "p90": 56.9, "unmatched_p90": None}
    expected = {
        "participants": 3,
        "mentors": 2,
        "capacity": 2,
        "feasible_pairs": 4,
        "matched": 2,
        "maximum_matched": 2,
        "objective": "sum",
        "seed": 5,
    }
    assert {key: figures[key] for key in expected} == expected


def test_the_pairs_and_the_reasons_are_written(match, capsys) -> None:
    code = match("--explain", "why", "--objective", "leximin")

    assert code == 0
    assert pairs() == ["P1,M1", "P2,M2"]
    assert len(Path("why").read_text().splitlines()) == 3
    assert capsys.readouterr().out == (
        "2 of 3 participants have a proposal; 2 is the most that is possible.\n"
        "Proven over all pairs: no other set of matches is better.\n"
        "The pairs are in out.\n"
    )


def test_locks_rejects_and_weights_are_honoured(match) -> None:
    code = match(
        *("--locks", "locks", "--rejects", "rejects", "--weights", "weights"),
        locks="participant,mentor\nP1,M2\n",
        rejects="participant,mentor\nP2,M1\n",
        weights="[weights]\nneed = 1\n",
    )

    assert code == 0
    assert pairs() == ["P1,M2"]


def test_a_floor_leaves_out_poor_pairs(match, capsys) -> None:
    match("--floor", "0.99", "--json")

    figures = json.loads(capsys.readouterr().out)
    assert (figures["matched"], figures["maximum_matched"]) == (0, 2)
    assert figures["minimum_fit"] is None


def test_a_bad_row_is_wrong_use_and_nothing_is_written(match, capsys) -> None:
    code = match(mentors="id,capacity\nM1,many\n")

    assert code == 2
    assert capsys.readouterr().err == (
        "mentors, line 2, column capacity: 'many' is no whole number\n"
    )
    assert not Path("out").exists()


def test_decisions_that_contradict_are_wrong_use(match, capsys) -> None:
    both = "participant,mentor\nP1,M1\n"

    code = match("--locks", "locks", "--rejects", "rejects", locks=both, rejects=both)

    assert code == 2
    assert "P1 and M1: this pair is both locked and rejected" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_told_before_the_search(match, capsys) -> None:
    code = match("--explain", "nowhere/why")

    assert code == 2
    assert capsys.readouterr().err == "nowhere/why: there is no folder nowhere\n"
    assert not Path("out").exists()


def test_who_stops_halfway_leaves_no_half_written_file(match, monkeypatch) -> None:
    Path("why").write_text("of the last run\n")

    def interrupt(_steps, number):
        if number == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(match_command._Steps, "reach", interrupt)
    with pytest.raises(KeyboardInterrupt):
        match("--explain", "why")

    assert Path("why").read_text() == "of the last run\n"
    assert sorted(path.name for path in Path().iterdir()) == [
        "mentors",
        "out",
        "participants",
        "why",
    ]


def test_a_long_run_tells_how_far_it_is(match, capsys, monkeypatch) -> None:
    monkeypatch.setattr(match_command, "STEP_SECONDS", 0.0)

    match("--explain", "why")

    told = capsys.readouterr().err.splitlines()
    assert told[2].startswith("Reading people 0 / 3")
    assert told[-3:] == ["1 of 3 explained.", "2 of 3 explained.", "3 of 3 explained."]


def test_a_pruned_proof_does_not_claim_all_pairs() -> None:
    figures = {"matched": 1, "participants": 1, "maximum_matched": 1}
    proof = {"primal": 5, "dual": 5, "violation": 0, "graph": "pruned"}

    told = match_command._sentences({**figures, "certificate": proof}, Path("out"))

    assert told.splitlines()[1] == (
        "Proven among the pairs that were listed; --certify full looks at all of them."
    )


def test_a_result_without_proof_is_a_failure(match, capsys, monkeypatch) -> None:
    proven = match_command.solve

    def unproven(*args, **kwargs):
        result = proven(*args, **kwargs)
        object.__setattr__(result.certificate, "violation", 3)
        return result

    monkeypatch.setattr(match_command, "solve", unproven)

    assert match() == 1
    assert "The proof failed: do not use these pairs." in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["--floor", "2"], ["--as-of", "today"], ["--objective", "best"], ["--floor", "x"]]
)
def test_a_wrong_option_is_wrong_use(match, words) -> None:
    with pytest.raises(SystemExit) as leaving:
        match(*words)

    assert leaving.value.code == 2


def test_without_a_day_it_is_today(monkeypatch) -> None:
    monkeypatch.setattr(match_command, "today", lambda: date(2026, 5, 1))
    parser = argparse.ArgumentParser()
    match_command.add_arguments(parser)
    files = ["--participants", "p", "--mentors", "m", "--out", "o"]

    assert parser.parse_args(files).as_of == date(2026, 5, 1)


@pytest.mark.parametrize(("platform", "expected"), [("linux", 2048.0), ("darwin", 2.0)])
def test_peak_memory_is_in_megabytes_on_linux_and_macos(monkeypatch, platform, expected) -> None:
    class Usage:
        ru_maxrss = 2 << 20

    monkeypatch.setattr(match_command.sys, "platform", platform)
    monkeypatch.setattr(match_command.resource, "getrusage", lambda _: Usage)

    assert match_command._peak_mb() == expected
