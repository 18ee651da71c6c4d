"""Small made-up rounds for tests."""

from datetime import date, timedelta

from hypothesis import strategies as st

from kith.methods.matching.problem import Decision, Problem, Ruling, Weights
from kith.methods.matching.profile import SLOTS, AgeBand, Mentor, Participant

TODAY = date(2026, 3, 2)

languages = st.dictionaries(st.sampled_from(["ar", "pl", "uk"]), st.integers(1, 5), max_size=3)
words = st.sampled_from(["housing", "work", "school"])
NO_MARK, ONE_MARK, TWO_MARKS = map(frozenset, ([], ["checked"], ["checked", "tandem"]))
required = st.sampled_from([NO_MARK, NO_MARK, NO_MARK, ONE_MARK, frozenset({"tandem"}), TWO_MARKS])
marks = st.sampled_from([TWO_MARKS, TWO_MARKS, ONE_MARK, NO_MARK])
genders = st.sampled_from([None, "woman", "man"])
slots = st.frozensets(st.sampled_from(SLOTS[:4]), max_size=3)
days = st.none() | st.integers(-40, 400).map(lambda ago: TODAY - timedelta(days=ago))
bands = st.sampled_from([None, AgeBand(16, 19), AgeBand(20, 29), AgeBand(30, 44), AgeBand(65)])
places = st.sampled_from([(None, None), (52.40, 16.92), (52.41, 16.95), (52.25, 21.01)])


def common(place):
    """What both sides may state."""
    return {
        "languages": languages,
        "region": st.sampled_from([None, "wilda", "rataje"]),
        "lat": st.just(place[0]),
        "lon": st.just(place[1]),
        "max_km": st.sampled_from([None, 0, 5, 400]),
        "online": st.sampled_from([None, True, False]),
        "availability": slots,
        "age_band": bands,
        "interests": st.frozensets(st.sampled_from(["music", "chess"]), max_size=2),
    }


@st.composite
def participants(draw, number: int) -> Participant:
    """One participant, anything stated or not."""
    wish = draw(genders)
    return draw(
        st.builds(
            Participant,
            id=st.just(f"P{number}"),
            topics=st.dictionaries(words, st.integers(1, 3), max_size=2),
            topics_required=st.frozensets(words, max_size=1),
            mentor_gender=st.just(wish),
            mentor_gender_required=st.booleans() if wish else st.just(False),
            interpreter=st.booleans(),
            requires=required,
            waiting_since=days,
            excluded=st.frozensets(st.sampled_from(["M0", "M1", "M99"]), max_size=1),
            **common(draw(places)),
        )
    )


@st.composite
def mentors(draw, number: int) -> Mentor:
    """One mentor, anything stated or not."""
    return draw(
        st.builds(
            Mentor,
            id=st.just(f"M{number}"),
            topics=st.dictionaries(words, st.integers(1, 4), max_size=3),
            capacity=st.integers(0, 2),
            gender=genders,
            trained_until=days,
            checked_until=days,
            marks=marks,
            excluded=st.frozensets(st.sampled_from(["P0", "P1", "P99"]), max_size=1),
            **common(draw(places)),
        )
    )


@st.composite
def problems(draw, most: int = 5) -> Problem:
    """A round of up to `most` participants and mentors, without decisions."""
    return Problem(
        participants=[draw(participants(one)) for one in range(draw(st.integers(0, most)))],
        mentors=[draw(mentors(one)) for one in range(draw(st.integers(0, most)))],
        as_of=TODAY,
    )


def open_round(fits: list[list[int]], capacity: list[int] | None = None) -> Problem:
    """A round with given fits in percent; 0 = no candidate.

    Only the need counts. A row that sums to more than 99 is scaled down to that.
    """
    size = len(fits[0])
    return Problem(
        participants=[
            Participant(
                id=f"P{row}",
                topics={f"{row}-{column}": value for column, value in enumerate(line) if value}
                | {f"{row}-rest": max(1, 100 - sum(line))},
                waiting_since=TODAY,
            )
            for row, line in enumerate(fits)
        ],
        mentors=[
            Mentor(
                id=f"M{column}",
                topics={f"{row}-{column}": 4 for row in range(len(fits)) if fits[row][column]}
                or {"other": 4},
                capacity=1 if capacity is None else capacity[column],
            )
            for column in range(size)
        ],
        as_of=TODAY,
        weights=Weights(need=1, language=0, distance=0, availability=0, gender=0, age=0),
    )


def lock(participant: str, mentor: str) -> Decision:
    """A lock."""
    return Decision(Ruling.LOCK, participant, mentor)


def reject(participant: str, mentor: str) -> Decision:
    """A reject."""
    return Decision(Ruling.REJECT, participant, mentor)
