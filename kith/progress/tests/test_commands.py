"""Choosing a step, leaving a domain open, and who may."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db.models import Q

from kith.base import permit, scope
from kith.base.errors import Denied
from kith.base.events import announce
from kith.consent.tests.factories import ConsentFactory
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.people.commands import erase_person
from kith.people.events import ImportUndoAsked
from kith.people.models import Person
from kith.people.tests.factories import PersonFactory
from kith.programmes.tests.factories import EnrolmentFactory
from kith.progress import commands, permissions, queries, wiring
from kith.progress.models import DomainMap, DomainStep
from kith.progress.rules import Step
from kith.progress.tests.factories import DomainMapFactory, DomainStepFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def ewa():
    member = MembershipFactory()
    with scope.entered(member.organisation_id):
        yield actor_of(member)


@pytest.fixture
def amal(ewa):
    person = PersonFactory(organisation=ewa.organisation, is_participant=True)
    ConsentFactory(person=person)
    return person


@pytest.fixture
def sources(monkeypatch):
    """The plug of mentoring, empty."""
    monkeypatch.setattr(permissions, "_sources", [])


def choose(actor, person, domain="language", step=Step.STARTING, words="", day=TODAY):
    return commands.choose_step(
        actor, person=person, domain=domain, step=step, words=words, today=day, now=NOON
    )


def chosen() -> list[tuple[date, str, str]]:
    rows = DomainStep.objects.order_by("domain_map__made_on", "id")
    return list(rows.values_list("domain_map__made_on", "domain", "step"))


def test_the_first_step_begins_the_map_of_the_day(ewa, amal) -> None:
    choose(ewa, amal, words=" I speak with my neighbour ")

    made = DomainMap.objects.get()
    assert (made.person, made.made_on, made.made_with) == (amal, TODAY, ewa.membership)
    assert chosen() == [(TODAY, "language", "starting")]
    assert str(DomainStep.objects.get().words) == "I speak with my neighbour"


def test_a_map_outside_a_programme_has_no_week_and_one_of_the_waiting_stands_at_the_start(
    ewa, amal
) -> None:
    choose(ewa, amal)
    EnrolmentFactory(person=amal, programme__organisation=amal.organisation)
    choose(ewa, amal, day=date(2026, 11, 9))

    weeks = DomainMap.objects.order_by("made_on").values_list("week", flat=True)
    assert list(weeks) == [None, 0]


def test_a_step_of_the_same_day_is_chosen_anew(ewa, amal) -> None:
    choose(ewa, amal)

    choose(ewa, amal, step=Step.WITH_HELP)

    assert chosen() == [(TODAY, "language", "with_help")]


def test_another_day_has_a_map_of_its_own(ewa, amal) -> None:
    choose(ewa, amal, day=date(2026, 9, 1))

    choose(ewa, amal)

    assert chosen() == [
        (date(2026, 9, 1), "language", "starting"),
        (TODAY, "language", "starting"),
    ]


def test_leaving_a_domain_open_stores_nothing_not_even_an_empty_map(ewa, amal) -> None:
    choose(ewa, amal)
    choose(ewa, amal, "work")

    commands.leave_open(ewa, person=amal, domain="language", today=TODAY)
    left = chosen()
    commands.leave_open(ewa, person=amal, domain="work", today=TODAY)

    assert left == [(TODAY, "work", "starting")]
    assert DomainMap.objects.count() == 0


def test_a_map_of_another_day_is_not_changed(ewa, amal) -> None:
    DomainStepFactory(domain_map=DomainMapFactory(person=amal))

    commands.leave_open(ewa, person=amal, domain="language", today=TODAY)

    assert chosen() == [(date(2026, 9, 1), "language", "starting")]


def test_without_the_consent_to_mentoring_no_map_is_drawn(ewa) -> None:
    unasked = PersonFactory(organisation=ewa.organisation, is_participant=True)

    with pytest.raises(commands.ConsentMissing):
        choose(ewa, unasked)

    assert DomainMap.objects.count() == 0


def test_a_participant_draws_alone_and_for_nobody_else(ewa, amal) -> None:
    member = MembershipFactory(organisation=ewa.organisation, participant=True)
    with permit.lifted():
        Person.objects.filter(pk=amal.pk).update(user=member.user)
    amal.refresh_from_db()
    other = PersonFactory(organisation=ewa.organisation, is_participant=True)

    choose(actor_of(member), amal)

    assert DomainMap.objects.get().made_with is None
    with pytest.raises(Denied):
        choose(actor_of(member), other)


def test_a_mentor_reaches_nobody_until_mentoring_says_whom(ewa, amal, sources) -> None:
    mentor = actor_of(MembershipFactory(organisation=ewa.organisation, mentor=True))

    with pytest.raises(Denied):
        choose(mentor, amal)
    permissions.add_people_of_mentor(lambda _actor: Q(pk=amal.pk))
    choose(mentor, amal)

    assert DomainMap.objects.get().made_with == mentor.membership
    assert list(queries.people_to_see(mentor)) == [amal]


@pytest.mark.parametrize("roles", [["volunteer_matcher"], ["supervisor"], ["data_protection_lead"]])
def test_other_roles_neither_see_nor_draw_maps(ewa, amal, roles) -> None:
    other = actor_of(MembershipFactory(organisation=ewa.organisation, roles=roles))

    with pytest.raises(Denied):
        choose(other, amal)
    with pytest.raises(Denied):
        queries.maps_of(other, person=amal)


def test_the_maps_of_an_erased_person_are_removed(ewa, amal) -> None:
    choose(ewa, amal)

    erase_person(ewa, person=amal, today=TODAY, now=NOON)

    assert (DomainMap.objects.count(), DomainStep.objects.count()) == (0, 0)


def test_who_has_a_map_stays_when_an_import_is_taken_back(ewa, amal) -> None:
    choose(ewa, amal)
    fact = ImportUndoAsked(uuid4(), [amal.pk, uuid4()])

    with permit.lifted():
        wiring.keep_those_with_maps(fact)
        announce(fact)

    assert list(fact.stays) == [amal.pk]
