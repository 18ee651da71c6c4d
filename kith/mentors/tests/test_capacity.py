"""How much a mentor takes on, and what a rest leads to."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from kith.base import clock, permit, scope
from kith.base.errors import Denied
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.mentoring.tests.factories import HandOverFactory, MatchFactory, member_of
from kith.mentors import commands, wiring
from kith.mentors.models import Rest
from kith.mentors.queries import capacity as queries
from kith.mentors.rules.capacity import Offered, effects
from kith.people.models import MentorProfile
from kith.people.tests.factories import MentorFactory

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: MONDAY)


@pytest.fixture
def ewa():
    return MembershipFactory()


@pytest.fixture
def member(ewa):
    return MembershipFactory(organisation=ewa.organisation, mentor=True)


@pytest.fixture
def jan(ewa, member):
    return MentorFactory(organisation=ewa.organisation, user=member.user)


def rest(member, jan, days=30, today=MONDAY):
    return commands.rest(
        actor_of(member), person=jan, until=today + timedelta(days=days), today=today, now=NOON
    )


def profile_of(jan):
    with scope.entered(jan.organisation_id):
        return MentorProfile.objects.get(person=jan)


def a_match(ewa, jan, **given):
    return MatchFactory(
        organisation=ewa.organisation,
        programme__organisation=ewa.organisation,
        mentor=jan,
        **given,
    )


def lines_of(ewa, day=MONDAY):
    with scope.entered(ewa.organisation_id):
        return [line.url for line in wiring.rests_to_settle(actor_of(ewa), day)]


def test_a_mentor_says_how_many_and_from_when(client, member, jan) -> None:
    sign_in(client, member)

    client.post(reverse("mentors:capacity"), {"capacity": "2", "available_since": "2026-12-01"})
    page = " ".join(client.get(reverse("mentors:capacity")).content.decode().split())

    assert (profile_of(jan).capacity, profile_of(jan).available_since) == (2, date(2026, 12, 1))
    assert "Nobody is proposed to you before your first day" in page


def test_more_than_five_is_agreed_with_the_coordinator(member, jan) -> None:
    with pytest.raises(commands.TooMany):
        commands.set_capacity(
            actor_of(member), person=jan, capacity=6, available_since=None, now=NOON
        )


def test_nobody_sets_it_for_another_mentor(ewa, jan) -> None:
    other = MembershipFactory(organisation=ewa.organisation, mentor=True)
    MentorFactory(organisation=ewa.organisation, user=other.user)

    with pytest.raises(Denied):
        rest(other, jan)


@pytest.mark.parametrize("days", [0, 366])
def test_a_rest_ends_after_today_and_within_a_year(member, jan, days) -> None:
    with pytest.raises(commands.RestDayUnfit):
        rest(member, jan, days)


def test_a_rest_keeps_new_people_away_and_a_second_one_replaces_it(ewa, member, jan) -> None:
    rest(member, jan)
    second = rest(member, jan, 60)

    with scope.entered(ewa.organisation_id):
        running = list(Rest.objects.filter(ended_on__isnull=True))
    assert profile_of(jan).paused_until == MONDAY + timedelta(days=60)
    assert running == [second]


def test_a_rest_with_a_running_match_is_a_line_until_it_is_settled(
    client, ewa, member, jan
) -> None:
    match = MatchFactory(
        organisation=ewa.organisation, programme__organisation=ewa.organisation, mentor=jan
    )
    row = rest(member, jan)
    sign_in(client, ewa)

    before = lines_of(ewa)
    page = client.get(reverse("mentors:resting", args=[row.pk])).content.decode()
    client.post(reverse("mentors:settle_rest", args=[row.pk]))

    assert before == [reverse("mentors:resting", args=[row.pk])]
    assert reverse("mentoring:match", args=[match.pk]) in page
    assert lines_of(ewa) == []


def test_a_rest_leads_to_a_stand_in_for_each_match_until_its_last_day(
    client, ewa, member, jan
) -> None:
    matches = [a_match(ewa, jan), a_match(ewa, jan)]
    row = rest(member, jan)
    sign_in(client, ewa)

    page = client.get(reverse("mentors:resting", args=[row.pk])).content.decode()

    for match in matches:
        place = member_of(match, jan)
        stand_in = reverse("mentoring:hand_over", args=[match.pk, place.pk])
        assert f"{stand_in}?until={row.until.isoformat()}" in page
        assert reverse("mentoring:pause", args=[match.pk]) in page


def test_the_mentor_reads_how_far_it_is(client, ewa, member, jan) -> None:
    match = a_match(ewa, jan, participant__called="Olena")
    row = rest(member, jan)
    mine = sign_in(client, member)

    def said():
        return " ".join(mine.get(reverse("mentors:capacity")).content.decode().split())

    assert "your coordinator is told and arranges with you" in said()
    with scope.entered(ewa.organisation_id):
        commands.settle_rest(actor_of(ewa), rest=row, today=MONDAY)
    assert "it goes on as you agreed with your coordinator" in said()
    asked = HandOverFactory(match=match, person__called="Ala", until_on=date(2026, 12, 2))
    assert "is asked whether somebody may stand in for you" in said()
    assert "Ala" not in said()
    with scope.entered(ewa.organisation_id), permit.lifted():
        asked.state, asked.answered_on = "agreed", MONDAY
        asked.save()
    assert "Ala" in said()


def test_staff_read_who_is_to_stand_in_and_look_after_it(client, ewa, member, jan) -> None:
    match = a_match(ewa, jan)
    row = rest(member, jan)
    HandOverFactory(match=match, person__called="Ala", until_on=date(2026, 12, 2))

    page = sign_in(client, ewa).get(reverse("mentors:resting", args=[row.pk])).content.decode()

    assert "has not answered yet" in page
    assert "Ala" in page
    assert reverse("mentoring:pause", args=[match.pk]) not in page


def test_a_rest_without_a_match_needs_nobody(ewa, member, jan) -> None:
    rest(member, jan)

    assert lines_of(ewa) == []


@pytest.mark.parametrize(("days", "number"), [(29, 1), (30, 0)])
def test_the_line_goes_with_the_last_day_of_the_rest(ewa, member, jan, days, number) -> None:
    MatchFactory(
        organisation=ewa.organisation, programme__organisation=ewa.organisation, mentor=jan
    )
    rest(member, jan)

    assert len(lines_of(ewa, MONDAY + timedelta(days=days))) == number


def test_who_is_there_again_is_proposed_again(client, ewa, member, jan) -> None:
    rest(member, jan)
    sign_in(client, member)

    client.post(reverse("mentors:end_rest"))

    assert profile_of(jan).paused_until is None
    with scope.entered(ewa.organisation_id):
        assert not Rest.objects.filter(ended_on__isnull=True).exists()
        assert queries.offered(jan).free == 1


@pytest.mark.parametrize(
    ("offered", "said"),
    [
        (Offered(2, 1, 0, None, None), "You may be asked about 1 more person."),
        (Offered(1, 1, 0, None, None), "You have as many as you want"),
        (Offered(2, 0, 2, None, None), "You have as many as you want"),
        (Offered(2, 0, 0, date(2026, 11, 3), None), "before your first day"),
        (Offered(2, 0, 0, MONDAY, None), "You may be asked about 2 more people."),
        (Offered(2, 0, 0, None, date(2026, 11, 3)), "You rest"),
        (Offered(2, 0, 0, None, MONDAY), "You may be asked about 2 more people."),
    ],
)
def test_the_page_says_what_a_number_and_a_day_mean(offered, said) -> None:
    with translation.override("en"):
        assert said in " ".join(effects(offered, MONDAY))
