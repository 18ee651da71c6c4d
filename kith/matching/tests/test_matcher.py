"""A volunteer matcher suggests pairs in programmes that are matched by volunteers; staff ask."""

import pytest
from django.urls import reverse

from kith.base import scope
from kith.base.errors import Denied
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.matching import commands, wiring
from kith.matching.models import Proposal
from kith.matching.queries import board, offers, rounds
from kith.matching.tests.acts import ewa_of, opened
from kith.matching.tests.factories import (
    NOW,
    TODAY,
    ProgrammeFactory,
    free_mentor,
    staff,
    waiting_participant,
)

pytestmark = pytest.mark.django_db
WHY = "Both cook for many"


@pytest.fixture
def tandem():
    """A programme in which a volunteer brings people together, with one proposed pair."""
    programme = ProgrammeFactory(template_key="de_tandem", name="Tandem")
    waiting_participant(programme)
    free_mentor(programme)
    opened(programme)
    return programme


def jan_of(programme):
    return MembershipFactory(
        organisation=programme.organisation, name="Jan", roles=[Role.VOLUNTEER_MATCHER.value]
    )


def pair_of(programme):
    with scope.entered(programme.organisation_id):
        rows = Proposal.objects.filter(participant__programme=programme)
        return rows.select_related("round", "participant__person", "mentor__person").get()


def suggest(member, programme, why=WHY):
    return commands.suggest_proposal(
        actor_of(member), proposal=pair_of(programme), why=why, today=TODAY
    )


def test_a_suggestion_keeps_the_pair_with_its_line_and_asks_nobody(tandem) -> None:
    jan = jan_of(tandem)

    suggest(jan, tandem)

    row = pair_of(tandem)
    with scope.entered(tandem.organisation_id):
        assert (row.state, str(row.why), row.suggested_by_id) == ("locked", WHY, jan.pk)
        assert (row.suggested_on, row.offered_on) == (TODAY, None)
        assert row.participant.state == "waiting"


def test_a_pair_that_was_kept_can_be_suggested_too(tandem) -> None:
    commands.lock_proposal(ewa_of(tandem), proposal=pair_of(tandem))

    suggest(jan_of(tandem), tandem)

    assert pair_of(tandem).suggested_on == TODAY


def test_a_suggestion_has_a_line(tandem) -> None:
    with pytest.raises(commands.WhyNeeded):
        suggest(jan_of(tandem), tandem, why="  ")

    assert pair_of(tandem).state == "proposed"


def test_only_staff_ask_both(tandem) -> None:
    jan = actor_of(jan_of(tandem))

    with pytest.raises(Denied):
        commands.accept_proposal(jan, proposal=pair_of(tandem), why=WHY, today=TODAY, now=NOW)

    assert pair_of(tandem).state == "proposed"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MENTOR, Role.PARTICIPANT, Role.SUPERVISOR])
def test_only_volunteer_matchers_suggest(tandem, role) -> None:
    other = MembershipFactory(organisation=tandem.organisation, roles=[role.value])

    with pytest.raises(Denied):
        suggest(other, tandem)


def test_staff_confirm_a_suggestion_and_it_is_off_their_list(tandem) -> None:
    suggest(jan_of(tandem), tandem)
    ewa = ewa_of(tandem)

    with scope.entered(tandem.organisation_id):
        before = [line.why for line in wiring._suggested(ewa, TODAY)]
    commands.accept_proposal(ewa, proposal=pair_of(tandem), why=WHY, today=TODAY, now=NOW)

    assert before == ["Jan suggested it today. Nobody is asked before you say so."]
    assert pair_of(tandem).state == "offered"
    with scope.entered(tandem.organisation_id):
        assert list(offers.suggested(ewa)) == []


def test_staff_may_let_a_suggestion_go(tandem) -> None:
    suggest(jan_of(tandem), tandem)

    commands.unlock_proposal(ewa_of(tandem), proposal=pair_of(tandem))

    row = pair_of(tandem)
    with scope.entered(tandem.organisation_id):
        assert (row.state, row.suggested_by, row.suggested_on, str(row.why)) == (
            "proposed",
            None,
            None,
            "",
        )


# ── Programmes in which staff bring people together ──────────────────────────────────────────────


@pytest.fixture
def staffed(tandem):
    """A programme of the same organisation in which staff bring people together."""
    programme = ProgrammeFactory(organisation=tandem.organisation, name="Side by side")
    waiting_participant(programme)
    free_mentor(programme)
    return programme


def test_a_volunteer_sees_only_programmes_matched_by_volunteers(tandem, staffed) -> None:
    opened(staffed)
    jan, ewa = actor_of(jan_of(tandem)), ewa_of(tandem)

    with scope.entered(tandem.organisation_id):
        own = pair_of(tandem)
        assert list(rounds.running_programmes(jan)) == [tandem]
        assert list(rounds.rounds(jan)) == [own.round]
        assert list(board.proposals(jan)) == [own]
        assert {run.round_id for run in rounds.runs(jan)} == {own.round_id}
        assert len(rounds.rounds(ewa)) == len(board.proposals(ewa)) == 2


def test_a_round_that_looks_at_both_is_left_to_staff(tandem, staffed) -> None:
    commands.close_round(ewa_of(tandem), round=pair_of(tandem).round)
    both = opened(tandem, staffed)
    jan = actor_of(jan_of(tandem))

    with scope.entered(tandem.organisation_id):
        assert both not in rounds.rounds(jan)
        assert list(board.proposals(jan).filter(round=both)) == []


def test_a_volunteer_decides_nothing_in_a_programme_of_staff(tandem, staffed) -> None:
    round_ = opened(staffed)
    jan = jan_of(tandem)
    actor = actor_of(jan)
    before = pair_of(staffed)

    for act in (
        lambda: suggest(jan, staffed),
        lambda: commands.lock_proposal(actor, proposal=pair_of(staffed)),
        lambda: commands.reject_proposal(actor, proposal=pair_of(staffed), reason="times", note=""),
        lambda: commands.solve_round(actor, round=round_, today=TODAY, now=NOW),
        lambda: commands.close_round(actor, round=round_),
        lambda: commands.record_answer(
            actor, proposal=before, side="mentor", answer="yes", today=TODAY, now=NOW
        ),
        lambda: commands.withdraw_offer(actor, proposal=before, now=NOW),
        lambda: commands.open_round(actor, programmes=[staffed], seed=1, today=TODAY, now=NOW),
    ):
        with pytest.raises(Denied):
            act()
    assert (pair_of(staffed).state, pair_of(staffed).suggested_on) == ("proposed", None)


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_of_a_pair_lets_a_volunteer_suggest_and_staff_ask(client, tandem) -> None:
    row = pair_of(tandem)
    page = reverse("matching:proposal", args=[row.pk])
    ask, suggest_url = (
        reverse(f"matching:{name}", args=[row.pk]) for name in ("accept", "suggest")
    )
    jan = sign_in(client, jan_of(tandem))

    seen = jan.get(page).content.decode()
    wrong = jan.post(suggest_url, {"why": ""})
    jan.post(suggest_url, {"why": WHY})
    ewa = sign_in(client, staff(tandem))
    confirmed = ewa.get(page).content.decode()

    assert suggest_url in seen
    assert ask not in seen
    assert wrong.status_code == 422
    assert ask in confirmed
    assert suggest_url not in confirmed
    assert "Jan suggested this pair" in confirmed
    assert confirmed.count(WHY) == 2


def test_pages_of_other_programmes_are_not_there_for_a_volunteer(client, tandem, staffed) -> None:
    round_ = opened(staffed)
    jan = sign_in(client, jan_of(tandem))

    for url in (
        reverse("matching:proposal", args=[pair_of(staffed).pk]),
        reverse("matching:round", args=[round_.pk]),
        reverse("matching:held_back", args=[staffed.pk]),
    ):
        assert jan.get(url).status_code == 404
