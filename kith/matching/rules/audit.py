"""What a run did for whom: waiting, the worst-served groups of ten and more, greedy beside it."""

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from kith.methods.matching.beside import one_after_the_other
from kith.methods.matching.profile import Participant
from kith.methods.matching.result import Result
from kith.methods.matching.settings import waiting_days

SMALLEST_GROUP = 10
"""Smaller groups are not shown: a figure about a few people is a figure about somebody."""
WORST_SHOWN = 5

Audit = dict[str, Any]


def audit_of(result: Result) -> Audit:
    """Figures about a run as plain values; nothing in them is about one person."""
    people = result.problem.participants
    served = {pair.participant for pair in result.pairs}
    return {
        "waiting": _waiting(result, served),
        "languages": _worst(people, served, _languages),
        "districts": _worst(people, served, lambda one: [one.region] if one.region else []),
        "greedy": _greedy(result),
    }


def digest_of(result: Result) -> str:
    """The fingerprint of what came out: equal when a repetition gives the same bytes."""
    pairs = [[pair.participant, pair.mentor, pair.fit] for pair in result.pairs]
    proof = [result.certificate.primal, result.certificate.dual]
    text = json.dumps([pairs, list(result.unmatched), proof], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _waiting(result: Result, served: set[str]) -> dict[str, int | None]:
    days = dict(
        zip(
            (one.id for one in result.problem.participants),
            waiting_days(result.problem),
            strict=True,
        )
    )
    known = {key: number for key, number in days.items() if number is not None}
    with_pair = [number for key, number in known.items() if key in served]
    without = [number for key, number in known.items() if key not in served]
    return {
        "median": _quantile(with_pair, 0.5),
        "p90": _quantile(with_pair, 0.9),
        "unmatched_p90": _quantile(without, 0.9),
    }


def _quantile(numbers: list[int], part: float) -> int | None:
    return int(np.quantile(numbers, part, method="nearest")) if numbers else None


def _languages(person: Participant) -> Iterable[str]:
    """Languages somebody speaks well enough to be helped in."""
    return person.languages


def _worst(
    people: Iterable[Participant],
    served: set[str],
    groups: Callable[[Participant], Iterable[str]],
) -> list[dict[str, Any]]:
    """Groups of SMALLEST_GROUP people and more, those first of whom the fewest have a pair."""
    size: dict[str, int] = {}
    paired: dict[str, int] = {}
    for person in people:
        for group in groups(person):
            size[group] = size.get(group, 0) + 1
            paired[group] = paired.get(group, 0) + (person.id in served)
    large = [group for group, number in size.items() if number >= SMALLEST_GROUP]
    large.sort(key=lambda group: (paired[group] / size[group], group))
    return [
        {"group": group, "people": size[group], "paired": paired[group]}
        for group in large[:WORST_SHOWN]
    ]


def _greedy(result: Result) -> dict[str, int] | None:
    """What serving people one after the other would have given; None where too large."""
    found = one_after_the_other(result)
    return {"pairs": found.matched, "fit": found.total_fit} if found else None
