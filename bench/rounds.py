"""Made-up rounds of any size, the same for the same seed.

0.6 mentors for each participant with 1 to 3 places (1.08 places for each participant), one city
for about 330 participants (sizes by Zipf), 30 % of the participants and 40 % of the mentors meet
online, 16 languages of which most are scarce among mentors, times of the week, certificates,
exclusions. 27 to 28 % of the participants stay without a mentor in the best set of matches.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from kith.methods.matching.problem import Problem
from kith.methods.matching.profile import (
    SLOTS,
    AgeBand,
    Mentor,
    Participant,
    PersonArrays,
    mentor_arrays,
    participant_arrays,
    vocabulary,
)

TODAY = date(2026, 3, 2)
HOST = "pl"
LANGUAGES = (
    *("uk", "ru", "be", "en", "ar", "fa", "ps", "ti", "so", "tr", "fr", "es", "vi", "ka", "ku"),
)
# How often a language is a participant's first, and how often a mentor speaks it besides Polish.
FIRST = np.array([34, 8, 6, 5, 9, 7, 6, 5, 4, 4, 3, 3, 2, 2, 2]) / 100
SPOKEN = np.array([10, 12, 3, 38, 2.2, 1.2, 0.8, 0.5, 0.4, 1.2, 5, 5, 0.6, 0.6, 0.4]) / 100
TOPICS = (
    *("work", "housing", "school", "law", "health", "money"),
    *("language", "city", "study", "friends", "children", "offices"),
)
INTERESTS = (
    *("music", "chess", "football", "cooking", "books"),
    *("hiking", "film", "games", "garden", "sewing"),
)
BANDS = (AgeBand(18, 24), AgeBand(25, 34), AgeBand(35, 49), AgeBand(50, 64), AgeBand(65))
GENDERS = ("woman", "man")
REACH_KM = (5.0, 8.0, 12.0, 20.0, 30.0)
CITY_KM = 4.0
"""People live so far from the middle of their city (standard deviation, each axis)."""


def make_round(participants: int, seed: int, *, cities: int | None = None) -> Problem:
    """A round with so many participants, in so many cities (one for 330 if not given)."""
    random = np.random.default_rng(seed)
    mentors = max(1, round(participants * 0.6))
    places = _cities(random, cities or max(1, round(participants / 330)))
    return Problem(
        participants=_participants(random, participants, places),
        mentors=_mentors(random, mentors, places),
        as_of=TODAY,
        exclusions=_exclusions(random, participants, mentors),
    )


def arrays_of(problem: Problem) -> tuple[PersonArrays, PersonArrays]:
    """Both sides of a round as arrays, in the order of the records."""
    words = vocabulary(problem.participants, problem.mentors)
    return (
        participant_arrays(problem.participants, words),
        mentor_arrays(problem.mentors, words),
    )


def _cities(random: np.random.Generator, number: int) -> tuple[np.ndarray, np.ndarray]:
    middles = np.column_stack([random.uniform(49.5, 54.3, number), random.uniform(15, 23, number)])
    sizes = 1 / np.arange(1, number + 1)
    return middles, sizes / sizes.sum()


def _participants(random: np.random.Generator, number: int, cities: Any) -> list[Participant]:
    common = _common(random, number, cities, online=0.3)
    languages = _participant_languages(random, number)
    topics = _some(random, TOPICS, (1, 3), number)
    weights = random.integers(1, 4, (number, 3)).tolist()
    asks, insists = random.random((2, number)) < [[0.25], [0.3]]
    genders = random.integers(0, 2, number).tolist()
    required, interprets = random.random((2, number)) < [[0.08], [0.02]]
    waiting = random.integers(0, 300, number).tolist()
    return [
        Participant(
            id=f"P{row}",
            languages=languages[row],
            topics=dict(zip(topics[row], weights[row], strict=False)),
            topics_required=frozenset(topics[row][:1]) if required[row] else frozenset(),
            mentor_gender=GENDERS[genders[row]] if asks[row] else None,
            mentor_gender_required=bool(asks[row] and insists[row]),
            interpreter=bool(interprets[row]),
            waiting_since=TODAY - timedelta(days=waiting[row]),
            **common[row],
        )
        for row in range(number)
    ]


def _mentors(random: np.random.Generator, number: int, cities: Any) -> list[Mentor]:
    common = _common(random, number, cities, online=0.4)
    languages = _mentor_languages(random, number)
    topics = _some(random, TOPICS, (2, 5), number)
    skills = random.integers(1, 5, (number, 5)).tolist()
    genders = (random.random(number) < 0.35).astype(int).tolist()
    places = random.choice([1, 2, 3], size=number, p=[0.4, 0.4, 0.2]).tolist()
    trained, checked = _until(random, number, 0.08), _until(random, number, 0.04)
    return [
        Mentor(
            id=f"M{column}",
            languages=languages[column],
            topics=dict(zip(topics[column], skills[column], strict=False)),
            gender=GENDERS[genders[column]],
            capacity=places[column],
            trained_until=trained[column],
            checked_until=checked[column],
            **common[column],
        )
        for column in range(number)
    ]


def _common(
    random: np.random.Generator, number: int, cities: Any, *, online: float
) -> list[dict[str, Any]]:
    middles, sizes = cities
    city = random.choice(len(sizes), size=number, p=sizes)
    north, east = random.normal(0, CITY_KM, (2, number))
    lat = (middles[city, 0] + north / 111.2).tolist()
    lon = (middles[city, 1] + east / (111.2 * np.cos(np.radians(middles[city, 0])))).tolist()
    placed = (random.random(number) < 0.97).tolist()
    reach = random.choice(REACH_KM, size=number).tolist()
    meets_online = (random.random(number) < online).tolist()
    slots = _some(random, SLOTS, (2, 6), number)
    bands = random.integers(0, len(BANDS), number).tolist()
    interests = _some(random, INTERESTS, (0, 3), number)
    names = [f"city {one}" for one in range(len(sizes))]
    return [
        {
            "region": names[at],
            "lat": lat[one] if placed[one] else None,
            "lon": lon[one] if placed[one] else None,
            "max_km": reach[one],
            "online": meets_online[one],
            "availability": frozenset(slots[one]),
            "age_band": BANDS[bands[one]],
            "interests": frozenset(interests[one]),
        }
        for one, at in enumerate(city.tolist())
    ]


def _participant_languages(random: np.random.Generator, number: int) -> list[dict[str, int]]:
    first = random.choice(len(LANGUAGES), size=number, p=FIRST).tolist()
    host = random.choice([0, 1, 2, 3, 4], size=number, p=[0.35, 0.3, 0.2, 0.1, 0.05]).tolist()
    english = random.choice([0, 2, 3, 4], size=number, p=[0.85, 0.06, 0.05, 0.04]).tolist()
    return [
        ({"en": more} if more else {}) | ({HOST: polish} if polish else {}) | {LANGUAGES[own]: 5}
        for own, polish, more in zip(first, host, english, strict=True)
    ]


def _mentor_languages(random: np.random.Generator, number: int) -> list[dict[str, int]]:
    speaks = random.random((number, len(LANGUAGES))) < SPOKEN
    levels = random.integers(2, 6, (number, len(LANGUAGES)))
    spoken: list[dict[str, int]] = [{HOST: 5} for _ in range(number)]
    for one, language in zip(*np.nonzero(speaks), strict=True):
        spoken[one][LANGUAGES[language]] = int(levels[one, language])
    return spoken


def _some(
    random: np.random.Generator, words: Sequence[str], most: tuple[int, int], number: int
) -> list[list[str]]:
    """For each person some of the words, no word twice."""
    shuffled = random.random((number, len(words)), dtype=np.float32).argsort(axis=1)
    kept = shuffled[:, : most[1]].tolist()
    sizes = random.integers(most[0], most[1] + 1, number).tolist()
    return [[words[word] for word in row[:size]] for row, size in zip(kept, sizes, strict=True)]


def _until(random: np.random.Generator, number: int, expired: float) -> list[date | None]:
    """Days until which a certificate holds; every tenth mentor has none on record."""
    ahead = TODAY.toordinal() + random.integers(0, 700, number)
    behind = TODAY.toordinal() - random.integers(1, 200, number)
    days = np.where(random.random(number) < expired, behind, ahead).tolist()
    unknown = (random.random(number) < 0.1).tolist()
    return [None if no else date.fromordinal(day) for no, day in zip(unknown, days, strict=True)]


def _exclusions(
    random: np.random.Generator, participants: int, mentors: int
) -> frozenset[tuple[str, str]]:
    number = participants // 100
    rows = random.integers(0, max(1, participants), number).tolist()
    columns = random.integers(0, mentors, number).tolist()
    return frozenset((f"P{row}", f"M{column}") for row, column in zip(rows, columns, strict=True))
