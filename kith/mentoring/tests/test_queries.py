"""Reads of mentoring: who sees which matches and sections, lists in pages, what asks for a call."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.base import scope
from kith.base.errors import Denied, ReasonNeeded
from kith.gate.models import AuditEvent
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.matching.rules.load import held_places
from kith.matching.tests.factories import staff
from kith.mentoring.models import Match
from kith.mentoring.permissions import DATES, MENTOR, SECTIONS
from kith.mentoring.queries import agreement, care, lists, record
from kith.mentoring.rules.attention import Reason
from kith.mentoring.tests.factories import (
    NOW,
    TODAY,
    GoalFactory,
    GoalStepFactory,
    MatchFactory,
    MeetingFactory,
    SignatureFactory,
    mentor_of,
    participant_of,
)
from kith.mentoring.wiring import _stay
from kith.people.events import ImportUndoAsked

pytestmark = pytest.mark.django_db


def member(match, role):
    return MembershipFactory(organisation=match.organisation, roles=[role.value])


# ── Who sees what ────────────────────────────────────────────────────────────────────────────────


def test_everyone_sees_the_matches_they_are_part_of_and_staff_all() -> None:
    mine = MatchFactory()
    other = MatchFactory(programme=mine.programme)
    actors = {
        "mentor": actor_of(mentor_of(mine)),
        "participant": actor_of(participant_of(mine)),
        "coordinator": actor_of(staff(mine.programme)),
        "supervisor": actor_of(member(mine, Role.SUPERVISOR)),
        "matcher": actor_of(member(mine, Role.VOLUNTEER_MATCHER)),
        "administrator": actor_of(member(mine, Role.PLATFORM_ADMINISTRATOR)),
    }

    with scope.entered(mine.organisation_id):
        seen = {name: set(lists.matches(actor)) for name, actor in actors.items()}

    assert seen == {
        "mentor": {mine},
        "participant": {mine},
        "coordinator": {mine, other},
        "supervisor": {mine, other},
        "matcher": set(),
        "administrator": set(),
    }


def test_a_supervisor_reads_dates_and_the_mentor_and_no_text() -> None:
    goal = GoalFactory()
    match = goal.match
    MeetingFactory(match=match, next_step="Call the clinic")
    supervisor = actor_of(member(match, Role.SUPERVISOR))

    with scope.entered(match.organisation_id):
        opened = record.record(supervisor, match=lists.matches(supervisor).get())

    assert lists.sections(supervisor) == {DATES, MENTOR}
    assert [opened.goals, opened.places, len(opened.past)] == [[], [], 1]


def test_everyone_else_who_opens_a_match_reads_all_of_it() -> None:
    match = MatchFactory()

    for membership in (mentor_of(match), participant_of(match), staff(match.programme)):
        assert lists.sections(actor_of(membership)) == SECTIONS


def test_opening_a_match_is_noted() -> None:
    match = MatchFactory()
    ewa = actor_of(staff(match.programme))

    with scope.entered(match.organisation_id):
        record.record(ewa, match=lists.matches(ewa).get())
        last = AuditEvent.objects.order_by("-seq").first()

    assert (last.verb, last.row_id) == ("mentoring.see_match", match.pk)


def test_a_match_of_someone_elses_people_opens_with_a_reason_only() -> None:
    zofia = MembershipFactory()
    match = MatchFactory(programme__organisation=zofia.organisation, participant__responsible=zofia)
    ewa = actor_of(staff(match.programme))

    with scope.entered(match.organisation_id):
        row = lists.matches(ewa).get()
        with pytest.raises(ReasonNeeded):
            record.record(ewa, match=row)
        ewa.reasons[str(match.pk)] = "Zofia is ill this week"
        opened = record.record(ewa, match=row)

    assert opened.match == match


def test_a_stranger_is_denied() -> None:
    match = MatchFactory()
    stranger = actor_of(member(match, Role.MENTOR))

    with pytest.raises(Denied):
        record.record(stranger, match=match)


def test_another_organisation_sees_no_match() -> None:
    match = MatchFactory()
    stranger = MembershipFactory()

    with scope.entered(stranger.organisation_id):
        assert list(lists.matches(actor_of(stranger))) == []
        assert Match.objects.count() == 0
    with scope.entered(match.organisation_id):
        assert Match.objects.count() == 1


# ── Lists ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def four():
    """Four matches of one programme, the newest event last."""
    first = MatchFactory(last_event_at=NOW - timedelta(days=4))
    return [
        first,
        *[
            MatchFactory(programme=first.programme, last_event_at=NOW - timedelta(days=3))
            for _ in range(2)
        ],
        MatchFactory(programme=first.programme, last_event_at=NOW - timedelta(days=1)),
    ]


def test_pages_of_a_list_follow_the_last_event_without_gap_or_double(four, monkeypatch) -> None:
    monkeypatch.setattr(lists, "ON_A_PAGE", 1)
    ewa = actor_of(staff(four[0].programme))
    seen, after = [], None

    with scope.entered(four[0].organisation_id):
        for _ in range(4):
            page = lists.page(ewa, lists.Show.ALL, after=after, today=TODAY)
            seen += page.matches
            after = lists.Place.read(str(page.next)) if page.next else None

    assert seen == [four[3], *sorted(four[1:3], key=lambda row: row.pk, reverse=True), four[0]]
    assert after is None


def test_an_address_that_names_no_place_begins_at_the_start() -> None:
    assert [lists.Place.read(text) for text in ("", "yesterday", "2026-01-01_x")] == [None] * 3


@pytest.mark.parametrize(
    ("show", "number"),
    [
        (lists.Show.ALL, 5),
        (lists.Show.NEEDS_CALL, 1),
        (lists.Show.STARTING, 1),
        (lists.Show.ACTIVE, 2),
        (lists.Show.PAUSED, 1),
        (lists.Show.CLOSED, 1),
    ],
)
def test_filters_show_what_they_say(show, number) -> None:
    quiet = MatchFactory(attention_on=TODAY)
    for more in ({}, {"starting": True}, {"state": "paused"}, {"closed": True}):
        MatchFactory(programme=quiet.programme, **more)
    ewa = actor_of(staff(quiet.programme))

    with scope.entered(quiet.organisation_id):
        page = lists.page(ewa, show, after=None, today=TODAY)

        assert len(page.matches) == number
        assert lists.number(ewa, show, today=TODAY) == number


def test_long_lists_are_not_counted_to_the_end(four, monkeypatch) -> None:
    monkeypatch.setattr(lists, "MOST_COUNTED", 3)
    ewa = actor_of(staff(four[0].programme))

    with scope.entered(four[0].organisation_id):
        assert lists.number(ewa, lists.Show.ALL, today=TODAY) is None


def test_a_list_needs_the_same_queries_for_one_and_three_matches(four) -> None:
    lonely = MatchFactory()

    def read(match):
        ewa = actor_of(staff(match.programme))
        with scope.entered(match.organisation_id), CaptureQueriesContext(connection) as counted:
            page = lists.page(ewa, lists.Show.ALL, after=None, today=TODAY)
            names = [(str(row.participant.name), str(row.mentor.name)) for row in page.matches]
        return len(counted), len(names)

    assert [read(lonely), read(four[0])] == [(2, 1), (2, 4)]


def test_matching_learns_how_many_places_a_mentor_holds() -> None:
    match = MatchFactory()
    MatchFactory(programme=match.programme, mentor=match.mentor, state="paused")
    MatchFactory(programme=match.programme, mentor=match.mentor, closed=True)

    with scope.entered(match.organisation_id):
        assert held_places([match.mentor_id, match.participant_id]) == {match.mentor_id: 2}


def test_the_matches_of_a_person_are_found_from_both_sides() -> None:
    match = MatchFactory()
    ewa = actor_of(staff(match.programme))

    with scope.entered(match.organisation_id):
        found = [
            list(lists.matches_of(ewa, key))
            for key in (match.participant_id, match.mentor_id, match.programme_id)
        ]

    assert found == [[match], [match], []]


def test_taking_a_list_back_leaves_people_with_a_match_alone() -> None:
    match = MatchFactory(closed=True)
    asked = ImportUndoAsked(
        batch_id=match.pk,
        person_ids=[match.participant_id, match.mentor_id, match.programme_id],
        stays={},
    )

    with scope.entered(match.organisation_id):
        _stay(asked)

    assert {key: str(why) for key, why in asked.stays.items()} == {
        match.participant_id: "has a match",
        match.mentor_id: "has a match",
    }


def test_own_matches_come_with_the_next_meeting_first() -> None:
    later = MatchFactory(next_meeting_at=None)
    sooner = MatchFactory(
        programme=later.programme, mentor=later.mentor, next_meeting_at=NOW + timedelta(days=1)
    )
    MatchFactory(programme=later.programme, mentor=later.mentor, closed=True)
    marta = actor_of(mentor_of(later))

    with scope.entered(later.organisation_id):
        assert lists.own(marta) == [sooner, later]


# ── One match ────────────────────────────────────────────────────────────────────────────────────


def test_meetings_stand_by_their_day_and_goals_with_their_steps() -> None:
    goal = GoalFactory()
    match = goal.match
    over = GoalFactory(match=match, state="reached", ended_on=TODAY)
    ticked = GoalStepFactory(goal=goal, done_on=TODAY)
    open_step = GoalStepFactory(goal=goal, place=2)
    old = MeetingFactory(match=match, held_on=date(2026, 9, 1))
    plan = MeetingFactory(match=match, planned=True)
    new = MeetingFactory(match=match)
    ewa = actor_of(staff(match.programme))

    with scope.entered(match.organisation_id):
        opened = record.record(ewa, match=lists.matches(ewa).get())

    assert [opened.planned, opened.past] == [[plan], [new, old]]
    assert [one.goal for one in opened.goals] == [goal, over]
    assert [one.goal for one in opened.active_goals] == [goal]
    [first] = opened.active_goals
    assert (first.steps, first.done, first.next_step) == ([ticked, open_step], 1, open_step)
    assert opened.goals[1].next_step is None


def test_a_match_needs_the_same_queries_for_one_and_three_of_everything() -> None:
    match = MatchFactory()
    ewa = actor_of(staff(match.programme))

    def fill():
        step = GoalStepFactory(goal=GoalFactory(match=match))
        MeetingFactory(match=match, next_step="Call")
        return step

    def read():
        with scope.entered(match.organisation_id), CaptureQueriesContext(connection) as counted:
            opened = record.record(ewa, match=lists.matches(ewa).get())
            [str(row.next_step) for row in opened.past]
            [str(one.goal.title) for one in opened.goals]
        return len(counted)

    fill()
    read()
    one = read()
    fill()
    fill()

    assert read() == one


def test_the_next_meeting_is_probably_like_the_last() -> None:
    match = MatchFactory()

    with scope.entered(match.organisation_id):
        at_first = record.last_way(match)
    MeetingFactory(match=match, held_on=date(2026, 9, 1), way="phone")
    MeetingFactory(match=match, way="video")
    MeetingFactory(match=match, planned=True, way="message")

    with scope.entered(match.organisation_id):
        assert [at_first, record.last_way(match)] == ["in_person", "video"]


def test_the_agreement_names_the_coordinator_or_the_organisation() -> None:
    zofia = MembershipFactory(name="Zofia Lis", email="zofia@example.org")
    match = MatchFactory(programme__organisation=zofia.organisation, participant__responsible=zofia)
    without = MatchFactory(programme=match.programme)

    with scope.entered(match.organisation_id):
        rows = Match.objects.select_related("participant__responsible", "programme__organisation")
        named, unnamed = (
            agreement.names_in(one, agreement.terms_of(one))
            for one in (rows.get(pk=match.pk), rows.get(pk=without.pk))
        )

    assert (named["coordinator"], named["coordinator_contact"], named["emergency_number"]) == (
        "Zofia Lis",
        "zofia@example.org",
        "112",
    )
    assert unnamed["coordinator"] == "the coordinator"
    assert unnamed["coordinator_contact"] == match.organisation.name


def test_both_lines_of_the_agreement_show_who_signed() -> None:
    match = MatchFactory()
    signature = SignatureFactory(match=match)

    with scope.entered(match.organisation_id):
        lines = [(place.side, place.signature) for place in agreement.places(match)]
        complete = agreement.has_all_signatures(match)

    assert lines == [("participant", signature), ("mentor", None)]
    assert complete is False


# ── Care ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_coordinator_sees_the_matches_of_own_people_that_ask_for_a_call() -> None:
    ewa = MembershipFactory()
    zofia = MembershipFactory(organisation=ewa.organisation)
    quiet = {"last_meeting_on": date(2026, 10, 31), "attention_on": date(2026, 11, 21)}
    mine = MatchFactory(
        programme__organisation=ewa.organisation, participant__responsible=ewa, **quiet
    )
    nobodys = MatchFactory(programme=mine.programme, **quiet)
    MatchFactory(programme=mine.programme, participant__responsible=zofia, **quiet)
    MatchFactory(programme=mine.programme)

    with scope.entered(ewa.organisation_id):
        found = care.in_care(actor_of(ewa), today=TODAY)

    assert {one.match.pk for one in found} == {mine.pk, nobodys.pk}
    assert {one.attention.reason for one in found} == {Reason.QUIET}


def test_what_runs_as_planned_is_counted() -> None:
    match = MatchFactory()
    MatchFactory(programme=match.programme, attention_on=None)
    MatchFactory(programme=match.programme, attention_on=TODAY)
    MatchFactory(programme=match.programme, starting=True)
    ewa = actor_of(staff(match.programme))

    with scope.entered(match.organisation_id):
        assert care.as_planned(ewa, today=TODAY) == 2


def test_a_new_match_waits_for_its_first_meeting_until_one_is_planned_or_long_due() -> None:
    new = MatchFactory(starting=True)
    MatchFactory(programme=new.programme)
    MatchFactory(programme=new.programme, starting=True, next_meeting_at=NOW + timedelta(days=2))
    MatchFactory(programme=new.programme, starting=True, attention_on=TODAY)
    ewa = actor_of(staff(new.programme))

    with scope.entered(new.organisation_id):
        assert care.to_bring_together(ewa, today=TODAY) == [new]


def test_a_planned_meeting_whose_time_is_over_waits_for_a_note() -> None:
    match = MatchFactory()
    over = MeetingFactory(match=match, planned=True, planned_at=NOW - timedelta(hours=3))
    ahead = MatchFactory(programme=match.programme)
    MeetingFactory(match=ahead, planned=True)

    with scope.entered(match.organisation_id):
        found = care.unnoted(list(Match.objects.order_by("id")), now=NOW)
    assert found == {match: over}
