"""The answers of GIFT questions: what stands within the braces."""

import re
from fractions import Fraction
from typing import Any

from kith.methods.learning.banks.bank import true_or_false, words
from kith.methods.learning.banks.gift.signs import shown
from kith.methods.learning.banks.gift.texts import Texts
from kith.methods.learning.banks.notes import NotTaken
from kith.methods.learning.questions.numbers import plain_number, weight_of_percent
from kith.methods.learning.questions.schema import (
    ALL,
    NONE,
    Accepted,
    Item,
    Matching,
    Multiple,
    Number,
    Numeric,
    Option,
    Pair,
    Question,
    Short,
    Single,
    Words,
    key_at,
)

WEIGHT = re.compile(r"\s*%([^%\s]{0,30})%")
"""What is read as a share in front of an answer."""

Common = dict[str, Any]


def _weight(text: str) -> tuple[Fraction | None, str]:
    """The share in front of an answer, and the answer; None where no share is written."""
    found = WEIGHT.match(text)
    if found is None:
        return None, text
    weight = weight_of_percent(found[1])
    if weight is None:
        raise NotTaken("weight_unreadable", text=found[0].strip())
    return weight, text[found.end() :]


def _pieces(answer: str, sign: str) -> list[str]:
    return [one for one in answer.split(sign) if one.strip()]


def _with_why(text: str, texts: Texts) -> tuple[str, Words]:
    answer, _, why = text.partition("#")
    return answer, texts.words(why)


def choice(answer: str, texts: Texts, common: Common) -> Question:
    options = []
    several = "=" not in answer
    for place, piece in enumerate(_pieces(answer.replace("=", "~="), "~")):
        right = piece.lstrip().startswith("=")
        weight, text = _weight(piece.lstrip().removeprefix("="))
        text, why = _with_why(text, texts)
        usual = ALL if right else NONE
        options.append(
            Option(key_at(place), texts.words(text), usual if weight is None else weight, why)
        )
    kind = Multiple if several else Single
    return kind(options=tuple(options), **common)


def true_false(answer: str, texts: Texts, common: Common) -> Question:
    """{T#said after the wrong answer#said after the right one}"""
    said, *rest = answer.split("#", 2)
    right = said.strip().upper().startswith("T")
    wrong_why, right_why = (texts.words(one) for one in [*rest, "", ""][:2])
    whys = (right_why, wrong_why) if right else (wrong_why, right_why)
    return Single(
        options=true_or_false(texts.language, right=right, whys=whys), shuffle=False, **common
    )


def matching(answer: str, texts: Texts, common: Common) -> Question:
    pairs, others = [], []
    for place, piece in enumerate(_pieces(answer, "=")):
        left, arrow, right = piece.partition("->")
        if not arrow:
            raise NotTaken("pair_without_arrow", text=shown(piece))
        said = words(texts.language, texts.plain(right))
        if left.strip():
            pairs.append(Pair(key_at(place), texts.words(left), said))
        else:
            others.append(Item(key_at(place), said))
    if not pairs:
        raise NotTaken("no_answers")
    return Matching(pairs=tuple(pairs), others=tuple(others), **common)


def short(answer: str, texts: Texts, common: Common) -> Question:
    found = []
    for piece in _pieces(answer, "="):
        weight, text = _weight(piece)
        text, why = _with_why(text, texts)
        share = ALL if weight is None else weight
        found.append(Accepted(texts.plain(text), texts.language, share, why))
    return Short(answers=tuple(found), **common)


def numeric(answer: str, texts: Texts, common: Common) -> Question:
    accepted, tilde, wrong = answer.removeprefix("#").partition("~")
    numbers = []
    for piece in _pieces(accepted, "="):
        weight, text = _weight(piece)
        text, why = _with_why(text, texts)
        low, high = _range(shown(text))
        numbers.append(Number(low, high, ALL if weight is None else weight, why))
    if tilde and (why := texts.words(wrong.strip().removeprefix("#"))):
        numbers.append(Number(None, None, NONE, why))
    return Numeric(numbers=tuple(numbers), **common)


def _range(text: str) -> tuple[Fraction | None, Fraction | None]:
    """Such as 3..5, 4:1, 4 or * for any number."""
    if text == "*":
        return None, None
    if ".." in text:
        low, high = text.split("..", 1)
        return tuple(sorted((_number(low), _number(high))))  # type: ignore[return-value]
    middle, _, tolerance = text.partition(":")
    around = abs(_number(tolerance)) if tolerance.strip() else NONE
    return _number(middle) - around, _number(middle) + around


def _number(text: str) -> Fraction:
    number = plain_number(text)
    if number is None:
        raise NotTaken("number_unreadable", text=shown(text))
    return number
