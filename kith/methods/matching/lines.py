"""Participants and mentors laid out for the loops of a shortlist: small numbers, line by line."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kith.methods.matching.areas import Areas
from kith.methods.matching.block import LEAST_LANGUAGE_LEVEL
from kith.methods.matching.profile import UNLIMITED_M, Bools, Ints, PersonArrays, Small
from kith.methods.matching.score import USUAL_REACH_M

# Lines of Mentors.small; behind them one line for each topic, interest, language and mark.
MEETS, TOPICS, INTERESTS, LANGUAGES, FIRST_WORD = range(5)
# Lines of Mentors.whole, and columns of People.whole as far as both have them.
SLOTS, GENDER, YOUNG, OLD, REGION, X, Y, Z, REACH, COLUMN, AREA = range(11)
INSISTS, ONLINE, PLACED, OPEN, SPEECH, PLACE, LOOK = range(9, 16)
# Lists of a participant: where each begins, and where the last one ends.
WISHES, REQUIRED, HOBBIES, SPOKEN, END = range(5)
WORDS = ("topics", "interests", "languages", "marks")


class Mentors(NamedTuple):
    """Mentors as lines that a loop reads from left to right.

    small (FIRST_WORD + words, m)   0 or 1: meets online, states topics, interests, languages;
                                    then skill, interest (0 or 1) and level for each word, and
                                    whether each mark holds (0 or 1)
    whole (11, m)                   slots as bits, gender, ages, region (-1 = not stated),
                                    position and reach in metres, number among all mentors, area
    per_metre (m,)                  1 / reach
    price (m,)                      of a place; in copies only
    """

    small: Any
    whole: Any
    per_metre: Any
    price: Any


class People(NamedTuple):
    """Participants.

    whole (n, 16)      see the columns above; speech: number of the set of languages spoken well
                       enough; open: 1 where the gate on language does not apply; look: metres
    start (n, 5)       where the lists of each begin: wishes, required (topics and marks),
                       interests, languages; end
    line, value (e,)   entries of the lists: a line of Mentors.small, and importance or level
    """

    whole: Any
    start: Any
    line: Any
    value: Any


def mentor_lines(mentors: PersonArrays, column: Ints, area: Ints) -> Mentors:
    """Mentors in their order; `column` is the number that each has among all mentors."""
    tables = [getattr(mentors, words) for words in WORDS]
    stated = [table.any(axis=1)[:, None] for table in tables[:3]]
    small = [mentors.online[:, None], *stated, *tables]
    whole = [
        slot_masks(mentors.slots),
        *(mentors.gender, mentors.age_low, mentors.age_high, mentors.region),
        *mentors.position.T,
        *(mentors.reach_m, column, area),
    ]
    return Mentors(
        small=np.concatenate([table.astype(np.uint8) for table in small], axis=1).T.copy(),
        whole=np.stack(whole).astype(np.int32),
        per_metre=1.0 / np.where(whole[REACH] >= UNLIMITED_M, USUAL_REACH_M, whole[REACH].clip(1)),
        price=np.zeros(len(column), dtype=np.int64),
    )


def people_lines(participants: PersonArrays, areas: Areas, *, gated: bool) -> People:
    """Participants in their order; `gated`: the gate on language stands."""
    is_open = participants.interpreter | ~participants.languages.any(axis=1) | (not gated)
    whole = [
        slot_masks(participants.slots),
        *(participants.gender, participants.age_low, participants.age_high, participants.region),
        *participants.position.T,
        participants.reach_m,
        *(participants.gender_required, participants.online, participants.placed, is_open),
        *(_speech(participants.languages, is_open), areas.place, areas.look_m),
    ]
    start, line, value = _lists(participants)
    return People(np.stack(whole, axis=1).astype(np.int32), start, line, value)


def reordered(lines: Mentors, order: Ints) -> Mentors:
    """The same mentors in another order, or some of them."""
    return Mentors(*(np.ascontiguousarray(values[..., order]) for values in lines))


def reordered_people(people: People, order: Ints) -> People:
    """The same participants in another order, or some of them."""
    start = people.start[order]
    sizes = start[:, -1] - start[:, 0]
    first = np.cumsum(sizes) - sizes
    entries = np.repeat(start[:, 0] - first, sizes) + np.arange(int(sizes.sum()))
    return People(
        people.whole[order],
        start - start[:, :1] + first[:, None],
        people.line[entries],
        people.value[entries],
    )


def slot_masks(slots: Small) -> Ints:
    """(n,) one bit for each time of the week."""
    masks: Ints = slots @ (1 << np.arange(slots.shape[1], dtype=np.int64))
    return masks


def _lists(participants: PersonArrays) -> tuple[Ints, NDArray[np.int32], NDArray[np.int32]]:
    """Starts, lines and values of the four lists of everybody, one person after the other."""
    topics, interests, languages, marks = _word_lines(participants)
    line = np.concatenate([topics, topics, marks, interests, languages])
    required = np.concatenate([participants.required, participants.marks], axis=1)
    tables = [participants.topics, required, participants.interests, participants.languages]
    table = np.concatenate(tables, axis=1).astype(np.uint8)
    rows, found = np.nonzero(table)
    ends = np.cumsum(np.stack([one.astype(bool).sum(axis=1) for one in tables], axis=1).reshape(-1))
    size = len(participants.online)
    start = np.concatenate([[0], ends])[np.arange(size)[:, None] * 4 + np.arange(5)]
    return start, line[found].astype(np.int32), table[rows, found].astype(np.int32)


def _word_lines(people: PersonArrays) -> list[Ints]:
    """The lines of Mentors.small that belong to each of WORDS."""
    sizes = [getattr(people, words).shape[1] for words in WORDS]
    return np.split(np.arange(sum(sizes)) + FIRST_WORD, np.cumsum(sizes)[:-1])


def _speech(languages: Small, is_open: Bools) -> Ints:
    """Number of the set of languages that each speaks well enough; one for all who are open."""
    numbers: Any = is_open.astype(np.int64)
    for line in languages.T >= LEAST_LANGUAGE_LEVEL:
        numbers = np.unique(numbers * 2 + (line & ~is_open), return_inverse=True)[1].reshape(-1)
    return np.asarray(numbers, dtype=np.int64)
