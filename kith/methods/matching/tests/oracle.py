"""The same rules once more, pair by pair in plain Python, and optimum by trying everything."""

import math
from collections.abc import Iterator

from kith.methods.matching.problem import Criterion, Gate, Problem
from kith.methods.matching.profile import Mentor, Participant

RADIUS_KM = 6371.009


def kilometres(a: Participant, b: Mentor) -> float | None:
    if a.lat is None or b.lat is None:
        return None
    lat1, lon1, lat2, lon2 = map(math.radians, (a.lat, a.lon, b.lat, b.lon))
    flat = 2 - 2 * (
        math.cos(lat1) * math.cos(lat2) * math.cos(lon1 - lon2) + math.sin(lat1) * math.sin(lat2)
    )
    return RADIUS_KM * math.sqrt(max(0.0, flat))


def level(a: Participant, b: Mentor) -> int:
    levels = [min(a.languages[one], b.languages[one]) for one in a.languages if one in b.languages]
    return max([one for one in levels if one >= 2], default=0)


def limits(a: Participant, b: Mentor) -> list[float]:
    return [one.max_km for one in (a, b) if one.max_km is not None]


def failed(a: Participant, b: Mentor, problem: Problem) -> set[Gate]:
    wishes = set(a.topics) | a.topics_required
    km, online = kilometres(a, b), bool(a.online and b.online)
    far = (
        any(km > limit for limit in limits(a, b))
        if km is not None
        else a.region is not None and b.region is not None and a.region != b.region
    )
    shut = {
        Gate.LANGUAGE: bool(a.languages and b.languages) and not level(a, b) and not a.interpreter,
        Gate.TOPICS_REQUIRED: not a.topics_required <= set(b.topics),
        Gate.TOPICS: bool(wishes and b.topics) and not wishes & set(b.topics),
        Gate.TRAINING: b.trained_until is not None and b.trained_until < problem.as_of,
        Gate.CHECK: b.checked_until is not None and b.checked_until < problem.as_of,
        Gate.RANGE: far and not online,
        Gate.AVAILABILITY: bool(a.availability and b.availability)
        and not a.availability & b.availability,
        Gate.GENDER: a.mentor_gender_required and b.gender != a.mentor_gender,
        Gate.ADULT: any(one.age_band is not None and one.age_band.low < 18 for one in (a, b)),
        Gate.MARKS: not a.requires <= b.marks,
        Gate.EXCLUDED: b.id in a.excluded or a.id in b.excluded,
    }
    return {gate for gate, broken in shut.items() if broken}


def parts(a: Participant, b: Mentor) -> dict[Criterion, int]:
    """Points under the default weights."""
    interests = 100_000 if a.interests and b.interests else 0
    need, wishes = 350_000 - interests, dict.fromkeys(a.topics_required, 1) | dict(a.topics)
    found = {
        Criterion.NEED: need // 2,
        Criterion.INTERESTS: 0,
        Criterion.LANGUAGE: 125_000,
        Criterion.DISTANCE: distance_points(a, b),
        Criterion.AVAILABILITY: 50_000,
        Criterion.GENDER: 40_000,
        Criterion.AGE: 35_000,
    }
    if wishes and b.topics:
        shared = sum(wishes[topic] * b.topics[topic] for topic in wishes if topic in b.topics)
        found[Criterion.NEED] = need * shared // (4 * sum(wishes.values()))
    if interests:
        shared = len(a.interests & b.interests)
        found[Criterion.INTERESTS] = interests * shared // len(a.interests)
    if a.languages and b.languages:
        found[Criterion.LANGUAGE] = 250_000 * max(0, level(a, b) - 1) // 4
    if a.availability and b.availability:
        shared = len(a.availability & b.availability)
        found[Criterion.AVAILABILITY] = 100_000 * min(3, shared) // 3
    if a.mentor_gender and b.gender:
        found[Criterion.GENDER] = 80_000 if a.mentor_gender == b.gender else 0
    if a.age_band and b.age_band:
        found[Criterion.AGE] = 70_000 * (30 - min(30, years_apart(a, b))) // 30
    return found


def years_apart(a: Participant, b: Mentor) -> int:
    ends = [200 if one.age_band.high is None else one.age_band.high for one in (a, b)]
    return max(0, a.age_band.low - ends[1], b.age_band.low - ends[0])


def distance_points(a: Participant, b: Mentor) -> int:
    km, stated_regions = kilometres(a, b), a.region is not None and b.region is not None
    if km is not None:
        metres = round(km * 1000)
        reach = max(1, round(min(limits(a, b), default=30) * 1000))
        points = 150_000 * max(0, reach - metres) // reach
    elif stated_regions:
        points = 150_000 if a.region == b.region else 0
    else:
        return 75_000
    return max(points, 75_000) if a.online and b.online else points


def matchings(
    edges: list[list[bool]], capacity: list[int], row: int = 0
) -> Iterator[tuple[int, ...]]:
    """Every way to give each row one open column or -1."""
    if row == len(edges):
        yield ()
        return
    for column in (-1, *range(len(capacity))):
        if column >= 0 and not (edges[row][column] and capacity[column]):
            continue
        left = [one - (number == column) for number, one in enumerate(capacity)]
        for rest in matchings(edges, left, row + 1):
            yield (column, *rest)
