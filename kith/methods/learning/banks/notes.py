"""What a reader or writer of banks has to say: a code with parameters and one English sentence.

Pages translate by code and fill in the same parameters. LEFT_OUT: the question is not taken.
CHANGED: it is taken, and this part of it is not, or works otherwise. FYI: good to know.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Weight(StrEnum):
    LEFT_OUT = "left_out"
    CHANGED = "changed"
    FYI = "fyi"


LEFT_OUT, CHANGED, FYI = Weight.LEFT_OUT, Weight.CHANGED, Weight.FYI

SENTENCES: dict[str, tuple[Weight, str]] = {
    # the file
    "encoding": (FYI, "It was read as {encoding}."),
    "encoding_declared_wrong": (CHANGED, "It is not {declared}, as it says. Read as {encoding}."),
    "signs_lost": (CHANGED, "{count} bytes are no letters. They are shown as �."),
    "test_left_out": (FYI, "“{what}” is a test: its order and rules are not taken."),
    "resource_left_out": (FYI, "“{what}” is no question ({kind}). It is not taken."),
    # whole questions
    "kind_not_taken": (LEFT_OUT, "Questions of the kind “{kind}” are not taken."),
    "description_left_out": (LEFT_OUT, "This is only a text, no question: “{text}”"),
    "brace_missing": (LEFT_OUT, "An answer begins with {{ and never ends."),
    "brace_too_many": (LEFT_OUT, "There is a second answer in braces. One question has one."),
    "no_answers": (LEFT_OUT, "There are no answers."),
    "no_text": (LEFT_OUT, "There is no question."),
    "pair_without_arrow": (LEFT_OUT, "“{text}” is no pair: -> is missing."),
    "text_too_long": (LEFT_OUT, "A text has more than {limit} signs."),
    "number_unreadable": (LEFT_OUT, "“{text}” is no number."),
    "weight_unreadable": (LEFT_OUT, "“{text}” is no share of the points."),
    "nothing_right": (LEFT_OUT, "No answer is worth all points."),
    "gaps_differ": (LEFT_OUT, "The gaps of the text and their answers do not fit together."),
    "answer_line_missing": (LEFT_OUT, "There is no line “ANSWER:” after the options."),
    "answer_not_there": (LEFT_OUT, "The right answer “{text}” is none of the options."),
    "line_unexpected": (LEFT_OUT, "“{text}” is no option: A. or A) is missing."),
    "too_few_options": (LEFT_OUT, "There are fewer than two options."),
    "item_unreadable": (LEFT_OUT, "This file cannot be read: {said}"),
    "several_tasks": (LEFT_OUT, "Several tasks in one question are only taken as gaps in a text."),
    "gap_kind_not_taken": (LEFT_OUT, "A gap of the kind “{kind}” is not taken."),
    "format_cannot": (LEFT_OUT, "{format} has no questions of the kind “{kind}” like this one."),
    "written_unreadable": (LEFT_OUT, "{format} cannot hold this question."),
    # parts of questions
    "points_scaled": (CHANGED, "The right options gave {percent} %, now 100 %."),
    "weight_capped": (CHANGED, "A weight of {percent} % became {became} %."),
    "penalty_not_used": (FYI, "Points taken off for more than one attempt are not used here."),
    "grade_not_used": (FYI, "It counted {points} points; here all questions count the same."),
    "hints_left_out": (CHANGED, "{count} hints for further attempts are not taken."),
    "units_left_out": (CHANGED, "Units are not marked. Left out: {units}"),
    "pieces_left_out": (CHANGED, "Only some items were asked at a time. Now all are."),
    "grading_changed": (CHANGED, "Not marked by “{grading}”: each place counts."),
    "attachments_left_out": (CHANGED, "Files cannot be handed in with an answer."),
    "picture_left_out": (CHANGED, "The picture “{what}” is not taken."),
    "file_left_out": (CHANGED, "The embedded file “{what}” is not taken."),
    "part_of_page_left_out": (CHANGED, "What is not text was left out: {what}."),
    "link_left_out": (CHANGED, "The link to “{what}” was left out; its words stay."),
    "feedback_left_out": (CHANGED, "The feedback “{what}” belongs to no answer. It is not taken."),
    "processing_not_read": (
        CHANGED, "How it is marked is written as a programme. The right answer counts all points.",
    ),
    "case_mixed": (CHANGED, "Capitals matter in some answers only. Now they matter in none."),
    "pattern_widened": (CHANGED, "“{text}” was looked for anywhere in the answer."),
    "text_differs": (CHANGED, "A place like {{1}} in the text was written with round brackets."),
    # writing
    "other_languages": (FYI, "Only texts in {language} are written, not: {languages}"),
    "language_fallen_back": (CHANGED, "Some texts in another language, for want of {language}."),
    "not_carried": (CHANGED, "{format} cannot hold: {keys}"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was said.

    where  the file in a package, empty for a file by itself
    line   counted from 1; 0 where the whole file is meant
    name   title or key of the question; empty where none is meant
    """

    code: str
    params: dict[str, str | int] = field(default_factory=dict)
    where: str = ""
    line: int = 0
    name: str = ""

    @property
    def weight(self) -> Weight:
        return SENTENCES[self.code][0]

    @property
    def sentence(self) -> str:
        """The English sentence. Pages have their own for each code."""
        return SENTENCES[self.code][1].format(**self.params)

    @property
    def place(self) -> str:
        """Such as: items/q1.xml, line 4, The capital."""
        line = f"line {self.line}" if self.line else ""
        return ", ".join(part for part in (self.where, line, self.name) if part)

    def to_dict(self) -> dict[str, str | int]:
        return {
            "code": self.code,
            "weight": self.weight.value,
            "where": self.where,
            "line": self.line,
            "name": self.name,
            "sentence": self.sentence,
        }

    def kept(self) -> dict[str, object]:
        """What is needed to say it again later, in any language."""
        return {"code": self.code, "params": self.params, "where": self.where,
                "line": self.line, "name": self.name}  # fmt: skip


class Notes:
    """Collects notes, each said once for a place."""

    def __init__(self, where: str = "") -> None:
        self.where, self.line, self.name = where, 0, ""
        self._found: dict[tuple[object, ...], Note] = {}

    def at(self, line: int, name: str = "") -> None:
        """Where the next notes belong."""
        self.line, self.name = line, name

    def add(self, code: str, *, line: int = 0, **params: str | int) -> None:
        note = Note(code, params, self.where, line or self.line, self.name)
        self._found.setdefault((code, *params.values(), note.line, note.name, note.where), note)

    def leave_out(self, fault: "NotTaken") -> None:
        """Why a question is not there."""
        self.add(fault.code, line=fault.line, **fault.params)

    def extend(self, notes: Iterable[Note]) -> None:
        for one in notes:
            key = (one.code, *one.params.values(), one.line, one.name, one.where)
            self._found.setdefault(key, one)

    @property
    def found(self) -> tuple[Note, ...]:
        return tuple(self._found.values())


class NotTaken(Exception):
    """This question is not taken; the reader goes on with the next one."""

    def __init__(self, code: str, *, line: int = 0, **params: str | int) -> None:
        self.code, self.line, self.params = code, line, params
        super().__init__(code)


UNREADABLE: dict[str, str] = {
    "empty": "The file is empty.",
    "too_large": "The file is larger than {limit} MiB.",
    "unknown_format": "It is none of GIFT, Moodle XML, Aiken, QTI or Common Cartridge.",
    "xml_broken": "This is no XML: {said}",
    "xml_doctype": "It declares a document type or entities. Such files are not opened.",
    "xml_too_deep": "It has more than {limit} elements in each other.",
    "xml_too_many": "It has more than {limit} elements.",
    "package": "{said}",
    "manifest_missing": "There is no imsmanifest.xml in the package.",
    "no_questions_there": "There are no questions in it.",
}


class UnreadableBank(ValueError):
    """A file that cannot be read at all.

    reason  a key of UNREADABLE; pages have their own sentence for each
    """

    def __init__(self, reason: str, *, line: int = 0, where: str = "", **params: str | int) -> None:
        self.reason, self.params, self.line, self.where = reason, params, line, where
        super().__init__(UNREADABLE[reason].format(**params))
