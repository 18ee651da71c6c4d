"""Fits of single pairs as compiled loops: the whole numbers of `score`.

Only used with numba; without it numpy gives the same whole numbers.
"""

# Compiled code takes arrays one by one; what is split into many functions is slower.

from typing import Any, NamedTuple

import numpy as np

from kith.methods.matching.compiled import compiled
from kith.methods.matching.problem import FULL_FIT, INTERESTS_PART, Criterion, Gate, Problem
from kith.methods.matching.profile import UNLIMITED_M, Ints, PersonArrays
from kith.methods.matching.score import AGE_REACH, ENOUGH_SLOTS, USUAL_REACH_M

FAILS = -1
LEAST_LEVEL, FULL = 2, FULL_FIT
UNLIMITED, USUAL = UNLIMITED_M, USUAL_REACH_M


class Rules(NamedTuple):
    """Points of each criterion, and which gates stand."""

    need: int
    interests: int
    language: int
    distance: int
    availability: int
    gender: int
    age: int
    by_language: bool
    by_topics: bool
    by_range: bool
    by_slots: bool


class Folk(NamedTuple):
    """One side as the loops read it; see PersonArrays."""

    topics: Any
    required: Any
    languages: Any
    slots: Any
    interests: Any
    marks: Any
    position: Any
    placed: Any
    reach: Any
    online: Any
    region: Any
    gender: Any
    insists: Any
    interpreter: Any
    age_low: Any
    age_high: Any


def rules_of(problem: Problem) -> Rules:
    """The rules of a problem."""
    maxima, off = problem.weights.maxima(), problem.gates.off
    return Rules(
        need=maxima[Criterion.NEED],
        interests=int(maxima[Criterion.NEED] * INTERESTS_PART),
        language=maxima[Criterion.LANGUAGE],
        distance=maxima[Criterion.DISTANCE],
        availability=maxima[Criterion.AVAILABILITY],
        gender=maxima[Criterion.GENDER],
        age=maxima[Criterion.AGE],
        by_language=Gate.LANGUAGE not in off,
        by_topics=Gate.TOPICS not in off,
        by_range=Gate.RANGE not in off,
        by_slots=Gate.AVAILABILITY not in off,
    )


def folk_of(people: PersonArrays) -> Folk:
    """One side, nothing copied."""
    return Folk(
        *(people.topics, people.required, people.languages, people.slots, people.interests),
        people.marks,
        *(people.position, people.placed, people.reach_m, people.online, people.region),
        *(people.gender, people.gender_required, people.interpreter),
        *(people.age_low, people.age_high),
    )


@compiled
def score_pairs(
    keys: Any, columns: int, least: Any, people: Folk, mentors: Folk, rules: Rules, out: Any
) -> None:
    """Fits of pairs; FAILS where a gate of two people is shut or the fit is below `least`."""
    for at in range(len(keys)):
        row, column = keys[at] // columns, keys[at] % columns
        out[at] = _fit(people, row, mentors, column, rules, least[at])


@compiled
def _fit(people: Folk, row: int, mentors: Folk, column: int, rules: Rules, least: int) -> Any:
    """The quick criteria first: most pairs are known too low before the long ones."""
    for word in range(people.marks.shape[1]):
        if people.marks[row, word] > 0 and mentors.marks[column, word] == 0:
            return FAILS
    distance = _distance(people, row, mentors, column, rules)
    gender = _gender(people, row, mentors, column, rules)
    if FAILS in (distance, gender):
        return FAILS
    points = distance + gender + _age(people, row, mentors, column, rules)
    if points + rules.language + rules.need + rules.availability < least:
        return FAILS
    language = _language(people, row, mentors, column, rules)
    points += language
    if language == FAILS or points + rules.need + rules.availability < least:
        return FAILS
    slots = _slots(people, row, mentors, column, rules)
    points += slots
    if slots == FAILS or points + rules.need < least:
        return FAILS
    need = _need(people, row, mentors, column, rules)
    return FAILS if need == FAILS else points + need


@compiled
def _gender(people: Folk, row: int, mentors: Folk, column: int, rules: Rules) -> Any:
    wished, offered = people.gender[row], mentors.gender[column]
    met = wished == offered and wished >= 0
    if people.insists[row] and not met:
        return FAILS
    if wished < 0 or offered < 0:
        return rules.gender // 2
    return rules.gender if met else 0


@compiled
def _need(people: Folk, row: int, mentors: Folk, column: int, rules: Rules) -> Any:
    shared: Any = 0
    wished: Any = 0
    offered: Any = 0
    for word in range(people.topics.shape[1]):
        own, other = np.int64(people.topics[row, word]), np.int64(mentors.topics[column, word])
        if people.required[row, word] > 0 and other == 0:
            return FAILS
        shared, wished, offered = shared + own * other, wished + own, offered + other
    likes: Any = 0
    liked: Any = 0
    common: Any = 0
    for word in range(people.interests.shape[1]):
        one, two = np.int64(people.interests[row, word]), np.int64(mentors.interests[column, word])
        likes, liked, common = likes + one, liked + two, common + one * two
    interests = rules.interests if likes > 0 and liked > 0 else 0
    points = interests * common // max(likes, 1)
    most = rules.need - interests
    if wished == 0 or offered == 0:
        return points + most // 2
    if shared == 0 and rules.by_topics:
        return FAILS
    return points + most * shared // (4 * wished)


@compiled
def _language(people: Folk, row: int, mentors: Folk, column: int, rules: Rules) -> Any:
    level: Any = 0
    speaks, spoken = False, False
    for word in range(people.languages.shape[1]):
        own, other = people.languages[row, word], mentors.languages[column, word]
        speaks, spoken = speaks or own > 0, spoken or other > 0
        level = max(level, np.int64(min(own, other)))
    if not (speaks and spoken):
        return rules.language // 2
    if level < LEAST_LEVEL:
        return FAILS if rules.by_language and not people.interpreter[row] else 0
    return rules.language * (level - 1) // 4


@compiled
def _distance(people: Folk, row: int, mentors: Folk, column: int, rules: Rules) -> Any:
    online = people.online[row] and mentors.online[column]
    regions = people.region[row] >= 0 and mentors.region[column] >= 0
    points: Any = 0
    out_of_range = False
    if people.placed[row] and mentors.placed[column]:
        square = 0.0
        for axis in range(3):
            apart = float(people.position[row, axis] - mentors.position[column, axis])
            square += apart * apart
        metres = np.int64(np.rint(np.sqrt(square)))
        reach = min(people.reach[row], mentors.reach[column])
        out_of_range = metres > reach
        scale = max(reach if reach < UNLIMITED else USUAL, 1)
        points = rules.distance * max(scale - metres, 0) // scale
    elif regions:
        same = people.region[row] == mentors.region[column]
        out_of_range, points = not same, rules.distance if same else 0
    else:
        return rules.distance // 2
    if out_of_range and rules.by_range and not online:
        return FAILS
    return max(points, rules.distance // 2) if online else points


@compiled
def _slots(people: Folk, row: int, mentors: Folk, column: int, rules: Rules) -> Any:
    own: Any = 0
    other: Any = 0
    shared: Any = 0
    for slot in range(people.slots.shape[1]):
        one, two = people.slots[row, slot], mentors.slots[column, slot]
        own, other, shared = own + one, other + two, shared + one * two
    if own == 0 or other == 0:
        return rules.availability // 2
    if shared == 0 and rules.by_slots:
        return FAILS
    return rules.availability * min(shared, ENOUGH_SLOTS) // ENOUGH_SLOTS


@compiled
def _age(people: Folk, row: int, mentors: Folk, column: int, rules: Rules) -> int:
    if people.age_low[row] < 0 or mentors.age_low[column] < 0:
        return rules.age // 2
    younger = people.age_low[row] - mentors.age_high[column]
    older = mentors.age_low[column] - people.age_high[row]
    gap = max(younger, older, 0)
    points: int = rules.age * (AGE_REACH - min(gap, AGE_REACH)) // AGE_REACH
    return points


def fits_of(
    keys: Ints, columns: int, least: Ints, people: Folk, mentors: Folk, rules: Rules
) -> Ints:
    """Fits of pairs, see score_pairs; who is barred from everybody is not told apart."""
    fits = np.empty(len(keys), dtype=np.int64)
    score_pairs(keys, columns, least, people, mentors, rules, fits)
    return fits
