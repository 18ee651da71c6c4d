"""Acts on a rota: who may, what is refused, who is told, and that nothing counts twice."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from kith.base import permit, scope
from kith.base.errors import Denied
from kith.gate.models import AuditEvent
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.mentoring.commands import MatchNotRunning
from kith.mentoring.models import MatchMember, Meeting, MeetingPart
from kith.mentoring.queries.members import people_now
from kith.mentoring.tests.factories import (
    NOW,
    MatchFactory,
    MeetingFactory,
    member_of,
    participant_of,
    welcome_group,
)
from kith.people.rules import Side
from kith.people.tests.factories import MentorProfileFactory, account_of
from kith.reminders.models import Reminder
from kith.rota import commands
from kith.rota.models import Duty
from kith.rota.rules.plan import DutyPlan, RotaPlan
from kith.rota.tests.factories import DutyFactory

pytestmark = pytest.mark.django_db

WEEK = timedelta(weeks=1)
# The group of the factory met first on 24 August: this is week 15, every second week is planned.
EARLY = {"started_on": date(2026, 11, 16), "agreed_on": date(2026, 11, 10)}


@pytest.fixture
def match():
    match = welcome_group(**EARLY)
    with scope.entered(match.organisation_id):
        yield match


@pytest.fixture
def coordinator(match):
    return actor_of(MembershipFactory(organisation=match.organisation))


def mate(match, number):
    """Somebody of the group with an account: their place and how they act."""
    row = people_now(match, Side.MENTOR)[number]
    return row, actor_of(account_of(row.person, "mentor"))


def plan(**given):
    return RotaPlan(**{"at": NOW + timedelta(days=2), "weeks": 4, **given})


def told():
    return sorted(Reminder.objects.values_list("kind", "member__user", "subject"))


def kinds_of(actor):
    rows = Reminder.objects.filter(member__user=actor.user_id, over_at__isnull=True)
    return sorted(rows.values_list("kind", flat=True))


# ── Laying out ───────────────────────────────────────────────────────────────────────────────────


def test_four_weeks_are_laid_out_and_everybody_has_one(match, coordinator) -> None:
    made = commands.lay_out(coordinator, match=match, plan=plan(), now=NOW)

    days = [timezone.localtime(one.at) for one in made]
    assert [day - days[0] for day in days] == [WEEK * number for number in range(4)]
    assert len({one.member_id for one in made}) == 4
    assert AuditEvent.objects.filter(verb="rota.lay_out", row_id=match.pk).count() == 1


def test_after_three_months_the_rota_is_every_second_week(coordinator, match) -> None:
    with permit.lifted():
        match.started_on = date(2026, 8, 24)
        match.save()

    made = commands.lay_out(coordinator, match=match, plan=plan(weeks=8), now=NOW)

    assert [(one.at - made[0].at).days for one in made] == [0, 14, 28, 42]


def test_the_hour_stays_when_the_clocks_change(match, coordinator) -> None:
    at = datetime(2027, 3, 24, 17, 0, tzinfo=NOW.tzinfo)

    made = commands.lay_out(coordinator, match=match, plan=plan(at=at, weeks=4), now=NOW)

    assert [timezone.localtime(one.at).hour for one in made] == [17, 17]


def test_laying_out_twice_adds_nothing_but_what_is_missing(match, coordinator) -> None:
    commands.lay_out(coordinator, match=match, plan=plan(weeks=2), now=NOW)

    with pytest.raises(commands.LaidOutAlready):
        commands.lay_out(coordinator, match=match, plan=plan(weeks=2), now=NOW)
    more = commands.lay_out(
        coordinator, match=match, plan=plan(weeks=2, roles=("", "school")), now=NOW
    )

    assert {one.role for one in more} == {"school"}
    assert Duty.objects.count() == 4


def test_a_duty_of_a_role_goes_to_its_holder(match, coordinator) -> None:
    made = commands.lay_out(
        coordinator, match=match, plan=plan(roles=("health",), weeks=2), now=NOW
    )

    holders = MatchMember.objects.filter(match=match, roles=["health"])
    assert {one.member_id for one in made} == {holders.get().pk}


def test_whoever_rests_gets_no_duty_until_the_rest_is_over(match, coordinator) -> None:
    rows = people_now(match, Side.MENTOR)
    for row in rows[1:]:
        MentorProfileFactory(
            organisation=match.organisation, person=row.person, paused_until=date(2026, 12, 5)
        )

    made = commands.lay_out(coordinator, match=match, plan=plan(weeks=3), now=NOW)

    assert [one.member_id == rows[0].pk for one in made] == [True, True, False]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"at": NOW}, commands.DutyBeforeNow),
        ({"at": NOW + timedelta(days=366)}, commands.DutyTooFar),
        ({"weeks": 14}, commands.DutyTooFar),
        ({"weeks": 0}, commands.DutyTooFar),
        ({"minutes": 14}, commands.MinutesOutOfRange),
        ({"minutes": 601}, commands.MinutesOutOfRange),
        ({"roles": ("cooking",)}, commands.UnknownRole),
        ({"roles": ()}, commands.UnknownRole),
    ],
)
def test_what_cannot_be_laid_out_is_refused(match, coordinator, given, error) -> None:
    with pytest.raises(error):
        commands.lay_out(coordinator, match=match, plan=plan(**given), now=NOW)

    assert Duty.objects.count() == 0


@pytest.mark.parametrize(
    "given", [{"weeks": 13}, {"minutes": 15}, {"minutes": 600}, {"at": NOW + timedelta(minutes=1)}]
)
def test_what_lies_on_the_limit_is_laid_out(match, coordinator, given) -> None:
    assert commands.lay_out(coordinator, match=match, plan=plan(**given), now=NOW)


def test_a_match_that_rests_has_no_rota(match, coordinator) -> None:
    with permit.lifted():
        match.state, match.review_on = "paused", date(2026, 12, 14)
        match.save()

    with pytest.raises(MatchNotRunning):
        commands.lay_out(coordinator, match=match, plan=plan(), now=NOW)


def test_the_lead_lays_out_and_nobody_else_of_the_match(match) -> None:
    lead = actor_of(account_of(match.mentor, "group_lead"))
    _row, other = mate(match, 1)
    family = actor_of(participant_of(match))

    for stranger in (other, family):
        with pytest.raises(Denied):
            commands.lay_out(stranger, match=match, plan=plan(), now=NOW)

    assert len(commands.lay_out(lead, match=match, plan=plan(), now=NOW)) == 4


def test_those_on_duty_and_the_family_are_told_but_not_whoever_did_it(match, coordinator) -> None:
    row, actor = mate(match, 1)
    _other, idle = mate(match, 2)
    family = actor_of(participant_of(match))

    duty = commands.add_duty(
        coordinator, match=match, plan=DutyPlan(at=NOW + WEEK), member=row, now=NOW
    )

    assert told() == sorted([("rota.changed", one.user_id, duty.pk) for one in (actor, family)])
    assert kinds_of(idle) == []


def test_a_duty_for_nobody_is_offered_to_the_group(match, coordinator) -> None:
    _row, actor = mate(match, 1)

    commands.add_duty(coordinator, match=match, plan=DutyPlan(at=NOW + WEEK), member=None, now=NOW)

    assert kinds_of(actor) == ["rota.swap_wanted"]


def test_only_somebody_of_the_group_is_given_a_duty(match, coordinator) -> None:
    duty = DutyFactory(match=match, free=True)
    stranger = DutyFactory().member
    family = member_of(match, match.participant)

    for row in (stranger, family):
        with pytest.raises(commands.NobodyInGroup):
            commands.give_duty(coordinator, match=match, duty=duty, member=row, now=NOW)


def test_a_duty_of_another_match_is_not_touched(match, coordinator) -> None:
    other = DutyFactory(match=MatchFactory(welcome=True, programme=match.programme))

    with pytest.raises(commands.DutyMoved):
        commands.call_off_duty(coordinator, match=match, duty=other, now=NOW)


def test_changing_a_duty_moves_it_in_calendars_and_tells_who_had_it(match, coordinator) -> None:
    row, before = mate(match, 1)
    new, after = mate(match, 2)
    duty = DutyFactory(match=match, member=row)

    changed = commands.change_duty(
        coordinator,
        match=match,
        duty=duty,
        plan=DutyPlan(at=NOW + WEEK, role="school"),
        member=new,
        now=NOW,
    )

    assert (changed.sequence, changed.role, changed.member_id) == (1, "school", new.pk)
    assert kinds_of(before) == kinds_of(after) == ["rota.changed"]


def test_a_duty_that_is_called_off_is_over_for_good(match, coordinator) -> None:
    duty = DutyFactory(match=match)

    commands.call_off_duty(coordinator, match=match, duty=duty, now=NOW)

    with pytest.raises(commands.DutyMoved):
        commands.call_off_duty(coordinator, match=match, duty=duty, now=NOW)


# ── Taking and swapping ──────────────────────────────────────────────────────────────────────────


def test_a_free_duty_is_taken_with_one_tap_and_only_once(match) -> None:
    duty = DutyFactory(match=match, free=True)
    row, actor = mate(match, 1)
    _late, late = mate(match, 2)

    commands.take_duty(actor, duty=duty, now=NOW)

    with pytest.raises(commands.DutyTaken):
        commands.take_duty(late, duty=duty, now=NOW)
    duty.refresh_from_db()
    assert duty.member_id == row.pk


def test_a_swap_tells_the_group_and_then_everybody_concerned(match) -> None:
    row, actor = mate(match, 1)
    new, taker = mate(match, 2)
    family = actor_of(participant_of(match))
    duty = DutyFactory(match=match, member=row)

    commands.ask_for_swap(actor, duty=duty, now=NOW)
    assert kinds_of(taker) == ["rota.swap_wanted"]
    assert kinds_of(actor) == kinds_of(family) == []

    commands.take_duty(taker, duty=duty, now=NOW)

    duty.refresh_from_db()
    assert (duty.member_id, duty.swap_since) == (new.pk, None)
    assert kinds_of(actor) == kinds_of(family) == ["rota.changed"]
    assert kinds_of(taker) == []


def test_until_somebody_takes_it_the_duty_stays_and_can_be_kept(match) -> None:
    row, actor = mate(match, 1)
    _other, taker = mate(match, 2)
    duty = DutyFactory(match=match, member=row)
    commands.ask_for_swap(actor, duty=duty, now=NOW)

    commands.keep_duty(actor, duty=duty, now=NOW)

    with pytest.raises(commands.DutyTaken):
        commands.take_duty(taker, duty=duty, now=NOW)
    assert kinds_of(taker) == []


def test_nobody_gives_away_the_duty_of_another(match) -> None:
    duty = DutyFactory(match=match)
    _row, other = mate(match, 1)

    with pytest.raises(Denied):
        commands.ask_for_swap(other, duty=duty, now=NOW)


@pytest.mark.parametrize("role", ["participant", "coordinator"])
def test_family_and_staff_take_no_duty(match, coordinator, role) -> None:
    duty = DutyFactory(match=match, free=True)
    who = coordinator if role == "coordinator" else actor_of(participant_of(match))

    with pytest.raises(Denied):
        commands.take_duty(who, duty=duty, now=NOW)


def test_a_duty_whose_holder_left_can_be_taken(match) -> None:
    row, _actor = mate(match, 1)
    new, taker = mate(match, 2)
    duty = DutyFactory(match=match, member=row)
    with permit.lifted():
        row.until, row.leave_reason = timezone.localdate(NOW), "no_time"
        row.save()

    commands.take_duty(taker, duty=duty, now=NOW)

    duty.refresh_from_db()
    assert duty.member_id == new.pk


def test_what_has_begun_is_neither_taken_nor_swapped(match) -> None:
    row, actor = mate(match, 1)
    duty = DutyFactory(match=match, member=row, at=NOW)

    with pytest.raises(commands.DutyMoved):
        commands.ask_for_swap(actor, duty=duty, now=NOW)


# ── Taking place ─────────────────────────────────────────────────────────────────────────────────


def hold(actor, duty, minutes=90):
    return commands.hold_duty(
        actor, duty=duty, minutes=minutes, today=timezone.localdate(NOW), now=NOW
    )


def test_a_duty_that_took_place_becomes_one_meeting_with_those_who_were_there(match) -> None:
    row, actor = mate(match, 1)
    duty = hold(actor, DutyFactory(match=match, member=row, at=NOW - timedelta(hours=3)))

    meeting = Meeting.objects.get(match=match)
    assert (duty.meeting_id, duty.state) == (meeting.pk, "held")
    assert (meeting.state, meeting.minutes) == ("held", 90)
    came = MeetingPart.objects.filter(meeting=meeting, came=True)
    family = MatchMember.objects.filter(match=match, side="participant")
    assert set(came.values_list("member", flat=True)) == {
        row.pk,
        *family.values_list("pk", flat=True),
    }


def test_several_duties_of_one_day_are_one_meeting(match) -> None:
    row, actor = mate(match, 1)
    other, second = mate(match, 2)
    early = DutyFactory(match=match, member=row, at=NOW - timedelta(hours=5))
    late = DutyFactory(match=match, member=other, at=NOW - timedelta(hours=3))

    assert hold(actor, early).meeting_id == hold(second, late).meeting_id
    assert Meeting.objects.filter(match=match).count() == 1


def test_a_duty_joins_the_meeting_that_was_noted_or_planned_for_its_day(match) -> None:
    row, actor = mate(match, 1)
    noted = MeetingFactory(match=match, held_on=date(2026, 11, 21))
    planned = MeetingFactory(match=match, planned=True, planned_at=NOW - timedelta(hours=4))

    first = hold(actor, DutyFactory(match=match, member=row, at=NOW - timedelta(days=2)))
    second = hold(actor, DutyFactory(match=match, member=row, at=NOW - timedelta(hours=3)))

    assert [first.meeting_id, second.meeting_id] == [noted.pk, planned.pk]
    assert Meeting.objects.filter(match=match, state="held").count() == 2


def test_nobody_notes_a_duty_that_is_still_to_come_or_twice(match) -> None:
    row, actor = mate(match, 1)

    with pytest.raises(commands.NotYetOver):
        hold(actor, DutyFactory(match=match, member=row, at=NOW + timedelta(minutes=1)))
    duty = hold(actor, DutyFactory(match=match, member=row, at=NOW))
    with pytest.raises(commands.DutyMoved):
        hold(actor, duty)


def test_the_family_does_not_note_duties(match) -> None:
    duty = DutyFactory(match=match, at=NOW - timedelta(hours=3))

    with pytest.raises(Denied):
        hold(actor_of(participant_of(match)), duty)


# ── The end ──────────────────────────────────────────────────────────────────────────────────────


def test_when_a_volunteer_is_erased_their_duties_ahead_are_free(match) -> None:
    row, actor = mate(match, 1)
    ahead = DutyFactory(match=match, member=row)
    over = hold(actor, DutyFactory(match=match, member=row, at=NOW - timedelta(hours=3)))

    with permit.lifted():
        commands.let_go_of_person(row.person_id)

    ahead.refresh_from_db()
    assert ahead.member_id is None
    assert not Duty.objects.filter(pk=over.pk).exists()
    assert Meeting.objects.filter(match=match).count() == 1


def test_when_the_participant_is_erased_the_rota_goes(match) -> None:
    DutyFactory(match=match)

    with permit.lifted():
        commands.let_go_of_person(match.participant_id)

    assert Duty.objects.count() == 0
