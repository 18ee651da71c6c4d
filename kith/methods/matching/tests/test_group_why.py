import pytest

from kith.methods.matching.explain import Step
from kith.methods.matching.group.asked import GroupRules
from kith.methods.matching.group.form import form_groups
from kith.methods.matching.group.why import (
    GROUP_CODES,
    GROUP_FUNNEL,
    GroupExplanation,
    NoGroupExplanation,
    explain_family,
)
from kith.methods.matching.problem import Decision, Problem
from kith.methods.matching.profile import SLOTS, Mentor, Participant
from kith.methods.matching.tests.factories import TODAY, lock, reject
from kith.methods.matching.tests.test_group import PAIR_RULES, random_round
from kith.methods.matching.words import Message

MON, TUE = SLOTS[0], SLOTS[3]


def lacks(
    family: dict, *people: dict, decisions: tuple[Decision, ...] = (), rules=None
) -> list[tuple[str, dict]]:
    """Why the only family of a round has no group."""
    problem = Problem(
        participants=[Participant(id="F", **family)],
        mentors=[Mentor(id=f"V{number}", **one) for number, one in enumerate(people)],
        as_of=TODAY,
        decisions=decisions,
    )
    found = explain_family(form_groups(problem, rules=rules), "F")
    assert isinstance(found, NoGroupExplanation)
    return [(one.code, dict(one.params)) for one in found.lacks]


@pytest.mark.parametrize("seed", range(20))
def test_funnels_add_up_parts_sum_to_the_fit_and_codes_keep_their_promise(seed) -> None:
    problem = random_round(seed, families=4, volunteers=8, locks=2)
    groups = form_groups(problem, rules=PAIR_RULES)

    for family in problem.participants:
        found = explain_family(groups, family.id)
        if isinstance(found, NoGroupExplanation):
            assert [one.code for one in found.funnel] == list(GROUP_FUNNEL)
            assert sum(one.removed for one in found.funnel) == len(problem.mentors)
            assert found.funnel[-1].left == 0
            assert found.lacks
            said = found.lacks
        else:
            fits = [sum(part.points for part in one.parts) for one in found.volunteers]
            assert fits == [one.fit for one in found.volunteers]
            assert sum(fits) == found.group.fit
            assert tuple(one.volunteer for one in found.volunteers) == found.group.volunteers
            said = found.together
        for message in said:
            assert tuple(message.params) == GROUP_CODES[message.code]


def test_a_group_is_told_with_its_bridge_its_roles_and_its_times() -> None:
    problem = Problem(
        participants=[
            Participant(
                id="F",
                languages={"ar": 5, "pl": 2},
                topics_required=frozenset({"money"}),
                availability=frozenset({MON, TUE}),
            )
        ],
        mentors=[
            Mentor(id="V0", languages={"ar": 4}, topics={"money": 4}, availability={MON}),
            Mentor(id="V1", languages={"pl": 5}, topics={"money": 1}),
            Mentor(id="V2", languages={"pl": 5}, topics={"work": 1}, availability={MON, TUE}),
        ],
        as_of=TODAY,
        decisions=(lock("F", "V2"),),
    )

    found = explain_family(form_groups(problem), "F")

    assert isinstance(found, GroupExplanation)
    assert found.group.volunteers == ("V0", "V1", "V2")
    assert [one.locked for one in found.volunteers] == [False, False, True]
    assert found.together == (
        Message("role_covered", {"role": "money", "volunteers": ["V0", "V1"]}),
        Message("bridge", {"language": "ar", "level": 4, "volunteers": ["V0"]}),
        Message("group_slots", {"slots": [MON]}),
    )


def test_too_few_and_what_nobody_brings_are_named() -> None:
    found = lacks(
        {"languages": {"ti": 5}, "topics_required": frozenset({"money", "health"})},
        {"languages": {"pl": 5}, "topics": {"health": 1}},
        {"languages": {"ti": 2}},
    )

    assert found == [
        ("too_few", {"count": 2, "needed": 3}),
        ("role_missing", {"role": "money"}),
        ("nobody_speaks", {"languages": ["ti"]}),
    ]


def test_an_interpreter_takes_the_place_of_the_bridge() -> None:
    assert lacks({"languages": {"ti": 5}, "interpreter": True}, {}, {}) == [
        ("too_few", {"count": 2, "needed": 3})
    ]


def test_too_many_people_needed_for_one_group_is_said() -> None:
    found = lacks(
        {"topics_required": frozenset({"a", "b", "c"})},
        *({"topics": {role: 1}} for role in "abc"),
        rules=GroupRules(smallest=1, largest=2),
    )

    assert found == [("too_many_needed", {"fewest": 3, "largest": 2})]


def test_the_closest_time_is_named_with_what_is_lacking_then() -> None:
    monday, both = {"availability": frozenset({MON})}, {"availability": frozenset({MON, TUE})}
    tuesday = {"availability": frozenset({TUE}), "topics": {"money": 1}}

    found = lacks(
        {"topics_required": frozenset({"money"}), "availability": frozenset({MON, TUE})},
        *(monday, both, both, tuesday),
        rules=GroupRules(smallest=3, largest=3),
        decisions=(reject("F", "V1"),),
    )

    assert found == [
        ("no_time_for_all", {"slot": TUE}),
        ("too_few", {"count": 2, "needed": 3}),
    ]


def test_someone_locked_who_cannot_at_the_same_time_is_named() -> None:
    monday = {"availability": frozenset({MON})}

    found = lacks(
        {},
        *(monday, monday, monday, {"availability": frozenset({TUE})}),
        decisions=(lock("F", "V3"),),
    )

    assert found == [
        ("no_time_for_all", {"slot": MON}),
        ("locked_absent", {"volunteers": ["V3"]}),
    ]


def test_who_is_needed_elsewhere_and_what_then_lacks() -> None:
    problem = Problem(
        participants=[
            Participant(id="F", topics_required=frozenset({"money"})),
            Participant(id="G", topics_required=frozenset({"money"})),
        ],
        mentors=[
            Mentor(id="V0", topics={"money": 4}),
            *(Mentor(id=f"V{number}", topics={"work": 1}) for number in range(1, 6)),
        ],
        as_of=TODAY,
        decisions=(lock("F", "V1"),),
    )
    groups = form_groups(problem, rules=GroupRules(largest=3))

    found = explain_family(groups, "G")

    assert isinstance(found, NoGroupExplanation)
    assert [one.family for one in groups.groups] == ["F"]
    assert found.lacks == (
        Message("needed_elsewhere", {}),
        Message("role_missing", {"role": "money"}),
    )
    assert [one for one in found.funnel if one.removed] == [
        Step("elsewhere", 3, 3),
        Step("free", 3, 0),
    ]
