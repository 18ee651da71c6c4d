"""How long one waits: what is kept of it, and what is honestly said about it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from kith.base import permit, scope
from kith.base.errors import Denied
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.people.rules import Side
from kith.people.tests.factories import PersonFactory
from kith.programmes import commands, queries
from kith.programmes.models import Enrolment, Wait
from kith.programmes.rules import FEWEST, LOOKED_AT, Expectation, expectation
from kith.programmes.rules.words import expectation_sentences, stretch_words
from kith.programmes.tests.factories import EnrolmentFactory, ProgrammeFactory, WaitFactory

TODAY = date(2026, 11, 2)


def test_fewer_than_five_waits_tell_nothing() -> None:
    assert expectation([30] * (FEWEST - 1)) is None
    assert expectation([30] * FEWEST) == Expectation(FEWEST, 30, 30, 30)


def test_the_middle_is_a_wait_that_really_was() -> None:
    assert expectation([10, 70, 20, 60, 30, 50]) == Expectation(6, 10, 30, 70)


def test_only_the_last_twenty_are_looked_at() -> None:
    newest_first = [14] * LOOKED_AT + [400]

    assert expectation(newest_first) == Expectation(LOOKED_AT, 14, 14, 14)


def test_someone_who_waits_longer_than_all_others_is_noticed() -> None:
    found = Expectation(5, 10, 30, 70)

    assert (found.is_outlasted(70), found.is_outlasted(71)) == (False, True)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "1 day"),
        (13, "13 days"),
        (14, "about 2 weeks"),
        (42, "about 6 weeks"),
        (136, "about 19 weeks"),
        (137, "about 5 months"),
        (365, "about 12 months"),
    ],
)
def test_a_stretch_is_as_exact_as_it_is_of_use(days, words) -> None:
    assert stretch_words(days) == words


def test_the_sentences_say_what_the_figures_are_and_what_they_are_not() -> None:
    assert expectation_sentences(Expectation(20, 21, 42, 77)) == [
        "This is how long the last 20 people waited here until both sides said yes.",
        "The shortest wait was about 3 weeks, the longest about 11 weeks.",
        "Half of them waited about 6 weeks or less.",
        "People who are still waiting are not counted, so it can also take longer.",
    ]
    assert expectation_sentences(None) == [
        "We cannot say yet how long it takes: fewer than 5 people have found a match here so far."
    ]


@pytest.fixture
def ewa(db):
    member = MembershipFactory()
    with scope.entered(member.organisation_id):
        yield actor_of(member)


@pytest.fixture
def programme(ewa):
    return ProgrammeFactory(organisation=ewa.organisation)


@pytest.fixture
def olena(ewa):
    member = MembershipFactory(organisation=ewa.organisation, participant=True)
    person = PersonFactory(organisation=ewa.organisation, user=member.user, is_participant=True)
    return actor_of(member), person


def test_a_wait_is_kept_without_whose_it_was(programme) -> None:
    place = EnrolmentFactory(programme=programme, waiting_since=TODAY - timedelta(days=23))

    with permit.lifted():
        commands.note_wait(place, today=TODAY)

    wait = Wait.objects.get()
    assert (wait.programme, wait.side, wait.over_on, wait.days) == (
        programme,
        Side.PARTICIPANT.value,
        TODAY,
        23,
    )
    links = {field.name for field in Wait._meta.concrete_fields if field.is_relation}
    assert links == {"organisation", "programme"}
    # A key that counts up would tell next to which match it was made.
    assert wait.pk.version == 4


def test_waits_are_read_newest_first_and_of_one_programme_alone(programme) -> None:
    for number in range(LOOKED_AT):
        WaitFactory(programme=programme, days=20, over_on=TODAY - timedelta(days=number))
    WaitFactory(programme=programme, days=900, over_on=TODAY - timedelta(days=LOOKED_AT))
    WaitFactory(programme=programme, days=1, over_on=TODAY, side=Side.MENTOR.value)
    other = ProgrammeFactory(organisation=programme.organisation)
    WaitFactory(programme=other, days=2, over_on=TODAY)

    assert queries.expected_wait(programme) == Expectation(LOOKED_AT, 20, 20, 20)
    assert queries.expected_wait(other) is None


def test_the_waiting_list_says_how_long_it_takes(client, ewa, programme) -> None:
    for _ in range(FEWEST):
        WaitFactory(programme=programme, days=42)
    EnrolmentFactory(programme=programme)
    sign_in(client, ewa.membership)
    url = reverse("programmes:waiting", args=[programme.pk])

    participants, mentors = client.get(url), client.get(f"{url}?side=mentor")

    assert participants.context["expected"][1] == (
        "The shortest wait was about 6 weeks, the longest about 6 weeks."
    )
    assert mentors.context["expected"] == []


def place_of(person, programme, **changes):
    return EnrolmentFactory(programme=programme, person=person, **changes)


@pytest.mark.parametrize("state", ["waiting", "paused"])
def test_one_leaves_the_list_without_a_reason(programme, olena, state) -> None:
    actor, person = olena
    place = place_of(person, programme, state=state)

    commands.leave_list(actor, enrolment=place, today=TODAY)

    assert list(Enrolment.objects.values_list("state", "ended_on")) == [("ended", TODAY)]


def test_who_is_being_asked_about_a_match_answers_first(programme, olena) -> None:
    actor, person = olena
    place = place_of(person, programme, state="proposed")

    with pytest.raises(commands.AskedAboutAMatch):
        commands.leave_list(actor, enrolment=place, today=TODAY)

    assert Enrolment.objects.get().state == "proposed"


def test_a_match_is_not_left_by_leaving_a_list(programme, olena) -> None:
    actor, person = olena
    place = place_of(person, programme, state="matched")

    with pytest.raises(commands.NotPossibleNow):
        commands.leave_list(actor, enrolment=place, today=TODAY)

    assert Enrolment.objects.get().state == "matched"


def test_nobody_takes_another_off_the_list_by_this_door(programme, ewa, olena) -> None:
    actor, _person = olena
    other = EnrolmentFactory(programme=programme)

    for stranger in (actor, ewa):
        with pytest.raises(Denied):
            commands.leave_list(stranger, enrolment=other, today=TODAY)

    assert Enrolment.objects.get(pk=other.pk).state == "waiting"


def test_a_participant_takes_a_break_from_the_list_and_comes_back(programme, olena) -> None:
    actor, person = olena
    place = place_of(person, programme)

    commands.pause(actor, enrolment=place, until=TODAY + timedelta(days=30), today=TODAY)
    paused = Enrolment.objects.get().state
    commands.resume(actor, enrolment=place)

    assert (paused, Enrolment.objects.get().state) == ("paused", "waiting")
    assert Enrolment.objects.get().waiting_since == place.waiting_since
