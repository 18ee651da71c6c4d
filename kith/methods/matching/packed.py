"""What people list, packed into words: a gate is one AND, a sum over topics one product.

For the tables (see there), made once for a round; an array has one column for each person.
"""

from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from kith.methods.matching.lines import (
    HOBBIES,
    INTERESTS,
    LANGUAGES,
    MEETS,
    OPEN,
    REQUIRED,
    SPOKEN,
    TOPICS,
    WISHES,
    Mentors,
    People,
)
from kith.methods.matching.profile import FULL_SKILL, Bools, Ints
from kith.methods.matching.weigh import LEAST_LEVEL

BITS = 30
"""Lines in a word of bits, beside the two of who states nothing."""
ANY_MENTOR, ANY_ROW = np.uint32(1 << 30), np.uint32(1 << 31)
"""A bit of every row, and of every mentor: who states nothing has the other's too."""

WORD = 64
LEVEL_BITS = 4
"""Bits of a language: one for each level above the first."""
LEVELS = np.array([np.bitwise_count(bits) + 1 for bits in range(1 << LEVEL_BITS)], dtype=np.uint8)

Table = NDArray[np.uint8]
Bits = NDArray[np.uint32]
Words = NDArray[np.uint64]


class Named(NamedTuple):
    """The lines of Mentors.small that participants list, of each kind, and digits of a sum."""

    wishes: Ints
    required: Ints
    likes: Ints
    spoken: Ints
    digits: int


class Rows(NamedTuple):
    """Participants.

    whole (16, n)                     see People.whole
    talk, topics, marks, likes        bits (words, n): languages spoken well enough, wishes,
                                      marks required, interests
    wishes, levels                    importance of topics and levels of languages (words, n)
    wished, liked (n,)                importance of all wishes; number of interests
    says (n,)                         whether languages are stated
    """

    whole: Any
    talk: Bits
    topics: Bits
    marks: Bits
    likes: Bits
    wishes: Words
    levels: Words
    wished: Ints
    liked: Ints
    says: Bools


class Columns(NamedTuple):
    """Mentors.

    whole (11, m)                     see Mentors.whole
    small (4, m)                      0 or 1: meets online, states topics, interests, languages
    talk, topics, marks, likes        bits (words, m), of the lines that rows name
    skills, levels                    of topics and of languages (words, m)
    """

    whole: Any
    small: Any
    talk: Bits
    topics: Bits
    marks: Bits
    likes: Bits
    skills: Words
    levels: Words


Side = TypeVar("Side", Rows, Columns)


def taken(side: Side, which: Any) -> Side:
    """Some of them."""
    some: Any = [values[..., which] for values in side]
    return type(side)(*some)


def packed_people(people: People) -> tuple[Rows, Named]:
    """All participants, and what the mentors are to be packed by."""
    wishes, wish_lines = _lists(people, WISHES)
    required, required_lines = _lists(people, REQUIRED)
    likes, like_lines = _lists(people, HOBBIES)
    spoken, spoken_lines = _lists(people, SPOKEN)
    # The product of two digits, summed over all digits of a word, must not run over.
    digits = 8 if 8 * FULL_SKILL * int(wishes.max(initial=0)) < 1 << 8 else 4
    wished: Ints = wishes.sum(axis=0, dtype=np.int64)
    says = np.asarray(spoken.any(axis=0), dtype=np.bool_)
    whole = people.whole.T.copy()
    rows = Rows(
        whole=whole,
        talk=_open(_bits(spoken >= LEAST_LEVEL), ~says | (whole[OPEN] == 1), ANY_MENTOR, ANY_ROW),
        topics=_open(_bits(wishes > 0), wished == 0, ANY_MENTOR, ANY_ROW),
        marks=_bits(required > 0),
        likes=_bits(likes > 0),
        wishes=_digits(wishes, digits),
        levels=_digits(_unary(spoken), WORD // LEVEL_BITS),
        wished=wished,
        liked=likes.sum(axis=0, dtype=np.int64),
        says=says,
    )
    return rows, Named(wish_lines, required_lines, like_lines, spoken_lines, digits)


def packed_mentors(mentors: Mentors, named: Named) -> Columns:
    """Mentors in their order."""
    small = mentors.small
    silent = small[[TOPICS, LANGUAGES]] == 0
    return Columns(
        whole=mentors.whole,
        small=small[[MEETS, TOPICS, INTERESTS, LANGUAGES]],
        talk=_open(_bits(small[named.spoken] >= LEAST_LEVEL), silent[1], ANY_ROW, ANY_MENTOR),
        topics=_open(_bits(small[named.wishes] > 0), silent[0], ANY_ROW, ANY_MENTOR),
        marks=_bits(small[named.required] > 0),
        likes=_bits(small[named.likes] > 0),
        skills=_digits(small[named.wishes], named.digits, backwards=True),
        levels=_digits(_unary(small[named.spoken]), WORD // LEVEL_BITS),
    )


def share(mine: Bits, theirs: Bits) -> Bools:
    """(n, m) whether both have a bit, or one of the two states nothing."""
    shared = (mine[0][:, None] & theirs[0]) != 0
    for row, mentor in zip(mine[1:], theirs[1:], strict=True):
        shared |= (row[:, None] & mentor) != 0
    return np.asarray(shared)


def in_common(mine: Bits, theirs: Bits, at: Ints, to: Ints) -> Table:
    """(k,) how many bits both have."""
    number = np.zeros(len(at), dtype=np.uint8)
    for row, mentor in zip(mine, theirs, strict=True):
        number += np.bitwise_count(row[at] & mentor[to])
    return number


def sums(wishes: Words, skills: Words, digits: int, at: Ints, to: Ints) -> Words:
    """(k,) importance times skill, summed over topics.

    The digits of the mentors stand in the opposite order: so the highest digit of the product is
    the sum over one word, for no lower one runs over.
    """
    total = np.zeros(len(at), dtype=np.uint64)
    for mine, theirs in zip(wishes, skills, strict=True):
        total += (mine[at] * theirs[to]) >> np.uint64(WORD - WORD // digits)
    return total


def best_levels(mine: Words, theirs: Words, at: Ints, to: Ints) -> Table:
    """(k,) the best level at which both speak one language, 1 where it is lower or none."""
    shared = np.zeros(len(at), dtype=np.uint64)
    for row, mentor in zip(mine, theirs, strict=True):
        shared |= row[at] & mentor[to]
    for half in (32, 16, 8, 4):
        shared |= shared >> np.uint64(half)
    best: Table = LEVELS[shared.astype(np.uint8) & np.uint8(len(LEVELS) - 1)]
    return best


def _lists(people: People, kind: int) -> tuple[Table, Ints]:
    """One of the lists of everybody as a table (lines, n), and which lines they are."""
    first, last = people.start[:, kind], people.start[:, kind + 1]
    at = np.repeat(np.arange(len(first)), last - first)
    entry = np.arange(len(at)) + np.repeat(last - np.cumsum(last - first), last - first)
    lines, number = np.unique(people.line[entry], return_inverse=True)
    table = np.zeros((len(lines), len(first)), dtype=np.uint8)
    table[number.reshape(-1), at] = people.value[entry]
    return table, lines


def _bits(lines: Any) -> Bits:
    """(words, k) one bit for each line (l, k)."""
    words = np.zeros((max(1, -(-len(lines) // BITS)), lines.shape[1]), dtype=np.uint32)
    for number, line in enumerate(lines):
        words[number // BITS] |= line.astype(np.uint32) << np.uint32(number % BITS)
    return words


def _open(words: Bits, silent: Bools, others: np.uint32, own: np.uint32) -> Bits:
    """The bit that everybody on this side has, and for who states nothing the other side's."""
    words[0] |= np.where(silent, others | own, own)
    return words


def _digits(lines: Any, digits: int, *, backwards: bool = False) -> Words:
    """(words, k) lines (l, k) as digits of words, the first the lowest unless backwards."""
    words = np.zeros((max(1, -(-len(lines) // digits)), lines.shape[1]), dtype=np.uint64)
    for number, line in enumerate(lines):
        place = digits - 1 - number % digits if backwards else number % digits
        words[number // digits] |= line.astype(np.uint64) << np.uint64(WORD // digits * place)
    return words


def _unary(levels: Any) -> Table:
    """One bit for each level above the first: two numbers have those of the lower in common."""
    table = np.array([(1 << max(0, level - 1)) - 1 for level in range(LEVEL_BITS + 2)])
    unary: Table = table.astype(np.uint8)[levels]
    return unary
