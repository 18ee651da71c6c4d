"""Moodle XML in. What cannot be taken is said with its line and the name of the question."""

from typing import Any

from kith.methods.learning.banks.bank import Bank, Gathering, slug
from kith.methods.learning.banks.moodle import kinds
from kith.methods.learning.banks.moodle.cloze import cloze
from kith.methods.learning.banks.moodle.gaps import gap_select
from kith.methods.learning.banks.moodle.texts import Texts
from kith.methods.learning.banks.notes import Notes, NotTaken
from kith.methods.learning.banks.trees import Node, read_xml
from kith.methods.learning.questions.numbers import plain_number

KINDS: dict[str, kinds.Make] = {
    "multichoice": kinds.choice,
    "multichoiceset": kinds.all_or_nothing,
    "truefalse": kinds.true_false,
    "shortanswer": kinds.short,
    "numerical": kinds.numeric,
    "matching": kinds.matching,
    "ordering": kinds.ordering,
    "essay": kinds.essay,
    "gapselect": gap_select,
    "ddwtos": gap_select,
    "cloze": cloze,
    "multianswer": cloze,
}


def read_moodle(content: bytes, *, language: str) -> Bank:
    """The questions of a Moodle XML file, all texts taken as the language.

    raises  UnreadableBank when it is no XML, or declares entities
    """
    notes = Notes()
    root, decoded = read_xml(content, notes)
    gathering = Gathering(notes)
    for node in root.all("question"):
        _take(node, gathering, language)
    return Bank(
        questions=tuple(gathering.questions),
        categories=gathering.paths,
        notes=notes.found,
        kind="moodle",
        encoding=decoded.encoding,
    )


def _take(node: Node, gathering: Gathering, language: str) -> None:
    kind = node.get("type")
    if kind == "category":
        gathering.notes.at(node.line)
        gathering.in_category(node.said("category", "text"))
        return
    name = node.said("name", "text")
    gathering.notes.at(node.line, name)
    try:
        _take_question(node, name, gathering, language)
    except NotTaken as fault:
        gathering.leave_out(fault)


def _take_question(node: Node, name: str, gathering: Gathering, language: str) -> None:
    kind, texts = node.get("type"), Texts(gathering.notes, language)
    if kind == "description":
        text = texts.markdown(node.find("questiontext"))
        raise NotTaken("description_left_out", text=text[:80])
    make = KINDS.get(kind)
    if make is None:
        raise NotTaken("kind_not_taken", kind=kind)
    common = _common(node, texts)
    common["category"] = gathering.category
    number = node.said("idnumber")
    common["key"] = gathering.key_for(number, slug(name))
    common["title"] = "" if name == common["key"] else name
    if not common["stem"] and kind not in {"cloze", "multianswer"}:
        raise NotTaken("no_text")
    gathering.take(make(node, texts, common))
    _unused(node, gathering.notes)


def _common(node: Node, texts: Texts) -> dict[str, Any]:
    return {
        "stem": texts.words(node.find("questiontext")),
        "why": texts.words(node.find("generalfeedback")),
        "right_why": texts.words(node.find("correctfeedback")),
        "partly_why": texts.words(node.find("partiallycorrectfeedback")),
        "wrong_why": texts.words(node.find("incorrectfeedback")),
        "tags": tuple(one.said("text") for one in (node.find("tags") or node).all("tag")),
    }


def _unused(node: Node, notes: Notes) -> None:
    """What Moodle says of a question and Kith has no use for."""
    if plain_number(node.said("penalty")):
        notes.add("penalty_not_used")
    points = node.said("defaultgrade", usual="1")
    if plain_number(points) != 1:
        notes.add("grade_not_used", points=points)
    hints = [one for one in node.all("hint") if one.said("text")]
    if hints:
        notes.add("hints_left_out", count=len(hints))
