"""Looking at the map again in the weeks of the programme: an offer that costs nothing to refuse."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from kith.base import permit, scope
from kith.base.errors import Denied
from kith.consent.commands import withdraw
from kith.consent.tests.factories import ConsentFactory
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.matching.tests.factories import staff
from kith.mentoring import commands
from kith.mentoring.models import Match
from kith.mentoring.queries import looks as queries
from kith.mentoring.tests.factories import (
    NOW,
    TODAY,
    MatchFactory,
    MeetingFactory,
    mentor_of,
    participant_of,
)
from kith.mentoring.wiring import looks as wiring
from kith.progress.commands import choose_step
from kith.progress.models import DomainMap
from kith.progress.rules import Step
from kith.progress.tests.factories import DomainMapFactory
from kith.reminders.rules.kinds import About

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BEGAN = TODAY - timedelta(weeks=11)


@pytest.fixture
def match():
    """A match of the week that begins today is week 12; both have sign-ins, one map was drawn."""
    match = MatchFactory(
        participant__called="Olena",
        mentor__called="Marta",
        started_on=BEGAN,
        talks_from=BEGAN,
        looked_on=BEGAN + 7 * DAY,
    )
    MeetingFactory(match=match, held_on=BEGAN)
    DomainMapFactory(person=match.participant, made_on=BEGAN + 7 * DAY)
    ConsentFactory(person=match.participant)
    with scope.entered(match.organisation_id), time_machine.travel(NOW, tick=False):
        match.olena, match.marta = participant_of(match), mentor_of(match)
        yield match


def lines(user, day=TODAY):
    return [str(one.what) for one in wiring.to_look_at(actor_of(user), day)]


def stored(match):
    return Match.objects.get(pk=match.pk)


def pass_map(user, match, today=TODAY):
    return commands.pass_map(actor_of(user), match=stored(match), today=today, now=NOW)


def test_both_are_asked_from_the_first_day_of_the_week(match) -> None:
    assert (lines(match.olena, TODAY - DAY), lines(match.marta, TODAY - DAY)) == ([], [])
    assert lines(match.olena) == ["Look at your map again"]
    assert [one.startswith("Look at the map again with") for one in lines(match.marta)] == [True]
    assert lines(staff(match.programme)) == []


def test_a_new_map_clears_the_line(match) -> None:
    choose_step(
        actor_of(match.olena),
        person=match.participant,
        domain="language",
        step=Step.STARTING,
        words="",
        today=TODAY,
        now=NOW,
    )

    assert stored(match).looked_on == TODAY
    assert (lines(match.olena), lines(match.marta)) == ([], [])


@pytest.mark.parametrize("who", ["olena", "marta"])
def test_not_this_time_clears_the_line_until_the_next_of_the_weeks(match, who) -> None:
    pass_map(getattr(match, who), match)

    week_24 = BEGAN + timedelta(weeks=23)
    assert lines(match.olena) == []
    assert lines(match.olena, week_24 - DAY) == []
    assert len(lines(match.olena, week_24)) == 1


def test_whether_a_map_was_drawn_or_declined_is_not_told_apart(match) -> None:
    pass_map(match.olena, match)

    kept = {field.name for field in Match._meta.fields if "map" in field.name}
    assert stored(match).looked_on == TODAY
    assert kept == {"no_maps_since"}


def test_nothing_is_declined_before_it_is_asked(match) -> None:
    with pytest.raises(commands.NoMapAsked):
        pass_map(match.olena, match, today=TODAY - DAY)


def test_who_wants_no_maps_is_asked_no_more_and_loses_nothing(match) -> None:
    before = stored(match)

    commands.want_maps(actor_of(match.olena), match=before, wanted=False, today=TODAY, now=NOW)
    after = stored(match)

    assert (lines(match.olena), lines(match.marta)) == ([], [])
    assert queries.looks_still([About(match.olena.user_id, match.pk)]) == []
    assert (after.state, after.planned_end_on) == ("active", before.planned_end_on)
    commands.want_maps(actor_of(match.olena), match=after, wanted=True, today=TODAY, now=NOW)
    assert len(lines(match.olena)) == 1


def test_without_the_yes_to_mentoring_nobody_asks_for_a_map(match) -> None:
    withdraw(actor_of(match.olena), person=match.participant, purpose="mentoring", now=NOW)

    assert stored(match).no_maps_since == TODAY
    assert (lines(match.olena), lines(match.marta)) == ([], [])


def test_who_never_drew_a_map_is_asked_for_the_first_one_instead(match) -> None:
    with permit.lifted():
        DomainMap.objects.all().delete()

    assert lines(match.olena) == []


def test_strangers_decline_nothing(match) -> None:
    for role in ("participant", "mentor", "supervisor", "volunteer_matcher"):
        stranger = MembershipFactory(organisation=match.organisation, roles=[role])
        with pytest.raises(Denied):
            pass_map(stranger, match)


# ── The page ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("who", "page"), [("olena", "progress:mine"), ("marta", "progress:person")]
)
def test_the_page_leads_to_the_map_and_takes_a_no(client, match, who, page) -> None:
    browser = sign_in(client, getattr(match, who))
    url = reverse("mentoring:look_again", args=[match.pk])
    args = [] if who == "olena" else [match.participant_id]

    said = browser.get(url).content.decode()
    answer = browser.post(url, {"answer": "not_now"})

    assert reverse(page, args=args) in said
    assert "In week 12 of the programme" in said
    assert answer.status_code == 302
    assert stored(match).looked_on == TODAY


def test_the_page_takes_no_other_answer(client, match) -> None:
    url = reverse("mentoring:look_again", args=[match.pk])

    assert sign_in(client, match.olena).post(url, {"answer": "maybe"}).status_code == 404
    assert stored(match).looked_on == BEGAN + 7 * DAY


def test_please_do_not_ask_again_is_kept_and_taken_back(client, match) -> None:
    browser, url = sign_in(client, match.olena), reverse("mentoring:look_again", args=[match.pk])

    browser.post(url, {"answer": "never"})
    off, said = stored(match).no_maps_since, browser.get(url).content.decode()
    browser.post(url, {"answer": "again"})

    assert off == TODAY
    assert "Nobody asks for a new map." in said
    assert stored(match).no_maps_since is None


# ── Reminders ────────────────────────────────────────────────────────────────────────────────────


def test_the_participant_alone_is_reminded_on_the_first_day_of_the_week(match) -> None:
    link = reverse("mentoring:look_again", args=[match.pk])

    found = {(due.user_id, due.subject, due.on, due.link) for due in queries.looks(TODAY, TODAY)}

    assert found == {(match.olena.user_id, match.pk, TODAY, link)}
    assert list(queries.looks(TODAY - DAY, TODAY - DAY)) == []
    assert list(queries.looks(TODAY + DAY, TODAY + DAY)) == []


def test_the_reminder_ends_with_the_map_or_the_no(match) -> None:
    about = [About(match.olena.user_id, match.pk)]
    before = list(queries.looks_still(about))

    pass_map(match.olena, match)

    assert before == about
    assert queries.looks_still(about) == []
    assert list(queries.looks(TODAY, TODAY)) == []
