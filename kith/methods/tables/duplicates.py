"""Rows of one list that may be the same person, with the reason. People decide."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Protocol

from kith.methods.tables.check import CheckedRow

SHORTEST_NEAR = 4
LARGEST_GROUP = 50  # a pair of words that more rows share than this says nothing


class NameRules(Protocol):
    """How names are compared; `kith.methods.names` is one."""

    def tokens(self, text: str) -> list[str]: ...
    def keys(self, text: str) -> set[str]: ...
    def query_keys(self, text: str) -> list[frozenset[str]]: ...
    def similar(self, a: str, b: str) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Duplicate:
    """row may repeat the earlier one; sure when name and phone or e-mail are the same."""

    row: int
    earlier: int
    code: str
    sure: bool


_STRENGTH = (
    "duplicate_same_phone",
    "duplicate_same_email",
    "duplicate_same_name",
    "duplicate_similar_same_contact",
    "duplicate_similar_name",
)


def find_duplicates(rows: Sequence[CheckedRow], *, names: NameRules) -> list[Duplicate]:
    """For each row the earlier row that it most likely repeats, in the order of the list."""
    groups = _Groups(names)
    found = []
    for row in rows:
        name = row.values.get("name")
        if not name:
            continue
        candidates = groups.candidates(row)
        reasons = [reason for other in candidates if (reason := _compare(row, other, names))]
        if reasons:
            found.append(
                min(reasons, key=lambda reason: (_STRENGTH.index(reason.code), reason.earlier))
            )
        groups.add(row)
    return found


def _compare(row: CheckedRow, other: CheckedRow, names: NameRules) -> Duplicate | None:
    likeness = names.similar(row.values["name"], other.values["name"])
    if likeness is None:
        return None
    phone, email = (_same(row, other, key) for key in ("phone", "email"))
    if likeness != "same_words":
        code = "duplicate_similar_same_contact" if phone or email else "duplicate_similar_name"
        return Duplicate(row.number, other.number, code, sure=False)
    if phone or email:
        code = "duplicate_same_phone" if phone else "duplicate_same_email"
        return Duplicate(row.number, other.number, code, sure=True)
    return Duplicate(row.number, other.number, "duplicate_same_name", sure=False)


def _same(row: CheckedRow, other: CheckedRow, key: str) -> bool:
    mine, theirs = row.values.get(key), other.values.get(key)
    return bool(mine) and str(mine).casefold() == str(theirs).casefold()


@dataclass
class _Groups:
    """Rows seen so far by what they share, so that not every row is compared with every other."""

    names: NameRules
    held: dict[object, list[CheckedRow]] = field(default_factory=lambda: defaultdict(list))
    skeletons: dict[str, tuple[bool, set[str]]] = field(default_factory=dict)

    def add(self, row: CheckedRow) -> None:
        for key in self._keys(row, asking=False):
            if len(self.held[key]) < LARGEST_GROUP:
                self.held[key].append(row)

    def candidates(self, row: CheckedRow) -> list[CheckedRow]:
        found: dict[int, CheckedRow] = {}
        for key in self._keys(row, asking=True):
            found.update((other.number, other) for other in self.held.get(key, ()))
        return list(found.values())

    def _keys(self, row: CheckedRow, *, asking: bool) -> Iterator[object]:
        for contact in ("phone", "email"):
            if row.values.get(contact):
                yield contact, str(row.values[contact]).casefold()
        words = self.names.tokens(row.values["name"])
        if len(words) == 1:
            yield ("alone", words[0])
        for first, second in combinations(sorted(words), 2):
            yield ("pair", first, second)
            yield from _near(first, second, asking=asking)
            yield from _near(second, first, asking=asking)
        yield from self._across_scripts(row.values["name"].split(), asking=asking)

    def _across_scripts(self, words: list[str], *, asking: bool) -> Iterator[object]:
        """Pairs of consonants, held by one script and asked for by the other."""
        skeletons = [self._consonants(word) for word in words]
        arabic = any(is_arabic for is_arabic, _ in skeletons)
        side = "arabic" if arabic is not asking else "latin"
        found = [keys for is_arabic, keys in skeletons if keys and is_arabic is arabic]
        for one, two in combinations(found, 2):
            for first, second in product(one, two):
                yield (side, *sorted((first, second)))

    def _consonants(self, word: str) -> tuple[bool, set[str]]:
        """Whether a word is in Arabic script, and the `^` keys it has or asks for."""
        if word not in self.skeletons:
            keys = self.names.keys(word)
            arabic = any(key.startswith("~") for key in keys)
            found = set().union(*self.names.query_keys(word)) if arabic else keys
            self.skeletons[word] = arabic, {key for key in found if key.startswith("^")}
        return self.skeletons[word]


def _near(same: str, other: str, *, asking: bool) -> Iterator[object]:
    """One word the same, the other a letter apart: then its first or its last half is the same."""
    if len(other) < SHORTEST_NEAR:
        return
    for length in (len(other) - 1, len(other), len(other) + 1) if asking else (len(other),):
        half = length // 2
        yield ("first half", same, other[:half], length)
        yield ("last half", same, other[1 - half :] if half > 1 else "", length)
