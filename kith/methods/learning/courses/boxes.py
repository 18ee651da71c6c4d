"""The boxes of a text line by line: as markdown-it reads them, with what is wrong with them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kith.methods.learning.courses.blocks import ANSWER, BOXES, MINUTES
from kith.methods.learning.courses.texts import FENCE

ACTIVITY, EXAMPLE = "activity", "example"
OPENS = re.compile(r" {0,3}(:{3,})[ \t]*(\S.*)")
CLOSES = re.compile(r" {0,3}(:{3,})")


@dataclass(frozen=True, slots=True)
class Box:
    """line: of its first line, from 0. inside: kinds of the boxes around it, outermost first."""

    kind: str
    rest: str
    colons: int
    line: int
    inside: tuple[str, ...] = ()

    @property
    def minutes(self) -> int | None:
        """Those that an activity names."""
        found = MINUTES.fullmatch(self.rest)
        return int(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Problem:
    """line: from 0."""

    line: int
    reason: str
    params: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Boxes:
    found: tuple[Box, ...]
    problems: tuple[Problem, ...]

    def of(self, kind: str) -> tuple[Box, ...]:
        return tuple(one for one in self.found if one.kind == kind)

    @property
    def activity_minutes(self) -> int:
        return sum(one.minutes or 0 for one in self.of(ACTIVITY))


def boxes_in(markdown: str) -> Boxes:
    """Every box of a text, and what is wrong with any."""
    found: list[Box] = []
    problems: list[Problem] = []
    around: list[Box] = []
    for at, line in _lines(markdown):
        if end := CLOSES.fullmatch(line):
            around = _closed(around, len(end[1]), at, problems)
        elif start := OPENS.fullmatch(line):
            kind, _, rest = start[2].partition(" ")
            inside = tuple(one.kind for one in around)
            box = Box(kind, rest.strip(), len(start[1]), at, inside)
            around = [*around, box]
            if kind in {*BOXES, ANSWER}:
                found.append(box)
            else:
                problems.append(Problem(at, "box_unknown", {"kind": kind}))
    problems += map(_left_open, around)
    problems += [one for box in found for one in _wrong_with(box)]
    return Boxes(tuple(found), tuple(sorted(problems, key=lambda one: one.line)))


def _lines(markdown: str) -> Iterator[tuple[int, str]]:
    """Lines outside blocks of code."""
    fence = ""
    for at, line in enumerate(markdown.splitlines()):
        mark = FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            fence = ""
        elif not fence:
            yield at, line.rstrip()


def _closed(around: list[Box], colons: int, at: int, problems: list[Problem]) -> list[Box]:
    """What stays open after a closing line; it ends the outermost box it is long enough for."""
    for place, box in enumerate(around):
        if box.colons <= colons:
            problems += map(_left_open, around[place + 1 :])
            return around[:place]
    problems.append(Problem(at, "box_without_end"))
    return around


def _left_open(box: Box) -> Problem:
    return Problem(box.line, "box_open", {"kind": box.kind})


def _wrong_with(box: Box) -> Iterator[Problem]:
    if box.kind == ACTIVITY and box.minutes is None:
        yield Problem(box.line, "activity_without_minutes")
    if box.kind == ANSWER and ACTIVITY not in box.inside:
        yield Problem(box.line, "answer_outside")
