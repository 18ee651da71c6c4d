"""Where the list is in a workbook: which sheet, which rows are headings, totals, remarks, blank."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from openpyxl.utils import get_column_letter

from kith.methods.tables.errors import EmptyFile, NoSuchSheet
from kith.methods.tables.headings import meaning_of
from kith.methods.tables.table import (
    Column,
    LeftOut,
    Merge,
    Row,
    Sheet,
    Table,
    Value,
    Why,
    Workbook,
)
from kith.methods.tables.targets import NAMES, LeaveOut
from kith.methods.tables.text import plain, says_nothing, shown
from kith.methods.tables.values.phones import looks_like_phone

ROWS_LOOKED_AT = 40
LONGEST_HEADING = 120
SAMPLES = 5
BETWEEN_HEADINGS = " › "

_TOTAL = re.compile(
    r"^\W*(?:razem|suma|sumy|ogolem|lacznie|total|totals|subtotal|sum|count|gesamt\w*|summe|insgesamt|"
    r"anzahl|всього|разом|усього|итого|всего|المجموع|مجموع|الاجمالي)(?![^\W\d_])"
)


def find_table(
    workbook: Workbook, *, sheet: str | None = None, heading_rows: tuple[int, ...] | None = None
) -> Table:
    """The list in a workbook; `sheet` and `heading_rows` overrule the guess."""
    chosen = _named(workbook, sheet) if sheet is not None else _likeliest(workbook)
    if not chosen.rows:
        raise EmptyFile
    numbers = _heading_numbers(chosen) if heading_rows is None else heading_rows
    headings = _heading_texts(chosen, numbers)
    body = _Body(chosen, numbers, headings)
    rows, left_out = body.sorted_out()
    columns = _columns(headings, rows)
    return Table(workbook, chosen, numbers, columns, tuple(rows), tuple(_joined(left_out)))


def _named(workbook: Workbook, name: str) -> Sheet:
    found = next((sheet for sheet in workbook.sheets if sheet.name == name), None)
    if found is None:
        raise NoSuchSheet(sheet=name)
    return found


def _likeliest(workbook: Workbook) -> Sheet:
    """The visible sheet with the most headings known (four are enough), then with the most rows."""
    visible = [sheet for sheet in workbook.sheets if not sheet.hidden and sheet.rows]
    candidates = visible or list(workbook.sheets)
    return max(candidates, key=lambda sheet: (min(4, _most_known(sheet)), len(sheet.rows)))


def _most_known(sheet: Sheet) -> int:
    return max((_known_headings(row) for row in sheet.rows[:ROWS_LOOKED_AT]), default=0)


def _heading_numbers(sheet: Sheet) -> tuple[int, ...]:
    """Row numbers of the headings: the row with the most known ones, and groups above or below."""
    candidates = sheet.rows[:ROWS_LOOKED_AT]
    best = max(range(len(candidates)), key=lambda at: _heading_score(candidates[at]) - at * 0.05)
    row = candidates[best]
    if not _can_be_heading(row, sheet):
        return ()
    numbers = [row.number]
    if best > 0 and _is_group_row(candidates[best - 1], row, sheet):
        numbers.insert(0, candidates[best - 1].number)
    if best + 1 < len(sheet.rows) and _is_second_row(sheet.rows[best + 1], row, sheet):
        numbers.append(sheet.rows[best + 1].number)
    return tuple(numbers)


def _can_be_heading(row: Row, sheet: Sheet) -> bool:
    known, texts = _known_headings(row), len(_texts(row))
    if known >= min(2, sheet.width):
        return _data_cells(row) <= known
    return (
        not _data_cells(row) and texts >= max(1, round(sheet.width * 0.6)) and len(sheet.rows) > 1
    )


def _heading_score(row: Row) -> float:
    return 3 * _known_headings(row) + 0.2 * len(_texts(row)) - 3 * _data_cells(row)


def _known_headings(row: Row) -> int:
    texts = _texts(row)
    return sum(
        1 for text in dict.fromkeys(texts) if len(text) <= LONGEST_HEADING and meaning_of(text)
    )


def _texts(row: Row) -> list[str]:
    return [shown(cell) for cell in row.cells if isinstance(cell, str)]


def _data_cells(row: Row) -> int:
    """Cells that no heading has: numbers, dates, addresses, phone numbers."""
    return sum(1 for cell in row.cells if cell is not None and _is_data(cell))


def _is_data(cell: Value) -> bool:
    if not isinstance(cell, str):
        return True
    return "@" in cell or (len(re.findall(r"\d", cell)) >= 4 and looks_like_phone(cell))


def _is_group_row(row: Row, below: Row, sheet: Sheet) -> bool:
    """A row just above that names groups of columns: merged cells, or at least two short texts."""
    if row.number != below.number - 1 or _data_cells(row):
        return False
    merges = [merge for merge in sheet.merges if merge.first_row <= row.number <= merge.last_row]
    wide = [merge for merge in merges if _width(merge) >= max(3, sheet.width - 1)]
    return len(_texts(row)) >= 2 and not wide


def _is_second_row(row: Row, above: Row, sheet: Sheet) -> bool:
    """A row just below that goes on where the headings are blank or merged."""
    if row.number != above.number + 1 or _data_cells(row) or not _known_headings(row):
        return False
    merged = {
        column
        for merge in sheet.merges
        if merge.first_row <= above.number <= merge.last_row and _width(merge) > 1
        for column in range(merge.first_column, merge.last_column + 1)
    }
    filled = [at for at, cell in enumerate(row.cells) if cell is not None]
    return all(above.cell(at) is None or at in merged for at in filled)


def _width(merge: Merge) -> int:
    return merge.last_column - merge.first_column + 1


def _heading_texts(sheet: Sheet, numbers: tuple[int, ...]) -> list[str]:
    """One heading for each column, parts of several rows joined; "" where there is none."""
    by_number = {row.number: row for row in sheet.rows}
    parts: list[list[str]] = [[] for _ in range(sheet.width)]
    for position, number in enumerate(numbers):
        below = by_number.get(numbers[position + 1]) if position + 1 < len(numbers) else None
        for at, text in enumerate(_spread(by_number.get(number), below, sheet)):
            if text and text not in parts[at]:
                parts[at].append(text)
    return [BETWEEN_HEADINGS.join(part) for part in parts]


def _spread(row: Row | None, below: Row | None, sheet: Sheet) -> list[str]:
    """The texts of a heading row; a group name goes on over the columns it stands for."""
    if row is None:
        return [""] * sheet.width
    texts = [" ".join(shown(row.cell(at)).split()) for at in range(sheet.width)]
    for merge in sheet.merges:
        if merge.first_row <= row.number <= merge.last_row:
            for at in range(merge.first_column, min(merge.last_column + 1, sheet.width)):
                texts[at] = texts[at] or texts[merge.first_column]
    if below is not None:
        for at in range(1, sheet.width):
            if not texts[at] and below.cell(at) is not None:
                texts[at] = texts[at - 1]
    return texts


def _columns(headings: list[str], rows: list[Row]) -> tuple[Column, ...]:
    columns: list[Column] = []
    taken: dict[str, int] = {}
    for index, text in enumerate(headings):
        samples = _samples(index, rows)
        if not text and not samples:
            continue
        letter = get_column_letter(index + 1)
        heading = text or f"Column {letter}"
        taken[heading] = taken.get(heading, 0) + 1
        unique = heading if taken[heading] == 1 else f"{heading} ({taken[heading]})"
        columns.append(Column(index, letter, unique, samples))
    return tuple(columns)


def _samples(index: int, rows: list[Row]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in rows:
        if len(found) == SAMPLES:
            break
        if text := shown(row.cell(index)):
            found[text] = None
    return tuple(found)


@dataclass
class _Body:
    """The rows of a sheet, told apart."""

    sheet: Sheet
    heading_rows: tuple[int, ...]
    headings: list[str]

    def sorted_out(self) -> tuple[list[Row], list[LeftOut]]:
        """Entries, and everything else with a reason, both in the order of the sheet."""
        rows: list[Row] = []
        left_out: list[LeftOut] = []
        last_full = self._last_full_row()
        number = 0
        for row in self._filled_down():
            if row.number > number + 1:
                left_out.append(LeftOut(number + 1, row.number - 1, Why.BLANK))
            number = row.number
            why = self._why_not(row, trailing=row.number > last_full)
            if why is None:
                rows.append(row)
            else:
                left_out.append(LeftOut(number, number, why, _first_text(row)))
        return rows, left_out

    def _why_not(self, row: Row, *, trailing: bool) -> Why | None:
        if row.number in self.heading_rows:
            return Why.HEADING
        if self.heading_rows and row.number < self.heading_rows[0]:
            return Why.TITLE if _filled(row) else Why.BLANK
        if self._is_blank(row):
            return Why.BLANK
        if self._repeats_headings(row):
            return Why.HEADING
        if _is_total(row, trailing=trailing):
            return Why.TOTAL
        return Why.REMARK if self._is_remark(row, trailing=trailing) else None

    def _last_full_row(self) -> int:
        full = (
            row.number for row in reversed(self.sheet.rows) if len(_filled(row)) > 1 + self._counted
        )
        return next((number for number in full if not self._total_at(number)), 0)

    def _total_at(self, number: int) -> bool:
        row = next(row for row in reversed(self.sheet.rows) if row.number == number)
        return _is_total(row, trailing=True)

    @property
    def _counted(self) -> int:
        return 1 if self._running_number is not None else 0

    @cached_property
    def _running_number(self) -> int | None:
        for index, heading in enumerate(self.headings):
            if meaning_of(heading).left_out is LeaveOut.RUNNING_NUMBER:
                return index
        return None

    def _is_blank(self, row: Row) -> bool:
        filled = _filled(row)
        running = self._running_number
        return not row.formulas and all(
            says_nothing(shown(row.cell(at))) or (at == running and _is_number(row.cell(at)))
            for at in filled
        )

    def _repeats_headings(self, row: Row) -> bool:
        texts = [(at, plain(shown(row.cell(at)))) for at in _filled(row)]
        same = sum(1 for at, text in texts if text == plain(self.headings[at]))
        return same >= 2 and same >= 0.6 * len(texts)

    def _is_remark(self, row: Row, *, trailing: bool) -> bool:
        """A lone text in a wide list: a merged line, one outside the names, one at the end."""
        filled = _filled(row)
        if len(filled) != 1 or sum(map(bool, self.headings)) < 4 or row.formulas:
            return False
        if self._is_merged_line(row) or not self._names_a_person(filled[0]):
            return True
        text = shown(row.cell(filled[0]))
        return trailing and (re.search(r"[:\d]", text) is not None or len(text.split()) > 5)

    def _names_a_person(self, index: int) -> bool:
        return meaning_of(self.headings[index].split(BETWEEN_HEADINGS)[-1]).target in NAMES

    def _is_merged_line(self, row: Row) -> bool:
        return any(
            merge.first_row == merge.last_row == row.number and _width(merge) >= 3
            for merge in self.sheet.merges
        )

    def _filled_down(self) -> Iterator[Row]:
        """The rows, with a cell merged over several rows repeated in each of them."""
        tall = [merge for merge in self.sheet.merges if merge.last_row > merge.first_row]
        shared = {
            (number, merge.first_column): merge.first_row
            for merge in tall
            for number in range(merge.first_row + 1, min(merge.last_row, self.sheet.last_row) + 1)
        }
        if not shared:
            yield from self.sheet.rows
            return
        by_number = {row.number: row for row in self.sheet.rows}
        for row in self.sheet.rows:
            given = {
                column: by_number[shared[row.number, column]].cell(column)
                for column in range(self.sheet.width)
                if (row.number, column) in shared and shared[row.number, column] in by_number
            }
            yield _with_cells(row, given) if given else row


def _is_number(cell: Value) -> bool:
    return re.fullmatch(r"\W*\d*\W*", shown(cell)) is not None


def _with_cells(row: Row, given: dict[int, Value]) -> Row:
    cells = list(row.cells) + [None] * (max(given) + 1 - len(row.cells))
    for column, value in given.items():
        cells[column] = value if cells[column] is None else cells[column]
    return replace(row, cells=tuple(cells))


def _filled(row: Row) -> list[int]:
    return [at for at, cell in enumerate(row.cells) if cell is not None]


def _first_text(row: Row) -> str:
    return next((shown(cell)[:80] for cell in row.cells if cell is not None), "")


def _is_total(row: Row, *, trailing: bool) -> bool:
    """A row that begins with a word for a total and holds hardly more than numbers."""
    cells = [cell for cell in row.cells if cell is not None]
    texts = [plain(cell) for cell in cells if isinstance(cell, str)]
    if not texts:
        return trailing and bool(cells or row.formulas)
    others = [text for text in texts[1:] if not re.fullmatch(r"[\d\s.,%:]*", text)]
    return _TOTAL.match(texts[0]) is not None and len(others) <= 1


def _joined(left_out: list[LeftOut]) -> Iterator[LeftOut]:
    """Neighbouring blank rows as one entry."""
    waiting: LeftOut | None = None
    for part in left_out:
        if waiting and part.why is waiting.why is Why.BLANK and part.first == waiting.last + 1:
            waiting = replace(waiting, last=part.last)
            continue
        if waiting:
            yield waiting
        waiting = replace(part, text="") if part.why is Why.BLANK else part
    if waiting:
        yield waiting
