"""Settings, drafts and own templates, through the client."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import clock, scope
from kith.consent.tests.factories import ConsentFactory
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.people.tests.factories import MentorCheckFactory, MentorProfileFactory
from kith.programmes import commands
from kith.programmes.models import OwnTemplate, Programme, SettingsDraft
from kith.programmes.rules import load_template, rules_of, stretched
from kith.programmes.rules.settings import Part
from kith.programmes.tests.factories import EnrolmentFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
BASE = load_template("base")


@pytest.fixture
def ewa():
    return MembershipFactory(name="Ewa Nowicka")


@pytest.fixture
def programme(ewa):
    return ProgrammeFactory(organisation=ewa.organisation, name="Poznań 2026")


@pytest.fixture
def own(ewa):
    with scope.entered(ewa.organisation_id):
        return commands.copy_template(actor_of(ewa), template_key="base", name="Our way")


def address(name: str, *args: object) -> str:
    return reverse(f"programmes:{name}", args=args)


def filled(client, url: str) -> dict[str, object]:
    """A form as the browser would send it unchanged."""
    form = client.get(url).context["form"]
    values = {name: form.fields[name].prepare_value(form[name].value()) for name in form.fields}
    return {name: one for name, one in values.items() if one is not None and one is not False}


def test_the_settings_of_a_programme_are_told_part_by_part(client, ewa, programme) -> None:
    sign_in(client, ewa)

    page = client.get(address("settings", "programme", programme.pk))

    assert [part["key"] for part in page.context["parts"]] == [part.value for part in Part]
    text = page.content.decode()
    assert text.count("Change<span") == len(Part)
    assert "A draft, changed by" not in text


def test_a_part_is_kept_as_a_draft_and_leads_to_the_next(client, ewa, programme) -> None:
    sign_in(client, ewa)
    url = address("part", "programme", programme.pk, "about")

    answer = client.post(url, filled(client, url) | {"length_weeks": 30, "name": "Poznań 2027"})

    assert answer.url == address("part", "programme", programme.pk, "weeks")
    with scope.entered(ewa.organisation_id):
        draft = SettingsDraft.objects.get()
        assert (draft.name, rules_of(draft).length_weeks) == ("Poznań 2027", 30)
        assert rules_of(Programme.objects.get()) == BASE
    overview = client.get(address("settings", "programme", programme.pk)).content.decode()
    assert "A draft, changed by Ewa Nowicka today" in overview
    assert "30 weeks." in overview


def test_a_part_can_be_left_after_saving(client, ewa, programme) -> None:
    sign_in(client, ewa)
    url = address("part", "programme", programme.pk, "focus")

    answer = client.post(url, filled(client, url) | {"max_goals": 2, "done": "1"})

    assert answer.url == address("settings", "programme", programme.pk)


def test_the_next_part_begins_with_what_the_draft_says(client, ewa, programme) -> None:
    sign_in(client, ewa)
    url = address("part", "programme", programme.pk, "about")
    client.post(url, filled(client, url) | {"length_weeks": 40})

    weeks = address("part", "programme", programme.pk, "weeks")
    client.post(weeks, filled(client, weeks) | {"pair_0_minutes": 45})

    with scope.entered(ewa.organisation_id):
        rules = rules_of(SettingsDraft.objects.get())
    assert (rules.length_weeks, rules.contact[0].minutes) == (40, 45)


def test_what_is_wrong_keeps_what_was_typed(client, ewa, programme) -> None:
    sign_in(client, ewa)
    url = address("part", "programme", programme.pk, "weeks")

    answer = client.post(url, filled(client, url) | {"pair_0_quiet": 7, "pair_0_minutes": 33})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["pair_0_quiet"]
    assert answer.context["form"]["pair_0_minutes"].value() == "33"
    with scope.entered(ewa.organisation_id):
        assert list(SettingsDraft.objects.all()) == []


@pytest.mark.parametrize("key", [part.value for part in Part])
def test_every_part_opens_with_and_without_a_draft(client, ewa, programme, own, key) -> None:
    sign_in(client, ewa)

    pages = [
        client.get(address("part", kind, plan.pk, key))
        for kind, plan in (("programme", programme), ("template", own))
    ]

    assert [page.status_code for page in pages] == [200, 200]


def test_the_preview_says_before_after_for_whom_and_what_it_brings(client, ewa, programme) -> None:
    ready = MentorProfileFactory(
        organisation=ewa.organisation, trained_on=clock.today() - timedelta(days=10)
    ).person
    for kind in ("identity", "references", "interview", "code_of_conduct"):
        MentorCheckFactory(person=ready, kind=kind, done_on=clock.today())
    ConsentFactory(person=ready)
    EnrolmentFactory(programme=programme, mentor=True, person=ready)
    sign_in(client, ewa)
    url = address("part", "programme", programme.pk, "before")
    client.post(url, filled(client, url) | {"references": 2})

    answer = client.get(address("changes", "programme", programme.pk))

    (change,) = answer.context["changes"]
    assert (change.label, change.before[1], change.after[1]) == (
        "Checks of mentors",
        "References",
        "References, 2 of them",
    )
    page = answer.content.decode()
    assert "Counts for matches that begin from then on. Running ones keep theirs." in page
    assert "0 mentors on the list are ready to be proposed then; at present 1." in page
    assert "No match is running in this programme." in page


def test_a_draft_is_put_into_force_after_a_look(client, ewa, programme) -> None:
    sign_in(client, ewa)
    url = address("part", "programme", programme.pk, "focus")
    client.post(url, filled(client, url) | {"max_goals": 2})

    answer = client.post(address("changes", "programme", programme.pk))

    assert answer.url == address("programme", programme.pk)
    with scope.entered(ewa.organisation_id):
        kept = Programme.objects.get()
        assert (kept.number, rules_of(kept)) == (2, replace(BASE, max_goals=2))
    history = client.get(address("history", "programme", programme.pk))
    assert [line["version"].number for line in history.context["lines"]] == [2, 1]
    assert [str(one.label) for one in history.context["lines"][0]["changes"]] == ["Goals"]
    assert "by Ewa Nowicka" in history.content.decode()


def test_the_same_draft_is_put_into_force_once(client, ewa, programme) -> None:
    sign_in(client, ewa)
    url = address("part", "programme", programme.pk, "focus")
    client.post(url, filled(client, url) | {"max_goals": 2})
    client.post(address("changes", "programme", programme.pk))

    again = client.post(address("changes", "programme", programme.pk))

    assert again.status_code == 422
    assert "There is no draft any more." in again.content.decode()
    with scope.entered(ewa.organisation_id):
        assert Programme.objects.get().number == 2


def test_a_draft_can_be_thrown_away(client, ewa, programme) -> None:
    sign_in(client, ewa)
    url = address("part", "programme", programme.pk, "focus")
    client.post(url, filled(client, url) | {"max_goals": 2})

    answer = client.post(address("drop", "programme", programme.pk))

    assert answer.url == address("settings", "programme", programme.pk)
    with scope.entered(ewa.organisation_id):
        assert list(SettingsDraft.objects.all()) == []
    page = client.get(address("changes", "programme", programme.pk)).content.decode()
    assert "Nothing is waiting to be put into force" in page


def test_a_draft_that_was_overtaken_says_so(client, ewa, programme) -> None:
    sign_in(client, ewa)
    url = address("part", "programme", programme.pk, "focus")
    client.post(url, filled(client, url) | {"max_goals": 2})
    with scope.entered(ewa.organisation_id):
        commands.adapt_programme(
            actor_of(ewa),
            programme=programme,
            name="Poznań 2026",
            rules=stretched(BASE, length_weeks=30),
            now=NOON,
        )

    page = client.get(address("changes", "programme", programme.pk)).content.decode()

    assert "Other settings came into force after this draft was begun." in page
    assert "Put it into force" not in page


def test_a_template_is_copied_changed_and_opened(client, ewa) -> None:
    sign_in(client, ewa)
    made = client.post(address("copy", "de_tandem"), {"name": "Our tandem"})
    with scope.entered(ewa.organisation_id):
        own = OwnTemplate.objects.get()
    assert made.url == address("settings", "template", own.pk)
    url = address("part", "template", own.pk, "about")
    client.post(url, filled(client, url) | {"summary_pl": "Razem przez pół roku."})
    client.post(address("changes", "template", own.pk))

    answer = client.post(address("open_own", own.pk), {"name": "Tandem Gniezno"})

    with scope.entered(ewa.organisation_id):
        opened = Programme.objects.get()
        assert opened.own_template == own
        assert rules_of(opened).summary.say("pl") == "Razem przez pół roku."
    assert answer.url == address("programme", opened.pk)
    page = client.get(address("programme", opened.pk)).content.decode()
    assert "Our tandem, open since" in page


def test_own_templates_stand_first_and_those_put_away_last(client, ewa, own) -> None:
    sign_in(client, ewa)
    before = client.get(address("templates")).content.decode()

    client.post(address("retire", own.pk))

    after = client.get(address("templates")).content.decode()
    assert before.index("Our way") < before.index("Six months side by side")
    assert after.index("Our way") > after.index("Six months side by side")
    client.post(address("bring_back", own.pk))
    assert client.get(address("templates")).content.decode().count("Your own templates") == 1


def test_newer_words_of_the_house_are_offered_and_never_taken_silently(
    client, ewa, own, monkeypatch
) -> None:
    newer = replace(BASE, version="2", summary=load_template("uk_goal_mentor").summary)
    for module in ("views.settings", "commands.settings"):
        monkeypatch.setattr(f"kith.programmes.{module}.load_template", lambda _key: newer)
    sign_in(client, ewa)

    before = client.get(address("settings", "template", own.pk)).content.decode()
    answer = client.post(address("newer_words", own.pk))
    preview = client.get(answer.url)

    assert "has new words since" in before
    with scope.entered(ewa.organisation_id):
        assert rules_of(OwnTemplate.objects.get()) == BASE
    assert [str(one.label) for one in preview.context["changes"]] == ["What people read"]


def test_a_closed_programme_is_read_and_not_changed(client, ewa) -> None:
    programme = ProgrammeFactory(organisation=ewa.organisation, closed_on=clock.today())
    sign_in(client, ewa)

    page = client.get(address("settings", "programme", programme.pk)).content.decode()

    assert "Change<span" not in page
    assert client.get(address("part", "programme", programme.pk, "focus")).status_code == 404


@pytest.mark.parametrize("roles", [["volunteer_matcher"], ["mentor"], ["supervisor"]])
def test_who_may_not_change_finds_no_settings(client, ewa, programme, own, roles) -> None:
    sign_in(client, MembershipFactory(organisation=ewa.organisation, roles=roles))

    found = [
        client.get(address("settings", "programme", programme.pk)).status_code,
        client.get(address("settings", "template", own.pk)).status_code,
        client.get(address("part", "programme", programme.pk, "focus")).status_code,
        client.post(address("changes", "programme", programme.pk)).status_code,
        client.post(address("retire", own.pk)).status_code,
    ]

    assert found == [404] * 5
    assert client.get(address("copy", "base")).status_code == 404


def test_another_organisation_finds_no_settings(client, programme, own) -> None:
    sign_in(client, MembershipFactory())

    for name in ("settings", "changes", "history"):
        assert client.get(address(name, "programme", programme.pk)).status_code == 404
        assert client.get(address(name, "template", own.pk)).status_code == 404
    assert client.get(address("open_own", own.pk)).status_code == 404


def test_a_wrong_kind_or_part_is_not_found(client, ewa, programme) -> None:
    sign_in(client, ewa)

    assert client.get(address("settings", "nothing", programme.pk)).status_code == 404
    assert client.get(address("part", "programme", programme.pk, "nothing")).status_code == 404


def test_the_history_asks_as_often_for_one_version_as_for_three(client, ewa, programme) -> None:
    sign_in(client, ewa)
    client.get(address("history", "programme", programme.pk))

    with CaptureQueriesContext(connection) as one:
        client.get(address("history", "programme", programme.pk))
    with scope.entered(ewa.organisation_id):
        for number in (1, 2):
            commands.adapt_programme(
                actor_of(ewa),
                programme=Programme.objects.get(),
                name="Poznań",
                rules=replace(BASE, max_goals=number),
                now=NOON + timedelta(hours=number),
            )
    with CaptureQueriesContext(connection) as three:
        client.get(address("history", "programme", programme.pk))

    assert len(three) == len(one)
