"""Trainings that end: a line on Today until a new one is noted, and the gate on the last day."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from kith.base import clock, permit, scope
from kith.base.days import months_later
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.people.models import MentorProfile
from kith.people.tests.factories import MentorCheckFactory, MentorProfileFactory, PersonFactory
from kith.programmes import queries
from kith.programmes.rules import load_template, missing_before_match
from kith.programmes.rules.gates import Lack
from kith.programmes.tests.factories import EnrolmentFactory, ProgrammeFactory
from kith.programmes.wiring import trainings

pytestmark = pytest.mark.django_db

BASE = load_template("base")
DAYS = BASE.attention.check_expires_in_days
TODAY = date(2026, 11, 23)


@pytest.fixture
def ewa():
    member = MembershipFactory()
    with scope.entered(member.organisation_id), time_machine.travel(TODAY, tick=False):
        yield member


@pytest.fixture
def programme(ewa):
    return ProgrammeFactory(organisation=ewa.organisation)


def trained(programme, **fields):
    person = PersonFactory(organisation=programme.organisation, mentor=True, called="Marta")
    EnrolmentFactory(programme=programme, person=person, side="mentor")
    return MentorProfileFactory(organisation=programme.organisation, person=person, **fields)


def lines_of(ewa):
    return list(trainings(actor_of(ewa), TODAY))


@pytest.mark.parametrize(("days", "number"), [(0, 1), (DAYS, 1), (DAYS + 1, 0), (-1, 0)])
def test_a_noted_last_day_is_a_line_in_the_days_before_it(ewa, programme, days, number) -> None:
    trained(programme, trained_until=TODAY + timedelta(days=days))

    assert len(lines_of(ewa)) == number


@pytest.mark.parametrize(("more", "number"), [(0, 1), (1, 0)])
def test_without_a_last_day_the_months_of_the_programme_count(ewa, programme, more, number) -> None:
    until = TODAY + timedelta(days=DAYS + more)
    on = months_later(until, -BASE.training.valid_months)
    profile = trained(programme, trained_on=on)

    found = queries.to_renew(actor_of(ewa), today=TODAY, limit=9)

    assert [(one.profile.pk, one.until) for one in found] == [(profile.pk, until)] * number


def test_a_new_training_clears_the_line(ewa, programme, client) -> None:
    profile = trained(programme, trained_until=TODAY + timedelta(days=3))
    (line,) = lines_of(ewa)
    browser = sign_in(client, ewa)

    page = browser.get(line.url)
    browser.post(
        line.url,
        {"kind": "training", "done_on": TODAY.isoformat(), "valid_until": "2028-11-23"},
    )

    assert str(line.what) == "Agree with \u2068Marta\u2069 on a new training"
    assert page.context["form"]["kind"].value() == "training"
    profile.refresh_from_db()
    assert profile.trained_until == date(2028, 11, 23)
    assert lines_of(ewa) == []


def test_what_checks_bring_up_is_not_told_twice(ewa, programme) -> None:
    until = TODAY + timedelta(days=3)
    profile = trained(programme, trained_until=until)
    MentorCheckFactory(person=profile.person, kind="training", done_on=None, valid_until=until)

    assert lines_of(ewa) == []


def test_who_has_no_place_or_is_put_away_is_not_asked(ewa, programme) -> None:
    soon = TODAY + timedelta(days=3)
    elsewhere = PersonFactory(organisation=ewa.organisation, mentor=True)
    MentorProfileFactory(organisation=ewa.organisation, person=elsewhere, trained_until=soon)
    away = trained(programme, trained_until=soon)
    with permit.lifted():
        away.person.archived_at = clock.now()
        away.person.save()

    assert lines_of(ewa) == []


def test_only_who_notes_checks_is_asked(programme) -> None:
    trained(programme, trained_until=TODAY)
    barbara = MembershipFactory(organisation=programme.organisation, roles=["supervisor"])

    assert lines_of(barbara) == []


@pytest.mark.parametrize(("days", "lacks"), [(0, []), (1, [Lack.TRAINING_ENDED])])
def test_the_gate_closes_when_the_last_day_is_over(ewa, programme, days, lacks) -> None:
    profile = trained(programme, trained_until=TODAY)
    facts = queries.facts_of_mentors([profile.person_id])[profile.person_id]

    missing = missing_before_match(BASE, facts, TODAY + timedelta(days=days))

    assert [one.lack for one in missing if one.lack.value.startswith("training")] == lacks


def test_the_line_asks_as_little_for_three_as_for_one(
    ewa, programme, django_assert_num_queries
) -> None:
    trained(programme, trained_until=TODAY)
    actor = actor_of(ewa)
    for number in (1, 3):
        while MentorProfile.objects.count() < number:
            trained(programme, trained_until=TODAY)
        with django_assert_num_queries(5):
            assert len(queries.to_renew(actor, today=TODAY, limit=9)) == number


def test_the_way_leads_to_the_form_of_a_training(ewa, programme) -> None:
    profile = trained(programme, trained_until=TODAY)

    (line,) = lines_of(ewa)

    assert line.url == f"{reverse('people:new_check', args=[profile.person_id])}?kind=training"
