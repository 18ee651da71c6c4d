"""What the rota shows to whom: pages, Today, reminders, and how long duties are kept."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kith.base import permit, scope
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.mentoring.queries.members import people_now
from kith.mentoring.tests.factories import (
    NOW,
    MatchFactory,
    MeetingFactory,
    participant_of,
    welcome_group,
)
from kith.people.rules import Side
from kith.people.tests.factories import account_of
from kith.reminders.rules.kinds import About
from kith.rota.models import Duty
from kith.rota.queries import forgetting, lists, reminding, sharing
from kith.rota.rules.states import EMPTY_SOON
from kith.rota.tests.factories import DutyFactory
from kith.rota.wiring import todays

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def match():
    match = welcome_group(participant__called="Amal", mentor__called="Zofia")
    with scope.entered(match.organisation_id), time_machine.travel(NOW, tick=False):
        yield match


@pytest.fixture
def coordinator(match):
    return MembershipFactory(organisation=match.organisation)


def mate(match, number=1):
    row = people_now(match, Side.MENTOR)[number]
    return row, account_of(row.person, "mentor")


def text(answer):
    return answer.content.decode()


def address(name, match, *keys):
    return reverse(f"rota:{name}", args=[match.pk, *keys])


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────


def test_the_family_reads_who_comes_when_and_has_no_button(match) -> None:
    row, _account = mate(match)
    DutyFactory(match=match, member=row, role="money")
    DutyFactory(match=match, free=True, at=NOW + 3 * DAY)

    page = text(sign_in(Client(), participant_of(match)).get(address("rota", match)))

    assert "Volunteer2" in page
    assert "Wednesday 25 November" in page
    assert "Helps with the budget, the bank and benefits" in page
    assert "We are looking for somebody who comes." in page
    assert "/take/" not in page
    assert "/swap/" not in page


def test_somebody_of_the_group_sees_own_duties_and_takes_a_free_one(match) -> None:
    row, account = mate(match)
    free = DutyFactory(match=match, free=True, at=NOW + 3 * DAY)
    mine = DutyFactory(match=match, member=row)
    client = sign_in(Client(), account)

    page = text(client.get(address("rota", match)))
    assert address("take", match, free.pk) in page
    assert address("ask", match, mine.pk) in page
    assert address("lay_out", match) not in page

    answer = client.post(address("take", match, free.pk))
    assert answer["Location"] == address("rota", match) + "#ahead"
    free.refresh_from_db()
    assert free.member_id == row.pk


def test_a_coordinator_lays_out_on_one_page_and_what_was_typed_is_kept(match, coordinator) -> None:
    client = sign_in(Client(), coordinator)
    typed = {"day": "2026-11-26", "time": "17:00", "minutes": "90", "weeks": "4", "roles": "visit"}

    wrong = client.post(address("lay_out", match), {**typed, "minutes": "700"})
    assert wrong.status_code == 422
    assert 'value="2026-11-26"' in text(wrong)

    assert client.post(address("lay_out", match), typed)["Location"] == address("rota", match)
    days = [
        timezone.localdate(at) for at in Duty.objects.order_by("at").values_list("at", flat=True)
    ]
    assert days == [date(2026, 11, 26), date(2026, 12, 10)]


def test_the_next_weeks_begin_where_the_last_ended(match, coordinator) -> None:
    DutyFactory(match=match, minutes=45, role="school")

    page = sign_in(Client(), coordinator).get(address("lay_out", match))

    first = page.context["form"].initial
    assert (first["day"], first["minutes"], first["roles"]) == (date(2026, 12, 9), 45, ["school"])


def test_finding_somebody_names_the_whole_group_and_one_tap_fills_it(match, coordinator) -> None:
    duty = DutyFactory(match=match, free=True)
    row, _account = mate(match, 2)
    client = sign_in(Client(), coordinator)

    people = client.get(address("fill", match, duty.pk)).context["people"]
    assert len(people) == 5
    client.post(address("fill", match, duty.pk), {"member": str(row.pk)})

    duty.refresh_from_db()
    assert duty.member_id == row.pk


def test_a_single_duty_is_added_changed_and_called_off(match, coordinator) -> None:
    client = sign_in(Client(), coordinator)
    typed = {"day": "2026-11-26", "time": "17:00", "minutes": "90", "role": "visit", "member": ""}
    client.post(address("new", match), typed)
    duty = Duty.objects.get()

    client.post(address("change", match, duty.pk), {**typed, "role": "health"})
    duty.refresh_from_db()
    assert duty.role == "health"

    client.post(address("off", match, duty.pk))
    duty.refresh_from_db()
    assert duty.state == "off"
    assert "No duty is laid out yet" in text(client.get(address("rota", match)))


def test_a_swap_goes_back_and_forth_by_buttons(match) -> None:
    row, account = mate(match)
    duty = DutyFactory(match=match, member=row)
    client = sign_in(Client(), account)

    client.post(address("ask", match, duty.pk))
    page = text(client.get(address("rota", match)))
    assert "looks for a swap" in page
    assert address("keep", match, duty.pk) in page
    client.post(address("keep", match, duty.pk))

    duty.refresh_from_db()
    assert duty.swap_since is None


def test_a_duty_that_is_over_is_noted_by_a_tap(match) -> None:
    row, account = mate(match)
    duty = DutyFactory(match=match, member=row, at=NOW - 2 * DAY, minutes=75)
    client = sign_in(Client(), account)
    assert "75" in text(client.get(address("rota", match)))

    client.post(address("held", match, duty.pk), {"minutes": "120"})

    duty.refresh_from_db()
    assert (duty.state, duty.meeting.minutes) == ("held", 120)
    assert "took place" in text(client.get(address("rota", match)))


def test_the_part_of_the_match_says_how_four_weeks_stand(match, coordinator) -> None:
    DutyFactory(match=match, free=True)

    page = text(sign_in(Client(), coordinator).get(address("of_match", match)))

    assert "In the next four weeks 1 of 1 duties has nobody yet." in page
    assert address("lay_out", match) in page


def test_my_duties_of_all_groups_stand_on_one_page(match) -> None:
    row, account = mate(match)
    DutyFactory(match=match, member=row)
    DutyFactory(match=match)

    page = text(sign_in(Client(), account).get(reverse("rota:mine")))

    assert page.count("Amal") == 1


def test_the_rota_prints(match, coordinator) -> None:
    DutyFactory(match=match)
    DutyFactory(match=match, free=True)

    answer = sign_in(Client(), coordinator).get(address("pdf", match))

    assert answer.content.startswith(b"%PDF")


def test_others_and_pairs_have_no_rota(match) -> None:
    pair = MatchFactory(programme=match.programme)
    stranger = account_of(pair.mentor, "mentor")
    client = sign_in(Client(), stranger)

    assert client.get(address("rota", match)).status_code == 404
    assert client.get(address("rota", pair)).status_code == 404
    assert lists.has_rota(match)
    assert not lists.has_rota(pair)


def test_a_rota_needs_the_same_queries_for_one_and_three_duties(match, coordinator) -> None:
    client = sign_in(Client(), coordinator)
    DutyFactory(match=match)
    client.get(address("rota", match))
    with CaptureQueriesContext(connection) as one:
        client.get(address("rota", match))
    for number in (1, 2):
        DutyFactory(match=match, member=mate(match, number)[0])

    with CaptureQueriesContext(connection) as three:
        client.get(address("rota", match))

    assert len(one) == len(three)


# ── Today ────────────────────────────────────────────────────────────────────────────────────────


def test_a_duty_without_anybody_asks_for_the_coordinator_a_week_before(match, coordinator) -> None:
    actor = actor_of(coordinator)
    free = DutyFactory(match=match, free=True, at=NOW + EMPTY_SOON)
    DutyFactory(match=match, at=NOW + DAY)
    DutyFactory(match=match, free=True, at=NOW + EMPTY_SOON + MINUTE)

    lines = list(todays.of_coordinator(actor, TODAY))

    assert [line.url for line in lines] == [address("fill", match, free.pk)]


def test_a_swap_nobody_took_and_a_holder_who_left_ask_too(match, coordinator) -> None:
    row, _account = mate(match, 1)
    gone, _account = mate(match, 2)
    swap = DutyFactory(match=match, member=row, swap_since=NOW)
    left = DutyFactory(match=match, member=gone, at=NOW + 3 * DAY)
    with permit.lifted():
        gone.until, gone.leave_reason = TODAY, "no_time"
        gone.save()

    found = lists.empty_soon(actor_of(coordinator), now=NOW, limit=5)

    assert [one.pk for one in found] == [swap.pk, left.pk]


def test_a_group_without_a_rota_is_a_line_until_it_has_one(match, coordinator) -> None:
    actor = actor_of(coordinator)

    assert [one.url for one in todays.of_coordinator(actor, TODAY)] == [address("lay_out", match)]
    DutyFactory(match=match)
    assert list(todays.of_coordinator(actor, TODAY)) == []


def test_the_lead_finds_somebody_and_the_others_are_asked(match) -> None:
    lead = actor_of(account_of(match.mentor, "group_lead"))
    row, account = mate(match)
    free = DutyFactory(match=match, free=True)
    DutyFactory(match=match, member=row, swap_since=NOW)

    assert address("fill", match, free.pk) in [one.url for one in todays.of_lead(lead, TODAY)]
    assert list(todays.wanted(lead, TODAY)) == []
    assert len(list(todays.wanted(actor_of(account), TODAY))) == 1


def test_own_duties_stand_on_today_when_they_are_near_and_when_they_are_over(match) -> None:
    row, account = mate(match)
    DutyFactory(match=match, member=row, at=NOW + 3 * DAY)
    DutyFactory(match=match, member=row, at=NOW + 3 * DAY + MINUTE)
    DutyFactory(match=match, member=row, at=NOW - DAY)
    DutyFactory(match=match, member=row, at=NOW - 8 * DAY)
    MeetingFactory(match=match, held_on=TODAY - 8 * DAY)

    whats = [line.what for line in todays.own(actor_of(account), TODAY)]

    assert whats == ["Were you with \u2068Amal\u2069?", "You are with \u2068Amal\u2069"]


# ── Reminders, retention ─────────────────────────────────────────────────────────────────────────


def test_holder_and_family_are_reminded_on_the_day_and_on_no_other(match) -> None:
    row, account = mate(match)
    mate(match, 2)
    family = participant_of(match)
    duty = DutyFactory(match=match, member=row)
    DutyFactory(match=match, free=True)
    day = timezone.localdate(duty.at)

    found = {(one.user_id, one.subject) for one in reminding.soon(day, day)}

    assert found == {(account.user_id, duty.pk), (family.user_id, duty.pk)}
    assert [*reminding.soon(day - DAY, day - DAY), *reminding.soon(day + DAY, day + DAY)] == []


def test_reminders_end_when_there_is_nothing_left_to_hear(match) -> None:
    row, account = mate(match)
    _other, other = mate(match, 2)
    duty = DutyFactory(match=match, member=row, swap_since=NOW)
    mine, theirs = About(account.user_id, duty.pk), About(other.user_id, duty.pk)

    assert reminding.soon_still([mine, theirs]) == [mine]
    assert reminding.swap_still([mine, theirs]) == [theirs]
    assert reminding.changed_still([mine, theirs]) == [mine, theirs]
    with time_machine.travel(duty.at, tick=False):
        assert reminding.soon_still([mine]) == []
        assert reminding.swap_still([theirs]) == []
        assert reminding.changed_still([mine]) == []


def test_a_duty_that_somebody_keeps_needs_nobody_else(match) -> None:
    row, _account = mate(match)
    _other, other = mate(match, 2)
    duty = DutyFactory(match=match, member=row)

    assert reminding.swap_still([About(other.user_id, duty.pk)]) == []


def test_the_clock_of_a_duty_begins_on_its_day(match) -> None:
    duty = DutyFactory(match=match)
    day = timezone.localdate(duty.at)

    assert list(forgetting.over_before(day)) == [duty.pk]
    assert list(forgetting.over_before(day - DAY)) == []


def test_four_weeks_count_what_lies_in_them(match) -> None:
    DutyFactory(match=match, at=NOW + timedelta(weeks=4))
    DutyFactory(match=match, at=NOW + timedelta(weeks=4) + MINUTE)
    DutyFactory(match=match, free=True)

    filled = sharing.filled(match, now=NOW)

    assert (filled.number, filled.empty, filled.looking) == (2, 1, 0)
    assert filled.reaches
