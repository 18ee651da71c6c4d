"""Mails: one a day at the hour somebody chose, without a name, never twice, and tried again."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from unittest.mock import patch

import pytest
import time_machine

from kith.base import scope
from kith.gate.actor import job_actor
from kith.gate.tests.factories import MembershipFactory
from kith.people.tests.factories import PersonFactory
from kith.programmes.tests.factories import ProgrammeFactory
from kith.reminders import commands, jobs
from kith.reminders.models import Letter, Reminder
from kith.reminders.permissions import SEND_JOB
from kith.reminders.rules.kinds import About
from kith.reminders.tests.factories import (
    NOW,
    TODAY,
    ChoiceFactory,
    LetterFactory,
    PlanFactory,
    ReminderFactory,
    WishesFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "sends_mail")]
SEND = "django.core.mail.backends.locmem.EmailBackend.send_messages"


@pytest.fixture
def mentor():
    member = MembershipFactory(mentor=True, name="Marta Nowak", email="marta@example.org")
    with scope.entered(member.organisation_id):
        yield member


@pytest.fixture
def send(mentor):
    """Runs the job that sends, at a moment."""

    def run(now=NOW):
        with time_machine.travel(now, tick=False):
            return jobs.send(job_actor(SEND_JOB, mentor.organisation))

    return run


def states(*rows):
    for row in rows:
        row.refresh_from_db()
    return [row.mail for row in rows]


def letters():
    return list(Letter.objects.order_by("begun_at").values_list("state", "tries"))


# ── One mail, and what stands in it ──────────────────────────────────────────────────────────────


def test_several_reminders_come_in_one_mail(mentor, send, mailoutbox) -> None:
    rows = [ReminderFactory(member=mentor) for _ in range(3)]

    said = send()

    assert said == "1 sent"
    assert [mail.to for mail in mailoutbox] == [["marta@example.org"]]
    assert "3 meetings are planned." in mailoutbox[0].body
    assert states(*rows) == ["in_letter"] * 3


def test_the_subject_is_the_same_for_everybody_and_names_nobody(mentor, send, mailoutbox) -> None:
    ReminderFactory(member=mentor)
    ReminderFactory(member=mentor, kind="test.message", link="/messages/")

    send()

    mail = mailoutbox[0]
    assert mail.subject == "A reminder from Kith"
    assert "Marta" not in mail.body
    assert "A meeting is planned for tomorrow.\nhttps://kith.example.org/matches/\n" in mail.body
    assert "A message came.\nhttps://kith.example.org/messages/\n" in mail.body


def test_several_of_one_kind_lead_to_the_list_in_kith(mentor, send, mailoutbox) -> None:
    for _ in range(2):
        ReminderFactory(member=mentor)

    send()

    assert "2 meetings are planned.\nhttps://kith.example.org/reminders/\n" in mailoutbox[0].body


def test_the_mail_speaks_the_language_of_its_reader(mentor, send, mailoutbox) -> None:
    from kith.base import permit

    mentor.user.language = "pl"
    with permit.lifted():
        mentor.user.save()
    ReminderFactory(member=mentor)

    send()

    assert mailoutbox[0].subject == "Przypomnienie z Kith"
    assert mailoutbox[0].body.startswith("Dzień dobry")


def test_a_program_that_reads_mail_can_stop_it_with_one_click(mentor, send, mailoutbox) -> None:
    ReminderFactory(member=mentor)

    send()

    headers, letter = mailoutbox[0].extra_headers, Letter.objects.get()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = headers["List-Unsubscribe"].strip("<>")
    assert stop.startswith("https://kith.example.org/reminders/stop/")
    assert stop in mailoutbox[0].body
    assert headers["Message-ID"] == f"<{letter.pk}@kith.example.org>"


# ── When ─────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_goes_before_the_hour(mentor, send, mailoutbox) -> None:
    ReminderFactory(member=mentor)

    before, after = send(NOW - timedelta(minutes=5)), send(NOW)

    assert (before, after) == ("0 sent", "1 sent")


def test_the_second_thing_of_a_day_waits_for_the_mail_of_the_next(mentor, send, mailoutbox) -> None:
    ReminderFactory(member=mentor)
    send()
    later = ReminderFactory(member=mentor, mail_at=NOW + timedelta(minutes=30))

    said = [send(NOW + timedelta(hours=hours)) for hours in (1, 10, 23, 24)]

    assert said == ["0 sent", "0 sent", "0 sent", "1 sent"]
    assert states(later) == ["in_letter"]


def test_at_night_nothing_goes_even_when_the_worker_comes_late(mentor, send, mailoutbox) -> None:
    row = ReminderFactory(member=mentor)
    night = NOW.replace(hour=22)

    late = send(night)

    row.refresh_from_db()
    assert late == "0 sent"
    assert row.mail_at == NOW.replace(minute=0) + timedelta(days=1)
    assert send(NOW + timedelta(days=1)) == "1 sent"


def test_the_quiet_of_the_programme_counts(mentor, send) -> None:
    programme = ProgrammeFactory(organisation=mentor.organisation)
    PlanFactory(
        programme=programme, organisation=mentor.organisation, quiet_until=10, on_weekends=True
    )
    ReminderFactory(member=mentor, programme=programme)

    assert [send(NOW.replace(hour=hour)) for hour in (8, 9, 10)] == ["0 sent", "0 sent", "1 sent"]


def test_what_happens_at_once_is_mailed_at_once_and_takes_the_rest_of_the_day_along(
    mentor, send, mailoutbox
) -> None:
    evening = WishesFactory(member=mentor)
    meeting = ReminderFactory(member=mentor, mail_at=NOW.replace(hour=evening.hour))
    ReminderFactory(member=mentor, kind="test.message", mail_at=NOW)

    said = [send(), send(NOW.replace(hour=18))]

    assert said == ["1 sent", "0 sent"]
    assert "A meeting is planned for tomorrow." in mailoutbox[0].body
    assert states(meeting) == ["in_letter"]


def test_mails_that_go_at_once_leave_an_hour_between_them(mentor, send) -> None:
    ReminderFactory(member=mentor, kind="test.message", mail_at=NOW)
    send()
    ReminderFactory(member=mentor, kind="test.message", mail_at=NOW + timedelta(minutes=1))

    said = [send(NOW + timedelta(minutes=minutes)) for minutes in (2, 59, 60)]

    assert said == ["0 sent", "0 sent", "1 sent"]


def test_whoever_wants_one_mail_a_day_gets_no_other(mentor, send) -> None:
    WishesFactory(member=mentor, only_daily=True, hour=8)
    ReminderFactory(member=mentor)
    send()
    ReminderFactory(member=mentor, kind="test.message", mail_at=NOW)

    assert [send(NOW.replace(hour=12)), send(NOW + timedelta(days=1))] == ["0 sent", "1 sent"]


# ── What needs no mail any more ──────────────────────────────────────────────────────────────────


def test_what_was_done_or_looked_at_meanwhile_is_not_mailed(
    ground, mentor, send, mailoutbox
) -> None:
    done, seen = ReminderFactory(member=mentor), ReminderFactory(member=mentor, seen_at=NOW)
    ground.done = {About(mentor.user_id, done.subject)}

    send()

    assert states(done, seen) == ["needless", "needless"]
    assert mailoutbox == []


def test_whoever_turned_mails_off_meanwhile_gets_none(mentor, send, mailoutbox) -> None:
    row = ReminderFactory(member=mentor)
    ChoiceFactory(member=mentor)

    send()

    assert states(row) == ["unwanted"]
    assert mailoutbox == []


@pytest.mark.parametrize("why", ["no_mail", "no_address", "not_safe"])
def test_what_cannot_be_mailed_is_held_and_says_why(
    settings, send, mentor, mailoutbox, why
) -> None:
    if why == "no_mail":
        settings.KITH_MAIL_URL = ""
    member = MembershipFactory(
        mentor=True,
        organisation=mentor.organisation,
        email="" if why == "no_address" else "yusuf@example.org",
    )
    PersonFactory(
        organisation=mentor.organisation, user=member.user, safe_to_write=why != "not_safe"
    )
    row = ReminderFactory(member=member)

    send()

    row.refresh_from_db()
    assert (row.mail, row.why_held, row.over_at) == ("held", why, None)
    assert mailoutbox == []


def test_mail_that_could_have_gone_days_ago_stays_away(mentor, send) -> None:
    early = ReminderFactory(member=mentor, mail_at=NOW - timedelta(days=3))
    late = ReminderFactory(member=mentor, mail_at=NOW - timedelta(days=3, seconds=1))

    send()

    assert states(early, late) == ["in_letter", "held"]


# ── Trying again, and never twice ────────────────────────────────────────────────────────────────


def test_a_server_that_does_not_answer_is_asked_again_and_again(mentor, send) -> None:
    ReminderFactory(member=mentor)
    with patch(SEND, side_effect=SMTPServerDisconnected()):
        send()
        soon = send(NOW + timedelta(minutes=4, seconds=59))
        again = send(NOW + timedelta(minutes=5))

    assert (soon, again) == ("0 sent", "0 sent")
    assert letters() == [("later", 2)]
    assert send(NOW + timedelta(minutes=35)) == "1 sent"
    assert letters() == [("sent", 3)]


def test_after_six_tries_a_mail_is_given_up(mentor, send) -> None:
    ReminderFactory(member=mentor)
    now = NOW
    with patch(SEND, side_effect=SMTPServerDisconnected()):
        for _ in range(6):
            send(now)
            now = Letter.objects.get().next_try_at or now

    assert letters() == [("failed", 6)]


def test_an_address_that_is_refused_is_not_tried_again(mentor, send) -> None:
    ReminderFactory(member=mentor)
    refused = SMTPRecipientsRefused({"marta@example.org": (550, b"no such user")})

    with patch(SEND, side_effect=refused):
        send()

    assert letters() == [("failed", 1)]


def test_a_box_that_is_full_for_now_is_tried_again(mentor, send) -> None:
    ReminderFactory(member=mentor)
    full = SMTPRecipientsRefused({"marta@example.org": (452, b"full")})

    with patch(SEND, side_effect=full):
        send()

    assert letters() == [("later", 1)]


def test_a_mail_that_was_on_its_way_when_the_worker_fell_over_goes_no_second_time(
    mentor, send, mailoutbox
) -> None:
    ReminderFactory(member=mentor)
    fall = patch("kith.reminders.commands.note_outcome", side_effect=KeyboardInterrupt)
    with fall, pytest.raises(KeyboardInterrupt):
        send()
    assert len(mailoutbox) == 1

    said = [send(NOW + timedelta(minutes=minutes)) for minutes in (1, 16, 60)]

    assert said == ["0 sent"] * 3
    assert len(mailoutbox) == 1
    assert letters() == [("unsure", 0)]


def test_a_mail_that_was_ready_when_the_worker_fell_over_goes_afterwards(
    mentor, send, mailoutbox
) -> None:
    other = MembershipFactory(mentor=True, organisation=mentor.organisation)
    for member in (mentor, other):
        ReminderFactory(member=member)
    fall = patch("kith.reminders.commands.take_letter", side_effect=KeyboardInterrupt)
    with fall, pytest.raises(KeyboardInterrupt):
        send()
    assert letters() == [("ready", 0), ("ready", 0)]

    assert send(NOW + timedelta(minutes=1)) == "2 sent"
    assert len(mailoutbox) == 2


def test_a_mail_tried_again_says_nothing_of_what_was_done_since(ground, mentor, send) -> None:
    row = ReminderFactory(member=mentor)
    with patch(SEND, side_effect=SMTPServerDisconnected()):
        send()
    ground.done = {About(mentor.user_id, row.subject)}

    said = send(NOW + timedelta(minutes=5))

    assert said == "0 sent"
    assert letters() == [("needless", 1)]


def test_each_letter_is_one_line_of_the_audit_for_taking_and_one_for_what_became_of_it(
    mentor, send
) -> None:
    from kith.gate.models import AuditEvent

    ReminderFactory(member=mentor)
    send()

    letter = Letter.objects.get()
    lines = AuditEvent.objects.filter(row_id=letter.pk).values_list("verb", "actor_id")
    assert list(lines) == [("reminders.send", SEND_JOB)] * 2


# ── Erasing, and the end of the time ─────────────────────────────────────────────────────────────


def test_nothing_is_left_of_somebody_who_is_erased_or_leaves(mentor) -> None:
    from kith.base import permit

    person = PersonFactory(organisation=mentor.organisation, user=mentor.user)
    ReminderFactory(member=mentor, letter=LetterFactory(member=mentor), mail="in_letter")
    WishesFactory(member=mentor)
    ChoiceFactory(member=mentor)
    other = ReminderFactory(member__organisation=mentor.organisation)

    with permit.lifted():
        commands.forget_person(person.pk)

    assert list(Reminder.objects.all()) == [other]
    assert Letter.objects.count() == 0


def test_reminders_are_removed_two_months_after_their_day(mentor) -> None:
    from kith.gate.retention import run_retention

    letter = LetterFactory(member=mentor)
    ReminderFactory(member=mentor, letter=letter, mail="in_letter", mail_at=None)
    actor = job_actor("gate.retention", mentor.organisation)

    run_retention(actor, as_of=TODAY + timedelta(days=59))
    kept = Reminder.objects.count()
    run_retention(actor, as_of=TODAY + timedelta(days=60))

    assert (kept, Reminder.objects.count(), Letter.objects.count()) == (1, 0, 0)
