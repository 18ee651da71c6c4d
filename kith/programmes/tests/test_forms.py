"""The forms of settings: sent unchanged they change nothing, and each change is kept."""

from typing import Any

import pytest
from django.http import QueryDict

from kith.programmes.forms import PART_FORMS
from kith.programmes.forms.parts import PartForm, Plan, WeeksField
from kith.programmes.rules import TEMPLATE_KEYS, Unit, load_template, units_of
from kith.programmes.rules.changes import differences
from kith.programmes.rules.settings import Part

BASE = load_template("base")
QUIET = "Without a meeting, Today speaks up after"
LONGER = [
    *("How long", "How often", QUIET, "Phases"),
    *("Looking at the domain map again", "Six statements for each side"),
]


def sent(part: Part, plan: Plan, **changes: Any) -> QueryDict:
    """A form as a browser sends it, with some fields typed anew."""
    form = PART_FORMS[part](plan=plan)
    values = {name: form[name].value() for name in form.fields} | changes
    data = QueryDict(mutable=True)
    for name, value in values.items():
        if isinstance(value, list):
            data.setlist(name, [str(one) for one in value])
        elif value is True:
            data[name] = "on"
        elif value is not None and value is not False:
            widget = form.fields[name]
            data[name] = str(widget.prepare_value(value))
    return data


def bound(part: Part, plan: Plan, **changes: Any) -> Any:
    return PART_FORMS[part](sent(part, plan, **changes), plan=plan)


def rules_after(part: Part, **changes: Any) -> Any:
    form = bound(part, Plan("Poznań", BASE), **changes)
    assert form.errors == {}
    return form.cleaned_data["rules"]


@pytest.mark.parametrize("is_template", [False, True])
@pytest.mark.parametrize("key", TEMPLATE_KEYS)
@pytest.mark.parametrize("part", Part)
def test_a_part_sent_as_it_came_changes_nothing(part, key, is_template):
    rules = load_template(key)
    form = bound(part, Plan("Poznań", rules, is_template=is_template))

    assert form.errors == {}
    assert (form.cleaned_data["name"], form.cleaned_data["rules"]) == ("Poznań", rules)


@pytest.mark.parametrize("part", Part)
def test_every_field_stands_in_one_group_on_the_page(part):
    form = PART_FORMS[part](plan=Plan("Poznań", load_template("se_buddy"), is_template=True))

    groups = form.groups()
    inner = [one for group in groups for one in (group, *group.stretches)]
    shown = [field.name for group in inner for field, _unit in group.fields]

    assert len(shown) == len(set(shown))
    spare = {name for name in form.fields if name not in shown}
    # Only stretches that are not used yet stay away.
    assert {name.split("_")[0] for name in spare} <= {"pair", "group"}


@pytest.mark.parametrize(
    ("part", "changes", "labels"),
    [
        (Part.ABOUT, {"length_weeks": 30}, LONGER),
        (Part.ABOUT, {"minimum_weeks": 20, "renewable": False}, ["How long"]),
        (
            Part.ABOUT,
            {"units": "both"},
            ["Who meets whom", "Roles in a group", "How often", QUIET],
        ),
        (Part.WEEKS, {"pair_1_often": 1, "pair_1_quiet": 15}, ["How often", QUIET]),
        (Part.WEEKS, {"pair_0_message": 2}, ["How often"]),
        (Part.WEEKS, {"before": 6}, ["Phases"]),
        (Part.WEEKS, {"phase_meet": 3}, ["Phases"]),
        (Part.FOCUS, {"domains": ["1", "8"]}, ["Parts of daily life"]),
        (Part.FOCUS, {"max_goals": 2}, ["Goals"]),
        (Part.FOCUS, {"goal_scaling": True}, ["Five outcomes for each goal"]),
        (Part.FOCUS, {"look_again_weeks": "10"}, ["Looking at the domain map again"]),
        (Part.FOCUS, {"documents": ["goal_sheet"]}, ["Papers"]),
        (Part.BEFORE, {"references": 2}, ["Checks of mentors"]),
        (Part.BEFORE, {"valid_record_check": 12}, ["Checks of mentors"]),
        (Part.BEFORE, {"training_modules": ["A1"]}, ["Training of mentors"]),
        (Part.BEFORE, {"capacity": 1}, ["Matches of one mentor at the same time, at most"]),
        (Part.BEFORE, {"hard": []}, ["Must hold"]),
        (Part.BEFORE, {"soft": ["family"]}, ["Shared points, said in words"]),
        (Part.BEFORE, {"matcher": "group_lead"}, ["Who brings people together"]),
        (Part.BEFORE, {"keeps_waiting_date": False}, ["Waiting again after a match"]),
        (Part.BEFORE, {"days_without_match": 9}, ["Someone waits for a mentor longer than"]),
        (Part.CARE, {"talks_every": 2}, ["The coordinator talks with each side"]),
        (Part.CARE, {"talk_days_late": 3}, ["A talk is late after"]),
        (Part.CARE, {"supervision_weeks": "1"}, ["Supervision for mentors"]),
        (Part.CARE, {"weeks_without_supervision": 5}, ["A mentor is without supervision for"]),
        (Part.CARE, {"relationship_check_weeks": ""}, ["Six statements for each side"]),
        (Part.CARE, {"cancelled_in_a_row": 2}, ["Meetings called off one after the other"]),
        (Part.CARE, {"check_expires_in_days": 60}, ["A check of a mentor ends within"]),
        (Part.ENDING, {"plan_weeks": 6}, ["A good ending is planned before the end"]),
        (Part.ENDING, {"closing_name_ar": "وداع"}, ["What marks the end"]),
    ],
)
def test_what_is_typed_is_what_changes(part, changes, labels):
    said = [str(one.label) for one in differences(BASE, rules_after(part, **changes))]

    assert said == labels


def test_a_stretch_is_added_by_saying_where_the_last_one_ends():
    rules = rules_after(
        Part.WEEKS, pair_2_until=22, pair_3_often=4, pair_3_minutes=120, pair_3_quiet=40
    )

    weeks = [(one.from_week, one.to_week) for one in rules.contact]
    assert weeks == [(1, 4), (5, 20), (21, 22), (23, 26)]
    last = rules.contact[-1]
    assert (last.per_weeks, last.minutes, last.planned_meetings) == (4, 120, 1)


def test_a_stretch_is_taken_away_by_leaving_its_end_open():
    rules = rules_after(Part.WEEKS, pair_1_until="")

    assert [(one.from_week, one.to_week) for one in rules.contact] == [(1, 4), (5, 26)]


def test_pairs_and_circles_have_their_own_rhythm():
    circles = Plan("Krąg", load_template("se_buddy"))

    form = bound(Part.WEEKS, circles, group_0_often=3, group_0_quiet=50)

    assert form.errors == {}
    rules = form.cleaned_data["rules"]
    assert [(one.unit, one.per_weeks) for one in rules.contact] == [
        (Unit.PAIR, 2),
        (Unit.GROUP, 3),
    ]
    assert units_of(rules) == (Unit.PAIR, Unit.GROUP)


@pytest.mark.parametrize(
    ("part", "changes", "field"),
    [
        (Part.ABOUT, {"length_weeks": 8}, "length_weeks"),
        (Part.ABOUT, {"minimum_weeks": 27}, "minimum_weeks"),
        (Part.ABOUT, {"units": "group", "group_min": 6, "group_max": 4}, "group_max"),
        (Part.ABOUT, {"units": "group", "roles": []}, "roles"),
        (Part.ABOUT, {"name": " "}, "name"),
        (Part.WEEKS, {"pair_0_quiet": 7}, "pair_0_quiet"),
        (Part.WEEKS, {"pair_0_quiet": 8, "pair_0_often": 2}, "pair_0_quiet"),
        (Part.WEEKS, {"pair_1_until": 3}, "pair_1_until"),
        (Part.WEEKS, {"phase_map": 2}, "phase_map"),
        (Part.WEEKS, {"phase_look_again": 26}, "phase_look_again"),
        (Part.FOCUS, {"look_again_weeks": "12, 27"}, "look_again_weeks"),
        (Part.FOCUS, {"look_again_weeks": "soon"}, "look_again_weeks"),
        (Part.FOCUS, {"domains": []}, "domains"),
        (Part.BEFORE, {"checks": ["identity"]}, "checks"),
        (Part.BEFORE, {"references": 0}, "references"),
        (Part.CARE, {"relationship_check_weeks": "0"}, "relationship_check_weeks"),
        (Part.CARE, {"talks_weeks": ""}, "talks_weeks"),
        (Part.CARE, {"talks_every": 0}, "talks_every"),
        (Part.ENDING, {"follow_up_months": []}, "follow_up_months"),
        (Part.ENDING, {"closing_what_en": "With {name}"}, "closing_what_en"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(part, changes, field):
    form = bound(part, Plan("Poznań", BASE), **changes)

    assert list(form.errors) == [field]


def test_a_text_without_words_is_said_at_its_first_language():
    empty = {f"closing_name_{code}": "" for code in ("en", "pl", "ar")}

    form = bound(Part.ENDING, Plan("Poznań", BASE), **empty)

    assert list(form.errors) == ["closing_name_en"]


def test_a_language_without_words_has_those_of_the_first_that_has_some():
    words = {"closing_name_en": "", "closing_name_pl": "Wspólny obiad", "closing_name_ar": ""}

    rules = rules_after(Part.ENDING, **words)

    assert dict(rules.closing.name.by_language) == dict.fromkeys(
        ("en", "pl", "ar"), "Wspólny obiad"
    )
    again = PART_FORMS[Part.ENDING](plan=Plan("Poznań", rules))
    assert [again[f"closing_name_{code}"].value() for code in ("en", "pl", "ar")] == [
        "Wspólny obiad",
        None,
        None,
    ]


@pytest.mark.parametrize("text", ["6,12 ,24", "24، 12، 6", "6;12;24,24"])
def test_weeks_are_read_however_they_are_separated(text):
    assert WeeksField().clean(text) == (6, 12, 24)


def test_a_part_that_does_not_say_what_it_changes_cannot_be_made() -> None:
    class Half(PartForm):
        def first_values(self) -> dict[str, Any]:
            return {}

    make: Any = Half
    with pytest.raises(TypeError, match="changed"):
        make(plan=Plan("Poznań", BASE))
