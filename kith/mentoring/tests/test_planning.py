"""Meetings to come: moved, called off, answered to; afterwards who was there."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kith.base import clock, scope
from kith.base.errors import Denied
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.mentoring import commands
from kith.mentoring.models import MatchMember, Meeting, MeetingPart
from kith.mentoring.rules.notes import MeetingNote, MeetingPlan
from kith.mentoring.rules.states import Coming
from kith.mentoring.tests.factories import (
    NOW,
    TODAY,
    MatchFactory,
    MeetingFactory,
    MeetingPartFactory,
    member_of,
    mentor_of,
    participant_of,
    welcome_group,
)
from kith.people.tests.factories import account_of
from kith.reminders.models import Reminder

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(days=3)


def stored(meeting):
    with scope.entered(meeting.organisation_id):
        return Meeting.objects.get(pk=meeting.pk)


def parts(match):
    with scope.entered(match.organisation_id):
        return list(MeetingPart.objects.select_related("member").order_by("id"))


def reminded(match, kind):
    with scope.entered(match.organisation_id):
        rows = Reminder.objects.filter(kind=f"mentoring.{kind}", over_at__isnull=True)
        return set(rows.values_list("member__user", flat=True))


def test_a_plan_keeps_place_length_and_the_wish_for_an_interpreter() -> None:
    match = MatchFactory()
    plan = MeetingPlan(
        at=SOON, minutes=90, way="video", place=" https://call.example ", interpreter_wanted=True
    )

    made = commands.plan_meeting(actor_of(mentor_of(match)), match=match, plan=plan, now=NOW)

    with scope.entered(match.organisation_id):
        row = Meeting.objects.get(pk=made.pk)
        place = str(row.place)
    assert (row.minutes, row.interpreter_wanted, row.sequence) == (90, True, 0)
    assert place == "https://call.example"


@pytest.mark.parametrize("minutes", [0, 601])
def test_a_plan_lasts_from_a_minute_to_ten_hours(minutes) -> None:
    match = MatchFactory()
    plan = MeetingPlan(at=SOON, minutes=minutes)

    with pytest.raises(commands.PlannedMinutesOutOfRange):
        commands.plan_meeting(actor_of(mentor_of(match)), match=match, plan=plan, now=NOW)


def test_each_change_raises_the_sequence_and_another_time_asks_everybody_anew() -> None:
    match = MatchFactory()
    marta = actor_of(mentor_of(match))
    meeting = MeetingFactory(match=match, planned=True)
    MeetingPartFactory(meeting=meeting)
    elsewhere = MeetingPlan(at=meeting.planned_at, place="Library")

    commands.move_meeting(marta, match=match, meeting=stored(meeting), plan=elsewhere, now=NOW)
    same_time = parts(match)[0].answer
    later = MeetingPlan(at=SOON)
    commands.move_meeting(marta, match=match, meeting=stored(meeting), plan=later, now=NOW)
    moved, asked_anew = stored(meeting), parts(match)[0].answer
    commands.cancel_meeting(marta, match=match, meeting=stored(meeting), now=NOW)

    assert (same_time, asked_anew) == ("yes", "")
    assert (moved.sequence, moved.planned_at) == (2, SOON)
    assert (stored(meeting).sequence, stored(meeting).state) == (3, "cancelled")
    with pytest.raises(commands.MeetingDone):
        commands.move_meeting(marta, match=match, meeting=stored(meeting), plan=later, now=NOW)


def test_the_participant_cannot_move_a_meeting_but_says_whether_they_come() -> None:
    match = MatchFactory()
    meeting = MeetingFactory(match=match, planned=True)
    olena = actor_of(participant_of(match))

    with pytest.raises(Denied):
        commands.move_meeting(
            olena, match=match, meeting=meeting, plan=MeetingPlan(at=SOON), now=NOW
        )
    commands.answer_meeting(olena, match=match, meeting=meeting, coming=Coming.YES, now=NOW)
    commands.answer_meeting(olena, match=match, meeting=meeting, coming=Coming.NO, now=NOW)

    [part] = parts(match)
    assert (part.answer, part.member.person_id) == ("no", match.participant_id)


def test_nobody_answers_after_it_began_nor_for_a_match_of_others() -> None:
    match = MatchFactory()
    meeting = MeetingFactory(match=match, planned=True, planned_at=NOW)
    stranger = MembershipFactory(organisation=match.organisation, mentor=True)

    with pytest.raises(commands.MeetingBegan):
        commands.answer_meeting(
            actor_of(participant_of(match)),
            match=match,
            meeting=meeting,
            coming=Coming.YES,
            now=NOW,
        )
    with pytest.raises(Denied):
        commands.answer_meeting(
            actor_of(stranger), match=match, meeting=meeting, coming=Coming.YES, now=NOW
        )


def test_who_cannot_come_is_told_to_the_others_until_another_time_is_found() -> None:
    match = MatchFactory()
    marta, olena = mentor_of(match), participant_of(match)
    meeting = MeetingFactory(match=match, planned=True)

    commands.answer_meeting(
        actor_of(olena), match=match, meeting=meeting, coming=Coming.NO, now=NOW
    )
    told = reminded(match, "cannot_come")
    commands.move_meeting(
        actor_of(marta), match=match, meeting=meeting, plan=MeetingPlan(at=SOON), now=NOW
    )

    assert told == {marta.user_id}
    assert reminded(match, "cannot_come") == set()
    assert reminded(match, "meeting_changed") == {olena.user_id}


def test_a_yes_after_a_no_ends_what_the_others_were_told() -> None:
    match = MatchFactory()
    mentor_of(match)
    olena, meeting = participant_of(match), MeetingFactory(match=match, planned=True)

    for coming in (Coming.NO, Coming.YES):
        commands.answer_meeting(
            actor_of(olena), match=match, meeting=meeting, coming=coming, now=NOW
        )

    assert reminded(match, "cannot_come") == set()


def test_everybody_was_there_unless_the_note_names_some() -> None:
    match = welcome_group()
    lead = actor_of(account_of(match.mentor, "group_lead"))
    with scope.entered(match.organisation_id):
        keys = list(MatchMember.objects.values_list("pk", flat=True))
    absent = member_of(match, match.participant).pk

    meeting = commands.record_meeting(
        lead, match=match, note=MeetingNote(held_on=TODAY), today=TODAY, now=NOW
    )
    all_came = [part.came for part in parts(match)]
    commands.correct_meeting(
        lead,
        match=match,
        meeting=meeting,
        note=MeetingNote(held_on=TODAY, present=frozenset(set(keys) - {absent})),
        today=TODAY,
        now=NOW,
    )

    assert all_came == [True] * 7
    assert [part.member_id for part in parts(match) if not part.came] == [absent]


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────


def address(name, meeting):
    return reverse(f"mentoring:{name}", args=[meeting.match_id, meeting.pk])


def test_after_a_meeting_one_tap_says_how_long_it_was(client) -> None:
    match = MatchFactory()
    over = clock.now() - timedelta(hours=2)
    meeting = MeetingFactory(match=match, planned=True, planned_at=over, minutes=45)
    mentor = sign_in(client, mentor_of(match))

    page = mentor.get(reverse("mentoring:match", args=[match.pk]))
    mentor.post(address("meeting_held", meeting), {"minutes": "90"})

    [plan] = page.context["planned"]
    assert [tap["minutes"] for tap in plan["taps"]] == [30, 45, 60, 90, 120]
    assert (stored(meeting).state, stored(meeting).minutes) == ("held", 90)


def test_a_tap_of_another_length_keeps_what_was_planned(client) -> None:
    match = MatchFactory()
    over = clock.now() - timedelta(hours=2)
    meeting = MeetingFactory(match=match, planned=True, planned_at=over, minutes=45)

    sign_in(client, mentor_of(match)).post(address("meeting_held", meeting), {"minutes": "999"})

    assert stored(meeting).minutes == 45


def test_a_participant_sees_the_place_and_answers_with_one_tap(client) -> None:
    match = MatchFactory(participant__called="Olena")
    meeting = MeetingFactory(
        match=match, planned=True, planned_at=clock.now() + timedelta(days=2), place="Library"
    )
    page_url = reverse("mentoring:match", args=[match.pk])
    participant = sign_in(client, participant_of(match))

    before = participant.get(page_url).content.decode()
    participant.post(address("cannot_come", meeting))
    after = participant.get(page_url).content.decode()
    mentors = sign_in(client, mentor_of(match)).get(page_url).content.decode()

    assert "Library" in before
    assert "You said that you cannot come." in after
    assert "Cannot come: Olena." in mentors
    assert "Choose another time" in mentors


def test_a_supervisor_sees_neither_place_nor_answers(client) -> None:
    match = MatchFactory(participant__called="Olena")
    meeting = MeetingFactory(
        match=match, planned=True, planned_at=clock.now() + timedelta(days=2), place="Library"
    )
    MeetingPartFactory(meeting=meeting, answer="no")
    supervisor = MembershipFactory(organisation=match.organisation, roles=["supervisor"])

    url = reverse("mentoring:match", args=[match.pk])
    page = sign_in(client, supervisor).get(url).content.decode()

    assert "Library" not in page
    assert "Cannot come" not in page


def test_a_meeting_is_moved_on_its_page(client) -> None:
    match = MatchFactory()
    meeting = MeetingFactory(
        match=match, planned=True, planned_at=clock.now() + timedelta(days=2), place="Library"
    )
    mentor, day = sign_in(client, mentor_of(match)), clock.today() + timedelta(days=9)

    form = mentor.get(address("move_meeting", meeting)).context["form"]
    mentor.post(
        address("move_meeting", meeting),
        {"day": day.isoformat(), "time": "10:00", "minutes": "30", "way": "phone"},
    )

    assert form.initial["place"] == "Library"
    assert (stored(meeting).sequence, stored(meeting).minutes, stored(meeting).way) == (
        1,
        30,
        "phone",
    )


def test_a_group_notes_who_was_there(client) -> None:
    match = welcome_group()
    lead = sign_in(client, account_of(match.mentor, "group_lead"))
    here = str(member_of(match, match.mentor).pk)

    lead.post(
        reverse("mentoring:new_meeting", args=[match.pk]),
        {
            "held_on": clock.today().isoformat(),
            "minutes": "60",
            "way": "in_person",
            "present": [here],
        },
    )

    assert [str(part.member_id) for part in parts(match) if part.came] == [here]
