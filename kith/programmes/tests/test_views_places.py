"""Waiting lists and places, through the client."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import clock, scope
from kith.base.tests.factories import RowFactory
from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.people.models import ImportBatch, ImportRow
from kith.people.tests.factories import (
    MentorCheckFactory,
    PersonFactory,
)
from kith.programmes.models import Enrolment
from kith.programmes.tests.factories import EnrolmentFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


class BatchFactory(RowFactory):
    class Meta:
        model = ImportBatch

    kind = "participants"
    filename = "list.xlsx"


class BatchRowFactory(RowFactory):
    class Meta:
        model = ImportRow

    number = 1
    state = "done"
    fingerprint = "f"


@pytest.fixture
def ewa():
    return MembershipFactory()


@pytest.fixture
def programme(ewa):
    return ProgrammeFactory(organisation=ewa.organisation, name="Poznań 2026")


def address(name: str, *args: object) -> str:
    return reverse(f"programmes:{name}", args=args)


def all_places(member) -> list[tuple[object, str]]:
    with scope.entered(member.organisation_id):
        return list(Enrolment.objects.order_by("id").values_list("person_id", "state"))


def test_the_waiting_list_begins_with_the_longest_waiting_and_says_since_when(
    client, ewa, programme
) -> None:
    today = clock.today()
    later = EnrolmentFactory(programme=programme, waiting_since=today - timedelta(days=2))
    first = EnrolmentFactory(programme=programme, waiting_since=today - timedelta(days=23))
    EnrolmentFactory(programme=programme, state="paused")
    sign_in(client, ewa)

    lines = client.get(address("waiting", programme.pk)).context["lines"]

    assert [line["place"] for line in lines] == [first, later]
    assert lines[0]["words"].startswith("waiting for 23 days, since ")


def test_a_waiting_list_goes_on_where_it_ended(client, ewa, programme, monkeypatch) -> None:
    monkeypatch.setattr("kith.programmes.queries.lists.LINES_AT_ONCE", 2)
    day = date(2026, 10, 1)
    rows = [EnrolmentFactory(programme=programme, waiting_since=day) for _ in range(3)]
    sign_in(client, ewa)

    first = client.get(address("waiting", programme.pk))
    second = client.get(first.context["next_url"])

    shown = [line["place"] for page in (first, second) for line in page.context["lines"]]
    assert shown == rows
    assert second.context["next_url"] == ""


def test_a_list_is_narrowed_by_a_practical_reason(client, ewa, programme) -> None:
    with_reason = EnrolmentFactory(programme=programme, reasons=["times"])
    EnrolmentFactory(programme=programme)
    sign_in(client, ewa)

    page = client.get(f"{address('waiting', programme.pk)}?reason=times")

    assert [line["place"] for line in page.context["lines"]] == [with_reason]
    assert [str(one.label) for one in page.context["reasons"]] == ["no shared times yet"]


def test_the_list_of_mentors_says_what_each_lacks(client, ewa, programme) -> None:
    row = EnrolmentFactory(programme=programme, mentor=True)
    MentorCheckFactory(person=row.person, kind="identity")
    sign_in(client, ewa)

    lines = client.get(f"{address('waiting', programme.pk)}?side=mentor").context["lines"]

    assert [line["context"] for line in lines] == [
        "No training is noted. Not noted: References, Interview and Signed code of conduct."
    ]


@pytest.mark.parametrize("side", ["participant", "mentor"])
def test_lists_ask_the_database_as_often_for_one_as_for_three(client, ewa, programme, side) -> None:
    EnrolmentFactory(programme=programme, side=side)
    sign_in(client, ewa)
    url = f"{address('waiting', programme.pk)}?side={side}"
    client.get(url)

    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _ in range(2):
        EnrolmentFactory(programme=programme, side=side)
    with CaptureQueriesContext(connection) as three:
        client.get(url)

    assert len(three) == len(one)


def test_ticked_people_get_a_place(client, ewa, programme) -> None:
    wanted, other = (
        PersonFactory(organisation=ewa.organisation, is_participant=True) for _ in range(2)
    )
    sign_in(client, ewa)

    answer = client.post(address("enrol_many", programme.pk), {"people": [str(wanted.pk)]})

    assert answer.url == address("programme", programme.pk)
    assert all_places(ewa) == [(wanted.pk, "waiting")]
    assert other.pk != wanted.pk


def test_nobody_ticked_is_an_error_of_the_form(client, ewa, programme) -> None:
    PersonFactory(organisation=ewa.organisation, is_participant=True)
    sign_in(client, ewa)

    answer = client.post(address("enrol_many", programme.pk), {"people": []})

    assert answer.context["form"].errors == {"people": ["Tick at least one person."]}


def test_everyone_of_one_list_gets_a_place(client, ewa, programme) -> None:
    batch = BatchFactory(organisation=ewa.organisation)
    came = PersonFactory(organisation=ewa.organisation, is_participant=True)
    PersonFactory(organisation=ewa.organisation, is_participant=True)
    BatchRowFactory(organisation=ewa.organisation, batch=batch, person=came)
    sign_in(client, ewa)

    panel = client.get(address("imported", batch.pk))
    client.post(
        f"{address('enrol_many', programme.pk)}?side=participant&list={batch.pk}",
        {"everyone": "yes"},
    )

    assert panel.context["lines"] == [(programme, "participant", 1)]
    assert all_places(ewa) == [(came.pk, "waiting")]


def test_one_person_is_enrolled_from_the_record(client, ewa, programme) -> None:
    olena = PersonFactory(organisation=ewa.organisation, is_participant=True)
    sign_in(client, ewa)

    answer = client.post(
        address("enrol", olena.pk, "participant"),
        {"programme": str(programme.pk), "waiting_since": "2026-09-03"},
    )
    panel = client.get(address("person", olena.pk))

    assert answer.url == reverse("people:person", args=[olena.pk])
    assert all_places(ewa) == [(olena.pk, "waiting")]
    assert [line["place"].waiting_since for line in panel.context["places"]] == [date(2026, 9, 3)]


def test_a_second_place_is_refused_on_the_form(client, ewa, programme) -> None:
    row = EnrolmentFactory(programme=programme)
    sign_in(client, ewa)

    answer = client.post(
        address("enrol", row.person_id, "participant"), {"programme": str(programme.pk)}
    )

    assert answer.context["form"].non_field_errors() == [
        "This person already has a place in this programme."
    ]


def test_a_place_is_paused_taken_up_again_and_ended(client, ewa, programme) -> None:
    row = EnrolmentFactory(programme=programme)
    until = (clock.today() + timedelta(days=9)).isoformat()
    sign_in(client, ewa)

    client.post(address("pause", row.pk), {"until": until})
    paused = all_places(ewa)
    client.post(address("resume", row.pk))
    resumed = all_places(ewa)
    client.post(address("end", row.pk))

    states = [places[0][1] for places in (paused, resumed, all_places(ewa))]
    assert states == ["paused", "waiting", "ended"]


def test_a_break_into_the_past_is_refused_and_kept_on_the_page(client, ewa, programme) -> None:
    row = EnrolmentFactory(programme=programme)
    sign_in(client, ewa)

    answer = client.post(address("pause", row.pk), {"until": "2020-01-01"})

    assert answer.context["pause_form"].non_field_errors() == ["Choose a day after today."]
    assert all_places(ewa) == [(row.person_id, "waiting")]


def test_reasons_are_noted(client, ewa, programme) -> None:
    row = EnrolmentFactory(programme=programme)
    sign_in(client, ewa)

    client.post(address("place", row.pk), {"reasons": ["times", "own_wish"], "note": "Shifts"})

    with scope.entered(ewa.organisation_id):
        kept = Enrolment.objects.get()
        assert (kept.reasons, str(kept.note)) == (["times", "own_wish"], "Shifts")


def test_another_organisation_finds_no_place_and_no_person(client, programme) -> None:
    row = EnrolmentFactory(programme=programme)
    sign_in(client, MembershipFactory())

    assert client.get(address("place", row.pk)).status_code == 404
    assert client.post(address("end", row.pk)).status_code == 404
    assert client.get(address("person", row.person_id)).status_code == 404


def test_a_person_of_another_organisation_gets_no_place(client, ewa, programme) -> None:
    stranger = PersonFactory(is_participant=True)
    sign_in(client, ewa)

    answer = client.post(address("enrol_many", programme.pk), {"people": [str(stranger.pk)]})

    assert list(answer.context["form"].errors) == ["people"]
    assert all_places(ewa) == []


def test_a_matcher_looks_and_changes_nothing(client, ewa, programme) -> None:
    row = EnrolmentFactory(programme=programme)
    sign_in(client, MembershipFactory(organisation=ewa.organisation, roles=["volunteer_matcher"]))

    statuses = [
        client.get(address("waiting", programme.pk)).status_code,
        client.get(address("enrol_many", programme.pk)).status_code,
        client.post(address("end", row.pk)).status_code,
        client.post(address("pause", row.pk), {"until": ""}).status_code,
    ]

    assert statuses == [200, 404, 404, 404]
    assert client.get(address("templates")).status_code == 404
    assert all_places(ewa) == [(row.person_id, "waiting")]


def test_a_participant_sees_how_the_own_programme_runs_and_nobody_elses_place(
    client, ewa, programme
) -> None:
    member = MembershipFactory(organisation=ewa.organisation, participant=True)
    me = PersonFactory(organisation=ewa.organisation, user=member.user, is_participant=True)
    mine = EnrolmentFactory(programme=programme, person=me)
    other = EnrolmentFactory(programme=programme)
    elsewhere = ProgrammeFactory(organisation=ewa.organisation)
    sign_in(client, member)

    statuses = [
        client.get(address("programme", programme.pk)).status_code,
        client.get(address("programme", elsewhere.pk)).status_code,
        client.get(address("place", mine.pk)).status_code,
        client.get(address("place", other.pk)).status_code,
    ]
    lines = client.get(address("waiting", programme.pk)).context["lines"]

    assert statuses == [200, 404, 200, 404]
    assert [line["place"] for line in lines] == [mine]
