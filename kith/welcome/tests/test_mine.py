"""A participant's own waiting, welcome talks on a record, and partner contacts."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from kith.base import scope
from kith.gate.models import Membership
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.people.tests.factories import ParticipantFactory, PersonFactory
from kith.programmes.models import Enrolment
from kith.programmes.tests.factories import EnrolmentFactory, ProgrammeFactory, WaitFactory
from kith.web.panels import panels_for
from kith.welcome.models import Application, WelcomeTalk
from kith.welcome.tests.factories import (
    ApplicationFactory,
    DoorFactory,
    FrontFactory,
    WelcomeTalkFactory,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as watch:
        yield watch


@pytest.fixture
def olena(client):
    member = MembershipFactory(participant=True)
    sign_in(client, member)
    return ParticipantFactory(organisation=member.organisation, user=member.user)


def member_of(person):

    with scope.entered(person.organisation_id):
        return Membership.objects.select_related("organisation").get(user=person.user)


@pytest.fixture
def programme(olena):
    return ProgrammeFactory(organisation=olena.organisation, name="Poznań 2026")


def address(name: str, *args: object) -> str:
    return reverse(f"welcome:{name}", args=args)


def waits(olena, programme, **facts):
    facts.setdefault("waiting_since", TODAY - timedelta(days=30))
    return EnrolmentFactory(programme=programme, person=olena, **facts)


def state_of(place) -> str:
    with scope.entered(place.organisation_id):
        return Enrolment.objects.get(pk=place.pk).state


# ── Waiting ──────────────────────────────────────────────────────────────────────────────────────


def test_the_page_says_since_when_and_honestly_how_long(client, olena, programme) -> None:
    waits(olena, programme)
    for _ in range(5):
        WaitFactory(programme=programme, days=42)

    [line] = client.get(address("mine")).context["lines"]

    assert (line["programme"], line["since"]) == (
        "Poznań 2026",
        "waiting for 30 days, since 3 October",
    )
    assert line["expected"][1] == "The shortest wait was about 6 weeks, the longest about 6 weeks."
    assert line["is_outlasted"] is False


def test_with_too_few_to_tell_nothing_is_promised(client, olena, programme) -> None:
    waits(olena, programme)
    WaitFactory(programme=programme, days=1)

    [line] = client.get(address("mine")).context["lines"]

    assert [sentence[:17] for sentence in line["expected"]] == ["We cannot say yet"]


def test_who_waits_longer_than_all_others_is_told_so(client, olena, programme) -> None:
    waits(olena, programme)
    for _ in range(5):
        WaitFactory(programme=programme, days=29)

    page = client.get(address("mine"))

    assert page.context["lines"][0]["is_outlasted"] is True
    assert "That is not your fault." in page.content.decode()


def test_nobody_learns_a_number_on_the_list_or_who_else_waits(client, olena, programme) -> None:
    other = EnrolmentFactory(programme=programme, waiting_since=TODAY - timedelta(days=90))
    waits(olena, programme)

    page = client.get(address("mine")).content.decode()

    with scope.entered(olena.organisation_id):
        assert str(other.person.name) not in page
    main = re.sub(r"<[^>]+>", " ", page.split("<main")[1])
    assert re.findall(r"\b(?:2nd|second|number 2|90)\b", main) == []


def test_one_leaves_with_one_press(client, olena, programme) -> None:
    place = waits(olena, programme)

    answer = client.post(address("leave", place.pk), follow=True)

    assert state_of(place) == "ended"
    assert answer.context["lines"] == []


def test_one_takes_a_break_and_waits_again(client, olena, programme) -> None:
    place = waits(olena, programme)

    past = client.post(address("break", place.pk), {"until": "2026-11-02"})
    client.post(address("break", place.pk), {"until": "2026-12-24"})
    [resting] = client.get(address("mine")).context["lines"]
    client.post(address("again", place.pk))

    assert past.context["break_form"].non_field_errors() == ["Choose a day after today."]
    assert (resting["state"], resting["until"]) == ("paused", "in 52 days, on 24 December")
    assert state_of(place) == "waiting"


def test_the_place_of_another_cannot_be_left(client, olena, programme) -> None:
    other = EnrolmentFactory(programme=programme)

    answers = [
        client.post(address(name, other.pk)).status_code for name in ("leave", "break", "again")
    ]

    assert answers == [404, 404, 404]
    assert state_of(other) == "waiting"


@pytest.mark.parametrize("state", ["matched", "ended"])
def test_who_does_not_wait_sees_a_friendly_page(client, olena, programme, state) -> None:
    waits(olena, programme, state=state, ended_on=TODAY if state == "ended" else None)

    page = client.get(address("mine"))

    assert page.context["lines"] == []
    assert "You are not on a waiting list" in page.content.decode()


def test_today_leads_there_while_one_waits(client, olena, programme) -> None:
    waits(olena, programme)

    page = " ".join(client.get(reverse("web:today")).content.decode().split())

    assert "Nothing needs you today." in page
    assert "You are on the waiting list" in page
    assert f"{programme.name}\u2069: " in page
    assert f'href="{address("mine")}"' in page


def test_today_says_nothing_of_lists_to_who_does_not_wait(client, olena, programme) -> None:
    waits(olena, programme, state="matched")

    page = client.get(reverse("web:today")).content.decode()

    assert "You are on the waiting list" not in page


def test_one_reads_ones_own_welcome_talk(client, olena, programme) -> None:
    waits(olena, programme)
    WelcomeTalkFactory(person=olena, wishes="Someone patient")

    assert "Someone patient" in client.get(address("mine")).content.decode()


# ── On a record ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def ewa(client):
    member = MembershipFactory()
    sign_in(client, member)
    return member


def test_a_talk_is_noted_on_a_record(client, ewa) -> None:
    person = ParticipantFactory(organisation=ewa.organisation, language="ar")
    fields = {
        "on": "2026-11-01",
        "language": "ar",
        "interpreter": "Irina",
        "explained": ["free"],
        "wishes": "A woman",
    }

    page = client.get(address("new_talk", person.pk))
    client.post(address("new_talk", person.pk), fields)
    panel = client.get(address("person", person.pk))

    assert page.context["guide"][0][1] == "من هو المرشد"
    [line] = panel.context["lines"]
    assert (line["language"], line["explained"]) == ("Arabic", "Free, and your choice")
    with scope.entered(ewa.organisation_id):
        assert WelcomeTalk.objects.get().person == person


def test_the_section_stands_on_records_of_participants_alone(ewa) -> None:
    actor = actor_of(ewa)
    olena = ParticipantFactory(organisation=ewa.organisation)
    marta = PersonFactory(organisation=ewa.organisation, is_mentor=True)

    keys = {
        person.is_participant: {link.key for link in panels_for(actor, "person", person)}
        for person in (olena, marta)
    }

    assert "person.welcome" in keys[True]
    assert "person.welcome" not in keys[False]


def test_a_mentor_reads_no_welcome_talk(client, ewa) -> None:
    person = ParticipantFactory(organisation=ewa.organisation)
    sign_in(client, MembershipFactory(organisation=ewa.organisation, mentor=True))

    assert client.get(address("person", person.pk)).status_code == 404
    assert client.get(address("new_talk", person.pk)).status_code == 404


# ── Partner contacts ─────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def anna(client):
    member = MembershipFactory(roles=["partner_contact"])
    sign_in(client, member)
    return member


REQUEST = {
    "agreed": "told",
    "agreed_on": "2026-11-01",
    "name": "Olena",
    "phone": "600 700 801",
    "channel": "phone",
    "speaks": "uk",
    "is_adult": "on",
}


def refer(client, noon, **changes):
    page = client.get(address("refer")).content.decode()
    mark = re.search(r'name="mark" value="([^"]+)"', page).group(1)
    noon.shift(timedelta(seconds=20))
    return client.post(address("refer"), {"mark": mark, **REQUEST, **changes})


def test_a_partner_asks_for_someone_and_hands_the_code_over(client, anna, noon) -> None:
    FrontFactory(organisation=anna.organisation, slug="mosty")
    DoorFactory(programme=ProgrammeFactory(organisation=anna.organisation))

    page = refer(client, noon)

    assert re.fullmatch(r"(?:[A-Z0-9]{4}\s?){4}", page.context["receipt_code"])
    assert page.context["address"] == "http://testserver/join/mosty/en/state/"
    with scope.entered(anna.organisation_id):
        row = Application.objects.get()
        assert (row.referred_by, row.asked_by, str(row.name)) == (anna, "organisation", "Olena")
        assert row.helper == {"agreed": "told", "agreed_on": "2026-11-01"}


def test_without_the_persons_own_word_nothing_is_taken_in(client, anna, noon) -> None:
    page = refer(client, noon, agreed="")

    assert list(page.context["form"].errors) == ["agreed"]
    with scope.entered(anna.organisation_id):
        assert Application.objects.count() == 0


def test_a_partner_learns_no_more_than_that_it_arrived(client, anna) -> None:
    mine = {"organisation": anna.organisation, "referred_by": anna, "asks": True}
    ApplicationFactory(name="Olena", **mine)
    ApplicationFactory(
        name="Amal", state="declined", reason="other_help", due_on=None, decided_on=TODAY, **mine
    )
    ApplicationFactory(organisation=anna.organisation, name="Of nobody", asks=True)

    lines = client.get(address("referred")).context["lines"]

    assert [(str(line["name"]), line["said"]) for line in lines] == [
        ("Amal", "Finished on our side. The person can tell you more."),
        ("Olena", "We are in contact with the person, or will be soon."),
    ]
    assert client.get(address("desk")).status_code == 404


def test_only_partner_contacts_ask_this_way(client, ewa) -> None:
    assert client.get(address("referred")).status_code == 404
    assert client.get(address("refer")).status_code == 404
