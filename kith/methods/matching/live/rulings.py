"""What people may not decide: a lock or a rejection that contradicts something."""

from kith.methods.matching.live.growing import GrowingNetwork
from kith.methods.matching.live.people import People
from kith.methods.matching.problem import Decision, DecisionConflict, Gate, Ruling
from kith.methods.matching.score import GATE_BIT


def check_lock(people: People, network: GrowingNetwork, row: int, column: int) -> None:
    """Raises DecisionConflict when this pair cannot be locked."""
    if row in network.locked and network.column_of(row) != column:
        raise conflict(people, "this participant is locked to another mentor", row, column)
    if column in people.rejected.get(row, ()):
        raise conflict(people, "this pair is both locked and rejected", row, column)
    gates = failed_gates(people, row, column)
    if gates:
        raise conflict(people, f"the pair does not pass: {', '.join(gates)}", row, column)
    if row not in network.locked and network.net.capacity[column] < 1:
        raise conflict(people, "more locks than this mentor has places", row, column)


def check_reject(people: People, network: GrowingNetwork, row: int, column: int) -> None:
    """Raises DecisionConflict when this pair is locked."""
    if row in network.locked and network.column_of(row) == column:
        raise conflict(people, "this pair is both locked and rejected", row, column, Ruling.REJECT)


def check_places(people: People, network: GrowingNetwork, column: int, places: int) -> None:
    """Raises DecisionConflict when more places of a mentor are locked than there would be."""
    rows = [row for row in network.locked if network.column_of(row) == column]
    if places < len(rows):
        raise conflict(people, "more locks than this mentor has places", rows[-1], column)


def failed_gates(people: People, row: int, column: int) -> tuple[Gate, ...]:
    """The gates that a pair does not pass, exclusions among them, in funnel order."""
    mask = people.failed(row, column)
    return tuple(gate for gate, bit in GATE_BIT.items() if mask & bit)


def conflict(
    people: People, reason: str, row: int, column: int, ruling: Ruling = Ruling.LOCK
) -> DecisionConflict:
    """The error that says so."""
    mentor = people.problem.mentors[column].id
    return DecisionConflict(reason, Decision(ruling, people.participant(row), mentor))
