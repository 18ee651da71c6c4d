"""Pages of joint activities, as staff, mentors and participants open them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kith.activities.models import Activity, Picture, SignUp
from kith.activities.tests.factories import ActivityFactory, SignUpFactory
from kith.activities.wiring import _own, _to_note
from kith.base import clock, files, permit, scope
from kith.base.pictures import without_traces
from kith.base.tests.pictures import PLACE, jpeg
from kith.consent.tests.factories import ConsentFactory
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.people.commands.index import renew_index
from kith.people.models import Person
from kith.people.tests.factories import PersonFactory
from kith.programmes.tests.factories import EnrolmentFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db

JPEG = jpeg()


@pytest.fixture
def programme():
    programme = ProgrammeFactory(name="Mosty")
    with scope.entered(programme.organisation_id):
        yield programme


@pytest.fixture
def coordinator(client, programme):
    return sign_in(client, MembershipFactory(organisation=programme.organisation))


def account(programme, role):
    """Someone of the programme who signs in: the record and the membership."""
    member = MembershipFactory(organisation=programme.organisation, roles=[role.value])
    side = {"mentor": True} if role is Role.MENTOR else {"participant": True}
    person = PersonFactory(organisation=programme.organisation, user=member.user, **side)
    EnrolmentFactory(programme=programme, person=person, side=role.value)
    return person, member


def soon(programme, *, days=3, **fields):
    return ActivityFactory(
        programme=programme, starts_at=clock.now() + timedelta(days=days), **fields
    )


def text_of(answer):
    return answer.content.decode()


def address(name, *keys):
    return reverse(f"activities:{name}", args=keys)


def typed(**fields):
    day = timezone.localdate() + timedelta(days=5)
    return {
        "title": "Walk",
        "about": "",
        "day": day.isoformat(),
        "time": "17:00",
        "minutes": "90",
        "rhythm": "once",
        "until": "",
        "place": "Park",
        "link": "",
        "places": "",
        **fields,
    }


def test_an_empty_list_leads_to_the_first_activity(coordinator) -> None:
    page = text_of(coordinator.get(address("start")))

    assert "Nothing is planned yet" in page
    assert f'href="{address("new")}"' in page


def test_without_a_programme_planning_says_what_is_missing(coordinator, programme) -> None:
    other = sign_in(coordinator, MembershipFactory())

    assert "There is no running programme" in text_of(other.get(address("new")))


def test_an_activity_is_planned_and_seen_by_the_people_of_the_programme(
    coordinator, programme, client
) -> None:
    answer = coordinator.post(address("new"), typed(programme=str(programme.pk)))

    made = Activity.objects.get()
    assert answer["Location"] == address("activity", made.pk)
    _, member = account(programme, Role.PARTICIPANT)
    page = text_of(sign_in(client, member).get(address("start")))
    assert "Walk" in page
    assert "I want to come" in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"place": ""}, "Say where it is, or give a link."),
        ({"rhythm": "weekly", "until": "2020-01-01"}, "The end comes before the first day."),
        ({"day": "2020-01-01"}, "This day is over already."),
        ({"minutes": "5"}, "15"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    coordinator, programme, fields, said
) -> None:
    page = text_of(coordinator.post(address("new"), typed(programme=str(programme.pk), **fields)))

    assert said in page
    assert 'value="Walk"' in page
    assert Activity.objects.count() == 0


def test_one_day_is_changed_and_called_off(coordinator, programme) -> None:
    row = soon(programme)

    first = coordinator.get(address("change", row.pk))
    coordinator.post(address("change", row.pk), typed(title="Long walk"))
    coordinator.post(address("off", row.pk), {"note": "It rains."})

    assert 'value="Language café"' in text_of(first)
    row.refresh_from_db()
    assert (row.title, row.state) == ("Long walk", "called_off")
    page = text_of(coordinator.get(address("activity", row.pk)))
    assert "This activity does not take place" in page
    assert "It rains." in page


def test_a_repeating_activity_is_planned_and_ended(coordinator, programme) -> None:
    coordinator.post(address("new"), typed(programme=str(programme.pk), rhythm="weekly"))
    first = Activity.objects.order_by("starts_at").first()

    shown = text_of(coordinator.get(address("activity", first.pk)))
    last = timezone.localdate(first.starts_at)
    coordinator.post(address("end", first.pk), {"last": last.isoformat()})

    assert "End the repeating" in shown
    assert Activity.objects.filter(state="planned").count() == 1


def test_a_participant_says_yes_with_a_child_and_no_again(client, programme) -> None:
    person, member = account(programme, Role.PARTICIPANT)
    row, me = soon(programme), sign_in(client, member)

    me.post(address("come", row.pk), {"guests": "1"})
    mine = text_of(me.get(address("activity", row.pk)))
    me.post(address("no", row.pk))

    assert "You are coming" in mine
    assert "You bring 1 person." in mine
    assert "1 of 3 places is free." in mine
    one = SignUp.objects.get()
    assert (one.person, one.answer) == (person, "not_coming")


def test_a_full_activity_is_waited_for(client, programme) -> None:
    _, member = account(programme, Role.MENTOR)
    row, me = soon(programme, places=1, taken=1), sign_in(client, member)
    SignUpFactory(activity=row)

    page = text_of(me.post(address("come", row.pk), {"guests": "0"}, follow=True))

    assert "You come next when one is free." in page
    assert "You are waiting for a place" in page


def test_a_slip_keeps_what_was_typed(client, programme) -> None:
    _, member = account(programme, Role.PARTICIPANT)
    row = soon(programme)

    page = text_of(sign_in(client, member).post(address("come", row.pk), {"guests": "12"}))

    assert 'value="12"' in page
    assert SignUp.objects.count() == 0


def test_participants_see_how_many_come_and_not_who(client, programme) -> None:
    _, member = account(programme, Role.PARTICIPANT)
    row = soon(programme, taken=1)
    other = PersonFactory(organisation=programme.organisation, participant=True, name="Olena K")
    SignUpFactory(activity=row, person=other)
    me = sign_in(client, member)

    page = text_of(me.get(address("activity", row.pk)))

    assert "2 of 3 places are free." in page
    assert "Olena" not in page
    assert me.get(address("who", row.pk)).status_code == 404
    assert me.get(address("change", row.pk)).status_code == 404


def test_other_programmes_and_organisations_stay_closed(client, programme) -> None:
    _, member = account(programme, Role.PARTICIPANT)
    elsewhere = soon(ProgrammeFactory(organisation=programme.organisation))

    assert sign_in(client, member).get(address("activity", elsewhere.pk)).status_code == 404
    stranger = sign_in(client, MembershipFactory())
    assert stranger.get(address("activity", elsewhere.pk)).status_code == 404


def test_staff_without_a_record_cannot_come_themselves(coordinator, programme) -> None:
    row = soon(programme)

    assert "I want to come" not in text_of(coordinator.get(address("activity", row.pk)))
    assert coordinator.post(address("no", row.pk)).status_code == 404


def test_somebody_who_called_is_found_and_signed_up(coordinator, programme) -> None:
    row = soon(programme)
    caller = PersonFactory(
        organisation=programme.organisation, participant=True, name="Halyna Bondar"
    )
    EnrolmentFactory(programme=programme, person=caller)
    with permit.lifted():
        renew_index(Person.objects.get(pk=caller.pk))

    found = text_of(coordinator.get(address("who", row.pk), {"q": "Halyna"}))
    coordinator.post(address("come_for", row.pk, caller.pk))
    listed = text_of(coordinator.get(address("who", row.pk)))
    coordinator.post(address("no_for", row.pk, caller.pk))

    assert address("come_for", row.pk, caller.pk) in found
    assert "Halyna Bondar" in listed
    assert SignUp.objects.get().answer == "not_coming"


def test_nobody_found_is_said(coordinator, programme) -> None:
    row = soon(programme)

    page = text_of(coordinator.get(address("who", row.pk), {"q": "Nobody"}))

    assert "Nobody of this programme was found" in page


def test_who_came_is_noted_afterwards(coordinator, programme) -> None:
    row = soon(programme, days=-1)
    came, stayed = SignUpFactory(activity=row), SignUpFactory(activity=row)

    page = text_of(coordinator.get(address("who", row.pk)))
    coordinator.post(address("who", row.pk), {"came": [str(came.person_id)], "others": "2"})

    assert "How many others came?" in page
    stayed.refresh_from_db()
    row.refresh_from_db()
    assert (stayed.came, row.came) == (False, 3)
    assert "3 people came." in text_of(coordinator.get(address("activity", row.pk)))


def test_a_picture_is_added_shown_and_removed(coordinator, programme) -> None:
    row = soon(programme, days=-1)
    one = SignUpFactory(activity=row)
    ConsentFactory(person=one.person, purpose="photos")
    sent = {
        "picture": SimpleUploadedFile("a.jpg", JPEG, "image/jpeg"),
        "alt": "Cups on a table",
        "persons": [str(one.person_id)],
    }

    coordinator.post(address("new_picture", row.pk), sent)
    picture = Picture.objects.get()
    shown = coordinator.get(address("picture", row.pk, picture.pk))
    page = text_of(coordinator.get(address("activity", row.pk)))
    asked = text_of(coordinator.get(address("remove_picture", row.pk, picture.pk)))
    coordinator.post(address("remove_picture", row.pk, picture.pk))

    assert (shown.content, shown["Content-Type"]) == (
        without_traces(JPEG, files.JPEG),
        "image/jpeg",
    )
    assert PLACE not in shown.content
    assert shown["Cache-Control"] == "private, no-store"
    assert 'alt="Cups on a table"' in page
    assert "The picture goes for good." in asked
    assert Picture.objects.count() == 0
    assert coordinator.get(address("picture", row.pk, picture.pk)).status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (JPEG, "has not agreed to pictures"),
        (b"%PDF-1.7", "This kind of file cannot be taken here."),
    ],
)
def test_a_picture_that_may_not_be_is_refused(coordinator, programme, content, said) -> None:
    row = soon(programme, days=-1)
    one = SignUpFactory(activity=row)
    EnrolmentFactory(programme=programme, person=one.person)
    sent = {
        "picture": SimpleUploadedFile("a.jpg", content, "image/jpeg"),
        "alt": "Cups on a table",
        "persons": [str(one.person_id)],
    }

    page = text_of(coordinator.post(address("new_picture", row.pk), sent))

    assert said in page
    assert 'value="Cups on a table"' in page
    assert Picture.objects.count() == 0


def test_lists_are_read_page_by_page(coordinator, programme) -> None:
    for number in range(23):
        soon(programme, days=number + 1, title=f"Walk {number:02}")
        soon(programme, days=-number - 1, title=f"Past {number:02}")

    coming = text_of(coordinator.get(address("start")))
    past = text_of(coordinator.get(address("past")))
    after = coming.split("?after=")[1].split('"')[0]
    rest = text_of(coordinator.get(f"{address('start')}?after={after}"))

    assert [f"Walk {n:02}" in coming for n in (0, 19, 20)] == [True, True, False]
    assert [f"Past {n:02}" in past for n in (0, 19, 20)] == [True, True, False]
    assert [f"Walk {n:02}" in rest for n in (19, 20, 22)] == [False, True, True]
    assert coordinator.get(f"{address('start')}?after=nonsense").status_code == 200


def test_the_list_needs_the_same_queries_for_one_and_three(client, programme) -> None:
    _, member = account(programme, Role.PARTICIPANT)
    me = sign_in(client, member)
    soon(programme)
    me.get(address("start"))
    with CaptureQueriesContext(connection) as one:
        me.get(address("start"))
    soon(programme, days=4)
    soon(programme, days=5)

    with CaptureQueriesContext(connection) as three:
        me.get(address("start"))

    assert len(three) == len(one)


def test_today_tells_what_one_signed_up_for(programme) -> None:
    person, member = account(programme, Role.PARTICIPANT)
    SignUpFactory(activity=soon(programme, days=2), person=person)
    SignUpFactory(activity=soon(programme, days=20), person=person)

    lines = list(_own(actor_of(member), clock.today()))

    assert [line.action_label for line in lines] == ["Open"]
    assert list(_to_note(actor_of(member), clock.today())) == []


def test_today_asks_the_coordinator_who_came_until_it_is_noted(programme) -> None:
    ewa = actor_of(MembershipFactory(organisation=programme.organisation))
    row = soon(programme, days=-1)
    SignUpFactory(activity=row)
    soon(programme, days=-2)
    SignUpFactory(activity=soon(programme, days=-20))

    lines = list(_to_note(ewa, clock.today()))

    assert [line.url for line in lines] == [address("who", row.pk)]
    assert list(_own(ewa, clock.today())) == []
