"""Acts of messaging: sending, reading, showing, answering, forgetting."""

from datetime import timedelta

import pytest
from django.core import mail

from kith.base import permit, scope
from kith.base.errors import Denied
from kith.gate.actor import member_actor
from kith.gate.commands import founding
from kith.gate.models import AuditEvent
from kith.gate.tests.factories import MembershipFactory
from kith.mentoring.models import Match
from kith.mentoring.tests.factories import (
    NOW,
    TODAY,
    MatchFactory,
    MemberFactory,
    mentor_of,
    participant_of,
)
from kith.messaging import commands
from kith.messaging.models import Message, Report, Seat
from kith.messaging.queries import forgetting, threads
from kith.messaging.rules.limits import KEEP_AFTER_CLOSING, KEEP_AT_MOST, LONGEST_TEXT
from kith.messaging.tests.factories import MessageFactory, ReportFactory, SeatFactory
from kith.messaging.wiring import categories
from kith.people.events import PersonErased
from kith.reminders.models import Reminder

pytestmark = pytest.mark.django_db


@pytest.fixture
def match():
    match = MatchFactory()
    with scope.entered(match.organisation_id):
        yield match


@pytest.fixture
def mentor(match):
    return member_actor(mentor_of(match))


@pytest.fixture
def participant(match):
    return member_actor(participant_of(match))


def send(actor, match, text="See you on Tuesday.", *, now=NOW):
    return commands.send_message(actor, match=match, text=text, now=now)


def waiting(match):
    return {row.person_id: row.unread for row in Seat.objects.filter(match=match)}


def test_a_message_waits_for_everybody_else_until_they_look(match, mentor, participant) -> None:
    send(participant, match)
    send(participant, match, "At five?")

    assert waiting(match) == {match.mentor_id: 2, match.participant_id: 0}
    assert threads.unread_number(mentor) == 2
    assert threads.unread_number(participant) is None

    commands.look(mentor, match=match, now=NOW)
    assert waiting(match) == {match.mentor_id: 0, match.participant_id: 0}
    assert threads.unread_number(mentor) is None


def test_whoever_has_an_account_is_reminded_once_and_no_word_of_it_leaves(
    match, mentor, participant
) -> None:
    send(participant, match, "Zażółć")
    send(participant, match, "Gęślą")

    [reminder] = Reminder.objects.all()
    assert (reminder.kind, reminder.subject) == ("messaging.waits", match.pk)
    assert reminder.member.user_id == mentor.user_id
    assert reminder.over_at is None
    commands.look(mentor, match=match, now=NOW)
    reminder.refresh_from_db()
    assert reminder.over_at == NOW
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("  \n ", commands.MessageEmpty),
        ("a" * (LONGEST_TEXT + 1), commands.MessageTooLong),
    ],
)
def test_nothing_and_too_much_are_not_sent(match, mentor, text, refusal) -> None:
    with pytest.raises(refusal):
        send(mentor, match, text)

    assert list(Message.objects.all()) == []


def test_after_the_end_messages_are_read_and_not_written(participant, match) -> None:
    send(participant, match)
    with permit.lifted():
        Match.objects.update(state="closed", closed_on=TODAY, close_reason="planned_end")

    with pytest.raises(commands.ThreadClosed):
        send(participant, match, "One more thing")

    [message] = threads.page(participant, match=match, before=None).messages
    assert message.text == "See you on Tuesday."


def test_nobody_else_writes_or_reads(match) -> None:
    others = [
        member_actor(mentor_of(MatchFactory(organisation=match.organisation))),
        member_actor(MembershipFactory(organisation=match.organisation)),
        member_actor(mentor_of(MatchFactory())),
    ]

    for other in others:
        with pytest.raises(Denied):
            send(other, match)
        with pytest.raises(Denied):
            commands.look(other, match=match, now=NOW)


def test_who_comes_later_reads_what_was_written_since(match, participant) -> None:
    send(participant, match, "Between us two", now=NOW - timedelta(days=3))
    new = MemberFactory(match=match, since=TODAY)
    send(participant, match, "Welcome")
    actor = member_actor(account(new.person))

    found = threads.page(actor, match=match, before=None).messages

    assert [message.text for message in found] == ["Welcome"]


def account(person):
    from kith.matching.tests.factories import account_of

    return account_of(person, "mentor")


def test_who_left_reads_nothing_and_is_not_counted_for(match, participant) -> None:
    second = MemberFactory(match=match)
    actor = member_actor(account(second.person))
    send(participant, match)
    assert threads.unread_number(actor) == 1

    with permit.lifted():
        second.until, second.leave_reason = TODAY, "no_time"
        second.save()

    assert threads.unread_number(actor) is None
    assert list(threads.matches(actor)) == []
    with pytest.raises(Denied):
        commands.look(actor, match=match, now=NOW)
    send(participant, match)
    assert waiting(match)[second.person_id] == 1


# ── Showing a message to the coordinators ───────────────────────────────────────────────────────


def test_a_shown_message_is_told_to_the_sender_and_answered_to_both(
    match, mentor, participant
) -> None:
    message = send(participant, match, "Give me your house key")
    coordinator = member_actor(MembershipFactory(organisation=match.organisation))

    report = commands.show_message(mentor, message=message, note="What do I say?", now=NOW)
    told = Reminder.objects.filter(kind="messaging.shown")
    assert [row.member.user_id for row in told] == [participant.user_id]

    commands.answer_report(coordinator, report=report, answer=" Keys stay home. ", now=NOW)
    report.refresh_from_db()
    assert (report.answer, report.answered_by_id) == (
        "Keys stay home.",
        coordinator.membership.pk,
    )
    told = Reminder.objects.filter(kind="messaging.answered")
    assert {row.member.user_id for row in told} == {participant.user_id, mentor.user_id}
    with pytest.raises(commands.AlreadyAnswered):
        commands.answer_report(coordinator, report=report, answer="Again", now=NOW)


def test_ones_own_message_is_not_shown_and_no_message_twice(match, mentor, participant) -> None:
    message = send(participant, match)

    with pytest.raises(commands.YourOwnMessage):
        commands.show_message(participant, message=message, note="", now=NOW)
    commands.show_message(mentor, message=message, note="", now=NOW)
    with pytest.raises(commands.AlreadyShown):
        commands.show_message(mentor, message=message, note="", now=NOW)

    assert Report.objects.count() == 1


def test_an_answer_has_words(match) -> None:
    coordinator = member_actor(MembershipFactory(organisation=match.organisation))
    report = ReportFactory(message=MessageFactory(match=match))

    with pytest.raises(commands.AnswerNeeded):
        commands.answer_report(coordinator, report=report, answer=" ", now=NOW)


def test_a_coordinator_does_not_answer_about_a_match_of_their_own(match) -> None:
    both = MembershipFactory(organisation=match.organisation, roles=["coordinator", "mentor"])
    with permit.lifted():
        match.mentor.user = both.user
        match.mentor.save()
    report = ReportFactory(message=MessageFactory(match=match))

    with pytest.raises(Denied):
        commands.answer_report(member_actor(both), report=report, answer="All fine", now=NOW)


def test_the_audit_names_acts_and_no_words(match, mentor, participant) -> None:
    message = send(participant, match, "Zażółć gęślą")
    commands.show_message(mentor, message=message, note="Jaźń", now=NOW)

    verbs = list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True))
    assert [verb for verb in verbs if verb.startswith("messaging.")] == [
        "messaging.write",
        "messaging.show",
    ]


# ── Forgetting ───────────────────────────────────────────────────────────────────────────────────


def clock_of(key):
    return next(one for one in categories() if one.key == key)


def test_messages_of_an_ended_match_go_after_their_time_on_both_sides_of_the_day(match) -> None:
    message = MessageFactory(match=match)
    SeatFactory(match=match)
    with permit.lifted():
        Match.objects.update(state="closed", closed_on=TODAY, close_reason="planned_end")
    category = clock_of("messaging.ended")
    assert category.period == KEEP_AFTER_CLOSING

    assert list(category.due(TODAY - timedelta(days=1))) == []
    assert list(category.due(TODAY)) == [match.pk]

    report = ReportFactory(message=message)
    assert list(category.due(TODAY)) == [], "a report that waits holds what it is about"
    with permit.lifted():
        report.delete()
        category.erase([match.pk])
    assert [Message.objects.count(), Seat.objects.count()] == [0, 0]


def test_very_old_messages_go_while_the_match_runs(match, mentor) -> None:
    MessageFactory(match=match, sent_at=NOW - KEEP_AT_MOST - timedelta(days=1))
    young = MessageFactory(match=match)
    SeatFactory(match=match, unread=2)
    category = clock_of("messaging.old")

    keys = list(category.due(TODAY - KEEP_AT_MOST))
    with permit.lifted():
        category.erase(keys)

    assert list(Message.objects.all()) == [young]
    assert threads.unread_number(mentor) == 1


def test_nothing_is_due_while_the_match_runs(match) -> None:
    MessageFactory(match=match)
    SeatFactory(match=match)

    assert list(forgetting.ended_before(TODAY + timedelta(days=999))) == []


def erase(person_id, organisation):
    from kith.base.events import announce

    with founding(organisation):
        announce(PersonErased(person_id=person_id))


def test_with_a_participant_all_messages_of_the_match_go(match, mentor, participant) -> None:
    message = send(mentor, match)
    send(participant, match)
    ReportFactory(message=message, reporter=match.participant)

    erase(match.participant_id, match.organisation)

    assert [model.objects.count() for model in (Message, Report, Seat)] == [0, 0, 0]


def test_of_a_mentor_goes_what_they_wrote(match, mentor, participant) -> None:
    send(mentor, match)
    kept = send(participant, match)

    erase(match.mentor_id, match.organisation)

    assert list(Message.objects.all()) == [kept]
    assert waiting(match) == {match.participant_id: 1}
