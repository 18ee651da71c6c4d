"""The board of a programme by phase, and the guides on the page of a match."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from kith.base import scope
from kith.base.errors import Denied
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.matching.tests.factories import ProgrammeFactory, staff
from kith.mentoring.queries import board as queries
from kith.mentoring.queries.guiding import guides_now, phase_now
from kith.mentoring.tests.factories import (
    NOW,
    TODAY,
    GoalFactory,
    MatchFactory,
    mentor_of,
    participant_of,
)
from kith.programmes.rules import rules_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(template_key="base", name="Poznań")


def in_week(programme, week, **given):
    """A match whose week this is on its last day."""
    begun = TODAY - timedelta(days=week * 7 - 1)
    return MatchFactory(programme=programme, agreed_on=begun, started_on=begun, **given)


def board_of(programme):
    actor = actor_of(staff(programme))
    with scope.entered(programme.organisation_id):
        columns = queries.board(actor, programme, today=TODAY)
    return {one.phase.key: one for one in columns}


def test_every_match_stands_in_the_column_of_its_phase(programme) -> None:
    begun = {week: in_week(programme, week) for week in (1, 2, 3, 4, 5, 20, 21, 24, 25, 26, 27, 60)}
    starting = MatchFactory(programme=programme, starting=True)
    ended = in_week(programme, 10, closed=True)
    in_week(programme, 90, closed=True, closed_on=TODAY - timedelta(days=400))
    MatchFactory(programme=ProgrammeFactory(organisation=programme.organisation))

    found = {key: {one.pk for one in column.matches} for key, column in board_of(programme).items()}

    assert found == {
        "prepare": {starting.pk},
        "meet": {begun[1].pk, begun[2].pk},
        "map": {begun[3].pk, begun[4].pk},
        "move": {begun[5].pk, begun[20].pk},
        "look_again": {begun[21].pk, begun[24].pk},
        "close": {begun[25].pk, begun[26].pk, begun[27].pk, begun[60].pk},
        "follow_up": {ended.pk},
    }


def test_the_board_and_the_page_of_a_match_agree_about_its_phase(programme) -> None:
    rules = rules_of(programme)
    with scope.entered(programme.organisation_id):
        for week in range(1, 31):
            match = in_week(programme, week)
            phase = phase_now(match, today=TODAY)
            rows = queries.Match.objects.filter(queries.within(rules, phase, today=TODAY))
            assert rows.filter(pk=match.pk).exists(), week


def test_a_full_column_leads_to_its_pages_and_nobody_is_left_out(programme, monkeypatch) -> None:
    monkeypatch.setattr(queries, "ON_THE_BOARD", 2)
    monkeypatch.setattr(queries, "ON_A_PAGE", 2)
    made = [in_week(programme, week).pk for week in (10, 9, 9, 8, 7)]
    actor, move = actor_of(staff(programme)), rules_of(programme).phases[3]

    column = board_of(programme)["move"]
    seen, mark = [], None
    with scope.entered(programme.organisation_id):
        for _ in range(3):
            page = queries.column(actor, programme, move, after=mark, today=TODAY)
            seen += [one.pk for one in page.matches]
            mark = page.next and queries.Mark.read(str(page.next))

    assert (len(column.matches), column.number, column.next is not None) == (2, 5, True)
    assert sorted(seen) == sorted(made)
    assert (seen[0], seen[-1], mark) == (made[0], made[-1], None)


def test_pages_of_those_not_begun_and_of_those_ended_go_on(programme, monkeypatch) -> None:
    monkeypatch.setattr(queries, "ON_A_PAGE", 1)
    for _ in range(2):
        MatchFactory(programme=programme, starting=True)
        in_week(programme, 5, closed=True)
    actor, phases = actor_of(staff(programme)), rules_of(programme).phases

    with scope.entered(programme.organisation_id):
        for phase in (phases[0], phases[-1]):
            first = queries.column(actor, programme, phase, after=None, today=TODAY)
            after = queries.Mark.read(str(first.next))
            second = queries.column(actor, programme, phase, after=after, today=TODAY)
            assert {first.matches[0].pk} != {second.matches[0].pk}
            assert second.next is None


@pytest.mark.parametrize("role", ["mentor", "participant", "supervisor", "volunteer_matcher"])
def test_only_coordinators_see_the_board(programme, role) -> None:
    other = MembershipFactory(organisation=programme.organisation, roles=[role])

    with scope.entered(programme.organisation_id), pytest.raises(Denied):
        queries.board(actor_of(other), programme, today=TODAY)


def test_a_card_says_who_which_week_when_they_meet_and_what_is_due(client, programme) -> None:
    quiet = in_week(
        programme,
        10,
        participant__called="Olena",
        mentor__called="Marta",
        last_meeting_on=TODAY - timedelta(days=40),
        attention_on=TODAY - timedelta(days=19),
    )
    in_week(programme, 11, last_meeting_on=TODAY, next_meeting_at=NOW + timedelta(days=2))
    address = reverse("mentoring:board", args=[programme.pk])

    with time_machine.travel(NOW, tick=False):
        page = sign_in(client, staff(programme)).get(address)
    cards = {card.url: card for column in page.context["columns"] for card in column.cards}
    card = cards.pop(reverse("mentoring:match", args=[quiet.pk]))

    assert (card.week, card.next) == ("week 10", "No meeting is planned.")
    assert "Olena" in card.due
    assert "Marta" in card.due
    (other,) = cards.values()
    assert other.next.startswith("They meet")
    assert other.due == ""


def test_one_phase_and_the_numbers_on_the_page_of_the_programme(client, programme) -> None:
    in_week(programme, 10)
    browser = sign_in(client, staff(programme))

    with time_machine.travel(NOW, tick=False):
        one = browser.get(reverse("mentoring:board_phase", args=[programme.pk, "move"]))
        none = browser.get(reverse("mentoring:board_phase", args=[programme.pk, "rumours"]))
        panel = browser.get(reverse("mentoring:board_panel", args=[programme.pk]))

    assert len(one.context["column"].cards) == 1
    assert none.status_code == 404
    assert [column.number for column in panel.context["columns"]] == list("0001000")


def test_the_page_of_a_match_shows_guides_of_its_phase_first_those_of_its_goals(programme) -> None:
    match = in_week(programme, 10)
    GoalFactory(match=match, domain="housing")
    actor = actor_of(staff(programme))

    with scope.entered(programme.organisation_id):
        found = [guide.key.value for guide in guides_now(actor, match, today=TODAY)]

    assert found[:2] == ["housing", "friends_and_neighbourhood"]
    assert len(found) == 5


def test_a_supervisor_does_not_learn_of_goals_from_the_order_of_guides(programme) -> None:
    match = in_week(programme, 10)
    GoalFactory(match=match, domain="housing")
    other = MembershipFactory(organisation=programme.organisation, roles=["supervisor"])

    with scope.entered(programme.organisation_id):
        found = guides_now(actor_of(other), match, today=TODAY)

    assert found[0].key.value == "language_practice"


def test_mentor_and_participant_find_the_guides_on_their_pages(client, programme) -> None:
    match = MatchFactory(programme=programme, starting=True)
    address = reverse("mentoring:guides", args=[match.pk])

    mentors = sign_in(client, mentor_of(match)).get(address).content.decode()
    own = sign_in(client, participant_of(match)).get(address).content.decode()
    strangers = sign_in(client, MembershipFactory(roles=["mentor"])).get(address).status_code

    assert "Getting ready as a mentor" in mentors
    assert ("Phase: Preparing" in mentors, "Phase: " in own) == (True, False)
    assert "Good to know" in own
    assert strangers == 404
