from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.methods.matching.group import choose
from kith.methods.matching.group.asked import GroupRules
from kith.methods.matching.group.form import Groups, form_groups
from kith.methods.matching.problem import (
    BadProblem,
    Decision,
    DecisionConflict,
    Gate,
    Problem,
    Ruling,
)
from kith.methods.matching.profile import SLOTS, Mentor, Participant
from kith.methods.matching.tests.factories import TODAY, lock, problems, reject
from kith.methods.matching.tests.oracle import failed, parts

PAIR_RULES = GroupRules(smallest=2, largest=3)
ROLES = ("health", "housing", "money", "school")
TOGETHER = {Gate.LANGUAGE, Gate.TOPICS, Gate.TOPICS_REQUIRED}


def is_group(problem: Problem, rules: GroupRules, family, people) -> bool:
    """Whether these people are a group for this family, from the rules as they are told."""
    if not rules.smallest <= len(people) <= rules.largest:
        return False
    if any(failed(family, one, problem) - TOGETHER for one in people):
        return False
    ruled = {(one.ruling, one.participant, one.mentor) for one in problem.decisions}
    if any((Ruling.REJECT, family.id, one.id) in ruled for one in people):
        return False
    locked = {mentor for ruling, one, mentor in ruled if ruling is Ruling.LOCK and one == family.id}
    roles = {topic for one in people for topic in one.topics}
    stated = [set(one.availability) for one in (family, *people) if one.availability]
    bridge = any(
        min(family.languages[code], one.languages[code]) >= rules.bridge_level
        for one in people
        for code in family.languages
        if code in one.languages
    )
    return (
        locked <= {one.id for one in people}
        and family.topics_required | rules.roles <= roles
        and (bridge or family.interpreter or not family.languages)
        and (not stated or bool(set.intersection(*stated)))
    )


def best_of_all(problem: Problem, rules: GroupRules) -> tuple[int, int, int]:
    """Families with a lock, families, fit: of every set of groups there can be."""
    locks = {(one.participant, one.mentor) for one in problem.decisions if one.ruling == "lock"}
    kept = {one.id: sum(mentor == one.id for _, mentor in locks) for one in problem.mentors}
    every = [
        [
            people
            for size in range(rules.smallest, rules.largest + 1)
            for people in combinations(problem.mentors, size)
            if is_group(problem, rules, family, people)
        ]
        for family in problem.participants
    ]

    def best(row: int, left: dict[str, int]) -> tuple[int, int, int]:
        if row == len(every):
            return 0, 0, 0
        family, found = problem.participants[row], best(row + 1, left)
        has_lock = any(one == family.id for one, _ in locks)
        for people in every[row]:
            free = dict(left)
            for one in people:
                free[one.id] -= (family.id, one.id) not in locks
            if min(free.values()) >= 0:
                rest = best(row + 1, free)
                fit = sum(sum(parts(family, one).values()) for one in people)
                found = max(found, (rest[0] + has_lock, rest[1] + 1, rest[2] + fit))
        return found

    return best(0, {one.id: one.capacity - kept[one.id] for one in problem.mentors})


def random_round(seed: int, *, families: int = 3, volunteers: int = 7, locks: int = 0) -> Problem:
    """Few roles, languages and times, so that groups are possible and contested."""
    random = np.random.default_rng(seed)

    def some(words, least: int, most: int) -> frozenset[str]:
        size = int(random.integers(least, most + 1))
        return frozenset(random.choice(words, size=size, replace=False).tolist())

    asking = [
        Participant(
            id=f"F{number}",
            languages={str(random.choice(["ar", "uk"])): 5, "pl": int(random.integers(1, 4))},
            topics_required=some(ROLES, 0, 3),
            availability=some(SLOTS[:5], 0, 4),
            region=str(random.choice(["wilda", "rataje"])),
        )
        for number in range(families)
    ]
    offering = [
        Mentor(
            id=f"V{number}",
            languages=dict.fromkeys(sorted(some(["ar", "uk", "pl"], 0, 2)), 4),
            topics=dict.fromkeys(sorted(some(ROLES, 1, 3)), int(random.integers(1, 5))),
            availability=some(SLOTS[:5], 0, 4),
            region=[None, "wilda", "rataje"][int(random.integers(3))],
            capacity=int(random.integers(1, 3)),
        )
        for number in range(volunteers)
    ]
    problem = Problem(participants=asking, mentors=offering, as_of=TODAY)
    return with_decisions(problem, random, locks)


def with_decisions(problem: Problem, random, locks: int) -> Problem:
    decisions = []
    for _ in range(locks):
        family = problem.participants[random.integers(len(problem.participants))]
        volunteer = problem.mentors[random.integers(len(problem.mentors))]
        known = {(one.participant, one.mentor) for one in decisions}
        if (family.id, volunteer.id) in known:
            continue
        kept = sum(one.mentor == volunteer.id for one in decisions)
        passes = not failed(family, volunteer, problem) - TOGETHER
        can_lock = passes and kept < volunteer.capacity
        decisions.append((lock if can_lock else reject)(family.id, volunteer.id))
    return Problem(
        participants=problem.participants,
        mentors=problem.mentors,
        as_of=TODAY,
        decisions=tuple(decisions),
    )


def reached(groups: Groups) -> tuple[int, int, int]:
    locked = {
        one.participant for one in groups.candidates.problem.decisions if one.ruling == "lock"
    }
    served = [one for one in groups.groups if one.family in locked]
    return len(served), groups.proof.served, groups.proof.fit


def faults(groups: Groups, problem: Problem, rules: GroupRules) -> list[str]:
    """Rules that are broken; an empty list means none."""
    families = {one.id: one for one in problem.participants}
    volunteers = {one.id: one for one in problem.mentors}
    broken = [
        f"{one.family} has no real group"
        for one in groups.groups
        if not is_group(
            problem, rules, families[one.family], [volunteers[name] for name in one.volunteers]
        )
    ]
    held = [name for one in groups.groups for name in one.volunteers]
    held += [
        one.mentor
        for one in problem.decisions
        if one.ruling is Ruling.LOCK and one.participant in groups.unserved
    ]
    broken += [name for name in volunteers if held.count(name) > volunteers[name].capacity]
    everyone = sorted([*groups.unserved, *(one.family for one in groups.groups)])
    return broken + ([] if everyone == sorted(families) else ["a family is lost"])


@pytest.mark.parametrize("seed", range(40))
def test_groups_are_the_best_of_all_there_can_be(seed) -> None:
    problem = random_round(seed, locks=seed % 4)

    groups = form_groups(problem, rules=PAIR_RULES, seed=seed)

    assert reached(groups) == best_of_all(problem, PAIR_RULES)
    assert faults(groups, problem, PAIR_RULES) == []
    assert groups.proof.optimal
    assert groups.proof.gap_percent == 0.0


@settings(max_examples=40, deadline=None)
@given(problems(most=5), st.integers(1, 2))
def test_no_rule_is_ever_broken_and_nothing_is_better(problem, smallest) -> None:
    rules = GroupRules(smallest=smallest, largest=3)

    groups = form_groups(problem, rules=rules)

    assert faults(groups, problem, rules) == []
    assert reached(groups) == best_of_all(problem, rules)


@pytest.mark.parametrize("seed", range(6))
def test_a_large_round_by_steps_keeps_every_rule_and_its_bounds_hold(seed, monkeypatch) -> None:
    problem = random_round(seed, families=6, volunteers=24, locks=4)
    exact = form_groups(problem)
    monkeypatch.setattr(choose, "AT_ONCE", 0)

    groups = form_groups(problem)

    assert faults(groups, problem, GroupRules()) == []
    assert reached(groups) <= reached(exact)
    assert groups.proof.served_bound >= exact.proof.served
    assert groups.proof.served < exact.proof.served or groups.proof.fit_bound >= exact.proof.fit


@pytest.mark.parametrize("seed", range(6))
def test_windows_find_the_best_when_one_holds_every_family(seed, monkeypatch) -> None:
    problem = random_round(seed, families=4, volunteers=12, locks=2)
    monkeypatch.setattr(choose, "AT_ONCE", 0)

    groups = form_groups(problem, rules=PAIR_RULES)

    monkeypatch.undo()
    assert reached(groups) == reached(form_groups(problem, rules=PAIR_RULES))


@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_people_never_changes_the_groups(seed) -> None:
    problem = random_round(seed, families=5, volunteers=16, locks=2)
    turned = Problem(
        participants=problem.participants[::-1],
        mentors=problem.mentors[::-1],
        as_of=TODAY,
        decisions=problem.decisions[::-1],
    )

    groups, others = form_groups(problem, seed=7), form_groups(turned, seed=7)

    assert groups.groups == others.groups[::-1]
    assert groups.proof == others.proof


def family(**stated) -> Participant:
    return Participant(id="F", **stated)


def volunteers(*stated: dict) -> list[Mentor]:
    return [Mentor(id=f"V{number}", **one) for number, one in enumerate(stated)]


def asked(family: Participant, people: list[Mentor], *decisions: Decision) -> Problem:
    return Problem(participants=[family], mentors=people, as_of=TODAY, decisions=decisions)


def test_a_group_covers_roles_together_that_nobody_covers_alone() -> None:
    people = volunteers({"topics": {"money": 1}}, {"topics": {"health": 1}}, {}, {})
    problem = asked(family(topics_required=frozenset({"money", "health"})), people)

    groups = form_groups(problem)

    assert {"V0", "V1"} <= set(groups.groups[0].volunteers)
    assert groups.groups[0].slots == ()


def test_roles_of_the_programme_count_for_every_family() -> None:
    problem = asked(family(), volunteers({}, {}, {"topics": {"money": 1}}, {}))

    groups = form_groups(problem, rules=GroupRules(largest=3, roles=frozenset({"money"})))

    assert "V2" in groups.groups[0].volunteers


def test_times_count_for_the_whole_group_not_pair_by_pair() -> None:
    people = volunteers(*({"availability": frozenset({slot})} for slot in SLOTS[:3]))
    problem = asked(family(availability=frozenset(SLOTS[:3])), people)

    assert form_groups(problem).unserved == ("F",)


def test_a_locked_volunteer_is_kept_for_their_family_even_without_a_group() -> None:
    people = volunteers({}, {}, {})
    lonely = family(topics_required=frozenset({"money"}))
    problem = Problem(
        participants=[lonely, Participant(id="G")],
        mentors=people,
        as_of=TODAY,
        decisions=(lock("F", "V0"),),
    )

    assert form_groups(problem).unserved == ("F", "G")


@pytest.mark.parametrize(
    ("decisions", "reason"),
    [
        ([lock("F", "V0"), reject("F", "V0")], "this pair is both locked and rejected"),
        ([lock("F", "V1")], "the pair does not pass every gate"),
        ([lock("F", "V2")], "more locks than this volunteer has places"),
        ([lock("F", f"V{one}") for one in (0, 3, 4)], "more locks than a group has volunteers"),
    ],
)
def test_decisions_that_cannot_all_be_kept_are_refused(decisions, reason) -> None:
    people = volunteers({}, {"region": "rataje"}, {"capacity": 0}, {}, {})
    problem = asked(family(region="wilda"), people, *decisions)

    with pytest.raises(DecisionConflict) as refused:
        form_groups(problem, rules=GroupRules(smallest=1, largest=2))

    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "rules", [{"smallest": 4, "largest": 3}, {"smallest": 0}, {"largest": 21}, {"bridge_level": 6}]
)
def test_rules_that_no_group_can_keep_are_refused(rules) -> None:
    with pytest.raises(BadProblem):
        GroupRules(**rules)


def test_more_roles_than_a_group_can_be_asked_are_refused() -> None:
    roles = frozenset(f"role {number}" for number in range(13))

    with pytest.raises(BadProblem, match="F needs 13 roles; a group covers 12"):
        form_groups(asked(family(topics_required=roles), []))


def test_a_round_without_families_has_no_groups() -> None:
    groups = form_groups(Problem(participants=[], mentors=volunteers({}), as_of=TODAY))

    assert (groups.groups, groups.unserved, groups.proof.optimal) == ((), (), True)
