"""Two workers at the same moment: each member gets one mail, and nobody waits for the other."""

from threading import Event, Thread

import pytest
from django.core import mail as outbox
from django.db import connections

from kith.base import scope
from kith.gate.actor import job_actor
from kith.gate.tests.factories import MembershipFactory
from kith.reminders import commands
from kith.reminders.commands import sending
from kith.reminders.models import Letter
from kith.reminders.permissions import SEND_JOB
from kith.reminders.tests.factories import NOW, ReminderFactory


@pytest.mark.usefixtures("ground", "sends_mail")
def test_a_member_whose_mail_one_worker_writes_is_left_alone_by_the_other(
    fresh_database, monkeypatch
) -> None:
    member = MembershipFactory(mentor=True)
    ReminderFactory(member=member)
    actor = job_actor(SEND_JOB, member.organisation)
    began, go_on, looked_after = Event(), Event(), []
    gather_for = sending._gather_for

    def slowly(*args):
        began.set()
        assert go_on.wait(20)
        gather_for(*args)

    def first_worker():
        with scope.entered(member.organisation_id):
            looked_after.append(commands.gather(actor, now=NOW))
        connections.close_all()

    monkeypatch.setattr(sending, "_gather_for", slowly)
    worker = Thread(target=first_worker)
    worker.start()
    assert began.wait(20)
    with scope.entered(member.organisation_id):
        other = commands.gather(actor, now=NOW)
        go_on.set()
        worker.join(20)
        again = commands.gather(actor, now=NOW)
        written = Letter.objects.count()

    assert (looked_after, other, again, written) == ([1], 0, 0, 1)


@pytest.mark.usefixtures("ground", "sends_mail")
def test_a_letter_one_worker_has_taken_is_not_taken_by_the_other(fresh_database) -> None:
    member = MembershipFactory(mentor=True)
    ReminderFactory(member=member)
    actor = job_actor(SEND_JOB, member.organisation)

    with scope.entered(member.organisation_id):
        commands.gather(actor, now=NOW)
        first, second = (commands.take_letter(actor, now=NOW) for _ in range(2))

    assert first is not None
    assert second is None
    assert getattr(outbox, "outbox", []) == []
