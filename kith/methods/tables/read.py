"""Reading a list: what kind of file it is by its content, whatever its name says."""

import csv
import re

from kith.methods.tables.errors import (
    EmptyFile,
    EncryptedFile,
    NotAListFile,
    OldExcelFile,
    UnreadableTable,
)
from kith.methods.tables.layout import find_table
from kith.methods.tables.read_csv import read_csv
from kith.methods.tables.read_xlsx import read_xlsx
from kith.methods.tables.table import Table, Workbook

MOST_ROWS = 200_000

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_NO_TEXT = (
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc",
)
_MARKUP = re.compile(rb"\s*(<\?xml|<!doctype|<html|<table|<workbook|<meta)", re.IGNORECASE)


def read_table(
    content: bytes,
    filename: str,
    *,
    sheet: str | None = None,
    heading_rows: tuple[int, ...] | None = None,
    most_rows: int = MOST_ROWS,
) -> Table:
    """The list in a file: the sheet, headings and last rows are guessed unless they are told.

    heading_rows  row numbers as the spreadsheet shows them; () when the list has no headings
    raises        a subclass of UnreadableTable with a sentence for the reader
    """
    workbook = read_workbook(content, filename, most_rows=most_rows)
    return find_table(workbook, sheet=sheet, heading_rows=heading_rows)


def read_workbook(content: bytes, filename: str, *, most_rows: int = MOST_ROWS) -> Workbook:
    """All sheets of a file. Raises a subclass of UnreadableTable."""
    if not content.strip():
        raise EmptyFile
    if content.startswith(_ZIP):
        return read_xlsx(content, filename, most_rows=most_rows)
    if content.startswith(_OLE):
        raise EncryptedFile if _LOCKED in content else OldExcelFile
    if content.startswith(_NO_TEXT) or _MARKUP.match(content[:200]):
        raise NotAListFile
    try:
        return read_csv(content, filename, most_rows=most_rows)
    except csv.Error as error:
        raise UnreadableTable from error
