"""Moodle XML out, texts as Markdown. What it has no place for is found by reading it back."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from kith.methods.learning.banks.moodle.cloze import written_gap
from kith.methods.learning.banks.moodle.texts import MARKDOWN
from kith.methods.learning.banks.notes import Notes
from kith.methods.learning.banks.trees import Node, written_xml
from kith.methods.learning.questions.checks import PLACE
from kith.methods.learning.questions.numbers import decimal, percent
from kith.methods.learning.questions.schema import (
    ALL,
    NONE,
    TRUE,
    Essay,
    Gap,
    Gapped,
    Grading,
    Matching,
    Multiple,
    Number,
    Numeric,
    Option,
    Ordering,
    Question,
    Short,
    Single,
    Words,
    say,
)

AFTER = {
    "correctfeedback": "right_why",
    "partiallycorrectfeedback": "partly_why",
    "incorrectfeedback": "wrong_why",
}
WITH_AFTER = {"multichoice", "matching", "ordering", "gapselect", "truefalse", "shortanswer",
              "numerical"}  # fmt: skip


def write_moodle(questions: Sequence[Question], *, language: str, notes: Notes) -> bytes:
    """A file in UTF-8. Moodle has a kind for each of ours, so nothing is left out."""
    del notes
    root, category = Node("quiz"), ""
    for question in questions:
        if question.category != category:
            category = question.category
            root.children.append(_category(category))
        root.children.append(_question(question, language))
    return written_xml(root)


def _category(path: str) -> Node:
    kind = Node("category", children=[_leaf("text", f"$course$/top/{path}".rstrip("/"))])
    return Node("question", {"type": "category"}, [kind])


def _question(question: Question, language: str) -> Node:
    kind, text, parts = WRITERS[type(question)](question, language)
    node = Node("question", {"type": kind})
    title = question.title or question.key
    node.children += [
        Node("name", children=[_leaf("text", title)]),
        _text("questiontext", text),
        _text("generalfeedback", say(question.why, language)),
        _leaf("defaultgrade", "1"),
        _leaf("penalty", "0"),
        _leaf("idnumber", question.key),
    ]
    if kind in WITH_AFTER:
        node.children += [
            _text(name, say(getattr(question, key), language)) for name, key in AFTER.items()
        ]
    node.children += parts
    node.children += _tags(question)
    return node


def _tags(question: Question) -> Iterator[Node]:
    if question.tags:
        tags: list[Node | str] = [
            Node("tag", children=[_leaf("text", one)]) for one in question.tags
        ]
        yield Node("tags", children=tags)


def _leaf(tag: str, text: str) -> Node:
    return Node(tag, children=[text])


def _text(tag: str, text: str, attrs: dict[str, str] | None = None) -> Node:
    return Node(tag, {**(attrs or {}), "format": MARKDOWN}, [_leaf("text", text)])


def _answer(weight: Any, text: str, why: Words, language: str) -> Node:
    """An answer without a format of its own."""
    children: list[Node | str] = [_leaf("text", text), _text("feedback", say(why, language))]
    return Node("answer", {"fraction": percent(weight)}, children)


def _option(option: Option, language: str) -> Node:
    node = _text("answer", say(option.text, language), {"fraction": percent(option.weight)})
    node.children.append(_text("feedback", say(option.why, language)))
    return node


Parts = tuple[str, str, list[Node]]


def _choice(question: Single | Multiple, language: str) -> Parts:
    stem = say(question.stem, language)
    if isinstance(question, Single) and question.is_true_or_false:
        answers = [
            _answer(one.weight, "true" if one.key == TRUE else "false", one.why, language)
            for one in question.options
        ]
        return "truefalse", stem, answers
    parts = [
        _leaf("single", "true" if isinstance(question, Single) else "false"),
        _leaf("shuffleanswers", str(question.shuffle).lower()),
        _leaf("answernumbering", "none"),
        *(_option(one, language) for one in question.options),
    ]
    return "multichoice", stem, parts


def _matching(question: Matching, language: str) -> Parts:
    rows = [(say(one.left, language), say(one.right, language)) for one in question.pairs]
    rows += [("", say(one.text, language)) for one in question.others]
    parts = [_leaf("shuffleanswers", str(question.shuffle).lower())]
    for left, right in rows:
        node = _text("subquestion", left)
        node.children.append(Node("answer", children=[_leaf("text", right)]))
        parts.append(node)
    return "matching", say(question.stem, language), parts


def _ordering(question: Ordering, language: str) -> Parts:
    partly = "1" if question.grading is Grading.NEXT else "0"
    parts = [
        _leaf("layouttype", "0"),
        _leaf("selecttype", "0"),
        _leaf("selectcount", "0"),
        _leaf("gradingtype", partly if question.partial else "-1"),
    ]
    parts += [
        _text("answer", say(one.text, language), {"fraction": str(place)})
        for place, one in enumerate(question.items, start=1)
    ]
    return "ordering", say(question.stem, language), parts


def _numeric(question: Numeric, language: str) -> Parts:
    parts = [_number(one, language) for one in question.numbers]
    if unit := say(question.unit, language):
        inner: list[Node | str] = [_leaf("multiplier", "1"), _leaf("unit_name", unit)]
        parts.append(Node("units", children=[Node("unit", children=inner)]))
        parts.append(_leaf("unitgradingtype", "0"))
    return "numerical", say(question.stem, language), parts


def _number(one: Number, language: str) -> Node:
    if one.low is None or one.high is None:
        return _answer(one.weight, "*", one.why, language)
    node = _answer(one.weight, decimal((one.low + one.high) / 2), one.why, language)
    node.children.append(_leaf("tolerance", decimal((one.high - one.low) / 2)))
    return node


def _short(question: Short, language: str) -> Parts:
    parts = [_leaf("usecase", "1" if question.case else "0")]
    parts += [
        _answer(one.weight, one.text, one.why, language) for one in question.answers_in(language)
    ]
    return "shortanswer", say(question.stem, language), parts


def _gapped(question: Gapped, language: str) -> Parts:
    lists = [_simple_list(gap, language) for gap in question.gaps]
    text = say(question.text, language)
    if all(lists) and not question.stem:
        return "gapselect", PLACE.sub(r"[[\1]]", text), _selections(question, lists)
    gaps = [written_gap(gap, language) for gap in question.gaps]
    filled = PLACE.sub(lambda found: gaps[int(found[1]) - 1], text)
    stem = say(question.stem, language)
    return "cloze", f"{stem}\n\n{filled}" if stem else filled, []


def _simple_list(gap: Gap, language: str) -> list[str]:
    """The list of a gap that gapselect can hold, the right one first; empty for any other gap."""
    answers = gap.answers_in(language)
    texts = [one.text for one in answers]
    weights = [one.weight for one in answers]
    plain = gap.chosen and gap.share == 1 and not any(one.why for one in answers)
    once = len(set(texts)) == len(texts)
    return texts if plain and once and weights == [ALL] + [NONE] * (len(texts) - 1) else []


def _selections(question: Gapped, lists: list[list[str]]) -> list[Node]:
    """First the right choice of each gap, then the wrong ones; the group says whose they are."""
    choices = [(group, one[0]) for group, one in enumerate(lists, start=1)]
    choices += [(group, text) for group, one in enumerate(lists, start=1) for text in one[1:]]
    parts = [_leaf("shuffleanswers", "1" if question.shuffle else "0")]
    for group, text in choices:
        inner: list[Node | str] = [_leaf("text", text), _leaf("group", str(group))]
        parts.append(Node("selectoption", children=inner))
    return parts


def _essay(question: Essay, language: str) -> Parts:
    told = [say(question.notes, language)]
    told += [f"- {say(one.text, language)}" for one in question.criteria]
    told.append(say(question.example, language))
    parts = [
        _leaf("responseformat", "plain"),
        _leaf("attachments", "0"),
        _text("responsetemplate", say(question.template, language)),
        _text("graderinfo", "\n\n".join(one for one in told if one)),
    ]
    return "essay", say(question.stem, language), parts


WRITERS: dict[type[Question], Callable[[Any, str], Parts]] = {
    Single: _choice,
    Multiple: _choice,
    Matching: _matching,
    Ordering: _ordering,
    Numeric: _numeric,
    Short: _short,
    Gapped: _gapped,
    Essay: _essay,
}
