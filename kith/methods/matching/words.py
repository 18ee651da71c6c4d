"""What a pair shares, as message codes with parameters; the pages turn them into sentences."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kith.methods.matching.block import LEAST_LANGUAGE_LEVEL, Block
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


@dataclass(frozen=True)
class _Pair:
    participant: Participant
    mentor: Mentor
    block: Block


def pair_messages(scores: Scores, row: int, column: int) -> dict[Criterion, tuple[Message, ...]]:
    """What can be said about a pair, by criterion; nothing in it is a percentage."""
    pair = _Pair(
        scores.problem.participants[row],
        scores.problem.mentors[column],
        scores.pair(row, column),
    )
    said = {}
    for given in scores.explain(row, column):
        said[given.criterion] = tuple(_SAY[given.criterion](pair)) or _nothing(given)
    return said


def _nothing(given: Contribution) -> tuple[Message, ...]:
    code = "nothing_shared" if given.stated else "not_stated"
    return (Message(code, {"criterion": given.criterion.value}),)


def _need(pair: _Pair) -> list[Message]:
    if not pair.block.both_state("topics")[0, 0]:
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
    if pair.block.both_placed[0, 0]:
        said.append(Message("distance", {"km": round(int(pair.block.distance_m[0, 0]) / 1000)}))
    elif pair.block.same_region[0, 0]:
        said.append(Message("same_region", {"region": pair.participant.region}))
    if pair.block.both_online[0, 0]:
        said.append(Message("meet_online", {}))
    return said


def _availability(pair: _Pair) -> list[Message]:
    shared = pair.participant.availability & pair.mentor.availability
    slots = [slot for slot in SLOTS if slot in shared]
    return [Message("shared_slots", {"slots": slots})] if slots else []


def _gender(pair: _Pair) -> list[Message]:
    if not pair.block.gender_known[0, 0]:
        return []
    met = bool(pair.block.gender_wish_met[0, 0])
    code = "gender_wish_met" if met else "gender_wish_not_met"
    return [Message(code, {"gender": pair.participant.mentor_gender})]


def _age(pair: _Pair) -> list[Message]:
    if not pair.block.ages_known[0, 0]:
        return []
    years = int(pair.block.age_gap[0, 0])
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
