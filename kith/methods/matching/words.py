"""What a pair shares, as message codes with parameters; the pages turn them into sentences."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from kith.methods.matching.block import LEAST_LANGUAGE_LEVEL
from kith.methods.matching.problem import Criterion
from kith.methods.matching.profile import SLOTS, Mentor, Participant
from kith.methods.matching.score import Contribution, Scores

Params = Mapping[str, Any]


@dataclass(frozen=True)
class Message:
    """One sentence to be: a code out of CODES and its parameters."""

    code: str
    params: Params


CODES: Mapping[str, tuple[str, ...]] = {
    "shared_topics": ("topics",),
    "topics_not_offered": ("topics",),
    "shared_interests": ("interests",),
    "shared_language": ("language", "level"),
    "interpreter_joins": (),
    "distance": ("km",),
    "same_region": ("region",),
    "meet_online": (),
    "shared_slots": ("slots",),
    "gender_wish_met": ("gender",),
    "gender_wish_not_met": ("gender",),
    "age_alike": (),
    "age_apart": ("years",),
    "nothing_shared": ("criterion",),
    "not_stated": ("criterion",),
}


class _Pair(NamedTuple):
    """Two people, and what their block says of them."""

    participant: Participant
    mentor: Mentor
    both_topics: bool
    both_placed: bool
    distance_m: int
    same_region: bool
    both_online: bool
    gender_known: bool
    gender_wish_met: bool
    ages_known: bool
    age_gap: int


Said = dict[Criterion, tuple[Message, ...]]


def pair_messages(scores: Scores, row: int, column: int) -> Said:
    """What can be said about a pair, by criterion; nothing in it is a percentage."""
    (given,) = scores.contributions([row], [column])
    (said,) = messages_of(scores, [row], [column], [given])
    return said


def messages_of(
    scores: Scores,
    rows: list[int],
    columns: list[int],
    contributions: Iterable[tuple[Contribution, ...]],
) -> Iterator[Said]:
    """What can be said about many pairs; their contributions are known already."""
    pairs = _pairs(scores, rows, columns)
    for pair, parts in zip(pairs, contributions, strict=True):
        yield {
            given.criterion: tuple(_SAY[given.criterion](pair)) or _nothing(given)
            for given in parts
        }


def _pairs(scores: Scores, rows: list[int], columns: list[int]) -> Iterator[_Pair]:
    block = scores.couples(rows, columns)
    facts = (
        block.both_state("topics"),
        *(block.both_placed, block.distance_m, block.same_region, block.both_online),
        *(block.gender_known, block.gender_wish_met, block.ages_known, block.age_gap),
    )
    participants = (scores.problem.participants[row] for row in rows)
    mentors = (scores.problem.mentors[column] for column in columns)
    values = (fact[:, 0].tolist() for fact in facts)
    return (_Pair(*one) for one in zip(participants, mentors, *values, strict=True))


def _nothing(given: Contribution) -> tuple[Message, ...]:
    code = "nothing_shared" if given.stated else "not_stated"
    return (Message(code, {"criterion": given.criterion.value}),)


def _need(pair: _Pair) -> list[Message]:
    if not pair.both_topics:
        return []
    wishes, offers = set(pair.participant.wishes), set(pair.mentor.topics)
    shared, missing = sorted(wishes & offers), sorted(wishes - offers)
    said = [("shared_topics", shared), ("topics_not_offered", missing)]
    return [Message(code, {"topics": topics}) for code, topics in said if topics]


def _interests(pair: _Pair) -> list[Message]:
    shared = sorted(pair.participant.interests & pair.mentor.interests)
    return [Message("shared_interests", {"interests": shared})] if shared else []


def _language(pair: _Pair) -> list[Message]:
    shared = shared_languages(pair.participant, pair.mentor)
    if shared:
        level = max(shared.values())
        best = min(language for language in shared if shared[language] == level)
        return [Message("shared_language", {"language": best, "level": level})]
    if pair.participant.interpreter:
        return [Message("interpreter_joins", {})]
    return []


def shared_languages(participant: Participant, mentor: Mentor) -> dict[str, int]:
    """Every language that both speak well enough, with the lower of the two levels."""
    both = set(participant.languages) & set(mentor.languages)
    levels = {code: min(participant.languages[code], mentor.languages[code]) for code in both}
    return {code: level for code, level in levels.items() if level >= LEAST_LANGUAGE_LEVEL}


def _distance(pair: _Pair) -> list[Message]:
    said = []
    if pair.both_placed:
        said.append(Message("distance", {"km": round(pair.distance_m / 1000)}))
    elif pair.same_region:
        said.append(Message("same_region", {"region": pair.participant.region}))
    if pair.both_online:
        said.append(Message("meet_online", {}))
    return said


def _availability(pair: _Pair) -> list[Message]:
    shared = pair.participant.availability & pair.mentor.availability
    slots = [slot for slot in SLOTS if slot in shared]
    return [Message("shared_slots", {"slots": slots})] if slots else []


def _gender(pair: _Pair) -> list[Message]:
    if not pair.gender_known:
        return []
    met = pair.gender_wish_met
    code = "gender_wish_met" if met else "gender_wish_not_met"
    return [Message(code, {"gender": pair.participant.mentor_gender})]


def _age(pair: _Pair) -> list[Message]:
    if not pair.ages_known:
        return []
    years = pair.age_gap
    return [Message("age_apart", {"years": years}) if years else Message("age_alike", {})]


_SAY: Mapping[Criterion, Callable[[_Pair], list[Message]]] = {
    Criterion.NEED: _need,
    Criterion.INTERESTS: _interests,
    Criterion.LANGUAGE: _language,
    Criterion.DISTANCE: _distance,
    Criterion.AVAILABILITY: _availability,
    Criterion.GENDER: _gender,
    Criterion.AGE: _age,
}
