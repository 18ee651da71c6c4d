"""What a programme adapts, and that it stays its own."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.base.content import Unfit
from kith.programmes.rules import (
    TEMPLATE_KEYS,
    CheckKind,
    Unit,
    arranged,
    arrangement,
    load_template,
    planned_meetings,
    rhythm,
    rules_of,
    shortest_length,
    stretched,
    usual_validity,
)
from kith.programmes.rules import arranging as module


@dataclass
class Opened:
    template_key: str = "base"
    settings: dict[str, Any] = field(default_factory=dict)


@pytest.mark.parametrize("key", TEMPLATE_KEYS)
def test_what_is_kept_gives_the_same_programme_again(key):
    template = load_template(key)

    assert arranged(template, arrangement(template)) == template


def test_a_programme_without_an_arrangement_runs_as_its_template():
    assert rules_of(Opened()) == load_template("base")


def test_a_later_template_changes_words_and_neither_weeks_nor_checks(monkeypatch):
    base = load_template("base")
    opened = Opened(settings=arrangement(base))
    later = replace(
        stretched(base, length_weeks=40), checks=(), summary=load_template("de_tandem").summary
    )
    monkeypatch.setattr(module, "load_template", lambda _key: later)

    rules = rules_of(opened)

    assert rules == replace(base, summary=later.summary)


def test_new_phases_of_a_later_template_are_stretched_to_the_length_that_was_opened():
    base, tandem = load_template("base"), load_template("de_tandem")
    settings = arrangement(stretched(base, length_weeks=40))

    rules = arranged(replace(base, phases=tandem.phases), settings)

    assert [(phase.key, phase.from_week, phase.to_week) for phase in rules.phases] == [
        ("prepare", -4, 0),
        ("meet", 1, 2),
        ("tandem", 3, 38),
        ("close", 39, 40),
        ("follow_up", 41, 92),
    ]


def test_a_longer_programme_gives_its_weeks_to_the_longest_phase():
    rules = stretched(load_template("base"), length_weeks=40)

    assert [(phase.key, phase.from_week, phase.to_week) for phase in rules.phases] == [
        ("prepare", -4, 0),
        ("meet", 1, 2),
        ("map", 3, 4),
        ("move", 5, 34),
        ("look_again", 35, 38),
        ("close", 39, 40),
        ("follow_up", 41, 92),
    ]
    assert rules.look_again_weeks == (19, 38)
    assert [(one.from_week, one.to_week) for one in rules.contact] == [(1, 4), (5, 34), (35, 40)]


@pytest.mark.parametrize("key", TEMPLATE_KEYS)
def test_no_template_is_shorter_than_its_phases(key):
    template = load_template(key)
    shortest = shortest_length(template)

    assert stretched(template, length_weeks=shortest).length_weeks == shortest
    with pytest.raises(Unfit):
        stretched(template, length_weeks=shortest - 1)


@settings(deadline=None)
@given(st.sampled_from(TEMPLATE_KEYS), st.integers(31, 104))
def test_every_length_holds_together_and_is_kept(key, weeks):
    template = load_template(key)

    rules = stretched(template, length_weeks=weeks)

    assert arranged(template, arrangement(rules)) == rules
    assert max(one.to_week for one in rules.contact) == weeks


def test_another_rhythm_plans_the_meetings_that_fit_in():
    contact = load_template("de_tandem").contact[0]

    changed = rhythm(contact, per_weeks=4, minutes=120)

    assert (changed.per_weeks, changed.minutes, changed.planned_meetings) == (4, 120, 6)
    assert changed.quiet_after_days == 35


def test_the_same_rhythm_keeps_its_meetings():
    base = load_template("base")

    changed = replace(
        base,
        contact=tuple(rhythm(one, per_weeks=one.per_weeks, minutes=75) for one in base.contact),
    )

    assert planned_meetings(changed, unit=Unit.PAIR) == planned_meetings(base, unit=Unit.PAIR)
    assert {one.minutes for one in changed.contact} == {75}


def test_an_arrangement_that_does_not_hold_together_is_refused():
    base = load_template("base")

    with pytest.raises(Unfit):
        arranged(base, arrangement(base) | {"length_weeks": 30})


def test_a_check_that_a_template_does_not_know_is_valid_as_usual():
    assert usual_validity(CheckKind.RECORD_CHECK) == 24
    assert usual_validity(CheckKind.INTERVIEW) is None


def test_the_arrangement_knows_no_django():
    import inspect

    source = inspect.getsource(module).splitlines()
    imports = [line for line in source if line.startswith(("import ", "from "))]

    assert [line for line in imports if "django" in line] == []
