"""Why this group, and why none: what each brings, the funnel, and what is lacking, in codes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from kith.methods.matching.explain import NO_PLACES, REJECTED, Part, Step
from kith.methods.matching.group.asked import BRIDGE, TOGETHER, Candidates
from kith.methods.matching.group.form import Group, Groups
from kith.methods.matching.group.times import fewest_to_cover, is_enough
from kith.methods.matching.problem import Gate
from kith.methods.matching.profile import SLOTS, Ints
from kith.methods.matching.score import GATE_BIT
from kith.methods.matching.words import Message, pair_messages

ELSEWHERE, FREE, IN_GROUP = "elsewhere", "free", "in_group"
GROUP_GATES = tuple(gate for gate in Gate if gate not in TOGETHER)
GROUP_FUNNEL = (
    *(gate.value for gate in GROUP_GATES),
    NO_PLACES,
    REJECTED,
    ELSEWHERE,
    FREE,
    IN_GROUP,
)
"""Where a volunteer drops out, in this order; `elsewhere`: in as many other groups as they take
on; `free`: would have a place, yet no group came about; `in_group`: in the family's own."""

GROUP_CODES: Mapping[str, tuple[str, ...]] = {
    "bridge": ("language", "level", "volunteers"),
    "interpreter_joins": (),
    "role_covered": ("role", "volunteers"),
    "group_slots": ("slots",),
    "too_few": ("count", "needed"),
    "nobody_speaks": ("languages",),
    "role_missing": ("role",),
    "too_many_needed": ("fewest", "largest"),
    "locked_absent": ("volunteers",),
    "no_time_for_all": ("slot",),
    "needed_elsewhere": (),
    "time_ran_out": (),
}


@dataclass(frozen=True)
class Joined:
    """One volunteer of a group; the points of all parts sum to the fit."""

    volunteer: str
    fit: int
    locked: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class GroupExplanation:
    """Why this group: what it meets together (codes of GROUP_CODES), and what each brings."""

    group: Group
    together: tuple[Message, ...]
    volunteers: tuple[Joined, ...]


@dataclass(frozen=True)
class NoGroupExplanation:
    """Why none yet.

    funnel  the removed of all steps sum to the number of volunteers
    lacks   codes of GROUP_CODES. After `no_time_for_all` what is lacking at the time that comes
            closest, after `needed_elsewhere` what is lacking among those who are still free
    """

    family: str
    funnel: tuple[Step, ...]
    lacks: tuple[Message, ...]


def explain_family(groups: Groups, family: str) -> GroupExplanation | NoGroupExplanation:
    """The explanation of one family's result. Raises BadProblem when it is not in the round."""
    row = groups.candidates.problem.row(family)
    for group in groups.groups:
        if group.family == family:
            return _explain_group(groups, group, row)
    return NoGroupExplanation(family, count_funnel(groups, row), tuple(_lacks(groups, row)))


def _explain_group(groups: Groups, group: Group, row: int) -> GroupExplanation:
    candidates = groups.candidates
    columns = [candidates.problem.column(one) for one in group.volunteers]
    pairs = {int(candidates.column[pair]): int(pair) for pair in _own(groups, row)}
    return GroupExplanation(
        group=group,
        together=tuple(_together(candidates, row, [pairs[column] for column in columns], group)),
        volunteers=tuple(
            Joined(
                volunteer=candidates.problem.mentors[column].id,
                fit=int(candidates.fit[pairs[column]]),
                locked=bool(candidates.locked[pairs[column]]),
                parts=_parts(candidates, row, column),
            )
            for column in columns
        ),
    )


def _own(groups: Groups, row: int) -> Ints:
    """The pairs of one family's group."""
    start, chosen = groups.candidates.start, groups.chosen
    own: Ints = chosen[(chosen >= start[row]) & (chosen < start[row + 1])]
    return own


def _parts(candidates: Candidates, row: int, column: int) -> tuple[Part, ...]:
    messages = pair_messages(candidates.scores, row, column)
    return tuple(
        Part(given.criterion, given.points, given.maximum, messages[given.criterion])
        for given in candidates.scores.explain(row, column)
        if given.maximum
    )


def _together(
    candidates: Candidates, row: int, pairs: list[int], group: Group
) -> Iterator[Message]:
    """What the group meets as a whole."""
    for number, need in enumerate(candidates.needs[row]):
        able = [pair for pair in pairs if candidates.covers[pair] >> number & 1]
        if need == BRIDGE:
            yield from _bridges(candidates, row, able)
        else:
            params = {"role": need, "volunteers": _ids(candidates, np.array(able))}
            yield Message("role_covered", params)
    if candidates.problem.participants[row].interpreter:
        yield Message("interpreter_joins", {})
    if group.slots:
        yield Message("group_slots", {"slots": list(group.slots)})


def _bridges(candidates: Candidates, row: int, pairs: list[int]) -> Iterator[Message]:
    """Each language that bridges, with who speaks it and the level of the best."""
    family, spoken = candidates.problem.participants[row], dict[str, dict[str, int]]()
    for pair in pairs:
        volunteer = candidates.problem.mentors[candidates.column[pair]]
        for language in family.languages.keys() & volunteer.languages.keys():
            level = min(family.languages[language], volunteer.languages[language])
            if level >= candidates.rules.bridge_level:
                spoken.setdefault(language, {})[volunteer.id] = level
    for language, levels in sorted(spoken.items()):
        params = {"language": language, "level": max(levels.values()), "volunteers": list(levels)}
        yield Message("bridge", params)


def count_funnel(groups: Groups, row: int) -> tuple[Step, ...]:
    """Of all volunteers, how many drop out where, for the family in one canonical row."""
    reasons = _reasons(groups, row)
    left, steps = len(reasons), []
    for number, code in enumerate(GROUP_FUNNEL):
        removed = int((reasons == number).sum())
        left -= removed
        steps.append(Step(code, removed, left))
    return tuple(steps)


def _reasons(groups: Groups, row: int) -> Ints:
    """(m,) number in GROUP_FUNNEL of the first step that each volunteer does not pass."""
    candidates = groups.candidates
    failed = candidates.failed_of(row).astype(np.int64)
    theirs, kept, rejected = np.zeros((3, len(failed)), dtype=bool)
    theirs[candidates.column[_own(groups, row)]] = True
    kept[candidates.column[candidates.locked_of(row)]] = True
    rejected[candidates.rejected.get(row, [])] = True
    lowest_bit = failed & -failed
    checks = [lowest_bit == GATE_BIT[gate] for gate in GROUP_GATES]
    checks += [
        candidates.capacity == 0,
        rejected,
        (groups.places_left == 0) & ~theirs & ~kept,
        ~theirs,
    ]
    reasons: Ints = np.select(checks, range(len(checks)), GROUP_FUNNEL.index(IN_GROUP))
    return reasons


def _lacks(groups: Groups, row: int) -> Iterator[Message]:
    """What keeps a family from having a group, the plainest reason first."""
    candidates, pairs = groups.candidates, groups.candidates.pairs_of(row)
    missing = _missing(candidates, row, pairs)
    if missing:
        yield from missing
        return
    possible = [
        groups.options.pair[groups.options.option == option]
        for option in np.flatnonzero(groups.options.family == row)
    ]
    if not possible:
        yield from _closest_time(candidates, row, pairs)
        return
    free = (groups.places_left[candidates.column] > 0) | candidates.locked
    left = [_missing(candidates, row, able[free[able]]) for able in possible]
    fewest = min(left, key=len)
    yield Message("needed_elsewhere" if fewest else "time_ran_out", {})
    yield from fewest


def _closest_time(candidates: Candidates, row: int, pairs: Ints) -> Iterator[Message]:
    """The time at which least is lacking, and what that is."""
    found = []
    for number, slot in enumerate(SLOTS):
        able = pairs[candidates.slots[pairs] >> number & 1 == 1]
        found.append((_missing(candidates, row, able), -len(able), slot))
    missing, _, slot = min(found, key=lambda one: (len(one[0]), one[1]))
    yield Message("no_time_for_all", {"slot": slot})
    yield from missing


def _missing(candidates: Candidates, row: int, pairs: Ints) -> list[Message]:
    """What these volunteers lack to be a group of this family; nothing when they are enough."""
    rules, locked = candidates.rules, candidates.locked_of(row)
    covered = int(np.bitwise_or.reduce(candidates.covers[pairs], initial=0))
    said = []
    if len(pairs) < rules.smallest:
        said.append(Message("too_few", {"count": len(pairs), "needed": rules.smallest}))
    for number, need in enumerate(candidates.needs[row]):
        if not covered >> number & 1:
            said.append(_uncovered(candidates, row, need))
    absent = np.setdiff1d(locked, pairs)
    if absent.size:
        said.append(Message("locked_absent", {"volunteers": _ids(candidates, absent)}))
    if not said and not is_enough(candidates, row, pairs):
        said.append(_too_many_needed(candidates, locked, pairs, row))
    return said


def _uncovered(candidates: Candidates, row: int, need: str) -> Message:
    if need == BRIDGE:
        languages = sorted(candidates.problem.participants[row].languages)
        return Message("nobody_speaks", {"languages": languages})
    return Message("role_missing", {"role": need})


def _too_many_needed(candidates: Candidates, locked: Ints, pairs: Ints, row: int) -> Message:
    """Every role has somebody, yet together they are more than one group."""
    covers, need = candidates.covers, (1 << len(candidates.needs[row])) - 1
    begun = int(np.bitwise_or.reduce(covers[locked], initial=0))
    more = fewest_to_cover(covers[pairs].tolist(), need=need, begun=begun) or 0
    largest = candidates.rules.largest
    return Message("too_many_needed", {"fewest": len(locked) + more, "largest": largest})


def _ids(candidates: Candidates, pairs: Ints) -> list[str]:
    volunteers = candidates.problem.mentors
    return [volunteers[column].id for column in candidates.column[pairs]]
