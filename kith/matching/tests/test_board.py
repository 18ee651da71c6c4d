"""Pages of a round: its beginning, the board in its forms, whom to look for."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import scope
from kith.gate.actor import job_actor
from kith.gate.tests.factories import sign_in
from kith.matching.models import Round
from kith.matching.queries import board as board_queries
from kith.matching.tests.acts import (
    ask_both,
    opened,
    reject,
    run_of,
    three_and_two,
    whole,
)
from kith.matching.tests.factories import (
    ProgrammeFactory,
    ProposalFactory,
    RoundFactory,
    free_mentor,
    staff,
    waiting_participant,
)
from kith.matching.tests.test_views import USUAL
from kith.people.commands import reindex_people
from kith.people.permissions import REINDEX_JOB

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(name="Tandem")


@pytest.fixture
def browser(client, programme):
    return sign_in(client, staff(programme))


def page_of(browser, name, *keys, **asked):
    answer = browser.get(reverse(f"matching:{name}", args=keys), asked)
    assert answer.status_code == 200
    return answer


def text_of(browser, name, *keys, **asked):
    return page_of(browser, name, *keys, **asked).content.decode()


def names_on(answer):
    return [str(one.participant) for one in answer.context["pairs"]]


def rounds_of(programme):
    with scope.entered(programme.organisation_id):
        return list(Round.objects.order_by("id"))


# ── A new round ──────────────────────────────────────────────────────────────────────────────────


def test_what_was_set_is_kept_when_something_else_was_wrong(browser, programme) -> None:
    three_and_two(programme)
    form = {**USUAL, "weight_need": "45", "waiting": "much", "floor": "90", "rule_range": ""}

    answer = browser.post(reverse("matching:new_round"), {**form, "programmes": str(programme.pk)})

    shown = answer.context["form"]
    assert answer.status_code == 422
    assert list(shown.errors) == ["floor"]
    assert (shown["weight_need"].value(), shown["waiting"].value()) == ("45", "much")
    assert 'value="45"' in answer.content.decode()
    assert rounds_of(programme) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("weight_need", "51"),
        ("weight_age", "-1"),
        ("weight_language", "much"),
        ("floor", "61"),
        ("objective", "cheapest"),
        ("waiting", "never"),
    ],
)
def test_what_no_slider_can_say_is_refused_at_its_field(browser, programme, field, value) -> None:
    three_and_two(programme)

    answer = browser.post(
        reverse("matching:new_round"), {**USUAL, field: value, "programmes": str(programme.pk)}
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert rounds_of(programme) == []


def test_all_sliders_at_the_left_end_are_answered_with_a_sentence(browser, programme) -> None:
    three_and_two(programme)
    nothing = {name: "0" for name in USUAL if name.startswith("weight_")}

    answer = browser.post(
        reverse("matching:new_round"), {**USUAL, **nothing, "programmes": str(programme.pk)}
    )

    assert answer.status_code == 422
    assert "At least one thing must count." in answer.content.decode()


def test_what_was_set_decides_the_run(browser, programme) -> None:
    three_and_two(programme)
    form = {**USUAL, "weight_need": "40", "objective": "leximin", "is_rolling": "on"}
    form.pop("rule_range")

    browser.post(reverse("matching:new_round"), {**form, "programmes": str(programme.pk)})

    [round_] = rounds_of(programme)
    settings = run_of(round_).settings
    assert round_.is_rolling is True
    assert (settings["weights"]["need"], settings["objective"]) == (40, "leximin")
    assert settings["gates_off"] == ["range", "topics"]


def test_a_round_of_two_programmes_is_named_after_both(browser, programme) -> None:
    other = ProgrammeFactory(
        organisation=programme.organisation, name="Library", opened_on=date(2026, 2, 1)
    )
    three_and_two(programme)
    three_and_two(other)

    answer = browser.post(
        reverse("matching:new_round"),
        {**USUAL, "programmes": [str(programme.pk), str(other.pk)]},
        follow=True,
    )

    [round_] = rounds_of(programme)
    left = browser.get(reverse("matching:unmatched", args=[round_.pk])).content.decode()
    paper = browser.get(reverse("matching:print", args=[round_.pk])).content.decode()
    assert answer.context["title"] == "Tandem and Library"
    assert answer.context["several"] is True
    assert all(f"· {name}</" in page for page in (left, paper) for name in ("Tandem", "Library"))


def test_every_slider_says_in_words_where_it_stands_and_what_is_known(browser, programme) -> None:
    three_and_two(programme)

    form = page_of(browser, "new_round", programme=str(programme.pk)).context["form"]

    said = {criterion.name: words for _, criterion, words in form.sliders()}
    assert set(said.values()) <= {
        "does not count",
        "counts a little",
        "counts",
        "counts much",
        "counts most",
    }
    assert len(said) == 6
    assert all(str(criterion.evidence) for _, criterion, _ in form.sliders())


def test_when_every_programme_has_a_round_none_can_begin(browser, programme) -> None:
    RoundFactory(programme=programme)

    assert "Every programme has a round already" in text_of(browser, "new_round")


# ── The board ────────────────────────────────────────────────────────────────────────────────────


def test_the_same_pairs_stand_on_cards_and_in_a_table(browser, programme) -> None:
    three_and_two(programme)
    round_ = opened(programme)

    cards = page_of(browser, "round", round_.pk)
    table = page_of(browser, "round", round_.pk, view="table")

    assert sorted(names_on(cards)) == sorted(names_on(table)) == ["Amal", "Olena"]
    assert (cards.content.count(b'<article class="card pair"'), cards.content.count(b"<td")) == (
        2,
        0,
    )
    assert table.content.count(b'<article class="card pair"') == 0
    assert table.content.count(b"<tr>") == 3


def test_each_list_of_the_board_holds_its_pairs_and_says_how_many(browser, programme) -> None:
    olena, *_ = three_and_two(programme)
    round_ = opened(programme)
    ask_both(round_, olena)

    lists = {
        show: page_of(browser, "round", round_.pk, show=show)
        for show in ("decide", "asked", "agreed", "left_out")
    }

    assert {show: names_on(page) for show, page in lists.items()} == {
        "decide": ["Amal"],
        "asked": ["Olena"],
        "agreed": [],
        "left_out": [],
    }
    assert [one.count for one in lists["decide"].context["filters"]] == [1, 1, 0, 0]


def test_a_long_board_is_read_page_by_page_those_first_who_waited_longest(
    browser, programme
) -> None:
    round_ = RoundFactory(programme=programme)
    number = board_queries.ON_A_PAGE + 3
    for day in range(number):
        ProposalFactory(
            round=round_,
            participant__waiting_since=date(2026, 1, 1 + day // 2),
            participant__person__called=f"P{day:02}",
        )

    first = page_of(browser, "round", round_.pk)
    second = browser.get(reverse("matching:round", args=[round_.pk]) + first.context["next"])

    seen = names_on(first) + names_on(second)
    waited = [one.proposal.waiting_since for one in first.context["pairs"]]
    assert (len(names_on(first)), len(names_on(second))) == (board_queries.ON_A_PAGE, 3)
    assert sorted(seen) == [f"P{day:02}" for day in range(number)]
    assert waited == sorted(waited)
    assert second.context["first"] != ""
    assert second.context["next"] == ""


@pytest.mark.parametrize("after", ["nonsense", "2026-13-01_x", "_", "2026-01-01_"])
def test_an_address_that_says_nothing_begins_at_the_beginning(browser, programme, after) -> None:
    three_and_two(programme)
    round_ = opened(programme)

    assert sorted(names_on(page_of(browser, "round", round_.pk, after=after))) == ["Amal", "Olena"]


def test_a_name_of_either_side_is_found_on_its_list_only(browser, programme) -> None:
    olena = waiting_participant(programme, name="Olena Kowalczuk", called="Olena", needs=["work"])
    waiting_participant(programme, name="Amal Haddad", called="Amal", needs=["offices"])
    free_mentor(programme, name="Marta Lis", called="Marta", topics=["offices"])
    free_mentor(programme, name="Piotr Zięba", called="Piotr", topics=["work"])
    round_ = opened(programme)
    ask_both(round_, olena)
    with scope.entered(programme.organisation_id):
        reindex_people(job_actor(REINDEX_JOB, programme.organisation))

    assert names_on(page_of(browser, "round", round_.pk, q="Haddad")) == ["Amal"]
    assert names_on(page_of(browser, "round", round_.pk, q="Lis")) == ["Amal"]
    assert names_on(page_of(browser, "round", round_.pk, q="Kowalczuk")) == []
    assert names_on(page_of(browser, "round", round_.pk, q="Kowalczuk", show="asked")) == ["Olena"]
    nobody = text_of(browser, "round", round_.pk, q="Nobody")
    assert "Nobody of this name stands on this list" in nobody


def test_what_was_decided_last_is_told_with_whom_it_moved_and_one_button_takes_it_back(
    browser, programme
) -> None:
    olena, amal, *_ = three_and_two(programme)
    round_ = opened(programme)
    ask_both(round_, olena)
    row = reject(round_, amal)

    told = page_of(browser, "round", round_.pk).context["last"]
    browser.post(reverse("matching:free", args=[row.pk]))

    assert told["what"] == "Amal and Piotr are left out."
    assert told["changes"] == ["Iva is proposed to Piotr now."]
    assert told["undo"].pk == row.pk
    assert whole(round_) == {"Olena": "Marta", "Amal": "Piotr", "Iva": None}


def test_the_board_needs_the_same_queries_for_two_and_for_twelve_pairs(browser, programme) -> None:
    for _ in range(2):
        waiting_participant(programme)
        free_mentor(programme)
    round_ = opened(programme)
    url = reverse("matching:round", args=[round_.pk])
    browser.get(url)
    with CaptureQueriesContext(connection) as two:
        browser.get(url)
    for _ in range(10):
        ProposalFactory(
            organisation=programme.organisation,
            round=round_,
            participant__programme=programme,
            mentor__programme=programme,
        )

    for view in ("cards", "table"):
        with CaptureQueriesContext(connection) as twelve:
            browser.get(url, {"view": view})
        assert len(twelve) == len(two)


def test_the_list_of_those_without_a_pair_needs_the_same_queries_for_one_and_for_eight(
    browser, programme
) -> None:
    free_mentor(programme)
    waiting_participant(programme)
    waiting_participant(programme)
    round_ = opened(programme)
    url = reverse("matching:unmatched", args=[round_.pk])
    browser.get(url)
    with CaptureQueriesContext(connection) as one:
        browser.get(url)
    for _ in range(7):
        waiting_participant(programme)
    browser.post(reverse("matching:refresh", args=[round_.pk]))

    with CaptureQueriesContext(connection) as eight:
        page = browser.get(url)

    assert len(page.context["people"]) == 8
    assert len(eight) == len(one)


# ── Whom to look for ─────────────────────────────────────────────────────────────────────────────


def test_mentors_to_look_for_are_said_in_a_sentence_with_whom_they_reach(
    browser, programme
) -> None:
    for name in ("Amal", "Layla"):
        waiting_participant(
            programme, called=name, languages={"ar": 5}, needs=["offices"],
            gender_wish="woman", gender_wish_firm=True,
        )  # fmt: skip
    waiting_participant(programme, called="Olena")
    free_mentor(programme, called="Marta")
    round_ = opened(programme)

    [wanted] = page_of(browser, "wanted", round_.pk).context["wanted"]

    assert wanted["title"].startswith("A woman who speaks Arabic, on weekday evenings")
    assert wanted["reach"] == "Could be asked for 2 people."
    assert sorted(wanted["names"].split(" and ")) == ["Amal", "Layla"]


def test_mentors_to_look_for_are_said_with_the_programme_and_the_check_that_are_required(
    browser, programme
) -> None:
    other = ProgrammeFactory(organisation=programme.organisation, name="Library")
    waiting_participant(other, called="Amal", with_children=True, needs=["offices"])
    waiting_participant(programme, called="Olena")
    free_mentor(programme, called="Marta")
    round_ = opened(programme, other)

    [wanted] = page_of(browser, "wanted", round_.pk).context["wanted"]

    assert wanted["title"] == (
        "A mentor who speaks Ukrainian, on weekday evenings, for Library,"
        " with the check for families with children"
    )


def test_when_everyone_has_a_proposal_nobody_is_looked_for(browser, programme) -> None:
    waiting_participant(programme)
    free_mentor(programme)
    round_ = opened(programme)

    assert "Everyone has a proposal" in text_of(browser, "wanted", round_.pk)
    assert "Everyone has a proposal" in text_of(browser, "unmatched", round_.pk)
