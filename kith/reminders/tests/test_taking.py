"""Reminders come into being once, for those who want them, when their programme says so."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from kith.base import permit, scope
from kith.gate.actor import job_actor
from kith.gate.tests.factories import MembershipFactory
from kith.programmes.tests.factories import ProgrammeFactory
from kith.reminders import commands, jobs
from kith.reminders.models import Asked, Reminder
from kith.reminders.permissions import REMIND_JOB
from kith.reminders.rules.kinds import About, Due
from kith.reminders.rules.moments import Quiet, Timing
from kith.reminders.tests.factories import (
    NOW,
    TODAY,
    AskedFactory,
    ChoiceFactory,
    PlanFactory,
    ReminderFactory,
)

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def mentor():
    member = MembershipFactory(mentor=True)
    with scope.entered(member.organisation_id):
        yield member


@pytest.fixture
def hour(mentor):
    """Runs the hourly job at a moment, as the worker would; gives its sentence."""

    def run(now=NOW):
        with time_machine.travel(now, tick=False):
            return jobs.remind(job_actor(REMIND_JOB, mentor.organisation))

    return run


def due(member, on=TOMORROW, subject=None, **fields):
    return Due(member.user_id, subject or uuid4(), on, "/matches/", **fields)


def kept():
    return [(row.member, row.kind, row.due_on) for row in Reminder.objects.order_by("due_on")]


def test_a_source_is_asked_and_somebody_is_reminded_once(ground, mentor, hour) -> None:
    ground.dues = [due(mentor)]

    said = [hour(), hour(NOW + timedelta(hours=1)), hour(NOW + timedelta(hours=2))]

    assert kept() == [(mentor, "test.meeting", TODAY)]
    assert [one.split(",")[0] for one in said] == ["1 new", "0 new", "0 new"]


def test_the_day_before_is_meant_and_no_other(ground, mentor, hour) -> None:
    ground.dues = [
        due(mentor, TODAY),
        due(mentor, TOMORROW),
        due(mentor, TODAY + timedelta(days=2)),
    ]

    hour()

    assert kept() == [(mentor, "test.meeting", TODAY)]


def test_after_a_rest_of_the_worker_what_was_due_meanwhile_is_made_up_for(
    ground, mentor, hour
) -> None:
    hour()
    ground.dues = [due(mentor, TODAY + timedelta(days=days)) for days in range(1, 6)]

    hour(NOW + timedelta(days=3))

    assert [row[2] for row in kept()] == [TODAY + timedelta(days=days) for days in range(4)]


def test_after_a_long_rest_nobody_is_reminded_of_what_is_weeks_ago(ground, mentor, hour) -> None:
    AskedFactory(organisation=mentor.organisation, until=TODAY - timedelta(days=60))
    ground.dues = [due(mentor, TODAY - timedelta(days=days)) for days in (6, 7, 40)]

    hour()

    assert [row[2] for row in kept()] == [TODAY - timedelta(days=7)]


def test_what_is_done_is_over_and_its_mail_does_not_go(ground, mentor, hour) -> None:
    row = ReminderFactory(member=mentor)
    ground.done = {About(mentor.user_id, row.subject)}

    hour(NOW)

    row.refresh_from_db()
    assert (row.over_at, row.mail) == (NOW, "needless")


def test_a_reminder_of_a_room_that_is_gone_is_over(ground, mentor, hour) -> None:
    row = ReminderFactory(member=mentor, kind="gone.kind")

    hour()

    row.refresh_from_db()
    assert row.over_at == NOW


def test_a_later_day_takes_the_place_of_an_earlier_one(ground, mentor, hour) -> None:
    subject = uuid4()
    before = ReminderFactory(member=mentor, subject=subject, due_on=TODAY - timedelta(days=6))
    ground.dues = [due(mentor, subject=subject)]

    hour()

    before.refresh_from_db()
    assert before.over_at == NOW
    assert [row.due_on for row in Reminder.objects.filter(over_at=None)] == [TODAY]


def test_whoever_turned_a_kind_off_everywhere_is_not_reminded(ground, mentor, hour) -> None:
    for channel in ("mail", "kith"):
        ChoiceFactory(member=mentor, channel=channel)
    ground.dues = [due(mentor)]

    hour()

    assert kept() == []


@pytest.mark.parametrize(
    ("channel", "in_kith", "mail"), [("mail", True, "unwanted"), ("kith", False, "waiting")]
)
def test_whoever_turned_one_way_off_is_reminded_in_the_other(
    ground, mentor, hour, channel, in_kith, mail
) -> None:
    ChoiceFactory(member=mentor, channel=channel)
    ground.dues = [due(mentor)]

    hour(NOW.replace(hour=5))

    row = Reminder.objects.get()
    assert (row.in_kith, row.mail) == (in_kith, mail)


def test_a_programme_reminds_on_its_own_days_or_not_at_all(ground, mentor, hour) -> None:
    early, silent, usual = (ProgrammeFactory(organisation=mentor.organisation) for _ in range(3))
    PlanFactory(
        programme=early,
        organisation=mentor.organisation,
        timings={"test.meeting": {"on": True, "days": 3}},
        on_weekends=True,
    )
    PlanFactory(
        programme=silent,
        organisation=mentor.organisation,
        timings={"test.meeting": {"on": False, "days": 1}},
        on_weekends=True,
    )
    in_three = TODAY + timedelta(days=3)
    ground.dues = [
        due(mentor, on, programme_id=programme.pk)
        for on in (TOMORROW, in_three)
        for programme in (early, silent, usual)
    ]

    hour()

    found = Reminder.objects.order_by("id").values_list("programme", "due_on")
    assert set(found) == {(usual.pk, TODAY), (early.pk, TODAY)}
    assert len(found) == 2


def test_somebody_of_another_organisation_is_not_reminded_here(ground, mentor, hour) -> None:
    ground.dues = [due(MembershipFactory(mentor=True))]

    hour()

    assert kept() == []


def test_a_source_that_stumbles_does_not_keep_the_others_from_their_work(
    ground, mentor, hour, monkeypatch
) -> None:
    from kith.reminders.rules import kinds

    def stumble(first, last):
        raise ValueError("Olena")

    rare = kinds._kinds["test.rare"]
    monkeypatch.setitem(kinds._kinds, "a.fault", type(rare)(**{**vars(rare), "source": stumble}))
    ground.dues = [due(mentor)]

    with pytest.raises(ExceptionGroup):
        hour()

    assert kept() == [(mentor, "test.meeting", TODAY)]


def test_the_day_up_to_which_a_source_has_told_is_kept(ground, mentor, hour) -> None:
    hour()
    hour(NOW + timedelta(days=1))

    assert dict(Asked.objects.values_list("kind", "until")) == {
        "test.meeting": TOMORROW,
        "test.rare": TOMORROW,
    }


# ── Announced by an act of a room above ──────────────────────────────────────────────────────────


def say(member, subject, now=NOW):
    with permit.lifted():
        return commands.remind("test.message", [due(member, TODAY, subject)], now=now)


def test_an_act_reminds_at_once(ground, mentor) -> None:
    say(mentor, uuid4())

    row = Reminder.objects.get()
    assert (row.member, row.due_on, row.mail_at) == (mentor, TODAY, NOW)


def test_whoever_has_not_looked_is_not_told_of_the_same_again(ground, mentor) -> None:
    subject = uuid4()

    told = [
        say(mentor, subject),
        say(mentor, subject),
        say(mentor, subject, NOW + timedelta(days=2)),
    ]

    assert told == [1, 0, 0]
    assert Reminder.objects.count() == 1


def test_whoever_has_looked_is_told_anew_also_on_the_same_day(ground, mentor) -> None:
    subject = uuid4()
    say(mentor, subject)
    with permit.lifted():
        commands.settle("test.message", subject, now=NOW + timedelta(hours=1))

    told = say(mentor, subject, NOW + timedelta(hours=2))

    assert told == 1
    row = Reminder.objects.get(over_at=None)
    assert (row.seen_at, row.mail, row.mail_at) == (None, "waiting", NOW + timedelta(hours=2))


def test_an_act_settles_for_one_person_or_for_all(ground, mentor) -> None:
    subject, other = uuid4(), MembershipFactory(mentor=True, organisation=mentor.organisation)
    say(mentor, subject)
    say(other, subject)

    with permit.lifted():
        commands.settle("test.message", subject, now=NOW, user_id=mentor.user_id)

    assert list(Reminder.objects.filter(over_at=None)) == [Reminder.objects.get(member=other)]


def test_an_unknown_kind_is_a_programming_mistake(ground, mentor) -> None:
    with permit.lifted(), pytest.raises(KeyError):
        commands.remind("no.kind", [], now=NOW)


# ── Plans ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("quiet", "days", "works"),
    [
        (Quiet(17, 11), 90, True),
        (Quiet(24, 5), 0, True),
        (Quiet(16, 8), 1, False),
        (Quiet(20, 12), 1, False),
        (Quiet(20, 8), 91, False),
        (Quiet(20, 8), -1, False),
    ],
    ids=str,
)
def test_what_a_plan_may_say(ground, mentor, quiet, days, works) -> None:
    ewa = MembershipFactory(organisation=mentor.organisation)
    from kith.gate.tests.factories import actor_of

    def act():
        return commands.set_plan(
            actor_of(ewa),
            programme=None,
            quiet=quiet,
            timings={"test.meeting": Timing(True, days)},
        )

    if works:
        assert act().plan.quiet == quiet
    else:
        with pytest.raises(commands.NoSuchTime):
            act()
