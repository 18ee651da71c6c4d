"""How an answer is marked. Answers are plain values as a page sends them; none of them raises.

single              the key of an option
multiple            a list of keys of options
matching            a list of keys of right sides, one for each pair in the order of the question
ordering            a list of keys of items in the order somebody put them
numeric, short      a text (numeric: or a number)
gap                 a list of texts, one for each gap
essay               anything; it waits for a trainer
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import isfinite
from typing import Any

from kith.methods.learning.questions.folding import fits, folded
from kith.methods.learning.questions.numbers import numbers_read
from kith.methods.learning.questions.schema import (
    ALL,
    NONE,
    Accepted,
    Essay,
    Gap,
    Gapped,
    Grading,
    Matching,
    Multiple,
    Number,
    Numeric,
    Ordering,
    Question,
    Short,
    Single,
    Words,
    say,
)


@dataclass(frozen=True, slots=True)
class Marked:
    """How much of a question somebody has.

    points  0..1, a share
    right   whether it is all of them
    said    what to say to the learner, in the language asked for
    parts   whether each pair, item or gap is right; empty for kinds without parts
    waits   whether a trainer has to read it first
    """

    points: Fraction
    right: bool
    said: tuple[str, ...] = ()
    parts: tuple[bool, ...] = ()
    waits: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """What an answer is worth before it is cut to 0..1, and what its parts have to say."""

    points: Fraction = NONE
    why: tuple[Words, ...] = ()
    parts: tuple[bool, ...] = ()


def mark(question: Question, answer: object, language: str) -> Marked:
    """The points of an answer and what is said about it. Whatever the answer is, nothing raises."""
    if isinstance(question, Essay):
        return Marked(NONE, right=False, waits=True)
    found = MARKS[type(question)](question, answer, language)
    points = min(max(found.points, NONE), ALL)
    if not question.partial and points < ALL:
        points = NONE
    words = [*found.why, _after(question, points), question.why]
    said = tuple(text for one in words if (text := say(one, language)))
    return Marked(points, right=points == ALL, said=said, parts=found.parts)


def _after(question: Question, points: Fraction) -> Words:
    if points == ALL:
        return question.right_why
    return (question.partly_why or question.wrong_why) if points else question.wrong_why


def _single(question: Single, answer: object, _language: str) -> _Found:
    option = question.option(answer)
    return _Found(option.weight, (option.why,)) if option else _Found()


def _multiple(question: Multiple, answer: object, _language: str) -> _Found:
    keys = _texts(answer)
    chosen = [one for one in question.options if one.key in keys]
    points = sum((one.weight for one in chosen), NONE)
    return _Found(points, tuple(one.why for one in chosen))


def _matching(question: Matching, answer: object, _language: str) -> _Found:
    sides = {one.key: one.right for one in question.pairs}
    sides |= {one.key: one.text for one in question.others}
    given = _padded(_texts(answer), len(question.pairs))
    parts = [sides.get(key) == pair.right for key, pair in zip(given, question.pairs, strict=True)]
    return _Found(_share(parts), parts=tuple(parts))


def _ordering(question: Ordering, answer: object, _language: str) -> _Found:
    right = [one.key for one in question.items]
    given = _texts(answer)
    if sorted(given) != sorted(right):
        return _Found(parts=(False,) * len(right))
    parts = [one == other for one, other in zip(given, right, strict=True)]
    if question.grading is Grading.NEXT and len(right) > 1:
        pairs = set(pairwise(right))
        return _Found(_share([one in pairs for one in pairwise(given)]), parts=tuple(parts))
    return _Found(_share(parts), parts=tuple(parts))


def _numeric(question: Numeric, answer: object, _language: str) -> _Found:
    number = _number(question.numbers, _readings(answer, question.unit))
    return _Found(number.weight, (number.why,)) if number else _Found()


def _short(question: Short, answer: object, language: str) -> _Found:
    accepted = _typed(question.answers_in(language), answer, case=question.case)
    return _Found(accepted.weight, (accepted.why,)) if accepted else _Found()


def _gapped(question: Gapped, answer: object, language: str) -> _Found:
    given = _padded(_texts(answer), len(question.gaps))
    hits = [_hit(gap, text, language) for gap, text in zip(question.gaps, given, strict=True)]
    whole = sum(max(gap.share, 0) for gap in question.gaps)
    shares = [
        hit.weight * Fraction(max(gap.share, 0), whole)
        for gap, hit in zip(question.gaps, hits, strict=True)
        if hit and whole
    ]
    parts = tuple(hit is not None and hit.weight == ALL for hit in hits)
    return _Found(sum(shares, NONE), tuple(hit.why for hit in hits if hit), parts)


MARKS: dict[type[Question], Callable[[Any, object, str], _Found]] = {
    Single: _single,
    Multiple: _multiple,
    Matching: _matching,
    Ordering: _ordering,
    Numeric: _numeric,
    Short: _short,
    Gapped: _gapped,
}


def _hit(gap: Gap, text: str, language: str) -> Accepted | Number | None:
    if gap.numbers:
        return _number(gap.numbers, _readings(text, {}))
    answers = gap.answers_in(language)
    if gap.chosen:
        return next((one for one in answers if one.text == text), None)
    return _typed(answers, text, case=gap.case)


def _typed(answers: Iterable[Accepted], answer: object, *, case: bool) -> Accepted | None:
    if not isinstance(answer, str) or not answer.strip():
        return None
    return next((one for one in answers if fits(answer, one.text, case=case)), None)


def _number(numbers: Iterable[Number], readings: tuple[Fraction, ...]) -> Number | None:
    return next((one for one in numbers for value in readings if _holds(one, value)), None)


def _holds(number: Number, value: Fraction) -> bool:
    over = number.low is None or value >= number.low
    return over and (number.high is None or value <= number.high)


def _readings(answer: object, unit: Words) -> tuple[Fraction, ...]:
    if isinstance(answer, float):
        return (Fraction(repr(answer)),) if isfinite(answer) else ()
    if isinstance(answer, int) and not isinstance(answer, bool):
        return (Fraction(answer),)
    if not isinstance(answer, str):
        return ()
    text = answer.strip()
    for name in unit.values():
        before = text[: -len(name)].strip() if name else ""
        if before and folded(text.removeprefix(before)) == folded(name):
            text = before
    return numbers_read(text)


def _texts(answer: object) -> list[str]:
    """A list as it should be: only texts; whatever is no text counts as nothing chosen."""
    if not isinstance(answer, list | tuple):
        return []
    return [one if isinstance(one, str) else "" for one in answer]


def _padded(texts: list[str], length: int) -> list[str]:
    return [*texts, *[""] * length][:length]


def _share(parts: list[bool]) -> Fraction:
    return Fraction(sum(parts), len(parts)) if parts else NONE
