"""Maps as pictures: each domain by itself, beside the last time the person looked at it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.base import scope
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.people.tests.factories import PersonFactory
from kith.progress import queries
from kith.progress.tests.factories import DomainMapFactory, DomainStepFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ewa():
    member = MembershipFactory(name="Ewa")
    with scope.entered(member.organisation_id):
        yield actor_of(member)


@pytest.fixture
def amal(ewa):
    return PersonFactory(organisation=ewa.organisation, is_participant=True)


def draw(person, day: date, **steps: str) -> None:
    made = DomainMapFactory(person=person, made_on=day)
    for domain, step in steps.items():
        DomainStepFactory(domain_map=made, domain=domain, step=step)


def lines(ewa, amal):
    maps = queries.maps_of(ewa, person=amal)
    return {line.domain.key: line for line in maps.picture(maps.made[0], "en").lines}


def test_each_domain_says_its_own_sentence(ewa, amal) -> None:
    draw(amal, date(2026, 9, 1), language="with_help")

    line = lines(ewa, amal)["language"]

    assert (line.now, line.before, line.says) == (
        3,
        None,
        "I manage when someone helps or interprets.",
    )


def test_a_domain_left_open_says_nothing(ewa, amal) -> None:
    draw(amal, date(2026, 9, 1), language="with_help")

    line = lines(ewa, amal)["work"]

    assert (line.now, line.before, line.says) == (None, None, "")


def test_a_domain_is_compared_with_the_last_time_the_person_looked_at_it(ewa, amal) -> None:
    draw(amal, date(2026, 6, 1), language="not_yet", work="starting")
    draw(amal, date(2026, 8, 1), language="starting")
    draw(amal, date(2026, 10, 1), language="mostly_alone", work="not_yet")

    found = lines(ewa, amal)

    assert (found["language"].before, found["language"].now) == (2, 4)
    assert found["language"].difference == (
        "You see yourself more than one step further than last time."
    )
    assert (found["work"].before, found["work"].now) == (2, 1)
    assert found["work"].difference.startswith("This is harder for you now than last time.")


def test_that_nothing_changed_needs_no_sentence(ewa, amal) -> None:
    draw(amal, date(2026, 8, 1), language="starting")
    draw(amal, date(2026, 10, 1), language="starting")

    assert lines(ewa, amal)["language"].difference == ""


def test_an_earlier_map_is_not_compared_with_what_came_later(ewa, amal) -> None:
    draw(amal, date(2026, 8, 1), language="starting")
    draw(amal, date(2026, 10, 1), language="with_help")

    maps = queries.maps_of(ewa, person=amal)
    earlier = maps.picture(maps.made[1], "en")

    assert earlier.is_compared is False
    assert earlier.lines[0].now == 2


def test_the_maps_of_a_person_take_as_many_queries_for_one_as_for_three(ewa, amal) -> None:
    draw(amal, date(2026, 6, 1), language="starting")
    queries.maps_of(ewa, person=amal)

    with CaptureQueriesContext(connection) as one:
        queries.maps_of(ewa, person=amal)
    draw(amal, date(2026, 8, 1), language="starting", work="starting")
    draw(amal, date(2026, 10, 1), language="starting")
    with CaptureQueriesContext(connection) as three:
        queries.maps_of(ewa, person=amal)

    assert len(three) == len(one)


def test_a_picture_holds_no_sum_over_domains() -> None:
    fields = set(queries.Picture.__dataclass_fields__)

    assert fields == {"made", "made_with", "lines", "is_compared"}
