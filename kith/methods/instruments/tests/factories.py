"""XLSForm files made from plain tables, so that no workbook needs to be kept."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

from kith.methods.instruments.reading import Reading
from kith.methods.instruments.xlsform import read_xlsform

Table = Sequence[Mapping[str, object]]

AGREEMENT = [
    {"list_name": "agree", "name": "1", "label": "Not at all"},
    {"list_name": "agree", "name": "2", "label": "A little"},
    {"list_name": "agree", "name": "3", "label": "A lot"},
]


def grid(table: Table) -> list[list[object]]:
    """Headings in the order they come up, then a row for each mapping."""
    headings = list(dict.fromkeys(key for row in table for key in row))
    return [list(headings), *([row.get(key) for key in headings] for row in table)]


def workbook(**sheets: Table) -> bytes:
    """An .xlsx file with these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, table in sheets.items():
        sheet = book.create_sheet(name)
        for row in grid(table):
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def markdown(**sheets: Table) -> bytes:
    """The same as Markdown tables, which pyxform reads too."""
    lines = []
    for name, table in sheets.items():
        lines.append(f"| {name} |")
        for row in grid(table):
            cells = (str(one or "").replace("|", "\\|") for one in row)
            lines.append(f"| | {' | '.join(cells)} |")
    return "\n".join(lines).encode()


def read(*survey: Mapping[str, object], suffix: str = ".xlsx", **sheets: Table) -> Reading:
    """What becomes of a form with these rows on the sheet “survey”."""
    make = markdown if suffix == ".md" else workbook
    return read_xlsform(make(survey=survey, **sheets), filename=f"form{suffix}")


def question(kind: str = "text", name: str = "q", label: str = "A question", **cells: object):
    """A row of the sheet “survey”."""
    return {"type": kind, "name": name, "label": label, **cells}


def said(reading: Reading) -> list[tuple[str, str, int, str]]:
    """Each refusal as (code, sheet, row, column)."""
    return [(one.code, one.sheet, one.row, one.column) for one in reading.refusals]


def noted(reading: Reading) -> list[tuple[str, str, int, str]]:
    return [(one.code, one.sheet, one.row, one.column) for one in reading.notes]


def form(*survey: Mapping[str, object], **sheets: Table):
    """The instrument of a form without faults."""
    return read(*survey, **sheets).taken()
