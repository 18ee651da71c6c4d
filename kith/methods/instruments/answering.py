"""Answers by the keys of a form, kids.0.name, put into the answers of a questionnaire."""

from collections.abc import Mapping
from typing import Any

from kith.methods.instruments.filling import Answers
from kith.methods.instruments.state import MOST_ENTRIES, OUTSIDE

Nested = dict[str, "str | list[dict[str, str]]"]


def cell_key(name: str, entry: int, repeat: str) -> str:
    """The key of an answer: the question, or kids.0.name within a repeat."""
    return name if entry == OUTSIDE else f"{repeat}.{entry}.{name}"


def with_answers(answers: Answers, given: Mapping[str, str]) -> Nested:
    """The answers with some more; an empty text takes one out."""
    found = _copied(answers)
    for key, text in given.items():
        _put(found, key.rsplit(".", 2) if _in_repeat(key) else [key], text.strip())
    return found


def with_entry(answers: Answers, repeat: str, *, entries: int) -> Nested:
    """The answers with one more entry of a repeat, after those that are shown."""
    found = _copied(answers)
    rows = _rows(found, repeat, entries)
    if len(rows) < MOST_ENTRIES:
        rows.append({})
    return found


def without_entry(answers: Answers, repeat: str, entry: int, *, entries: int) -> Nested:
    """The answers without one entry of a repeat; those after it move up."""
    found = _copied(answers)
    rows = _rows(found, repeat, entries)
    if 0 <= entry < len(rows):
        del rows[entry]
    return found


def without_empty(answers: Answers) -> Nested:
    """The answers without the entries in which nothing was answered."""
    found = _copied(answers)
    return {
        name: given if isinstance(given, str) else [row for row in given if row]
        for name, given in found.items()
    }


def _in_repeat(key: str) -> bool:
    parts = key.rsplit(".", 2)
    return len(parts) == 3 and parts[1].isascii() and parts[1].isdigit()


def _put(found: Nested, parts: list[str], text: str) -> None:
    row: dict[str, Any] = found
    if len(parts) == 3:
        repeat, entry, _ = parts
        if int(entry) >= MOST_ENTRIES:
            return
        row = _rows(found, repeat, int(entry) + 1)[int(entry)]
    row.pop(parts[-1], None)
    if text:
        row[parts[-1]] = text


def _rows(found: Nested, repeat: str, entries: int) -> list[dict[str, str]]:
    """The entries of a repeat, at least so many."""
    known = found.get(repeat)
    rows = known if isinstance(known, list) else []
    rows += [{} for _ in range(min(entries, MOST_ENTRIES) - len(rows))]
    found[repeat] = rows
    return rows


def _copied(answers: Answers) -> Nested:
    return {
        name: given if isinstance(given, str) else [dict(row) for row in given]
        for name, given in answers.items()
    }
