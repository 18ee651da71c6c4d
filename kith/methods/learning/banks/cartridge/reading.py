"""QTI 1.2.1 in: question banks and assessments of a Common Cartridge."""

from typing import Any

from kith.methods.learning.banks.bank import Gathering, slug, words
from kith.methods.learning.banks.cartridge import kinds
from kith.methods.learning.banks.cartridge.conditions import conditions
from kith.methods.learning.banks.cartridge.texts import Texts, metadata
from kith.methods.learning.banks.notes import NotTaken
from kith.methods.learning.banks.trees import Node
from kith.methods.learning.questions.schema import Question

ROOT = "questestinterop"
BANKS = ("assessment", "objectbank")
DESCRIPTIONS = {"text_only_question"}


def take_items(root: Node, gathering: Gathering, *, language: str) -> None:
    """Add the questions of a file, or the notes why some are not there."""
    for bank in (one for tag in BANKS for one in root.all(tag)):
        title = bank.get("title") or metadata(bank).get("bank_title", "")
        if title:
            gathering.in_category(title)
        if bank.tag == "assessment":
            gathering.notes.at(bank.line)
            gathering.notes.add("test_left_out", what=title)
    for item in (one for one in root.walk() if one.tag == "item"):
        _take(item, gathering, language)


def _take(item: Node, gathering: Gathering, language: str) -> None:
    gathering.notes.at(item.line, item.get("title") or item.get("ident"))
    try:
        gathering.take(_question(item, gathering, language))
    except NotTaken as fault:
        gathering.leave_out(fault)


def _question(item: Node, gathering: Gathering, language: str) -> Question:
    texts = Texts(item, gathering.notes, language)
    fields = metadata(item)
    profile = fields.get("cc_profile") or fields.get("question_type", "")
    stem = texts.stem
    if profile in DESCRIPTIONS or not texts.responses:
        raise NotTaken("description_left_out", text=stem[:80])
    if not stem:
        raise NotTaken("no_text")
    title = item.get("title")
    key = gathering.key_for(item.get("ident"), slug(title))
    found = kinds.Found(texts, tuple(conditions(item)), profile)
    common: dict[str, Any] = {
        "key": key,
        "stem": words(language, stem),
        "title": "" if title == key else title,
        "category": gathering.category,
        **kinds.said_after(found),
    }
    question = _made(found, common)
    for name in texts.unused():
        gathering.notes.add("feedback_left_out", what=name)
    return question


def _made(found: kinds.Found, common: dict[str, Any]) -> Question:
    tags = {one.tag for one in found.texts.responses}
    if tags == {"response_lid"}:
        return (kinds.matching if len(found.texts.responses) > 1 else kinds.choice)(found, common)
    if len(found.texts.responses) > 1:
        raise NotTaken("several_tasks")
    if tags <= {"response_str", "response_num"}:
        return kinds.typed(found, common)
    raise NotTaken("kind_not_taken", kind=next(iter(tags)))
