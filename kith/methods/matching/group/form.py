"""Form the welcome groups of one round: people in, groups and their proof out."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kith.methods.matching.group.asked import Candidates, GroupRules, find_candidates
from kith.methods.matching.group.choose import choose_groups
from kith.methods.matching.group.times import Options, find_options
from kith.methods.matching.problem import Problem
from kith.methods.matching.profile import SLOTS, Ints


@dataclass(frozen=True)
class Group:
    """One family's group.

    volunteers  ids, best fit first
    fit         whole points, the sum over the volunteers (each 0..FULL_FIT)
    slots       weekly times at which all of them and the family can; empty where none states any
    """

    family: str
    volunteers: tuple[str, ...]
    fit: int
    slots: tuple[str, ...]


@dataclass(frozen=True)
class GroupProof:
    """How good the groups are, and how much better any others could be at most.

    served, served_bound  families; no groups serve more than the bound
    fit, fit_bound        whole points; no groups that serve as many families have more
    optimal               True when both bounds are reached: nothing is better
    """

    served: int
    served_bound: int
    fit: int
    fit_bound: int
    optimal: bool

    @property
    def gap_percent(self) -> float:
        """The larger of the two distances to a bound, in percent of the bound; 0.0 is proven."""
        pairs = ((self.served, self.served_bound), (self.fit, self.fit_bound))
        return max(100 * (bound - value) / bound if bound else 0.0 for value, bound in pairs)


@dataclass(frozen=True, eq=False)
class Groups:
    """The groups of one round. `groups` and `unserved` follow the order of the problem.

    candidates, options  what they were chosen from, in canonical order
    chosen               (k,) candidate pairs that are in a group, ascending
    """

    groups: tuple[Group, ...]
    unserved: tuple[str, ...]
    proof: GroupProof
    candidates: Candidates
    options: Options
    chosen: Ints

    @cached_property
    def places_left(self) -> Ints:
        """(m,) groups that each volunteer could still join without a lock, in canonical order."""
        candidates, chosen = self.candidates, self.chosen
        taken = candidates.column[chosen[~candidates.locked[chosen]]]
        size = len(candidates.capacity)
        left: Ints = candidates.unlocked_places - np.bincount(taken, minlength=size)
        return left


def form_groups(
    problem: Problem,
    *,
    rules: GroupRules | None = None,
    seed: int = 0,
    time_limit_s: float = 60.0,
) -> Groups:
    """The groups that serve the most families, and of those the ones with the highest fit.

    problem       participants are families, mentors are volunteers (see find_candidates); its
                  gates for language and topics are met by the group together, every other one
                  by each volunteer. A family with a locked volunteer goes first; everyone locked
                  is in the group of their family, or in none when the family cannot have one.
    seed          keys the order in which people are seen, and ties
    time_limit_s  seconds for the solver; a result that ran out of time may differ between
                  machines, one that is `optimal` does not
    raises        BadProblem, DecisionConflict as find_candidates
    """
    candidates = find_candidates(problem, rules or GroupRules(), seed=seed)
    options = find_options(candidates)
    found = choose_groups(candidates, options, time_limit_s=time_limit_s)
    groups = {one.family: one for one in _groups(candidates, found.pairs)}
    ids = [family.id for family in problem.participants]
    proof = GroupProof(
        served=len(groups),
        served_bound=found.served_bound,
        fit=sum(one.fit for one in groups.values()),
        fit_bound=found.fit_bound,
        optimal=found.optimal,
    )
    return Groups(
        groups=tuple(groups[family] for family in ids if family in groups),
        unserved=tuple(family for family in ids if family not in groups),
        proof=proof,
        candidates=candidates,
        options=options,
        chosen=found.pairs,
    )


def _groups(candidates: Candidates, chosen: Ints) -> list[Group]:
    family = np.searchsorted(candidates.start, chosen, side="right") - 1
    return [_group(candidates, int(one), chosen[family == one]) for one in np.unique(family)]


def _group(candidates: Candidates, family: int, pairs: Ints) -> Group:
    ranked = sorted(pairs.tolist(), key=lambda pair: -int(candidates.fit[pair]))
    volunteers = candidates.problem.mentors
    return Group(
        family=candidates.problem.participants[family].id,
        volunteers=tuple(volunteers[candidates.column[pair]].id for pair in ranked),
        fit=int(candidates.fit[pairs].sum()),
        slots=shared_slots(candidates, family, pairs),
    )


def shared_slots(candidates: Candidates, family: int, pairs: Ints) -> tuple[str, ...]:
    """Times at which the family and everyone of these pairs can; empty where none states any."""
    problem = candidates.problem
    people = [problem.mentors[column].availability for column in candidates.column[pairs]]
    stated = [times for times in (problem.participants[family].availability, *people) if times]
    return tuple(slot for slot in SLOTS if stated and all(slot in times for times in stated))
