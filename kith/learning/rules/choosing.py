"""A question with options from what was typed in English; other languages and shares stay."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from kith.methods.learning.questions.schema import (
    ALL,
    ENGLISH,
    NONE,
    Choosing,
    Multiple,
    Option,
    Single,
    Words,
    key_at,
)
from kith.methods.learning.questions.tables import share


@dataclass(frozen=True)
class TypedOption:
    """An option as typed in English. place: of the option that stood there, from 0."""

    place: int
    text: str
    right: bool
    why: str


@dataclass(frozen=True)
class TypedQuestion:
    stem: str
    tests: str
    options: tuple[TypedOption, ...]


def asked(typed: TypedQuestion, *, one_right: bool, key: str) -> Choosing:
    """A new question."""
    kind = Single if one_right else Multiple
    empty = kind(key=key, stem={}, options=())
    return changed(empty, typed)


def changed(old: Choosing, typed: TypedQuestion) -> Choosing:
    """The question in another English wording."""
    options = tuple(_option(old, one) for one in typed.options)
    if not _keeps_shares(old, typed.options):
        options = _shared(old, options, typed.options)
    if not (isinstance(old, Single) and old.is_true_or_false and len(options) == len(old.options)):
        options = tuple(replace(one, key=key_at(at)) for at, one in enumerate(options))
    stem = _worded(old.stem, typed.stem)
    return replace(old, stem=stem, tests=typed.tests, options=options)


def _option(old: Choosing, typed: TypedOption) -> Option:
    known = old.options[typed.place] if typed.place < len(old.options) else Option("", {})
    return replace(known, text=_worded(known.text, typed.text), why=_worded(known.why, typed.why))


def _worded(words: Words, text: str) -> Words:
    """Without English, a text that has to have it, nothing is left."""
    return {**words, ENGLISH: text} if text else {}


def _keeps_shares(old: Choosing, typed: Sequence[TypedOption]) -> bool:
    """Whether the same options stand there and the same of them are right."""
    return [one.place for one in typed] == list(range(len(old.options))) and all(
        one.right == (old.options[one.place].weight > 0) for one in typed
    )


def _shared(
    old: Choosing, options: Sequence[Option], typed: Sequence[TypedOption]
) -> tuple[Option, ...]:
    right = sum(one.right for one in typed)
    up, down = ALL, NONE
    if isinstance(old, Multiple):
        up, down = share(right), -share(len(typed) - right)
    weights: list[Fraction] = [up if one.right else down for one in typed]
    return tuple(replace(one, weight=weight) for one, weight in zip(options, weights, strict=True))
