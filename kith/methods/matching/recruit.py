"""The mentors to look for: few descriptions that would reach as many of the unmatched as can be.

Each description names a language, a district or meeting online, a part of the week, and a gender
only where somebody has a firm wish, marks (such as a check) only where somebody requires them. It
is found greedily: the one that reaches most people first, then the one that reaches most of those
who are left (Nemhauser, Wolsey and Fisher 1978: never worse than 63 % of the best choice of as
many descriptions).
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from kith.methods.matching.block import LEAST_LANGUAGE_LEVEL
from kith.methods.matching.profile import EARTH_RADIUS_M, Participant

WEEKEND = frozenset({"sat", "sun"})
MOST_TOPICS = 3
KM_OF_A_DEGREE = math.radians(1) * EARTH_RADIUS_M / 1000


@dataclass(frozen=True, order=True)
class Description:
    """A mentor who is missing; "" means that this does not matter.

    place  a district, or ONLINE
    part   "weekday-eve", "weekend-am" and so on
    marks  what must hold for the mentor, in alphabetical order
    """

    language: str = ""
    place: str = ""
    part: str = ""
    gender: str = ""
    marks: tuple[str, ...] = ()


ONLINE = "online"
Districts = dict[str, tuple[float, float]]
Marks = frozenset[str]


@dataclass(frozen=True)
class Wanted:
    """A description, the help that is most wished, and the ids of the people it would reach."""

    description: Description
    topics: tuple[str, ...]
    reaches: tuple[str, ...]


def wanted_mentors(participants: Iterable[Participant], *, most: int = 10) -> list[Wanted]:
    """Up to `most` descriptions, those first that reach most people.

    participants  those without a mentor
    """
    people = {person.id: person for person in participants}
    districts = _districts(people.values())
    enough = _enough({person.requires for person in people.values()})
    reach: dict[Description, set[str]] = {}
    for person in people.values():
        for description in _fitting(person, districts, enough[person.requires]):
            reach.setdefault(description, set()).add(person.id)
    found: list[Wanted] = []
    left = set(people)
    while left and len(found) < most:
        best = min(reach, key=lambda one: (-len(reach[one] & left), _bareness(one), one))
        reached = reach[best] & left
        if not reached:
            break
        found.append(_wanted(best, [people[key] for key in people if key in reached]))
        left -= reached
    return found


def _wanted(description: Description, people: Sequence[Participant]) -> Wanted:
    wishes = Counter(topic for person in people for topic in sorted(person.wishes))
    common = sorted(wishes, key=lambda topic: (-wishes[topic], topic))
    return Wanted(description, tuple(common[:MOST_TOPICS]), tuple(one.id for one in people))


def _bareness(description: Description) -> int:
    """Descriptions that ask for less come first among equals."""
    named = sum(map(bool, (description.language, description.place, description.part)))
    return named + 2 * bool(description.gender) + 2 * len(description.marks)


def _districts(people: Iterable[Participant]) -> Districts:
    """Districts in which somebody lives, with the degrees of one of them; in a fixed order."""
    found: Districts = {}
    for person in sorted(people, key=lambda one: one.id):
        if person.region and person.lat is not None and person.lon is not None:
            found.setdefault(person.region, (person.lat, person.lon))
    return found


def _enough(required: Collection[Marks]) -> dict[Marks, list[tuple[str, ...]]]:
    """What somebody requires -> each set that somebody requires and that is enough for both.

    Like a firm wish: a mentor found for who requires more also reaches who requires less.
    """
    return {
        own: sorted(tuple(sorted(more)) for more in required if own <= more) for own in required
    }


def _fitting(
    person: Participant, districts: Districts, marks: Iterable[tuple[str, ...]]
) -> Iterator[Description]:
    """Every description of a mentor who would do for this person."""
    choices = (
        _languages(person),
        _places(person, districts),
        _parts(person),
        _genders(person),
    )
    for named in product(*choices):
        yield from (Description(*named, some) for some in marks)


def _languages(person: Participant) -> list[str]:
    spoken = [code for code, level in person.languages.items() if level >= LEAST_LANGUAGE_LEVEL]
    return [""] if person.interpreter or not spoken else spoken


def _places(person: Participant, districts: Districts) -> list[str]:
    """Districts from which a mentor would be within the way that this person would go."""
    near = [name for name, place in districts.items() if _is_near(person, place)]
    places = near or ([person.region] if person.region else [])
    return [*places, ONLINE] if person.online else (places or [""])


def _is_near(person: Participant, place: tuple[float, float]) -> bool:
    if person.lat is None or person.lon is None or person.max_km is None:
        return False
    (north, east), (other_north, other_east) = (person.lat, person.lon), place
    # Degrees of the same length: exact enough to say whether a district is in reach.
    height = other_north - north
    width = (other_east - east) * math.cos(math.radians(north))
    return math.hypot(height, width) * KM_OF_A_DEGREE <= person.max_km


def _parts(person: Participant) -> list[str]:
    return sorted({_part(slot) for slot in person.availability}) or [""]


def _part(slot: str) -> str:
    day, _mark, part = slot.partition("-")
    return f"{'weekend' if day in WEEKEND else 'weekday'}-{part}"


def _genders(person: Participant) -> list[str]:
    if person.mentor_gender and person.mentor_gender_required:
        return [person.mentor_gender]
    # Whoever has no firm wish is reached by a mentor found for somebody who has one.
    return ["", "woman", "man"]
