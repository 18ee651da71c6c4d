"""Reads of matching: what each sees, in how many queries, and nothing of anybody else."""

import dataclasses
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.base import permit, scope
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.matching import commands
from kith.matching.models import Proposal
from kith.matching.queries import board, offers, outlook, rounds
from kith.matching.queries.pool import pool
from kith.matching.queries.problem import problem_of
from kith.matching.queries.standing import current_run
from kith.matching.rules.marks import CHILDREN, programme_mark
from kith.matching.rules.shows import Show
from kith.matching.rules.states import Answer, Side
from kith.matching.rules.wishes import Wishes
from kith.matching.tests.factories import (
    CHECKS_FOR_CHILDREN,
    NOW,
    TODAY,
    EnrolmentFactory,
    ProgrammeFactory,
    ProposalFactory,
    RoundFactory,
    free_mentor,
    staff,
    waiting_participant,
)
from kith.people.tests.factories import account_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory()


def queries_of(read):
    with CaptureQueriesContext(
        connection,
    ) as counted:
        read()
    return len(counted)


def test_a_pool_is_read_in_the_same_number_of_queries_for_one_and_for_three(programme) -> None:
    ewa = actor_of(staff(programme))
    waiting_participant(programme)
    free_mentor(programme)
    with scope.entered(programme.organisation_id):
        one = queries_of(lambda: pool(ewa, [programme], today=TODAY))
    for _ in range(2):
        waiting_participant(programme)
        free_mentor(programme)

    with scope.entered(programme.organisation_id):
        three = queries_of(lambda: pool(ewa, [programme], today=TODAY))

    assert one == three


def test_checks_and_programmes_are_marks_of_people_not_a_list_of_pairs(programme) -> None:
    other = ProgrammeFactory(organisation=programme.organisation, name="Library")
    here, there = programme_mark(programme.pk), programme_mark(other.pk)
    waiting_participant(programme, with_children=True)
    waiting_participant(other, waiting_since=date(2026, 10, 1))
    marta = free_mentor(programme, checks=CHECKS_FOR_CHILDREN)
    EnrolmentFactory(programme=other, person=marta.person, side="mentor")
    free_mentor(other, waiting_since=date(2026, 10, 1))

    both, alone = (problem_in(programme, some) for some in ([programme, other], [programme]))

    assert [one.requires for one in both.participants] == [{CHILDREN, here}, {there}]
    assert [one.marks for one in both.mentors] == [{CHILDREN, here, there}, {there}]
    assert [one.requires for one in alone.participants] == [{CHILDREN}]
    assert [one.marks for one in alone.mentors] == [{CHILDREN}]
    assert both.exclusions == frozenset()


def problem_in(programme, programmes):
    with scope.entered(programme.organisation_id):
        found = pool(actor_of(staff(programme)), programmes, today=TODAY)
        return problem_of(found, Wishes(), None, today=TODAY)


def test_who_is_held_back_is_named_with_the_reasons(programme) -> None:
    ewa = actor_of(staff(programme))
    waiting_participant(programme, consent=False)
    free_mentor(programme, trained_until=None, checks=())

    with scope.entered(programme.organisation_id):
        found = pool(ewa, [programme], today=TODAY)

    assert [len(found.held_back_on(side)) for side in Side] == [1, 1]
    assert [found.participants, found.mentors, found.places] == [[], [], 0]


def test_today_says_whom_a_round_would_reach(programme) -> None:
    ewa = actor_of(staff(programme))
    for _ in range(3):
        waiting_participant(programme)
    free_mentor(programme, capacity=2)

    with scope.entered(programme.organisation_id):
        [said] = outlook.waited_for(ewa, today=TODAY)

    assert (said.waiting, said.free, said.held_back, said.reach) == (3, 1, 0, 2)


def test_today_promises_no_reach_while_a_round_is_open_or_the_lists_are_long(
    programme, monkeypatch
) -> None:
    ewa = actor_of(staff(programme))
    for _ in range(3):
        waiting_participant(programme)
    free_mentor(programme)
    round_ = RoundFactory(programme=programme)

    with scope.entered(programme.organisation_id):
        [while_open] = outlook.outlooks(ewa, today=TODAY)
        monkeypatch.setattr(outlook, "SMALL", 2)
        monkeypatch.setattr(outlook, "MOST_COUNTED", 2)
        [long] = outlook.outlooks(ewa, today=TODAY)

    assert (while_open.round, while_open.reach) == (round_, 0)
    assert (long.reach, long.held_back, long.waiting) == (None, None, 3)


def test_a_programme_without_anybody_waiting_is_not_mentioned(programme) -> None:
    ewa = actor_of(staff(programme))
    free_mentor(programme)

    with scope.entered(programme.organisation_id):
        assert outlook.waited_for(ewa, today=TODAY) == []
        [quiet] = outlook.outlooks(ewa, today=TODAY)
    assert (quiet.waiting, quiet.since, quiet.free) == (0, None, 1)


def test_each_side_sees_languages_help_times_and_district_and_nothing_else(programme) -> None:
    olena = waiting_participant(
        programme, name="Olena Kowalczuk", needs=["offices"], availability=["tue-eve", "sat-am"]
    )
    marta = free_mentor(programme, name="Marta Lis", topics=["offices", "work"])
    proposal = ProposalFactory(
        round__programme=programme, participant=olena, mentor=marta, offered=True
    )
    olenas = actor_of(account_of(olena.person, Role.PARTICIPANT))
    martas = actor_of(account_of(marta.person, Role.MENTOR))

    with scope.entered(programme.organisation_id):
        seen_by_olena = offers.offer_for(olenas, offers.offers_to(olenas).get())
        seen_by_marta = offers.offer_for(martas, offers.offers_to(martas).get())

    fields = {field.name for field in dataclasses.fields(seen_by_olena)}
    assert fields == {
        "proposal",
        "side",
        "programme",
        "languages",
        "topics",
        "times",
        "place",
        "online",
        "answer",
    }
    assert (seen_by_olena.side, seen_by_olena.topics, seen_by_olena.times) == (
        Side.PARTICIPANT,
        ["offices", "work"],
        ["tue-eve"],
    )
    assert (seen_by_marta.side, seen_by_marta.topics) == (Side.MENTOR, ["offices"])
    assert seen_by_olena.answer_by == proposal.answer_by


def test_an_offer_is_answered_once_and_seen_by_its_two_people_only(programme) -> None:
    marta = free_mentor(programme)
    proposal = ProposalFactory(round__programme=programme, mentor=marta, offered=True)
    martas = actor_of(account_of(marta.person, Role.MENTOR))
    stranger = actor_of(account_of(free_mentor(programme).person, Role.MENTOR))

    with scope.entered(programme.organisation_id):
        before = offers.unanswered(martas)
        foreign = offers.unanswered(stranger)
        with permit.lifted():
            Proposal.objects.update(mentor_answer=Answer.YES.value)
        after = offers.unanswered(martas)

    assert [before, foreign, after] == [[proposal], [], []]


def test_a_participants_account_does_not_open_what_the_same_person_is_asked_as_a_mentor(
    programme,
) -> None:
    marta = free_mentor(programme)
    ProposalFactory(round__programme=programme, mentor=marta, offered=True)
    as_participant = actor_of(account_of(marta.person, Role.PARTICIPANT))

    with scope.entered(programme.organisation_id):
        assert list(offers.offers_to(as_participant)) == []


def test_alternatives_say_who_would_go_without(programme) -> None:
    ewa = actor_of(staff(programme))
    first = waiting_participant(programme, called="Olena", interests=["music"])
    second = waiting_participant(programme, called="Amal", languages={"ar": 5})
    free_mentor(programme, called="Piotr", interests=["music"])
    both = free_mentor(programme, called="Layla", languages={"ar": 5, "uk": 2})
    round_ = commands.open_round(ewa, programmes=[programme], seed=1, today=TODAY, now=NOW)

    with scope.entered(programme.organisation_id):
        [other] = rounds.options_of(ewa, first, current_run(round_))

    assert (other.mentor, other.left_without, other.moved) == (both, [second], [])


def test_who_no_longer_takes_part_has_no_alternatives(programme) -> None:
    ewa = actor_of(staff(programme))
    waiting_participant(programme)
    free_mentor(programme)
    round_ = commands.open_round(ewa, programmes=[programme], seed=1, today=TODAY, now=NOW)
    later = EnrolmentFactory(programme=programme)

    with scope.entered(programme.organisation_id):
        assert rounds.options_of(ewa, later, current_run(round_)) is None


@pytest.mark.parametrize(
    "role", [Role.MENTOR, Role.PARTICIPANT, Role.SUPERVISOR, Role.PLATFORM_ADMINISTRATOR]
)
def test_rounds_are_seen_by_coordinators_and_matchers_only(programme, role) -> None:
    RoundFactory(programme=programme)
    ProposalFactory(round__programme=ProgrammeFactory(organisation=programme.organisation))
    actor = actor_of(MembershipFactory(organisation=programme.organisation, roles=[role.value]))

    with scope.entered(programme.organisation_id):
        assert list(rounds.rounds(actor)) == []
        assert list(board.proposals(actor)) == []
        assert list(rounds.running_programmes(actor)) == []


def test_another_organisation_sees_no_round_and_no_pair(programme) -> None:
    proposal = ProposalFactory(round__programme=programme, offered=True)
    stranger = MembershipFactory()
    actor = actor_of(stranger)

    with scope.entered(stranger.organisation_id):
        assert list(rounds.rounds(actor)) == []
        assert list(offers.waiting_answers(actor)) == []
        assert Proposal.objects.count() == 0
    with scope.entered(programme.organisation_id):
        assert list(Proposal.objects.all()) == [proposal]


def test_pairs_of_a_round_are_read_in_the_same_number_of_queries_for_one_and_three(
    programme,
) -> None:
    ewa = actor_of(staff(programme))
    round_ = RoundFactory(programme=programme)

    def read():
        part = board.pairs_in(ewa, round=round_, show=Show.DECIDE)
        return [str(row.participant.person.name) for row in part.rows]

    ProposalFactory(round=round_)
    with scope.entered(programme.organisation_id):
        read()  # the first line of an audit makes its head
    with scope.entered(programme.organisation_id):
        one = queries_of(read)
    ProposalFactory(round=round_)
    ProposalFactory(round=round_)
    with scope.entered(programme.organisation_id):
        three = queries_of(read)

    assert one == three
