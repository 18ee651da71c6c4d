"""Supervision in time, and not too many matches at once: rules, acts, pages, who sees what."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kith.base import permit, scope
from kith.base.errors import Denied
from kith.gate.actor import job_actor
from kith.gate.models import AuditEvent
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.matching.tests.factories import ProgrammeFactory, staff
from kith.mentoring import commands
from kith.mentoring.commands.supervision import look_after
from kith.mentoring.models import Attendance, MentorCare, Supervision
from kith.mentoring.permissions import REMIND_JOB
from kith.mentoring.rules.mentors import (
    MentorDates,
    MentorRules,
    crowded_on,
    rules_for,
    supervise_on,
    themes,
)
from kith.mentoring.tests.factories import NOW, TODAY, MatchFactory, MentorCareFactory, mentor_of
from kith.programmes.rules import TEMPLATE_KEYS, load_template

pytestmark = pytest.mark.django_db

SOON = NOW + timedelta(days=2)
BEGAN = TODAY - timedelta(days=200)
DATES = MentorDates(since=BEGAN, supervised_on=None, planned_on=None, began=(BEGAN,))
WEEKS = dict.fromkeys(TEMPLATE_KEYS, 8)
MOST = {**dict.fromkeys(TEMPLATE_KEYS, 2), "ca_welcome_group": 1}


# ── Rules, on both sides of each limit, for every template ───────────────────────────────────────


@pytest.mark.parametrize("key", TEMPLATE_KEYS)
def test_supervision_is_asked_for_after_the_weeks_of_the_programme(key) -> None:
    rules = rules_for([load_template(key)])
    limit = timedelta(weeks=WEEKS[key])

    never = supervise_on(MentorDates(TODAY - limit, None, None, (BEGAN,)), rules)
    last = supervise_on(MentorDates(BEGAN, TODAY - limit, None, (BEGAN,)), rules)
    a_day_later = supervise_on(
        MentorDates(BEGAN, TODAY - limit + timedelta(1), None, (BEGAN,)), rules
    )

    assert (never, last, a_day_later) == (TODAY, TODAY, TODAY + timedelta(days=1))


FIRST_WEEK = {"base": 2, "ca_welcome_group": 2}


@pytest.mark.parametrize("key", TEMPLATE_KEYS)
def test_the_rhythm_of_the_template_asks_when_its_week_went_by(key) -> None:
    template = load_template(key)
    over = BEGAN + timedelta(weeks=FIRST_WEEK.get(key, 4))
    counts = over - timedelta(weeks=2)

    def asked(supervised_on):
        rhythms = ((BEGAN, template.supervision),)
        dates = MentorDates(BEGAN, supervised_on, None, (BEGAN,), rhythms=rhythms)
        return supervise_on(dates, rules_for([template]))

    assert asked(None) == over
    assert asked(counts - timedelta(days=1)) == over
    assert asked(counts) > over


def test_supervision_is_planned_every_second_week_at_first_and_then_every_month() -> None:
    template = load_template("base")
    held, asked = None, []
    for _number in range(6):
        rhythms = ((BEGAN, template.supervision),)
        dates = MentorDates(BEGAN, held, None, (BEGAN,), rhythms=rhythms)
        over = supervise_on(dates, MentorRules(8, 2))
        assert over is not None
        asked.append((over - BEGAN).days // 7)
        held = over - timedelta(days=1)

    assert asked == [2, 4, 6, 8, 12, 16]


def test_what_a_rhythm_planned_before_it_was_asked_for_is_let_go() -> None:
    template = load_template("base")
    since = BEGAN + timedelta(weeks=9)
    dates = MentorDates(since, None, None, (BEGAN,), rhythms=((BEGAN, template.supervision),))

    assert supervise_on(dates, rules_for([template])) == BEGAN + timedelta(weeks=12)


def test_a_planned_session_puts_it_off_until_the_day_after_it() -> None:
    rules = MentorRules(supervision_weeks=8, most_matches=2)
    planned = MentorDates(BEGAN, None, TODAY + timedelta(days=3), (BEGAN,))

    assert supervise_on(planned, rules) == TODAY + timedelta(days=4)


def test_who_accompanies_nobody_is_not_asked_for_supervision() -> None:
    rules = MentorRules(supervision_weeks=8, most_matches=2)

    assert supervise_on(MentorDates(BEGAN, None, None, ()), rules) is None


@pytest.mark.parametrize("key", TEMPLATE_KEYS)
def test_one_match_more_than_the_programme_plans_is_noticed(key) -> None:
    rules, most = rules_for([load_template(key)]), MOST[key]
    days = tuple(BEGAN + timedelta(days=number) for number in range(most + 1))

    enough = MentorDates(BEGAN, None, None, days[:most])
    more = MentorDates(BEGAN, None, None, days)
    agreed = MentorDates(BEGAN, None, None, days, kept=most + 1)

    assert crowded_on(enough, rules) is None
    assert crowded_on(more, rules) == days[-1]
    assert crowded_on(agreed, rules) is None


def test_the_strictest_of_several_programmes_counts() -> None:
    both = [load_template("ca_welcome_group"), load_template("base")]

    assert rules_for(both) == MentorRules(supervision_weeks=8, most_matches=1)
    assert rules_for([]) is None


# ── Acts ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def match():
    """Marta accompanies Olena since 20 August, in a programme with supervision in week 4 and then
    every six weeks. She was never supervised: week 10 went by."""
    row = MatchFactory(
        participant__called="Olena", mentor__called="Marta", mentor__name="Marta Lis"
    )
    with scope.entered(row.organisation_id), permit.lifted():
        MentorCare.objects.all().delete()
        look_after([row.mentor_id], on=TODAY - timedelta(weeks=8))
    return row


WEEK_10_OVER, WEEK_16_OVER = date(2026, 10, 29), date(2026, 12, 10)


def barbara_of(match):
    return MembershipFactory(organisation=match.organisation, roles=["supervisor"])


def care_of(match) -> MentorCare:
    with scope.entered(match.organisation_id):
        return MentorCare.objects.select_related("person").get(person=match.mentor_id)


def planned(match, *, who=None, at: datetime = SOON) -> Supervision:
    return commands.plan_supervision(
        actor_of(who or barbara_of(match)), mentors=[match.mentor], planned_at=at, now=NOW
    )


def held(match, session, *, came=True, on: date = TODAY, minutes=60, about=("role",), who=None):
    return commands.hold_supervision(
        actor_of(who or barbara_of(match)),
        session=session,
        held_on=on,
        minutes=minutes,
        came=[match.mentor_id] if came else [],
        about=about,
        today=TODAY,
    )


def test_a_plan_clears_the_line_and_a_held_session_starts_the_weeks_anew(match) -> None:
    assert care_of(match).supervise_on == WEEK_10_OVER

    session = planned(match)
    with_plan = care_of(match).supervise_on
    held(match, session)

    found = care_of(match)
    assert with_plan == SOON.date() + timedelta(days=1)
    assert (found.supervised_on, found.planned_on) == (TODAY, None)
    assert found.supervise_on == WEEK_16_OVER


def test_who_was_invited_and_did_not_come_still_waits(match) -> None:
    held(match, planned(match), came=False)

    assert care_of(match).supervise_on == WEEK_10_OVER
    with scope.entered(match.organisation_id):
        assert [one.came for one in Attendance.objects.all()] == [False]


def test_a_session_that_is_called_off_counts_for_nothing(match) -> None:
    session = planned(match)

    commands.call_off_supervision(actor_of(barbara_of(match)), session=session, today=TODAY)

    assert care_of(match).supervise_on == WEEK_10_OVER
    with pytest.raises(commands.SessionOver):
        held(match, session)


def test_several_mentors_make_a_group_and_only_known_areas_are_kept(match) -> None:
    other: Any = MatchFactory(programme=match.programme)
    session = commands.plan_supervision(
        actor_of(barbara_of(match)),
        mentors=[match.mentor, other.mentor],
        planned_at=SOON,
        now=NOW,
    )

    noted = held(match, session, about=["ending", "Olena's story", "role"])

    assert (session.form, noted.themes) == ("group", ["role", "ending"])
    with scope.entered(match.organisation_id):
        came = dict(Attendance.objects.values_list("mentor_id", "came"))
    assert came == {match.mentor_id: True, other.mentor_id: False}


@pytest.mark.parametrize(
    ("at", "refusal"),
    [
        (NOW - timedelta(minutes=1), commands.SessionTooFar),
        (NOW + timedelta(days=366), commands.SessionTooFar),
    ],
)
def test_a_session_lies_ahead_within_a_year(match, at, refusal) -> None:
    with pytest.raises(refusal):
        planned(match, at=at)


def test_nobody_and_a_crowd_are_not_invited(match) -> None:
    barbara = actor_of(barbara_of(match))

    with pytest.raises(commands.NobodyInvited):
        commands.plan_supervision(barbara, mentors=[], planned_at=SOON, now=NOW)
    with pytest.raises(commands.TooManyInvited):
        commands.plan_supervision(barbara, mentors=[match.mentor] * 31, planned_at=SOON, now=NOW)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"on": TODAY + timedelta(days=1)}, commands.SessionInFuture),
        ({"minutes": 0}, commands.SessionMinutesOutOfRange),
        ({"minutes": 481}, commands.SessionMinutesOutOfRange),
    ],
)
def test_what_cannot_have_been_is_not_noted(match, wrong, refusal) -> None:
    session = planned(match)

    with pytest.raises(refusal):
        held(match, session, **wrong)


def test_only_supervisors_and_coordinators_plan_and_note(match) -> None:
    with pytest.raises(Denied):
        planned(match, who=mentor_of(match))


def test_a_second_match_is_fine_a_third_is_noticed_and_an_agreement_clears_it(match) -> None:
    for number in (2, 3):
        MatchFactory(programme=match.programme, mentor=match.mentor)
        with scope.entered(match.organisation_id), permit.lifted():
            look_after([match.mentor_id], on=TODAY)
        assert (care_of(match).crowded_on is None) == (number == 2)

    ewa = actor_of(staff(match.programme))
    kept = commands.keep_load(ewa, care=care_of(match), today=TODAY)

    assert (kept.load_kept, care_of(match).crowded_on) == (3, None)
    with pytest.raises(Denied):
        commands.keep_load(actor_of(barbara_of(match)), care=care_of(match), today=TODAY)


def test_mentors_of_old_matches_are_taken_into_care_from_today_on(match) -> None:
    with scope.entered(match.organisation_id), permit.lifted():
        MentorCare.objects.all().delete()
    job = job_actor(REMIND_JOB, match.organisation)

    with scope.entered(match.organisation_id):
        numbers = [commands.take_into_care(job, today=TODAY) for _ in range(2)]

    assert numbers == [1, 0]
    assert care_of(match).supervise_on == WEEK_16_OVER


def test_the_audit_names_no_area_of_a_session(match) -> None:
    held(match, planned(match), about=["hard_moments"])

    with scope.entered(match.organisation_id):
        events = AuditEvent.objects.filter(verb="mentoring.supervise")
        assert "hard_moments" not in "".join(str(one.__dict__) for one in events)


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def on_the_day():
    with time_machine.travel(NOW, tick=False):
        yield


def lines_of(browser):
    return browser.get(reverse("web:today")).context["lines"]


@pytest.mark.parametrize("role", ["supervisor", "coordinator"])
def test_today_offers_supervision_and_the_plan_clears_the_line(
    client, match, on_the_day, role
) -> None:
    browser = sign_in(client, MembershipFactory(organisation=match.organisation, roles=[role]))

    [line] = [one for one in lines_of(browser) if "supervision" in str(one.what)]
    opened = browser.get(line.url)
    form = {"mentors": [str(match.mentor_id)], "day": "2026-11-25", "time": "17:00"}
    sent = browser.post(reverse("mentoring:plan_supervision"), form)

    assert str(line.what) == "Offer Marta supervision"
    assert opened.context["form"]["mentors"].value() == [str(match.mentor_id)]
    assert sent.status_code == 302
    assert [one for one in lines_of(browser) if "Offer" in str(one.what)] == []


def test_a_day_before_the_limit_nobody_is_asked(client, match) -> None:
    with time_machine.travel(datetime(2026, 10, 28, 23, 0, tzinfo=NOW.tzinfo), tick=False):
        browser = sign_in(client, barbara_of(match))

        assert [one for one in lines_of(browser) if "supervision" in str(one.what)] == []


def test_the_supervisor_notes_a_session_on_its_page(client, match, on_the_day) -> None:
    barbara = barbara_of(match)
    session = planned(match, who=barbara)
    browser, page = sign_in(client, barbara), reverse("mentoring:session", args=[session.pk])
    fields = {"came": [str(match.mentor_id)], "held_on": "2026-11-23", "minutes": "90"}

    refused = browser.post(page, {**fields, "held_on": "2026-12-24", "about": ["role"]})
    noted = browser.post(page, {**fields, "about": ["role"]})

    assert refused.status_code == 422
    assert refused.context["form"]["about"].value() == ["role"]
    assert noted.status_code == 302
    with scope.entered(match.organisation_id):
        [row] = Supervision.objects.all()
    assert (row.state, row.minutes, row.themes) == ("held", 90, ["role"])


def test_the_supervisor_reads_no_participants_name_anywhere(client, match, on_the_day) -> None:
    browser = sign_in(client, barbara_of(match))
    session = planned(match)

    pages = [
        browser.get(reverse(f"mentoring:{name}", args=keys)).content.decode()
        for name, keys in (
            ("supervision", []),
            ("plan_supervision", []),
            ("session", [session.pk]),
            ("match", [match.pk]),
        )
    ]

    assert all("Marta" in page for page in pages)
    assert not any("Olena" in page for page in pages)


def test_a_mentor_sees_the_own_sessions_and_no_others(client, match, on_the_day) -> None:
    stranger = MatchFactory(programme=match.programme)
    held(match, planned(match), about=["ending"])
    planned(match)
    planned(stranger)
    browser = sign_in(client, mentor_of(match))

    found = browser.get(reverse("mentoring:my_supervision")).context["sessions"]
    today = [str(one.what) for one in lines_of(browser)]
    closed = [
        browser.get(reverse(f"mentoring:{name}")).status_code
        for name in ("supervision", "plan_supervision")
    ]

    assert [(one["is_planned"], one["facts"]) for one in found] == [
        (True, "one to one"),
        (False, "one to one · 60 minutes · Saying goodbye"),
    ]
    assert "You have supervision" in today
    assert closed == [404, 404]


def test_another_organisation_finds_no_session(client, match) -> None:
    session = planned(match)
    browser = sign_in(client, MembershipFactory(roles=["supervisor"]))

    assert browser.get(reverse("mentoring:session", args=[session.pk])).status_code == 404
    assert "Marta" not in browser.get(reverse("mentoring:supervision")).content.decode()


def test_a_crowded_mentor_is_a_line_that_leads_to_the_act(client, match, on_the_day) -> None:
    with scope.entered(match.organisation_id), permit.lifted():
        MentorCare.objects.filter(person=match.mentor_id).update(
            running=3, crowded_on=TODAY, supervise_on=None
        )
    browser = sign_in(client, staff(match.programme))

    [line] = [one for one in lines_of(browser) if "too much" in str(one.what)]
    page = browser.get(line.url)
    browser.post(reverse("mentoring:keep_load", args=[care_of(match).pk]))

    assert str(line.why) == ("3 matches at once are more than the programme plans for one mentor.")
    assert page.status_code == 200
    assert [one for one in lines_of(browser) if "too much" in str(one.what)] == []


def test_many_who_wait_are_one_line(client, on_the_day) -> None:
    programme = ProgrammeFactory()
    for name in ("Ada", "Bea", "Cyd", "Dan"):
        MentorCareFactory(
            person__organisation=programme.organisation, person__called=name, supervise_on=TODAY
        )
    browser = sign_in(client, staff(programme))

    [line] = [one for one in lines_of(browser) if "supervision" in str(one.what)]

    assert (str(line.what), line.count) == ("Offer 4 mentors supervision", 4)
    assert str(line.why).endswith("and 1 more: longer without than the programme plans.")


def test_themes_have_words_in_three_languages() -> None:
    for one in themes():
        assert len({one.name.say(language) for language in ("en", "pl", "ar")}) == 3
