"""Acts of matching: rounds, decisions about pairs, and the answers of both sides."""

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
from kith.matching.models import Proposal, Round, Run, Unmatched
from kith.matching.queries.standing import current_run
from kith.matching.rules import load
from kith.matching.tests.factories import (
    NOW,
    TODAY,
    PlaceFactory,
    ProgrammeFactory,
    account_of,
    free_mentor,
    staff,
    waiting_participant,
)
from kith.people.models import Children, Family, FamilyMember, MentorProfile, Person
from kith.programmes.models import Enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory()


def ewa_of(programme):
    return actor_of(staff(programme))


def opened(programme, *, seed=7):
    return commands.open_round(
        ewa_of(programme), programmes=[programme], seed=seed, today=TODAY, now=NOW
    )


def pairs_of(round_):
    with scope.entered(round_.organisation_id):
        rows = Proposal.objects.filter(round=round_).order_by("participant__waiting_since", "id")
        return [(row.participant_id, row.mentor_id, row.state) for row in rows]


def the_proposal(programme, **which):
    with scope.entered(programme.organisation_id):
        rows = Proposal.objects.select_related(
            "participant__programme", "round", "participant__person", "mentor__person"
        )
        return rows.get(**which)


def run_of(round_):
    """The last run of a round that gave something."""
    with scope.entered(round_.organisation_id):
        run = current_run(round_)
        assert run is not None
        return Run.objects.select_related("round").get(pk=run.pk)


def state_of(enrolment):
    with scope.entered(enrolment.organisation_id):
        return Enrolment.objects.get(pk=enrolment.pk).state


def accepted(programme, **which):
    proposal = the_proposal(programme, **which)
    return commands.accept_proposal(
        ewa_of(programme), proposal=proposal, why="Both like walking", today=TODAY, now=NOW
    )


def noted(programme, proposal, side, answer):
    proposal = the_proposal(programme, pk=proposal.pk)
    return commands.record_answer(
        ewa_of(programme), proposal=proposal, side=side, answer=answer, today=TODAY, now=NOW
    )


# ── Rounds ───────────────────────────────────────────────────────────────────────────────────────


def test_a_round_proposes_the_pair_that_shares_most_and_says_what_it_shares(programme) -> None:
    olena = waiting_participant(programme, needs=["offices"])
    free_mentor(programme, topics=["work"])
    marta = free_mentor(programme, topics=["offices"])

    round_ = opened(programme)

    proposal = the_proposal(programme, round=round_)
    assert (proposal.participant_id, proposal.mentor_id) == (olena.pk, marta.pk)
    assert [point["code"] for point in proposal.points] == [
        "shared_topics",
        "shared_languages",
        "shared_slots",
    ]
    assert run_of(round_).counts == {
        "participants": 1,
        "mentors": 2,
        "places": 2,
        "held_back": 0,
        "pairs": 1,
        "unmatched": 0,
    }


@pytest.mark.parametrize(
    "lacks",
    [
        {"consent": False},
        {"adult": False},
        {"trained_until": date(2026, 11, 22)},
        {"trained_until": None},
        {"checks": ("identity", "interview", "code_of_conduct")},
        {"capacity": 0},
        {"paused_until": TODAY},
        {"available_since": date(2026, 12, 1)},
        {"languages": {"en": 5}},
        {"availability": ["mon-am"]},
    ],
)
def test_a_mentor_who_lacks_something_is_not_proposed(programme, lacks) -> None:
    olena = waiting_participant(programme)
    marta, other = free_mentor(programme), free_mentor(programme, **lacks)
    waiting_participant(programme, waiting_since=date(2026, 11, 1))

    round_ = opened(programme)

    assert {mentor for _, mentor, _ in pairs_of(round_)} == {marta.pk}
    assert olena.pk in {participant for participant, _, _ in pairs_of(round_)}
    assert other.pk != marta.pk


def test_a_participant_without_consent_is_not_proposed(programme) -> None:
    olena = waiting_participant(programme, consent=False)
    amal = waiting_participant(programme)
    free_mentor(programme, capacity=2)

    round_ = opened(programme)

    assert [participant for participant, _, _ in pairs_of(round_)] == [amal.pk]
    assert olena.pk != amal.pk


def test_a_firm_wish_for_a_woman_is_never_traded_and_an_open_one_only_counts(programme) -> None:
    firm = waiting_participant(programme, gender_wish="woman", gender_wish_firm=True)
    soft = waiting_participant(programme, gender_wish="woman", waiting_since=date(2026, 10, 1))
    free_mentor(programme, gender="man", capacity=2)

    round_ = opened(programme)

    assert [participant for participant, _, _ in pairs_of(round_)] == [soft.pk]
    with scope.entered(programme.organisation_id):
        left = Unmatched.objects.get(round=round_)
    assert (left.participant_id, left.steps) == (firm.pk, [{"code": "gender", "number": 1}])


def test_who_lives_too_far_is_proposed_only_when_both_can_meet_online(programme) -> None:
    wilda = PlaceFactory(
        organisation=programme.organisation, name="Wilda", latitude=52.39, longitude=16.92
    )
    konin = PlaceFactory(
        organisation=programme.organisation, name="Konin", latitude=52.22, longitude=18.25
    )
    waiting_participant(programme, place=wilda, max_km=10)
    online = waiting_participant(programme, place=wilda, max_km=10, online=True)
    free_mentor(programme, place=konin, online=True, capacity=2)

    round_ = opened(programme)

    assert [participant for participant, _, _ in pairs_of(round_)] == [online.pk]


def test_a_family_with_children_only_meets_a_mentor_with_a_record_check(programme) -> None:
    olena = waiting_participant(programme)
    free_mentor(programme)
    safe = free_mentor(
        programme,
        checks=("identity", "references", "interview", "code_of_conduct", "record_check"),
    )
    with scope.entered(programme.organisation_id), permit.lifted():
        family = Family.objects.create(label="Kowalczuk")
        FamilyMember.objects.create(family=family, person=olena.person)
        Children.objects.create(family=family, age_band="3-6", count=2)

    round_ = opened(programme)

    assert pairs_of(round_) == [(olena.pk, safe.pk, "proposed")]


def test_running_matches_and_open_questions_take_up_places(programme, monkeypatch) -> None:
    marta = free_mentor(programme, capacity=2)
    for day in (1, 2, 3):
        waiting_participant(programme, waiting_since=date(2026, 10, day))
    monkeypatch.setattr(load, "_sources", [lambda _mentors: {marta.person_id: 1}])

    round_ = opened(programme)

    assert len(pairs_of(round_)) == 1


def test_the_longest_waiting_comes_first_when_places_are_short(programme) -> None:
    waiting_participant(programme, waiting_since=date(2026, 10, 1))
    first = waiting_participant(programme, waiting_since=date(2026, 1, 1))
    free_mentor(programme)

    round_ = opened(programme)

    assert [participant for participant, _, _ in pairs_of(round_)] == [first.pk]


def test_a_second_round_waits_until_the_first_is_closed(programme) -> None:
    waiting_participant(programme)
    free_mentor(programme)
    round_ = opened(programme)

    with pytest.raises(commands.RoundIsOpen):
        opened(programme)
    commands.close_round(ewa_of(programme), round=round_)
    again = opened(programme, seed=8)

    assert again.pk != round_.pk
    assert [state for _, _, state in pairs_of(round_)] == ["dropped"]


def test_a_round_needs_people_on_both_sides(programme) -> None:
    waiting_participant(programme)

    with pytest.raises(commands.NobodyToMatch):
        opened(programme)

    with scope.entered(programme.organisation_id):
        assert Round.objects.count() == 0


def test_a_run_repeated_from_its_record_gives_the_same_bytes_even_after_wishes_changed(
    programme,
) -> None:
    for day in range(1, 6):
        waiting_participant(programme, waiting_since=date(2026, 10, day))
        free_mentor(programme)
    run = run_of(opened(programme))
    with scope.entered(programme.organisation_id), permit.lifted():
        Person.objects.update(availability=["sun-eve"])

    commands.repeat_run(ewa_of(programme), run=run, now=NOW)

    again = run_of(run.round)
    assert len(again.digest) == 64
    assert again.repeated == again.digest


def test_what_was_decided_stays_when_the_round_is_solved_again(programme) -> None:
    people = [waiting_participant(programme, waiting_since=date(2026, 10, d)) for d in (1, 2, 3)]
    for _ in range(4):
        free_mentor(programme)
    round_, ewa = opened(programme), ewa_of(programme)
    kept = the_proposal(programme, participant=people[0])
    left_out = the_proposal(programme, participant=people[1])
    commands.lock_proposal(ewa, proposal=kept)
    commands.reject_proposal(ewa, proposal=left_out, reason="times", note="")

    commands.solve_round(ewa, round=round_, today=TODAY, now=NOW)

    after = pairs_of(round_)
    assert (kept.participant_id, kept.mentor_id, "locked") in after
    assert (left_out.participant_id, left_out.mentor_id, "rejected") in after
    fresh = [mentor for one, mentor, state in after if one == people[1].pk and state == "proposed"]
    assert len(fresh) == 1
    assert fresh != [left_out.mentor_id]


def test_a_pair_left_out_stays_out_in_later_rounds_unless_it_was_only_not_now(programme) -> None:
    ewa = ewa_of(programme)
    olena, amal = waiting_participant(programme), waiting_participant(programme)
    free_mentor(programme, capacity=2)
    round_ = opened(programme)
    for person, reason in ((olena, "know_each_other"), (amal, "not_now")):
        proposal = the_proposal(programme, participant=person)
        commands.reject_proposal(ewa, proposal=proposal, reason=reason, note="")
    commands.close_round(ewa, round=round_)

    later = opened(programme, seed=9)

    assert [participant for participant, _, _ in pairs_of(later)] == [amal.pk]


def test_a_kept_pair_ends_when_someone_of_it_is_gone(programme) -> None:
    olena, amal = waiting_participant(programme), waiting_participant(programme)
    free_mentor(programme, capacity=2)
    round_ = opened(programme)
    commands.lock_proposal(ewa_of(programme), proposal=the_proposal(programme, participant=olena))
    with scope.entered(programme.organisation_id), permit.lifted():
        Consent.objects.filter(person=olena.person).update(state="withdrawn")

    commands.solve_round(ewa_of(programme), round=round_, today=TODAY, now=NOW)

    assert {(one, state) for one, _, state in pairs_of(round_)} == {
        (olena.pk, "dropped"),
        (amal.pk, "proposed"),
    }


def test_a_kept_pair_that_no_longer_fits_is_named_before_anything_changes(programme) -> None:
    olena = waiting_participant(programme)
    free_mentor(programme)
    round_ = opened(programme)
    commands.lock_proposal(ewa_of(programme), proposal=the_proposal(programme))
    with scope.entered(programme.organisation_id), permit.lifted():
        Person.objects.filter(pk=olena.person_id).update(availability=["mon-am"])

    with pytest.raises(commands.KeptPairNoLongerFits):
        commands.solve_round(ewa_of(programme), round=round_, today=TODAY, now=NOW)

    assert [state for _, _, state in pairs_of(round_)] == ["locked"]


def test_more_kept_pairs_than_places_are_refused(programme) -> None:
    people = [waiting_participant(programme) for _ in range(2)]
    marta = free_mentor(programme, capacity=2)
    round_ = opened(programme)
    for person in people:
        commands.lock_proposal(
            ewa_of(programme), proposal=the_proposal(programme, participant=person)
        )
    with scope.entered(programme.organisation_id), permit.lifted():
        MentorProfile.objects.filter(person=marta.person).update(capacity=1)

    with pytest.raises(commands.TooManyKept):
        commands.solve_round(ewa_of(programme), round=round_, today=TODAY, now=NOW)


def test_a_closed_round_is_a_record(programme) -> None:
    waiting_participant(programme)
    free_mentor(programme)
    round_ = opened(programme)
    proposal = the_proposal(programme)
    commands.close_round(ewa_of(programme), round=round_)

    with pytest.raises(commands.RoundIsClosed):
        commands.solve_round(ewa_of(programme), round=round_, today=TODAY, now=NOW)
    with pytest.raises(commands.RoundIsClosed):
        commands.lock_proposal(ewa_of(programme), proposal=the_proposal(programme, pk=proposal.pk))


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
        assert verbs.last() == "matching.decide"


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
    [(True, "waiting", TODAY), (False, "ended", date(2026, 9, 3))],
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
        participant=olena.person,
        mentor=marta.person,
        waits_again=waits_again,
        today=TODAY,
    )

    assert state_of(marta) == "waiting"
    with scope.entered(programme.organisation_id):
        after = Enrolment.objects.get(pk=olena.pk)
    assert (after.state, after.waiting_since) == (state, since)


def test_an_erased_person_leaves_no_words_and_the_other_side_waits_again(programme, asked) -> None:
    olena, marta, proposal = asked

    with scope.entered(programme.organisation_id), permit.lifted():
        commands.let_go_of_person(olena.person_id)

    with scope.entered(programme.organisation_id):
        stored = Proposal.objects.get(pk=proposal.pk)
        assert (stored.state, stored.why) == ("dropped", ERASED)
        assert Run.objects.get().problem is None
    assert state_of(marta) == "waiting"
