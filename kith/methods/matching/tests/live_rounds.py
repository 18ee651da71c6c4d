"""Random rounds and acts on them, and what scipy's dense solver says of each."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import numpy as np
from scipy.optimize import linear_sum_assignment

from kith.methods.matching.flow import NOBODY
from kith.methods.matching.live import Live
from kith.methods.matching.problem import DecisionConflict, Problem
from kith.methods.matching.profile import SLOTS, Mentor, Participant
from kith.methods.matching.score import score
from kith.methods.matching.tests.factories import TODAY

LANGUAGES = ("ar", "fa", "pl", "so", "uk")
BOTH, CHECKED, TANDEM, NONE = map(frozenset, ({"checked", "tandem"}, {"checked"}, {"tandem"}, ()))
REQUIRED = (NONE, CHECKED, NONE, TANDEM, NONE, NONE, BOTH)
MARKS = (CHECKED, BOTH, TANDEM, BOTH, NONE)
TOPICS = ("health", "housing", "law", "school", "work")


def random_round(rng: np.random.Generator, most: int = 14) -> Problem:
    """A round in which some pairs pass and some do not."""
    rows, columns = int(rng.integers(1, most + 1)), int(rng.integers(1, most))
    return Problem(
        participants=[random_participant(rng, f"P{one}") for one in range(rows)],
        mentors=[_mentor(rng, f"M{one}") for one in range(columns)],
        as_of=TODAY,
        exclusions=frozenset({("P0", "M0"), ("P1", "M2"), ("N3", "M1")}),
    )


def random_participant(rng: np.random.Generator, name: str) -> Participant:
    """Somebody who waits."""
    return Participant(
        id=name,
        topics={str(topic): int(rng.integers(1, 4)) for topic in rng.choice(TOPICS, 2)},
        topics_required=frozenset({"law"}) if rng.random() < 0.05 else frozenset(),
        mentor_gender=str(rng.choice(["woman", "man"])),
        mentor_gender_required=bool(rng.random() < 0.1),
        waiting_since=TODAY - timedelta(days=int(rng.integers(0, 400))),
        requires=REQUIRED[int(name[1:]) % len(REQUIRED)],
        **_common(rng),
    )


def _mentor(rng: np.random.Generator, name: str) -> Mentor:
    return Mentor(
        id=name,
        topics={str(topic): int(rng.integers(1, 5)) for topic in rng.choice(TOPICS, 3)},
        capacity=int(rng.integers(0, 4)),
        gender=str(rng.choice(["woman", "man"])),
        marks=MARKS[int(name[1:]) % len(MARKS)],
        **_common(rng),
    )


def _common(rng: np.random.Generator) -> dict:
    placed = rng.random() < 0.9
    spoken = rng.choice(LANGUAGES, int(rng.integers(1, 4)), replace=False)
    return {
        "languages": {str(one): int(rng.integers(1, 6)) for one in spoken},
        "lat": 52.4 + 0.1 * float(rng.random()) if placed else None,
        "lon": 16.9 + 0.1 * float(rng.random()) if placed else None,
        "max_km": float(rng.choice([4, 8, 30])),
        "online": bool(rng.random() < 0.4),
        "availability": frozenset(str(one) for one in rng.choice(SLOTS[:8], 3)),
    }


def lock(live: Live, rng: np.random.Generator) -> None:
    """A random lock, if it can be."""
    _decide(live.lock, live, rng)


def reject(live: Live, rng: np.random.Generator) -> None:
    """A random rejection, mostly of a proposed pair."""
    pairs = list(live.pairs())
    if pairs and rng.random() < 0.7:
        pair = pairs[int(rng.integers(len(pairs)))]
        if not pair.locked:
            live.reject(pair.participant, pair.mentor)
    else:
        _decide(live.reject, live, rng)


def allow(live: Live, rng: np.random.Generator) -> None:
    """Take one of the rejections back."""
    closed = [one for one in live.problem.decisions if one.ruling.value == "reject"]
    if closed:
        one = closed[int(rng.integers(len(closed)))]
        live.allow(one.participant, one.mentor)


def unlock(live: Live, rng: np.random.Generator) -> None:
    """Take one of the locks back."""
    locked = [pair for pair in live.pairs() if pair.locked]
    if locked:
        live.unlock(locked[int(rng.integers(len(locked)))].participant)


def arrive(live: Live, rng: np.random.Generator) -> None:
    """Somebody new."""
    live.arrive(random_participant(rng, f"N{int(rng.integers(1 << 40))}"))


def leave(live: Live, rng: np.random.Generator) -> None:
    """Somebody goes."""
    people = live.problem.participants
    if people:
        live.leave(people[int(rng.integers(len(people)))].id)


def resize(live: Live, rng: np.random.Generator) -> None:
    """Another number of places, if the locks leave it open."""
    mentor = live.problem.mentors[int(rng.integers(len(live.problem.mentors)))].id
    try:
        live.capacity(mentor, int(rng.integers(0, 4)))
    except DecisionConflict:
        return


ACTS: tuple[Callable[[Live, np.random.Generator], None], ...] = (
    *(lock, lock, unlock, reject, reject, allow, arrive, leave, resize),
)


def _decide(act: Callable[[str, str], object], live: Live, rng: np.random.Generator) -> None:
    problem = live.problem
    if not problem.participants:
        return
    person = problem.participants[int(rng.integers(len(problem.participants)))].id
    mentor = problem.mentors[int(rng.integers(len(problem.mentors)))].id
    try:
        act(person, mentor)
    except DecisionConflict:
        return


def best_value(live: Live) -> int:
    """The highest value of the round as it is now, by a solver that knows nothing of prices."""
    problem = live.problem
    fits, failed = score(replace(problem, decisions=())).tables
    averted = live.unmatched_loss + live.settings.waiting.bonuses(problem)
    worth = np.where(
        (failed == 0) & (fits >= live.settings.floor_points), fits + averted[:, None], 0
    )
    left = np.array([mentor.capacity for mentor in problem.mentors])
    kept = 0
    for one in problem.decisions:
        row, column = problem.cell(one.participant, one.mentor)
        worth[row, column] = 0
        if one.ruling.value == "lock":
            worth[row], left[column] = 0, left[column] - 1
            kept += int(fits[row, column] + averted[row])
    places = np.repeat(np.arange(len(left)), left)
    wide = np.hstack([worth[:, places], np.zeros((len(worth), len(worth)), dtype=np.int64)])
    rows, chosen = linear_sum_assignment(wide, maximize=True)
    return kept + int(wide[rows, chosen].sum())


def value_of_pairs(live: Live) -> int:
    """The value of the matches, counted again from the records."""
    problem = live.problem
    fits, failed = score(replace(problem, decisions=())).tables
    averted = live.unmatched_loss + live.settings.waiting.bonuses(problem)
    total = 0
    for pair in live.pairs():
        row, column = problem.cell(pair.participant, pair.mentor)
        assert failed[row, column] == 0
        assert pair.fit == fits[row, column]
        total += int(fits[row, column] + averted[row])
    return total


def states(live: Live) -> Iterator[object]:
    """Everything a later act depends on."""
    net = live._network.net
    yield from (np.asarray(table).tolist() for table in (net.choice, net.gain, net.price))
    yield from (np.asarray(table).tolist() for table in (net.first, net.after, net.before))
    yield from (np.asarray(table).tolist() for table in (net.held, net.capacity))
    for row in range(live._network.rows):
        some = slice(int(net.start[row]), int(net.stop[row]))
        yield [int(one) for one in net.column[some]], [int(one) for one in net.worth[some]]
    yield dict(live._network.locked), live.value, live.matched, live.total_fit
    yield live._proof.gains.tolist(), live._proof.prices.tolist(), live._proof.competes.tolist()
    yield NOBODY
