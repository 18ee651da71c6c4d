"""Drafts, versions and own templates: what is in force changes only on purpose."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kith.base import events, scope
from kith.base.errors import Denied
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.programmes import commands, queries
from kith.programmes.events import ProgrammeAdapted
from kith.programmes.models import EarlierSettings, OwnTemplate, Programme, SettingsDraft
from kith.programmes.rules import (
    Unit,
    in_forms,
    load_template,
    rules_of,
    stretched,
    usual_group,
    whole,
)
from kith.programmes.rules import arranging as module
from kith.programmes.tests.factories import EnrolmentFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=3)
BASE = load_template("base")
LONGER = stretched(BASE, length_weeks=30)
BASE_OF_TWO = replace(BASE, max_goals=2)


@pytest.fixture
def ewa():
    member = MembershipFactory(name="Ewa Nowicka")
    with scope.entered(member.organisation_id):
        yield actor_of(member)


@pytest.fixture
def programme(ewa):
    return ProgrammeFactory(organisation=ewa.organisation, name="Poznań")


@pytest.fixture
def own(ewa):
    return commands.copy_template(ewa, template_key="base", name="Our way")


def drafted(ewa, programme, rules=LONGER, name="Poznań"):
    return commands.draft_programme(ewa, programme=programme, name=name, rules=rules, now=NOON)


def test_a_draft_changes_nothing_that_is_in_force(ewa, programme) -> None:
    heard = []
    events.listen(ProgrammeAdapted, heard.append)

    draft = drafted(ewa, programme, name="Poznań 2027")

    kept = Programme.objects.get()
    assert (draft.name, rules_of(draft).length_weeks) == ("Poznań 2027", 30)
    assert (kept.name, rules_of(kept), kept.number) == ("Poznań", BASE, 1)
    assert heard == []


def test_a_draft_is_changed_further_by_anyone_who_may(ewa, programme) -> None:
    adam = actor_of(MembershipFactory(organisation=ewa.organisation, name="Adam Lis"))
    first = drafted(ewa, programme)

    second = drafted(adam, programme, replace(LONGER, max_goals=1))

    stored = SettingsDraft.objects.get()
    assert (stored.pk, first.pk) == (second.pk, second.pk)
    assert (rules_of(stored).max_goals, stored.changed_by.name) == (1, "Adam Lis")


def test_a_draft_that_says_what_is_in_force_is_no_draft(ewa, programme) -> None:
    drafted(ewa, programme)

    assert drafted(ewa, programme, BASE) is None

    assert list(SettingsDraft.objects.all()) == []


def test_a_draft_in_force_is_the_next_version_and_the_one_before_is_kept(ewa, programme) -> None:
    drafted(ewa, programme, name="Poznań 2027")

    commands.put_programme_in_force(ewa, programme=programme, now=LATER)

    kept, earlier = Programme.objects.get(), EarlierSettings.objects.get()
    assert (kept.name, kept.number, rules_of(kept)) == ("Poznań 2027", 2, LONGER)
    assert (earlier.name, earlier.number, rules_of(earlier)) == ("Poznań", 1, BASE)
    assert (earlier.until_at, earlier.replaced_by) == (LATER, ewa.membership)
    assert list(SettingsDraft.objects.all()) == []


def test_without_a_draft_nothing_comes_into_force(ewa, programme) -> None:
    with pytest.raises(commands.NothingToDo):
        commands.put_programme_in_force(ewa, programme=programme, now=LATER)

    assert Programme.objects.get().number == 1


def test_a_draft_from_before_another_change_is_begun_anew(ewa, programme) -> None:
    drafted(ewa, programme)
    commands.adapt_programme(
        ewa, programme=programme, name="Gniezno", rules=replace(BASE, max_goals=2), now=NOON
    )

    with pytest.raises(commands.Overtaken):
        commands.put_programme_in_force(ewa, programme=programme, now=LATER)
    with pytest.raises(commands.Overtaken):
        drafted(ewa, programme)

    assert (Programme.objects.get().name, rules_of(Programme.objects.get()).max_goals) == (
        "Gniezno",
        2,
    )
    commands.drop_programme_draft(ewa, programme=programme)
    assert drafted(ewa, programme) is not None


def test_terms_are_those_of_the_moment_however_often_it_changes(ewa, programme) -> None:
    second = replace(LONGER, max_goals=1)
    commands.adapt_programme(ewa, programme=programme, name="Two", rules=LONGER, now=NOON)
    commands.adapt_programme(ewa, programme=programme, name="Three", rules=second, now=LATER)
    moments = [NOON - timedelta(minutes=1), NOON, LATER - timedelta(minutes=1), LATER]

    found = [queries.terms_at(programme, moment) for moment in moments]

    assert [(one.name, one.rules) for one in found] == [
        ("Poznań", BASE),
        ("Two", LONGER),
        ("Two", LONGER),
        ("Three", second),
    ]


def test_the_versions_say_from_when_and_by_whom(ewa, programme) -> None:
    commands.adapt_programme(ewa, programme=programme, name="Two", rules=LONGER, now=NOON)

    present, first = queries.versions(programme)

    assert (present.number, present.since, present.until, present.made_by) == (
        2,
        NOON,
        None,
        "Ewa Nowicka",
    )
    assert (first.number, first.since, first.until, first.made_by) == (
        1,
        programme.opened_on,
        NOON,
        "",
    )


def test_while_pairs_run_the_form_of_pairs_stays(ewa, programme) -> None:
    EnrolmentFactory(programme=programme, state="matched")
    groups = in_forms(BASE, [Unit.GROUP], usual_group())
    drafted(ewa, programme, groups)

    with pytest.raises(commands.FormInUse):
        commands.put_programme_in_force(ewa, programme=programme, now=LATER)

    assert rules_of(Programme.objects.get()) == BASE
    both = in_forms(BASE, [Unit.PAIR, Unit.GROUP], usual_group())
    drafted(ewa, programme, both)
    commands.put_programme_in_force(ewa, programme=programme, now=LATER)
    assert rules_of(Programme.objects.get()) == both


def test_settings_that_do_not_go_together_are_no_draft(ewa, programme) -> None:
    broken = replace(BASE)
    object.__setattr__(broken, "length_weeks", 30)

    with pytest.raises(commands.DoesNotFit):
        drafted(ewa, programme, broken)

    assert list(SettingsDraft.objects.all()) == []


@pytest.mark.parametrize("role", ["mentor", "participant", "volunteer_matcher", "supervisor"])
def test_only_a_coordinator_changes_settings_and_templates(ewa, programme, own, role) -> None:
    other = actor_of(MembershipFactory(organisation=ewa.organisation, roles=[role]))
    acts = [
        lambda: drafted(other, programme),
        lambda: commands.put_programme_in_force(other, programme=programme, now=NOON),
        lambda: commands.drop_programme_draft(other, programme=programme),
        lambda: commands.copy_template(other, template_key="base", name="Mine"),
        lambda: commands.draft_template(other, template=own, name="Mine", rules=LONGER, now=NOON),
        lambda: commands.put_template_in_force(other, template=own, now=NOON),
        lambda: commands.drop_template_draft(other, template=own),
        lambda: commands.draft_newer_words(other, template=own, now=NOON),
        lambda: commands.retire_template(other, template=own, today=TODAY),
        lambda: commands.bring_template_back(other, template=own),
        lambda: commands.open_from_own(other, template=own, name="Mine", rules=BASE, today=TODAY),
    ]

    for act in acts:
        with pytest.raises(Denied):
            act()

    assert list(SettingsDraft.objects.all()) == []
    assert [row.retired_on for row in OwnTemplate.objects.all()] == [None]


def test_a_copy_says_what_the_house_says_until_it_is_changed(ewa, own) -> None:
    assert (own.name, own.template_key, own.template_version) == ("Our way", "base", "1")
    assert rules_of(OwnTemplate.objects.get()) == BASE


def test_a_newer_house_never_changes_an_own_template_or_what_was_opened_from_it(
    ewa, own, monkeypatch
) -> None:
    summary = load_template("de_tandem").summary
    commands.draft_template(
        ewa, template=own, name="Our way", rules=replace(BASE, summary=summary), now=NOON
    )
    commands.put_template_in_force(ewa, template=own, now=NOON)
    opened = commands.open_from_own(
        ewa, template=own, name="Gniezno", rules=rules_of(own), today=TODAY
    )
    module._wholes.clear()
    newer = replace(
        stretched(BASE, length_weeks=40),
        version="2",
        phases=load_template("de_tandem").phases,
        summary=load_template("uk_goal_mentor").summary,
    )
    monkeypatch.setattr(module, "load_template", lambda _key: newer)

    assert rules_of(OwnTemplate.objects.get()) == replace(BASE, summary=summary)
    assert rules_of(Programme.objects.get(pk=opened.pk)) == replace(BASE, summary=summary)


def test_the_newer_words_of_the_house_come_as_a_draft_over_the_own_settings(
    ewa, own, monkeypatch
) -> None:
    commands.draft_template(ewa, template=own, name="Our way", rules=LONGER, now=NOON)
    commands.put_template_in_force(ewa, template=own, now=NOON)
    newer = replace(BASE, version="2", summary=load_template("uk_goal_mentor").summary)
    monkeypatch.setattr("kith.programmes.commands.settings.load_template", lambda _key: newer)

    draft = commands.draft_newer_words(ewa, template=own, now=NOON)

    assert rules_of(draft) == replace(LONGER, version="2", summary=newer.summary)
    assert rules_of(OwnTemplate.objects.get()) == LONGER
    commands.put_template_in_force(ewa, template=own, now=LATER)
    assert OwnTemplate.objects.get().template_version == "2"


def test_a_programme_keeps_the_own_template_it_was_opened_from(ewa, own) -> None:
    opened = commands.open_from_own(
        ewa, template=own, name="Gniezno", rules=rules_of(own), today=TODAY
    )
    commands.draft_template(ewa, template=own, name="Our way", rules=LONGER, now=NOON)
    commands.put_template_in_force(ewa, template=own, now=NOON)

    assert rules_of(Programme.objects.get(pk=opened.pk)) == BASE
    assert rules_of(OwnTemplate.objects.get()) == LONGER
    assert [row.number for row in queries.versions(OwnTemplate.objects.get())] == [2, 1]


def test_a_version_that_was_undone_is_not_remembered(ewa, own, monkeypatch) -> None:
    commands.draft_template(ewa, template=own, name="Our way", rules=LONGER, now=NOON)
    monkeypatch.setattr(SettingsDraft, "delete", _fail)
    with pytest.raises(RuntimeError):
        commands.put_template_in_force(ewa, template=own, now=NOON)
    monkeypatch.undo()

    assert rules_of(OwnTemplate.objects.get()) == BASE
    commands.draft_template(
        ewa, template=OwnTemplate.objects.get(), name="Our way", rules=BASE_OF_TWO, now=NOON
    )
    commands.put_template_in_force(ewa, template=OwnTemplate.objects.get(), now=NOON)
    assert rules_of(OwnTemplate.objects.get()) == BASE_OF_TWO


def _fail(*_anything: object) -> None:
    raise RuntimeError


def test_a_template_that_was_put_away_is_not_offered_nor_changed(ewa, own) -> None:
    commands.retire_template(ewa, template=own, today=TODAY)

    assert queries.offered_templates(ewa) == []
    with pytest.raises(commands.Retired):
        commands.draft_template(ewa, template=own, name="Our way", rules=LONGER, now=NOON)

    commands.bring_template_back(ewa, template=own)
    assert queries.offered_templates(ewa) == [own]


def test_an_own_template_of_an_older_kith_takes_what_is_new_from_the_house(own) -> None:
    """A key that came after the template was made, at the top and inside a phase."""
    table = whole(LONGER)["whole"]
    del table["supervision"]
    for phase in table["phases"]:
        del phase["stage"]
    old = OwnTemplate(template_key="base", settings={"whole": table})

    assert rules_of(old) == LONGER


def test_what_an_own_template_leaves_out_stays_out(own) -> None:
    pairs = in_forms(load_template("se_buddy"), [Unit.PAIR], None)
    row = OwnTemplate(template_key="se_buddy", settings=whole(pairs))

    assert rules_of(row) == pairs


def test_another_organisation_sees_none_of_it(ewa, programme, own) -> None:
    drafted(ewa, programme)
    stranger = actor_of(MembershipFactory())

    with scope.entered(stranger.organisation_id):
        assert list(queries.own_templates(stranger)) == []
        assert list(SettingsDraft.objects.all()) == []
        assert list(EarlierSettings.objects.all()) == []
