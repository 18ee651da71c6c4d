"""`kith match`: solve a round from two CSV files, without a database."""

import argparse
import json
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from kith.methods.matching.files import (
    BadFile,
    Rules,
    read_decisions,
    read_mentors,
    read_participants,
    read_rules,
    write_explanations,
    write_pairs,
)
from kith.methods.matching.problem import BadProblem, Decision, Problem, Ruling
from kith.methods.matching.profile import Mentor, Participant
from kith.methods.matching.result import Result
from kith.methods.matching.settings import waiting_days
from kith.methods.matching.solve import solve

DONE, FAILED, WRONG_USE = 0, 1, 2
PROVEN = {
    "full": "Proven over all pairs: no other set of matches is better.",
    "pruned": "Proven among the pairs that were listed; --certify full looks at all of them.",
}
SEARCH = {
    "people": "Reading people",
    "shortlist": "Looking at the best candidates of everybody",
    "pricing": "Better pairs found and listed so far",
}
SEARCH_STAGE = "Choosing among them, step"
STEP_SECONDS = 5.0
"""Time between two words of progress."""

DESCRIPTION = """\
Proposes the best matches for everybody together and proves that no other set is better.
Works without a database. A person decides: nothing is stored and nobody is told.
"""
FILES = """\
Files are CSV with commas and UTF-8. The order of columns is free, other columns are ignored,
and what is not stated is neither rewarded nor punished. Only id is needed.

  participants  id, waiting_since, languages (pl:3;uk:4), topics (a;b:2), topics_required,
                region, lat, lon, max_km, online, availability (mon-eve;tue-am),
                mentor_gender, mentor_gender_required, age_band (25-34), interests, excluded
  mentors       id, available_since, capacity, languages, topics, region, lat, lon, max_km,
                online, availability, gender, age_band, interests, trained_until,
                checked_until, excluded
  locks, rejects  participant, mentor
  weights (TOML)  [weights] need, language, distance, availability, gender, age
                  [gates] off, records_required   [waiting] per_day, most

Example: kith match --participants P.csv --mentors M.csv --out pairs.csv --explain why.jsonl
Exit codes: 0 done, 1 failed, 2 wrong use or a bad row (file, line, column and reason are shown).
"""


@dataclass(frozen=True)
class _Inputs:
    """What the files say."""

    participants: Sequence[Participant]
    mentors: Sequence[Mentor]
    decisions: tuple[Decision, ...]
    rules: Rules


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe `kith match` to the command line."""
    parser.description = DESCRIPTION
    parser.epilog = FILES
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    _add_files(parser)
    parser.add_argument(
        "--objective",
        choices=["sum", "leximin"],
        default="sum",
        help="sum: the best fit in total (default); leximin: first the best for the worst served",
    )
    parser.add_argument(
        "--floor",
        type=_share,
        default=0.0,
        metavar="0..1",
        help="propose no pair below this fit, even if somebody stays without (default 0)",
    )
    parser.add_argument(
        "--certify",
        choices=["full", "pruned"],
        default="full",
        help="full: the proof covers all pairs (default); pruned: quicker, in large rounds only"
        " the best candidates of each participant",
    )
    parser.add_argument(
        "--as-of",
        type=day_option,
        default=today(),
        metavar="DATE",
        help="the day on which training and checks must be valid (default: today)",
    )
    parser.add_argument("--seed", type=int, default=0, help="decides between equals (default 0)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def _add_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--participants", type=Path, required=True, metavar="F.csv")
    parser.add_argument("--mentors", type=Path, required=True, metavar="F.csv")
    parser.add_argument("--out", type=Path, required=True, metavar="pairs.csv")
    parser.add_argument("--locks", type=Path, metavar="F.csv", help="pairs that must stay")
    parser.add_argument("--rejects", type=Path, metavar="F.csv", help="pairs that must not be")
    parser.add_argument("--weights", type=Path, metavar="F.toml", help="own weights and gates")
    parser.add_argument(
        "--explain", type=Path, metavar="out.jsonl", help="write why, one line for each participant"
    )


def today() -> date:
    """Today on this machine; the clock of Kith would need a configured installation."""
    return datetime.now(UTC).astimezone().date()


def run(args: argparse.Namespace) -> int:
    """Solve, write the files and print the figures; returns the exit code."""
    started = time.monotonic()
    try:
        _check_folders(args)
        inputs = _inputs(args)
        _tell(f"{len(inputs.participants)} participants, {len(inputs.mentors)} mentors read.")
        _tell("Looking for the best matches.")
        result = _solved(args, inputs)
        _write(args, result)
    except (BadFile, BadProblem) as error:
        _tell(str(error))
        return WRONG_USE
    except OSError as error:
        _tell(str(error))
        return FAILED
    figures = _figures(result, seconds=time.monotonic() - started)
    print(json.dumps(figures) if args.json else _sentences(figures, args.out))
    return DONE if result.certificate.holds else FAILED


def _check_folders(args: argparse.Namespace) -> None:
    """Before a long search, not after it."""
    for path in (args.out, args.explain):
        if path is not None and not path.parent.is_dir():
            raise BadProblem(f"{path}: there is no folder {path.parent}")


def _inputs(args: argparse.Namespace) -> _Inputs:
    participants, mentors = read_participants(args.participants), read_mentors(args.mentors)
    decisions = [
        decision
        for path, ruling in ((args.locks, Ruling.LOCK), (args.rejects, Ruling.REJECT))
        if path is not None
        for decision in read_decisions(path, ruling, participants=participants, mentors=mentors)
    ]
    rules = Rules() if args.weights is None else read_rules(args.weights)
    return _Inputs(participants, mentors, tuple(decisions), rules)


def _solved(args: argparse.Namespace, inputs: _Inputs) -> Result:
    problem = Problem(
        participants=inputs.participants,
        mentors=inputs.mentors,
        as_of=args.as_of,
        weights=inputs.rules.weights,
        gates=inputs.rules.gates,
        decisions=inputs.decisions,
    )
    told = _Told()
    return solve(
        problem,
        objective=args.objective,
        floor=args.floor,
        waiting=inputs.rules.waiting,
        certify=args.certify,
        seed=args.seed,
        progress=told.step,
    )


def _write(args: argparse.Namespace, result: Result) -> None:
    write_pairs(args.out, result)
    if args.explain is not None:
        _tell("Writing down why.")
        people = len(result.problem.participants)
        write_explanations(args.explain, result, progress=_Steps("explained", people).reach)


class _Told:
    """Tells which step of the search is under way, at most every few seconds."""

    def __init__(self) -> None:
        self.next = time.monotonic() + STEP_SECONDS

    def step(self, name: str, done: int, of: int) -> None:
        """So much of this step is done."""
        if time.monotonic() >= self.next:
            _tell(f"{SEARCH.get(name, SEARCH_STAGE)} {done:,} / {of:,}.")
            self.next = time.monotonic() + STEP_SECONDS


class _Steps:
    """Tells of progress, at most every few seconds: short runs stay quiet."""

    def __init__(self, done: str, total: int) -> None:
        self.done, self.total = done, total
        self.next = time.monotonic() + STEP_SECONDS

    def reach(self, number: int) -> None:
        """So many are done."""
        if time.monotonic() >= self.next:
            _tell(f"{number:,} of {self.total:,} {self.done}.")
            self.next = time.monotonic() + STEP_SECONDS


def _figures(result: Result, *, seconds: float) -> dict[str, Any]:
    """The keys of `--json`; docs/formats.md lists them."""
    proof = result.certificate
    return {
        "participants": len(result.problem.participants),
        "mentors": len(result.problem.mentors),
        "capacity": sum(mentor.capacity for mentor in result.problem.mentors),
        "feasible_pairs": result.feasible_pairs,
        "matched": len(result.pairs),
        "maximum_matched": result.maximum_matched,
        "total_fit": result.total_fit,
        "minimum_fit": result.minimum_fit,
        "objective": result.settings.objective,
        "certificate": {
            "primal": proof.primal,
            "dual": proof.dual,
            "violation": proof.violation,
            "graph": proof.graph,
        },
        "waiting_days": _waiting(result),
        "seconds": round(seconds, 3),
        "peak_mb": _peak_mb(),
        "seed": result.settings.seed,
    }


def _waiting(result: Result) -> dict[str, float | None]:
    unmatched = set(result.unmatched)
    days: dict[bool, list[int]] = {True: [], False: []}
    people = result.problem.participants
    for person, waited in zip(people, waiting_days(result.problem), strict=True):
        if waited is not None:
            days[person.id in unmatched].append(waited)
    return {
        "median": _percentile(days[False], 50),
        "p90": _percentile(days[False], 90),
        "unmatched_p90": _percentile(days[True], 90),
    }


def _percentile(days: list[int], percent: int) -> float | None:
    return round(float(np.percentile(days, percent)), 1) if days else None


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts in KiB, macOS in bytes.
    return round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)


def _sentences(figures: dict[str, Any], out: Path) -> str:
    proof = figures["certificate"]
    proven = proof["primal"] == proof["dual"] and proof["violation"] == 0
    counts = (
        f"{figures['matched']} of {figures['participants']} participants have a proposal; "
        f"{figures['maximum_matched']} is the most that is possible."
    )
    proof_line = PROVEN[proof["graph"]] if proven else "The proof failed: do not use these pairs."
    return "\n".join((counts, proof_line, f"The pairs are in {out}."))


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError("a number from 0 to 1 is needed")
    return value


def day_option(text: str) -> date:
    """A day such as 2026-03-31, for the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date such as 2026-03-31") from None


def _tell(message: str) -> None:
    print(message, file=sys.stderr)
