"""Questions as questions.toml, so that reading it again gives the same questions."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from kith.methods.learning.questions.folding import parts_of
from kith.methods.learning.questions.numbers import decimal
from kith.methods.learning.questions.schema import (
    ALL,
    NONE,
    Accepted,
    Choosing,
    Essay,
    Gap,
    Gapped,
    Grading,
    Item,
    Matching,
    Multiple,
    Number,
    Numeric,
    Ordering,
    Question,
    Short,
    Single,
)
from kith.methods.learning.questions.tables import share

Row = dict[str, Any]


def write_questions(questions: Iterable[Question]) -> str:
    """The text of a questions.toml; what is as usual is left out."""
    return "\n".join(f"[[question]]\n{lines_of(row_of(one))}" for one in questions)


def row_of(question: Question) -> Row:
    """The table of a question as the file has it; numbers are Fractions."""
    row: Row = {"key": question.key, "kind": question.kind.value}
    for key in ("title", "category", "tags", "tests", "stem"):
        row[key] = getattr(question, key)
    row |= OWN[type(question)](question)
    for key in ("why", "right_why", "partly_why", "wrong_why"):
        row[key] = getattr(question, key)
    row = {key: value for key, value in row.items() if value not in ("", (), {}, [])}
    return row if question.partial else {**row, "partial": False}


def _ordering(question: Ordering) -> Row:
    usual = question.grading is Grading.PLACE
    return {"items": _items(question.items), "grading": "" if usual else question.grading.value}


def _numeric(question: Numeric) -> Row:
    return {**_numbers(question.numbers), "unit": question.unit}


def _short(question: Short) -> Row:
    return {**_typed(question.answers), **_if(case=question.case)}


def _gapped(question: Gapped) -> Row:
    gaps = [_gap(one) for one in question.gaps]
    return {"text": question.text, "gaps": gaps, **_unless(shuffle=question.shuffle)}


def _essay(question: Essay) -> Row:
    criteria = [{"key": one.key, "taught": one.taught, **one.text} for one in question.criteria]
    row = {"criteria": [_without_empty(one) for one in criteria], "words": question.words}
    for key in ("template", "example", "notes"):
        row[key] = getattr(question, key)
    return {key: value for key, value in row.items() if value}


def _if(**flags: bool) -> Row:
    """Flags that are usually off."""
    return {key: True for key, value in flags.items() if value}


def _unless(**flags: bool) -> Row:
    """Flags that are usually on."""
    return {key: False for key, value in flags.items() if not value}


def _without_empty(row: Row) -> Row:
    return {key: value for key, value in row.items() if value not in ("", {})}


def _choosing(question: Choosing) -> Row:
    several = isinstance(question, Multiple)
    right = [one.weight > 0 if several else one.weight == ALL for one in question.options]
    up = share(sum(right)) if several else ALL
    down = -share(len(right) - sum(right)) if several else NONE
    options = []
    for one, is_right in zip(question.options, right, strict=True):
        usual = one.weight == (up if is_right else down)
        row = _if(right=is_right) if usual else {"weight": str(one.weight)}
        options.append(row | dict(one.text) | ({"why": one.why} if one.why else {}))
    # A weight beside others that are as usual would change what is usual: all are written then.
    if any("weight" in one for one in options):
        for row, one in zip(options, question.options, strict=True):
            row.pop("right", None)
            row["weight"] = str(one.weight)
    truth = isinstance(question, Single) and question.is_true_or_false
    return {"options": options, **_if(true_or_false=truth), **_unless(shuffle=question.shuffle)}


def _matching(question: Matching) -> Row:
    pairs = [{"left": one.left, "right": one.right} for one in question.pairs]
    return {"pairs": pairs, "others": _items(question.others), **_unless(shuffle=question.shuffle)}


def _items(items: Sequence[Item]) -> list[Row]:
    return [dict(one.text) for one in items]


def _numbers(numbers: Sequence[Number]) -> Row:
    first = numbers[0] if len(numbers) == 1 else None
    if first and first.low is not None and first.high is not None:
        middle, around = (first.low + first.high) / 2, (first.high - first.low) / 2
        if first == Number(first.low, first.high) and _is_exact(middle) and _is_exact(around):
            return {"answer": middle, "tolerance": around}
    return {"numbers": [_number(one) for one in numbers]}


def _is_exact(number: Fraction) -> bool:
    return Fraction(decimal(number)) == number


def _number(one: Number) -> Row:
    row: Row = {
        key: value for key, value in (("low", one.low), ("high", one.high)) if value is not None
    }
    return {**row, **_weight(one.weight), **_without_empty({"why": one.why})}


def _weight(weight: Fraction) -> Row:
    return {} if weight == ALL else {"weight": str(weight)}


def _typed(answers: Sequence[Accepted]) -> Row:
    """Lists of words for each language where that is all; else a table for each answer."""
    plain = all(
        one == Accepted(one.text, one.language) and len(parts_of(one.text)) == 1 for one in answers
    )
    if not plain:
        return {"answers": [_answer(one) for one in answers]}
    return {"accepted": _by_language(answers)}


def _by_language(answers: Sequence[Accepted]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in answers:
        found.setdefault(one.language, []).append(parts_of(one.text)[0])
    return found


def _answer(one: Accepted) -> Row:
    row: Row = {"text": one.text, "language": one.language, **_weight(one.weight)}
    return row | ({"why": one.why} if one.why else {})


def _gap(gap: Gap) -> Row:
    row: Row = {"share": gap.share} if gap.share != 1 else {}
    if gap.numbers:
        return {"numbers": [_number(one) for one in gap.numbers], **row}
    return {**_answers_of_gap(gap), **_if(case=gap.case), **row}


def _answers_of_gap(gap: Gap) -> Row:
    if gap.chosen:
        sides = {"right": ALL, "wrong": NONE}
        lists: dict[str, dict[str, list[str]]] = {key: {} for key in sides}
        for key, weight in sides.items():
            for one in gap.answers:
                if one == Accepted(one.text, one.language, weight):
                    lists[key].setdefault(one.language, []).append(one.text)
        if lists["wrong"] and _in_order(lists) == list(gap.answers):
            return dict(lists)
        return {"answers": [_answer(one) for one in gap.answers], "chosen": True}
    typed = _typed(gap.answers)
    return {"right": typed["accepted"]} if "accepted" in typed else typed


def _in_order(lists: Mapping[str, Mapping[str, list[str]]]) -> list[Accepted]:
    """The answers as reading such lists gives them."""
    return [
        Accepted(text, language, weight)
        for language in dict.fromkeys([*lists["right"], *lists["wrong"]])
        for key, weight in (("right", ALL), ("wrong", NONE))
        for text in lists[key].get(language, ())
    ]


OWN: dict[type[Question], Callable[[Any], Row]] = {
    Single: _choosing,
    Multiple: _choosing,
    Matching: _matching,
    Ordering: _ordering,
    Numeric: _numeric,
    Short: _short,
    Gapped: _gapped,
    Essay: _essay,
}

# A small writer of TOML: tables of a question stand on a line each, so that people find their way.


def lines_of(row: Row) -> str:
    return "".join(f"{key} = {_value(value, top=True)}\n" for key, value in row.items())


def _value(value: Any, *, top: bool) -> str:
    if isinstance(value, int):
        return json.dumps(value)
    if isinstance(value, Fraction):
        return decimal(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)} = {_value(one, top=False)}" for key, one in value.items())
        return f"{{ {inner} }}"
    if top and value and isinstance(value[0], Mapping):
        return "[\n" + "".join(f"  {_value(one, top=False)},\n" for one in value) + "]"
    return "[" + ", ".join(_value(one, top=False) for one in value) + "]"


def _text(text: str) -> str:
    """A basic string: JSON hides the same signs in the same way, but for one."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return key if key.replace("-", "").replace("_", "").isalnum() and key.isascii() else _text(key)
