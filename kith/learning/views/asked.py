"""Questions as a page asks them, and answers in words as a review shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils import translation
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kith.learning.views.texts import direction, line_html, spoken_in, text_html
from kith.methods.learning.questions.checks import PLACE
from kith.methods.learning.questions.drawing import list_of_gap, shown
from kith.methods.learning.questions.schema import (
    FALSE,
    TRUE,
    Choosing,
    Gapped,
    Item,
    Matching,
    Multiple,
    Numeric,
    Ordering,
    Question,
    Short,
    Single,
    say,
)

GAP_MARK = "\ue000"
"""A letter of nobody's alphabet: stands for a gap while the text becomes HTML."""


@dataclass(frozen=True)
class Choice:
    """An option, an item of an order, or something on a list.

    right, why  only where the browser itself looks at the answer
    """

    key: str
    html: str
    is_chosen: bool = False
    right: str = ""
    why: str = ""


@dataclass(frozen=True)
class Slot:
    """A left side or a gap: what stands before it, and what can be chosen or typed there.

    right  a list of what fits, as JSON, only where the browser itself looks at the answer
    """

    name: str
    before: SafeString
    choices: tuple[Choice, ...] = ()
    value: str = ""
    right: str = ""


@dataclass(frozen=True)
class Asked:
    """A question on a page.

    choices  options, or items in the order they stand now
    slots    left sides or gaps; after holds the text behind the last gap
    """

    key: str
    kind: str
    stem: SafeString
    language: str
    direction: str
    choices: tuple[Choice, ...] = ()
    slots: tuple[Slot, ...] = ()
    after: str = ""
    value: str = ""
    unit: str = ""
    is_moved: bool = False
    right: str = ""


def asked(question: Question, *, seed: str, language: str, answer: Any = None) -> Asked:
    """The question in the order of this attempt, with what was answered so far."""
    words = question.stem or getattr(question, "text", {})
    code = spoken_in(words, language)
    more = PARTS[type(question)](question, seed, language, answer)
    return Asked(
        key=question.key,
        kind=question.kind.value,
        stem=text_html(say(question.stem, language), code),
        language=code,
        direction=direction(code),
        **more,
    )


def _choosing(question: Choosing, seed: str, language: str, answer: Any) -> dict[str, Any]:
    chosen = answer if isinstance(answer, list) else [answer]
    order = [one for key in shown(question, seed=seed) if (one := question.option(key))]
    return {
        "choices": tuple(
            Choice(one.key, option_html(question, one.key, language), one.key in chosen)
            for one in order
        )
    }


def option_html(question: Choosing, key: str, language: str) -> SafeString:
    """The words of an option; those of true and false are ours."""
    option = question.option(key)
    text = say(option.text, language) if option else ""
    if not text and isinstance(question, Single) and question.is_true_or_false:
        with translation.override(language):
            text = {TRUE: _("True"), FALSE: _("False")}[key]
    return line_html(text)


def _matching(question: Matching, seed: str, language: str, answer: Any) -> dict[str, Any]:
    sides = {one.key: one for one in question.rights()}
    given = _texts(answer, len(question.pairs))
    order = [sides[key] for key in shown(question, seed=seed)]
    return {
        "slots": tuple(
            Slot(
                name=f"answer-{pair.key}",
                before=line_html(say(pair.left, language)),
                choices=tuple(_side(one, language, chosen) for one in order),
                value=chosen,
            )
            for pair, chosen in zip(question.pairs, given, strict=True)
        )
    }


def _side(side: Item, language: str, chosen: str) -> Choice:
    return Choice(side.key, plain(say(side.text, language)), side.key == chosen)


def plain(text: str) -> str:
    """A line of Markdown as plain text: a list that drops down shows no emphasis."""
    return unescape(strip_tags(line_html(text)))


def _ordering(question: Ordering, seed: str, language: str, answer: Any) -> dict[str, Any]:
    items = {one.key: one for one in question.items}
    is_moved = isinstance(answer, list) and sorted(answer) == sorted(items)
    order = answer if is_moved else shown(question, seed=seed)
    choices = (Choice(key, line_html(say(items[key].text, language))) for key in order)
    return {"choices": tuple(choices), "is_moved": is_moved}


def _typed(question: Numeric | Short, _seed: str, language: str, answer: Any) -> dict[str, Any]:
    unit = say(question.unit, language) if isinstance(question, Numeric) else ""
    return {"value": answer if isinstance(answer, str) else "", "unit": unit}


def _gapped(question: Gapped, seed: str, language: str, answer: Any) -> dict[str, Any]:
    texts, places = gap_texts(question, language)
    given = _texts(answer, len(question.gaps))
    slots = []
    for before, place in zip(texts, places, strict=False):
        lists = list_of_gap(question, question.gaps[place], language, seed=seed)
        choices = tuple(Choice(one, one, one == given[place]) for one in lists)
        slots.append(Slot(f"answer-{place + 1}", before, choices, given[place]))
    return {"slots": tuple(slots), "after": texts[-1]}


def gap_texts(question: Gapped, language: str) -> tuple[list[SafeString], list[int]]:
    """The pieces of HTML around the gaps, and which gap stands between them, counted from 0."""
    text = say(question.text, language)
    places = [int(one) - 1 for one in PLACE.findall(text)]
    html = line_html(PLACE.sub(GAP_MARK, text.replace(GAP_MARK, "")))
    known = [one if one < len(question.gaps) else 0 for one in places]
    # Cut at the marks and put together again around the fields, the HTML is whole.
    return [SafeString(one) for one in html.split(GAP_MARK)], known


PARTS: dict[type[Question], Callable[[Any, str, str, Any], dict[str, Any]]] = {
    Single: _choosing,
    Multiple: _choosing,
    Matching: _matching,
    Ordering: _ordering,
    Numeric: _typed,
    Short: _typed,
    Gapped: _gapped,
}


def _texts(answer: Any, length: int) -> list[str]:
    given = [str(one) for one in answer] if isinstance(answer, list) else []
    return [*given, *[""] * length][:length]


def is_answered(answer: Any) -> bool:
    """Whether anything was chosen or typed."""
    return any(answer) if isinstance(answer, list) else bool(answer)
