"""Packages from elsewhere: where learners stand in them, and what of their talk is kept."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kith.methods.learning.packages.schema import Item, MoveOn, Standard

MOST_MB = 200
LONGEST_LOCATION = 1_000
LONGEST_DATA = 64_000
LONGEST_AWAY_SECONDS = 30 * 60
"""What one save can add at most: a page left open over night is not learning."""


class Completion(StrEnum):
    """How far somebody is in a part of a package."""

    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    COMPLETED = "completed"


class Success(StrEnum):
    """Whether somebody passed a part of a package."""

    UNKNOWN = "unknown"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True)
class Score:
    """Points as the package tells them; scaled is -1 to 1."""

    raw: float | None = None
    smallest: float | None = None
    largest: float | None = None
    scaled: float | None = None


@dataclass(frozen=True)
class Saved:
    """What a part of a package told about somebody."""

    location: str
    suspend_data: str
    score: Score
    completion: Completion
    success: Success


@dataclass(frozen=True)
class Kept(Saved):
    """The same, as it was kept before, with the seconds so far."""

    seconds: int


COMPLETIONS = {
    "completed": Completion.COMPLETED,
    "passed": Completion.COMPLETED,
    "failed": Completion.COMPLETED,
    "incomplete": Completion.BEGUN,
    "browsed": Completion.BEGUN,
}
SUCCESSES = {"passed": Success.PASSED, "failed": Success.FAILED}


def saved_of(standard: Standard, told: Mapping[str, Any]) -> Saved:
    """What to keep of the values of a player, by the names of SCORM. Never raises.

    told  flat: "cmi.core.lesson_location" -> "screen-3"
    """
    return _saved_12(told) if standard is Standard.SCORM_12 else _saved_2004(told)


def _saved_12(told: Mapping[str, Any]) -> Saved:
    status = _text(told, "cmi.core.lesson_status")
    raw, least, most = (_number(told, f"cmi.core.score.{key}") for key in ("raw", "min", "max"))
    return Saved(
        _text(told, "cmi.core.lesson_location")[:LONGEST_LOCATION],
        _text(told, "cmi.suspend_data"),
        Score(raw, least, most, _scaled(raw, least, most)),
        COMPLETIONS.get(status, Completion.BEGUN),
        SUCCESSES.get(status, Success.UNKNOWN),
    )


def _saved_2004(told: Mapping[str, Any]) -> Saved:
    raw, least, most, scaled = (
        _number(told, f"cmi.score.{key}") for key in ("raw", "min", "max", "scaled")
    )
    is_done = _text(told, "cmi.completion_status") == "completed"
    return Saved(
        _text(told, "cmi.location")[:LONGEST_LOCATION],
        _text(told, "cmi.suspend_data"),
        Score(raw, least, most, scaled if scaled is not None and abs(scaled) <= 1 else None),
        Completion.COMPLETED if is_done else Completion.BEGUN,
        SUCCESSES.get(_text(told, "cmi.success_status"), Success.UNKNOWN),
    )


def _text(told: Mapping[str, Any], key: str) -> str:
    value = told.get(key, "")
    return value if isinstance(value, str) else ""


def _number(told: Mapping[str, Any], key: str) -> float | None:
    try:
        number = float(told.get(key, ""))
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) and abs(number) < 1e9 else None


def _scaled(raw: float | None, least: float | None, most: float | None) -> float | None:
    """A share of the points; of SCORM 1.2 points are 0 to 100 where nothing else is said."""
    low, high = (0.0 if least is None else least), (100.0 if most is None else most)
    if raw is None or not low < high or not low <= raw <= high:
        return None
    return (raw - low) / (high - low)


def start_values(standard: Standard, item: Item, kept: Kept, *, learner: str) -> dict[str, str]:
    """What a part of a package may read when it starts, flat, by the names of SCORM.

    learner  something that says nothing about the person: packages learn no names
    """
    if standard is Standard.SCORM_12:
        return _start_12(item, kept, learner)
    return _start_2004(item, kept, learner)


STATUS_12 = {Success.PASSED: "passed", Success.FAILED: "failed"}


def _start_12(item: Item, kept: Kept, learner: str) -> dict[str, str]:
    is_new = kept.completion is Completion.NOT_BEGUN
    plain = "completed" if kept.completion is Completion.COMPLETED else "incomplete"
    return {
        "cmi.core.student_id": learner,
        "cmi.core.student_name": learner,
        "cmi.core.lesson_location": kept.location,
        "cmi.core.credit": "credit",
        "cmi.core.lesson_mode": "normal",
        "cmi.core.lesson_status": (
            "not attempted" if is_new else STATUS_12.get(kept.success, plain)
        ),
        "cmi.core.entry": _entry(kept),
        "cmi.core.score.raw": _said(kept.score.raw),
        "cmi.core.score.min": _said(kept.score.smallest),
        "cmi.core.score.max": _said(kept.score.largest),
        "cmi.core.total_time": _clock(kept.seconds),
        "cmi.suspend_data": kept.suspend_data,
        "cmi.launch_data": item.launch,
        "cmi.student_data.mastery_score": (
            "" if item.mastery is None else _said(float(item.mastery * 100))
        ),
    }


def _start_2004(item: Item, kept: Kept, learner: str) -> dict[str, str]:
    is_new = kept.completion is Completion.NOT_BEGUN
    is_done = kept.completion is Completion.COMPLETED
    known = {
        "cmi.learner_id": learner,
        "cmi.learner_name": learner,
        "cmi.location": kept.location,
        "cmi.credit": "credit",
        "cmi.mode": "normal",
        "cmi.completion_status": (
            "unknown" if is_new else "completed" if is_done else "incomplete"
        ),
        "cmi.success_status": kept.success.value,
        "cmi.entry": _entry(kept),
        "cmi.score.raw": _said(kept.score.raw),
        "cmi.score.min": _said(kept.score.smallest),
        "cmi.score.max": _said(kept.score.largest),
        "cmi.score.scaled": _said(kept.score.scaled),
        "cmi.total_time": f"PT{kept.seconds}S",
        "cmi.suspend_data": kept.suspend_data,
        "cmi.launch_data": item.launch,
        "cmi.scaled_passing_score": "" if item.mastery is None else _said(float(item.mastery)),
    }
    return {key: value for key, value in known.items() if value}


def _entry(kept: Kept) -> str:
    if kept.completion is Completion.NOT_BEGUN:
        return "ab-initio"
    return "resume" if kept.location or kept.suspend_data else ""


def _said(number: float | None) -> str:
    if number is None:
        return ""
    return re.sub(r"\.0*$", "", f"{number:.7f}".rstrip("0"))


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{min(hours, 9999):04d}:{minutes:02d}:{rest:02d}.00"


def is_satisfied(move_on: MoveOn, completion: Completion, success: Success) -> bool:
    """Whether a unit of cmi5 counts as done."""
    completed, passed = completion is Completion.COMPLETED, success is Success.PASSED
    return {
        MoveOn.PASSED: passed,
        MoveOn.COMPLETED: completed,
        MoveOn.COMPLETED_AND_PASSED: completed and passed,
        MoveOn.COMPLETED_OR_PASSED: completed or passed,
        MoveOn.NOT_APPLICABLE: True,
    }[move_on]
