"""What a programme changes later never reaches what two people agreed."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from kith.base import scope
from kith.gate.tests.factories import actor_of, sign_in
from kith.matching.tests.factories import staff
from kith.mentoring import commands
from kith.mentoring.models import Match, Signature
from kith.mentoring.queries.agreement import terms_of
from kith.mentoring.queries.changes import reached
from kith.mentoring.rules.notes import MeetingNote
from kith.mentoring.tests.factories import (
    NOW,
    MatchFactory,
    MeetingFactory,
    SignatureFactory,
    mentor_of,
)
from kith.mentoring.tests.test_views import address, text_of
from kith.mentoring.wiring import settings
from kith.programmes.commands import adapt_programme
from kith.programmes.models import Programme
from kith.programmes.rules import rhythm, rules_of, stretched

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


def adapted(match: Match, *, now: datetime = NOW) -> None:
    """Another name, a longer programme, monthly instead of weekly, and other reminders."""
    with scope.entered(match.organisation_id):
        programme = Programme.objects.get(pk=match.programme_id)
        rules = stretched(rules_of(programme), length_weeks=40)
        monthly = tuple(rhythm(one, per_weeks=4, minutes=45) for one in rules.contact)
        adapt_programme(
            actor_of(staff(match.programme)),
            programme=programme,
            name="Another name",
            rules=replace(rules, contact=monthly),
            now=now,
        )


def signed(**changes):
    match = MatchFactory(**changes)
    for person in (match.participant, match.mentor):
        SignatureFactory(match=match, person=person, created_at=NOW - timedelta(days=30))
    return match


def fresh(match: Match) -> Match:
    with scope.entered(match.organisation_id):
        found: Match = Match.objects.select_related("programme").get(pk=match.pk)
        return found


def test_nothing_of_a_running_agreement_changes_with_the_programme(client) -> None:
    match = signed()
    coordinator = sign_in(client, staff(match.programme))
    answer = coordinator.get(address("agreement", match))
    page = text_of(answer)

    adapted(match)

    later = fresh(match)
    assert coordinator.get(address("agreement", match)).context["text"] == answer.context["text"]
    assert "26 weeks." in page
    assert "“Tandem”" in page
    assert "every week, about 90 minutes." in page
    assert (later.started_on, later.planned_end_on, later.state) == (
        match.started_on,
        match.planned_end_on,
        match.state,
    )
    with scope.entered(match.organisation_id):
        rows = Signature.objects.filter(match=match).values_list("text_version", "signed_on")
        assert set(rows) == {("1", date(2026, 8, 24))}


def test_who_has_not_signed_yet_reads_what_the_programme_plans_now(client) -> None:
    match = MatchFactory(starting=True)
    coordinator = sign_in(client, staff(match.programme))

    adapted(match)

    page = text_of(coordinator.get(address("agreement", match)))
    assert "40 weeks." in page
    assert "“Another name”" in page
    assert "every 4 weeks, about 45 minutes." in page


def test_the_second_signs_the_same_terms_as_the_first() -> None:
    match = MatchFactory(starting=True)
    SignatureFactory(match=match, person=match.participant, created_at=NOW - timedelta(days=1))
    adapted(match)
    SignatureFactory(match=match, person=match.mentor, created_at=NOW + timedelta(days=1))

    with scope.entered(match.organisation_id):
        terms = terms_of(fresh(match))

    assert (terms.name, terms.rules.length_weeks) == ("Tandem", 26)


def test_a_match_that_signed_before_the_change_lasts_as_long_as_it_signed() -> None:
    match = signed(starting=True, state="active")
    adapted(match)

    with scope.entered(match.organisation_id):
        commands.record_meeting(
            actor_of(mentor_of(match)),
            match=fresh(match),
            note=MeetingNote(held_on=TODAY, minutes=60, way="in_person", topics=(), next_step=""),
            today=TODAY,
            now=NOW,
        )

    assert fresh(match).planned_end_on == TODAY + timedelta(weeks=26)


def test_reminders_of_a_running_match_follow_at_once() -> None:
    match = signed()
    MeetingFactory(match=match)

    adapted(match)

    # Monthly meetings: five weeks after the last one instead of three.
    assert fresh(match).attention_on == date(2026, 11, 16) + timedelta(days=35)


def test_the_preview_says_what_stays_and_what_moves() -> None:
    match = signed(last_meeting_on=date(2026, 11, 1), attention_on=date(2026, 11, 22))
    MeetingFactory(match=match, held_on=date(2026, 11, 1))
    MatchFactory(programme=match.programme, closed=True)
    rules = rules_of(match.programme)
    patient = replace(
        rules, contact=tuple(replace(one, quiet_after_days=42) for one in rules.contact)
    )

    with scope.entered(match.organisation_id):
        said = list(settings.consequences(match.programme, rules, patient, TODAY))
        found = reached(match.programme, rules, patient, today=TODAY)

    assert said == [
        "1 running match keeps its agreement and the day on which it ends.",
        "Their reminders follow the new dates from the moment you put this into force.",
        "Then 0 matches ask for a call today; at present 1.",
    ]
    assert (found.running, found.asks_now, found.asks_then) == (1, 1, 0)


def test_the_preview_of_a_change_without_dates_speaks_of_no_reminders() -> None:
    match = signed()
    rules = rules_of(match.programme)

    with scope.entered(match.organisation_id):
        said = list(
            settings.consequences(match.programme, rules, replace(rules, max_goals=1), TODAY)
        )

    assert said == ["1 running match keeps its agreement and the day on which it ends."]


def test_the_preview_without_a_match_says_so() -> None:
    match = MatchFactory(closed=True)
    rules = rules_of(match.programme)

    with scope.entered(match.organisation_id):
        said = list(settings.consequences(match.programme, rules, rules, TODAY))

    assert said == ["No match is running in this programme."]


@pytest.mark.parametrize("page", ["plan_meeting", "new_meeting"])
def test_a_meeting_is_as_long_as_was_agreed_and_not_as_the_programme_plans_now(
    client, page
) -> None:
    running = signed()
    starting = MatchFactory(programme=running.programme)
    adapted(running)

    agreed = text_of(sign_in(client, mentor_of(running)).get(address(page, running)))
    newly = text_of(sign_in(client, mentor_of(starting)).get(address(page, starting)))

    assert ('value="90"' in agreed, 'value="45"' in agreed) == (True, False)
    assert ('value="90"' in newly, 'value="45"' in newly) == (False, True)
