"""Questions in one language only: files of banks hold no more."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from kith.methods.learning.questions.checks import texts_of
from kith.methods.learning.questions.schema import (
    Accepted,
    Gapped,
    Question,
    Short,
    in_language,
    say,
)

Record = TypeVar("Record")


def in_one(question: Question, language: str) -> Question:
    """The question with texts in one language; others stand in where there is none."""
    return _one(question, language)


def languages_of(question: Question) -> set[str]:
    found = {language for _key, words in texts_of(question) for language in words}
    lists = [question.answers] if isinstance(question, Short) else []
    if isinstance(question, Gapped):
        lists += [gap.answers for gap in question.gaps]
    return found | {one.language for answers in lists for one in answers}


def lacks(question: Question, language: str) -> bool:
    """Whether some of its texts are not there in a language."""
    return any(words and not words.get(language) for _key, words in texts_of(question))


def _one(record: Record, language: str) -> Record:
    changed = {
        one.name: _value(getattr(record, one.name), language)
        for one in fields(record)  # type: ignore[arg-type]
    }
    return replace(record, **changed)  # type: ignore[type-var]


def _value(value: Any, language: str) -> Any:
    if isinstance(value, Mapping):
        text = say(value, language)
        return {language: text} if text else {}
    if isinstance(value, tuple):
        if value and isinstance(value[0], Accepted):
            value = tuple(replace(one, language=language) for one in in_language(value, language))
        return tuple(_value(one, language) for one in value)
    return _one(value, language) if is_dataclass(value) else value
