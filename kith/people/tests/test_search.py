"""Finding people across scripts, by phone and by e-mail, and nobody else's people."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.base import scope
from kith.gate.actor import ANONYMOUS
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.people.commands import add_mentor, add_participant, change_contact, change_identity
from kith.people.models import Person, SearchToken
from kith.people.queries import find_people, narrowed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def ewa():
    """A coordinator."""
    return actor_of(MembershipFactory())


def found(actor, text, limit=20):
    with scope.entered(actor.organisation_id, user_id=actor.user_id):
        return [str(person.name) for person in find_people(actor, text, limit)]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Ковальчук Оксана", "Kowalczuk"),
        ("Ковальчук Оксана", "oksana kowal"),
        ("Oksana Kowalczuk", "Ковальчук"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("محمد الحداد", "Mohammed Haddad"),
        ("Mohammed Al-Haddad", "محمد"),
        ("Yusuf Şahin", "sahin"),
        ("Anna Maria Nowak", "no an"),
    ],
)
def test_a_name_is_found_in_another_spelling(ewa, name: str, typed: str) -> None:
    add_participant(ewa, name=name, adult=True)
    add_participant(ewa, name="Tetiana Bondar", adult=True)

    assert found(ewa, typed) == [name]


@pytest.mark.parametrize("typed", ["+48 795 917 706", "795917706", "917706", "0048795917706"])
def test_a_phone_number_is_found_whole_and_by_its_last_digits(ewa, typed: str) -> None:
    add_participant(ewa, name="Oksana Kowalczuk", phone="+48 795-917-706", adult=True)
    add_participant(ewa, name="Tetiana Bondar", phone="+48 600 100 200", adult=True)

    assert found(ewa, typed) == ["Oksana Kowalczuk"]


@pytest.mark.parametrize("typed", ["Oksana.K@Example.org", "oksana.k"])
def test_an_address_is_found_whole_and_by_its_first_part(ewa, typed: str) -> None:
    add_participant(ewa, name="Kowalczuk", email="oksana.k@example.org", adult=True)
    add_participant(ewa, name="Bondar", email="tetiana@example.org", adult=True)

    assert found(ewa, typed) == ["Kowalczuk"]


def test_every_word_must_be_held(ewa) -> None:
    add_participant(ewa, name="Oksana Kowalczuk", adult=True)

    assert found(ewa, "Oksana Bondar") == []


@pytest.mark.parametrize("typed", ["", "   ", "12", "…"])
def test_nothing_to_look_for_finds_nobody(ewa, typed: str) -> None:
    add_participant(ewa, name="Oksana Kowalczuk", adult=True)

    assert found(ewa, typed) == []


def test_the_last_event_comes_first_and_the_limit_holds(ewa) -> None:
    for number, name in enumerate(["Anna Nowak", "Anna Bondar", "Anna Lis"]):
        person = add_participant(ewa, name=name, adult=True)
        later = person.created_at + timedelta(hours=10 - number)
        change_identity(
            ewa, person=person, name=name, called="", age_band="", language="pl", now=later
        )

    assert found(ewa, "anna", 2) == ["Anna Nowak", "Anna Bondar"]


def test_a_former_name_and_phone_are_not_found_any_more(ewa) -> None:
    person = add_participant(ewa, name="Oksana Kowalczuk", phone="+48795917706", adult=True)

    change_identity(
        ewa, person=person, name="Oksana Bondar", called="", age_band="", language="pl", now=NOW
    )
    change_contact(
        ewa,
        person=person,
        phone="+48600100200",
        email="",
        channel="phone",
        safe_to_write=None,
        contact_note="",
        now=NOW,
    )

    assert (found(ewa, "Kowalczuk"), found(ewa, "795917706")) == ([], [])
    assert (found(ewa, "Bondar"), found(ewa, "600100200")) == (["Oksana Bondar"], ["Oksana Bondar"])


def test_a_second_organisation_finds_nobody_of_the_first(ewa) -> None:
    stranger = actor_of(MembershipFactory())
    add_participant(ewa, name="Oksana Kowalczuk", adult=True)
    add_participant(stranger, name="Oksana Bondar", adult=True)

    assert found(stranger, "Oksana") == ["Oksana Bondar"]
    assert found(ewa, "Oksana") == ["Oksana Kowalczuk"]


def test_tokens_of_one_name_differ_from_organisation_to_organisation(ewa) -> None:
    stranger = actor_of(MembershipFactory())
    ours = add_participant(ewa, name="Oksana Kowalczuk", adult=True)
    theirs = add_participant(stranger, name="Oksana Kowalczuk", adult=True)

    with scope.entered(ewa.organisation_id):
        first = set(SearchToken.objects.filter(person=ours).values_list("token", flat=True))
    with scope.entered(stranger.organisation_id):
        second = set(SearchToken.objects.filter(person=theirs).values_list("token", flat=True))

    assert (len(first), first & second) == (len(second), set())


def test_a_supervisor_finds_mentors_and_a_mentor_finds_nobody(ewa) -> None:
    add_participant(ewa, name="Anna Kowalczuk", adult=True)
    add_mentor(ewa, name="Anna Nowak", adult=True)
    organisation = ewa.organisation
    zofia = actor_of(MembershipFactory(organisation=organisation, roles=[Role.SUPERVISOR]))
    jan = actor_of(MembershipFactory(organisation=organisation, roles=[Role.MENTOR]))
    admin = actor_of(
        MembershipFactory(organisation=organisation, roles=[Role.PLATFORM_ADMINISTRATOR])
    )

    assert found(zofia, "anna") == ["Anna Nowak"]
    assert found(jan, "anna") == []
    assert found(admin, "anna") == []


def test_the_number_of_queries_does_not_grow_with_the_people(ewa) -> None:
    def queries() -> int:
        with (
            scope.entered(ewa.organisation_id, user_id=ewa.user_id),
            CaptureQueriesContext(connection) as asked,
        ):
            assert {str(person.name) for person in find_people(ewa, "anna")} == {"Anna Nowak"}
        return len(asked)

    add_participant(ewa, name="Anna Nowak", adult=True)
    with_one = queries()
    for _number in range(12):
        add_participant(ewa, name="Anna Nowak", adult=True)

    assert queries() == with_one


def test_a_visitor_finds_nobody() -> None:
    assert list(narrowed(Person.objects.all(), ANONYMOUS, "Oksana")) == []
