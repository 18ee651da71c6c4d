"""The record of a run, print, settings and progress of a round, and who may see them."""

import pytest
from django.urls import reverse

from kith.base import scope
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.matching.models import Decision, Proposal, Run
from kith.matching.tests.acts import (
    keep,
    opened,
    run_of,
    three_and_two,
    writing,
)
from kith.matching.tests.factories import ProgrammeFactory, RoundFactory, RunFactory, staff
from kith.matching.tests.test_views import USUAL
from kith.people.tests.factories import account_of

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


# ── Record, print, settings, progress ────────────────────────────────────────────────────────────


def test_the_record_of_a_run_tells_figures_and_the_proof_and_no_name(browser, programme) -> None:
    three_and_two(programme)
    round_ = opened(programme)

    answer = page_of(browser, "run", run_of(round_).pk)

    page, record = answer.content.decode().split("<main")[1], answer.context["record"]
    assert [name for name in ("Olena", "Amal", "Iva", "Marta", "Piotr") if name in page] == []
    assert dict(record["counts"])["Pairs proposed"] == 2
    assert "over all pairs" in record["proof"]
    assert page.count("No group has ten people or more, so none is shown.") == 2


def test_a_repeated_run_says_the_same_and_one_that_was_tampered_with_something_else(
    browser, programme
) -> None:
    three_and_two(programme)
    run = run_of(opened(programme))

    browser.post(reverse("matching:repeat", args=[run.pk]))
    same = page_of(browser, "run", run.pk).context["record"]["repeated"]
    with writing(programme):
        Run.objects.filter(pk=run.pk).update(digest="0" * 64)
    browser.post(reverse("matching:repeat", args=[run.pk]))
    other = page_of(browser, "run", run.pk).context["record"]["repeated"]

    assert same.endswith("the same pairs, to the last byte.")
    assert other.endswith("something else came out. Tell the administrator.")


def test_the_print_has_one_line_for_each_pair_and_room_for_a_word(browser, programme) -> None:
    three_and_two(programme)
    round_ = opened(programme)

    answer = page_of(browser, "print", round_.pk)

    assert sorted(names_on(answer)) == ["Amal", "Olena"]
    assert answer.content.count(b'<td class="blank">') == 2


def test_settings_of_a_round_begin_where_the_last_run_stood_and_propose_again(
    browser, programme
) -> None:
    three_and_two(programme)
    round_ = opened(programme)
    url = reverse("matching:settings", args=[round_.pk])

    before = browser.get(url).context["form"]["weight_need"].value()
    wrong = browser.post(url, {**USUAL, "weight_need": "51"})
    browser.post(url, {**USUAL, "weight_need": "10"})

    assert before == 35
    assert (wrong.status_code, wrong.context["form"]["weight_need"].value()) == (422, "51")
    assert (run_of(round_).number, run_of(round_).settings["weights"]["need"]) == (2, 10)


def test_while_proposals_are_made_the_page_says_how_far_and_stops_when_told(
    browser, programme
) -> None:
    round_ = RoundFactory(programme=programme)
    run = RunFactory(round=round_, state="solving", stage="shortlist")
    url = reverse("matching:round", args=[round_.pk])

    before = browser.get(url)
    browser.post(reverse("matching:stop", args=[round_.pk]))
    after = browser.get(url).content.decode()
    with scope.entered(programme.organisation_id):
        stopped = Run.objects.get(pk=run.pk).is_stop_asked

    assert before.context["work"].words == "Every participant is being held against every mentor."
    assert stopped is True
    assert "It stops after this step." in after


def test_the_progress_part_leads_to_the_finished_round(browser, programme) -> None:
    three_and_two(programme)
    round_ = opened(programme)
    url = reverse("matching:round", args=[round_.pk])

    answer = browser.get(url, headers={"HX-Request": "true", "HX-Target": "progress"})

    assert (answer.headers["HX-Redirect"], answer.content) == (url, b"")


@pytest.mark.parametrize(
    ("state", "fault", "said"),
    [
        ("stopped", "", "The proposals were stopped. What stood before stands."),
        ("failed", "ProofFailed", "The check of the proposals failed, so they are not shown."),
        ("failed", "Unknown", "The proposals could not be made. What stood before stands."),
    ],
)
def test_a_run_without_a_result_says_why_above_the_pairs_that_stand(
    browser, programme, state, fault, said
) -> None:
    three_and_two(programme)
    round_ = opened(programme)
    RunFactory(
        organisation=programme.organisation, round=round_, number=2, state=state, fault=fault
    )

    answer = page_of(browser, "round", round_.pk)

    assert answer.context["fault"].startswith(said)
    assert sorted(names_on(answer)) == ["Amal", "Olena"]


# ── Who may see them ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "role", [Role.MENTOR, Role.PARTICIPANT, Role.SUPERVISOR, Role.PLATFORM_ADMINISTRATOR]
)
def test_other_roles_find_none_of_these_pages_and_do_nothing(client, programme, role) -> None:
    olena, _, _, marta, _ = three_and_two(programme)
    round_ = opened(programme)
    row = keep(round_, olena)
    run = run_of(round_)
    stranger = sign_in(
        client,
        account_of(marta.person, role)
        if role is Role.MENTOR
        else MembershipFactory(organisation=programme.organisation, roles=[role.value]),
    )

    looks = [
        ("start", []), ("new_round", []), ("round", [round_.pk]), ("print", [round_.pk]),
        ("unmatched", [round_.pk]), ("wanted", [round_.pk]), ("settings", [round_.pk]),
        ("why", [round_.pk]), ("run", [run.pk]), ("proposal", [row.pk]),
        ("held_back", [programme.pk]), ("of_person", [olena.person_id]),
    ]  # fmt: skip
    does = [
        ("solve", [round_.pk]), ("stop", [round_.pk]), ("refresh", [round_.pk]),
        ("close", [round_.pk]), ("keep_pair", [round_.pk]), ("keep_despite", [round_.pk]),
        ("look_for", [round_.pk, olena.pk]), ("repeat", [run.pk]), ("keep", [row.pk]),
        ("free", [row.pk]), ("accept", [row.pk]), ("reject", [row.pk]), ("instead", [row.pk]),
        ("note_answer", [row.pk]), ("more_days", [row.pk]), ("withdraw", [row.pk]),
    ]  # fmt: skip
    seen = {name: stranger.get(reverse(f"matching:{name}", args=keys)).status_code
            for name, keys in looks}  # fmt: skip
    done = {name: stranger.post(reverse(f"matching:{name}", args=keys)).status_code
            for name, keys in does}  # fmt: skip

    assert {name: code for name, code in {**seen, **done}.items() if code != 404} == {}
    with scope.entered(programme.organisation_id):
        assert Decision.objects.count() == 1
        assert Proposal.objects.get(pk=row.pk).state == "locked"
