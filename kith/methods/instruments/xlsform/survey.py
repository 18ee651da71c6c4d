"""The sheet “survey”: rows become items within groups and repeats."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kith.methods.instruments.expressions.tokens import NAME_PATTERN
from kith.methods.instruments.findings import Finding
from kith.methods.instruments.schema import HOLDING, Item, Kind
from kith.methods.instruments.xlsform.cells import Cells, read_cells
from kith.methods.instruments.xlsform.choices import OTHER, SPECIFY_LABELS, ChoicesReader
from kith.methods.instruments.xlsform.headings import YES, Headings
from kith.methods.instruments.xlsform.items import Built, build
from kith.methods.instruments.xlsform.sheets import Book, Row
from kith.methods.instruments.xlsform.types import Meaning, meaning_of

SHEET = "survey"


@dataclass(slots=True)
class _Frame:
    """A group or repeat that is open, or the whole form."""

    item: Item | None = None
    items: list[Item] = field(default_factory=list)


class SurveyReader:
    """Reads the sheet; `items` holds what it found."""

    def __init__(self, headings: Headings, choices: ChoicesReader) -> None:
        self.headings = headings
        self.choices = choices
        self.findings: list[Finding] = []
        self.frames = [_Frame()]
        self.seen: dict[str, int] = {}
        """Name -> the row that has it."""

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(self.frames[0].items)

    def read(self, book: Book) -> None:
        keys = {one.key for one in self.headings.survey.values()}
        for name in ("type", "name"):
            if book.headings[SHEET] and name not in keys:
                self.findings.append(Finding("column_missing", {"name": name}, sheet=SHEET, row=1))
                return
        self._unread_columns(book)
        for row in book.rows[SHEET]:
            self._row(row)
        for frame in self.frames[1:]:
            self._still_open(frame)

    def say(self, code: str, row: int, column: str = "", **params: str | int) -> None:
        self.findings.append(Finding(code, params, sheet=SHEET, row=row, column=column))

    def _unread_columns(self, book: Book) -> None:
        for heading, one in self.headings.survey.items():
            if not one.key and not one.refused and _filled(book, heading):
                self.say("column_not_read", 1, heading, name=heading)

    def _row(self, row: Row) -> None:
        cells = read_cells(row, self.headings, self.findings)
        if cells.text("disabled").lower() in YES:
            self.say("row_left_out", row.number)
            return
        if not cells.text("type"):
            remark = not cells.text("name") and not cells.words("label")
            self.say("row_left_out" if remark else "type_missing", row.number, "type")
            return
        meaning = meaning_of(cells.text("type"))
        if meaning.side == "end" and meaning.kind:
            self._end(row.number, meaning.kind)
        elif self._usable(cells, meaning):
            self._take(cells, meaning)

    def _usable(self, cells: Cells, meaning: Meaning) -> bool:
        written = cells.text("type")
        if meaning.refused:
            self.say("type_unsupported", cells.row, "type", name=written, why=meaning.refused)
        elif meaning.left_out:
            self.say("type_left_out", cells.row, "type", name=written, why=meaning.left_out)
        elif not meaning.known:
            self.say("type_unknown", cells.row, "type", name=written)
        return meaning.kind is not None

    def _take(self, cells: Cells, meaning: Meaning) -> None:
        if meaning.kind is Kind.NOTE and not cells.text("name"):
            cells = cells.named(f"generated_note_name_{cells.row}")
        self._check_name(cells)
        built = build(cells, meaning)
        self.findings += built.findings
        if meaning.side == "begin":
            self._begin(built.item)
            return
        self.frames[-1].items += self._with_lists(built, meaning)

    def _check_name(self, cells: Cells) -> None:
        name = cells.text("name")
        if not name:
            self.say("name_missing", cells.row, "name")
        elif not NAME_PATTERN.fullmatch(name):
            self.say("name_unusable", cells.row, "name", name=name)
        elif name in self.seen:
            params: dict[str, str | int] = {"name": name, "row": self.seen[name]}
            self.findings.append(Finding("name_twice", params, SHEET, cells.row, "name"))
        self.seen.setdefault(name, cells.row)

    def _with_lists(self, built: Built, meaning: Meaning) -> Iterator[Item]:
        """The item, and the text that or_other adds after it."""
        item = built.item
        yield item
        if not meaning.choices:
            return
        if meaning.choices.startswith("${"):
            self.say("list_from_answers", item.row, "type")
        elif meaning.choices not in self.choices.lists:
            self.say("list_missing", item.row, "type", name=meaning.choices)
        elif meaning.or_other:
            yield from self._or_other(item)

    def _or_other(self, item: Item) -> Iterator[Item]:
        if item.choice_filter:
            self.say("or_other_filtered", item.row, "choice_filter")
        self.choices.add_other(item.choices)
        name = f"{item.name}_other"
        self.seen.setdefault(name, item.row)
        yield Item(
            name=name,
            kind=Kind.TEXT,
            label=self.choices.words(SPECIFY_LABELS),
            relevant=f"selected(${{{item.name}}}, '{OTHER}')",
            row=item.row,
        )

    def _begin(self, item: Item) -> None:
        inside = any(one.item and one.item.kind is Kind.REPEAT for one in self.frames)
        if inside and item.kind is Kind.REPEAT:
            self.say("repeat_in_repeat", item.row, "type")
        self.frames.append(_Frame(item))

    def _end(self, row: int, kind: Kind) -> None:
        opened = self.frames[-1].item
        if opened is None:
            self.say("group_not_open", row, "type", kind=kind.value)
            return
        if opened.kind is not kind:
            params = {"kind": kind.value, "name": opened.name}
            self.findings.append(
                Finding("group_crossed", {**params, "row": opened.row}, SHEET, row, "type")
            )
            return
        self._close()

    def _close(self) -> None:
        frame = self.frames.pop()
        if frame.item is None or frame.item.kind not in HOLDING:
            return
        if not frame.items:
            self.say("group_empty", frame.item.row, "type", name=frame.item.name)
        self.frames[-1].items.append(replace(frame.item, items=tuple(frame.items)))

    def _still_open(self, frame: _Frame) -> None:
        if frame.item is not None:
            self.say("group_not_closed", frame.item.row, "type", name=frame.item.name)


def _filled(book: Book, heading: str) -> bool:
    return any(heading in row.cells for row in book.rows[SHEET])
