"""Questions of a course: what they test, whether they repeat one another, how options look."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from kith.methods.learning.courses.schema import Module
from kith.methods.learning.questions.checks import texts_of
from kith.methods.learning.questions.folding import folded
from kith.methods.learning.questions.schema import ENGLISH, Gapped, Question, Single

ALIKE_PERCENT = 50
FEWEST_WORDS = 4
LETTERS = 4
LONGEST_PERCENT, FEWEST_SINGLES = 50, 6
LONGER_PERCENT = 110
"""The right option is seen to be the longest when it is a tenth longer than the next."""
_MARKUP = re.compile(r" ?\[@[^\[\]]*\]|[*_]")


@dataclass(frozen=True, slots=True)
class Alike:
    """Two questions that ask much the same, each with its module."""

    first: tuple[str, Question]
    second: tuple[str, Question]
    percent: int


def plain_sentences(markdown: str) -> str:
    """A text without emphasis and sources, with one space where there were several."""
    return " ".join(_MARKUP.sub("", " ".join(markdown.split())).split())


def screen_of_question(module: Module, question: Question) -> str | None:
    """The name of the screen whose English text has the sentence that a question tests."""
    sentence = plain_sentences(question.tests)
    texts = ((one.name, one.body.get(ENGLISH, "")) for one in module.screens)
    names = (name for name, body in texts if sentence and sentence in plain_sentences(body))
    return next(names, None)


def same_sentence(modules: Iterable[Module]) -> Iterator[tuple[tuple[str, Question], str]]:
    """Module and question that test a sentence another question tests already, and which."""
    known: dict[str, str] = {}
    for module in modules:
        for question in module.questions:
            sentence = plain_sentences(question.tests)
            if sentence in known:
                yield (module.key, question), known[sentence]
            elif sentence:
                known[sentence] = f"{module.key}/{question.key}"


def alike(modules: Iterable[Module]) -> list[Alike]:
    """Pairs of questions that share half of their longer English words or more."""
    asked = [(one.key, question) for one in modules for question in one.questions]
    words = [asked_words(question) for _key, question in asked]
    found = []
    for (first, one), (second, other) in combinations(zip(asked, words, strict=True), 2):
        percent = 100 * len(one & other) // max(len(one | other), 1)
        if percent >= ALIKE_PERCENT:
            found.append(Alike(first, second, percent))
    return found


def asked_words(question: Question) -> set[str]:
    """Words of a stem; where there are few, as in “What is right?”, those of the options too."""
    stem = f"{question.stem.get(ENGLISH, '')} "
    if isinstance(question, Gapped):
        stem += question.text.get(ENGLISH, "")
    words = _words(stem)
    if len(words) >= FEWEST_WORDS:
        return words
    return words | _words(" ".join(text.get(ENGLISH, "") for _key, text in texts_of(question)))


def longest_right(module: Module) -> tuple[int, int] | None:
    """How often the right option is the longest, of how many; None while that is no pattern."""
    singles = [one for one in module.questions if isinstance(one, Single)]
    longest = sum(map(_right_is_longest, singles))
    if len(singles) < FEWEST_SINGLES or 100 * longest <= LONGEST_PERCENT * len(singles):
        return None
    return longest, len(singles)


def _right_is_longest(question: Single) -> bool:
    lengths = {one.key: len(one.text.get(ENGLISH, "")) for one in question.options}
    right = max(question.options, key=lambda one: one.weight).key
    others = max(length for key, length in lengths.items() if key != right)
    return 100 * lengths[right] >= LONGER_PERCENT * others


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", folded(text)) if len(word) >= LETTERS}
