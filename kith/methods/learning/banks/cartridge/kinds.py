"""The kinds of questions in QTI 1.2, told by their responses and conditions."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from kith.methods.learning.banks.bank import true_or_false
from kith.methods.learning.banks.cartridge.conditions import Condition, Test
from kith.methods.learning.banks.cartridge.texts import Texts
from kith.methods.learning.banks.notes import NotTaken
from kith.methods.learning.banks.trees import Node
from kith.methods.learning.questions.folding import as_pattern
from kith.methods.learning.questions.numbers import plain_number
from kith.methods.learning.questions.schema import (
    ALL,
    NONE,
    Accepted,
    Essay,
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

AFTER = (("incorrect", "wrong_why"), ("correct", "right_why"), ("general", "why"))
"""Part of the name of a feedback -> what it is; the first that fits counts."""
Common = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    texts: Texts
    conditions: tuple[Condition, ...]
    profile: str

    @property
    def scoring(self) -> list[Condition]:
        return [one for one in self.conditions if one.points]


def said_after(found: Found) -> dict[str, Words]:
    """What is said about the answer as a whole."""
    after: dict[str, Words] = {}
    for name in found.texts.names:
        key = next((key for part, key in AFTER if part in name.lower()), "")
        if key and key not in after:
            after[key] = found.texts.said(name)
    return after


def _labels(response: Node) -> list[Node]:
    return [one for one in response.walk() if one.tag == "response_label"]


def _shuffles(response: Node) -> bool:
    return any(one.get("shuffle").lower() == "yes" for one in response.walk())


def choice(found: Found, common: Common) -> Question:
    response = found.texts.responses[0]
    labels = _labels(response)
    keys = [one.get("ident") for one in labels]
    common = {**common, "shuffle": _shuffles(response)}
    if response.get("rcardinality", "Single").lower() == "multiple":
        return _multiple(found, labels, keys, common)
    shares = [_points(found, key) for key in keys]
    if "true_false" in found.profile and len(labels) == 2:
        return _true_false(found, labels, shares, common)
    options = _options(found, labels, shares)
    return Single(options=options, **common)


def _points(found: Found, key: str) -> Fraction:
    fitting = [one.points for one in found.scoring if key in [test.value for test in one.wanted]]
    return max(fitting, default=NONE)


def _true_false(
    found: Found, labels: list[Node], shares: list[Fraction], common: Common
) -> Question:
    whys = [_why(found, one.get("ident")) for one in labels]
    first = found.texts.label(labels[0]).strip().lower()
    if first.startswith("f") or labels[0].get("ident").lower() == "false":
        shares, whys = shares[::-1], whys[::-1]
    right = shares[0] == ALL
    options = true_or_false(found.texts.language, right=right, whys=whys)
    return Single(options=options, **common)


def _multiple(found: Found, labels: list[Node], keys: list[str], common: Common) -> Question:
    if any(one.adds for one in found.scoring):
        shares = [_points(found, key) for key in keys]
        return Multiple(options=_options(found, labels, shares), **common)
    best = next((one for one in found.scoring if one.points == ALL), None)
    if best is None:
        raise NotTaken("nothing_right")
    right = {one.value for one in best.wanted}
    up = Fraction(1, max(len(right & set(keys)), 1))
    down = Fraction(1, max(len(set(keys) - right), 1))
    shares = [up if key in right else -down for key in keys]
    return Multiple(options=_options(found, labels, shares), partial=False, **common)


def _options(found: Found, labels: list[Node], shares: list[Fraction]) -> tuple[Option, ...]:
    return tuple(
        Option(key_at(place), found.texts.words(node), share, _why(found, node.get("ident")))
        for place, (node, share) in enumerate(zip(labels, shares, strict=True))
    )


def _why(found: Found, key: str) -> Words:
    """What is said to whoever chose this option and nothing else."""
    for one in found.conditions:
        if [test.value for test in one.wanted] == [key]:
            for name in one.said:
                if not any(part in name.lower() for part, _key in AFTER):
                    return found.texts.said(name)
    return {}


def matching(found: Found, common: Common) -> Question:
    """Several responses with the same options: each is a left side."""
    pairs, used = [], set()
    for place, response in enumerate(found.texts.responses):
        labels = {one.get("ident"): one for one in _labels(response)}
        right = _right_of(found, response.get("ident"))
        if right not in labels:
            raise NotTaken("no_answers")
        used.add(right)
        left = found.texts.words(response)
        pairs.append(Pair(key_at(place), left, found.texts.plain(labels[right])))
    rest = [one for one in _labels(found.texts.responses[0]) if one.get("ident") not in used]
    others = tuple(
        Item(key_at(place), found.texts.plain(one)) for place, one in enumerate(rest, len(pairs))
    )
    return Matching(pairs=tuple(pairs), others=others, **common)


def _right_of(found: Found, response: str) -> str:
    tests = (test for one in found.scoring for test in one.wanted)
    return next((one.value for one in tests if one.response == response), "")


def typed(found: Found, common: Common) -> Question:
    if not found.scoring or "essay" in found.profile:
        return Essay(example=found.texts.solution(), **common)
    numbers = tuple(_ranges(found))
    if numbers:
        return Numeric(numbers=numbers, **common)
    tests = [(test, one) for one in found.scoring for test in one.wanted]
    answers = tuple(
        Accepted(_pattern(test, found), found.texts.language, one.points, _why(found, test.value))
        for test, one in tests
    )
    cases = {test.case for test, _one in tests}
    if len(cases) > 1:
        found.texts.notes.add("case_mixed")
    return Short(answers=answers, case=cases == {True}, **common)


def _pattern(test: Test, found: Found) -> str:
    text = as_pattern(test.value)
    if test.kind != "varsubstring":
        return text
    found.texts.notes.add("pattern_widened", text=test.value)
    return f"*{text}*"


def _ranges(found: Found) -> Iterator[Number]:
    """Numbers from … to …; a number by itself stands beside its range and adds nothing."""
    for one in found.scoring:
        bounds = {test.kind: plain_number(test.value) for test in one.wanted}
        low = bounds.get("vargte", bounds.get("vargt"))
        high = bounds.get("varlte", bounds.get("varlt"))
        if low is not None and high is not None:
            yield Number(low, high, one.points)
