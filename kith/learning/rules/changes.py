"""What one wording changes against another, by name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kith.methods.learning.courses.schema import Course, Module, Part, questions_in
from kith.methods.learning.questions.schema import Words


class What(StrEnum):
    """What happened to a part, a screen or a question."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    what: What
    name: str
    title: Words


@dataclass(frozen=True)
class PartChange:
    """What changes in a part that both wordings have, or that only one of them has.

    about  whether title, aim, minutes, sources or pictures differ
    moved  whether its screens stand in another order
    """

    what: What
    title: Words
    about: bool
    moved: bool
    screens: tuple[Change, ...]
    questions: tuple[Change, ...]


def frame_changed(before: Course, after: Course) -> bool:
    """Whether what stands about the whole course differs."""
    return _frame(before) != _frame(after)


def _frame(course: Course) -> Course:
    return replace(course, modules=(), vignettes=(), version=1)


def order_changed(before: Course, after: Course) -> bool:
    """Whether the modules that both wordings have stand in another order."""
    kept = [one.key for one in after.modules if before.module(one.key)]
    return kept != [one.key for one in before.modules if after.module(one.key)]


def part_changes(before: Course, after: Course) -> list[PartChange]:
    """The parts that differ, in the order of the newer wording, then those that are gone."""
    old = {one.key: one for one in _parts(before)}
    new = {one.key: one for one in _parts(after)}
    found = [_new_or_changed(old.get(key), part) for key, part in new.items()]
    gone = [_whole(What.GONE, part) for key, part in old.items() if key not in new]
    return [one for one in found if one is not None] + gone


def _parts(course: Course) -> tuple[Part, ...]:
    return (*course.modules, *course.vignettes)


def _whole(what: What, part: Part) -> PartChange:
    return PartChange(what, part.title, about=False, moved=False, screens=(), questions=())


def _new_or_changed(old: Part | None, new: Part) -> PartChange | None:
    if old is None:
        return _whole(What.NEW, new)
    if old == new:
        return None
    return PartChange(
        What.CHANGED,
        new.title,
        about=_about(old) != _about(new),
        moved=_order(old, new) != _order(new, old),
        screens=tuple(_differing(_screens(old), _screens(new))),
        questions=tuple(_differing(_questions(old), _questions(new))),
    )


def _about(part: Part) -> tuple[object, ...]:
    own = (part.aim, part.sources, part.pictures) if isinstance(part, Module) else ()
    return (part.title, part.minutes, *own)


def _order(part: Part, other: Part) -> list[str]:
    return [one.name for one in part.screens if other.screen(one.name)]


Named = tuple[str, Words, object]


def _screens(part: Part) -> Sequence[Named]:
    return [(one.name, one.heading, one) for one in part.screens]


def _questions(part: Part) -> Sequence[Named]:
    return [(one.key, one.stem, one) for one in questions_in(part)]


def _differing(old: Iterable[Named], new: Iterable[Named]) -> Iterator[Change]:
    before = {name: row for name, _title, row in old}
    after = [*new]
    for name, title, row in after:
        if name not in before:
            yield Change(What.NEW, name, title)
        elif before[name] != row:
            yield Change(What.CHANGED, name, title)
    names = {name for name, _title, _row in after}
    yield from (Change(What.GONE, name, title) for name, title, _row in old if name not in names)
