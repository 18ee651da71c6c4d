"""A question with its right answer and everything that is said about answers, for its author."""

from collections.abc import Callable, Iterable
from html import escape

from kith.config.preview.labels import LABELS
from kith.methods.learning.courses.asking import screen_of_question
from kith.methods.learning.courses.blocks import html_of
from kith.methods.learning.courses.schema import Part, Vignette
from kith.methods.learning.questions.schema import (
    ALL,
    NONE,
    Accepted,
    Choosing,
    Essay,
    Gap,
    Gapped,
    Kind,
    Matching,
    Number,
    Numeric,
    Option,
    Ordering,
    Question,
    Short,
    Words,
    say,
)

REASONS = {"why": "", "right_why": "Right: ", "partly_why": "In part: ", "wrong_why": "Wrong: "}


def question_html(question: Question, part: Part, language: str) -> str:
    """The question, what is right in it, and the screen that it is about."""
    name = escape(question.key)
    heading = f"<h3>{name} <small>{question.kind}</small></h3>"
    said = (_said(word, getattr(question, key), language) for key, word in REASONS.items())
    inside = [
        heading,
        _text(question.stem, language),
        SHOWN[question.kind](question, language),
        *said,
        _tested(question, part),
    ]
    return f"<article class='question' id='question-{name}'>{''.join(inside)}</article>"


def _tested(question: Question, part: Part) -> str:
    screen = None if isinstance(part, Vignette) else screen_of_question(part, question)
    if screen is None:
        return ""
    return f"<p class='tests'><a href='#{escape(screen)}'>{escape(question.tests)}</a></p>"


def _text(words: Words, language: str) -> str:
    return html_of(say(words, language), labels=LABELS)


def _said(word: str, words: Words, language: str) -> str:
    return f"<p class='why'>{word}{escape(say(words, language))}</p>" if words else ""


def _choosing(question: Choosing, language: str) -> str:
    return _list("ul", (_option(one, language) for one in question.options))


def _option(option: Option, language: str) -> str:
    mark = "✓ " if option.weight > NONE else "✗ "
    return f"{mark}{escape(say(option.text, language))}{_said('', option.why, language)}"


def _matching(question: Matching, language: str) -> str:
    pairs = ((say(one.left, language), say(one.right, language)) for one in question.pairs)
    others = (("", say(one.text, language)) for one in question.others)
    return _list("ul", (escape(f"{left} → {right}") for left, right in [*pairs, *others]))


def _ordering(question: Ordering, language: str) -> str:
    return _list("ol", (escape(say(one.text, language)) for one in question.items))


def _numeric(question: Numeric, language: str) -> str:
    unit = escape(say(question.unit, language))
    numbers = (f"{_range(one)} {unit}{_said('', one.why, language)}" for one in question.numbers)
    return _list("ul", numbers)


def _range(number: Number) -> str:
    ends = ["…" if end is None else f"{float(end):g}" for end in (number.low, number.high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def _short(question: Short, language: str) -> str:
    return _list("ul", (_accepted(one, language) for one in question.answers_in(language)))


def _accepted(answer: Accepted, language: str) -> str:
    mark = "✓ " if answer.weight == ALL else ("✗ " if answer.weight <= NONE else "½ ")
    return f"{mark}{escape(answer.text)}{_said('', answer.why, language)}"


def _gapped(question: Gapped, language: str) -> str:
    gaps = _list("ol", (_gap(one, language) for one in question.gaps))
    return _text(question.text, language) + gaps


def _gap(gap: Gap, language: str) -> str:
    answers = [_accepted(one, language) for one in gap.answers_in(language)]
    return " · ".join([*answers, *(_range(one) for one in gap.numbers)])


def _essay(question: Essay, language: str) -> str:
    criteria = (
        f"{escape(say(one.text, language))} <small>{escape(one.taught)}</small>"
        for one in question.criteria
    )
    example = _text(question.example, language)
    return f"{_list('ul', criteria)}<details><summary>Example</summary>{example}</details>"


def _list(tag: str, lines: Iterable[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{one}</li>' for one in lines)}</{tag}>"


SHOWN: dict[Kind, Callable[..., str]] = {
    Kind.SINGLE: _choosing,
    Kind.MULTIPLE: _choosing,
    Kind.MATCHING: _matching,
    Kind.ORDERING: _ordering,
    Kind.NUMERIC: _numeric,
    Kind.SHORT: _short,
    Kind.GAP: _gapped,
    Kind.ESSAY: _essay,
}
