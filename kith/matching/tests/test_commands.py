"""Acts of matching: rounds and what they propose."""

from datetime import date

import pytest

from kith.base import permit, scope
from kith.consent.models import Consent
from kith.matching import commands
from kith.matching.models import Round, Unmatched
from kith.matching.rules import load
from kith.matching.tests.acts import ewa_of, opened, pairs_of, run_of, the_proposal
from kith.matching.tests.factories import (
    NOW,
    TODAY,
    PlaceFactory,
    ProgrammeFactory,
    free_mentor,
    waiting_participant,
)
from kith.people.models import Children, Family, FamilyMember, MentorProfile, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory()


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
