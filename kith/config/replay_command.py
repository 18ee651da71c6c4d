"""`kith replay`: play two CSV files through week by week, without a database."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from kith.config.match_command import day_option, today
from kith.methods.matching.files import (
    BadFile,
    Rules,
    read_mentors,
    read_participants,
    read_rules,
)
from kith.methods.matching.problem import BadProblem, Problem
from kith.methods.matching.profile import Mentor, Participant
from kith.methods.matching.rolling import Rolled, Strategy, roll

DONE, WRONG_USE = 0, 2
STRATEGIES = {
    Strategy.GREEDY: "best at arrival",
    Strategy.WEEKLY: "best of the week",
    Strategy.HINDSIGHT: "all known ahead",
}

DESCRIPTION = """\
Plays two files through: everybody enters on their date and stays until matched.
Shows how many find a mentor, how long they wait and how many of their wishes are met, when
  best at arrival   whoever comes takes the best of those who are there (what most lists do)
  best of the week  once a week the best matches for everybody together (what Kith does)
  all known ahead   the most that was possible for somebody who had known all dates
"""
FILES = """\
The files are those of `kith match`; waiting_since and available_since are the dates of entry, and
who has none is there from the first day on.

Example: kith replay --participants P.csv --mentors M.csv
Exit codes: 0 done, 2 wrong use or a bad row (file, line, column and reason are shown).
"""


@dataclass(frozen=True)
class _Figures:
    """What one strategy came to."""

    strategy: Strategy
    matched: int
    median_days: float | None
    p90_days: float | None
    wishes_met_percent: float | None
    wishes_met_of_all_percent: float | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe `kith replay` to the command line."""
    parser.description, parser.epilog = DESCRIPTION, FILES
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--participants", type=Path, required=True, metavar="F.csv")
    parser.add_argument("--mentors", type=Path, required=True, metavar="F.csv")
    parser.add_argument("--weights", type=Path, metavar="F.toml", help="own weights and gates")
    parser.add_argument(
        "--until",
        type=day_option,
        metavar="DATE",
        help="the last day (default: the last date in the files)",
    )
    parser.add_argument("--seed", type=int, default=0, help="decides between equals (default 0)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def run(args: argparse.Namespace) -> int:
    """Play the files through and print the figures; returns the exit code."""
    try:
        rules = Rules() if args.weights is None else read_rules(args.weights)
        problem = _problem(args, rules)
        found = [
            _figures(roll(problem, strategy=one, waiting=rules.waiting, seed=args.seed), problem)
            for one in STRATEGIES
        ]
    except (BadFile, BadProblem) as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    print(json.dumps(_record(found, problem)) if args.json else _table(found, problem))
    return DONE


def _problem(args: argparse.Namespace, rules: Rules) -> Problem:
    participants, mentors = read_participants(args.participants), read_mentors(args.mentors)
    return Problem(
        participants=participants,
        mentors=mentors,
        as_of=args.until or max(_dates(participants, mentors), default=today()),
        weights=rules.weights,
        gates=rules.gates,
    )


def _dates(participants: Sequence[Participant], mentors: Sequence[Mentor]) -> list[date]:
    days = [one.waiting_since for one in participants]
    days += [one.available_since for one in mentors]
    return [day for day in days if day is not None]


def _figures(rolled: Rolled, problem: Problem) -> _Figures:
    days = [one.waited_days for one in rolled.placed]
    people, mentors = problem.participant_rows, problem.mentor_columns
    met, wished = 0, 0
    for one in rolled.placed:
        wishes = problem.participants[people[one.participant]].wishes.keys()
        met += len(wishes & problem.mentors[mentors[one.mentor]].topics.keys())
        wished += len(wishes)
    all_wished = sum(len(one.wishes) for one in problem.participants)
    return _Figures(
        strategy=rolled.strategy,
        matched=rolled.matched,
        median_days=_percentile(days, 50),
        p90_days=_percentile(days, 90),
        wishes_met_percent=_percent(met, wished),
        wishes_met_of_all_percent=_percent(met, all_wished),
    )


def _percentile(days: list[int], percent: int) -> float | None:
    return round(float(np.percentile(days, percent)), 1) if days else None


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _record(found: Sequence[_Figures], problem: Problem) -> dict[str, Any]:
    """The keys of `--json`; docs/formats.md lists them."""
    return {
        "participants": len(problem.participants),
        "mentors": len(problem.mentors),
        "until": problem.as_of.isoformat(),
        "strategies": {
            one.strategy.value: {
                "matched": one.matched,
                "waiting_days": {"median": one.median_days, "p90": one.p90_days},
                "wishes_met_percent": one.wishes_met_percent,
                "wishes_met_of_all_percent": one.wishes_met_of_all_percent,
            }
            for one in found
        },
    }


def _table(found: Sequence[_Figures], problem: Problem) -> str:
    head = (
        f"{len(problem.participants)} participants and {len(problem.mentors)} mentors"
        f" until {problem.as_of.isoformat()}\n\n"
        f"{'':<18}{'matched':>8}{'days waited':>20}{'wishes met':>24}\n"
        f"{'':<18}{'':>8}{'median':>12}{'p90':>8}{'of matched':>14}{'of all':>10}"
    )
    lines = [
        f"{STRATEGIES[one.strategy]:<18}{one.matched:>8}"
        f"{_shown(one.median_days):>12}{_shown(one.p90_days):>8}"
        f"{_shown(one.wishes_met_percent, ' %'):>14}"
        f"{_shown(one.wishes_met_of_all_percent, ' %'):>10}"
        for one in found
    ]
    return "\n".join((head, *lines))


def _shown(number: float | None, unit: str = "") -> str:
    return "-" if number is None else f"{number:g}{unit}"
