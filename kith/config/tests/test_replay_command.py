import argparse
import json
from pathlib import Path

import pytest

from kith.config import replay_command

PARTICIPANTS = """\
id,waiting_since,topics
P1,2026-01-05,work;law
P2,2026-01-08,work
P3,2026-01-20,music
"""
MENTORS = """\
id,available_since,topics
M1,2026-01-06,work
M2,2026-01-09,work;law
"""


@pytest.fixture
def replay(tmp_path, monkeypatch):
    """Run `kith replay` on two files in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str, participants: str = PARTICIPANTS, mentors: str = MENTORS) -> int:
        Path("participants").write_text(participants)
        Path("mentors").write_text(mentors)
        parser = argparse.ArgumentParser()
        replay_command.add_arguments(parser)
        usual = ["--participants", "participants", "--mentors", "mentors"]
        return replay_command.run(parser.parse_args([*usual, *words]))

    return run


def test_each_strategy_tells_matches_days_and_wishes(replay, capsys) -> None:
    code = replay("--json")

    told = json.loads(capsys.readouterr().out)
    assert code == 0
    assert told["until"] == "2026-01-20"
    # At arrival P1 gets M1 after a day, and P2 the mentor for work and law after a day.
    assert told["strategies"]["greedy"] == {
        "matched": 2,
        "waiting_days": {"median": 1.0, "p90": 1.0},
        "wishes_met_percent": 66.7,
        "wishes_met_of_all_percent": 50.0,
    }
    # On the last day of the week, 11 January, P1 gets M2 and P2 gets M1.
    assert told["strategies"]["weekly"] == {
        "matched": 2,
        "waiting_days": {"median": 4.5, "p90": 5.7},
        "wishes_met_percent": 100.0,
        "wishes_met_of_all_percent": 75.0,
    }
    assert told["strategies"]["hindsight"]["waiting_days"] == {"median": 2.0, "p90": 3.6}


def test_the_table_names_what_was_done(replay, capsys) -> None:
    replay("--until", "2026-01-10")

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "3 participants and 2 mentors until 2026-01-10"
    assert [" ".join(line.split()) for line in lines[4:]] == [
        "best at arrival 2 1 1 66.7 % 50 %",
        "best of the week 2 3.5 4.7 100 % 75 %",
        "all known ahead 2 2 3.6 100 % 75 %",
    ]


def test_nobody_at_all_is_no_error(replay, capsys) -> None:
    code = replay(participants="id\n", mentors="id\n")

    assert code == 0
    assert capsys.readouterr().out.splitlines()[-1].split() == [
        *("all", "known", "ahead", "0", "-", "-", "-", "-"),
    ]


def test_a_bad_row_is_refused_with_its_place(replay, capsys) -> None:
    code = replay(participants="id,waiting_since\nP1,soon\n")

    assert code == 2
    assert capsys.readouterr().err.startswith("participants, line 2, column waiting_since: ")
