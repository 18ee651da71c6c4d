"""Acts of matching: decisions about pairs, and the answers of both sides."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kith.base import permit, scope
from kith.base.errors import Denied
from kith.base.fields import ERASED
from kith.consent.models import Consent
from kith.gate.models import AuditEvent
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.matching import commands
from kith.matching.models import Proposal, Run
from kith.matching.rules import load
from kith.matching.tests.acts import (
    accepted,
    ewa_of,
    noted,
    opened,
    pairs_of,
    state_of,
    the_proposal,
)
from kith.matching.tests.factories import (
    NOW,
    TODAY,
    ProgrammeFactory,
    free_mentor,
    waiting_participant,
)
from kith.people.tests.factories import account_of
from kith.programmes.commands.places import note_wait
from kith.programmes.models import Enrolment, Wait
from kith.programmes.rules import arrangement, load_template

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory()


# ── Decisions ────────────────────────────────────────────────────────────────────────────────────


def test_accepting_asks_both_for_seven_days_and_keeps_the_reason(programme) -> None:
    olena, marta = waiting_participant(programme), free_mentor(programme)
    opened(programme)

    accepted(programme)

    with scope.entered(programme.organisation_id):
        stored = Proposal.objects.get()
        assert stored.why == "Both like walking"
    assert (stored.state, stored.offered_on, stored.answer_by) == (
        "offered",
        TODAY,
        TODAY + timedelta(days=7),
    )
    assert [state_of(olena), state_of(marta)] == ["proposed", "proposed"]
    with scope.entered(programme.organisation_id):
        verbs = AuditEvent.objects.order_by("seq").values_list("verb", flat=True)
        assert verbs.last() == "matching.ask_both"


def test_a_mentor_with_another_place_goes_on_waiting(programme) -> None:
    waiting_participant(programme)
    marta = free_mentor(programme, capacity=2)
    opened(programme)

    accepted(programme)

    assert state_of(marta) == "waiting"


def test_nobody_is_asked_without_a_reason_in_words(programme) -> None:
    olena = waiting_participant(programme)
    free_mentor(programme)
    opened(programme)

    with pytest.raises(commands.WhyNeeded):
        commands.accept_proposal(
            ewa_of(programme), proposal=the_proposal(programme), why="  ", today=TODAY, now=NOW
        )

    assert state_of(olena) == "waiting"


def test_a_pair_of_which_someone_changed_is_not_asked(programme) -> None:
    olena = waiting_participant(programme)
    free_mentor(programme)
    opened(programme)
    with scope.entered(programme.organisation_id), permit.lifted():
        Consent.objects.filter(person=olena.person).update(state="withdrawn")

    with pytest.raises(commands.NoLongerFree):
        accepted(programme)


@pytest.mark.parametrize("change", [{"state": "paused"}, {"state": "proposed"}])
def test_a_participant_who_no_longer_waits_is_not_asked(programme, change) -> None:
    olena = waiting_participant(programme)
    free_mentor(programme)
    opened(programme)
    with scope.entered(programme.organisation_id), permit.lifted():
        Enrolment.objects.filter(pk=olena.pk).update(**change)

    with pytest.raises(commands.NoLongerFree):
        accepted(programme)


def test_a_mentor_whose_last_place_went_meanwhile_is_not_asked(programme, monkeypatch) -> None:
    waiting_participant(programme)
    marta = free_mentor(programme)
    opened(programme)
    monkeypatch.setattr(load, "_sources", [lambda _mentors: {marta.person_id: 1}])

    with pytest.raises(commands.NoLongerFree):
        accepted(programme)


def test_another_reason_is_said_in_the_note(programme) -> None:
    waiting_participant(programme)
    free_mentor(programme)
    opened(programme)
    ewa = ewa_of(programme)

    with pytest.raises(commands.NoteNeeded):
        commands.reject_proposal(ewa, proposal=the_proposal(programme), reason="other", note=" ")
    rejected = commands.reject_proposal(
        ewa, proposal=the_proposal(programme), reason="other", note="Her aunt is his boss"
    )

    assert (rejected.state, rejected.reject_note) == ("rejected", "Her aunt is his boss")


def test_a_decision_can_be_taken_back_while_nobody_is_asked(programme) -> None:
    waiting_participant(programme)
    free_mentor(programme)
    opened(programme)
    ewa = ewa_of(programme)
    commands.reject_proposal(ewa, proposal=the_proposal(programme), reason="times", note="")

    commands.unlock_proposal(ewa, proposal=the_proposal(programme))

    assert the_proposal(programme).state == "proposed"
    accepted(programme)
    with pytest.raises(commands.AlreadyDecided):
        commands.lock_proposal(ewa, proposal=the_proposal(programme))


def kept_with(programme, participant, mentor):
    round_ = the_proposal(programme, participant=participant).round
    return commands.keep_pair(
        ewa_of(programme), round=round_, participant=participant, mentor=mentor
    )


def test_an_alternative_is_kept_and_the_others_are_solved_around_it(programme) -> None:
    first = waiting_participant(programme, waiting_since=date(2026, 10, 1))
    second = waiting_participant(programme, waiting_since=date(2026, 10, 2))
    marta, piotr = free_mentor(programme), free_mentor(programme)
    opened(programme)
    proposal = the_proposal(programme, participant=first)
    other = piotr if proposal.mentor_id == marta.pk else marta

    kept = kept_with(programme, first, other)

    assert (kept.state, kept.mentor_id) == ("locked", other.pk)
    assert pairs_of(proposal.round) == [
        (first.pk, other.pk, "locked"),
        (second.pk, proposal.mentor_id, "proposed"),
    ]


def test_an_alternative_replaces_a_kept_pair(programme) -> None:
    olena = waiting_participant(programme)
    marta, piotr = free_mentor(programme), free_mentor(programme)
    opened(programme)
    commands.lock_proposal(ewa_of(programme), proposal=the_proposal(programme))
    proposal = the_proposal(programme)
    other = piotr if proposal.mentor_id == marta.pk else marta

    kept_with(programme, olena, other)

    assert pairs_of(proposal.round) == [(olena.pk, other.pk, "locked")]


def test_only_a_mentor_of_the_programme_can_be_taken_and_only_before_the_question(
    programme,
) -> None:
    olena = waiting_participant(programme)
    marta = free_mentor(programme)
    stranger = free_mentor(ProgrammeFactory(organisation=programme.organisation))
    opened(programme)

    with pytest.raises(commands.NoLongerFree):
        kept_with(programme, olena, stranger)
    accepted(programme)
    with pytest.raises(commands.AlreadyDecided):
        kept_with(programme, olena, marta)


# ── Answers ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def asked(programme):
    """A pair of which both sides are asked."""
    olena, marta = waiting_participant(programme), free_mentor(programme)
    opened(programme)
    return olena, marta, accepted(programme)


def test_names_are_exchanged_only_after_two_yeses_and_then_a_match_begins(
    programme, asked, monkeypatch
) -> None:
    olena, marta, proposal = asked
    heard = []
    monkeypatch.setattr("kith.matching.commands.answers.announce", heard.append)
    olenas = actor_of(account_of(olena.person, Role.PARTICIPANT))
    martas = actor_of(account_of(marta.person, Role.MENTOR))

    commands.answer_offer(olenas, proposal=proposal, answer="yes", today=TODAY, now=NOW)
    after_one = list(heard)
    agreed = commands.answer_offer(martas, proposal=proposal, answer="yes", today=TODAY, now=NOW)

    assert after_one == []
    assert [(fact.actor, fact.proposal_id, fact.at) for fact in heard] == [
        (martas, proposal.pk, NOW)
    ]
    assert (agreed.state, agreed.agreed_on) == ("agreed", TODAY)
    assert state_of(olena) == "matched"


def test_two_yeses_end_a_wait_and_a_no_ends_none(programme, asked) -> None:
    olena, _, proposal = asked
    noted(programme, proposal, "mentor", "yes")
    with scope.entered(programme.organisation_id):
        before = Wait.objects.count()

    noted(programme, proposal, "participant", "yes")

    with scope.entered(programme.organisation_id):
        kept = list(Wait.objects.values_list("programme", "side", "over_on", "days"))
    assert before == 0
    days = (TODAY - olena.waiting_since).days
    assert kept == [(programme.pk, "participant", TODAY, days)]


def test_a_no_needs_no_reason_and_both_wait_again(programme, asked) -> None:
    olena, marta, proposal = asked
    martas = actor_of(account_of(marta.person, Role.MENTOR))

    declined = commands.answer_offer(martas, proposal=proposal, answer="no", today=TODAY, now=NOW)

    assert declined.state == "declined"
    assert [state_of(olena), state_of(marta)] == ["waiting", "waiting"]


def test_a_declined_pair_is_never_proposed_again(programme, asked) -> None:
    _, _, proposal = asked
    noted(programme, proposal, "mentor", "no")

    commands.solve_round(ewa_of(programme), round=proposal.round, today=TODAY, now=NOW)

    assert [state for _, _, state in pairs_of(proposal.round)] == ["declined"]


def test_a_question_leaves_the_offer_open(programme, asked) -> None:
    _, _, proposal = asked
    noted(programme, proposal, "mentor", "yes")

    asking = noted(programme, proposal, "participant", "ask")

    assert (asking.state, asking.participant_answer) == ("offered", "ask")


def test_a_yes_may_turn_into_a_no_until_the_other_side_has_answered(programme, asked) -> None:
    _, _, proposal = asked
    noted(programme, proposal, "participant", "yes")

    changed = noted(programme, proposal, "participant", "no")

    assert changed.state == "declined"


def test_after_the_end_of_an_offer_nobody_can_answer(programme, asked) -> None:
    _, _, proposal = asked
    commands.withdraw_offer(ewa_of(programme), proposal=proposal, now=NOW)

    with pytest.raises(commands.OfferIsOver):
        noted(programme, proposal, "participant", "yes")
    with pytest.raises(commands.OfferIsOver):
        commands.withdraw_offer(ewa_of(programme), proposal=the_proposal(programme), now=NOW)


@pytest.mark.parametrize("answer", ["", "perhaps"])
def test_only_the_three_answers_count(programme, asked, answer) -> None:
    _, _, proposal = asked

    with pytest.raises(commands.NotAskedAboutThis):
        noted(programme, proposal, "participant", answer)


def test_a_withdrawn_offer_can_be_proposed_again_with_no_old_answers(programme, asked) -> None:
    olena, marta, proposal = asked
    noted(programme, proposal, "mentor", "yes")
    commands.withdraw_offer(ewa_of(programme), proposal=the_proposal(programme), now=NOW)

    commands.solve_round(ewa_of(programme), round=proposal.round, today=TODAY, now=NOW)

    again = the_proposal(programme)
    assert (again.pk, again.state, again.mentor_answer, again.answer_by) == (
        proposal.pk,
        "proposed",
        "",
        None,
    )
    assert [state_of(olena), state_of(marta)] == ["waiting", "waiting"]


def test_a_stranger_cannot_answer_for_others(programme, asked) -> None:
    _, _, proposal = asked
    stranger = free_mentor(programme)
    actor = actor_of(account_of(stranger.person, Role.MENTOR))

    with pytest.raises(Denied):
        commands.answer_offer(actor, proposal=proposal, answer="yes", today=TODAY, now=NOW)

    assert the_proposal(programme).mentor_answer == ""


@pytest.mark.parametrize(
    "role",
    [Role.MENTOR, Role.PARTICIPANT, Role.SUPERVISOR, Role.PLATFORM_ADMINISTRATOR],
)
def test_only_coordinators_and_matchers_decide(programme, asked, role) -> None:
    _, _, proposal = asked
    actor = actor_of(MembershipFactory(organisation=programme.organisation, roles=[role.value]))

    for act in (
        lambda: commands.withdraw_offer(actor, proposal=proposal, now=NOW),
        lambda: commands.open_round(actor, programmes=[programme], seed=1, today=TODAY, now=NOW),
        lambda: commands.solve_round(actor, round=proposal.round, today=TODAY, now=NOW),
    ):
        with pytest.raises(Denied):
            act()


# ── Ends ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("waits_again", "state", "since"),
    [(True, "waiting", date(2026, 9, 3)), (False, "ended", date(2026, 9, 3))],
)
def test_the_end_of_a_match_frees_the_mentor_and_the_participant_waits_or_is_done(
    programme, waits_again, state, since
) -> None:
    olena, marta = waiting_participant(programme), free_mentor(programme)
    with scope.entered(programme.organisation_id), permit.lifted():
        Enrolment.objects.update(state="matched")

    commands.end_pairing(
        ewa_of(programme),
        programme=programme,
        participants=[olena.person],
        mentors=[marta.person],
        waits_again=waits_again,
        today=TODAY,
    )

    assert state_of(marta) == "waiting"
    with scope.entered(programme.organisation_id):
        after = Enrolment.objects.get(pk=olena.pk)
    assert (after.state, after.waiting_since) == (state, since)


@pytest.mark.parametrize(
    ("keeps", "since", "again"),
    [(True, date(2026, 9, 3), TODAY), (False, TODAY, None)],
)
def test_a_programme_says_from_which_day_somebody_counts_who_waits_again(
    keeps, since, again
) -> None:
    rules = replace(load_template("base"), keeps_waiting_date=keeps)
    programme = ProgrammeFactory(settings=arrangement(rules))
    olena = waiting_participant(programme)
    with scope.entered(programme.organisation_id), permit.lifted():
        Enrolment.objects.update(state="matched")

    commands.end_pairing(
        ewa_of(programme),
        programme=programme,
        participants=[olena.person],
        mentors=[],
        waits_again=True,
        today=TODAY,
    )

    with scope.entered(programme.organisation_id):
        after = Enrolment.objects.get(pk=olena.pk)
        with permit.lifted():
            note_wait(after, today=TODAY + timedelta(days=10))
        waited = Wait.objects.latest("id")
    assert (after.waiting_since, after.again_since) == (since, again)
    # The expected time of a programme counts this wait, not the months of the match before it.
    assert waited.days == 10


def test_an_erased_person_leaves_no_words_and_the_other_side_waits_again(programme, asked) -> None:
    olena, marta, proposal = asked

    with scope.entered(programme.organisation_id), permit.lifted():
        commands.let_go_of_person(olena.person_id)

    with scope.entered(programme.organisation_id):
        stored = Proposal.objects.get(pk=proposal.pk)
        assert (stored.state, stored.why) == ("dropped", ERASED)
        assert Run.objects.get().problem is None
    assert state_of(marta) == "waiting"
