"""The sheet “choices”: lists of choices with their labels and columns."""

from collections.abc import Iterator

from kith.methods.instruments.findings import Finding
from kith.methods.instruments.schema import Choice
from kith.methods.instruments.xlsform.columns import Column
from kith.methods.instruments.xlsform.headings import Headings, Settings
from kith.methods.instruments.xlsform.sheets import Book, Row

SHEET = "choices"
OTHER = "other"
OTHER_LABELS = {
    "ar": "غير ذلك", "de": "Anderes", "en": "Other", "es": "Otro", "fa": "سایر", "fr": "Autre",
    "pl": "Inne", "pt": "Outro", "ro": "Altceva", "ru": "Другое", "sk": "Iné", "uk": "Інше",
}  # fmt: skip
"""What or_other adds to a list."""
SPECIFY_LABELS = {
    "ar": "ما هو؟", "de": "Was genau?", "en": "Please say what.", "es": "¿Cuál?", "fa": "چه چیزی؟",
    "fr": "Lequel ?", "pl": "Jakie?", "pt": "Qual?", "ro": "Ce anume?", "ru": "Что именно?",
    "sk": "Aké?", "uk": "Що саме?",
}  # fmt: skip

Lists = dict[str, list[Choice]]
Places = dict[tuple[str, int], int]
"""(list, place in it) -> row of the file."""


class ChoicesReader:
    """Reads the sheet; `lists` and `rows` hold what it found."""

    def __init__(self, headings: Headings, settings: Settings) -> None:
        self.headings = headings
        self.settings = settings
        self.lists: Lists = {}
        self.rows: Places = {}
        self.findings: list[Finding] = []

    def read(self, book: Book) -> None:
        keys = {one.key for one in self.headings.choices.values()}
        for key, name in (("list", "list_name"), ("code", "name")):
            if book.rows[SHEET] and key not in keys:
                self.findings.append(Finding("column_missing", {"name": name}, sheet=SHEET, row=1))
                return
        for row in book.rows[SHEET]:
            self._row(row)

    def _row(self, row: Row) -> None:
        found = dict(self._cells(row))
        name, code = found.pop("list", ""), found.pop("code", "")
        if not name or not code:
            missing = "choice_without_code" if name else "list_name_missing"
            self.findings.append(Finding(missing, sheet=SHEET, row=row.number))
            return
        label = {one.language: text for one, text in self._columns(row) if one.key == "label"}
        columns = {one.heading: text for one, text in self._columns(row) if not one.key}
        self._add(name, Choice(code, label, columns), row.number)

    def _cells(self, row: Row) -> Iterator[tuple[str, str]]:
        return ((one.key, text) for one, text in self._columns(row) if one.key in {"list", "code"})

    def _columns(self, row: Row) -> Iterator[tuple[Column, str]]:
        for heading, text in row.cells.items():
            one = self.headings.choices[heading]
            if not one.refused:
                yield one, text

    def refused_columns(self, book: Book) -> Iterator[Finding]:
        """Columns that hold something Kith does not take."""
        for row in book.rows[SHEET]:
            for heading in row.cells:
                if why := self.headings.choices[heading].refused:
                    params: dict[str, str | int] = {"name": heading, "why": why}
                    yield Finding(
                        "column_unsupported", params, sheet=SHEET, row=row.number, column=heading
                    )

    def _add(self, name: str, choice: Choice, row: int) -> None:
        found = self.lists.setdefault(name, [])
        same = next((at for at, one in enumerate(found) if one.code == choice.code), None)
        if same is not None and not self.settings.allow_choice_duplicates:
            params: dict[str, str | int] = {"name": choice.code, "row": self.rows[name, same]}
            self.findings.append(
                Finding("choice_twice", params, sheet=SHEET, row=row, column="name")
            )
        self.rows[name, len(found)] = row
        found.append(choice)

    def add_other(self, name: str) -> None:
        """What or_other asks for: a last choice for everything else."""
        found = self.lists[name]
        if all(one.code != OTHER for one in found):
            found.append(Choice(OTHER, self.words(OTHER_LABELS)))

    def words(self, labels: dict[str, str]) -> dict[str, str]:
        """Own words in the languages of the form; English where there are none yet."""
        return {
            code: labels.get(code.partition("-")[0], labels["en"])
            for code in self.headings.languages
        }
