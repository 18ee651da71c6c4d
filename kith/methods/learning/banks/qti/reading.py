"""QTI items in. What cannot be taken is said with the file, its line and the title."""

from typing import Any

from kith.methods.learning.banks.bank import Gathering, slug
from kith.methods.learning.banks.notes import Notes, NotTaken, UnreadableBank
from kith.methods.learning.banks.qti import interactions
from kith.methods.learning.banks.qti.body import Body
from kith.methods.learning.banks.qti.declared import declared, marking
from kith.methods.learning.banks.qti.names import as_2
from kith.methods.learning.banks.trees import Node
from kith.methods.learning.questions.schema import Question, Words

ITEM = "assessmentItem"
AFTER = {
    "right": "right_why", "correct": "right_why", "wrong": "wrong_why", "incorrect": "wrong_why",
    "partly": "partly_why", "partial": "partly_why", "always": "why", "general": "why",
}  # fmt: skip
GAPS = {"textEntryInteraction", "inlineChoiceInteraction"}


def is_item(root: Node) -> bool:
    return as_2(Node(root.tag)).tag == ITEM


def take_item(root: Node, gathering: Gathering, *, language: str) -> None:
    """Add the question of an item, or the note why there is none."""
    item = as_2(root)
    title = item.get("title")
    gathering.notes.at(item.line, title or item.get("identifier"))
    try:
        gathering.take(_question(item, gathering, language))
    except NotTaken as fault:
        gathering.leave_out(fault)
    except UnreadableBank as fault:
        gathering.notes.add("item_unreadable", said=str(fault))


def _question(item: Node, gathering: Gathering, language: str) -> Question:
    notes, body = gathering.notes, Body(item, gathering.notes, language)
    if not body.interactions:
        raise NotTaken("description_left_out", text=body.node.text.strip()[:80])
    found = interactions.Found(body, declared(item), _feedback(item, body))
    found.marking = marking(item, found.responses, notes)
    common = _common(item, found, gathering)
    kind = body.interactions[0].tag
    if {one.tag for one in body.interactions} <= GAPS and _within_text(body):
        question = interactions.gapped(found, {**common, "stem": {}})
    elif len(body.interactions) > 1:
        raise NotTaken("several_tasks")
    elif kind in interactions.KINDS:
        question = interactions.KINDS[kind](body.interactions[0], found, common)
    else:
        raise NotTaken("kind_not_taken", kind=kind)
    _unused(found, notes)
    return question


def _within_text(body: Body) -> bool:
    is_list = body.interactions[0].tag == "inlineChoiceInteraction"
    return len(body.interactions) > 1 or is_list or not body.stands_alone()


def _common(item: Node, found: interactions.Found, gathering: Gathering) -> dict[str, Any]:
    title, identifier = item.get("title"), item.get("identifier")
    key = gathering.key_for(identifier, slug(title))
    common: dict[str, Any] = {"key": key, "title": "" if title == key else title}
    common["stem"] = found.body.stem
    for name, key in AFTER.items():
        if name in found.feedback:
            common[key] = found.feedback.pop(name)
    return common


def _feedback(item: Node, body: Body) -> dict[str, Words]:
    """Identifier -> what is said, of modal feedback and of feedback within options."""
    found: dict[str, Words] = {}
    for one in item.all("modalFeedback"):
        found[one.get("identifier")] = body.words(one)
    for choice in (one for one in body.node.walk() if one.tag in interactions.CHOICES):
        for one in choice.all("feedbackInline"):
            found.setdefault(choice.get("identifier"), body.words(one))
    return {key: words for key, words in found.items() if words}


def _unused(found: interactions.Found, notes: Notes) -> None:
    for name in found.feedback:
        notes.add("feedback_left_out", what=name)
