"""What must hold before someone may be proposed: consent, checks, training. Pure functions."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kith.programmes.rules import CheckKind, MentorCheck


class Lack(StrEnum):
    """What someone lacks."""

    CONSENT = "consent"
    MINOR = "minor"
    TRAINING_MISSING = "training_missing"
    TRAINING_ENDED = "training_ended"
    CHECK_MISSING = "check_missing"
    CHECK_ENDED = "check_ended"
    PAUSED = "paused"
    NOT_YET = "not_yet"


@dataclass(frozen=True)
class Missing:
    """One thing that is missing; `check` names the check, `on` the day it ended or will come."""

    lack: Lack
    check: str = ""
    on: date | None = None


@dataclass(frozen=True)
class RecordedCheck:
    """A check as it was recorded."""

    kind: str
    done_on: date
    valid_until: date | None


NOT_RECORDED = frozenset({CheckKind.APPLICATION})
"""The written application is the profile itself: there is no paper to look at again."""


def missing_training(trained_until: date | None, *, today: date) -> list[Missing]:
    """Training must be recorded and hold today."""
    if trained_until is None:
        return [Missing(Lack.TRAINING_MISSING)]
    if trained_until < today:
        return [Missing(Lack.TRAINING_ENDED, on=trained_until)]
    return []


def missing_checks(
    required: Iterable[MentorCheck], recorded: Sequence[RecordedCheck], *, today: date
) -> list[Missing]:
    """One entry for each required check of which too few hold today."""
    return [
        _lacking(check, recorded)
        for check in required
        if check.kind not in NOT_RECORDED and not check_holds(check, recorded, today=today)
    ]


def check_holds(required: MentorCheck, recorded: Sequence[RecordedCheck], *, today: date) -> bool:
    """Whether as many as required are recorded and hold today."""
    holding = [one for one in _of_kind(required, recorded) if today <= _last_day(required, one)]
    return len(holding) >= required.count


def _lacking(required: MentorCheck, recorded: Sequence[RecordedCheck]) -> Missing:
    days = [_last_day(required, one) for one in _of_kind(required, recorded)]
    ended = [day for day in days if day < date.max]
    if len(days) < required.count or not ended:
        return Missing(Lack.CHECK_MISSING, check=required.kind.value)
    return Missing(Lack.CHECK_ENDED, check=required.kind.value, on=max(ended))


def _of_kind(required: MentorCheck, recorded: Sequence[RecordedCheck]) -> list[RecordedCheck]:
    return [one for one in recorded if one.kind == required.kind.value]


def _last_day(required: MentorCheck, recorded: RecordedCheck) -> date:
    """The last day of a check: as recorded, else as long as the programme says, else for good."""
    if recorded.valid_until is not None:
        return recorded.valid_until
    if required.valid_months is None:
        return date.max
    return months_later(recorded.done_on, required.valid_months)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
