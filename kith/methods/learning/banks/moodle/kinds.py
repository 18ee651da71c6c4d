"""The kinds of questions in Moodle XML, one function each."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from kith.methods.learning.banks.bank import capped, true_or_false, words
from kith.methods.learning.banks.moodle.texts import AUTO, Texts
from kith.methods.learning.banks.notes import NotTaken
from kith.methods.learning.banks.trees import Node
from kith.methods.learning.questions.numbers import plain_number, weight_of_percent
from kith.methods.learning.questions.schema import (
    ALL,
    NONE,
    Accepted,
    Essay,
    Grading,
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
)

Common = dict[str, Any]
Make = Callable[[Node, Texts, Common], Question]
GRADINGS = {"-1": "all or nothing", "0": "place", "1": "next"}


def share_of(node: Node, texts: Texts) -> Fraction:
    """The weight of an answer. Raises NotTaken."""
    written = node.get("fraction", "0").strip() or "0"
    weight = weight_of_percent(written)
    number = plain_number(written)
    if number is None:
        raise NotTaken("weight_unreadable", line=node.line, text=written)
    return capped(number / 100, texts.notes) if weight is None else weight


def is_on(node: Node, name: str, *, usual: bool) -> bool:
    said = node.said(name).lower()
    return said in {"1", "true", "yes"} if said else usual


def choice(node: Node, texts: Texts, common: Common) -> Question:
    options = tuple(
        Option(key_at(place), texts.words(one), share_of(one, texts), _why(one, texts))
        for place, one in enumerate(node.all("answer"))
    )
    kind = Single if is_on(node, "single", usual=True) else Multiple
    return kind(options=options, shuffle=is_on(node, "shuffleanswers", usual=True), **common)


def all_or_nothing(node: Node, texts: Texts, common: Common) -> Question:
    """qtype_multichoiceset: all right options and no other; the fraction only says which."""
    found = choice(node, texts, common)
    options = found.options if isinstance(found, Single | Multiple) else ()
    right = sum(one.weight > 0 for one in options)
    weighed = tuple(
        replace(one, weight=Fraction(1, right) if one.weight > 0 else -ALL) for one in options
    )
    shuffle = is_on(node, "shuffleanswers", usual=True)
    return Multiple(options=weighed, shuffle=shuffle, partial=False, **common)


def true_false(node: Node, texts: Texts, common: Common) -> Question:
    answers = {one.said("text").lower(): one for one in node.all("answer")}
    true, false = answers.get("true"), answers.get("false")
    if true is None or false is None:
        raise NotTaken("no_answers")
    right = share_of(true, texts) == ALL
    whys = (_why(true, texts), _why(false, texts))
    options = true_or_false(texts.language, right=right, whys=whys)
    return Single(options=options, shuffle=False, **common)


def short(node: Node, texts: Texts, common: Common) -> Question:
    answers = tuple(
        Accepted(texts.plain(one), texts.language, share_of(one, texts), _why(one, texts))
        for one in node.all("answer")
    )
    return Short(answers=answers, case=is_on(node, "usecase", usual=False), **common)


def numeric(node: Node, texts: Texts, common: Common) -> Question:
    numbers = tuple(_number(one, texts) for one in node.all("answer"))
    return Numeric(numbers=numbers, unit=_unit(node, texts), **common)


def _number(node: Node, texts: Texts) -> Number:
    weight, why = share_of(node, texts), _why(node, texts)
    written = node.said("text")
    if written == "*":
        return Number(None, None, weight, why)
    middle = plain_number(written.replace(",", "."))
    around = plain_number(node.said("tolerance", usual="0") or "0")
    if middle is None or around is None:
        raise NotTaken("number_unreadable", line=node.line, text=written)
    return Number(middle - abs(around), middle + abs(around), weight, why)


def _unit(node: Node, texts: Texts) -> Words:
    """A single unit is taken as what may stand behind the number; others are not taken."""
    units = (node.find("units") or Node("")).all("unit")
    names = [one.said("unit_name") for one in units]
    plain = [one for one in units if plain_number(one.said("multiplier", usual="1")) == 1]
    is_marked = node.said("unitgradingtype") not in {"", "0"}
    if names and (len(plain) != len(names) or len(names) > 1 or is_marked):
        texts.notes.add("units_left_out", units=", ".join(names))
        return {}
    return words(texts.language, names[0]) if names else {}


def matching(node: Node, texts: Texts, common: Common) -> Question:
    pairs, others = [], []
    for place, one in enumerate(node.all("subquestion")):
        left = texts.words(one)
        right = words(texts.language, texts.plain(one.find("answer")))
        if left and right:
            pairs.append(Pair(key_at(place), left, right))
        elif right:
            others.append(Item(key_at(place), right))
    if not pairs:
        raise NotTaken("no_answers")
    shuffle = is_on(node, "shuffleanswers", usual=True)
    return Matching(pairs=tuple(pairs), others=tuple(others), shuffle=shuffle, **common)


def ordering(node: Node, texts: Texts, common: Common) -> Question:
    if node.said("selecttype") not in {"", "0"}:
        texts.notes.add("pieces_left_out")
    grading = node.said("gradingtype", usual="0")
    if grading not in GRADINGS:
        texts.notes.add("grading_changed", grading=grading)
    answers = node.all("answer")
    places = [plain_number(one.get("fraction")) for one in answers]
    if None not in places and len(set(places)) == len(places):
        answers.sort(key=lambda one: plain_number(one.get("fraction")) or NONE)
    items = tuple(
        Item(key_at(place), texts.words(one, usual=AUTO)) for place, one in enumerate(answers)
    )
    if len(items) < 2:
        raise NotTaken("no_answers")
    common = {**common, "partial": grading != "-1"}
    way = Grading.NEXT if grading == "1" else Grading.PLACE
    return Ordering(items=items, grading=way, **common)


def essay(node: Node, texts: Texts, common: Common) -> Question:
    if node.said("attachments", usual="0") not in {"", "0"}:
        texts.notes.add("attachments_left_out")
    limits = [plain_number(node.said(name)) for name in ("maxwordlimit", "minwordlimit")]
    return Essay(
        words=next((int(one) for one in limits if one and one > 0), 0),
        template=texts.words(node.find("responsetemplate")),
        notes=texts.words(node.find("graderinfo")),
        **common,
    )


def _why(node: Node, texts: Texts) -> Words:
    return texts.words(node.find("feedback"))
