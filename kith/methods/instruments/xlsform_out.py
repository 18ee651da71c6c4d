"""An instrument as an XLSForm workbook that reads back equal.

XLSForm has no place for licences and scales, and one title only: these stay with the pack.
"""

import io
from collections.abc import Iterator, Mapping

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet.worksheet import Worksheet

from kith.methods.instruments.schema import CHOOSING, Instrument, Item, Kind, Words
from kith.methods.instruments.xlsform.languages import language_heading

WORDS = {
    "label": "label",
    "hint": "hint",
    "guidance": "guidance_hint",
    "required_message": "required_message",
    "constraint_message": "constraint_message",
}
RULES = {
    "required": "required",
    "relevant": "relevant",
    "constraint": "constraint",
    "calculate": "calculation",
    "default": "default",
    "read_only": "read_only",
    "appearance": "appearance",
    "choice_filter": "choice_filter",
    "repeat_count": "repeat_count",
}
Row = Mapping[str, str]


def write_xlsform(instrument: Instrument) -> bytes:
    """The workbook, with the sheets survey, choices and settings."""
    book = Workbook()
    book.remove(book.worksheets[0])
    shown = [f"label::{language_heading(code)}" for code in instrument.languages]
    _write(book.create_sheet("survey"), ["type", "name", *shown], _survey(instrument))
    _write(book.create_sheet("choices"), ["list_name", "name", *shown], _choices(instrument))
    _write(book.create_sheet("settings"), [], iter([_settings(instrument)]))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _survey(instrument: Instrument) -> Iterator[Row]:
    for item in instrument.items:
        yield from _rows(item)


def _rows(item: Item) -> Iterator[Row]:
    if item.kind not in {Kind.GROUP, Kind.REPEAT}:
        yield _row(item, _type(item))
        return
    yield _row(item, f"begin_{item.kind}")
    for inner in item.items:
        yield from _rows(inner)
    yield {"type": f"end_{item.kind}"}


def _type(item: Item) -> str:
    return f"{item.kind} {item.choices}" if item.kind in CHOOSING else item.kind.value


def _row(item: Item, kind: str) -> Row:
    cells = {"type": kind, "name": item.name}
    for key, heading in WORDS.items():
        cells |= _words(heading, getattr(item, key))
    cells |= {heading: str(getattr(item, key)) for key, heading in RULES.items()}
    if item.span:
        span = item.span
        cells["parameters"] = f"start={span.start} end={span.end} step={span.step}"
    elif item.lines:
        cells["parameters"] = f"rows={item.lines}"
    return cells


def _choices(instrument: Instrument) -> Iterator[Row]:
    for name, choices in instrument.choices.items():
        for one in choices:
            label = _words("label", one.label)
            yield {"list_name": name, "name": one.code, **label, **one.columns}


def _words(heading: str, words: Words) -> dict[str, str]:
    return {f"{heading}::{language_heading(code)}": text for code, text in words.items()}


def _settings(instrument: Instrument) -> Row:
    found = {
        "form_title": instrument.words(instrument.title, instrument.default_language),
        "form_id": instrument.id,
        "version": instrument.version,
        "default_language": language_heading(instrument.default_language),
    }
    codes = [[one.code for one in choices] for choices in instrument.choices.values()]
    if any(len(set(one)) < len(one) for one in codes):
        found["allow_choice_duplicates"] = "yes"
    return found


def _write(sheet: Worksheet, first: list[str], rows: Iterator[Row]) -> None:
    """Headings in the order they come up, without those that hold nothing."""
    kept = [{key: text for key, text in row.items() if text} for row in rows]
    headings = list(dict.fromkeys([*first, *(key for row in kept for key in row)]))
    for at, heading in enumerate(headings, start=1):
        sheet.cell(1, at, heading)
    for number, row in enumerate(kept, start=2):
        for at, heading in enumerate(headings, start=1):
            if text := row.get(heading, ""):
                cell = sheet.cell(number, at, ILLEGAL_CHARACTERS_RE.sub("", text))
                # A text that begins with = must stay a text.
                cell.data_type = "s"
