"""Acts of matching: rounds, decisions about pairs, and the answers of both sides."""

import pytest

from kith.base import events, scope
from kith.gate.roles import Role
from kith.gate.tests.factories import actor_of
from kith.matching import commands
from kith.matching.events import PairAgreed
from kith.matching.models import Proposal
from kith.matching.tests.factories import (
    NOW,
    TODAY,
    ProgrammeFactory,
    account_of,
    free_mentor,
    staff,
    waiting_participant,
)

pytestmark = pytest.mark.django_db


def opened(programme, *, seed=7):
    actor = actor_of(staff(programme))
    return commands.open_round(actor, programme=programme, seed=seed, today=TODAY, now=NOW)


def pairs_of(round_):
    with scope.entered(round_.organisation_id):
        rows = Proposal.objects.filter(round=round_).order_by("participant__waiting_since")
        return [(row.participant_id, row.mentor_id, row.state) for row in rows]


def test_a_round_proposes_the_pair_that_shares_most_and_says_what_it_shares() -> None:
    programme = ProgrammeFactory()
    olena = waiting_participant(programme, needs=["offices"])
    free_mentor(programme, topics=["work"])
    marta = free_mentor(programme, topics=["offices"])

    round_ = opened(programme)

    with scope.entered(programme.organisation_id):
        proposal = Proposal.objects.get(round=round_)
    assert (proposal.participant_id, proposal.mentor_id) == (olena.pk, marta.pk)
    assert [point["code"] for point in proposal.points] == [
        "shared_topics",
        "shared_languages",
        "shared_slots",
    ]
    assert round_.counts == {
        "participants": 1,
        "mentors": 2,
        "places": 2,
        "held_back": 0,
        "pairs": 1,
        "unmatched": 0,
    }


def test_an_accepted_pair_is_asked_and_two_yeses_announce_it() -> None:
    programme = ProgrammeFactory()
    olena, marta = waiting_participant(programme), free_mentor(programme)
    ewa = actor_of(staff(programme))
    opened(programme)
    with scope.entered(programme.organisation_id):
        proposal = Proposal.objects.get()
    heard = []
    events.listen(PairAgreed, heard.append)
    olenas = actor_of(account_of(olena.person, Role.PARTICIPANT))
    martas = actor_of(account_of(marta.person, Role.MENTOR))

    commands.accept_proposal(ewa, proposal=proposal, why="Both like walking", today=TODAY, now=NOW)
    commands.answer_offer(olenas, proposal=proposal, answer="yes", today=TODAY, now=NOW)
    agreed = commands.answer_offer(martas, proposal=proposal, answer="yes", today=TODAY, now=NOW)

    assert agreed.state == "agreed"
    assert [fact.proposal_id for fact in heard] == [proposal.pk]
