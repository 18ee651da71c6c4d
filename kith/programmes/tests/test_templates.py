import inspect
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from kith.programmes.rules import (
    TEMPLATE_KEYS,
    CheckKind,
    HardCriterion,
    Matcher,
    SoftCriterion,
    TemplateFault,
    Unit,
    WeekRhythm,
    all_templates,
    contact_in,
    due_weeks,
    load_template,
    phase_in,
    planned_meetings,
    template_words,
    units_of,
)
from kith.programmes.rules import loading as rules

TEMPLATES = rules.CONTENT / "templates"
BASE = (TEMPLATES / "base.toml").read_text(encoding="utf-8")
GROUP = (TEMPLATES / "ca_welcome_group.toml").read_text(encoding="utf-8")
CIRCLE = (TEMPLATES / "se_buddy.toml").read_text(encoding="utf-8")


T = TypeVar("T")


def the(found: T | None) -> T:
    assert found is not None
    return found


@pytest.fixture
def own_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of templates whose base template a test may spoil."""
    (tmp_path / "templates").mkdir()
    monkeypatch.setattr(rules, "CONTENT", tmp_path)
    load_template.cache_clear()
    template_words.cache_clear()
    yield tmp_path / "templates" / "base.toml"
    load_template.cache_clear()
    template_words.cache_clear()


def fault_after(path: Path, text: str, line: str, instead: str) -> tuple[str, str, str]:
    assert line in text, "the test spoils a line that is not there"
    path.write_text(text.replace(line, instead, 1), encoding="utf-8")

    with pytest.raises(TemplateFault) as caught:
        load_template("base")

    return caught.value.file, caught.value.key, caught.value.problem


def test_there_are_six_templates_and_no_other_file():
    files = sorted(path.stem for path in TEMPLATES.iterdir())

    assert files == sorted(TEMPLATE_KEYS)
    assert [template.key for template in all_templates()] == list(TEMPLATE_KEYS)


@pytest.mark.parametrize(
    ("key", "unit", "weeks", "minimum", "renewable", "focus", "matcher"),
    [
        ("base", Unit.PAIR, 26, 12, True, (1, 2, 3, 4, 5, 6, 7, 8), Matcher.COORDINATOR),
        ("de_tandem", Unit.PAIR, 26, 26, True, (1, 6, 7, 8), Matcher.VOLUNTEER_MATCHER),
        ("se_buddy", Unit.PAIR, 26, 26, False, (1, 6, 8), Matcher.COORDINATOR),
        ("uk_goal_mentor", Unit.PAIR, 52, 26, False, (2, 3, 7), Matcher.COORDINATOR),
        ("ca_welcome_group", Unit.GROUP, 52, 26, False, (4, 5, 7, 2, 3), Matcher.GROUP_LEAD),
        ("au_language_tutor", Unit.PAIR, 20, 10, True, (1, 8), Matcher.COORDINATOR),
    ],
)
def test_each_template_has_the_frame_of_its_model(
    key, unit, weeks, minimum, renewable, focus, matcher
):
    template = load_template(key)

    assert (template.unit, template.length_weeks, template.minimum_weeks) == (unit, weeks, minimum)
    assert (template.renewable, template.focus_domains) == (renewable, focus)
    assert template.matcher is matcher


def test_the_base_template_plans_between_sixteen_and_twenty_meetings():
    planned = planned_meetings(load_template("base"), unit=Unit.PAIR)

    assert planned == 18


def test_a_match_of_two_needs_attention_after_21_days_and_a_monthly_circle_after_45():
    weekly = the(contact_in(load_template("de_tandem"), unit=Unit.PAIR, week=10))
    monthly = the(contact_in(load_template("se_buddy"), unit=Unit.GROUP, week=10))

    assert (weekly.quiet_after_days, monthly.quiet_after_days) == (21, 45)


def test_the_swedish_template_allows_pairs_and_circles_of_three_or_four():
    template = load_template("se_buddy")

    assert units_of(template) == (Unit.PAIR, Unit.GROUP)
    assert (the(template.group).group_min, the(template.group).group_max) == (3, 4)
    assert the(contact_in(template, unit=Unit.GROUP, week=1)).message_every_weeks == 2


def test_the_welcome_group_has_five_people_or_more_and_a_role_for_each_task():
    template = load_template("ca_welcome_group")

    assert units_of(template) == (Unit.GROUP,)
    assert the(template.group).group_min == 5
    roles = [role.key for role in the(template.group).roles]
    assert roles == ["housing", "money", "health", "school", "transport"]


def test_the_language_tutor_gets_ten_hours_and_three_sessions_before_the_first_match():
    training = load_template("au_language_tutor").training

    assert (training.hours, training.live_sessions) == (10, 3)
    assert training.modules == ("A1", "A2", "A3", "A4")


def test_every_template_allows_three_goals_and_asks_again_after_six_and_twelve_months():
    shared = {(t.max_goals, t.follow_up_months) for t in all_templates()}

    assert shared == {(3, (6, 12))}


@pytest.mark.parametrize("key", TEMPLATE_KEYS)
def test_every_mentor_shows_identity_and_signs_the_code_of_conduct(key):
    kinds = {check.kind for check in load_template(key).checks}

    assert kinds & {CheckKind.IDENTITY, CheckKind.CODE_OF_CONDUCT} == {
        CheckKind.IDENTITY,
        CheckKind.CODE_OF_CONDUCT,
    }


@pytest.mark.parametrize("key", TEMPLATE_KEYS)
def test_no_match_without_adults_and_checks_in_force(key):
    hard = set(load_template(key).criteria.hard)

    assert hard & {HardCriterion.BOTH_ADULT, HardCriterion.CHECKS_IN_FORCE} == {
        HardCriterion.BOTH_ADULT,
        HardCriterion.CHECKS_IN_FORCE,
    }


def test_no_criterion_is_about_origin_or_belief():
    criteria = {member.value for family in (HardCriterion, SoftCriterion) for member in family}

    assert criteria == {
        *("both_adult", "shared_language", "within_distance", "common_times", "checks_in_force"),
        *("goal_area", "roles_covered", "learner_level"),
        *("needs", "interests", "life_situation", "gender_wish", "occupation", "age_band"),
        *("family", "learning_style"),
    }


@pytest.mark.parametrize("key", TEMPLATE_KEYS)
def test_phases_run_from_preparation_to_a_year_after_the_end(key):
    template = load_template(key)

    assert the(phase_in(template, week=0)).key == "prepare"
    assert phase_in(template, week=1) is template.phases[1]
    assert the(phase_in(template, week=template.length_weeks)).key == "close"
    assert phase_in(template, week=template.length_weeks + 52) is template.phases[-1]
    assert phase_in(template, week=template.length_weeks + 53) is None


def test_contact_is_due_in_the_listed_weeks_and_then_regularly():
    rhythm = WeekRhythm(weeks=(2, 4), then_every_weeks=4)

    assert due_weeks(rhythm, until_week=26) == (2, 4, 8, 12, 16, 20, 24)
    assert due_weeks(rhythm, until_week=3) == (2,)


def test_nothing_is_planned_outside_the_weeks_of_the_programme():
    assert contact_in(load_template("base"), unit=Unit.PAIR, week=27) is None


def test_every_key_of_a_template_is_read_by_code(own_base):
    tables = [
        "",
        "group",
        "criteria",
        "training",
        "supervision",
        "attention",
        "closing",
    ]
    found = []
    for table in tables:
        heading = f"[{table}]\n" if table else 'version = "1"\n'
        found.append(fault_after(own_base, GROUP_AS_BASE, heading, f"{heading}surprise = 1\n"))

    expected_keys = [f"{table}.surprise" if table else "surprise" for table in tables]
    assert found == [("base.toml", key, "no code reads this key") for key in expected_keys]


GROUP_AS_BASE = GROUP.replace('key = "ca_welcome_group"', 'key = "base"', 1)


def test_every_key_that_the_code_reads_must_be_in_the_template(own_base):
    for key, value in tomllib.loads(BASE).items():
        if isinstance(value, (str, int, bool)):
            line = next(line for line in BASE.splitlines() if line.startswith(f"{key} = "))
            expected = ("base.toml", key, "this key is missing")
            assert fault_after(own_base, BASE, line, "") == expected


@pytest.mark.parametrize(
    ("text", "line", "instead", "key"),
    [
        (BASE, 'key = "base"', 'key = "other"', "key"),
        (BASE, "minimum_weeks = 12", "minimum_weeks = 27", "minimum_weeks"),
        (BASE, "minimum_weeks = 12", "minimum_weeks = 0", "minimum_weeks"),
        (BASE, "look_again_weeks = [12, 24]", "look_again_weeks = [12, 27]", "look_again_weeks"),
        (BASE, "look_again_weeks = [12, 24]", "look_again_weeks = [24, 12]", "look_again_weeks"),
        (
            BASE,
            "relationship_check_weeks = [6, 12, 24]",
            "relationship_check_weeks = [0, 12]",
            "relationship_check_weeks",
        ),
        (BASE, "focus_domains = [1, ", "focus_domains = [9, ", "focus_domains"),
        (BASE, "max_goals = 3", "max_goals = 4", "max_goals"),
        (BASE, "follow_up_months = [6, 12]", 'follow_up_months = ["6"]', "follow_up_months.1"),
        (BASE, 'unit = "pair"', 'unit = "group"', "group"),
        (BASE, 'unit = "pair"', 'unit = "trio"', "unit"),
        (BASE, 'matcher = "coordinator"', 'matcher = "mentor"', "matcher"),
        (BASE, 'hard = ["both_adult"', 'hard = ["same_origin"', "criteria.hard.1"),
        (BASE, 'kind = "identity"', 'kind = "rumours"', "checks.1.kind"),
        (BASE, "from_week = 5\nto_week = 20\nper", "from_week = 6\nto_week = 20\nper", "contact"),
        (BASE, "planned_meetings = 4", "planned_meetings = 5", "contact.1.planned_meetings"),
        (BASE, "quiet_after_days = 21", "quiet_after_days = 7", "contact.1.quiet_after_days"),
        (BASE, "to_week = 4\nper_weeks", "to_week = 0\nper_weeks", "contact.1.to_week"),
        (BASE, "from_week = 1\nto_week = 2\n", "from_week = 2\nto_week = 2\n", "phases"),
        (BASE, 'key = "map"', 'key = "meet"', "phases"),
        (BASE, "weeks = [2, 4]", "weeks = [4, 2]", "coordinator_contact.weeks"),
        (
            BASE,
            "then_every_weeks = 4",
            "then_every_weeks = 0",
            "coordinator_contact.then_every_weeks",
        ),
        (CIRCLE, 'key = "se_buddy"\n', 'key = "base"\n[gruop]\n', "gruop"),
        (CIRCLE, "group_min = 3", "group_min = 5", "group.group_min"),
        (CIRCLE, 'unit = "group"\nfrom_week', 'unit = "pair"\nfrom_week', "contact"),
        (BASE, 'en = "Six months side by side"\n', "", "name.en"),
        (BASE, 'ar = "ستة أشهر جنبًا إلى جنب"\n', "", "name.ar"),
    ],
)
def test_a_template_that_contradicts_itself_is_refused_at_the_key(
    own_base, text, line, instead, key
):
    file, faulty_key, _ = fault_after(own_base, text, line, instead)

    assert (file, faulty_key) == ("base.toml", key)


def test_an_unknown_template_is_refused_by_name():
    with pytest.raises(
        TemplateFault, match=r"^fr_parrain\.toml: the file: there is no such template$"
    ):
        load_template("fr_parrain")


def test_every_check_and_criterion_has_words_in_english_and_polish():
    words = template_words()

    assert [label.key for label in words.checks] == [kind.value for kind in CheckKind]
    assert [label.key for label in words.hard_criteria] == [c.value for c in HardCriterion]
    assert [label.key for label in words.soft_criteria] == [c.value for c in SoftCriterion]


def test_words_that_leave_a_check_out_are_refused(own_base):
    words = (TEMPLATES.parent / "words.toml").read_text(encoding="utf-8")
    spoiled = words.replace('key = "identity"', 'key = "passport"')
    (own_base.parents[1] / "words.toml").write_text(spoiled, encoding="utf-8")

    with pytest.raises(TemplateFault) as caught:
        template_words()

    assert (caught.value.file, caught.value.key) == ("words.toml", "checks")


def test_the_rules_know_no_django():
    source = inspect.getsource(rules).splitlines()

    imports = [line for line in source if line.startswith(("import ", "from "))]

    assert [line for line in imports if "django" in line] == []
    assert len(imports) >= 5
