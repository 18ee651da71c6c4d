"""Which questions a learner gets and in what order things stand. The same seed gives the same."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from kith.methods.learning.questions.schema import (
    Choosing,
    Essay,
    Gap,
    Gapped,
    Matching,
    Ordering,
    Question,
)

One = TypeVar("One")


def draw(
    questions: Sequence[Question], *, count: int, seed: str, seen: Iterable[str] = ()
) -> tuple[Question, ...]:
    """So many questions of a bank, in an order of their own. Open questions are never drawn.

    seen     keys of questions of earlier attempts, once for each time; the least seen come first
    returns  count questions, or all there are
    """
    times = Counter(seen)
    marked = [one for one in questions if not isinstance(one, Essay)]
    order = sorted(marked, key=lambda one: (times[one.key], _hash(seed, "draw", one.key)))
    return tuple(sorted(order[:count], key=lambda one: _hash(seed, "order", one.key)))


def shown(question: Question, *, seed: str) -> tuple[str, ...]:
    """The keys of options, right sides or items in the order they stand; empty for other kinds.

    Items of an order never stand in the right one, unless all of them say the same.
    """
    if isinstance(question, Ordering):
        return _wrong_order(question, seed)
    if isinstance(question, Choosing):
        keys = [one.key for one in question.options]
        return _mixed(keys, question, seed) if question.shuffle else tuple(keys)
    if isinstance(question, Matching):
        keys = [one.key for one in question.rights()]
        return _mixed(keys, question, seed) if question.shuffle else tuple(keys)
    return ()


def list_of_gap(question: Gapped, gap: Gap, language: str, *, seed: str) -> tuple[str, ...]:
    """What stands on the list of a gap, each text once; empty for a gap that is typed."""
    if not gap.chosen:
        return ()
    texts = list(dict.fromkeys(one.text for one in gap.answers_in(language)))
    return _mixed(texts, question, seed) if question.shuffle else tuple(texts)


def _wrong_order(question: Ordering, seed: str) -> tuple[str, ...]:
    texts = {one.key: one.text for one in question.items}
    right = [one.key for one in question.items]
    mixed = list(_mixed(right, question, seed))
    while [texts[key] for key in mixed] == [texts[key] for key in right] and mixed:
        turned = [*mixed[1:], mixed[0]]
        if turned == right or len(mixed) < 2:
            break
        mixed = turned
    return tuple(mixed)


def _mixed(keys: Sequence[str], question: Question, seed: str) -> tuple[str, ...]:
    return tuple(sorted(keys, key=lambda key: _hash(seed, question.key, key)))


def _hash(seed: str, *parts: str) -> bytes:
    """Chance that can be repeated. Lengths are hashed too: a, bc is not ab, c."""
    key = hashlib.blake2b(seed.encode(), digest_size=32).digest()
    told = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.blake2b(told.encode(), key=key, digest_size=16).digest()
