"""One row of the sheet “survey” by the keys of an item."""

from dataclasses import dataclass, replace

from pyxform import aliases

from kith.methods.instruments.findings import Finding
from kith.methods.instruments.xlsform.columns import TRANSLATED
from kith.methods.instruments.xlsform.headings import Headings
from kith.methods.instruments.xlsform.sheets import Row

RULES = frozenset(
    {"required", "relevant", "constraint", "calculate", "read_only", "choice_filter",
     "repeat_count"}
)  # fmt: skip
"""Keys that hold expressions; yes and no stand for true() and false()."""
STRAIGHT = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
"""Word processors put curly quotes where expressions need straight ones."""


@dataclass(frozen=True, slots=True)
class Cells:
    """What a row says: single texts, and texts by language."""

    row: int
    texts: dict[str, str]
    translated: dict[str, dict[str, str]]
    headings: dict[str, str]
    """Key -> the heading it stands under."""

    def text(self, key: str) -> str:
        return self.texts.get(key, "")

    def words(self, key: str) -> dict[str, str]:
        return self.translated.get(key, {})

    def heading(self, key: str) -> str:
        return self.headings.get(key, key)

    def named(self, name: str) -> "Cells":
        return replace(self, texts={**self.texts, "name": name})


def read_cells(row: Row, headings: Headings, findings: list[Finding]) -> Cells:
    """The row by keys; columns that Kith does not take go to the findings."""
    texts: dict[str, str] = {}
    translated: dict[str, dict[str, str]] = {}
    places: dict[str, str] = {}
    for heading, written in row.cells.items():
        one = headings.survey[heading]
        places.setdefault(one.key, heading)
        if one.refused:
            findings.append(
                Finding(
                    "column_unsupported",
                    {"name": heading, "why": one.refused},
                    sheet="survey",
                    row=row.number,
                    column=heading,
                )
            )
        elif one.key in TRANSLATED:
            translated.setdefault(one.key, {})[one.language] = written
        elif one.key:
            texts[one.key] = _rule(written) if one.key in RULES else written
    return Cells(row.number, texts, translated, places)


def _rule(written: str) -> str:
    text = str(aliases.BINDING_CONVERSIONS.get(written, written)).translate(STRAIGHT)
    return "" if text == "false()" else text
