"""GIFT out, all texts as Markdown. What GIFT has no words for is found by reading it back."""

from collections.abc import Callable, Collection, Sequence
from fractions import Fraction
from typing import Any

from kith.methods.learning.banks.gift.answers import WEIGHT
from kith.methods.learning.banks.gift.signs import written
from kith.methods.learning.banks.markdown import from_plain
from kith.methods.learning.banks.notes import Notes, NotTaken
from kith.methods.learning.questions.numbers import decimal, percent
from kith.methods.learning.questions.schema import (
    ALL,
    NONE,
    TRUE,
    Accepted,
    Essay,
    Gapped,
    Matching,
    Multiple,
    Number,
    Numeric,
    Option,
    Question,
    Short,
    Single,
    Words,
    say,
)


def write_gift(questions: Sequence[Question], *, language: str, notes: Notes) -> bytes:
    """A file in UTF-8. Questions that GIFT has no kind for are noted and left out."""
    blocks, category = [], ""
    for question in questions:
        notes.at(0, question.key)
        try:
            block = _block(question, language)
        except NotTaken as fault:
            notes.leave_out(fault)
            continue
        if question.category != category:
            category = question.category
            blocks.append(f"$CATEGORY: $course$/top/{category}".rstrip("/"))
        blocks.append(block)
    return ("\n\n".join(blocks) + "\n").encode()


def _block(question: Question, language: str) -> str:
    write = WRITERS.get(type(question))
    if write is None:
        raise NotTaken("format_cannot", format="GIFT", kind=question.kind.value)
    title = f"::{written(question.title)}::" if question.title else ""
    stem = _text(question.stem, language)
    answer, why = write(question, language), _text(question.why, language)
    general = f"####{why}" if why else ""
    if isinstance(question, Gapped):
        before, after = _round_gap(question, language)
        return f"{_comment(question)}\n{title}[markdown]{before}{{{answer}{general}}}{after}"
    return f"{_comment(question)}\n{title}[markdown]{stem}{{{answer}{general}}}"


def _comment(question: Question) -> str:
    marks = [("id", question.key), *(("tag", one) for one in question.tags)]
    said = " ".join(f"[{name}:{text.replace(']', chr(92) + ']')}]" for name, text in marks)
    return f"// {said}"


def _text(words: Words, language: str) -> str:
    return written(say(words, language).strip())


def _why(words: Words, language: str) -> str:
    text = _text(words, language)
    return f"#{text}" if text else ""


def _single(question: Single, language: str) -> str:
    if question.is_true_or_false:
        return _true_false(question, language)
    return "".join(f"\n{_option(one, language)}" for one in question.options) + "\n"


def _option(option: Option, language: str) -> str:
    mark = "=" if option.weight == ALL else "~"
    text = _text(option.text, language)
    share = _share(option.weight, text, usual={ALL, NONE})
    return f"{mark}{share}{text}{_why(option.why, language)}"


def _true_false(question: Single, language: str) -> str:
    right = next(one for one in question.options if one.weight == ALL)
    wrong = next(one for one in question.options if one is not right)
    whys = [_why(wrong.why, language), _why(right.why, language)]
    if whys[1] and not whys[0]:
        whys[0] = "#"
    return ("T" if right.key == TRUE else "F") + "".join(whys)


def _multiple(question: Multiple, language: str) -> str:
    lines = (
        f"\n~%{percent(one.weight)}%{_text(one.text, language)}{_why(one.why, language)}"
        for one in question.options
    )
    return "".join(lines) + "\n"


def _matching(question: Matching, language: str) -> str:
    lines = [
        f"\n={_text(one.left, language)} -> {_text(one.right, language)}" for one in question.pairs
    ]
    lines += [f"\n= -> {_text(one.text, language)}" for one in question.others]
    return "".join(lines) + "\n"


def _numeric(question: Numeric, language: str) -> str:
    return "#" + "".join(_number(one, language) for one in question.numbers)


def _number(number: Number, language: str) -> str:
    why = _why(number.why, language)
    if number.low is None or number.high is None:
        if number.weight == NONE:
            return f"\n~{why}"
        written_as = "*"
    else:
        written_as = f"{decimal(number.low)}..{decimal(number.high)}"
    return f"\n={_share(number.weight, written_as)}{written_as}{why}"


def _short(question: Short, language: str) -> str:
    return "".join(_accepted(one, language) for one in question.answers_in(language))


def _accepted(one: Accepted, language: str) -> str:
    text = written(one.text)
    return f"\n={_share(one.weight, text)}{text}{_why(one.why, language)}"


def _share(weight: Fraction, text: str, *, usual: Collection[Fraction] = (ALL,)) -> str:
    """The share, unless it is a usual one; also where the text would be taken for one."""
    return "" if weight in usual and not WEIGHT.match(text) else f"%{percent(weight)}%"


def _gapped(question: Gapped, language: str) -> str:
    if len(question.gaps) != 1 or question.stem:
        raise NotTaken("format_cannot", format="GIFT", kind=question.kind.value)
    gap = question.gaps[0]
    if gap.numbers:
        return "#" + "".join(_number(one, language) for one in gap.numbers)
    answers = gap.answers_in(language)
    if not gap.chosen:
        return "".join(_accepted(one, language) for one in answers)
    options = [Option("", {language: from_plain(one.text)}, one.weight, one.why) for one in answers]
    return "".join(f"\n{_option(one, language)}" for one in options)


def _round_gap(question: Gapped, language: str) -> tuple[str, str]:
    """The text before and after the gap. A gap at the end needs something after it."""
    before, _, after = say(question.text, language).partition("{1}")
    if not after.strip():
        raise NotTaken("format_cannot", format="GIFT", kind=question.kind.value)
    return written(before), written(after)


def _essay(_question: Essay, _language: str) -> str:
    return ""


WRITERS: dict[type[Question], Callable[[Any, str], str]] = {
    Single: _single,
    Multiple: _multiple,
    Matching: _matching,
    Numeric: _numeric,
    Short: _short,
    Gapped: _gapped,
    Essay: _essay,
}
