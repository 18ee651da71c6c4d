"""Who is here already with a phone number or e-mail: found in any writing, named to whom it may."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.base import scope
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.people import commands, queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def ewa():
    """A coordinator, inside her organisation."""
    member = MembershipFactory()
    with scope.entered(member.organisation_id, user_id=member.user_id):
        yield actor_of(member)


def add(actor, name, **contact):
    return commands.add_participant(actor, name=name, adult=True, **contact)


def named(found):
    return [(one.person.name if one.person else None, one.by_phone) for one in found]


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("600100200", "+48 600 100 200"),
        ("0048600100200", "600-100-200"),
        ("+47 12 34 56 78", "12345678"),
        ("6543210", "+354 654 3210"),
        ("٦٠٠١٠٠٢٠٠", "600100200"),
    ],
)
def test_a_phone_is_found_with_the_code_of_the_country_or_without_it(ewa, kept, typed) -> None:
    add(ewa, "Oksana", phone=kept)

    assert named(queries.already_here(ewa, phone=typed, email="")) == [("Oksana", True)]


def test_an_address_is_found_however_it_is_capitalised(ewa) -> None:
    add(ewa, "Oksana", email="Oksana@example.org")

    found = queries.already_here(ewa, phone="", email="oksana@Example.org")

    assert named(found) == [("Oksana", False)]


@pytest.mark.parametrize(
    ("phone", "email"),
    [("", ""), ("100200", ""), ("700100200", ""), ("", "oksana@example.com"), ("12", "")],
)
def test_other_contacts_find_nobody(ewa, phone, email) -> None:
    add(ewa, "Oksana", phone="600100201", email="oksana@example.org")

    assert queries.already_here(ewa, phone=phone, email=email) == []


def test_whoever_may_not_see_the_other_record_hears_no_name(ewa) -> None:
    add(ewa, "Oksana", phone="600100200")
    commands.add_mentor(ewa, name="Jan", adult=True, phone="600100200")
    supervisor = actor_of(MembershipFactory(organisation=ewa.organisation, roles=[Role.SUPERVISOR]))

    found = queries.already_here(supervisor, phone="600100200", email="")

    assert named(found) == [("Jan", True), (None, True)]


def test_people_of_another_organisation_are_not_here(ewa) -> None:
    add(ewa, "Oksana", phone="600100200")
    other = MembershipFactory()

    with scope.entered(other.organisation_id, user_id=other.user_id):
        found = queries.already_here(actor_of(other), phone="600100200", email="")

    assert found == []


def test_many_who_share_a_phone_cost_as_many_queries_as_one(ewa) -> None:
    counts = []
    for number in range(3):
        add(ewa, f"Oksana {number}", phone="600100200")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = queries.already_here(ewa, phone="600100200", email="")
        counts.append((len(found), len(asked)))

    assert [count for count, _asked in counts] == [1, 2, 3]
    assert len({asked for _count, asked in counts}) == 1
