"""What is wrong, or worth knowing, about a file: a code with parameters and one English sentence.

Pages translate by code and fill in the same parameters. REFUSE: the file is not taken.
NOTE: it is taken, and this part of it works otherwise or not at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Weight(StrEnum):
    REFUSE = "refuse"
    NOTE = "note"


REFUSE, NOTE = Weight.REFUSE, Weight.NOTE

SENTENCES: dict[str, tuple[Weight, str]] = {
    # the file
    "file_unreadable": (REFUSE, "This file cannot be read as a questionnaire: {said}"),
    "file_kind": (REFUSE, "A questionnaire is an .xlsx, .xls, .md or .toml file, not “{kind}”."),
    "file_too_large": (REFUSE, "This file unpacks to far more than a questionnaire needs."),
    "too_many_rows": (REFUSE, "This sheet has more than {limit} rows."),
    "rows_after_gap": (REFUSE, "More than 60 empty rows lie before this one. Please remove them."),
    "columns_after_gap": (REFUSE, "More than 20 empty columns lie before this one. Remove them."),
    "value_without_heading": (REFUSE, "“{text}” stands in a column without a heading."),
    "sheet_missing": (REFUSE, "There is no sheet named “{sheet}”."),
    "sheet_unsupported": (REFUSE, "The sheet “{sheet}” is not supported: {why}"),
    "sheet_not_read": (NOTE, "The sheet “{sheet}” is no part of a questionnaire. It is not read."),
    "standard_says": (REFUSE, "The XLSForm standard does not allow this: {said}"),
    # columns
    "column_unsupported": (REFUSE, "The column “{name}” is not supported: {why}"),
    "column_not_read": (NOTE, "The column “{name}” is not known. It is not read."),
    "column_missing": (REFUSE, "The column “{name}” is missing."),
    "column_twice": (REFUSE, "The columns “{name}” and “{other}” mean the same."),
    "setting_unsupported": (REFUSE, "The setting “{name}” is not supported: {why}"),
    "setting_not_used": (NOTE, "The setting “{name}” is not used here."),
    "language_unknown": (
        REFUSE,
        "“{name}” does not say which language it is. Write, for example, “Polski (pl)”.",
    ),
    "default_language_unknown": (REFUSE, "No column is written in the language “{name}”."),
    # types, names, parameters
    "type_unknown": (REFUSE, "The type “{name}” is not known."),
    "type_unsupported": (REFUSE, "The type “{name}” is not supported: {why}"),
    "type_left_out": (NOTE, "A row of the type “{name}” is left out: {why}"),
    "type_missing": (REFUSE, "This row has no type."),
    "row_left_out": (NOTE, "This row is switched off or only a remark. It is left out."),
    "name_missing": (REFUSE, "This row has no name."),
    "name_unusable": (
        REFUSE,
        "“{name}” cannot be a name. Use letters, digits, “_”, “-” and “.”; begin with a letter.",
    ),
    "name_twice": (REFUSE, "The name “{name}” is already used in row {row}."),
    "appearance_unsupported": (REFUSE, "The appearance “{name}” is not supported: {why}"),
    "appearance_not_used": (NOTE, "The appearance “{name}” changes nothing here."),
    "parameter_unsupported": (REFUSE, "The parameter “{name}” is not supported for this type."),
    "parameter_unreadable": (REFUSE, "“{text}” is no number for “{name}”."),
    "parameter_range": (REFUSE, "A range needs a start before its end and a step that divides it."),
    "not_for_this_type": (REFUSE, "The column “{name}” has no meaning for the type “{kind}”."),
    "calculation_missing": (REFUSE, "This row calculates, but the calculation is missing."),
    "label_missing": (REFUSE, "There is no text to show in {language}."),
    "text_not_translated": (NOTE, "The {column} is not translated into {language}."),
    # groups
    "group_not_closed": (REFUSE, "“{name}” begins here and never ends."),
    "group_not_open": (REFUSE, "This {kind} ends without a beginning."),
    "group_crossed": (REFUSE, "This ends a {kind}, but “{name}” of row {row} is still open."),
    "group_empty": (REFUSE, "“{name}” holds no question."),
    "repeat_in_repeat": (REFUSE, "A repeat within a repeat is not supported."),
    # choices
    "list_missing": (REFUSE, "There is no list of choices named “{name}”."),
    "list_from_answers": (REFUSE, "Choices made of earlier answers are not supported."),
    "list_not_used": (NOTE, "No question uses the list “{name}”."),
    "list_name_missing": (REFUSE, "This choice belongs to no list."),
    "choice_without_code": (REFUSE, "This choice has no name."),
    "choice_twice": (REFUSE, "The list has the choice “{name}” already in row {row}."),
    "choice_with_space": (
        REFUSE,
        "“{name}” holds a space, so several choices cannot be told apart.",
    ),
    "choice_not_there": (REFUSE, "The list has no choice “{name}”."),
    "or_other_filtered": (REFUSE, "“or_other” cannot be used with a choice filter."),
    "column_not_in_list": (REFUSE, "The list “{list}” has no column “{name}”."),
    # expressions
    "expression_unreadable": (REFUSE, "“{part}” cannot be read here."),
    "expression_ends": (REFUSE, "The expression ends too early."),
    "expression_too_long": (REFUSE, "The expression has more than {limit} characters."),
    "expression_too_deep": (REFUSE, "The expression has more than {limit} brackets in each other."),
    "bracket_missing": (REFUSE, "A closing bracket is missing."),
    "path_unsupported": (REFUSE, "Paths are not supported: “{part}”. Write ${{name}} instead."),
    "function_unknown": (REFUSE, "The function “{name}” is not known."),
    "function_unsupported": (REFUSE, "The function “{name}” is not supported: {why}."),
    "function_arity": (REFUSE, "The function “{name}” needs {needs} values."),
    "position_of_what": (REFUSE, "Only position(..) is supported."),
    "question_needed": (REFUSE, "The function “{name}” needs the name of a question: ${{name}}."),
    "bare_name": (REFUSE, "“{name}” stands alone. Write ${{{name}}} for the answer to a question."),
    "reference_unknown": (REFUSE, "There is no question named “{name}”."),
    "reference_to_text": (REFUSE, "“{name}” is never answered, so nothing can depend on it."),
    "reference_to_itself": (REFUSE, "This depends on itself: {path}."),
    "position_outside": (REFUSE, "position(..) has no meaning outside of a repeat."),
    "pattern_unsupported": (
        REFUSE,
        "Browsers do not read this part of the pattern alike: “{part}”.",
    ),
    "pattern_not_written": (REFUSE, "The pattern of regex() must be written out."),
    "format_unsupported": (REFUSE, "The sign “{part}” of a date is not supported."),
    # what Kith never does
    "asks_origin": (
        REFUSE,
        (
            "“{word}” asks for origin, nationality, belief, dress or looks. Kith keeps nothing "
            "about these, because support must not depend on them. Please take this question out."
        ),
    ),
    "calculated_not_listed": (
        NOTE,
        (
            "“{name}” is calculated. It helps while filling in and is never listed, sorted, "
            "filtered or exported."
        ),
    ),
    # packs
    "key_missing": (REFUSE, "The key “{key}” is missing."),
    "key_unknown": (REFUSE, "The key “{key}” is not known."),
    "key_wrong": (REFUSE, "The key “{key}” needs {needs}."),
    "licence_incomplete": (
        REFUSE,
        "The licence does not say “{key}”. Without complete licence data nobody may use a pack.",
    ),
    "scale_item_missing": (REFUSE, "The scale “{scale}” names “{name}”, which is no item of it."),
    "scale_not_numeric": (REFUSE, "The choices of “{name}” are no numbers, so they have no mean."),
    "change_source_missing": (
        REFUSE,
        "“{key}” has no source. Where a change is called clear, people must be able to look it up.",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding and its place: a sheet, a row as the file counts it, and a column or key."""

    code: str
    params: dict[str, str | int] = field(default_factory=dict)
    sheet: str = ""
    row: int = 0
    column: str = ""

    @property
    def weight(self) -> Weight:
        return SENTENCES[self.code][0]

    @property
    def refuses(self) -> bool:
        return self.weight is REFUSE

    @property
    def sentence(self) -> str:
        """The English sentence. Pages have their own for each code."""
        return SENTENCES[self.code][1].format(**self.params)

    @property
    def place(self) -> str:
        """Such as: survey, row 4, relevant."""
        row = f"row {self.row}" if self.row else ""
        return ", ".join(part for part in (self.sheet, row, self.column) if part)

    def to_dict(self) -> dict[str, str | int]:
        return {
            "code": self.code,
            "weight": self.weight.value,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "sentence": self.sentence,
        }

    def kept(self) -> dict[str, object]:
        """What is needed to say it again later, in any language."""
        return {"code": self.code, "params": self.params, "sheet": self.sheet, "row": self.row,
                "column": self.column}  # fmt: skip


class InstrumentRefused(Exception):
    """The file is not taken; findings says why, each with its place."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(" ".join(one.sentence for one in self.findings if one.refuses))
