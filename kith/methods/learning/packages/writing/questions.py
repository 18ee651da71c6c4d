"""Questions as the script of an exported course reads them: one language, texts as HTML."""

from collections.abc import Callable, Iterable
from typing import Any

from kith.methods.learning.courses.blocks import html_of, inline_html
from kith.methods.learning.packages.writing.words import labels_in, words_in
from kith.methods.learning.questions.schema import (
    Accepted,
    Choosing,
    Essay,
    Gap,
    Gapped,
    Matching,
    Number,
    Numeric,
    Ordering,
    Question,
    Short,
    Single,
    Words,
    say,
)

Plain = dict[str, Any]


class Texts:
    """The texts of one part in one language."""

    def __init__(self, language: str, picture: Callable[[str], str | None]) -> None:
        self.language, self.picture = language, picture

    def block(self, words: Words) -> str:
        labels = labels_in(self.language)
        return html_of(say(words, self.language), labels=labels, picture=self.picture)

    def line(self, words: Words) -> str:
        return inline_html(say(words, self.language))


def told(question: Question, texts: Texts) -> Plain:
    """A question with all that marking it needs."""
    found = KINDS[type(question)](question, texts)
    return {
        "kind": question.kind.value,
        "key": question.key,
        "stem": texts.block(question.stem),
        "partial": question.partial,
        "why": texts.block(question.why),
        "rightWhy": texts.block(question.right_why),
        "partlyWhy": texts.block(question.partly_why),
        "wrongWhy": texts.block(question.wrong_why),
        **found,
    }


def all_told(questions: Iterable[Question], texts: Texts) -> list[Plain]:
    """Those that can be marked without a trainer."""
    return [told(one, texts) for one in questions if not isinstance(one, Essay)]


def _choosing(question: Choosing, texts: Texts) -> Plain:
    usual = words_in(texts.language)
    is_plain = isinstance(question, Single) and question.is_true_or_false
    return {
        "shuffle": question.shuffle,
        "options": [
            {
                "key": one.key,
                "html": texts.line(one.text) or (usual[one.key] if is_plain else ""),
                "weight": float(one.weight),
                "why": texts.block(one.why),
            }
            for one in question.options
        ],
    }


def _matching(question: Matching, texts: Texts) -> Plain:
    rights = question.rights()
    keys = {one.key: next(r.key for r in rights if r.text == one.right) for one in question.pairs}
    return {
        "shuffle": question.shuffle,
        "pairs": [
            {"key": one.key, "html": texts.line(one.left), "right": keys[one.key]}
            for one in question.pairs
        ],
        "rights": [{"key": one.key, "html": texts.line(one.text)} for one in rights],
    }


def _ordering(question: Ordering, texts: Texts) -> Plain:
    items = [{"key": one.key, "html": texts.line(one.text)} for one in question.items]
    return {"items": items, "grading": question.grading.value}


def _numeric(question: Numeric, texts: Texts) -> Plain:
    return {
        "numbers": _numbers(question.numbers, texts),
        "units": [name for name in question.unit.values() if name],
        "unit": say(question.unit, texts.language),
    }


def _numbers(numbers: Iterable[Number], texts: Texts) -> list[Plain]:
    return [
        {
            "low": None if one.low is None else float(one.low),
            "high": None if one.high is None else float(one.high),
            "weight": float(one.weight),
            "why": texts.block(one.why),
        }
        for one in numbers
    ]


def _short(question: Short, texts: Texts) -> Plain:
    answers = question.answers_in(texts.language)
    return {"answers": _accepted(answers, texts), "case": question.case}


def _accepted(answers: Iterable[Accepted], texts: Texts) -> list[Plain]:
    return [
        {"text": one.text, "weight": float(one.weight), "why": texts.block(one.why)}
        for one in answers
    ]


def _gapped(question: Gapped, texts: Texts) -> Plain:
    html = texts.block(question.text)
    for number in range(1, len(question.gaps) + 1):
        html = html.replace(f"{{{number}}}", f'<span data-gap="{number}"></span>', 1)
    gaps = [_gap(one, texts) for one in question.gaps]
    return {"text": html, "gaps": gaps, "shuffle": question.shuffle}


def _gap(gap: Gap, texts: Texts) -> Plain:
    return {
        "answers": _accepted(gap.answers_in(texts.language), texts),
        "numbers": _numbers(gap.numbers, texts),
        "chosen": gap.chosen,
        "case": gap.case,
        "share": max(gap.share, 0),
    }


KINDS: dict[type[Question], Callable[[Any, Texts], Plain]] = {
    **dict.fromkeys(Choosing.__subclasses__(), _choosing),
    Matching: _matching,
    Ordering: _ordering,
    Numeric: _numeric,
    Short: _short,
    Gapped: _gapped,
}
