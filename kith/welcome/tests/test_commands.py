"""Acts at the door and at the desk."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from kith.base import permit, scope
from kith.base.errors import Denied
from kith.base.models import DataKey
from kith.gate.actor import ANONYMOUS, job_actor, visitor_of
from kith.gate.models import AuditEvent
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.people.commands import erase_person
from kith.people.models import (
    Children,
    Family,
    FamilyMember,
    MentorCheck,
    MentorProfile,
    Note,
    ParticipantProfile,
    Person,
)
from kith.people.rules import Side
from kith.people.tests.factories import MentorFactory, ParticipantFactory, PersonFactory
from kith.programmes.models import Enrolment
from kith.programmes.tests.factories import EnrolmentFactory, ProgrammeFactory
from kith.welcome import commands
from kith.welcome.commands import Told, Written
from kith.welcome.models import Application, Door, Front, Step, WelcomeTalk
from kith.welcome.permissions import TIDY_JOB
from kith.welcome.rules.states import AskedBy
from kith.welcome.tests.factories import (
    TODAY,
    ApplicationFactory,
    DoorFactory,
    StepFactory,
    WelcomeTalkFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def ewa():
    member = MembershipFactory()
    with scope.entered(member.organisation_id):
        yield actor_of(member)


@pytest.fixture
def programme(ewa):
    return DoorFactory(programme=ProgrammeFactory(organisation=ewa.organisation)).programme


@pytest.fixture
def visitor(ewa):
    return visitor_of(ewa.organisation)


def written(**changes) -> Written:
    facts = {"name": " Zofia   Nowak ", "language": "pl", "phone": "600 700 800", "is_adult": True}
    return Written(**facts | changes)


def knock(visitor, programme, *, side=Side.MENTOR, mark="one", **changes):
    return commands.apply(
        visitor,
        side=side,
        programme=programme,
        written=written(**changes),
        mark=mark,
        today=TODAY,
    )


def application_of(ewa, **facts):
    return ApplicationFactory(organisation=ewa.organisation, **facts)


def deeds(row) -> list[str]:
    return list(Step.objects.filter(application=row).order_by("id").values_list("deed", flat=True))


def stands(row) -> tuple[str, date | None, date | None]:
    row.refresh_from_db()
    return row.state, row.due_on, row.decided_on


# ── At the door ──────────────────────────────────────────────────────────────────────────────────


def test_an_application_arrives_without_a_person_record(visitor, programme) -> None:
    received = knock(visitor, programme)

    row = Application.objects.get()
    assert (row.pk, row.name, row.language) == (received.application.pk, "Zofia Nowak", "pl")
    assert stands(row) == ("received", date(2026, 11, 16), None)
    assert deeds(row) == ["received"]
    assert Person.objects.count() == 0
    assert received.code not in {row.code, *map(str, row.tokens)}


def test_a_form_that_is_sent_twice_is_kept_once_and_gives_the_same_code(visitor, programme) -> None:
    first, again = knock(visitor, programme), knock(visitor, programme)
    other = knock(visitor, programme, mark="two")

    assert (first.code, first.application) == (again.code, again.application)
    assert other.code != first.code
    assert Application.objects.count() == 2


@pytest.mark.parametrize("side", list(Side))
def test_a_door_that_is_closed_takes_nobody_in(ewa, visitor, side) -> None:
    closed = DoorFactory(
        programme=ProgrammeFactory(organisation=ewa.organisation),
        for_mentors=side is Side.PARTICIPANT,
        for_participants=side is Side.MENTOR,
    ).programme

    with pytest.raises(commands.DoorClosed):
        knock(visitor, closed, side=side)

    assert Application.objects.count() == 0


def test_a_programme_that_ended_takes_nobody_in(ewa, visitor) -> None:
    ended = DoorFactory(
        programme=ProgrammeFactory(organisation=ewa.organisation, closed_on=TODAY)
    ).programme

    with pytest.raises(commands.DoorClosed):
        knock(visitor, ended)


def test_a_participant_may_leave_the_programme_open_and_a_mentor_may_not(
    visitor, programme
) -> None:
    received = knock(visitor, None, side=Side.PARTICIPANT)

    assert received.application.programme is None
    with pytest.raises(commands.DoorClosed):
        knock(visitor, None, mark="two")
    assert programme.closed_on is None


def test_only_adults_apply(visitor, programme) -> None:
    with pytest.raises(commands.NotAnAdult):
        knock(visitor, programme, is_adult=False)

    assert Application.objects.count() == 0


def test_nobody_applies_without_an_organisation(programme) -> None:
    with pytest.raises(commands.DoorClosed):
        knock(ANONYMOUS, programme)


def test_what_was_written_lies_encrypted_under_a_key_of_its_own(visitor, programme) -> None:
    row = knock(visitor, programme, answers={"why": "Lonely evenings"}).application

    keys = DataKey.objects.filter(subject_id=row.pk).values_list("store", flat=True)
    assert list(keys) == ["identity"]
    with permit.lifted():
        DataKey.objects.filter(subject_id=row.pk).delete()
    with scope.entered(None), scope.entered(row.organisation_id):
        again = Application.objects.get()
        assert str(again.name) == "erased"
        assert again.answers is None


def test_an_applicant_is_no_actor_the_audit_names(visitor, programme) -> None:
    knock(visitor, programme)

    event = AuditEvent.objects.order_by("-seq").first()
    assert (event.actor_kind, event.actor_id, event.verb) == (
        "anonymous",
        "visitor",
        "welcome.apply",
    )


def test_a_partner_contact_asks_for_someone_and_is_remembered(ewa, programme) -> None:
    member = MembershipFactory(organisation=ewa.organisation, roles=["partner_contact"])

    received = commands.refer(
        actor_of(member),
        programme=programme,
        written=written(asked_by=AskedBy.ORGANISATION, helper={"agreed": "told"}),
        mark="one",
        today=TODAY,
    )

    row = received.application
    assert (row.side, row.referred_by, row.asked_by) == ("participant", member, "organisation")
    with pytest.raises(Denied):
        commands.refer(ewa, programme=programme, written=written(), mark="two", today=TODAY)


# ── With the code ────────────────────────────────────────────────────────────────────────────────


def test_an_answer_brings_it_back_to_us_with_a_new_day(ewa, visitor) -> None:
    row = application_of(ewa, state="asked", due_on=date(2026, 12, 2))

    commands.answer_question(visitor, application=row, text=" Yes, I have. ", today=TODAY)

    assert stands(row) == ("received", date(2026, 11, 16), None)
    assert str(Step.objects.get().text) == "Yes, I have."


@pytest.mark.parametrize("state", ["received", "planned", "withdrawn"])
def test_nothing_is_answered_that_was_not_asked(ewa, visitor, state) -> None:
    over = {"due_on": None, "decided_on": TODAY} if state == "withdrawn" else {}
    row = application_of(ewa, state=state, talk_at=TOMORROW, **over)

    with pytest.raises(commands.NotYourTurn):
        commands.answer_question(visitor, application=row, text="Yes", today=TODAY)

    assert Step.objects.count() == 0


def test_who_will_come_says_so_and_the_talk_stays(ewa, visitor) -> None:
    row = application_of(ewa, state="planned", talk_at=TOMORROW)

    commands.answer_talk(visitor, application=row, is_coming=True, text="", today=TODAY)

    row.refresh_from_db()
    assert (row.state, row.is_coming, row.talk_at) == ("planned", True, TOMORROW)
    assert deeds(row) == ["coming"]


def test_another_time_gives_the_turn_back_to_us(ewa, visitor) -> None:
    row = application_of(ewa, state="planned", talk_at=TOMORROW, talk_where="Office")

    commands.answer_talk(visitor, application=row, is_coming=False, text="Friday", today=TODAY)

    row.refresh_from_db()
    assert (row.state, row.talk_at, str(row.talk_where)) == ("received", None, "")
    assert deeds(row) == ["other_time"]


@pytest.mark.parametrize("state", ["received", "asked", "planned"])
def test_it_can_be_taken_back_in_every_open_state(ewa, visitor, state) -> None:
    row = application_of(ewa, state=state, talk_at=TOMORROW)

    commands.withdraw(visitor, application=row, today=TODAY)

    assert stands(row) == ("withdrawn", None, TODAY)
    with pytest.raises(commands.NotYourTurn):
        commands.withdraw(visitor, application=row, today=TODAY)


def test_a_visitor_of_one_organisation_reaches_nothing_of_another(ewa) -> None:
    other = MembershipFactory()
    row = application_of(ewa)

    with pytest.raises(Denied), scope.entered(other.organisation_id):
        commands.withdraw(visitor_of(other.organisation), application=row, today=TODAY)

    assert stands(row)[0] == "received"


# ── At the desk ──────────────────────────────────────────────────────────────────────────────────


def test_a_question_gives_the_turn_to_the_person_and_the_asker_looks_after_them(ewa) -> None:
    row = application_of(ewa)

    commands.ask_back(ewa, application=row, text="Which evenings?", today=TODAY)

    row.refresh_from_db()
    assert stands(row) == ("asked", date(2026, 12, 2), None)
    assert row.responsible == ewa.membership


def test_an_empty_question_and_an_empty_note_are_refused(ewa) -> None:
    row = application_of(ewa)

    with pytest.raises(commands.TextMissing):
        commands.ask_back(ewa, application=row, text="  ", today=TODAY)
    with pytest.raises(commands.TextMissing):
        commands.note_inside(ewa, application=row, text="  ", today=TODAY)


def plan(ewa, row, at=TOMORROW):
    return commands.invite(
        ewa, application=row, at=at, where="Office", text="Tea", today=TODAY, now=NOW
    )


def test_an_invitation_has_its_time_and_place_and_can_be_moved(ewa) -> None:
    row = application_of(ewa)

    plan(ewa, row)
    plan(ewa, row, at=NOW + timedelta(days=4))

    row.refresh_from_db()
    assert (row.state, row.talk_at, str(row.talk_where)) == (
        "planned",
        NOW + timedelta(days=4),
        "Office",
    )
    assert row.due_on == date(2026, 11, 13)
    assert [(step.at, str(step.text)) for step in Step.objects.order_by("id")] == [
        (TOMORROW, "Office\nTea"),
        (NOW + timedelta(days=4), "Office\nTea"),
    ]


def test_a_talk_is_not_planned_for_the_past(ewa) -> None:
    row = application_of(ewa)

    with pytest.raises(commands.TalkInThePast):
        plan(ewa, row, at=NOW)


def test_a_no_has_a_reason_of_the_list(ewa) -> None:
    row = application_of(ewa)

    with pytest.raises(commands.ReasonMissing):
        commands.decline(ewa, application=row, reason="", text="", today=TODAY)
    with pytest.raises(commands.ReasonMissing):
        # A reason of the other side.
        commands.decline(ewa, application=row, reason="other_help", text="", today=TODAY)
    commands.decline(ewa, application=row, reason="too_far", text="Sorry", today=TODAY)

    row.refresh_from_db()
    assert stands(row) == ("declined", None, TODAY)
    assert (row.reason, row.decided_by) == ("too_far", ewa.membership)


def accept(ewa, row, **changes):
    facts = {
        "programme": row.programme,
        "person": None,
        "interview_on": None,
        "text": "Welcome",
        "today": TODAY,
        "now": NOW,
    }
    return commands.accept_mentor(ewa, application=row, **facts | changes)


ACTS: dict[str, Any] = {
    "ask": lambda ewa, row: commands.ask_back(ewa, application=row, text="Why?", today=TODAY),
    "invite": plan,
    "decline": lambda ewa, row: commands.decline(
        ewa, application=row, reason="other", text="", today=TODAY
    ),
    "accept": accept,
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", ["declined", "withdrawn", "lapsed", "accepted"])
def test_what_is_over_is_not_decided_again(ewa, act, state) -> None:
    row = application_of(ewa, state=state, due_on=None, decided_on=TODAY, reason="other")

    with pytest.raises(commands.MovedOn):
        ACTS[act](ewa, row)

    assert stands(row)[0] == state
    assert Person.objects.count() == 0


@pytest.mark.parametrize("act", ["ask", "invite", "decline"])
def test_only_coordinators_decide(ewa, visitor, act) -> None:
    row = application_of(ewa)
    mentor = MembershipFactory(organisation=ewa.organisation, mentor=True)

    for stranger in (actor_of(mentor), visitor):
        with pytest.raises(Denied):
            ACTS[act](stranger, row)

    assert stands(row)[0] == "received"


# ── Yes to a mentor ──────────────────────────────────────────────────────────────────────────────


def test_a_yes_makes_a_record_a_profile_and_a_place(ewa) -> None:
    row = application_of(ewa, name="Zofia Nowak", email="zofia@example.org")

    person = accept(ewa, row)

    assert (person.name, person.phone, person.email) == (
        "Zofia Nowak",
        "+48 600 700 800",
        "zofia@example.org",
    )
    assert (person.is_mentor, person.adult, person.availability) == (True, True, ["mon-eve"])
    assert (person.place.name, person.online) == ("Wilda", True)
    assert MentorProfile.objects.get().topics == ["language"]
    assert str(Note.objects.get().told_by_person) == "I have time."
    place = Enrolment.objects.get()
    assert (place.programme, place.side, place.waiting_since) == (row.programme, "mentor", TODAY)
    assert stands(row) == ("accepted", None, TODAY)
    assert row.person == person


def test_a_talk_that_was_held_counts_as_the_interview_when_somebody_says_so(ewa) -> None:
    accept(ewa, application_of(ewa), interview_on=TODAY)
    accept(ewa, application_of(ewa))

    assert [(one.kind, one.done_on) for one in MentorCheck.objects.all()] == [("interview", TODAY)]


def test_someone_who_is_here_already_keeps_the_record(ewa) -> None:
    here = ParticipantFactory(organisation=ewa.organisation, name="Zofia Nowak")

    person = accept(ewa, application_of(ewa), person=here)

    assert person == here
    assert Person.objects.count() == 1
    assert (person.is_participant, person.is_mentor) == (True, True)


def test_a_place_that_is_there_is_not_given_twice(ewa) -> None:
    row = application_of(ewa)
    here = MentorFactory(organisation=ewa.organisation)
    EnrolmentFactory(programme=row.programme, person=here, side="mentor")

    accept(ewa, row, person=here)

    assert Enrolment.objects.count() == 1


def test_a_mentor_is_accepted_for_a_programme(ewa) -> None:
    with pytest.raises(commands.NeedsProgramme):
        accept(ewa, application_of(ewa), programme=None)

    assert Person.objects.count() == 0


# ── Yes to a participant ─────────────────────────────────────────────────────────────────────────


def welcome(ewa, row, **changes):
    facts = {
        "programme": row.programme,
        "person": None,
        "told": None,
        "text": "",
        "today": TODAY + timedelta(days=6),
        "now": NOW + timedelta(days=6),
    }
    return commands.accept_participant(ewa, application=row, **facts | changes)


def test_the_waiting_counts_from_the_day_of_the_request(ewa) -> None:
    row = application_of(ewa, asks=True)

    person = welcome(ewa, row)

    place = Enrolment.objects.get()
    assert (place.person, place.side, place.waiting_since) == (person, "participant", TODAY)
    profile = ParticipantProfile.objects.get()
    assert (profile.needs, profile.asked_on) == (["work"], TODAY)


def test_a_family_is_written_down_with_a_yes_and_never_a_second_time(ewa) -> None:
    family = {"adults": 1, "children": {"3-6": 2, "7-12": 1}}
    said = {"languages": {"uk": 5}, "family": family}

    person = welcome(ewa, application_of(ewa, asks=True, answers=said, name="Olena Bondar"))
    welcome(ewa, application_of(ewa, asks=True, answers=said), person=person)

    [kept] = Family.objects.all()
    assert str(kept.label) == "Bondar"
    assert FamilyMember.objects.get().person == person
    counted = Children.objects.order_by("age_band").values_list("age_band", "count")
    assert list(counted) == [("3-6", 2), ("7-12", 1)]


def test_who_comes_alone_has_no_family(ewa) -> None:
    welcome(ewa, application_of(ewa, asks=True))

    assert Family.objects.count() == 0


def test_without_a_programme_there_is_a_record_and_no_list(ewa) -> None:
    welcome(ewa, application_of(ewa, asks=True), programme=None)

    assert Person.objects.count() == 1
    assert Enrolment.objects.count() == 0


def test_who_asked_for_the_person_stands_with_the_ways_of_contact(ewa) -> None:
    helper = {"name": "Mina", "contact": "+48 1", "agreed": "here"}
    row = application_of(ewa, asks=True, asked_by="helper", helper=helper)

    assert str(welcome(ewa, row).contact_note) == "Mina · +48 1"


TOLD = Told(
    on=TODAY,
    language="uk",
    explained=["free", "mentoring", "no such thing"],
    interpreter=" Irina  Melnyk",
    wishes=" Someone patient ",
)


def test_a_welcome_talk_goes_with_the_person(ewa) -> None:
    person = welcome(ewa, application_of(ewa, asks=True), told=TOLD)

    talk = WelcomeTalk.objects.get()
    assert (talk.person, talk.on, talk.by) == (person, TODAY, ewa.membership)
    assert talk.explained == ["mentoring", "free"]
    assert (str(talk.interpreter), str(talk.wishes)) == ("Irina Melnyk", "Someone patient")


def test_a_talk_can_be_noted_for_someone_who_is_here(ewa) -> None:
    person = ParticipantFactory(organisation=ewa.organisation)

    commands.note_talk(ewa, person=person, told=TOLD, today=TODAY, now=NOW)

    assert WelcomeTalk.objects.get().person == person
    with pytest.raises(commands.TalkInFuture):
        commands.note_talk(ewa, person=person, told=TOLD, today=TODAY - timedelta(days=1), now=NOW)


# ── Letting go ───────────────────────────────────────────────────────────────────────────────────


def test_only_mentors_who_never_answered_are_closed_and_only_after_the_last_day(ewa) -> None:
    late, intime = TODAY - timedelta(days=1), TODAY
    silent = application_of(ewa, state="asked", due_on=late)
    still = application_of(ewa, state="asked", due_on=intime)
    person = application_of(ewa, asks=True, state="asked", due_on=late)
    ours = application_of(ewa, due_on=late)

    number = commands.let_lapse(job_actor(TIDY_JOB, ewa.organisation), today=TODAY)

    assert number == 1
    assert stands(silent) == ("lapsed", None, TODAY)
    assert [stands(row)[0] for row in (still, person, ours)] == ["asked", "asked", "received"]


def test_forgetting_destroys_the_key_the_row_and_the_history(ewa) -> None:
    row, other = application_of(ewa), application_of(ewa)
    StepFactory(application=row, text="Which evenings?")

    with permit.lifted():
        number = commands.forget_applications([row.pk])

    assert number == 1
    assert list(Application.objects.all()) == [other]
    assert Step.objects.count() == 0
    assert not DataKey.objects.filter(subject_id=row.pk).exists()
    assert DataKey.objects.filter(subject_id=other.pk).exists()


def test_erasing_a_person_takes_application_and_talk_along(ewa) -> None:
    row = application_of(ewa, asks=True)
    person = welcome(ewa, row, told=TOLD)
    other = WelcomeTalkFactory(person=ParticipantFactory(organisation=ewa.organisation))

    erase_person(ewa, person=person, today=TODAY, now=NOW)

    assert Application.objects.count() == 0
    assert list(WelcomeTalk.objects.all()) == [other]


# ── What can never be stored ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "declined", "due_on": None, "decided_on": TODAY, "reason": ""},
        {"state": "planned", "talk_at": None},
        {"due_on": None},
        {"state": "accepted", "due_on": date(2026, 12, 1)},
        {"asked_by": "helper"},
    ],
)
def test_an_application_that_contradicts_itself_cannot_be_stored(ewa, broken) -> None:
    with pytest.raises(IntegrityError):
        application_of(ewa, **broken)


def test_nobody_is_tied_to_a_record_before_a_yes(ewa) -> None:
    person = PersonFactory(organisation=ewa.organisation)

    with pytest.raises(IntegrityError):
        application_of(ewa, person=person)


def test_no_door_is_open_for_children(ewa) -> None:
    with pytest.raises(IntegrityError):
        DoorFactory(
            programme=ProgrammeFactory(organisation=ewa.organisation),
            least_age=17,
        )


# ── Doors ────────────────────────────────────────────────────────────────────────────────────────


def set_door(ewa, programme, **changes):
    facts = {
        "slug": "poznan",
        "for_mentors": True,
        "for_participants": False,
        "least_age": 21,
        "words": {"en": " Come ", "pl": "  "},
    }
    return commands.set_door(ewa, programme=programme, **facts | changes)


def test_a_door_keeps_its_words_and_is_changed_in_place(ewa) -> None:
    programme = ProgrammeFactory(organisation=ewa.organisation)

    set_door(ewa, programme)
    set_door(ewa, programme, for_mentors=False)

    door = Door.objects.get()
    assert (door.words, door.least_age, door.for_mentors) == ({"en": "Come"}, 21, False)


def test_two_programmes_do_not_share_an_address(ewa) -> None:
    first, second = (ProgrammeFactory(organisation=ewa.organisation) for _ in range(2))
    set_door(ewa, first)

    with pytest.raises(commands.AddressTaken):
        set_door(ewa, second)


def test_an_organisation_has_one_page_and_no_other_takes_its_address(ewa) -> None:
    commands.set_front(ewa, slug="mosty", contact=" Ask us ", is_open=True)
    commands.set_front(ewa, slug="mosty-poznan", contact="Ask us", is_open=False)
    other = actor_of(MembershipFactory())

    with pytest.raises(commands.AddressTaken):
        commands.set_front(other, slug="mosty-poznan", contact="", is_open=True)

    assert list(Front.objects.values_list("slug", "contact", "is_open")) == [
        ("mosty-poznan", "Ask us", False)
    ]


def test_only_the_office_keeps_the_page(ewa, visitor) -> None:
    with pytest.raises(Denied):
        commands.set_front(visitor, slug="mine", contact="", is_open=True)

    assert Front.objects.count() == 0
