"""Answers, relevance and calculated values while they settle."""

from collections.abc import Iterator, Mapping, Sequence

from kith.methods.instruments.expressions import (
    Scope,
    as_boolean,
    as_number,
    as_string,
    evaluate,
    parse,
)
from kith.methods.instruments.expressions.values import Nodes, Value
from kith.methods.instruments.schema import Choice, Instrument, Item, Kind

OUTSIDE = -1
"""The entry of items that lie in no repeat."""
MOST_ENTRIES = 100
"""Entries of one repeat; more are cut off."""


class State:
    """All values of an instrument by (name, entry).

    Calculations ask for each other, so all are worked out again until none changes. Files in which
    a value would depend on itself are refused when they come in, so this ends.
    """

    def __init__(
        self,
        instrument: Instrument,
        answers: Mapping[str, str | Sequence[Mapping[str, str]]],
        *,
        today: str,
        now: str,
        language: str,
    ) -> None:
        self.instrument = instrument
        self.given = answers
        self.today, self.now, self.language = today, now, language
        self.items = {item.name: item for item in instrument.walk()}
        self.repeat_of: dict[str, str] = {}
        self.parent: dict[str, str] = {}
        self._place(instrument.items, parent="", repeat="")
        self.values: dict[tuple[str, int], str] = {}
        self.relevant: dict[tuple[str, int], bool] = {}
        self.entries: dict[str, int] = {}

    def _place(self, items: tuple[Item, ...], *, parent: str, repeat: str) -> None:
        for item in items:
            self.parent[item.name] = parent
            if repeat:
                self.repeat_of[item.name] = repeat
            inner = item.name if item.kind is Kind.REPEAT else repeat
            self._place(item.items, parent=item.name, repeat=inner)

    # settling

    def settle(self) -> None:
        """Work out relevance, entries and calculated values."""
        for _ in range(len(self.items) + 2):
            before = (dict(self.values), dict(self.relevant), dict(self.entries))
            for item in self.instrument.walk():
                self._settle(item)
            if before == (self.values, self.relevant, self.entries):
                return

    def _settle(self, item: Item) -> None:
        for entry in self.entries_of(item.name):
            self.relevant[item.name, entry] = self._is_relevant(item, entry)
            if item.kind is Kind.REPEAT:
                self.entries[item.name] = self._count(item)
            elif item.calculate:
                self.values[item.name, entry] = self._calculated(item, entry)
            elif item.has_answer and (item.name, entry) not in self.values:
                self.values[item.name, entry] = self._first_value(item, entry)

    def _is_relevant(self, item: Item, entry: int) -> bool:
        above = self.parent[item.name]
        place = entry if above in self.repeat_of else OUTSIDE
        if above and not self.relevant.get((above, place), True):
            return False
        if item.relevant and not self.holds(item.relevant, item, entry):
            return False
        # Nothing to choose from is nothing to ask: the question before has no answer yet.
        return not item.choice_filter or bool(self.choices_for(item, entry))

    def _count(self, item: Item) -> int:
        if not item.repeat_count:
            given = self.given.get(item.name)
            return min(len(self._rows(item.name)), MOST_ENTRIES) if given is not None else 1
        number = as_number(evaluate(parse(item.repeat_count), self.scope(item, OUTSIDE)))
        return int(max(0, min(number, MOST_ENTRIES))) if number == number else 0  # noqa: PLR0124

    def _calculated(self, item: Item, entry: int) -> str:
        if not self.relevant[item.name, entry]:
            return ""
        value = evaluate(parse(item.calculate), self.scope(item, entry))
        text = as_string(value)
        # What is no number yet is nothing yet.
        return "" if isinstance(value, float) and text == "NaN" else text

    def _first_value(self, item: Item, entry: int) -> str:
        row = self._row(item.name, entry)
        if item.name in row:
            given = row[item.name]
            return given.strip() if isinstance(given, str) else ""
        if item.default_is_rule:
            return as_string(evaluate(parse(item.default), self.scope(item, entry)))
        return item.default

    def _row(self, name: str, entry: int) -> Mapping[str, object]:
        if entry == OUTSIDE:
            return self.given
        rows = self._rows(self.repeat_of[name])
        return rows[entry] if entry < len(rows) else {}

    def _rows(self, repeat: str) -> Sequence[Mapping[str, str]]:
        rows = self.given.get(repeat, ())
        return () if isinstance(rows, str) else rows

    # asking

    def places(self) -> Iterator[tuple[Item, int]]:
        """Every item with every entry it comes up in, in the order of the page."""
        yield from self._in_order(self.instrument.items, OUTSIDE)

    def _in_order(self, items: tuple[Item, ...], entry: int) -> Iterator[tuple[Item, int]]:
        for item in items:
            yield item, entry
            if item.kind is not Kind.REPEAT:
                yield from self._in_order(item.items, entry)
                continue
            for number in range(self.entries.get(item.name, 0)):
                yield from self._in_order(item.items, number)

    def entries_of(self, name: str) -> range:
        """The entries an item comes up in."""
        repeat = self.repeat_of.get(name)
        return range(self.entries.get(repeat, 0)) if repeat else range(OUTSIDE, 0)

    def visible(self, name: str, entry: int) -> str:
        """The value, empty when the item is not asked."""
        return self.values.get((name, entry), "") if self.relevant.get((name, entry)) else ""

    def holds(self, rule: str, item: Item, entry: int) -> bool:
        """Whether a rule holds; an empty one does not."""
        return bool(rule) and as_boolean(evaluate(parse(rule), self.scope(item, entry)))

    def choices_for(self, item: Item, entry: int) -> tuple[Choice, ...]:
        """The choices that the filter of the question lets through."""
        choices = self.instrument.choices.get(item.choices, ())
        if not item.choice_filter:
            return choices
        tree = parse(item.choice_filter)
        scopes = (self.scope(item, entry, columns=self.columns_of(one)) for one in choices)
        found = (as_boolean(evaluate(tree, scope)) for scope in scopes)
        return tuple(one for one, fits in zip(choices, found, strict=True) if fits)

    def scope(self, item: Item, entry: int, *, columns: Mapping[str, str] | None = None) -> Scope:
        """What an expression of this item can see."""
        view = _View(self, item, entry)
        return Scope(
            values=view,
            current=self.values.get((item.name, entry), ""),
            series=_Series(self),
            position=entry + 1,
            today=self.today,
            now=self.now,
            columns=columns or {},
            label=self._label,
        )

    def _label(self, question: str, code: str) -> str:
        item = self.items.get(question)
        choices = self.instrument.choices.get(item.choices, ()) if item else ()
        found = next((one for one in choices if one.code == code), None)
        return self.instrument.words(found.label, self.language) if found else ""

    def columns_of(self, choice: Choice) -> Mapping[str, str]:
        """What a choice filter may ask of a choice."""
        label = self.instrument.words(choice.label, self.language)
        return {**choice.columns, "name": choice.code, "label": label}


class _View(Mapping[str, Value]):
    """Answers as one question sees them: those beside it singly, those of other repeats all."""

    def __init__(self, state: State, item: Item, entry: int) -> None:
        self.state, self.item, self.entry = state, item, entry

    def __getitem__(self, name: str) -> Value:
        state = self.state
        if name not in state.items:
            raise KeyError(name)
        if state.items[name].kind is Kind.REPEAT:
            asked = state.relevant.get((name, OUTSIDE), False)
            return Nodes([""] * state.entries.get(name, 0)) if asked else Nodes()
        repeat = state.repeat_of.get(name)
        if repeat is None:
            return state.visible(name, OUTSIDE)
        if repeat == state.repeat_of.get(self.item.name):
            return state.visible(name, self.entry)
        places = ((name, entry) for entry in state.entries_of(name))
        return Nodes(state.values.get(at, "") for at in places if state.relevant.get(at))

    def __iter__(self) -> Iterator[str]:
        return iter(self.state.items)

    def __len__(self) -> int:
        return len(self.state.items)


class _Series(Mapping[str, tuple[str, ...]]):
    """The answers to one question in all entries, empty where it is not asked."""

    def __init__(self, state: State) -> None:
        self.state = state

    def __getitem__(self, name: str) -> tuple[str, ...]:
        if name not in self.state.items:
            raise KeyError(name)
        return tuple(self.state.visible(name, entry) for entry in self.state.entries_of(name))

    def __iter__(self) -> Iterator[str]:
        return iter(self.state.items)

    def __len__(self) -> int:
        return len(self.state.items)
