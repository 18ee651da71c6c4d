"""Questions that a browser looks at by itself: with what is right, and why."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString

from kith.learning.views.asked import Asked, Choice, asked
from kith.learning.views.texts import line_html, text_html
from kith.learning.views.told import Told, number_words, right_told
from kith.methods.learning.questions.schema import (
    ALL,
    Accepted,
    Choosing,
    Gap,
    Gapped,
    Matching,
    Numeric,
    Ordering,
    Question,
    Short,
    say,
)

SEED = "unit"


@dataclass(frozen=True)
class Checked:
    """A question for oneself, its right answer in words, and what is said after an answer."""

    asked: Asked
    right: list[Told]
    why: list[SafeString]
    right_why: SafeString
    wrong_why: SafeString

    @property
    def is_order(self) -> bool:
        return self.asked.kind == Ordering.kind.value


def checked(question: Question, language: str) -> Checked:
    """The question, always in the same order."""
    shown = asked(question, seed=SEED, language=language)
    mark = next((one for kind, one in MARKS.items() if isinstance(question, kind)), _unmarked)
    whys = [say(one, language) for one in (question.why, question.right_why) if one]
    if isinstance(question, Choosing):
        best = [one.why for one in question.options if one.weight > 0]
        whys = [text for one in best if (text := say(one, language))] + whys
    return Checked(
        asked=mark(question, shown, language),
        right=right_told(question, language),
        why=[text_html(one, language) for one in whys],
        right_why=line_html(say(question.right_why or question.why, language)),
        wrong_why=line_html(say(question.wrong_why or question.why, language)),
    )


def _unmarked(_question: Any, shown: Asked, _language: str) -> Asked:
    return shown


def _choosing(question: Choosing, shown: Asked, language: str) -> Asked:
    def marked(one: Choice) -> Choice:
        option = question.option(one.key)
        is_right = option is not None and option.weight > 0
        why = line_html(say(option.why, language)) if option else ""
        return replace(one, right="yes" if is_right else "no", why=why)

    return replace(shown, choices=tuple(map(marked, shown.choices)))


def _matching(question: Matching, shown: Asked, _language: str) -> Asked:
    keys = {pair.key: [one.key for one in question.rights() if one.text == pair.right]
            for pair in question.pairs}  # fmt: skip
    slots = zip(shown.slots, question.pairs, strict=True)
    return replace(
        shown, slots=tuple(replace(slot, right=json.dumps(keys[one.key])) for slot, one in slots)
    )


def _ordering(question: Ordering, shown: Asked, _language: str) -> Asked:
    return replace(shown, right=json.dumps([one.key for one in question.items]))


def _gapped(question: Gapped, shown: Asked, language: str) -> Asked:
    slots = (
        replace(slot, right=json.dumps(_fitting(gap, language)))
        for slot, gap in zip(shown.slots, question.gaps, strict=False)
    )
    return replace(shown, slots=tuple(slots))


def _fitting(gap: Gap, language: str) -> list[str]:
    if gap.numbers:
        return [number_words(gap.numbers)]
    return _texts(gap.answers_in(language))


def _short(question: Short, shown: Asked, language: str) -> Asked:
    return replace(shown, right=json.dumps(_texts(question.answers_in(language))))


def _numeric(question: Numeric, shown: Asked, _language: str) -> Asked:
    ends = [
        [None if end is None else float(end) for end in (one.low, one.high)]
        for one in question.numbers
        if one.weight == ALL
    ]
    return replace(shown, right=json.dumps(ends))


def _texts(answers: Iterable[Accepted]) -> list[str]:
    return [one.text for one in answers if one.weight == ALL]


MARKS: dict[type[Question], Callable[[Any, Asked, str], Asked]] = {
    Choosing: _choosing,
    Matching: _matching,
    Ordering: _ordering,
    Gapped: _gapped,
    Short: _short,
    Numeric: _numeric,
}
