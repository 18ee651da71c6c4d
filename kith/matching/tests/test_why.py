""" "Why not these two", keeping a pair of one's own choice, and today's best pairs of a person."""

import pytest
from django.urls import reverse

from kith.base import scope
from kith.gate.models import AuditEvent
from kith.gate.tests.factories import sign_in
from kith.matching.models import Proposal
from kith.matching.tests.acts import (
    ask_both,
    board,
    keep,
    opened,
    refreshed,
    reject,
    states,
    three_and_two,
    whole,
    writing,
)
from kith.matching.tests.factories import (
    CHECKS_FOR_CHILDREN,
    EnrolmentFactory,
    ProgrammeFactory,
    free_mentor,
    staff,
    waiting_participant,
)
from kith.people.models import MentorCheck, MentorProfile

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(name="Tandem")


@pytest.fixture
def browser(client, programme):
    return sign_in(client, staff(programme))


def asked_why(browser, round_, participant, mentor):
    url = reverse("matching:why", args=[round_.pk])
    page = browser.get(url, {"participant": participant.pk, "mentor": mentor.pk})
    assert page.status_code == 200
    return page.context["answer"], page.content.decode()


def sent(browser, name, round_, participant, mentor, **fields):
    url = reverse(f"matching:{name}", args=[round_.pk])
    return browser.post(url, {"participant": participant.pk, "mentor": mentor.pk, **fields})


# ── The answer ───────────────────────────────────────────────────────────────────────────────────


def test_two_who_are_proposed_to_each_other_have_nothing_in_the_way(browser, programme) -> None:
    olena, _, _, marta, _ = three_and_two(programme)
    round_ = opened(programme)

    answer, text = asked_why(browser, round_, olena, marta)

    assert (answer["together"], answer["can_keep"], answer["can_despite"]) == (True, False, False)
    assert "Nothing: they are proposed to each other now." in text
    assert "Keep these two" not in text


def test_two_who_could_be_kept_are_shown_with_what_it_means_for_others(browser, programme) -> None:
    _, _, iva, marta, _ = three_and_two(programme)
    round_ = opened(programme)

    answer, text = asked_why(browser, round_, iva, marta)

    assert (answer["can_keep"], answer["means"]) == (True, ["Olena would go on waiting."])
    assert "No rule. Others fit better, or need this mentor more." in text
    assert answer["points"][0] == "Both speak Ukrainian."


def test_keeping_two_for_whom_nobody_loses_says_so(browser, programme) -> None:
    olena = waiting_participant(programme, called="Olena", needs=["offices"])
    free_mentor(programme, called="Marta", topics=["offices"])
    piotr = free_mentor(programme, called="Piotr", topics=["work"])
    round_ = opened(programme)

    answer, _ = asked_why(browser, round_, olena, piotr)

    assert answer["means"] == ["Nothing changes for the others."]


def test_a_soft_rule_in_the_way_may_be_set_aside_with_a_line(browser, programme) -> None:
    olena = waiting_participant(programme, called="Olena", availability=["mon-am"])
    marta = free_mentor(programme, called="Marta")
    round_ = opened(programme)

    answer, text = asked_why(browser, round_, olena, marta)
    without = sent(browser, "keep_despite", round_, olena, marta, why="")
    sent(browser, "keep_despite", round_, olena, marta, why="Shifts change in May")
    shown = browser.get(reverse("matching:round", args=[round_.pk])).content.decode()

    assert answer["soft"] == ["They are free at different times."]
    assert (answer["can_keep"], answer["can_despite"]) == (False, True)
    assert "You know better?" in text
    assert without.status_code == 422
    assert "Fill this in." in without.content.decode()
    assert "Kept although: They are free at different times. Shifts change in May" in shown
    assert whole(round_) == {"Olena": "Marta"}


def test_a_rule_that_protects_somebody_cannot_be_set_aside(browser, programme) -> None:
    olena = waiting_participant(
        programme, called="Olena", gender_wish="woman", gender_wish_firm=True,
        availability=["mon-am"],
    )  # fmt: skip
    piotr = free_mentor(programme, called="Piotr", gender="man")
    round_ = opened(programme)

    answer, text = asked_why(browser, round_, olena, piotr)
    refused = sent(browser, "keep_despite", round_, olena, piotr, why="He is kind")

    assert answer["protected"] == ["A firm wish for a woman or a man is not met."]
    assert (answer["can_keep"], answer["can_despite"]) == (False, False)
    assert "This cannot be set aside" in text
    assert refused.status_code == 422
    assert whole(round_) == {"Olena": None}


def test_a_mentor_who_lacks_a_paper_is_absent_with_what_is_missing(browser, programme) -> None:
    olena, *_ = three_and_two(programme)
    zofia = free_mentor(programme, called="Zofia", trained_until=None)
    round_ = opened(programme)

    answer, text = asked_why(browser, round_, olena, zofia)

    assert answer["absent"] == ["Zofia does not take part in these proposals."]
    assert answer["lacking"] == ["No training is noted."]
    assert (answer["can_keep"], answer["can_despite"]) == (False, False)
    assert "This cannot be set aside" in text


def test_a_participant_who_came_later_does_not_take_part_yet(browser, programme) -> None:
    *_, marta, _ = three_and_two(programme)
    round_ = opened(programme)
    nadia = waiting_participant(programme, called="Nadia")

    answer, _ = asked_why(browser, round_, nadia, marta)

    assert answer["absent"] == ["Nadia does not take part in these proposals."]
    assert answer["points"] == []


def test_two_of_different_programmes_of_one_round_are_told_so(browser, programme) -> None:
    other = ProgrammeFactory(organisation=programme.organisation, name="Library")
    olena = waiting_participant(programme, called="Olena")
    free_mentor(programme, called="Marta")
    waiting_participant(other, called="Amal")
    piotr = free_mentor(other, called="Piotr")
    round_ = opened(programme, other)

    answer, text = asked_why(browser, round_, olena, piotr)

    assert (answer["other_programme"], answer["can_keep"]) == (True, False)
    assert "They are in different programmes." in text


def test_a_family_with_children_and_a_mentor_without_the_check_are_told_so(
    browser, programme
) -> None:
    olena = waiting_participant(programme, called="Olena", with_children=True)
    marta = free_mentor(programme, called="Marta")
    round_ = opened(programme)

    answer, text = asked_why(browser, round_, olena, marta)
    sent(browser, "keep_pair", round_, olena, marta)
    shown = browser.get(reverse("matching:unmatched", args=[round_.pk])).context["people"]

    assert answer["protected"] == ["The mentor lacks the check for families with children."]
    assert (answer["can_keep"], answer["can_despite"]) == (False, False)
    assert "This cannot be set aside" in text
    assert whole(round_) == {"Olena": None}
    assert [(one.reasons, one.change) for one in shown] == [
        (
            ["1 mentor lacks the check for families with children."],
            "It would help if Marta had the check for families with children.",
        )
    ]


def test_a_mentor_who_is_free_in_another_programme_of_the_round_only_is_told_as_that(
    browser, programme
) -> None:
    other = ProgrammeFactory(organisation=programme.organisation, name="Library")
    olena = waiting_participant(programme, called="Olena")
    amal = waiting_participant(other, called="Amal")
    piotr = free_mentor(other, called="Piotr")
    here = EnrolmentFactory(programme=programme, person=piotr.person, side="mentor", state="paused")
    round_ = opened(programme, other)

    answer, _ = asked_why(browser, round_, olena, here)
    shown = browser.get(reverse("matching:unmatched", args=[round_.pk])).context["people"]

    assert answer["protected"] == ["The mentor does not take part in this programme now."]
    assert (answer["can_keep"], answer["can_despite"]) == (False, False)
    assert whole(round_) == {"Olena": None, "Amal": "Piotr"}
    assert [(one.name, one.reasons, one.change) for one in shown] == [
        (
            "Olena",
            ["1 mentor is in another programme."],
            "",
        )
    ]
    assert amal.pk != olena.pk


def test_a_check_that_was_lost_since_is_told_to_who_came_later_too(browser, programme) -> None:
    marta = free_mentor(programme, called="Marta", checks=CHECKS_FOR_CHILDREN)
    amal = waiting_participant(programme, called="Amal", with_children=True)
    round_ = opened(programme)
    with writing(programme):
        MentorCheck.objects.filter(person=marta.person_id, kind="record_check").delete()
    olena = waiting_participant(programme, called="Olena", with_children=True)
    refreshed(round_)

    said = [asked_why(browser, round_, one, marta)[0] for one in (olena, amal)]

    lost = ["The mentor lacks the check for families with children."]
    assert [(one["protected"], one["can_keep"]) for one in said] == [(lost, False), (lost, False)]


def test_a_pair_that_was_left_out_is_told_as_that(browser, programme) -> None:
    olena, _, _, marta, _ = three_and_two(programme)
    round_ = opened(programme)
    reject(round_, olena)

    answer, _ = asked_why(browser, round_, olena, marta)

    assert answer["protected"] == []
    assert answer["settled"] == ["This pair was left out in this round."]
    assert (answer["can_keep"], answer["can_despite"]) == (True, False)


def test_a_pair_that_was_left_out_can_be_kept_all_the_same(browser, programme) -> None:
    olena, _, _, marta, _ = three_and_two(programme)
    round_ = opened(programme)
    reject(round_, olena)

    browser.post(
        reverse("matching:keep_pair", args=[round_.pk]),
        {"participant": olena.pk, "mentor": marta.pk},
    )

    assert whole(round_)["Olena"] == "Marta"
    assert states(round_)["Olena", "Marta"] == "locked"


def test_a_mentor_whose_place_is_kept_for_another_cannot_be_kept_twice(browser, programme) -> None:
    olena, _, iva, marta, _ = three_and_two(programme)
    round_ = opened(programme)
    keep(round_, olena)

    answer, _ = asked_why(browser, round_, iva, marta)

    assert answer["can_keep"] is False


def test_a_round_without_its_record_says_that_it_is_gone(browser, programme) -> None:
    from kith.matching import commands

    olena, amal, _, marta, _ = three_and_two(programme)
    round_ = opened(programme)
    with writing(programme):
        commands.let_go_of_person(amal.person_id)

    answer, text = asked_why(browser, round_, olena, marta)

    assert answer["gone"].startswith("The answers behind this round are no longer kept.")
    assert answer["gone"] in text


def test_the_look_at_two_people_is_noted(browser, programme) -> None:
    olena, _, _, marta, _ = three_and_two(programme)
    round_ = opened(programme)

    asked_why(browser, round_, olena, marta)

    with scope.entered(programme.organisation_id):
        last = AuditEvent.objects.order_by("-seq")[0]
    assert (last.verb, last.row_id) == ("matching.see_rounds", round_.pk)


# ── Keeping ──────────────────────────────────────────────────────────────────────────────────────


def test_keeping_two_leads_to_their_page_and_the_board_follows(browser, programme) -> None:
    _, _, iva, marta, _ = three_and_two(programme)
    round_ = opened(programme)

    answer = sent(browser, "keep_pair", round_, iva, marta)

    with scope.entered(programme.organisation_id):
        kept = Proposal.objects.get(state="locked")
    assert answer.url == reverse("matching:proposal", args=[kept.pk])
    assert browser.get(answer.url).status_code == 200
    assert whole(round_) == {"Iva": "Marta", "Amal": "Piotr", "Olena": None}


def test_somebody_of_another_list_or_no_key_at_all_is_not_found(browser, programme) -> None:
    olena, _, _, marta, _ = three_and_two(programme)
    stranger = free_mentor(ProgrammeFactory(organisation=programme.organisation))
    round_ = opened(programme)
    url = reverse("matching:keep_pair", args=[round_.pk])

    found = [
        sent(browser, "keep_pair", round_, olena, stranger).status_code,
        sent(browser, "keep_pair", round_, marta, olena).status_code,
        browser.post(url, {"participant": "x", "mentor": "y"}).status_code,
        browser.post(url).status_code,
    ]

    assert found == [404, 404, 404, 404]
    assert states(round_) == {("Olena", "Marta"): "proposed", ("Amal", "Piotr"): "proposed"}


# ── Today's best pairs of a person ───────────────────────────────────────────────────────────────


def panel_of(browser, enrolment):
    page = browser.get(reverse("matching:of_person", args=[enrolment.person_id]))
    assert page.status_code == 200
    return page.content.decode()


def test_a_person_without_a_round_is_led_to_one(browser, programme) -> None:
    olena, *_ = three_and_two(programme)

    text = panel_of(browser, olena)

    assert "No round is open in this programme." in text
    assert f"?programme={programme.pk}" in text


def test_a_person_in_a_round_sees_the_proposed_mentor_and_what_else_would_do(
    browser, programme
) -> None:
    olena, *_ = three_and_two(programme)
    opened(programme)

    text = panel_of(browser, olena)

    assert "Marta" in text
    assert "Both speak Ukrainian." in text
    assert "Piotr" in text


def test_a_person_for_whom_nobody_is_free_is_led_to_the_reasons(browser, programme) -> None:
    _, _, iva, *_ = three_and_two(programme)
    opened(programme)

    assert "Nobody is free for this person now." in panel_of(browser, iva)


def test_a_newcomer_is_taken_in_with_one_button_and_back_on_their_page(browser, programme) -> None:
    olena = waiting_participant(programme, called="Olena")
    free_mentor(programme, called="Marta", capacity=2)
    round_ = opened(programme)
    amal = waiting_participant(programme, called="Amal")
    before = panel_of(browser, amal)

    answer = browser.post(reverse("matching:look_for", args=[round_.pk, amal.pk]))

    assert "Not in the open round yet." in before
    assert answer.url == reverse("people:person", args=[amal.person_id])
    assert board(round_) == {"Olena": "Marta", "Amal": "Marta"}
    assert "Marta" in panel_of(browser, amal)
    assert olena.pk != amal.pk


def test_someone_who_does_not_wait_has_no_pairs(browser, programme) -> None:
    olena, *_ = three_and_two(programme)
    round_ = opened(programme)
    ask_both(round_, olena)

    assert "This person does not wait for a mentor." in panel_of(browser, olena)


def test_a_place_of_another_programme_cannot_be_taken_into_this_round(browser, programme) -> None:
    three_and_two(programme)
    round_ = opened(programme)
    elsewhere = EnrolmentFactory(
        programme=ProgrammeFactory(organisation=programme.organisation),
    )

    answer = browser.post(reverse("matching:look_for", args=[round_.pk, elsewhere.pk]))

    assert answer.status_code == 404


def test_the_button_says_how_many_changes_are_in_the_round(browser, programme) -> None:
    *_, marta, _ = three_and_two(programme)
    round_ = opened(programme)
    with writing(programme):
        MentorProfile.objects.filter(person=marta.person_id).update(capacity=2)
    url = reverse("matching:refresh", args=[round_.pk])

    first = browser.post(url, follow=True).content.decode()
    second = browser.post(url, follow=True).content.decode()

    assert "1 change is in the round now." in first
    assert "Nothing has changed." in second
