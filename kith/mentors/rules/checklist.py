"""The gates of a programme beside what is noted about a mentor, one line for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kith.base.days import months_later
from kith.people.rules import CHECK_WARNING_DAYS
from kith.programmes.rules import (
    CheckKind,
    MentorCheck,
    ProgrammeTemplate,
    RecordedCheck,
    Training,
)
from kith.programmes.rules.gates import last_day

TRAINING = "training"


class State(StrEnum):
    """Where one line of the checklist stands."""

    MISSING = "missing"
    PARTLY = "partly"  # two are needed and one is there
    NO_DAY = "no_day"  # noted, but not when it was done
    ENDED = "ended"
    ENDS_SOON = "ends_soon"
    DONE = "done"


OPEN = frozenset({State.MISSING, State.PARTLY, State.NO_DAY, State.ENDED})


@dataclass(frozen=True)
class Noted(RecordedCheck):
    """A check as it was noted, and who saw the paper."""

    seen_by: str = ""


@dataclass(frozen=True)
class Held:
    """Everything that is noted about a mentor.

    applied_on  since when the written application or the record is here
    """

    applied_on: date
    trained_on: date | None = None
    trained_until: date | None = None
    checks: tuple[Noted, ...] = ()


@dataclass(frozen=True)
class Line:
    """One thing a programme asks of a mentor.

    until  the last day it holds; None when it holds for good or is not there
    """

    kind: str
    state: State
    done_on: date | None = None
    until: date | None = None
    seen_by: str = ""
    held: int = 0
    needed: int = 1
    only_with_minors: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something has to be done before the next match."""
        return self.state in OPEN


def checklist(template: ProgrammeTemplate, held: Held, today: date) -> tuple[Line, ...]:
    """What this programme asks of a mentor and how it stands today, in the template's order."""
    lines = [_check_line(one, held, today) for one in template.checks]
    if template.training.hours:
        lines.append(_training_line(template.training, held, today))
    return tuple(lines)


def open_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """What is missing before any match; what only children make necessary is not counted."""
    return tuple(one for one in lines if one.is_open and not one.only_with_minors)


def _check_line(needed: MentorCheck, held: Held, today: date) -> Line:
    if needed.kind is CheckKind.APPLICATION:
        return Line(needed.kind.value, State.DONE, done_on=held.applied_on)
    own = [one for one in held.checks if one.kind == needed.kind.value]
    dated = sorted(
        ((day, one) for one in own if (day := last_day(needed, one)) is not None),
        key=lambda pair: pair[0],
        reverse=True,
    )
    in_force = [pair for pair in dated if pair[0] >= today]
    enough = len(in_force) >= needed.count
    # The one that decides: of those needed the first to end, else the newest there is.
    decides = in_force[needed.count - 1 : needed.count] if enough else dated[:1]
    until, shown = decides[0] if decides else (None, Noted(needed.kind.value, None, None))
    return Line(
        kind=needed.kind.value,
        state=_state(until, today, enough=enough, held=len(in_force), noted=len(own)),
        done_on=shown.done_on,
        until=None if until == date.max else until,
        seen_by=shown.seen_by,
        held=len(in_force),
        needed=needed.count,
        only_with_minors=needed.only_with_minors,
    )


def _state(until: date | None, today: date, *, enough: bool, held: int, noted: int) -> State:
    if enough and until is not None:
        return _in_force(until, today)
    if held:
        return State.PARTLY
    if until is not None:
        return State.ENDED
    return State.NO_DAY if noted else State.MISSING


def _in_force(until: date, today: date) -> State:
    soon = today + timedelta(days=CHECK_WARNING_DAYS)
    return State.ENDS_SOON if until <= soon else State.DONE


def _training_line(training: Training, held: Held, today: date) -> Line:
    until = held.trained_until
    if until is None and held.trained_on is not None:
        until = months_later(held.trained_on, training.valid_months)
    if until is None:
        return Line(TRAINING, State.MISSING)
    state = State.ENDED if until < today else _in_force(until, today)
    noted = [one for one in held.checks if one.kind == TRAINING and one.done_on == held.trained_on]
    seen_by = noted[0].seen_by if noted else ""
    return Line(TRAINING, state, done_on=held.trained_on, until=until, seen_by=seen_by)
