"""Pages of matching, as a coordinator, a mentor and a participant open them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import scope
from kith.gate.models import AuditEvent
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.matching.models import Proposal, Round
from kith.matching.queries import outlook
from kith.matching.rules.wishes import usual_weights
from kith.matching.tests.factories import (
    ProgrammeFactory,
    ProposalFactory,
    RoundFactory,
    free_mentor,
    staff,
    waiting_participant,
)
from kith.matching.views import shown
from kith.people.tests.factories import account_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(name="Tandem")


@pytest.fixture
def coordinator(client, programme):
    return sign_in(client, staff(programme))


@pytest.fixture
def pair(programme):
    """One person who waits and one free mentor."""
    return (
        waiting_participant(programme, name="Olena Kowalczuk", called="Olena"),
        free_mentor(programme, name="Marta Lis", called="Marta"),
    )


def rows_of(programme, model):
    with scope.entered(programme.organisation_id):
        return list(model.objects.order_by("id"))


USUAL = {
    "objective": "sum",
    "waiting": "some",
    "floor": "0",
    **{f"weight_{name}": str(value) for name, value in usual_weights().items()},
    **{f"rule_{name}": "on" for name in ("language", "range", "availability")},
}


def new_round(client, *programmes, **changed):
    """Fill in the page of a new round and send it."""
    keys = [str(programme.pk) for programme in programmes]
    form = {**USUAL, "programmes": keys, **changed}
    return client.post(reverse("matching:new_round"), form, follow=True)


def start_round(client, programme):
    new_round(client, programme)
    [round_] = rows_of(programme, Round)
    [proposal] = rows_of(programme, Proposal)
    return round_, proposal


def asked_pair(client, programme):
    round_, proposal = start_round(client, programme)
    url = reverse("matching:accept", args=[proposal.pk])
    client.post(url, {"why": "Both like music"})
    return round_, proposal


# ── Coordinator ──────────────────────────────────────────────────────────────────────────────────


def test_the_first_page_says_who_waits_and_starts_a_round(coordinator, programme, pair) -> None:
    page = coordinator.get(reverse("matching:start"))

    assert page.status_code == 200
    assert "1 person waits for a mentor. The longest has waited since" in page.content.decode()
    assert "Start a round" in page.content.decode()


def test_starting_a_round_leads_to_its_pairs_in_words(coordinator, programme, pair) -> None:
    answer = new_round(coordinator, programme)

    text = answer.content.decode()
    assert answer.redirect_chain[0][1] == 302
    assert "Olena and Marta" in text
    assert "Both speak Ukrainian." in text
    assert "%" not in text.split("<main")[1].split("</main>")[0]


def test_looking_at_a_round_is_noted(coordinator, programme, pair) -> None:
    round_, _ = start_round(coordinator, programme)

    coordinator.get(reverse("matching:round", args=[round_.pk]))

    last = rows_of(programme, AuditEvent)[-1]
    assert (last.verb, last.row_id) == ("matching.see_rounds", round_.pk)


def test_the_page_of_a_round_needs_the_same_queries_for_one_and_three_pairs(
    coordinator, programme
) -> None:
    round_ = RoundFactory(programme=programme)
    url = reverse("matching:round", args=[round_.pk])
    ProposalFactory(round=round_)
    coordinator.get(url)
    with CaptureQueriesContext(connection) as one:
        coordinator.get(url)
    ProposalFactory(round=round_)
    ProposalFactory(round=round_)

    with CaptureQueriesContext(connection) as three:
        coordinator.get(url)

    assert len(one) == len(three)


def test_a_pair_is_accepted_with_one_line_and_both_are_asked(coordinator, programme, pair) -> None:
    _, proposal = start_round(coordinator, programme)
    page = coordinator.get(reverse("matching:proposal", args=[proposal.pk])).content.decode()

    coordinator.post(reverse("matching:accept", args=[proposal.pk]), {"why": "Both like music"})

    assert "Only when both say yes" in page
    [stored] = rows_of(programme, Proposal)
    assert stored.state == "offered"


def test_a_missing_reason_is_said_at_the_field_and_nobody_is_asked(
    coordinator, programme, pair
) -> None:
    _, proposal = start_round(coordinator, programme)

    answer = coordinator.post(reverse("matching:accept", args=[proposal.pk]), {"why": ""})

    assert answer.status_code == 422
    assert "Fill this in." in answer.content.decode()
    assert rows_of(programme, Proposal)[0].state == "proposed"


def test_keep_free_reject_and_take_back(coordinator, programme, pair) -> None:
    _, proposal = start_round(coordinator, programme)
    states = []

    for act, fields in (
        ("keep", {}),
        ("free", {}),
        ("reject", {"reason": "times", "note": "Shifts"}),
        ("free", {}),
    ):
        coordinator.post(reverse(f"matching:{act}", args=[proposal.pk]), fields)
        states.append(rows_of(programme, Proposal)[0].state)

    assert states == ["locked", "proposed", "rejected", "proposed"]


def test_a_refused_rejection_keeps_what_was_typed(coordinator, programme, pair) -> None:
    _, proposal = start_round(coordinator, programme)

    answer = coordinator.post(
        reverse("matching:reject", args=[proposal.pk]), {"reason": "other", "note": ""}
    )

    assert answer.status_code == 422
    assert "Say in the note what the other reason is." in answer.content.decode()


def test_another_mentor_is_taken_instead(coordinator, programme, pair) -> None:
    other = free_mentor(programme, called="Piotr")
    _, proposal = start_round(coordinator, programme)
    free = other if proposal.mentor_id == pair[1].pk else pair[1]
    page = coordinator.get(reverse("matching:proposal", args=[proposal.pk])).content.decode()

    coordinator.post(reverse("matching:instead", args=[proposal.pk]), {"mentor": str(free.pk)})

    assert "Nothing changes for the others." in page
    assert [(row.mentor_id, row.state) for row in rows_of(programme, Proposal)] == [
        (free.pk, "locked")
    ]


def test_an_answer_by_phone_is_noted(coordinator, programme, pair) -> None:
    _, proposal = asked_pair(coordinator, programme)
    url = reverse("matching:note_answer", args=[proposal.pk])

    coordinator.post(url, {"side": "mentor", "answer": "yes"})
    coordinator.post(url, {"side": "mentor", "answer": "perhaps"})

    page = coordinator.get(reverse("matching:proposal", args=[proposal.pk])).content.decode()
    assert rows_of(programme, Proposal)[0].mentor_answer == "yes"
    assert "<strong><bdi>Marta</bdi></strong>: yes" in page
    assert "<strong><bdi>Olena</bdi></strong>: no answer yet" in page


def test_the_question_can_be_taken_back(coordinator, programme, pair) -> None:
    _, proposal = asked_pair(coordinator, programme)

    coordinator.post(reverse("matching:withdraw", args=[proposal.pk]))

    [row] = rows_of(programme, Proposal)
    assert (row.state, row.offered_on, row.answer_by) == ("proposed", None, None)


def test_solving_again_and_closing(coordinator, programme, pair) -> None:
    round_, _ = start_round(coordinator, programme)

    coordinator.post(reverse("matching:solve", args=[round_.pk]))
    coordinator.post(reverse("matching:close", args=[round_.pk]))

    page = coordinator.get(reverse("matching:round", args=[round_.pk])).content.decode()
    assert rows_of(programme, Round)[0].state == "closed"
    assert "This round is closed." in page


def test_who_is_left_learns_the_reason_and_the_change_that_would_help(
    coordinator, programme, pair
) -> None:
    waiting_participant(programme, called="Amal")
    new_round(coordinator, programme)
    [round_] = rows_of(programme, Round)

    answer = coordinator.get(reverse("matching:unmatched", args=[round_.pk]))

    [left], page = answer.context["people"], answer.content.decode()
    assert "1 mentor would fit, but is proposed to someone else." in page
    assert "It would help if Marta took one more person." in page
    assert f'<a href="{left.url}">{left.name}</a>' in page
    assert coordinator.get(left.url).status_code == 200


def test_who_cannot_be_proposed_is_listed_with_what_is_missing(coordinator, programme) -> None:
    waiting_participant(programme, called="Amal", consent=False)
    free_mentor(programme, called="Piotr", trained_until=None)

    page = coordinator.get(reverse("matching:held_back", args=[programme.pk])).content.decode()

    assert "The consent to mentoring is not in force." in page
    assert "No training is noted." in page


def test_a_matcher_sees_who_is_held_back_but_not_which_check_is_missing(client) -> None:
    programme = ProgrammeFactory(template_key="de_tandem")
    free_mentor(programme, called="Piotr", trained_until=None)
    matcher = MembershipFactory(
        organisation=programme.organisation, roles=[Role.VOLUNTEER_MATCHER.value]
    )

    url = reverse("matching:held_back", args=[programme.pk])
    page = sign_in(client, matcher).get(url).content.decode()

    assert "The coordinator sees which." in page
    assert "No training is noted." not in page


def test_long_lists_are_told_in_round_numbers(coordinator, programme, pair, monkeypatch) -> None:
    waiting_participant(programme)
    free_mentor(programme)
    monkeypatch.setattr(outlook, "SMALL", 1)
    monkeypatch.setattr(outlook, "MOST_COUNTED", 1)
    monkeypatch.setattr(shown, "MOST_COUNTED", 1)

    page = coordinator.get(reverse("matching:start")).content.decode()

    assert "More than 1 people wait for a mentor." in page
    assert "More than 1 mentors are on the list." in page
    assert "See who cannot be proposed yet" in page


def test_one_more_held_back_than_shown_is_counted(coordinator, programme, monkeypatch) -> None:
    monkeypatch.setattr(shown, "HELD_SHOWN", 1)
    for _ in range(2):
        waiting_participant(programme, consent=False)

    page = coordinator.get(reverse("matching:held_back", args=[programme.pk])).content.decode()

    assert "And 1 more." in page


def test_an_empty_house_says_what_to_do_first(client) -> None:
    page = sign_in(client, MembershipFactory()).get(reverse("matching:start")).content.decode()

    assert "No programme runs yet" in page


# ── The two who are asked ────────────────────────────────────────────────────────────────────────


def test_neither_side_sees_the_others_name_before_both_said_yes(
    client, coordinator, programme, pair
) -> None:
    olena, marta = pair
    _, proposal = asked_pair(coordinator, programme)
    url = reverse("matching:offer", args=[proposal.pk])

    seen_by_olena = sign_in(client, account_of(olena.person, Role.PARTICIPANT)).get(url)
    seen_by_marta = sign_in(client, account_of(marta.person, Role.MENTOR)).get(url)

    assert "We may have found a mentor for you" in seen_by_olena.content.decode()
    assert "Marta" not in seen_by_olena.content.decode()
    assert "Would you like to be a mentor" in seen_by_marta.content.decode()
    assert "Olena" not in seen_by_marta.content.decode()


def test_an_answer_leads_back_to_today_with_thanks(client, coordinator, programme, pair) -> None:
    _, proposal = asked_pair(coordinator, programme)
    mentor = sign_in(client, account_of(pair[1].person, Role.MENTOR))

    answer = mentor.post(
        reverse("matching:offer", args=[proposal.pk]), {"answer": "ask"}, follow=True
    )

    assert "Your coordinator knows that you have a question" in answer.content.decode()
    assert rows_of(programme, Proposal)[0].mentor_answer == "ask"


def test_an_answer_has_to_be_chosen(client, coordinator, programme, pair) -> None:
    _, proposal = asked_pair(coordinator, programme)
    mentor = sign_in(client, account_of(pair[1].person, Role.MENTOR))

    answer = mentor.post(reverse("matching:offer", args=[proposal.pk]), {})

    assert answer.status_code == 422


def test_today_brings_the_question_to_both_and_takes_it_away_after_a_yes(
    client, coordinator, programme, pair
) -> None:
    _, proposal = asked_pair(coordinator, programme)
    mentor = sign_in(client, account_of(pair[1].person, Role.MENTOR))

    before = mentor.get(reverse("web:today")).content.decode()
    mentor.post(reverse("matching:offer", args=[proposal.pk]), {"answer": "yes"})
    after = mentor.get(reverse("web:today")).content.decode()

    assert "Someone would like a mentor like you" in before
    assert "Someone would like a mentor like you" not in after


# ── Today ────────────────────────────────────────────────────────────────────────────────────────


def test_today_tells_the_coordinator_who_waits(coordinator, programme, pair) -> None:
    page = coordinator.get(reverse("web:today")).content.decode()

    assert "1 person waits for a mentor" in page
    assert "1 mentor is free. A round now would reach 1 person." in page


def test_today_names_the_programmes_where_people_wait_in_more_than_one(
    coordinator, programme, pair
) -> None:
    one = coordinator.get(reverse("web:today")).content.decode()
    other = ProgrammeFactory(organisation=programme.organisation, name="Second")
    waiting_participant(other, name="Amal Haddad")

    both = coordinator.get(reverse("web:today")).content.decode()

    assert "\u2068Tandem\u2069. The longest" not in one
    assert "\u2068Tandem\u2069. The longest" in both
    assert "\u2068Second\u2069. The longest" in both


def test_today_asks_the_coordinator_to_call_after_seven_days_and_about_questions(
    coordinator, programme
) -> None:
    ProposalFactory(
        round__programme=programme,
        offered=True,
        answer_by="2026-01-08",
        offered_on="2026-01-01",
        mentor_answer="yes",
        participant__person__called="Olena",
    )
    ProposalFactory(
        round__programme=ProgrammeFactory(organisation=programme.organisation),
        offered=True,
        mentor_answer="ask",
        mentor__person__called="Marta",
    )

    page = coordinator.get(reverse("web:today")).content.decode()

    assert "Ask Olena for an answer" in page
    assert "Call Marta" in page


# ── Others ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", [Role.MENTOR, Role.PLATFORM_ADMINISTRATOR, Role.SUPERVISOR])
def test_others_find_no_page_of_matching(client, programme, role) -> None:
    proposal = ProposalFactory(round__programme=programme, offered=True)
    member = MembershipFactory(organisation=programme.organisation, roles=[role.value])
    browser = sign_in(client, member)

    found = [
        browser.get(reverse("matching:start")).status_code,
        browser.get(reverse("matching:round", args=[proposal.round_id])).status_code,
        browser.get(reverse("matching:proposal", args=[proposal.pk])).status_code,
        browser.get(reverse("matching:offer", args=[proposal.pk])).status_code,
    ]

    assert found == [404, 404, 404, 404]


def test_another_organisation_finds_nothing_at_the_same_addresses(client, programme) -> None:
    proposal = ProposalFactory(round__programme=programme, offered=True)
    browser = sign_in(client, MembershipFactory())

    found = [
        browser.get(reverse("matching:round", args=[proposal.round_id])).status_code,
        browser.get(reverse("matching:unmatched", args=[proposal.round_id])).status_code,
        browser.get(reverse("matching:proposal", args=[proposal.pk])).status_code,
        browser.get(reverse("matching:offer", args=[proposal.pk])).status_code,
        browser.get(reverse("matching:held_back", args=[programme.pk])).status_code,
        browser.get(reverse("matching:why", args=[proposal.round_id])).status_code,
        browser.get(reverse("matching:wanted", args=[proposal.round_id])).status_code,
        browser.get(reverse("matching:print", args=[proposal.round_id])).status_code,
        browser.post(reverse("matching:solve", args=[proposal.round_id])).status_code,
        browser.post(reverse("matching:withdraw", args=[proposal.pk])).status_code,
    ]

    assert found == [404] * 10
    assert new_round(browser, programme).status_code == 422
    assert len(rows_of(programme, Round)) == 1
    assert rows_of(programme, Proposal)[0].state == "offered"
