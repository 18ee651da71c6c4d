"""CSV files: encoding, delimiter and quotes are guessed from the content."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from kith.methods.tables.encoding import decode
from kith.methods.tables.errors import EmptyFile, NotAListFile, TooManyRows
from kith.methods.tables.table import Row, Sheet, Workbook

DELIMITERS = ";,\t|"
SAMPLE_ROWS = 60
WIDEST = 256
SAMPLE_SIGNS = 200_000

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def read_csv(content: bytes, filename: str, *, most_rows: int) -> Workbook:
    text, encoding = decode(content)
    if not re.sub(r'[\s;,|"]', "", text):
        raise EmptyFile
    if _is_no_text(text[:SAMPLE_SIGNS]):
        raise NotAListFile
    text, named = _without_sep_line(text)
    delimiter = named or guess_delimiter(text)
    rows = tuple(_rows(text, delimiter, most_rows=most_rows))
    return Workbook(filename, "csv", (Sheet("", rows),), encoding=encoding, delimiter=delimiter)


def _is_no_text(sample: str) -> bool:
    """Many control signs: a picture or a program, whatever its name says."""
    controls = len(_CONTROLS.findall(sample))
    return controls > 3 and controls * 100 > len(sample)


def guess_delimiter(text: str) -> str:
    """The sign that cuts the first rows into the most columns most evenly, else a comma."""
    best = max(DELIMITERS, key=lambda sign: _evenness(text, sign))
    return best if _evenness(text, best) > 0 else ","


def _without_sep_line(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;` is not shown by Excel and does not count as a row."""
    first, _, rest = text.partition("\n")
    line = first.strip().strip('"').casefold()
    if line.startswith("sep=") and len(line) == 5:
        return rest, line[4]
    return (rest, "\t") if first.strip("\r").casefold() == "sep=\t" else (text, "")


def _evenness(text: str, delimiter: str) -> float:
    widths = [len(row) for row in _sample(text, delimiter)]
    usual = max(widths, key=lambda width: (widths.count(width), width), default=1)
    return (usual - 1) * (widths.count(usual) / max(1, len(widths))) ** 2


def _sample(text: str, delimiter: str) -> list[list[str]]:
    """The first rows that hold something."""
    records = _records(text[:SAMPLE_SIGNS], delimiter)
    return list(islice((row for row in records if any(map(str.strip, row))), SAMPLE_ROWS))


def _rows(text: str, delimiter: str, *, most_rows: int) -> Iterator[Row]:
    count = 0
    for number, record in enumerate(_records(text, delimiter), start=1):
        cells = tuple(cell if cell.strip() else None for cell in record[:WIDEST])
        if not any(cells):
            continue
        count += 1
        if count > most_rows:
            raise TooManyRows(limit=most_rows)
        yield Row(number, cells)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="")
    if _quotes_close(text, delimiter):
        return csv.reader(lines, delimiter=delimiter)
    return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)


def _quotes_close(text: str, delimiter: str) -> bool:
    """False when a stray quote would swallow whole rows into one cell."""
    width = 0
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            width = width or len(record)
            if any(_holds_rows(cell, delimiter, width) for cell in record):
                return False
    except csv.Error:
        return False
    return True


def _holds_rows(cell: str, delimiter: str, width: int) -> bool:
    """Whether a later line of a cell has all the delimiters of a row."""
    if width < 3 or "\n" not in cell:
        return False
    return any(line.count(delimiter) >= width - 1 for line in cell.split("\n")[1:])
