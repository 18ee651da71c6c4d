"""Long waits and checks that end, on both sides of the day a template sets."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from kith.base import clock, scope
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.people import queries as people
from kith.people.tests.factories import MentorCheckFactory, PersonFactory
from kith.programmes import queries
from kith.programmes.rules import load_template
from kith.programmes.rules.arranging import arrangement
from kith.programmes.tests.factories import EnrolmentFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db

BASE = load_template("base").attention


@pytest.fixture
def ewa():
    return MembershipFactory()


@pytest.fixture
def programme(ewa):
    return ProgrammeFactory(organisation=ewa.organisation, name="Poznań")


def check_ending(ewa, *, in_days):
    today = clock.today()
    return MentorCheckFactory(
        person=PersonFactory(organisation=ewa.organisation, mentor=True),
        kind="code_of_conduct",
        done_on=today - timedelta(days=300),
        valid_until=today + timedelta(days=in_days),
    )


def ending(ewa):
    with scope.entered(ewa.organisation_id):
        return [row.pk for row in people.ending_checks(actor_of(ewa), clock.today())]


@pytest.mark.parametrize("days", [BASE.check_expires_in_days, 45])
def test_a_check_is_warned_of_in_the_days_of_the_programme_and_not_before(ewa, days) -> None:
    rules = replace(load_template("base"), attention=replace(BASE, check_expires_in_days=days))
    ProgrammeFactory(organisation=ewa.organisation, settings=arrangement(rules))
    soon = check_ending(ewa, in_days=days)
    check_ending(ewa, in_days=days + 1)

    assert ending(ewa) == [soon.pk]


@pytest.mark.parametrize(("more", "number"), [(0, 0), (1, 1)])
def test_somebody_waits_too_long_after_the_days_of_the_programme(
    client, ewa, programme, more, number
) -> None:
    since = clock.today() - timedelta(days=BASE.days_without_match + more)
    EnrolmentFactory(programme=programme, waiting_since=since)

    page = sign_in(client, ewa).get(reverse("web:today")).content.decode()

    assert ("waits longer than planned in Poznań" in page) is bool(number)
    with scope.entered(ewa.organisation_id):
        found = queries.long_waits(actor_of(ewa), today=clock.today())
    assert [one.number for one in found] == [1][:number]
