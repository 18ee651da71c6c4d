"""A questionnaire as screens: one question each, with the notes before it.

A group that the file shows as one list is one screen. After the entries of a repeat that people add
themselves a screen asks whether there is another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kith.methods.instruments.answering import cell_key
from kith.methods.instruments.filling import Cell, Filled
from kith.methods.instruments.schema import (
    HOLDING,
    UNSEEN,
    WITHOUT_ANSWER,
    Instrument,
    Item,
    Kind,
    walk,
)
from kith.methods.instruments.state import MOST_ENTRIES, OUTSIDE

ONE_LIST = "field-list"
ASKED = frozenset(Kind) - WITHOUT_ANSWER - UNSEEN


class Asks(StrEnum):
    ANSWER = "answer"
    ANOTHER = "another"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Screen:
    """What stands on one screen.

    key      names it in an address: a question, kids.0.name in a repeat, kids.another after one
    asks     an answer, whether there is another entry, or nothing (notes alone)
    cells    notes and questions in their order
    hidden   questions of the same list that an answer on this screen may bring up
    path     labels of the groups and entries around it
    repeat   the repeat it lies in, or asks about; entry: which entry of it, from 0
    """

    key: str
    asks: Asks
    cells: tuple[Cell, ...] = ()
    path: tuple[str, ...] = ()
    repeat: Item | None = None
    entry: int = OUTSIDE
    hidden: tuple[Cell, ...] = ()

    @property
    def questions(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.item.kind is not Kind.NOTE)

    @property
    def notes(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.item.kind is Kind.NOTE)


def screens(instrument: Instrument, filled: Filled) -> tuple[Screen, ...]:
    """The screens that are due with these answers, in order."""
    return tuple(_Walk(filled).all_of(instrument.items))


def screen_after(key: str, *, before: Sequence[Screen], now: Sequence[Screen]) -> Screen | None:
    """The next screen after one has been answered; None after the last.

    before  the screens as they were when it was shown
    now     the screens with its answer: what came after it may have gone, or come
    """
    keys = [one.key for one in now]
    if key in keys:
        return next(iter(now[keys.index(key) + 1 :]), None)
    known = [one.key for one in before]
    later = known[known.index(key) + 1 :] if key in known else known
    return next((one for one in now if one.key in later), None)


def keyed(instrument: Instrument, filled: Filled) -> Iterator[tuple[str, Cell]]:
    """Every cell with the key of its answer, in order."""
    repeats = {
        inner.name: repeat.name
        for repeat in instrument.walk()
        if repeat.kind is Kind.REPEAT
        for inner in walk(repeat.items)
    }
    for cell in filled.cells:
        name = cell.item.name
        yield cell_key(name, cell.entry, repeats.get(name, "")), cell


class _Walk:
    """Goes through the items; notes wait for the question they stand before."""

    def __init__(self, filled: Filled) -> None:
        self.cells = {(cell.item.name, cell.entry): cell for cell in filled.cells}
        self.entries = filled.entries
        self.waiting: list[Cell] = []
        self.repeat: Item | None = None

    def all_of(self, items: Sequence[Item]) -> Iterator[Screen]:
        yield from self._items(items, OUTSIDE, ())
        if self.waiting:
            yield self._screen(self.waiting[-1], (), Asks.NOTHING)

    def _items(self, items: Sequence[Item], entry: int, path: tuple[str, ...]) -> Iterator[Screen]:
        for item in items:
            cell = self.cells.get((item.name, entry))
            if cell is None or not cell.shown:
                continue
            if item.kind is Kind.NOTE:
                self.waiting.append(cell)
            elif item.kind is Kind.REPEAT:
                yield from self._entries(cell, path)
            elif item.kind is Kind.GROUP:
                yield from self._group(cell, entry, path)
            else:
                yield self._screen(cell, path, Asks.ANSWER, [cell])

    def _group(self, cell: Cell, entry: int, path: tuple[str, ...]) -> Iterator[Screen]:
        inner = (*path, cell.label) if cell.label else path
        if ONE_LIST not in cell.item.appearance.split() or _holds_repeat(cell.item):
            yield from self._items(cell.item.items, entry, inner)
            return
        found = list(self._flat(cell.item, entry))
        shown = [one for one in found if one.shown]
        if shown:
            screen = self._screen(cell, inner, Asks.ANSWER, shown)
            hidden = (one for one in found if not one.shown and one.item.kind in ASKED)
            yield replace(screen, hidden=tuple(hidden))

    def _flat(self, group: Item, entry: int) -> Iterator[Cell]:
        for item in group.items:
            if item.kind in HOLDING:
                yield from self._flat(item, entry)
            elif (item.name, entry) in self.cells:
                yield self.cells[item.name, entry]

    def _entries(self, cell: Cell, path: tuple[str, ...]) -> Iterator[Screen]:
        repeat, self.repeat = cell.item, cell.item
        number = self.entries.get(repeat.name, 0)
        for entry in range(number):
            label = f"{cell.label} {entry + 1}".strip()
            yield from self._items(repeat.items, entry, (*path, label))
        if not repeat.repeat_count and number < MOST_ENTRIES:
            key = f"{repeat.name}.another"
            yield Screen(key, Asks.ANOTHER, (), (*path, cell.label), repeat, number)
        self.repeat = None

    def _screen(
        self, cell: Cell, path: tuple[str, ...], asks: Asks, cells: Sequence[Cell] = ()
    ) -> Screen:
        notes, self.waiting = self.waiting, []
        repeat = self.repeat.name if self.repeat else ""
        return Screen(
            key=cell_key(cell.item.name, cell.entry, repeat),
            asks=asks,
            cells=(*notes, *cells),
            path=path,
            repeat=self.repeat,
            entry=cell.entry,
        )


def _holds_repeat(group: Item) -> bool:
    return any(
        item.kind is Kind.REPEAT or (item.kind is Kind.GROUP and _holds_repeat(item))
        for item in group.items
    )
