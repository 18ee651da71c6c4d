"""Questions from questions.toml. docs/courses.md lists the keys; every fault comes with its key."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from kith.methods.learning.questions.checks import structure_faults
from kith.methods.learning.questions.faults import Fault, Faults
from kith.methods.learning.questions.folding import as_pattern
from kith.methods.learning.questions.numbers import plain_number
from kith.methods.learning.questions.schema import (
    ALL,
    ENGLISH,
    FALSE,
    KINDS,
    NONE,
    TRUE,
    Accepted,
    Criterion,
    Gap,
    Grading,
    Item,
    Kind,
    Number,
    Option,
    Pair,
    Question,
    key_at,
)
from kith.methods.learning.questions.tables import Table, share


@dataclass(frozen=True, slots=True)
class Read:
    """The questions of a file that can be used, and what is wrong with the others."""

    questions: tuple[Question, ...]
    faults: tuple[Fault, ...]


def read_questions(content: bytes) -> Read:
    """The questions of a questions.toml and every fault in it. Never raises."""
    try:
        table = tomllib.loads(content.decode("utf-8-sig"), parse_float=_number_read)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as fault:
        return Read((), (Fault("", "", "file_unreadable", {"said": str(fault)}),))
    return questions_of(table)


def questions_of(table: Mapping[str, Any]) -> Read:
    """The same for a table that was read already, numbers as int or Fraction."""
    of_file = Faults("")
    top = Table(table, "", of_file)
    rows = top.needed_tables("question")
    top.close()
    found: list[Question] = []
    faults = list(of_file.found)
    keys: set[str] = set()
    for place, row in enumerate(rows, start=1):
        question, wrong = _question(row.values, place, keys)
        faults += wrong
        if question and not wrong:
            found.append(question)
    return Read(tuple(found), tuple(faults))


def _number_read(text: str) -> Fraction | str:
    # A number that is none (inf, nan) or of thousands of digits stays a text: a fault with its key.
    number = plain_number(text.replace("_", ""))
    return text if number is None else number


def _question(
    values: Mapping[str, Any], place: int, keys: set[str]
) -> tuple[Question | None, list[Fault]]:
    key = values.get("key")
    named = isinstance(key, str) and key.strip() != ""
    faults = Faults(key if isinstance(key, str) and named else str(place))
    table = Table(values, "", faults)
    if not named:
        table.fault("key", "key_wrong" if table.has("key") else "key_missing", needs="a text")
    elif key in keys:
        table.fault("key", "key_twice")
    keys.add(str(key))
    kind = table.text("kind")
    if kind not in set(Kind):
        table.fault("kind", "kind_unknown", kind=kind)
        return None, faults.found
    question = KINDS[Kind(kind)](**_common(table), **READERS[Kind(kind)](table))
    table.close()
    if not faults.found:
        faults.found += structure_faults(question)
    return question, faults.found


def _common(table: Table) -> dict[str, Any]:
    stem = table.words if table.values.get("kind") == Kind.GAP else table.needed_words
    return {
        "key": table.text("key"),
        "stem": stem("stem"),
        "title": table.text("title"),
        "tests": table.text("tests"),
        "why": table.words("why"),
        "right_why": table.words("right_why"),
        "partly_why": table.words("partly_why"),
        "wrong_why": table.words("wrong_why"),
        "partial": table.truth("partial", usual=True),
        "category": table.text("category"),
        "tags": table.texts("tags"),
    }


def _single(table: Table) -> dict[str, Any]:
    found = _options(table, right=ALL, wrong=NONE)
    if table.truth("true_or_false", usual=False) and len(found["options"]) == 2:
        keys = (TRUE, FALSE)
        found["options"] = tuple(
            Option(key, one.text, one.weight, one.why)
            for key, one in zip(keys, found["options"], strict=True)
        )
    return found


def _multiple(table: Table) -> dict[str, Any]:
    rows = table.values.get("options")
    rows = [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
    right = sum(one.get("right") is True for one in rows)
    return _options(table, right=share(right), wrong=-share(len(rows) - right))


def _options(table: Table, *, right: Fraction, wrong: Fraction) -> dict[str, Any]:
    options = []
    for place, row in enumerate(table.needed_tables("options")):
        usual = right if row.truth("right", usual=False) else wrong
        weight, why = row.weight("weight", usual), row.words("why")
        options.append(Option(key_at(place), row.own_words(), weight, why))
        row.close()
    return {"options": tuple(options), "shuffle": table.truth("shuffle", usual=True)}


def _matching(table: Table) -> dict[str, Any]:
    pairs = []
    for place, row in enumerate(table.needed_tables("pairs")):
        left, right = row.needed_words("left"), row.needed_words("right")
        pairs.append(Pair(key_at(place), left, right))
        row.close()
    others = _items(table.tables("others"), start=len(pairs))
    return {"pairs": tuple(pairs), "others": others, "shuffle": table.truth("shuffle", usual=True)}


def _ordering(table: Table) -> dict[str, Any]:
    grading = table.text("grading", Grading.PLACE)
    if grading not in set(Grading):
        table.fault("grading", "key_wrong", needs="place or next")
        grading = Grading.PLACE
    items = _items(table.needed_tables("items"), start=0)
    return {"items": items, "grading": Grading(grading)}


def _items(rows: Iterable[Table], *, start: int) -> tuple[Item, ...]:
    found = []
    for place, row in enumerate(rows, start=start):
        found.append(Item(key_at(place), row.own_words()))
        row.close()
    return tuple(found)


def _numeric(table: Table) -> dict[str, Any]:
    return {"numbers": _one_number(table) or _numbers(table), "unit": table.words("unit")}


def _one_number(table: Table) -> tuple[Number, ...]:
    answer, tolerance = table.number("answer"), table.number("tolerance") or NONE
    if answer is None:
        if not table.has("numbers"):
            table.fault("answer", "key_missing")
        return ()
    if tolerance < 0:
        table.fault("tolerance", "key_wrong", needs="a number of 0 or more")
    return (Number(answer - tolerance, answer + tolerance),)


def _numbers(table: Table) -> tuple[Number, ...]:
    found = []
    for row in table.tables("numbers"):
        low, high = row.number("low"), row.number("high")
        found.append(Number(low, high, row.weight("weight", ALL), row.words("why")))
        row.close()
    return tuple(found)


def _short(table: Table) -> dict[str, Any]:
    lists = table.lists("accepted")
    answers = tuple(
        Accepted(as_pattern(text), language) for language, texts in lists.items() for text in texts
    )
    found = answers or _answers(table)
    if not found:
        table.fault("accepted", "key_missing")
    return {"answers": found, "case": table.truth("case", usual=False)}


def _answers(table: Table) -> tuple[Accepted, ...]:
    found = []
    for row in table.tables("answers"):
        text, language = row.text("text"), row.text("language", ENGLISH)
        found.append(Accepted(text, language, row.weight("weight", ALL), row.words("why")))
        row.close()
    return tuple(found)


def _gapped(table: Table) -> dict[str, Any]:
    gaps = tuple(map(_gap, table.needed_tables("gaps")))
    shuffle = table.truth("shuffle", usual=True)
    return {"text": table.needed_words("text"), "gaps": gaps, "shuffle": shuffle}


def _gap(row: Table) -> Gap:
    right, wrong = row.lists("right"), row.lists("wrong")
    answers = _answers(row) or _from_lists(right, wrong)
    gap = Gap(
        answers=answers,
        numbers=_numbers(row),
        chosen=row.truth("chosen", usual=bool(wrong)),
        case=row.truth("case", usual=False),
        share=row.whole("share", 1),
    )
    if not gap.answers and not gap.numbers:
        row.fault("right", "key_missing")
    row.close()
    return gap


def _from_lists(
    right: Mapping[str, tuple[str, ...]], wrong: Mapping[str, tuple[str, ...]]
) -> tuple[Accepted, ...]:
    # On a list a star is only a sign; where people type, it would stand for any letters.
    written: Callable[[str], str] = str if wrong else as_pattern
    return tuple(
        Accepted(written(text), language, weight)
        for language in dict.fromkeys([*right, *wrong])
        for weight, texts in ((ALL, right), (NONE, wrong))
        for text in texts.get(language, ())
    )


def _essay(table: Table) -> dict[str, Any]:
    criteria = []
    for row in table.tables("criteria"):
        key, taught = row.text("key"), row.text("taught")
        criteria.append(Criterion(key, row.own_words(), taught))
        row.close()
    return {
        "words": table.whole("words", 0),
        "criteria": tuple(criteria),
        "template": table.words("template"),
        "example": table.words("example"),
        "notes": table.words("notes"),
    }


READERS: dict[Kind, Callable[[Table], dict[str, Any]]] = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.MATCHING: _matching,
    Kind.ORDERING: _ordering,
    Kind.NUMERIC: _numeric,
    Kind.SHORT: _short,
    Kind.GAP: _gapped,
    Kind.ESSAY: _essay,
}
