"""Answers in words, as a review shows them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kith.learning.views.asked import is_answered, option_html
from kith.learning.views.texts import line_html
from kith.methods.learning.questions.folding import parts_of
from kith.methods.learning.questions.schema import (
    Accepted,
    Choosing,
    Gap,
    Gapped,
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

NOTHING = "–"


@dataclass(frozen=True)
class Told:
    """One part of an answer: what stands before it is a left side or the number of a gap."""

    html: SafeString
    before: SafeString = field(default_factory=SafeString)


def told(question: Question, answer: Any, language: str) -> list[Told]:
    """An answer in words; empty when there was none."""
    if not is_answered(answer):
        return []
    if isinstance(question, Choosing):
        keys = answer if isinstance(answer, list) else [answer]
        return [_option(question, one.key, language) for one in question.options if one.key in keys]
    if isinstance(question, Ordering):
        items = {one.key: one.text for one in question.items}
        return [_line(items[one], language) for one in answer if one in items]
    if isinstance(question, Matching):
        sides = {one.key: one.text for one in question.rights()}
        given = [*answer, *[""] * len(question.pairs)]
        pairs = zip(question.pairs, given, strict=False)
        return [_pair(one.left, sides.get(key, {}), language) for one, key in pairs]
    return _typed(answer if isinstance(answer, list) else [answer])


def right_told(question: Question, language: str) -> list[Told]:
    """The right answer in words."""
    tell = next((one for kind, one in RIGHT.items() if isinstance(question, kind)), None)
    return tell(question, language) if tell else []


def _right_single(question: Single, language: str) -> list[Told]:
    return [_option(question, max(question.options, key=lambda one: one.weight).key, language)]


def _right_multiple(question: Multiple, language: str) -> list[Told]:
    return [_option(question, one.key, language) for one in question.options if one.weight > 0]


def _right_pairs(question: Matching, language: str) -> list[Told]:
    return [_pair(one.left, one.right, language) for one in question.pairs]


def _right_order(question: Ordering, language: str) -> list[Told]:
    return [_line(one.text, language) for one in question.items]


def _right_number(question: Numeric, language: str) -> list[Told]:
    return _typed([f"{number_words(question.numbers)} {say(question.unit, language)}".strip()])


def _right_text(question: Short, language: str) -> list[Told]:
    return _typed([_best_text(question.answers_in(language), is_pattern=True)])


def _right_gaps(question: Gapped, language: str) -> list[Told]:
    return _typed([_right_gap(gap, language) for gap in question.gaps])


RIGHT: dict[type[Question], Callable[[Any, str], list[Told]]] = {
    Single: _right_single,
    Multiple: _right_multiple,
    Matching: _right_pairs,
    Ordering: _right_order,
    Numeric: _right_number,
    Short: _right_text,
    Gapped: _right_gaps,
}


def _option(question: Choosing, key: str, language: str) -> Told:
    return Told(option_html(question, key, language))


def _line(words: Words, language: str) -> Told:
    return Told(line_html(say(words, language)))


def _pair(left: Words, right: Words, language: str) -> Told:
    return Told(line_html(say(right, language) or NOTHING), line_html(say(left, language)))


def _typed(texts: Iterable[str]) -> list[Told]:
    """Plain texts; several are numbered as the gaps are."""
    known = [escape(text or NOTHING) for text in texts]
    signs = [f"({at})" if len(known) > 1 else "" for at in range(1, len(known) + 1)]
    return [Told(text, escape(sign)) for text, sign in zip(known, signs, strict=True)]


def _right_gap(gap: Gap, language: str) -> str:
    if gap.numbers:
        return number_words(gap.numbers)
    return _best_text(gap.answers_in(language), is_pattern=not gap.chosen)


def _best_text(answers: Sequence[Accepted], *, is_pattern: bool) -> str:
    """The first answer of the highest weight as it is read: a star stands for any letters."""
    best = max(answers, key=lambda one: one.weight, default=None)
    if best is None:
        return ""
    return "…".join(parts_of(best.text)) if is_pattern else best.text


def number_words(numbers: Sequence[Number]) -> str:
    """The numbers of the highest weight: one, or from one to another."""
    best = max(numbers, key=lambda one: one.weight, default=None)
    ends = [_figure(end) for end in (best.low, best.high) if end is not None] if best else []
    if len(ends) == 2 and ends[0] != ends[1]:
        return _("from %(low)s to %(high)s") % {"low": ends[0], "high": ends[1]}
    return next(iter(ends), "")


def _figure(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{float(number):g}"
