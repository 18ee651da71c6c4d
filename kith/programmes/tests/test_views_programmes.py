"""Templates, opening and the page of a programme, through the client."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import clock, scope
from kith.consent.tests.factories import ConsentFactory
from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.people.tests.factories import (
    MentorCheckFactory,
    MentorProfileFactory,
    PersonFactory,
)
from kith.programmes.models import Programme
from kith.programmes.rules import TEMPLATE_KEYS, rules_of
from kith.programmes.tests.factories import EnrolmentFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ewa():
    return MembershipFactory()


@pytest.fixture
def programme(ewa):
    return ProgrammeFactory(organisation=ewa.organisation, name="Poznań 2026")


def address(name: str, *args: object) -> str:
    return reverse(f"programmes:{name}", args=args)


def filled(client, key: str = "base") -> dict[str, object]:
    """The form for opening a programme, as the browser would send it unchanged."""
    form = client.get(address("open", key)).context["form"]
    return {name: form[name].value() for name in form.fields}


def test_without_a_programme_the_page_says_what_to_do_first(client, ewa) -> None:
    sign_in(client, ewa)

    page = client.get(address("index")).content.decode()

    assert page.count("Open your first programme") == 1
    assert page.count(f'href="{address("templates")}"') == 1


def test_all_six_templates_can_be_chosen(client, ewa) -> None:
    sign_in(client, ewa)

    page = client.get(address("templates")).content.decode()

    assert [page.count(f'href="{address("open", key)}"') for key in TEMPLATE_KEYS] == [1] * 6


@pytest.mark.parametrize("key", TEMPLATE_KEYS)
def test_every_template_can_be_read_and_opened_as_it_is(client, ewa, key) -> None:
    sign_in(client, ewa)

    read = client.get(address("template", key))
    answer = client.post(address("open", key), filled(client, key))

    assert read.status_code == 200
    with scope.entered(ewa.organisation_id):
        opened = Programme.objects.get()
        assert rules_of(opened) == read.context["rules"]
    assert answer.url == address("programme", opened.pk)


def test_what_is_adapted_is_kept(client, ewa) -> None:
    sign_in(client, ewa)
    changes = {
        "name": "Our half year",
        "length_weeks": 30,
        "often_1": 1,
        "minutes_1": 45,
        "quiet_1": 15,
        "checks": ["identity", "references"],
        "references": 2,
        "child_checks": ["child_work_check"],
        "training_hours": 8,
        "capacity": 3,
    }

    client.post(address("open", "base"), filled(client) | changes)

    with scope.entered(ewa.organisation_id):
        opened = Programme.objects.get()
    rules = rules_of(opened)
    assert (opened.name, rules.length_weeks, rules.training.hours) == ("Our half year", 30, 8)
    contact = rules.contact[1]
    assert (contact.per_weeks, contact.minutes, contact.quiet_after_days) == (1, 45, 15)
    assert [(c.kind.value, c.count, c.only_with_minors) for c in rules.checks] == [
        ("identity", 1, False),
        ("references", 2, False),
        ("child_work_check", 1, True),
    ]
    assert rules.attention.matches_of_one_mentor == 3


@pytest.mark.parametrize(
    ("field", "value"), [("length_weeks", 10), ("quiet_0", 7), ("name", ""), ("references", 0)]
)
def test_what_does_not_fit_is_said_at_its_field(client, ewa, field, value) -> None:
    sign_in(client, ewa)

    answer = client.post(address("open", "base"), filled(client) | {field: value})

    assert list(answer.context["form"].errors) == [field]
    with scope.entered(ewa.organisation_id):
        assert Programme.objects.count() == 0


def test_a_running_programme_is_adapted_further(client, ewa, programme) -> None:
    sign_in(client, ewa)
    form = client.get(address("adapt", programme.pk)).context["form"]
    values = {name: form[name].value() for name in form.fields}

    client.post(address("adapt", programme.pk), values | {"length_weeks": 40})

    with scope.entered(ewa.organisation_id):
        assert rules_of(Programme.objects.get()).length_weeks == 40


def test_the_page_of_a_programme_counts_who_waits_and_which_mentors_are_ready(
    client, ewa, programme
) -> None:
    EnrolmentFactory(programme=programme)
    EnrolmentFactory(programme=programme, state="matched")
    ready = MentorProfileFactory(
        organisation=ewa.organisation, trained_on=clock.today() - timedelta(days=10)
    ).person
    for kind in ("identity", "references", "interview", "code_of_conduct"):
        MentorCheckFactory(person=ready, kind=kind, done_on=clock.today())
    ConsentFactory(person=ready)
    EnrolmentFactory(programme=programme, mentor=True, person=ready)
    EnrolmentFactory(programme=programme, mentor=True)
    sign_in(client, ewa)

    page = client.get(address("programme", programme.pk)).content.decode()

    assert page.count("1 person waits for a mentor.") == 1
    assert page.count("1 is in a match.") == 1
    assert page.count("1 mentor is ready to be proposed.") == 1
    assert page.count("1 is not ready yet; the list says what is missing.") == 1


def test_the_page_of_programmes_asks_as_often_for_one_as_for_three(client, ewa, programme) -> None:
    sign_in(client, ewa)
    client.get(address("index"))

    with CaptureQueriesContext(connection) as one:
        client.get(address("index"))
    for _ in range(2):
        EnrolmentFactory(programme=ProgrammeFactory(organisation=ewa.organisation))
    with CaptureQueriesContext(connection) as three:
        client.get(address("index"))

    assert len(three) == len(one)


def test_a_programme_is_closed_after_a_clear_yes(client, ewa, programme) -> None:
    sign_in(client, ewa)

    asked = client.get(address("close", programme.pk))
    client.post(address("close", programme.pk))

    assert asked.status_code == 200
    with scope.entered(ewa.organisation_id):
        assert Programme.objects.get().closed_on == clock.today()


@pytest.mark.parametrize("name", ["programme", "adapt", "close", "waiting", "enrol_many"])
def test_another_organisation_finds_no_programme(client, programme, name) -> None:
    sign_in(client, MembershipFactory())

    assert client.get(address(name, programme.pk)).status_code == 404


def test_a_wrong_address_is_not_found(client, ewa) -> None:
    olena = PersonFactory(organisation=ewa.organisation, is_participant=True)
    sign_in(client, ewa)

    assert client.get(address("template", "nothing")).status_code == 404
    assert client.get(address("programme", uuid4())).status_code == 404
    assert client.get(address("enrol", olena.pk, "nobody")).status_code == 404
