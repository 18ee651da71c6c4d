"""Matches, meetings and goals for tests."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import factory

from kith.base import permit, scope
from kith.base.tests.factories import RowFactory
from kith.matching.tests.factories import ProgrammeFactory
from kith.mentoring.models import (
    Attendance,
    CareReminder,
    ClosingTalk,
    FollowUp,
    Goal,
    GoalScale,
    GoalStep,
    HandOver,
    Match,
    MatchMember,
    Meeting,
    MeetingPart,
    MentorCare,
    Pause,
    RelationshipCheck,
    Signature,
    Supervision,
    Talk,
)
from kith.people.tests.factories import PersonFactory, account_of

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 18, 0, tzinfo=ZoneInfo("Europe/Warsaw"))


class MatchFactory(RowFactory):
    """Two people who said yes three months ago in a weekly programme and met a week ago.

    The coordinator talked with both today.
    """

    class Meta:
        model = Match

    organisation = factory.SelfAttribute("programme.organisation")
    programme = factory.SubFactory(ProgrammeFactory, template_key="de_tandem", name="Tandem")
    participant = factory.SubFactory(
        PersonFactory,
        organisation=factory.SelfAttribute("..organisation"),
        participant=True,
        called=factory.Sequence(lambda n: f"Olena{n}"),
    )
    mentor = factory.SubFactory(
        PersonFactory,
        organisation=factory.SelfAttribute("..organisation"),
        mentor=True,
        called=factory.Sequence(lambda n: f"Marta{n}"),
    )
    state = "active"
    agreed_on = date(2026, 8, 20)
    started_on = date(2026, 8, 24)
    last_meeting_on = date(2026, 11, 16)
    planned_end_on = date(2027, 2, 22)
    participant_talk_on = mentor_talk_on = TODAY
    attention_on = date(2026, 12, 7)
    last_event_at = NOW - timedelta(days=7)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        match = super()._create(model_class, *args, **kwargs)
        MemberFactory(match=match, person=match.participant, side="participant")
        MemberFactory(match=match, person=match.mentor)
        return match

    class Params:
        starting = factory.Trait(
            state="starting",
            agreed_on=date(2026, 11, 20),
            started_on=None,
            last_meeting_on=None,
            planned_end_on=None,
            participant_talk_on=None,
            mentor_talk_on=None,
            attention_on=date(2026, 12, 4),
        )
        welcome = factory.Trait(
            unit="group",
            programme=factory.SubFactory(
                ProgrammeFactory, template_key="ca_welcome_group", name="Welcome"
            ),
        )
        closed = factory.Trait(
            state="closed",
            closed_on=TODAY,
            close_reason="planned_end",
            attention_on=None,
        )


class MemberFactory(RowFactory):
    """Someone beside the two of a match, on the mentor's side unless told otherwise."""

    class Meta:
        model = MatchMember

    organisation = factory.SelfAttribute("match.organisation")
    match = factory.SubFactory(MatchFactory)
    person = factory.SubFactory(
        PersonFactory,
        organisation=factory.SelfAttribute("..organisation"),
        mentor=True,
        called=factory.Sequence(lambda n: f"Jan{n}"),
    )
    side = "mentor"
    since = factory.SelfAttribute("match.agreed_on")


def place_of_mentor(match: Any) -> Any:
    """The part of the mentor in a match."""
    with scope.entered(match.organisation_id):
        return MatchMember.objects.get(match=match, person=match.mentor)


class HandOverFactory(RowFactory):
    """The participant is asked since today whether somebody may take over today, for good."""

    class Meta:
        model = HandOver

    organisation = factory.SelfAttribute("match.organisation")
    match = factory.SubFactory(MatchFactory)
    person = factory.SubFactory(
        PersonFactory,
        organisation=factory.SelfAttribute("..organisation"),
        mentor=True,
        called=factory.Sequence(lambda n: f"Jan{n}"),
    )
    asked_on = from_on = TODAY

    member = factory.LazyAttribute(lambda row: place_of_mentor(row.match))


class MeetingFactory(RowFactory):
    """A meeting held a week ago; `planned` is a trait."""

    class Meta:
        model = Meeting

    organisation = factory.SelfAttribute("match.organisation")
    match = factory.SubFactory(MatchFactory)
    state = "held"
    held_on = date(2026, 11, 16)
    minutes = 60
    way = "in_person"

    class Params:
        planned = factory.Trait(
            state="planned", held_on=None, minutes=None, planned_at=NOW + timedelta(days=2)
        )


class MeetingPartFactory(RowFactory):
    """The mentor said that they come."""

    class Meta:
        model = MeetingPart

    organisation = factory.SelfAttribute("meeting.organisation")
    meeting = factory.SubFactory(MeetingFactory, planned=True)
    member = factory.LazyAttribute(
        lambda part: member_of(part.meeting.match, part.meeting.match.mentor)
    )
    answer = "yes"


class TalkFactory(RowFactory):
    """A phone call with the participant a week ago."""

    class Meta:
        model = Talk

    organisation = factory.SelfAttribute("match.organisation")
    match = factory.SubFactory(MatchFactory)
    side = "participant"
    on = date(2026, 11, 16)
    way = "call"
    reached = True


class CheckFactory(RowFactory):
    """The participant answered the last check of the programme; all is well."""

    class Meta:
        model = RelationshipCheck

    organisation = factory.SelfAttribute("match.organisation")
    match = factory.SubFactory(MatchFactory)
    side = "participant"
    week = 24
    answered_on = date(2026, 11, 16)
    text_version = "1"


class CareReminderFactory(RowFactory):
    """The mentor was reminded of the next meeting a week after the last one."""

    class Meta:
        model = CareReminder

    organisation = factory.SelfAttribute("match.organisation")
    match = factory.SubFactory(MatchFactory)
    reason = "quiet"
    side = "mentor"
    since = date(2026, 11, 9)
    on = TODAY


class PauseFactory(RowFactory):
    """The match has rested for a week; somebody is away."""

    class Meta:
        model = Pause

    organisation = factory.SelfAttribute("match.organisation")
    match = factory.SubFactory(MatchFactory, state="paused", review_on=date(2026, 12, 14))
    reason = "away"
    from_on = date(2026, 11, 16)


class SupervisionFactory(RowFactory):
    """A session planned for in two days."""

    class Meta:
        model = Supervision

    form = "single"
    state = "planned"
    planned_at = NOW + timedelta(days=2)


class AttendanceFactory(RowFactory):
    """A mentor is invited."""

    class Meta:
        model = Attendance

    organisation = factory.SelfAttribute("mentor.organisation")
    mentor = factory.SubFactory(PersonFactory, mentor=True)
    supervision = factory.SubFactory(
        SupervisionFactory, organisation=factory.SelfAttribute("..organisation")
    )


class MentorCareFactory(RowFactory):
    """A mentor with one match, supervised today."""

    class Meta:
        model = MentorCare

    organisation = factory.SelfAttribute("person.organisation")
    person = factory.SubFactory(PersonFactory, mentor=True)
    since = date(2026, 8, 20)
    supervised_on = TODAY
    running = 1
    supervise_on = TODAY + timedelta(weeks=8)


class ClosingTalkFactory(RowFactory):
    """The participant talked about the ending today."""

    class Meta:
        model = ClosingTalk

    organisation = factory.SelfAttribute("match.organisation")
    match = factory.SubFactory(MatchFactory)
    side = "participant"
    on = TODAY
    way = "in_person"
    text_version = "1"


class FollowUpFactory(RowFactory):
    """A talk half a year after the end is due today."""

    class Meta:
        model = FollowUp

    organisation = factory.SelfAttribute("match.organisation")
    match = factory.SubFactory(MatchFactory, closed=True)
    person = factory.SelfAttribute("match.participant")
    months = 6
    due_on = TODAY


class GoalFactory(RowFactory):
    """A goal people work on."""

    class Meta:
        model = Goal

    organisation = factory.SelfAttribute("match.organisation")
    match = factory.SubFactory(MatchFactory)
    domain = "health"
    title = "I go to the doctor on my own"
    chosen_by = "participant"


class GoalStepFactory(RowFactory):
    """A step that is still open."""

    class Meta:
        model = GoalStep

    organisation = factory.SelfAttribute("goal.organisation")
    goal = factory.SubFactory(GoalFactory)
    match = factory.SelfAttribute("goal.match")
    text = "Find the number of the clinic"
    who = "participant"
    place = 1


class GoalScaleFactory(RowFactory):
    """Five outcomes of a goal; nobody has looked again yet."""

    class Meta:
        model = GoalScale

    organisation = factory.SelfAttribute("goal.organisation")
    goal = factory.SubFactory(GoalFactory)
    match = factory.SelfAttribute("goal.match")
    much_less = "I stay at home when I am ill"
    less = "Somebody calls for me"
    expected = "I call with my mentor beside me"
    more = "I call on my own"
    much_more = "I call for my neighbour too"
    at_start = "less"
    described_on = TODAY

    class Params:
        reviewed = factory.Trait(at_review="expected", reviewed_on=TODAY)


class SignatureFactory(RowFactory):
    """A typed signature of the participant."""

    class Meta:
        model = Signature

    organisation = factory.SelfAttribute("match.organisation")
    match = factory.SubFactory(MatchFactory)
    person = factory.SelfAttribute("match.participant")
    text_version = "1"
    language = "uk"
    signed_on = date(2026, 8, 24)
    kind = "typed"
    signature = "Olena Kowalczuk"


ROLES = ("housing", "money", "health", "school", "transport")


def welcome_group(**given: Any) -> Any:
    """A match of five volunteers, a role each, and two adults of one family."""
    match = MatchFactory(welcome=True, **given)
    with scope.entered(match.organisation_id), permit.lifted():
        MatchMember.objects.filter(match=match, side="mentor").update(roles=[ROLES[0]])
    for number, role in enumerate(ROLES[1:], start=2):
        MemberFactory(match=match, person__called=f"Volunteer{number}", roles=[role])
    MemberFactory(match=match, side="participant", person__called="Petro", person__mentor=False)
    return match


def member_of(match: Any, person: Any) -> Any:
    """How somebody belongs to a match."""
    with scope.entered(match.organisation_id):
        return MatchMember.objects.get(match=match, person=person)


def mentor_of(match: Any) -> Any:
    """The mentor's account."""
    return account_of(match.mentor, "mentor")


def participant_of(match: Any) -> Any:
    """The participant's account."""
    return account_of(match.participant, "participant")
