"""The interactions of QTI, one function for each kind of question."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from kith.methods.learning.banks.bank import true_or_false, with_brackets, words
from kith.methods.learning.banks.notes import NotTaken
from kith.methods.learning.banks.qti.body import PLACE, Body
from kith.methods.learning.banks.qti.declared import Declared, Marking, weights
from kith.methods.learning.banks.trees import Node
from kith.methods.learning.questions.folding import as_pattern
from kith.methods.learning.questions.numbers import plain_number
from kith.methods.learning.questions.schema import (
    ALL,
    FALSE,
    NONE,
    TRUE,
    Accepted,
    Essay,
    Gap,
    Gapped,
    Item,
    Matching,
    Multiple,
    Number,
    Numeric,
    Option,
    Ordering,
    Pair,
    Question,
    Short,
    Single,
    Words,
    key_at,
    say,
)

CHOICES = {"simpleChoice", "inlineChoice", "simpleAssociableChoice"}
NUMBERS = {"float", "integer"}
Common = dict[str, Any]


@dataclass(slots=True)
class Found:
    """An item in its parts; feedback that belongs to an answer is taken out of it."""

    body: Body
    responses: dict[str, Declared]
    feedback: dict[str, Words]
    marking: Marking = field(default_factory=Marking)

    def response(self, interaction: Node) -> Declared:
        return self.responses.get(interaction.get("responseIdentifier"), Declared())


def _shuffle(node: Node) -> bool:
    return node.get("shuffle", "false") == "true"


def choice(node: Node, found: Found, common: Common) -> Question:
    said, rows = found.response(node), node.all("simpleChoice")
    keys = [one.get("identifier") for one in rows]
    shares = weights(keys, said, by_mapping=found.marking.by_mapping)
    whys = [found.feedback.pop(key, {}) for key in keys]
    if said.cardinality == "single" and keys == [TRUE, FALSE] and set(shares) == {ALL, NONE}:
        options = true_or_false(found.body.language, right=shares[0] == ALL, whys=whys)
        return Single(options=options, shuffle=_shuffle(node), **common)
    made = tuple(
        Option(key_at(place), found.body.words(row), share, why)
        for place, (row, share, why) in enumerate(zip(rows, shares, whys, strict=True))
    )
    if said.cardinality == "single":
        return Single(options=made, shuffle=_shuffle(node), **common)
    partial = found.marking.by_mapping
    return Multiple(options=made, shuffle=_shuffle(node), partial=partial, **common)


def _right_pairs(said: Declared) -> list[tuple[str, str]]:
    keys = [key for key, points in said.mapped.items() if points > 0] if said.mapped else []
    parts = [one.split() for one in (said.correct or keys)]
    return [(one[0], one[1]) for one in parts if len(one) == 2]


def match(node: Node, found: Found, common: Common) -> Question:
    sets = [one.all("simpleAssociableChoice") for one in node.all("simpleMatchSet")]
    if len(sets) != 2:
        raise NotTaken("no_answers")
    lefts, rights = ({one.get("identifier"): one for one in side} for side in sets)
    pairs = _right_pairs(found.response(node))
    if len({left for left, _right in pairs}) != len(pairs):
        raise NotTaken("kind_not_taken", kind="matchInteraction, several for one")
    right_of = dict(pairs)
    rows = [(lefts[left], rights[right_of[left]]) for left in lefts if right_of.get(left) in rights]
    used = {right for _left, right in pairs}
    others = [one for key, one in rights.items() if key not in used]
    return _matching(node, rows, others, found, common)


def associate(node: Node, found: Found, common: Common) -> Question:
    choices = {one.get("identifier"): one for one in node.all("simpleAssociableChoice")}
    pairs = _right_pairs(found.response(node))
    rows = [
        (choices[left], choices[right])
        for left, right in pairs
        if left in choices and right in choices
    ]
    used = {key for pair in pairs for key in pair}
    others = [one for key, one in choices.items() if key not in used]
    return _matching(node, rows, others, found, common)


def _matching(
    node: Node, rows: list[tuple[Node, Node]], others: list[Node], found: Found, common: Common
) -> Question:
    if not rows:
        raise NotTaken("no_answers")
    body = found.body
    return Matching(
        pairs=tuple(
            Pair(key_at(place), body.words(left), body.plain(right))
            for place, (left, right) in enumerate(rows)
        ),
        others=tuple(
            Item(key_at(place), body.plain(one)) for place, one in enumerate(others, len(rows))
        ),
        shuffle=_shuffle(node),
        partial=found.marking.by_mapping,
        **common,
    )


def order(node: Node, found: Found, common: Common) -> Question:
    rows = {one.get("identifier"): one for one in node.all("simpleChoice")}
    right = [rows[key] for key in found.response(node).correct if key in rows]
    if len(right) < 2:
        raise NotTaken("no_answers")
    items = tuple(Item(key_at(place), found.body.words(one)) for place, one in enumerate(right))
    return Ordering(items=items, partial=found.marking.by_place, **common)


def text_entry(node: Node, found: Found, common: Common) -> Question:
    said = found.response(node)
    if said.base in NUMBERS:
        return Numeric(numbers=_numbers(node, said, found), **common)
    answers = _answers(said, found)
    return Short(answers=answers, case=_case(said, found), **common)


def _numbers(node: Node, said: Declared, found: Found) -> tuple[Number, ...]:
    around = found.marking.tolerances.get(node.get("responseIdentifier"), NONE)
    values = _points(said, found) or dict.fromkeys(said.correct, ALL)
    numbers = []
    for text, weight in values.items():
        value = plain_number(text)
        if value is None:
            raise NotTaken("number_unreadable", text=text)
        numbers.append(Number(value - around, value + around, weight))
    return tuple(numbers)


def _points(said: Declared, found: Found) -> dict[str, Fraction]:
    if not (found.marking.by_mapping and said.mapped):
        return {}
    keys = list(said.mapped)
    one = Declared(mapped=said.mapped)
    return dict(zip(keys, weights(keys, one, by_mapping=True), strict=True))


def _answers(said: Declared, found: Found) -> tuple[Accepted, ...]:
    values = _points(said, found) or dict.fromkeys(said.correct, ALL)
    language = found.body.language
    return tuple(Accepted(as_pattern(text), language, one) for text, one in values.items())


def _case(said: Declared, found: Found) -> bool:
    if len(said.case) > 1:
        found.body.notes.add("case_mixed")
    return said.case == {True}


def extended(_node: Node, found: Found, common: Common) -> Question:
    return Essay(notes=found.body.notes_for_trainers, **common)


def gapped(found: Found, common: Common) -> Question:
    """A text with places to type in or to choose from lists."""
    body = found.body
    text = with_brackets(body.with_places, body.notes)
    for number in range(1, len(body.interactions) + 1):
        text = text.replace(PLACE.format(number), f"{{{number}}}")
    shuffle = all(
        _shuffle(one) for one in body.interactions if one.tag == "inlineChoiceInteraction"
    )
    return Gapped(
        text=words(body.language, text),
        gaps=tuple(_gap(one, found) for one in body.interactions),
        shuffle=shuffle,
        **common,
    )


def _gap(node: Node, found: Found) -> Gap:
    said = found.response(node)
    if node.tag == "inlineChoiceInteraction":
        return _list(node, said, found)
    if said.base in NUMBERS:
        return Gap(numbers=_numbers(node, said, found))
    return Gap(answers=_answers(said, found), case=_case(said, found))


def _list(node: Node, said: Declared, found: Found) -> Gap:
    rows = node.all("inlineChoice")
    keys = [one.get("identifier") for one in rows]
    shares = weights(keys, said, by_mapping=found.marking.by_mapping)
    language = found.body.language
    answers = tuple(
        Accepted(say(found.body.plain(row), language), language, share)
        for row, share in zip(rows, shares, strict=True)
    )
    return Gap(answers=answers, chosen=True)


KINDS: dict[str, Callable[[Node, Found, Common], Question]] = {
    "choiceInteraction": choice,
    "matchInteraction": match,
    "associateInteraction": associate,
    "orderInteraction": order,
    "textEntryInteraction": text_entry,
    "extendedTextInteraction": extended,
}
