"""The table of settings: nothing that can be changed stays unsaid."""

from dataclasses import fields, replace

import pytest

from kith.base.content import ParticipantText
from kith.programmes.rules import (
    TEMPLATE_KEYS,
    CheckKind,
    Closing,
    HardCriterion,
    Matcher,
    ProgrammeTemplate,
    SoftCriterion,
    Unit,
    WeekRhythm,
    arranged,
    arrangement,
    in_forms,
    known_documents,
    known_roles,
    load_template,
    stretched,
    usual_group,
    with_follow_up,
    with_phases,
)
from kith.programmes.rules.changes import differences, of_part
from kith.programmes.rules.settings import SETTINGS, Part, Reach

BASE = load_template("base")
CHANGED = {
    "unit": in_forms(BASE, [Unit.GROUP], usual_group()),
    "group": in_forms(BASE, [Unit.PAIR, Unit.GROUP], usual_group()),
    "summary": replace(BASE, summary=load_template("de_tandem").summary),
    "length_weeks": stretched(BASE, length_weeks=30),
    "minimum_weeks": replace(BASE, minimum_weeks=20),
    "renewable": replace(BASE, renewable=not BASE.renewable),
    "contact": replace(BASE, contact=tuple(replace(one, minutes=35) for one in BASE.contact)),
    "phases": replace(BASE, phases=with_phases(BASE, before=2, ends=[3, 5, 19, 23])),
    "focus_domains": replace(BASE, focus_domains=(2, 1)),
    "max_goals": replace(BASE, max_goals=1),
    "keeps_waiting_date": replace(BASE, keeps_waiting_date=False),
    "goal_scaling": replace(BASE, goal_scaling=True),
    "look_again_weeks": replace(BASE, look_again_weeks=(10,)),
    "documents": replace(BASE, documents=known_documents()[:2]),
    "guides": replace(BASE, guides=BASE.guides[:3]),
    "matcher": replace(BASE, matcher=Matcher.GROUP_LEAD),
    "criteria": replace(
        BASE, criteria=replace(BASE.criteria, hard=(HardCriterion.BOTH_ADULT,), soft=())
    ),
    "checks": replace(BASE, checks=BASE.checks[:2]),
    "training": replace(BASE, training=replace(BASE.training, modules=("A1",))),
    "coordinator_contact": replace(BASE, coordinator_contact=WeekRhythm((3,), 5)),
    "supervision": replace(BASE, supervision=WeekRhythm((3,), 5)),
    "relationship_check_weeks": replace(BASE, relationship_check_weeks=()),
    "attention": replace(BASE, attention=replace(BASE.attention, first_meeting_days=20)),
    "care": replace(BASE, care=replace(BASE.care, call_again_days=9)),
    "closing": replace(BASE, closing=load_template("se_buddy").closing),
    "follow_up_months": with_follow_up(BASE, [12]),
}
NOT_CHANGED_ON_PAGES = {"key", "version", "name"}
"""The name stands with the programme or the own template; the others name the file."""


def test_every_key_of_a_template_is_a_setting_or_known_not_to_be_one():
    assert set(CHANGED) | NOT_CHANGED_ON_PAGES == {one.name for one in fields(ProgrammeTemplate)}


@pytest.mark.parametrize("key", sorted(CHANGED))
def test_a_changed_setting_is_said(key):
    assert differences(BASE, CHANGED[key]) != []


@pytest.mark.parametrize("name", [one.name for one in fields(BASE.attention)])
def test_every_day_and_number_of_attention_is_said(name):
    other = replace(BASE.attention, **{name: getattr(BASE.attention, name) + 1})

    said = differences(BASE, replace(BASE, attention=other))

    assert len(said) == 1


@pytest.mark.parametrize("name", [one.name for one in fields(BASE.care)])
def test_every_day_of_care_is_said(name):
    other = replace(BASE.care, **{name: getattr(BASE.care, name) + 1})

    said = differences(BASE, replace(BASE, care=other))

    assert len(said) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"per_weeks": 4, "quiet_after_days": 40, "planned_meetings": 1},
        {"minutes": 33},
        {"quiet_after_days": 44},
        {"message_every_weeks": 3},
    ],
)
def test_every_part_of_a_rhythm_is_said(change):
    first, *others = BASE.contact

    said = differences(BASE, replace(BASE, contact=(replace(first, **change), *others)))

    assert said != []


@pytest.mark.parametrize("language", ["name", "what_happens"])
def test_a_closing_changed_in_arabic_alone_is_said(language):
    text = getattr(BASE.closing, language)
    other = ParticipantText({**text.by_language, "ar": "وداع"})
    closing = Closing(
        **{"name": BASE.closing.name, "what_happens": BASE.closing.what_happens, language: other}
    )

    assert [one.label for one in differences(BASE, replace(BASE, closing=closing))] == [
        "What marks the end"
    ]


def test_nothing_is_said_when_nothing_differs():
    assert differences(BASE, arranged(BASE, arrangement(BASE))) == []


def test_a_difference_says_before_after_and_for_whom():
    (said,) = differences(BASE, replace(BASE, max_goals=2))

    assert (said.part, said.label) == (Part.FOCUS, "Goals")
    assert (said.before, said.after) == (
        ("At most 3 goals at a time.",),
        ("At most 2 goals at a time.",),
    )
    assert said.reach_words == "Counts at once, for everyone in the programme."


def test_what_was_agreed_is_never_said_to_change_at_once():
    """Length, form, checks and papers count for matches to come."""
    agreed = {"units", "roles", "length", "papers", "checks", "training", "hard", "matcher"}

    reach = {one.reach for one in SETTINGS if one.key in agreed}

    assert reach == {Reach.NEXT_MATCHES}


@pytest.mark.parametrize("part", Part)
@pytest.mark.parametrize("key", TEMPLATE_KEYS)
def test_every_part_of_every_template_can_be_read(part, key):
    said = of_part(part, load_template(key))

    assert len(said) >= 3
    assert [label for label, words in said if words == () and label != "Roles in a group"] == []


def test_a_template_of_pairs_becomes_one_of_groups_and_back():
    group = in_forms(BASE, [Unit.GROUP], usual_group())

    assert {one.unit for one in group.contact} == {Unit.GROUP}
    assert [one.minutes for one in group.contact] == [one.minutes for one in BASE.contact]
    assert in_forms(group, [Unit.PAIR], None) == BASE


def test_the_known_roles_are_those_of_the_house_each_once():
    keys = [role.key for role in known_roles()]

    assert keys == [
        *("contact", "calendar", "language", "local_guide"),
        *("housing", "money", "health", "school", "transport"),
    ]


def test_talks_after_the_end_last_as_long_as_the_last_of_them():
    rules = with_follow_up(BASE, [18, 3])

    assert rules.follow_up_months == (3, 18)
    assert (rules.phases[-1].from_week, rules.phases[-1].to_week) == (27, 104)


def test_a_check_that_the_house_never_ends_has_no_months():
    assert {one.kind for one in BASE.checks if one.valid_months is None} == {
        CheckKind.IDENTITY,
        CheckKind.REFERENCES,
        CheckKind.INTERVIEW,
    }
    assert SoftCriterion.NEEDS in BASE.criteria.soft
