"""What a mentor must have before the first match, and what is missing on a day. Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kith.base.days import months_later
from kith.programmes.rules.templates import CheckKind, MentorCheck, ProgrammeTemplate, Training


class Lack(StrEnum):
    """What is missing."""

    TRAINING_MISSING = "training_missing"
    TRAINING_ENDED = "training_ended"
    CHECK_MISSING = "check_missing"
    CHECK_ENDED = "check_ended"
    CHECK_WITHOUT_DAY = "check_without_day"
    CHECK_TOO_FEW = "check_too_few"


@dataclass(frozen=True)
class Missing:
    """One thing that is missing.

    check  which one, empty for the training     on      the last day it was valid
    held   how many hold today                   needed  how many must
    """

    lack: Lack
    check: str = ""
    on: date | None = None
    held: int = 0
    needed: int = 1


@dataclass(frozen=True)
class RecordedCheck:
    """A check as it was noted. A list that was brought in may not say when it was done."""

    kind: str
    done_on: date | None
    valid_until: date | None


@dataclass(frozen=True)
class MentorFacts:
    """What is noted about a mentor's training and checks."""

    trained_on: date | None = None
    trained_until: date | None = None
    checks: tuple[RecordedCheck, ...] = ()


# The written application is the profile itself: there is no paper to look at again.
NOT_RECORDED = frozenset({CheckKind.APPLICATION})


def missing_before_match(
    template: ProgrammeTemplate, mentor: MentorFacts, today: date, *, with_minors: bool = False
) -> tuple[Missing, ...]:
    """Everything this mentor still needs on this day; empty when a match may be proposed.

    with_minors  children are about: the checks that only then are needed count too
    """
    needed = [check for check in template.checks if with_minors or not check.only_with_minors]
    lacks = [missing_training(template.training, mentor, today=today)]
    lacks += [missing_check(check, mentor.checks, today=today) for check in needed]
    return tuple(lack for lack in lacks if lack is not None)


def missing_training(training: Training, mentor: MentorFacts, *, today: date) -> Missing | None:
    """Whether the training is noted and holds: as noted, else as long as the programme says."""
    if training.hours == 0:
        return None
    ends = mentor.trained_until
    if ends is None and mentor.trained_on is not None:
        ends = months_later(mentor.trained_on, training.valid_months)
    if ends is None:
        return Missing(Lack.TRAINING_MISSING)
    return Missing(Lack.TRAINING_ENDED, on=ends) if ends < today else None


def missing_check(
    needed: MentorCheck, noted: Sequence[RecordedCheck], *, today: date
) -> Missing | None:
    """What one required check lacks on this day."""
    if needed.kind in NOT_RECORDED:
        return None
    own = [one for one in noted if one.kind == needed.kind.value]
    last_days = [last_day(needed, one) for one in own]
    held = sum(day is not None and day >= today for day in last_days)
    if held >= needed.count:
        return None
    return _reason(needed, last_days, held)


def holds(needed: MentorCheck, noted: Sequence[RecordedCheck], *, today: date) -> bool:
    """Whether as many as required are noted and hold on this day."""
    return missing_check(needed, noted, today=today) is None


def last_day(needed: MentorCheck, noted: RecordedCheck) -> date | None:
    """The last day of a check: as noted, else as long as the programme says, else for good.

    None when it ends some time and nobody noted when it was done.
    """
    if noted.valid_until is not None:
        return noted.valid_until
    if needed.valid_months is None:
        return date.max
    return months_later(noted.done_on, needed.valid_months) if noted.done_on else None


def _reason(needed: MentorCheck, last_days: Sequence[date | None], held: int) -> Missing:
    kind = needed.kind.value
    if held:
        return Missing(Lack.CHECK_TOO_FEW, check=kind, held=held, needed=needed.count)
    ended = [day for day in last_days if day is not None]
    if ended:
        return Missing(Lack.CHECK_ENDED, check=kind, on=max(ended), needed=needed.count)
    lack = Lack.CHECK_WITHOUT_DAY if last_days else Lack.CHECK_MISSING
    return Missing(lack, check=kind, needed=needed.count)
