"""What a pair shares and what one should know, as codes with parameters that a row can hold."""

from collections.abc import Iterator, Sequence
from typing import Any

from kith.matching.rules.marks import kinds_of
from kith.methods.matching.explain import Part, UnmatchedExplanation
from kith.methods.matching.problem import Gate
from kith.methods.matching.profile import Mentor, Participant
from kith.methods.matching.words import Message, shared_languages

Point = dict[str, Any]

SHARED = frozenset(
    {
        "shared_topics",
        "shared_interests",
        "shared_languages",
        "interpreter_joins",
        "distance",
        "same_region",
        "meet_online",
        "shared_slots",
        "gender_wish_met",
        "age_alike",
    }
)
"""What speaks for a pair."""
HEED = frozenset({"topics_not_offered", "gender_wish_not_met"})
"""What a person should know before deciding."""


def points_of(parts: Sequence[Part], participant: Participant, mentor: Mentor) -> list[Point]:
    """Everything worth saying about a pair, in the order of the criteria."""
    languages = sorted(shared_languages(participant, mentor))
    place = participant.region if participant.region == mentor.region else None
    return [
        _point(_fuller(message, languages=languages, place=place)) for message in _messages(parts)
    ]


def parts_of(parts: Sequence[Part]) -> list[Point]:
    """What each criterion gave of what it could: they add up to the fit of the pair."""
    return [
        {"criterion": part.criterion.value, "points": part.points, "of": part.maximum}
        for part in parts
        if part.maximum
    ]


def _messages(parts: Sequence[Part]) -> Iterator[Message]:
    for part in parts:
        for message in part.messages:
            if message.code == "shared_language" or message.code in SHARED | HEED:
                yield message


def _fuller(message: Message, *, languages: list[str], place: str | None) -> Message:
    """All shared languages instead of the best one; the district's name when it is the same."""
    if message.code == "shared_language":
        return Message("shared_languages", {"languages": languages})
    if message.code == "distance" and place:
        return Message("same_region", {"region": place})
    return message


def _point(message: Message) -> Point:
    return {"code": message.code, **message.params}


def steps_of(explanation: UnmatchedExplanation, participant: Participant) -> list[Point]:
    """Where the mentors dropped out, only the steps at which some did."""
    known = {Gate.MARKS.value: {"marks": kinds_of(participant.requires)}}
    return [
        {"code": step.code, "number": step.removed, **known.get(step.code, {})}
        for step in explanation.funnel
        if step.removed
    ]


MOST_MENTORS_NAMED = 3


def change_of(explanation: UnmatchedExplanation) -> Point | None:
    """The cheapest single change that would help, with the keys of the mentors it would open."""
    found = explanation.relaxation
    if found is None:
        return None
    point = _point(found.message)
    if found.message.code == Gate.MARKS.value:
        point["marks"] = kinds_of(point["marks"])
    return {**point, "mentors": list(found.mentors[:MOST_MENTORS_NAMED])}
