"""Requests for interpreters: they follow a meeting until somebody comes or nobody is wanted."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kith.base import permit, scope
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.interpreters import commands, queries, wiring
from kith.interpreters.models import Booking, InterpreterRequest
from kith.interpreters.rules import Way
from kith.interpreters.tests.factories import (
    AcceptanceFactory,
    BookingFactory,
    InterpreterFactory,
    InterpreterNeedFactory,
    InterpreterRequestFactory,
    SpokenFactory,
)
from kith.mentoring.commands import cancel_meeting, move_meeting, plan_meeting
from kith.mentoring.rules.notes import MeetingPlan
from kith.mentoring.tests.factories import NOW, MatchFactory, mentor_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)
DAY = timedelta(days=1)


@pytest.fixture
def match():
    match = MatchFactory(participant__called="Olena")
    with scope.entered(match.organisation_id), time_machine.travel(NOW, tick=False):
        yield match


@pytest.fixture
def mentor(match):
    return actor_of(mentor_of(match))


@pytest.fixture
def staff(match):
    return MembershipFactory(organisation=match.organisation)


def plan(days=3, **given):
    return MeetingPlan(at=NOW + days * DAY, interpreter_wanted=True, place="Library", **given)


def the_request():
    return InterpreterRequest.objects.get()


def booked(match, row, state="asked"):
    booking = BookingFactory(
        person=match.participant, starts_at=row.starts_at, state=state, interpreter__name="Hanna"
    )
    with permit.lifted():
        row.booking, row.state = booking, "booked"
        row.save()
    return booking


def urls(staff):
    return [line.url for line in wiring._to_book(actor_of(staff), TODAY)]


def test_a_meeting_that_wants_an_interpreter_asks_for_one_at_its_time(match, mentor, staff) -> None:
    need = InterpreterNeedFactory(person=match.participant)

    plan_meeting(mentor, match=match, plan=plan(minutes=90), now=NOW)

    row = the_request()
    assert (row.state, row.starts_at, row.minutes, row.way) == (
        "open",
        NOW + 3 * DAY,
        90,
        "in_person",
    )
    assert urls(staff) == [reverse("interpreters:book", args=[need.pk]) + f"?request={row.pk}"]


def test_without_the_languages_the_line_leads_to_them_first(match, mentor, staff) -> None:
    plan_meeting(mentor, match=match, plan=plan(), now=NOW)

    assert urls(staff) == [reverse("interpreters:need", args=[match.participant_id])]


@pytest.mark.parametrize(
    "given", [{"interpreter_wanted": False}, {"way": "message", "interpreter_wanted": True}]
)
def test_nobody_is_asked_for_where_nobody_is_wanted_or_people_write(match, mentor, given) -> None:
    plan_meeting(mentor, match=match, plan=MeetingPlan(at=NOW + DAY, **given), now=NOW)

    assert InterpreterRequest.objects.count() == 0


def test_moving_the_meeting_moves_what_nobody_is_booked_for(match, mentor) -> None:
    meeting = plan_meeting(mentor, match=match, plan=plan(), now=NOW)

    move_meeting(mentor, match=match, meeting=meeting, plan=plan(5), now=NOW)

    assert (the_request().state, the_request().starts_at) == ("open", NOW + 5 * DAY)


def test_calling_off_the_meeting_withdraws_the_request(match, mentor, staff) -> None:
    meeting = plan_meeting(mentor, match=match, plan=plan(), now=NOW)

    cancel_meeting(mentor, match=match, meeting=meeting, now=NOW)

    assert the_request().state == "withdrawn"
    assert urls(staff) == []
    assert queries.said_of([meeting.pk]) == {}


def test_whoever_is_booked_is_asked_about_the_new_time(client, match, mentor, staff) -> None:
    meeting = plan_meeting(mentor, match=match, plan=plan(), now=NOW)
    booking = booked(match, the_request(), state="accepted")
    page = reverse("interpreters:booking", args=[booking.pk])

    move_meeting(mentor, match=match, meeting=meeting, plan=plan(5), now=NOW)
    assert the_request().state == "moved"
    assert urls(staff) == [page]
    assert "The meeting has moved" in sign_in(client, staff).get(page).content.decode()
    client.post(reverse("interpreters:new_time", args=[booking.pk]))

    booking.refresh_from_db()
    assert (booking.state, booking.starts_at) == ("asked", NOW + 5 * DAY)
    assert the_request().state == "booked"


def test_nobody_is_moved_to_a_time_at_which_they_are_taken(match, mentor, staff) -> None:
    meeting = plan_meeting(mentor, match=match, plan=plan(), now=NOW)
    booking = booked(match, the_request())
    BookingFactory(
        person=match.participant, interpreter=booking.interpreter, starts_at=NOW + 5 * DAY
    )
    move_meeting(mentor, match=match, meeting=meeting, plan=plan(5), now=NOW)

    with pytest.raises(commands.Busy):
        commands.ask_about_new_time(actor_of(staff), request=the_request(), today=TODAY, now=NOW)


def test_whoever_is_booked_for_what_is_off_is_told_and_then_it_is_done(
    match, mentor, staff
) -> None:
    meeting = plan_meeting(mentor, match=match, plan=plan(), now=NOW)
    booking = booked(match, the_request())

    cancel_meeting(mentor, match=match, meeting=meeting, now=NOW)
    assert urls(staff) == [reverse("interpreters:booking", args=[booking.pk])]
    commands.call_off(actor_of(staff), booking=booking, today=TODAY)

    assert urls(staff) == []


def test_when_the_interpreter_cannot_come_somebody_else_is_looked_for(match, mentor, staff) -> None:
    meeting = plan_meeting(mentor, match=match, plan=plan(), now=NOW)
    booking = booked(match, the_request())
    before = str(queries.said_of([meeting.pk])[meeting.pk])

    commands.note_answer(actor_of(staff), booking=booking, comes=False, today=TODAY)

    assert before == "an interpreter is asked"
    assert (the_request().state, the_request().booking) == ("open", None)
    assert str(queries.said_of([meeting.pk])[meeting.pk]) == "an interpreter is being looked for"


def test_booking_begins_with_day_time_place_and_closes_the_request(client, match, staff) -> None:
    need = InterpreterNeedFactory(person=match.participant)
    row = InterpreterRequestFactory(person=match.participant, starts_at=NOW + 3 * DAY)
    interpreter = InterpreterFactory(organisation=match.organisation)
    AcceptanceFactory(interpreter=interpreter)
    for language in ("ar", "pl"):
        SpokenFactory(interpreter=interpreter, language=language)
    page = reverse("interpreters:book", args=[need.pk]) + f"?request={row.pk}"

    first = sign_in(client, staff).get(page).context["form"].initial
    sent = {**first, "interpreter": str(interpreter.pk), "day": first["day"].isoformat()}
    client.post(page, sent)

    booking = Booking.objects.get()
    row.refresh_from_db()
    assert (first["place"], booking.starts_at) == ("Library", row.starts_at)
    assert (row.state, row.booking_id) == ("booked", booking.pk)


def test_wanting_again_after_calling_off_opens_it_again(match) -> None:
    matter = uuid4()
    time = commands.Time(starts_at=NOW + DAY, minutes=60, way=Way.PHONE)
    with permit.lifted():
        commands.want(match.participant_id, matter=matter, time=time, today=TODAY)
        commands.withdraw(matter)
        commands.want(match.participant_id, matter=matter, time=time, today=TODAY)

    assert the_request().state == "open"


def test_requests_go_with_the_person_and_some_weeks_after_their_time(match) -> None:
    row = InterpreterRequestFactory(person=match.participant, starts_at=NOW)

    assert list(queries.requests_before(TODAY)) == [row.pk]
    assert list(queries.requests_before(TODAY - DAY)) == []
    with permit.lifted():
        commands.let_go_of_person(match.participant_id)
    assert InterpreterRequest.objects.count() == 0
