"""A pause: with a reason and a day on which somebody asks; nothing counts as late meanwhile."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from kith.base import scope
from kith.base.errors import Denied
from kith.gate.tests.factories import actor_of, sign_in
from kith.matching.tests.factories import staff
from kith.mentoring import commands
from kith.mentoring.models import Match, Pause
from kith.mentoring.queries.dates import dates_of
from kith.mentoring.rules.attention import Reason, care_of, coming
from kith.mentoring.rules.notes import PauseNote
from kith.mentoring.rules.states import PauseReason
from kith.mentoring.tests.factories import (
    NOW,
    TODAY,
    MatchFactory,
    MeetingFactory,
    PauseFactory,
    SignatureFactory,
    mentor_of,
    participant_of,
)
from kith.programmes.rules import load_template

pytestmark = pytest.mark.django_db

CARE = care_of(load_template("de_tandem"))
REVIEW = TODAY + timedelta(days=28)


@pytest.fixture
def match():
    """Signed, met a week ago, planned until 22 February."""
    row = MatchFactory(participant__called="Olena", mentor__called="Marta")
    MeetingFactory(match=row, held_on=date(2026, 8, 24))
    MeetingFactory(match=row)
    SignatureFactory(match=row)
    SignatureFactory(match=row, person=row.mentor)
    return row


@pytest.fixture
def coordinator(client, match):
    with time_machine.travel(NOW, tick=False):
        yield sign_in(client, staff(match.programme))


def rests(match, *, since=TODAY, until=None, review=REVIEW, who=None):
    return commands.pause_match(
        actor_of(who or staff(match.programme)),
        match=match,
        note=PauseNote(PauseReason.ILLNESS, since, until, review),
        today=TODAY,
        now=NOW,
    )


def goes_on(match, *, today=TODAY):
    return commands.resume_match(
        actor_of(staff(match.programme)),
        match=match,
        today=today,
        now=NOW + (today - TODAY),
    )


def fresh(match):
    with scope.entered(match.organisation_id):
        rows = Match.objects.select_related("participant", "mentor", "programme__organisation")
        return rows.get(pk=match.pk)


def address(name, match):
    return reverse(f"mentoring:{name}", args=[match.pk])


def test_a_resting_match_asks_for_nothing_until_the_day_of_the_review(match) -> None:
    rests(match)

    found = fresh(match)
    assert (found.state, found.review_on) == ("paused", REVIEW)
    assert (found.attention_on, found.remind_on) == (REVIEW, None)


def test_after_a_pause_silence_counts_from_the_day_they_go_on(match) -> None:
    rests(match)
    later = TODAY + timedelta(days=40)

    goes_on(fresh(match), today=later)

    found = fresh(match)
    assert (found.state, found.review_on, found.resumed_on) == ("active", None, later)
    with scope.entered(match.organisation_id):
        dates = dates_of([found])[match.pk]
    [quiet] = [one for one in coming(dates, CARE) if one.reason is Reason.QUIET]
    assert (quiet.since, quiet.on) == (later, later + timedelta(days=21))


def test_the_planned_end_moves_by_the_pause_and_the_pause_is_kept(match) -> None:
    end = fresh(match).planned_end_on
    rests(match, since=TODAY - timedelta(days=3))

    goes_on(fresh(match), today=TODAY + timedelta(days=11))

    assert fresh(match).planned_end_on == end + timedelta(days=14)
    with scope.entered(match.organisation_id):
        [pause] = Pause.objects.all()
    assert (pause.reason, pause.from_on, pause.ended_on) == (
        "illness",
        TODAY - timedelta(days=3),
        TODAY + timedelta(days=11),
    )


def test_a_match_without_signatures_goes_on_as_starting_and_only_a_pause_is_resumed() -> None:
    pause = PauseFactory()

    goes_on(pause.match)

    assert fresh(pause.match).state == "starting"
    with pytest.raises(commands.MatchMoved):
        goes_on(fresh(pause.match))


def test_a_pause_can_last_longer(match) -> None:
    rests(match)
    longer = REVIEW + timedelta(days=14)

    commands.extend_pause(
        actor_of(staff(match.programme)),
        match=fresh(match),
        until_on=longer,
        review_on=longer,
        today=TODAY,
        now=NOW,
    )

    with scope.entered(match.organisation_id):
        assert [one.until_on for one in Pause.objects.all()] == [longer]
    assert fresh(match).attention_on == longer


def test_only_a_match_that_rests_rests_longer(match) -> None:
    with pytest.raises(commands.NoPause):
        commands.extend_pause(
            actor_of(staff(match.programme)),
            match=match,
            until_on=None,
            review_on=REVIEW,
            today=TODAY,
            now=NOW,
        )


@pytest.mark.parametrize(
    ("days", "refusal"),
    [
        ({"since": TODAY + timedelta(days=1)}, commands.PauseInFuture),
        ({"since": date(2026, 8, 19)}, commands.PauseBeforeYes),
        ({"review": TODAY}, commands.PauseOutOfRange),
        ({"review": TODAY + timedelta(days=181)}, commands.PauseOutOfRange),
        ({"until": TODAY}, commands.PauseOutOfRange),
    ],
)
def test_days_that_cannot_be_are_refused_and_nothing_changes(match, days, refusal) -> None:
    with pytest.raises(refusal):
        rests(match, **days)

    assert fresh(match).state == "active"


@pytest.mark.parametrize("whose", [mentor_of, participant_of])
def test_only_the_coordinator_lets_a_match_rest(match, whose) -> None:
    with pytest.raises(Denied):
        rests(match, who=whose(match))


def test_the_form_keeps_what_was_typed_and_names_the_fault(coordinator, match) -> None:
    typed = {"reason": "work", "from_on": "2026-12-24", "review_on": "2027-01-10"}

    refused = coordinator.post(address("pause", match), typed)

    assert refused.status_code == 422
    assert refused.context["form"]["reason"].value() == "work"
    assert refused.context["form"].non_field_errors() == [
        "The pause begins today or began earlier. Note a later one when it comes."
    ]


def test_today_asks_on_the_day_and_the_page_offers_three_ways(client, match) -> None:
    rests(match)
    with time_machine.travel(NOW + timedelta(days=28), tick=False):
        browser = sign_in(client, staff(match.programme))
        [line] = [
            line
            for line in browser.get(reverse("web:today")).context["lines"]
            if "Olena" in str(line.what)
        ]
        page = browser.get(line.url).content.decode()
        browser.post(address("resume", match))
        after = browser.get(reverse("web:today")).context["lines"]

    assert (str(line.what), line.url) == (
        "Ask Olena and Marta how things stand",
        address("review_pause", match),
    )
    assert [words in page for words in ("Go on", "Rest longer", "Close the match")] == [True] * 3
    assert not [one for one in after if "Olena" in str(one.what)]


def test_the_participant_reads_that_the_meetings_rest_and_not_why(client, match) -> None:
    rests(match, until=TODAY + timedelta(days=20))
    with time_machine.travel(NOW, tick=False):
        page = sign_in(client, participant_of(match)).get(address("match", match))

    said = page.content.decode()
    assert "The match has been resting since 23 November. Probably until 13 December." in said
    assert "ill" not in [word.strip(".,") for word in said.lower().split()]
