"""Every act of joint activities."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kith.activities import commands
from kith.activities.events import ActivityMoved, PlaceFound
from kith.activities.models import Activity, OnPicture, Picture, Series, SignUp
from kith.activities.permissions import DAYS_JOB
from kith.activities.queries import lists, pictures
from kith.activities.rules.plan import Plan, Rhythm
from kith.activities.tests.factories import NOW, THURSDAY, ActivityFactory, SignUpFactory
from kith.base import files, permit, scope
from kith.base.errors import Denied
from kith.base.events import announce, listen
from kith.base.models import StoredFile
from kith.base.pictures import without_traces
from kith.base.tests.pictures import jpeg
from kith.consent.events import ConsentDecided
from kith.consent.tests.factories import ConsentFactory
from kith.gate.actor import job_actor
from kith.gate.models import AuditEvent
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.people.commands import erase_person
from kith.people.tests.factories import PersonFactory
from kith.programmes.tests.factories import EnrolmentFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
CAFE = Plan(
    title=" Language café ",
    about="Bring a friend.",
    place="Wilda 1",
    link="",
    starts_at=THURSDAY,
    minutes=120,
    places=3,
)


@pytest.fixture
def ewa():
    member = MembershipFactory()
    with scope.entered(member.organisation_id):
        yield actor_of(member)


@pytest.fixture
def programme(ewa):
    return ProgrammeFactory(organisation=ewa.organisation)


@pytest.fixture
def cafe(programme):
    return ActivityFactory(programme=programme)


def waiting_person(programme, **fields):
    person = PersonFactory(organisation=programme.organisation, participant=True, **fields)
    EnrolmentFactory(programme=programme, person=person)
    return person


def myself(ewa, programme, role=Role.PARTICIPANT):
    """A participant with an account, and who they are for the gate."""
    member = MembershipFactory(organisation=ewa.organisation, roles=[role.value])
    return waiting_person(programme, user=member.user), actor_of(member)


def heard(fact):
    """What is announced of a kind from now on."""
    found = []
    listen(fact, found.append)
    return found


def answer_of(activity, person):
    return SignUp.objects.get(activity=activity, person=person).answer


def test_one_activity_is_announced(ewa, programme) -> None:
    made = commands.plan_activity(ewa, programme=programme, plan=CAFE, now=NOW)

    assert (made.title, made.starts_at, made.series) == ("Language café", THURSDAY, None)
    assert Activity.objects.count() == 1


def test_a_weekly_one_stands_on_the_list_for_eight_weeks(ewa, programme) -> None:
    weekly = replace(CAFE, rhythm=Rhythm.WEEKLY)

    first = commands.plan_activity(ewa, programme=programme, plan=weekly, now=NOW)

    days = [one.starts_at for one in Activity.objects.order_by("starts_at")]
    assert days == [THURSDAY + timedelta(weeks=number) for number in range(8)]
    assert first.starts_at == THURSDAY


def test_the_hour_on_the_clock_stays_when_the_clocks_change(ewa, programme) -> None:
    october = replace(CAFE, starts_at=THURSDAY.replace(month=10, day=22), rhythm=Rhythm.WEEKLY)

    commands.plan_activity(
        ewa, programme=programme, plan=october, now=NOW.replace(month=10, day=20)
    )

    hours = {one.starts_at.astimezone(THURSDAY.tzinfo).hour for one in Activity.objects.all()}
    assert hours == {17}


def test_days_are_made_once_and_end_with_the_series(ewa, programme) -> None:
    until = date(2027, 2, 4)
    weekly = replace(CAFE, rhythm=Rhythm.WEEKLY, until=until)
    commands.plan_activity(ewa, programme=programme, plan=weekly, now=NOW)
    job = job_actor(DAYS_JOB, ewa.organisation)

    first = commands.make_days(job, today=TODAY + timedelta(weeks=1))
    again = commands.make_days(job, today=TODAY + timedelta(weeks=1))
    later = commands.make_days(job, today=TODAY + timedelta(weeks=30))

    assert (first, again, later) == (1, 0, 0)
    days = [one.starts_at.date() for one in Activity.objects.order_by("starts_at")]
    assert len(days) == len(set(days)) == 9


def test_days_that_were_missed_are_not_made_up_for(ewa, programme) -> None:
    weekly = replace(CAFE, rhythm=Rhythm.WEEKLY)
    commands.plan_activity(ewa, programme=programme, plan=weekly, now=NOW)

    commands.make_days(job_actor(DAYS_JOB, ewa.organisation), today=TODAY + timedelta(weeks=20))

    later = Activity.objects.filter(starts_at__gt=THURSDAY + timedelta(weeks=8))
    assert later.order_by("starts_at").first().starts_at.date() == date(2027, 4, 15)


@pytest.mark.parametrize(
    ("moved", "refusal"),
    [
        (timedelta(days=-4), commands.PlannedInThePast),
        (timedelta(days=500), commands.PlannedTooFar),
    ],
)
def test_an_impossible_day_is_refused(ewa, programme, moved, refusal) -> None:
    plan = replace(CAFE, starts_at=THURSDAY + moved)

    with pytest.raises(refusal):
        commands.plan_activity(ewa, programme=programme, plan=plan, now=NOW)

    assert (Activity.objects.count(), Series.objects.count()) == (0, 0)


def test_another_time_is_told_to_those_who_signed_up(ewa, cafe) -> None:
    coming, waiting = SignUpFactory(activity=cafe), SignUpFactory(activity=cafe, answer="waiting")
    SignUpFactory(activity=cafe, answer="not_coming")
    told = heard(ActivityMoved)

    commands.change_activity(ewa, activity=cafe, plan=replace(CAFE, about="New words."), now=NOW)
    assert told == []
    commands.change_activity(
        ewa, activity=cafe, plan=replace(CAFE, starts_at=THURSDAY + timedelta(hours=1)), now=NOW
    )

    assert [set(fact.person_ids) for fact in told] == [{coming.person_id, waiting.person_id}]


def test_nobody_loses_a_place_and_more_places_let_others_in(ewa, programme, cafe) -> None:
    people = [waiting_person(programme) for _ in range(5)]
    for person in people:
        commands.sign_up(ewa, activity=cafe, person=person, guests=0, now=NOW)

    with pytest.raises(commands.FewerPlacesThanTaken):
        commands.change_activity(ewa, activity=cafe, plan=replace(CAFE, places=2), now=NOW)
    commands.change_activity(ewa, activity=cafe, plan=replace(CAFE, places=4), now=NOW)

    answers = [answer_of(cafe, person) for person in people]
    assert answers == ["coming"] * 4 + ["waiting"]


def test_a_place_that_becomes_free_goes_to_who_waits_longest(ewa, programme, cafe) -> None:
    first, second, third, fourth, fifth = (waiting_person(programme) for _ in range(5))
    for minute, person in enumerate((first, second, third, fourth, fifth)):
        at = NOW + timedelta(minutes=minute)
        commands.sign_up(ewa, activity=cafe, person=person, guests=0, now=at)
    told = heard(PlaceFound)

    commands.say_no(ewa, activity=cafe, person=second, now=NOW + timedelta(hours=1))

    assert told == [PlaceFound(cafe.pk, fourth.pk)]
    assert answer_of(cafe, fifth) == "waiting"
    cafe.refresh_from_db()
    assert cafe.taken == 3


def test_who_waits_keeps_the_turn_when_the_button_is_pressed_again(ewa, programme, cafe) -> None:
    people = [waiting_person(programme) for _ in range(5)]
    for minute, person in enumerate(people):
        at = NOW + timedelta(minutes=minute)
        commands.sign_up(ewa, activity=cafe, person=person, guests=0, now=at)

    commands.sign_up(ewa, activity=cafe, person=people[3], guests=0, now=NOW + timedelta(hours=1))
    commands.say_no(ewa, activity=cafe, person=people[0], now=NOW + timedelta(hours=2))

    assert answer_of(cafe, people[3]) == "coming"
    assert answer_of(cafe, people[4]) == "waiting"


def test_nobody_overtakes_a_family_that_waits(ewa, programme, cafe) -> None:
    alone, family, late = (waiting_person(programme) for _ in range(3))
    commands.sign_up(ewa, activity=cafe, person=alone, guests=0, now=NOW)
    commands.sign_up(ewa, activity=cafe, person=family, guests=2, now=NOW)

    one = commands.sign_up(ewa, activity=cafe, person=late, guests=0, now=NOW)

    assert (answer_of(cafe, family), one.answer) == ("waiting", "waiting")


def test_people_without_a_match_may_come_and_strangers_may_not(ewa, programme, cafe) -> None:
    me, actor = myself(ewa, programme)
    stranger = PersonFactory(organisation=ewa.organisation, participant=True)

    one = commands.sign_up(actor, activity=cafe, person=me, guests=1, now=NOW)

    assert (one.answer, one.guests, one.taken_by) == ("coming", 1, None)
    with pytest.raises(commands.NotInProgramme):
        commands.sign_up(ewa, activity=cafe, person=stranger, guests=0, now=NOW)


def test_nobody_answers_for_somebody_else(ewa, programme, cafe) -> None:
    _, actor = myself(ewa, programme)
    other = waiting_person(programme)
    SignUpFactory(activity=cafe, person=other)

    with pytest.raises(Denied):
        commands.say_no(actor, activity=cafe, person=other, now=NOW)
    with pytest.raises(Denied):
        commands.sign_up(actor, activity=cafe, person=other, guests=0, now=NOW)

    assert answer_of(cafe, other) == "coming"


def test_an_activity_of_another_programme_is_not_open(ewa, programme) -> None:
    me, actor = myself(ewa, programme)
    elsewhere = ActivityFactory(programme=ProgrammeFactory(organisation=ewa.organisation))

    with pytest.raises(Denied):
        commands.sign_up(actor, activity=elsewhere, person=me, guests=0, now=NOW)


def test_staff_who_sign_somebody_up_are_noted(ewa, programme, cafe) -> None:
    one = commands.sign_up(ewa, activity=cafe, person=waiting_person(programme), guests=0, now=NOW)

    assert one.taken_by == ewa.membership


@pytest.mark.parametrize(
    ("fields", "at", "guests", "refusal"),
    [
        ({"state": "called_off"}, NOW, 0, commands.ActivityIsOff),
        ({}, THURSDAY + timedelta(hours=2), 0, commands.ActivityIsOver),
        ({}, NOW, 10, commands.TooManyGuests),
    ],
)
def test_a_yes_that_cannot_be(ewa, programme, fields, at, guests, refusal) -> None:
    activity = ActivityFactory(programme=programme, **fields)
    person = waiting_person(programme)

    with pytest.raises(refusal):
        commands.sign_up(ewa, activity=activity, person=person, guests=guests, now=at)

    assert SignUp.objects.count() == 0


def test_calling_off_is_told_once(ewa, cafe) -> None:
    one, told = SignUpFactory(activity=cafe), heard(ActivityMoved)

    commands.call_off(ewa, activity=cafe, note=" We are ill. ")
    commands.call_off(ewa, activity=cafe, note="Again.")

    cafe.refresh_from_db()
    assert (cafe.state, str(cafe.off_note)) == ("called_off", "We are ill.")
    assert told == [ActivityMoved(cafe.pk, [one.person_id])]


def test_a_series_ends_and_its_later_days_are_called_off(ewa, programme) -> None:
    weekly = replace(CAFE, rhythm=Rhythm.WEEKLY)
    first = commands.plan_activity(ewa, programme=programme, plan=weekly, now=NOW)

    off = commands.end_series(ewa, series=first.series, last=date(2026, 12, 3), now=NOW)

    assert off == 6
    assert Activity.objects.filter(state="planned").count() == 2
    job = job_actor(DAYS_JOB, ewa.organisation)
    assert commands.make_days(job, today=TODAY + timedelta(weeks=10)) == 0


def test_who_came_is_noted_with_guests_and_others(ewa, cafe) -> None:
    came = SignUpFactory(activity=cafe, guests=1)
    stayed = SignUpFactory(activity=cafe)

    with pytest.raises(commands.NotYetTime):
        commands.note_who_came(
            ewa, activity=cafe, came=[came.person_id], others=2, today=TODAY, now=NOW
        )
    commands.note_who_came(
        ewa, activity=cafe, came=[came.person_id], others=2, today=TODAY, now=THURSDAY
    )

    cafe.refresh_from_db()
    assert (cafe.came, cafe.noted_on) == (4, TODAY)
    came.refresh_from_db()
    stayed.refresh_from_db()
    assert (came.came, stayed.came) == (True, False)


def keep(ewa, cafe, *persons, nobody=False):
    return commands.add_picture(
        ewa,
        activity=cafe,
        content=jpeg(),
        kind=files.JPEG,
        alt=" A table with cups ",
        nobody=nobody,
        persons=persons,
    )


def test_a_picture_needs_the_yes_of_everybody_on_it(ewa, programme, cafe) -> None:
    agreed, not_asked = waiting_person(programme), waiting_person(programme)
    ConsentFactory(person=agreed, purpose="photos")

    with pytest.raises(commands.PictureNotAllowed):
        keep(ewa, cafe, agreed, not_asked)
    with pytest.raises(commands.NobodyNamed):
        keep(ewa, cafe)
    with pytest.raises(commands.NobodyNamed):
        keep(ewa, cafe, agreed, nobody=True)
    assert (Picture.objects.count(), StoredFile.objects.count()) == (0, 0)
    kept = keep(ewa, cafe, agreed)

    assert pictures.shown(ewa, cafe) == [kept]
    assert files.content_of(kept.file) == without_traces(jpeg(), files.JPEG)


def test_a_yes_taken_back_removes_the_picture_at_once(ewa, programme, cafe) -> None:
    person = waiting_person(programme)
    consent = ConsentFactory(person=person, purpose="photos")
    keep(ewa, cafe, person)
    keep(ewa, cafe, nobody=True)
    with permit.lifted():
        consent.state = "withdrawn"
        consent.save()
        assert len(pictures.shown(ewa, cafe)) == 1

        announce(ConsentDecided(person.pk, "photos", "withdrawn"))

    assert (Picture.objects.count(), OnPicture.objects.count()) == (1, 0)
    assert StoredFile.objects.count() == 1


def test_an_answer_about_something_else_leaves_pictures_alone(ewa, programme, cafe) -> None:
    person = waiting_person(programme)
    ConsentFactory(person=person, purpose="photos")
    keep(ewa, cafe, person)

    with permit.lifted():
        announce(ConsentDecided(person.pk, "statistics", "withdrawn"))
        announce(ConsentDecided(person.pk, "photos", "given"))

    assert Picture.objects.count() == 1


def test_a_picture_can_be_removed(ewa, cafe) -> None:
    kept = keep(ewa, cafe, nobody=True)

    commands.remove_picture(ewa, picture=kept)

    assert (Picture.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_an_erased_person_leaves_no_answer_and_the_place_is_free(ewa, programme, cafe) -> None:
    gone, waits = waiting_person(programme), waiting_person(programme)
    SignUpFactory(activity=cafe, person=gone, guests=2)
    SignUpFactory(activity=cafe, person=waits, answer="waiting")
    ConsentFactory(person=gone, purpose="photos")
    keep(ewa, cafe, gone)

    erase_person(ewa, person=gone, today=TODAY, now=NOW)

    assert [one.person_id for one in SignUp.objects.all()] == [waits.pk]
    assert answer_of(cafe, waits) == "coming"
    assert Picture.objects.count() == 0


def test_names_go_after_a_year_and_the_number_stays(ewa, cafe) -> None:
    SignUpFactory(activity=cafe)
    commands.note_who_came(ewa, activity=cafe, came=[], others=5, today=TODAY, now=THURSDAY)
    day = THURSDAY.date()

    assert list(lists.answers_due(day - timedelta(days=1))) == []
    due = list(lists.answers_due(day))
    with permit.lifted():
        assert commands.forget_answers(due) == 1

    cafe.refresh_from_db()
    assert (SignUp.objects.count(), cafe.came) == (0, 5)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.MENTOR, Role.PARTICIPANT])
def test_only_coordinators_plan_and_note(ewa, programme, cafe, role) -> None:
    _, actor = myself(ewa, programme, role)

    with pytest.raises(Denied):
        commands.plan_activity(actor, programme=programme, plan=CAFE, now=NOW)
    with pytest.raises(Denied):
        commands.call_off(actor, activity=cafe, note="")
    with pytest.raises(Denied):
        commands.note_who_came(actor, activity=cafe, came=[], others=0, today=TODAY, now=THURSDAY)


def test_each_act_leaves_a_line_without_words(ewa, programme) -> None:
    made = commands.plan_activity(ewa, programme=programme, plan=CAFE, now=NOW)
    commands.call_off(ewa, activity=made, note="Ewa is ill")

    lines = list(AuditEvent.objects.filter(verb="activities.plan").order_by("seq"))
    assert [line.row_id for line in lines] == [made.pk, made.pk]
    assert "ill" not in str([line.changes for line in lines])
