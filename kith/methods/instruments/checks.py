"""Everything about an instrument that its file can only show as a whole."""

from collections.abc import Iterator, Mapping

from kith.methods.instruments.findings import Finding
from kith.methods.instruments.refusals import forbidden_findings
from kith.methods.instruments.rules import RuleChecker, cycles
from kith.methods.instruments.schema import (
    CHOOSING,
    HOLDING,
    UNSEEN,
    Choice,
    Instrument,
    Item,
    Kind,
    Words,
)

Rows = Mapping[tuple[str, int], int]
SURVEY, CHOICES = "survey", "choices"


def check_instrument(instrument: Instrument, *, choice_rows: Rows | None = None) -> list[Finding]:
    """Findings in rules, texts and choices; choice_rows gives (list, place) its row."""
    rows = choice_rows or {}
    checker = RuleChecker(instrument)
    found: list[Finding] = []
    for item in instrument.walk():
        found += checker.check(item)
        found += _texts(instrument, item)
        found += _default(instrument, item)
        if item.is_calculated:
            found.append(
                Finding("calculated_not_listed", {"name": item.name}, SURVEY, item.row, "name")
            )
    found += cycles(instrument)
    found += _lists(instrument, rows, checker)
    found += forbidden_findings(instrument, choice_rows=rows)
    return found


def _texts(instrument: Instrument, item: Item) -> Iterator[Finding]:
    shown = item.kind not in HOLDING | UNSEEN
    language = instrument.default_language
    if shown and not item.label.get(language) and not item.hint.get(language):
        yield Finding("label_missing", {"language": language}, SURVEY, item.row, "label")
    texts = {
        "label": item.label,
        "hint": item.hint,
        "guidance_hint": item.guidance,
        "required_message": item.required_message,
        "constraint_message": item.constraint_message,
    }
    for column, words in texts.items():
        for other in _untranslated(instrument, words):
            if shown and column == "label" and other == language and not item.hint.get(language):
                continue
            params: dict[str, str | int] = {"column": column, "language": other}
            yield Finding("text_not_translated", params, SURVEY, item.row, column)


def _untranslated(instrument: Instrument, words: Words) -> list[str]:
    return [one for one in instrument.languages if words and not words.get(one)]


def _default(instrument: Instrument, item: Item) -> Iterator[Finding]:
    """A fixed default must be one of the choices."""
    if item.kind not in CHOOSING or not item.default or item.default_is_rule:
        return
    known = {choice.code for choice in instrument.choices.get(item.choices, ())}
    codes = [item.default] if item.kind is Kind.SELECT_ONE else item.default.split()
    for code in codes:
        if code not in known:
            yield Finding("choice_not_there", {"name": code}, SURVEY, item.row, "default")


def _lists(instrument: Instrument, rows: Rows, checker: RuleChecker) -> Iterator[Finding]:
    used = {item.choices for item in instrument.walk() if item.choices}
    many = {
        item.choices for item in instrument.walk() if item.kind in {Kind.SELECT_MULTIPLE, Kind.RANK}
    }
    for name, choices in instrument.choices.items():
        if name not in used:
            row = rows.get((name, 0), 0)
            yield Finding("list_not_used", {"name": name}, CHOICES, row, "list_name")
        for at, choice in enumerate(choices):
            row = rows.get((name, at), 0)
            yield from _choice(instrument, choice, row=row, several=name in many)
            for code, params in checker.check_text(" ".join(choice.label.values())):
                yield Finding(code, params, CHOICES, row, "label")


def _choice(
    instrument: Instrument, choice: Choice, *, row: int, several: bool
) -> Iterator[Finding]:
    if several and len(choice.code.split()) != 1:
        yield Finding("choice_with_space", {"name": choice.code}, CHOICES, row, "name")
    language = instrument.default_language
    if not choice.label.get(language):
        yield Finding("label_missing", {"language": language}, CHOICES, row, "label")
    for other in _untranslated(instrument, choice.label):
        if other == language:
            continue
        params: dict[str, str | int] = {"column": "label", "language": other}
        yield Finding("text_not_translated", params, CHOICES, row, "label")
