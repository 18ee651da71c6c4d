"""Which pairs that are not on the network would be worth more than what somebody has now.

Masks and prices leave few pairs over, and those are scored like all others. The masks only leave
out pairs that a gate keeps apart; gates that are switched off leave out nothing.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kith.methods.matching.block import LEAST_LANGUAGE_LEVEL
from kith.methods.matching.lines import slot_masks
from kith.methods.matching.problem import FULL_FIT, Gate, Problem
from kith.methods.matching.profile import UNSTATED, Bools, Ints, PersonArrays
from kith.methods.matching.score import is_barred, is_minor

Masks = NDArray[np.uint64]

ALL = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
MOST_WORDS = 63
"""So many languages or topics fit into a mask beside the bit that says: no matter which."""


class Marks(NamedTuple):
    """What masks can say of one side: two of these pass when they share a bit of each.

    speech, slots, topics, gender (n,)   one bit for each word; all where it does not matter
    position (n, 3), reach (n,)          metres
    placed, online (n,)
    barred (n,)                          nobody is matched with this person
    """

    speech: Masks
    slots: Masks
    topics: Masks
    gender: Masks
    position: Ints
    reach: Ints
    placed: Bools
    online: Bools
    barred: Bools


def participant_marks(people: PersonArrays, problem: Problem) -> Marks:
    """Marks of participants."""
    speech = _words(people.languages >= LEAST_LANGUAGE_LEVEL, problem, Gate.LANGUAGE)
    speech[people.interpreter | ~people.languages.any(axis=1)] = ALL
    gender = np.full(len(speech), ALL)
    insists = people.gender_required
    gender[insists] = np.uint64(1) << (people.gender[insists] % MOST_WORDS).astype(np.uint64)
    return _marks(people, problem, speech, gender, is_minor(people))


def mentor_marks(people: PersonArrays, problem: Problem) -> Marks:
    """Marks of mentors."""
    speech = _words(people.languages >= LEAST_LANGUAGE_LEVEL, problem, Gate.LANGUAGE)
    speech |= ~(ALL >> np.uint64(1))
    speech[~people.languages.any(axis=1)] = ALL
    stated = people.gender != UNSTATED
    gender = np.zeros(len(speech), dtype=np.uint64)
    gender[stated] = np.uint64(1) << (people.gender[stated] % MOST_WORDS).astype(np.uint64)
    gender |= ~(ALL >> np.uint64(1))
    return _marks(people, problem, speech, gender, is_barred(people, problem))


def _marks(
    people: PersonArrays, problem: Problem, speech: Masks, gender: Masks, barred: Bools
) -> Marks:
    return Marks(
        speech=speech,
        slots=_stated(slot_masks(people.slots).astype(np.uint64), problem, Gate.AVAILABILITY),
        topics=_stated(_words(people.topics > 0, problem, Gate.TOPICS), problem, Gate.TOPICS),
        gender=gender,
        position=people.position,
        reach=people.reach_m,
        placed=people.placed,
        online=people.online,
        barred=barred,
    )


def _words(table: Bools, problem: Problem, gate: Gate) -> Masks:
    """(n,) one bit for each column; all bits where the gate is off or there are too many."""
    if table.shape[1] > MOST_WORDS or gate in problem.gates.off:
        return np.full(len(table), ALL)
    bits = np.uint64(1) << np.arange(table.shape[1], dtype=np.uint64)
    masks: Masks = (table * bits).sum(axis=1, dtype=np.uint64)
    return masks


def _stated(masks: Masks, problem: Problem, gate: Gate) -> Masks:
    """Who states nothing passes with everybody, and everybody where the gate is off."""
    if gate in problem.gates.off:
        return np.full(len(masks), ALL)
    return np.where(masks == 0, ALL, masks)


class Sight:  # the loops of `glance` do the same with numba
    """Looks at one row against all columns, or one column against all rows.

    ranged  the gate on range stands
    """

    def __init__(self, people: Marks, mentors: Marks, *, ranged: bool) -> None:
        self.people, self.mentors, self.ranged = people, mentors, ranged

    def add(self, people: Marks) -> None:
        """One row more, or some."""
        both = zip(self.people, people, strict=True)
        self.people = Marks(*(np.concatenate(tables) for tables in both))

    def columns_for(self, row: int, some: Any) -> Ints:
        """Which of some columns may pass the gates with a row."""
        return self._seen(self.people, row, self.mentors, some)

    def rows_for(self, column: int, some: Any) -> Ints:
        """Which of some rows may pass the gates with a column."""
        return self._seen(self.mentors, column, self.people, some)

    def _seen(self, here: Marks, one: int, there: Marks, some: Ints) -> Ints:
        if here.barred[one]:
            return some[:0]
        for own, others in zip(here[:4], there[:4], strict=True):
            if own[one] != ALL:
                some = some[(others[some] & own[one]) != 0]
        if self.ranged and here.placed[one]:
            some = some[self._in_range(here, one, there, some)]
        return some[~there.barred[some]]

    def _in_range(self, here: Marks, one: int, there: Marks, some: Ints) -> Bools:
        reach = np.minimum(there.reach[some], here.reach[one]).astype(np.float64) + 1
        apart = there.position[some].astype(np.float64) - here.position[one]
        near: Bools = (apart * apart).sum(axis=1) <= reach * reach
        near |= ~there.placed[some]
        return near | there.online[some] if here.online[one] else near


def bound(wants: int, prices: Ints) -> Ints:
    """Columns at whose prices even a full fit could be worth more than a row wants."""
    return np.flatnonzero(prices < FULL_FIT - wants)
