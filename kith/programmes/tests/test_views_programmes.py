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
    answer = client.post(address("open", key), {"name": "Poznań 2027"})

    assert read.status_code == 200
    with scope.entered(ewa.organisation_id):
        opened = Programme.objects.get()
        assert rules_of(opened) == read.context["rules"]
    assert answer.url == address("programme", opened.pk)


def test_opening_leads_to_giving_places_or_first_to_the_settings(client, ewa) -> None:
    sign_in(client, ewa)

    plain = client.post(address("open", "base"), {"name": "Poznań"})
    first = client.post(address("open", "base"), {"name": "Gniezno", "adapt": "1"})

    with scope.entered(ewa.organisation_id):
        gniezno, poznan = Programme.objects.order_by("name")
    assert plain.url == address("programme", poznan.pk)
    assert first.url == address("part", "programme", gniezno.pk, "about")


def test_a_programme_without_a_name_is_not_opened(client, ewa) -> None:
    sign_in(client, ewa)

    answer = client.post(address("open", "base"), {"name": " "})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])
    with scope.entered(ewa.organisation_id):
        assert Programme.objects.count() == 0


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


@pytest.mark.parametrize("name", ["programme", "close", "waiting", "enrol_many"])
def test_another_organisation_finds_no_programme(client, programme, name) -> None:
    sign_in(client, MembershipFactory())

    assert client.get(address(name, programme.pk)).status_code == 404


def test_a_wrong_address_is_not_found(client, ewa) -> None:
    olena = PersonFactory(organisation=ewa.organisation, is_participant=True)
    sign_in(client, ewa)

    assert client.get(address("template", "nothing")).status_code == 404
    assert client.get(address("programme", uuid4())).status_code == 404
    assert client.get(address("enrol", olena.pk, "nobody")).status_code == 404
