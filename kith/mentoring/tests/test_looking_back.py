"""Both look back together: goals, meetings, the map; only the day is kept."""

import pytest
import time_machine
from django.urls import reverse

from kith.base import scope
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.matching.tests.factories import staff
from kith.mentoring.models import Match
from kith.mentoring.queries.closing import steps
from kith.mentoring.tests.factories import (
    NOW,
    TODAY,
    GoalFactory,
    MatchFactory,
    MeetingFactory,
    mentor_of,
    participant_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def match():
    row = MatchFactory(participant__called="Olena", mentor__called="Marta")
    MeetingFactory(match=row)
    GoalFactory(match=row)
    return row


@pytest.mark.parametrize("who", [participant_of, mentor_of])
def test_both_see_goals_meetings_and_questions_and_note_the_day(client, match, who) -> None:
    page = reverse("mentoring:look_back", args=[match.pk])
    with time_machine.travel(NOW, tick=False):
        own = sign_in(client, who(match))
        shown = own.get(page).context
        own.post(page)

    with scope.entered(match.organisation_id):
        found = Match.objects.select_related("participant", "mentor").get(pk=match.pk)
        step = next(one for one in steps(actor_of(staff(match.programme)), found) if one.order == 5)
    assert [one["title"] for one in shown["goals"]] == ["I go to the doctor on my own"]
    assert (shown["met"], len(shown["questions"])) == (
        "You have met 1 time since 24 August 2026.",
        3,
    )
    assert (found.looked_back_on, step.is_done) == (TODAY, True)


def test_a_supervisor_does_not_read_goals_here(client, match) -> None:
    who = MembershipFactory(organisation=match.organisation, roles=[Role.SUPERVISOR.value])

    answer = sign_in(client, who).get(reverse("mentoring:look_back", args=[match.pk]))

    assert answer.status_code == 404
