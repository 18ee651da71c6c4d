"""A round's problem as plain values, so that the same round can be solved again later."""

from dataclasses import fields
from datetime import date
from typing import Any

from kith.methods.matching.problem import Decision, Gate, Gates, Problem, Ruling, Weights
from kith.methods.matching.profile import AgeBand, Mentor, Participant

Packed = dict[str, Any]


def pack(problem: Problem) -> Packed:
    """The problem as lists, texts and numbers."""
    return {
        "as_of": problem.as_of.isoformat(),
        "participants": [_packed_person(one) for one in problem.participants],
        "mentors": [_packed_person(one) for one in problem.mentors],
        "weights": vars(problem.weights),
        "gates_off": sorted(problem.gates.off),
        "records_required": problem.gates.records_required,
        "exclusions": sorted(list(pair) for pair in problem.exclusions),
        "decisions": [[one.ruling, one.participant, one.mentor] for one in problem.decisions],
    }


def unpack(packed: Packed) -> Problem:
    """The problem that was packed."""
    return Problem(
        as_of=date.fromisoformat(packed["as_of"]),
        participants=[Participant(**_values(one)) for one in packed["participants"]],
        mentors=[Mentor(**_values(one)) for one in packed["mentors"]],
        weights=Weights(**packed["weights"]),
        gates=Gates(
            off=frozenset(Gate(gate) for gate in packed["gates_off"]),
            records_required=packed["records_required"],
        ),
        exclusions=frozenset((first, second) for first, second in packed["exclusions"]),
        decisions=tuple(
            Decision(Ruling(ruling), participant, mentor)
            for ruling, participant, mentor in packed["decisions"]
        ),
    )


def packed_participant(person: Participant) -> Packed:
    """One participant as plain values."""
    return _packed_person(person)


def participant_of(packed: Packed) -> Participant:
    """The participant that was packed."""
    return Participant(**_values(packed))


def _packed_person(person: Participant | Mentor) -> Packed:
    stated = {field.name: getattr(person, field.name) for field in fields(person)}
    # Zero and no are answers: no place left, not online. Only what was not said is left out.
    return {name: _plain(value) for name, value in stated.items() if value is not None}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, AgeBand):
        return [value.low, value.high]
    if isinstance(value, frozenset):
        return sorted(value)
    return dict(value) if isinstance(value, dict) else value


_SETS = ("availability", "interests", "excluded", "topics_required", "requires", "marks")
_DATES = ("waiting_since", "available_since", "trained_until", "checked_until")


def _values(packed: Packed) -> Packed:
    return {name: _value(name, value) for name, value in packed.items()}


def _value(name: str, value: Any) -> object:
    if name in _SETS:
        return frozenset(value)
    if name in _DATES:
        return date.fromisoformat(value)
    return AgeBand(*value) if name == "age_band" else value
