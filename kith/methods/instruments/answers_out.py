"""Answers of many people as tables, for a workbook or for CSV. Calculated values are never in them.

A row has a number of its own and says nothing about who answered.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from kith.methods.instruments.filling import Answers
from kith.methods.instruments.schema import Instrument, Item, Kind, walk

NUMBER, OCCASION, ENTRY = "no", "occasion", "entry"
ANSWERS, QUESTIONS = "answers", "questions"
WRITTEN = frozenset({Kind.TEXT, Kind.HIDDEN})
_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST_SHEET_NAME = 31
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Sent:
    """The answers of one person on one occasion, in the words of one version."""

    instrument: Instrument
    answers: Answers
    occasion: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its headings; texts as they were answered."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def answer_tables(sent: Sequence[Sent], *, with_texts: bool) -> list[Table]:
    """The answers, one more table for each repeat, and the questions with their choices.

    with_texts  whether what people wrote in their own words is in it
    """
    columns = _columns(sent, with_texts=with_texts)
    repeats = [name for name in columns if name]
    found = [_single(sent, columns.get("", ()))]
    found += [_repeated(sent, repeat, columns[repeat]) for repeat in repeats]
    return [*found, _questions(sent, columns)]


def write_workbook(tables: Sequence[Table]) -> bytes:
    """The tables as sheets of an .xlsx file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(_NO_SHEET_NAME.sub("_", table.name)[:LONGEST_SHEET_NAME])
        for row in (table.headings, *table.rows):
            sheet.append([ILLEGAL_CHARACTERS_RE.sub("", text) for text in row])
        for line in sheet.iter_rows():
            for cell in line:
                # A text that begins with = must stay a text.
                cell.data_type = "s"
                cell.alignment = Alignment(vertical="top", wrap_text=True)
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
        for column in sheet.columns:
            sheet.column_dimensions[column[0].column_letter].width = 24
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_csv(tables: Sequence[Table]) -> bytes:
    """The tables as CSV files in one .zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            text = io.StringIO()
            lines = csv.writer(text)
            for row in (table.headings, *table.rows):
                lines.writerow([_harmless(one) for one in row])
            # The mark at the start tells spreadsheets that it is UTF-8.
            archive.writestr(f"{table.name}.csv", "\ufeff" + text.getvalue())
    return out.getvalue()


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    risky = text.startswith(_FORMULA) and not _PLAIN_NUMBER.fullmatch(text)
    return f"'{text}" if risky else text


def _columns(sent: Sequence[Sent], *, with_texts: bool) -> dict[str, tuple[str, ...]]:
    """Repeat (empty outside of one) -> names of its questions, over all versions."""
    versions = list({one.instrument.version: one.instrument for one in reversed(sent)}.values())
    calculated = frozenset(name for one in versions for name in one.calculated)
    found: dict[str, dict[str, None]] = {"": {}}
    for instrument in versions:
        homes = _homes(instrument)
        for item in instrument.exportable:
            if item.name in calculated or (item.kind in WRITTEN and not with_texts):
                continue
            found.setdefault(homes.get(item.name, ""), {})[item.name] = None
    return {repeat: tuple(names) for repeat, names in found.items()}


def _homes(instrument: Instrument) -> dict[str, str]:
    return {
        inner.name: repeat.name
        for repeat in instrument.walk()
        if repeat.kind is Kind.REPEAT
        for inner in walk(repeat.items)
    }


def _single(sent: Sequence[Sent], names: tuple[str, ...]) -> Table:
    rows = tuple(
        (str(number), one.occasion, *(_text(one.answers.get(name)) for name in names))
        for number, one in enumerate(sent, start=1)
    )
    return Table(ANSWERS, (NUMBER, OCCASION, *names), rows)


def _repeated(sent: Sequence[Sent], repeat: str, names: tuple[str, ...]) -> Table:
    rows = tuple(
        (str(number), str(entry), *(_text(row.get(name)) for name in names))
        for number, one in enumerate(sent, start=1)
        for entry, row in enumerate(_entries(one.answers, repeat), start=1)
    )
    return Table(repeat, (NUMBER, ENTRY, *names), rows)


def _entries(answers: Answers, repeat: str) -> list[dict[str, str]]:
    rows = answers.get(repeat, ())
    return [] if isinstance(rows, str) else [dict(row) for row in rows]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _questions(sent: Sequence[Sent], columns: dict[str, tuple[str, ...]]) -> Table:
    known = {name for names in columns.values() for name in names}
    rows: dict[str, tuple[str, ...]] = {}
    for one in reversed(sent):
        for item in one.instrument.walk():
            if item.name in known and item.name not in rows:
                rows[item.name] = tuple(_question(one.instrument, item))
    return Table(QUESTIONS, ("name", "question", "type", "choices"), tuple(rows.values()))


def _question(instrument: Instrument, item: Item) -> Iterator[str]:
    language = instrument.default_language
    yield item.name
    yield instrument.words(item.label, language) or instrument.words(item.hint, language)
    yield item.kind.value
    choices = instrument.choices.get(item.choices, ())
    yield "; ".join(f"{one.code} = {instrument.words(one.label, language)}" for one in choices)
