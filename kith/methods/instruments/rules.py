"""The rules of an instrument: can each be read, and does each ask for something that exists."""

import re
from collections.abc import Iterator

from kith.methods.instruments.expressions import ExpressionFault, parse, references
from kith.methods.instruments.expressions.library import FORMATS
from kith.methods.instruments.expressions.patterns import pattern_fault
from kith.methods.instruments.expressions.tokens import NAME
from kith.methods.instruments.expressions.tree import (
    Call,
    Expression,
    Literal,
    Reference,
    columns,
    walk,
)
from kith.methods.instruments.findings import Finding
from kith.methods.instruments.schema import Instrument, Item, Kind
from kith.methods.instruments.schema import walk as walk_items

IN_TEXT = re.compile(rf"\$\{{\s*({NAME})\s*\}}")
"""${name} within a label."""
HEADINGS = {
    "relevant": "relevant",
    "required": "required",
    "constraint": "constraint",
    "calculate": "calculation",
    "choice_filter": "choice_filter",
    "read_only": "read_only",
    "repeat_count": "repeat_count",
}
NEVER_ANSWERED = frozenset({Kind.GROUP, Kind.NOTE})
OWN_COLUMNS = frozenset({"name", "label"})
"""Columns that every list has."""


def rules_of(item: Item) -> dict[str, str]:
    """Heading -> expression, for all rules of an item."""
    found = {heading: str(getattr(item, key)) for key, heading in HEADINGS.items()}
    if item.default_is_rule:
        found["default"] = item.default
    return {heading: text for heading, text in found.items() if text}


class RuleChecker:
    """Checks one item after the other against the whole instrument."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.kinds = {item.name: item.kind for item in instrument.walk()}
        self.in_repeat = {
            inner.name
            for item in instrument.walk()
            if item.kind is Kind.REPEAT
            for inner in walk_items(item.items)
        }

    def check(self, item: Item) -> Iterator[Finding]:
        """What is wrong in the rules and texts of an item."""
        for heading, text in rules_of(item).items():
            for code, params in self._faults(item, heading, text):
                yield Finding(code, params, "survey", item.row, heading)
        texts = (("label", item.label), ("hint", item.hint), ("guidance_hint", item.guidance))
        for heading, words in texts:
            for code, params in self.check_text(" ".join(words.values())):
                yield Finding(code, params, "survey", item.row, heading)

    def check_text(self, text: str) -> Iterator[tuple[str, dict[str, str | int]]]:
        """What is wrong with the names of questions in a text that people read."""
        for name in sorted(set(IN_TEXT.findall(text))):
            yield from self._reference(name)

    def _faults(
        self, item: Item, heading: str, text: str
    ) -> Iterator[tuple[str, dict[str, str | int]]]:
        try:
            tree = parse(text)
        except ExpressionFault as fault:
            yield fault.code, fault.params
            return
        for name in sorted(references(tree)):
            yield from self._reference(name)
        yield from self._columns(item, heading, tree)
        for part in walk(tree):
            if isinstance(part, Call):
                yield from self._call(item, part)

    def _reference(self, name: str) -> Iterator[tuple[str, dict[str, str | int]]]:
        if name not in self.kinds:
            yield "reference_unknown", {"name": name}
        elif self.kinds[name] in NEVER_ANSWERED:
            yield "reference_to_text", {"name": name}

    def _columns(
        self, item: Item, heading: str, tree: Expression
    ) -> Iterator[tuple[str, dict[str, str | int]]]:
        choices = self.instrument.choices.get(item.choices, ())
        known = OWN_COLUMNS.union(*(choice.columns for choice in choices))
        for name in sorted(columns(tree)):
            if heading != "choice_filter":
                yield "bare_name", {"name": name}
            elif choices and name not in known:
                yield "column_not_in_list", {"name": name, "list": item.choices}

    def _call(self, item: Item, call: Call) -> Iterator[tuple[str, dict[str, str | int]]]:
        if call.name == "position" and item.name not in self.in_repeat:
            yield "position_outside", {}
        if call.name == "regex":
            yield from _pattern(call.arguments[1])
        if call.name in {"format-date", "format-date-time"}:
            yield from _format(call.arguments[1])


def _pattern(argument: Expression) -> Iterator[tuple[str, dict[str, str | int]]]:
    if not isinstance(argument, Literal) or not isinstance(argument.value, str):
        yield "pattern_not_written", {}
    elif part := pattern_fault(argument.value):
        yield "pattern_unsupported", {"part": part}


def _format(argument: Expression) -> Iterator[tuple[str, dict[str, str | int]]]:
    written = argument.value if isinstance(argument, Literal) else ""
    for part in re.findall(r"%.?", str(written)):
        if part not in FORMATS:
            yield "format_unsupported", {"part": part}


def cycles(instrument: Instrument) -> Iterator[Finding]:
    """Items whose value would depend on itself, each circle once."""
    needs = _needs(instrument)
    rows = {item.name: item.row for item in instrument.walk()}
    done: set[str] = set()
    for name in needs:
        path = _circle(name, needs, done, [])
        if path:
            shown = " → ".join(path)
            yield Finding("reference_to_itself", {"path": shown}, "survey", rows[path[0]], "name")


def _needs(instrument: Instrument) -> dict[str, list[str]]:
    """Item -> items that its value or its place on the page depends on."""
    found: dict[str, list[str]] = {}

    def add(item: Item, above: tuple[str, ...]) -> None:
        texts = (item.relevant, item.calculate, item.choice_filter, item.repeat_count)
        found[item.name] = [*above, *(name for text in texts for name in _names(text))]
        for inner in item.items:
            add(inner, (item.name,))

    for item in instrument.items:
        add(item, ())
    return found


def _names(text: str) -> list[str]:
    if not text:
        return []
    try:
        tree = parse(text)
    except ExpressionFault:
        return []
    return sorted(one.name for one in walk(tree) if isinstance(one, Reference))


def _circle(name: str, needs: dict[str, list[str]], done: set[str], path: list[str]) -> list[str]:
    if name in path:
        return [*path[path.index(name) :], name]
    if name in done or name not in needs:
        return []
    for other in needs[name]:
        if found := _circle(other, needs, done, [*path, name]):
            done.update(found)
            return found
    done.add(name)
    return []
