"""What a question has to be: so that it can be marked at all, and so that a course may use it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from kith.methods.learning.questions.faults import Fault, Faults
from kith.methods.learning.questions.schema import (
    ALL,
    NONE,
    Choosing,
    Essay,
    Gapped,
    Matching,
    Multiple,
    Numeric,
    Ordering,
    Question,
    Short,
    Single,
    Words,
)

PLACE = re.compile(r"\{(\d+)\}")
LIMITS: dict[type[Question], tuple[str, int, int]] = {
    Single: ("options", 3, 4),
    Multiple: ("options", 3, 6),
    Matching: ("pairs", 2, 6),
    Ordering: ("items", 3, 7),
}
"""Kind -> how many of what a question of a course has, from and to."""


def structure_faults(question: Question) -> list[Fault]:
    """Why a question cannot be marked: nothing right in it, or gaps that its text does not have."""
    faults = Faults(question.key)
    if isinstance(question, Multiple):
        if sum((one.weight for one in question.options if one.weight > 0), NONE) < ALL:
            faults.add("options", "points_missing")
    elif isinstance(question, Single):
        if all(one.weight < ALL for one in question.options):
            faults.add("options", "nothing_right")
    elif isinstance(question, Short):
        _needs_right([one.weight for one in question.answers], "answers", faults)
    elif isinstance(question, Numeric):
        _needs_right([one.weight for one in question.numbers], "numbers", faults)
    elif isinstance(question, Gapped):
        _gap_faults(question, faults)
    return faults.found


def course_faults(question: Question, *, languages: Sequence[str] = ("en",)) -> list[Fault]:
    """What a course asks for beyond that: every language, what is tested, and a why for everything.

    languages  those each text must have
    """
    faults = Faults(question.key)
    if not question.tests.strip():
        faults.add("tests", "key_missing")
    for key, words in texts_of(question):
        for language in languages:
            if words and not words.get(language, "").strip():
                faults.add(key, "language_missing", language=language)
    for key, words in _needed(question):
        if not words:
            faults.add(key, "key_missing")
    _number_of_parts(question, faults)
    return [*faults.found, *_lists_in(question, languages)]


def texts_of(question: Question) -> Iterator[tuple[str, Words]]:
    """Every text of a question with its key, in the order of the file; empty ones too."""
    for key in ("stem", "why", "right_why", "partly_why", "wrong_why"):
        yield key, getattr(question, key)
    yield from TEXTS[type(question)](question)


Texts = Iterator[tuple[str, Words]]


def _of_choosing(question: Choosing) -> Texts:
    for place, option in enumerate(question.options, start=1):
        yield f"options.{place}", option.text
        yield f"options.{place}.why", option.why


def _of_matching(question: Matching) -> Texts:
    for place, pair in enumerate(question.pairs, start=1):
        yield f"pairs.{place}.left", pair.left
        yield f"pairs.{place}.right", pair.right
    yield from ((f"others.{at}", one.text) for at, one in enumerate(question.others, start=1))


def _of_ordering(question: Ordering) -> Texts:
    yield from ((f"items.{at}", one.text) for at, one in enumerate(question.items, start=1))


def _of_numeric(question: Numeric) -> Texts:
    yield "unit", question.unit
    yield from ((f"numbers.{at}.why", one.why) for at, one in enumerate(question.numbers, start=1))


def _of_short(question: Short) -> Texts:
    yield from ((f"answers.{at}.why", one.why) for at, one in enumerate(question.answers, start=1))


def _of_gapped(question: Gapped) -> Texts:
    yield "text", question.text
    for place, gap in enumerate(question.gaps, start=1):
        reasons = [*(one.why for one in gap.answers), *(one.why for one in gap.numbers)]
        yield from ((f"gaps.{place}.why", why) for why in reasons)


def _of_essay(question: Essay) -> Texts:
    yield from (("template", question.template), ("example", question.example))
    yield "notes", question.notes
    yield from ((f"criteria.{at}", one.text) for at, one in enumerate(question.criteria, start=1))


TEXTS: dict[type[Question], Callable[[Any], Texts]] = {
    Single: _of_choosing,
    Multiple: _of_choosing,
    Matching: _of_matching,
    Ordering: _of_ordering,
    Numeric: _of_numeric,
    Short: _of_short,
    Gapped: _of_gapped,
    Essay: _of_essay,
}


def _needs_right(weights: Iterable[object], key: str, faults: Faults) -> None:
    if ALL not in weights:
        faults.add(key, "nothing_right")


def _gap_faults(question: Gapped, faults: Faults) -> None:
    expected = [str(number) for number in range(1, len(question.gaps) + 1)]
    for language, text in question.text.items():
        if sorted(PLACE.findall(text), key=lambda one: (len(one), one)) != expected:
            names = ", ".join(f"{{{number}}}" for number in expected)
            faults.add("text", "gaps_differ", language=language, gaps=names)
    for place, gap in enumerate(question.gaps, start=1):
        weights = [*(one.weight for one in gap.numbers), *(one.weight for one in gap.answers)]
        _needs_right(weights, f"gaps.{place}", faults)


def _needed(question: Question) -> Iterator[tuple[str, Words]]:
    if isinstance(question, Choosing):
        yield from ((f"options.{at}.why", one.why) for at, one in enumerate(question.options, 1))
    elif not isinstance(question, Essay):
        yield from (("right_why", question.right_why), ("wrong_why", question.wrong_why))


def _number_of_parts(question: Question, faults: Faults) -> None:
    limits = LIMITS.get(type(question))
    if limits is None:
        return
    key, least, most = limits
    if isinstance(question, Single) and question.is_true_or_false:
        least, most = 2, 2
    found = len(getattr(question, key))
    if not least <= found <= most:
        faults.add(key, "number_of_parts", found=found, least=least, most=most)
    if isinstance(question, Single) and sum(one.weight == ALL for one in question.options) > 1:
        faults.add(key, "too_many_right")


def _lists_in(question: Question, languages: Sequence[str]) -> Iterator[Fault]:
    """Typed answers and lists of gaps are written for each language apart."""
    lists = {}
    if isinstance(question, Short):
        lists["accepted"] = question.answers
    elif isinstance(question, Gapped):
        lists = {f"gaps.{at}": gap.answers for at, gap in enumerate(question.gaps, start=1)}
    for key, answers in lists.items():
        known = {one.language for one in answers if one.weight == ALL}
        for language in languages if answers else ():
            if language not in known:
                yield Fault(question.key, key, "language_missing", {"language": language})
