"""Who takes part in a round, as matching sees them: plain records, then arrays of whole numbers."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Small = NDArray[np.int16]
Index = slice | list[int]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = ("am", "pm", "eve")
SLOTS = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)
LANGUAGE_LEVELS = range(1, 6)
USUAL_LANGUAGE_LEVEL = 3
"""The level of a language that was listed without one: enough for an everyday talk."""
SKILL_LEVELS = range(1, 5)
FULL_SKILL = 4
"""The skill of a mentor who lists a topic without a number."""
EARTH_RADIUS_M = 6_371_009
UNLIMITED_M = 10**9
UNSTATED = -1


class BadProfile(ValueError):
    """A record says something that cannot be: the field, and a reason for people."""

    def __init__(self, field_name: str, reason: str) -> None:
        super().__init__(f"{field_name}: {reason}")
        self.field_name = field_name
        self.reason = reason


@dataclass(frozen=True)
class AgeBand:
    """An age band in full years, both ends included; no upper end means "and older"."""

    low: int
    high: int | None = None

    def __post_init__(self) -> None:
        """Refuse a band that ends before it begins."""
        if self.low < 0 or (self.high is not None and self.high < self.low):
            raise BadProfile("age_band", "the band must begin before it ends")

    @property
    def adult(self) -> bool:
        """True when nobody in the band is under 18."""
        return self.low >= 18


@dataclass(frozen=True, kw_only=True)
class Person:
    """What participant and mentor have in common. None and empty mean: not stated.

    languages     language code -> level 1..5
    topics        participant: topic -> how much it matters (1 or more);
                  mentor: topic -> how well (1..4)
    lat, lon      degrees; both or neither
    max_km        how far the person would travel
    availability  codes out of SLOTS
    excluded      ids of the other side with whom this person is never matched
    """

    id: str
    languages: Mapping[str, int] = field(default_factory=dict)
    topics: Mapping[str, int] = field(default_factory=dict)
    region: str | None = None
    lat: float | None = None
    lon: float | None = None
    max_km: float | None = None
    online: bool | None = None
    availability: frozenset[str] = frozenset()
    age_band: AgeBand | None = None
    interests: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse values outside their range."""
        if not self.id:
            raise BadProfile("id", "an id is needed")
        self._check_lists()
        self._check_place()

    def _check_lists(self) -> None:
        for language, level in self.languages.items():
            if level not in LANGUAGE_LEVELS:
                raise BadProfile("languages", f"the level of {language} must be 1 to 5")
        unknown = sorted(self.availability - set(SLOTS))
        if unknown:
            raise BadProfile("availability", f"{unknown[0]} is no time of the week")

    def _check_place(self) -> None:
        if (self.lat is None) != (self.lon is None):
            raise BadProfile("lat", "latitude and longitude go together")
        if self.lat is not None and not -90 <= self.lat <= 90:
            raise BadProfile("lat", "latitude must be from -90 to 90")
        if self.lon is not None and not -180 <= self.lon <= 180:
            raise BadProfile("lon", "longitude must be from -180 to 180")
        if self.max_km is not None and not 0 <= self.max_km <= 40_000:
            raise BadProfile("max_km", "the distance must be from 0 to 40000 km")


@dataclass(frozen=True, kw_only=True)
class Participant(Person):
    """A person who waits for a mentor.

    interpreter  someone will join who interprets
    requires     marks that the mentor must have, every one of them
    """

    waiting_since: date | None = None
    topics_required: frozenset[str] = frozenset()
    mentor_gender: str | None = None
    mentor_gender_required: bool = False
    interpreter: bool = False
    requires: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse values outside their range."""
        super().__post_init__()
        for topic, importance in self.topics.items():
            if not 1 <= importance <= 100:
                raise BadProfile("topics", f"the number after {topic} must be from 1 to 100")
        if self.mentor_gender_required and self.mentor_gender is None:
            raise BadProfile("mentor_gender", "a required gender must be named")

    @property
    def wishes(self) -> dict[str, int]:
        """Every topic asked for, required ones included, with how much it matters."""
        return dict.fromkeys(sorted(self.topics_required), 1) | dict(self.topics)


@dataclass(frozen=True, kw_only=True)
class Mentor(Person):
    """A person who offers mentoring to up to `capacity` participants.

    marks  what holds for this person and participants may require: a check, a programme
    """

    available_since: date | None = None
    capacity: int = 1
    gender: str | None = None
    trained_until: date | None = None
    checked_until: date | None = None
    marks: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse values outside their range."""
        super().__post_init__()
        for topic, skill in self.topics.items():
            if skill not in SKILL_LEVELS:
                raise BadProfile("topics", f"the number after {topic} must be from 1 to 4")
        if not 0 <= self.capacity <= 1000:
            raise BadProfile("capacity", "capacity must be from 0 to 1000")


@dataclass(frozen=True)
class Vocabulary:
    """Column numbers of the words that both sides use."""

    topics: Mapping[str, int]
    languages: Mapping[str, int]
    interests: Mapping[str, int]
    genders: Mapping[str, int]
    regions: Mapping[str, int]
    marks: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class PersonArrays:
    """One side of a round, one row for each person, whole numbers only.

    topics     (n, topics) participant: importance; mentor: skill; 0 = not listed
    required   (n, topics) participant: 1 where the topic is required
    languages  (n, languages) level, 0 = not listed
    slots      (n, 21); interests (n, interests): 0 or 1
    marks      (n, marks) participant: 1 where required; mentor: 1 where it holds
    position   (n, 3) metres in space from the centre of the earth
    reach_m    (n,) UNLIMITED_M when no limit is stated
    region, gender, age_low, age_high   (n,) UNSTATED when not stated
    """

    topics: Small
    required: Small
    languages: Small
    slots: Small
    interests: Small
    marks: Small
    position: Ints
    placed: Bools
    reach_m: Ints
    online: Bools
    region: Ints
    gender: Ints
    gender_required: Bools
    interpreter: Bools
    age_low: Ints
    age_high: Ints
    trained_until: Ints
    checked_until: Ints

    def take(self, rows: Index) -> "PersonArrays":
        """The same arrays for some of the people."""
        return PersonArrays(**{name: values[rows] for name, values in vars(self).items()})


def vocabulary(participants: Sequence[Participant], mentors: Sequence[Mentor]) -> Vocabulary:
    """Number every topic, language, interest, gender and region, in alphabetical order."""
    everyone: list[Person] = [*participants, *mentors]
    required = (one.topics_required for one in participants)
    return Vocabulary(
        topics=_numbered(
            {*_chained(map(_TOPICS, everyone)), *_chained(required)},
        ),
        languages=_numbered(set(_chained(map(_LANGUAGES, everyone)))),
        interests=_numbered(set(_chained(map(_INTERESTS, everyone)))),
        genders=_numbered(
            {one.mentor_gender for one in participants} | {one.gender for one in mentors}
        ),
        regions=_numbered(set(map(_REGION, everyone))),
        marks=_numbered(
            {
                *_chained(one.requires for one in participants),
                *_chained(one.marks for one in mentors),
            }
        ),
    )


_chained = chain.from_iterable
_TOPICS, _LANGUAGES, _INTERESTS = map(attrgetter, ("topics", "languages", "interests"))
_REGION, _SLOTS = attrgetter("region"), attrgetter("availability")
_SLOT_NUMBERS = {slot: number for number, slot in enumerate(SLOTS)}


def participant_arrays(people: Sequence[Participant], words: Vocabulary) -> PersonArrays:
    """Participants as arrays, in the order given."""
    wishes = [one.wishes if one.topics_required else one.topics for one in people]
    return PersonArrays(
        **_common(people, words, topics=wishes),
        required=_ones([one.topics_required for one in people], words.topics),
        marks=_ones([one.requires for one in people], words.marks),
        gender=_codes([one.mentor_gender for one in people], words.genders),
        gender_required=np.array([one.mentor_gender_required for one in people], dtype=bool),
        interpreter=np.array([one.interpreter for one in people], dtype=bool),
        trained_until=_days([None] * len(people)),
        checked_until=_days([None] * len(people)),
    )


def mentor_arrays(people: Sequence[Mentor], words: Vocabulary) -> PersonArrays:
    """Mentors as arrays, in the order given."""
    return PersonArrays(
        **_common(people, words, topics=[one.topics for one in people]),
        required=np.zeros((len(people), len(words.topics)), dtype=np.int16),
        marks=_ones([one.marks for one in people], words.marks),
        gender=_codes([one.gender for one in people], words.genders),
        gender_required=np.zeros(len(people), dtype=bool),
        interpreter=np.zeros(len(people), dtype=bool),
        trained_until=_days([one.trained_until for one in people]),
        checked_until=_days([one.checked_until for one in people]),
    )


def _common(
    people: Sequence[Person], words: Vocabulary, *, topics: list[Mapping[str, int]]
) -> dict[str, Any]:
    bands = [one.age_band for one in people]
    return {
        "topics": _table(topics, words.topics),
        "languages": _table(list(map(_LANGUAGES, people)), words.languages),
        "slots": _ones(list(map(_SLOTS, people)), _SLOT_NUMBERS),
        "interests": _ones(list(map(_INTERESTS, people)), words.interests),
        "position": _positions(people),
        "placed": np.array([one.lat is not None for one in people], dtype=bool),
        "reach_m": _reaches([one.max_km for one in people]),
        "online": np.array([one.online is True for one in people], dtype=bool),
        "region": _codes(list(map(_REGION, people)), words.regions),
        "age_low": _whole([UNSTATED if band is None else band.low for band in bands]),
        "age_high": _whole([_age_high(band) for band in bands]),
    }


def _age_high(band: AgeBand | None) -> int:
    if band is None:
        return UNSTATED
    return 200 if band.high is None else band.high


def _reaches(kilometres: list[float | None]) -> Ints:
    """Metres; UNLIMITED_M where nothing is stated."""
    stated = np.array([np.nan if one is None else one for one in kilometres], dtype=np.float64)
    metres: Ints = np.where(np.isnan(stated), UNLIMITED_M, np.rint(stated * 1000)).astype(np.int64)
    return metres


def _positions(people: Sequence[Person]) -> Ints:
    """(n, 3) whole metres in space: distances are then the same on every machine."""
    placed = [one for one in people if one.lat is not None and one.lon is not None]
    lat, lon = (
        np.radians([getattr(one, axis) for one in placed]).tolist() for axis in ("lat", "lon")
    )
    # The functions of numpy may differ from machine to machine in their last digit.
    level = EARTH_RADIUS_M * np.fromiter(map(math.cos, lat), np.float64)
    axes = (
        level * np.fromiter(map(math.cos, lon), np.float64),
        level * np.fromiter(map(math.sin, lon), np.float64),
        EARTH_RADIUS_M * np.fromiter(map(math.sin, lat), np.float64),
    )
    table = np.zeros((len(people), 3), dtype=np.int64)
    table[[one.lat is not None for one in people]] = np.rint(np.stack(axes, axis=1))
    return table


def _numbered(words: set[Any]) -> dict[str, int]:
    return {word: number for number, word in enumerate(sorted(words - {None}))}


def _whole(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _codes(values: list[str | None], numbers: Mapping[str, int]) -> Ints:
    return _whole([UNSTATED if value is None else numbers[value] for value in values])


def _days(values: Sequence[date | None]) -> Ints:
    return _whole([UNSTATED if value is None else value.toordinal() for value in values])


def _table(rows: Sequence[Mapping[str, int]], numbers: Mapping[str, int]) -> Small:
    """One row for each person, one column for each word."""
    table = np.zeros((len(rows), len(numbers)), dtype=np.int16)
    table[_cells(rows, numbers)] = list(_chained(row.values() for row in rows))
    return table


def _ones(rows: Sequence[frozenset[str]], numbers: Mapping[str, int]) -> Small:
    """The same for sets: 1 for each word."""
    table = np.zeros((len(rows), len(numbers)), dtype=np.int16)
    table[_cells(rows, numbers)] = 1
    return table


def _cells(rows: Sequence[Collection[str]], numbers: Mapping[str, int]) -> tuple[Ints, Ints]:
    """Row and column of each entry of everybody."""
    sizes = np.fromiter(map(len, rows), np.int64, len(rows))
    columns = np.fromiter(map(numbers.__getitem__, _chained(rows)), np.int64, int(sizes.sum()))
    return np.repeat(np.arange(len(rows)), sizes), columns
