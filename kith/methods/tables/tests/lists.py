"""Small lists made in a test."""

import csv
import datetime as dt
import io

from openpyxl import Workbook

from kith.methods import names
from kith.methods.tables import Kind, Mapping, check_rows, guess_mapping, read_table

TODAY = dt.date(2026, 11, 22)


def csv_bytes(rows, *, delimiter=";", encoding="utf-8"):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(sheets, *, merges=(), hidden=()):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if title in hidden else "visible"
    for title, area in merges:
        book[title].merge_cells(area)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def midnight(year, month, day):
    """A date as a spreadsheet gives it."""
    return dt.datetime.combine(dt.date(year, month, day), dt.time())


def said(note):
    """What a remark says, or None."""
    return note and (note.code, note.severity.value, note.params)


def table(rows, **chosen):
    return read_table(csv_bytes(rows), "list.csv", **chosen)


def report(rows, *, kind=Kind.PARTICIPANTS, mapping: Mapping | None = None, country="PL"):
    found = table(rows)
    mapping = mapping or guess_mapping(found, kind)
    return check_rows(found, mapping, kind=kind, today=TODAY, country=country, names=names)


def codes(checked):
    """Codes and headings of the remarks of a row."""
    return [(found.code, found.column) for found in checked.remarks]
