"""What is found in the directory, in which order, and by whom referrals are seen."""

from datetime import UTC, date, datetime
from random import Random
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.base import permit, scope
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.people.tests.factories import PersonFactory, PlaceFactory
from kith.services.models import EntryReport, Referral, Service
from kith.services.queries import entries, imports, referrals, search, walking
from kith.services.queries.search import Asked
from kith.services.rules.hours import is_open, openings_of
from kith.services.rules.needs import attribute
from kith.services.rules.states import ReferralState
from kith.services.tests.factories import ReferralFactory, at, document, entry, open_on

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 2)
MONDAY_NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def ewa():
    member = MembershipFactory()
    with scope.entered(member.organisation_id):
        yield actor_of(member)


def found(actor, *, after="", now=MONDAY_NOON, **asked) -> list[str]:
    return [
        hit.service.name for hit in search.find(actor, Asked(**asked), now=now, after=after).hits
    ]


def spoken(code: str) -> dict[str, object]:
    return {"languages": [{"id": f"0b6b4a0e-9999-4999-8999-9999999999{code[:2]}", "code": code}]}


# ── What is asked ────────────────────────────────────────────────────────────────────────────────


def test_every_part_of_a_question_narrows_what_is_found(ewa) -> None:
    entry(ewa.organisation, "Kurs polskiego", **spoken("uk"), **open_on("MO", "09:00", "13:00"))
    entry(ewa.organisation, "Prawnik", need="rights", fees_description="Free")
    entry(ewa.organisation, "Wieczory", need="connections", **open_on("TU,SA", "17:00", "20:00"))

    assert found(ewa) == ["Kurs polskiego", "Prawnik", "Wieczory"]
    assert found(ewa, words="pols") == ["Kurs polskiego"]
    assert found(ewa, words="kurs prawnik") == []
    assert found(ewa, need="rights") == ["Prawnik"]
    assert found(ewa, language="uk") == ["Kurs polskiego"]
    assert found(ewa, is_free=True) == ["Prawnik"]
    assert found(ewa, when=search.NOW) == ["Kurs polskiego"]
    assert found(ewa, when=search.NOW, now=datetime(2026, 11, 2, 13, tzinfo=UTC)) == []
    assert found(ewa, when=search.EVENINGS) == ["Wieczory"]
    assert found(ewa, when=search.WEEKEND) == ["Wieczory"]
    assert found(ewa, when=search.WEEKEND, language="uk") == []


def test_what_is_closed_or_pausing_is_not_found(ewa) -> None:
    entry(ewa.organisation, "Open")
    entry(ewa.organisation, "Pausing", status="temporarily closed")
    entry(ewa.organisation, "Gone", status="defunct")

    assert found(ewa) == ["Open"]


def test_a_service_with_several_needs_is_found_by_each(ewa) -> None:
    both = document("Dom")
    both["attributes"] = [attribute(both["id"], need) for need in ("housing", "rights")]
    entry(ewa.organisation, "Dom", id=both["id"], attributes=both["attributes"])

    assert [found(ewa, need=need) for need in ("housing", "rights", "health")] == [
        ["Dom"],
        ["Dom"],
        [],
    ]


def test_the_nearest_come_first_and_only_as_far_as_asked(ewa) -> None:
    place = PlaceFactory(organisation=ewa.organisation, latitude=52.40, longitude=16.92)
    entry(ewa.organisation, "Far", **at(52.40, 17.22))
    entry(ewa.organisation, "Near", **at(52.41, 16.92))
    entry(ewa.organisation, "Here", **at(52.40, 16.92))
    entry(ewa.organisation, "Nowhere on the map")

    assert found(ewa, near=place) == ["Here", "Near", "Far"]
    assert found(ewa, near=place, km=5) == ["Here", "Near"]


def test_a_service_with_several_places_stands_once_at_its_nearest(ewa, monkeypatch) -> None:
    monkeypatch.setattr(search, "AT_ONCE", 1)
    place = PlaceFactory(organisation=ewa.organisation, latitude=52.40, longitude=16.92)
    two = at(52.40, 16.92)["service_at_locations"] + at(52.60, 16.92)["service_at_locations"]
    entry(ewa.organisation, "Two places", service_at_locations=two)
    entry(ewa.organisation, "Between", **at(52.50, 16.92))

    first = search.find(ewa, Asked(near=place), now=MONDAY_NOON)
    second = search.find(ewa, Asked(near=place), now=MONDAY_NOON, after=first.after)

    assert [hit.service.name for hit in first.hits] == ["Two places"]
    assert [hit.service.name for hit in second.hits] == ["Between"]
    assert (round(first.hits[0].km), round(second.hits[0].km), second.after) == (0, 11, "")


def test_names_follow_part_by_part_without_doubles(ewa, monkeypatch) -> None:
    monkeypatch.setattr(search, "AT_ONCE", 2)
    for name in ("Ławka", "lampa", "Same", "Same", "Żabka"):
        entry(ewa.organisation, name)

    seen, after = [], ""
    for _part in range(3):
        part = search.find(ewa, Asked(), now=MONDAY_NOON, after=after)
        seen += [hit.service.name for hit in part.hits]
        after = part.after

    assert (seen, after) == (["lampa", "Ławka", "Same", "Same", "Żabka"], "")


FAR = f"{'9' * 40}.01a2322f-f4ed-738e-935b-3e3b747f86bb"


@pytest.mark.parametrize("after", ["x", "12", "12.no-key", "9" * 40, FAR])
def test_a_made_up_place_in_the_list_begins_it_anew(ewa, after) -> None:
    place = PlaceFactory(organisation=ewa.organisation, latitude=52.40, longitude=16.92)
    entry(ewa.organisation, "Here", **at(52.40, 16.92))

    assert found(ewa, after=after) == ["Here"]
    assert found(ewa, words="here", after=after) == ["Here"]
    if not after.isdecimal() or len(after) > 3:
        assert found(ewa, near=place, after=after) == ["Here"]


def test_a_search_takes_the_same_queries_for_one_and_for_three(ewa) -> None:
    place = PlaceFactory(organisation=ewa.organisation, latitude=52.40, longitude=16.92)
    numbers = []
    for _size in range(2):
        entry(ewa.organisation, **at(52.4, 16.9))
        with CaptureQueriesContext(connection) as counted:
            assert found(ewa, words="jezyk") != []
            assert found(ewa, near=place, km=10) != []
        numbers.append(len(counted))
        entry(ewa.organisation, **at(52.4, 16.9))

    assert numbers[0] == numbers[1]


# ── Few and many ─────────────────────────────────────────────────────────────────────────────────

MOMENTS = [
    datetime(2026, 11, 2, 12, tzinfo=UTC),
    datetime(2026, 11, 3, 1, 30, tzinfo=UTC),
    datetime(2026, 11, 8, 23, 59, tzinfo=UTC),
]
QUESTIONS = [
    {"when": search.NOW},
    {"when": search.NOW, "words": "warm"},
    {"when": search.NOW, "need": "housing", "language": "uk"},
    {"when": search.WEEKEND, "need": "housing"},
    {"words": "warm door"},
]


def a_week(rng: Random) -> dict[str, object]:
    """Hours of all kinds: over midnight, from a day on, until a day, at two times of one day."""
    days = ",".join(rng.sample(["MO", "TU", "SA", "SU"], 3))
    opens, closes = rng.choice([("09:00", "17:00"), ("22:00", "02:00"), ("12:00", "24:00")])
    bounds = rng.choice(
        [
            {},
            {"valid_from": "2026-11-03"},
            {"valid_to": "2026-11-02"},
            {"valid_from": "2026-11-02", "valid_to": "2026-11-02"},
        ]
    )
    [first] = open_on(days, opens, closes, **bounds)["schedules"]
    [second] = open_on("MO", "11:00", "13:00")["schedules"]
    return {"schedules": rng.choice([[first], [first], [first, second], [second]])}


@pytest.fixture
def many(ewa) -> list[Service]:
    rng = Random(3)  # noqa: S311 - not a secret
    for number in range(40):
        entry(
            ewa.organisation,
            rng.choice(["Warm door", "Warm table", "Quiet door", f"Office {number}"]),
            need=rng.choice(["housing", "rights"]),
            status=rng.choice(["active", "active", "active", "temporarily closed"]),
            **spoken(rng.choice(["uk", "pl"])),
            **a_week(rng),
        )
    return list(Service.objects.order_by("sort_key", "id"))


def part_by_part(actor, now, **asked) -> list[UUID]:
    seen, after = [], ""
    while True:
        part = search.find(actor, Asked(**asked), now=now, after=after)
        seen += [hit.service.pk for hit in part.hits]
        after = part.after
        if not after:
            return seen


@pytest.mark.parametrize("now", MOMENTS)
@pytest.mark.parametrize("asked", QUESTIONS)
def test_few_and_many_are_found_alike_and_in_one_order(ewa, many, monkeypatch, asked, now) -> None:
    monkeypatch.setattr(search, "AT_ONCE", 3)
    monkeypatch.setattr(walking, "MOST_STEPS", 0)

    found_with = {}
    for most in (0, 10, 1000):
        monkeypatch.setattr(search, "MOST_RARE", most)
        found_with[most] = part_by_part(ewa, now, **asked)

    assert found_with[0] == found_with[10] == found_with[1000]


@pytest.mark.parametrize("most", [0, 10, 1000])
@pytest.mark.parametrize("now", MOMENTS)
def test_what_is_open_now_is_what_its_entry_says(ewa, many, monkeypatch, now, most) -> None:
    monkeypatch.setattr(search, "AT_ONCE", 3)
    monkeypatch.setattr(search, "MOST_RARE", most)

    said = [row.pk for row in many if row.state == "open" and is_open(openings_of(row.record), now)]

    assert said != []
    assert part_by_part(ewa, now, when=search.NOW) == said


def test_the_rarest_is_read_first_unless_all_are_many(ewa, many, monkeypatch) -> None:
    monkeypatch.setattr(walking, "MOST_STEPS", 0)
    asked = Asked(when=search.NOW, need="housing")

    def statement(most: int) -> str:
        monkeypatch.setattr(search, "MOST_RARE", most)
        with CaptureQueriesContext(connection) as counted:
            search.find(ewa, asked, now=MONDAY_NOON)
        return counted[-1]["sql"]

    assert [statement(most).count("EXISTS") for most in (2, 1000)] == [2, 1]


def test_the_nearest_that_are_open_are_the_same_for_few_and_for_many(ewa, monkeypatch) -> None:
    place = PlaceFactory(organisation=ewa.organisation, latitude=52.40, longitude=16.92)
    entry(ewa.organisation, "Far", **at(52.40, 17.22), **open_on("MO", "09:00", "13:00"))
    entry(ewa.organisation, "Shut", **at(52.40, 16.92), **open_on("MO", "09:00", "12:00"))
    entry(ewa.organisation, "Near", **at(52.41, 16.92), **open_on("SU", "22:00", "12:01"))

    few = found(ewa, near=place, when=search.NOW)
    monkeypatch.setattr(search, "MOST_RARE", 0)

    assert few == ["Near", "Far"]
    assert found(ewa, near=place, when=search.NOW) == few


def test_another_organisation_finds_nothing_of_it(ewa) -> None:
    entry(ewa.organisation, "Kurs", **open_on("MO", "09:00", "13:00"))
    stranger = actor_of(MembershipFactory())

    with scope.entered(stranger.organisation_id):
        assert (found(stranger), found(stranger, words="kurs")) == ([], [])
        assert found(stranger, when=search.NOW) == []
        assert search.find_by_words(stranger, "kurs", 5) == []
        assert search.any_service(stranger) is False
    assert [row.name for row in search.find_by_words(ewa, "KURS", 5)] == ["Kurs"]
    assert search.find_by_words(ewa, " ", 5) == []


def test_an_administrator_of_the_platform_searches_nothing(ewa) -> None:
    entry(ewa.organisation, "Kurs")
    other = actor_of(MembershipFactory(organisation=ewa.organisation, administrator=True))

    assert list(search.services(other)) == []


def test_places_without_coordinates_are_no_choice(ewa) -> None:
    PlaceFactory(organisation=ewa.organisation, name="Nowhere", latitude=None, longitude=None)
    PlaceFactory(organisation=ewa.organisation, name="Here", latitude=52.4, longitude=16.9)

    assert [place.name for place in search.places_to_choose(ewa)] == ["Here"]


# ── Entries that ask for a look ──────────────────────────────────────────────────────────────────


def test_entries_nobody_checked_for_a_year_are_listed(ewa) -> None:
    entry(ewa.organisation, "Never")
    entry(ewa.organisation, "A year ago", assured_date="2025-11-02")
    entry(ewa.organisation, "A day less", assured_date="2025-11-03")
    entry(ewa.organisation, "Closed", status="inactive")

    assert [row.name for row in entries.unchecked(ewa, TODAY)] == ["A year ago", "Never"]


def test_reported_entries_are_counted_until_they_are_settled(ewa) -> None:
    course = entry(ewa.organisation)
    mentor = actor_of(MembershipFactory(organisation=ewa.organisation, mentor=True))
    with permit.lifted():
        EntryReport(service=course, what="moved", note="Next door", reported_on=TODAY).save()

    assert (entries.reported_number(ewa), entries.open_reports(mentor, course)) == (1, [])
    assert [one.note for one in entries.open_reports(ewa, course)] == ["Next door"]
    with permit.lifted():
        EntryReport.objects.update(settled_on=TODAY)
    assert (entries.reported_number(ewa), entries.open_reports(ewa, course)) == (0, [])


def test_an_export_names_every_entry_and_no_person(ewa) -> None:
    course = entry(ewa.organisation)
    ReferralFactory(organisation=ewa.organisation, service=course, person__name="Amal Haddad")

    rows = list(entries.to_export(ewa).values_list("record", flat=True))

    assert [row["name"] for row in rows] == ["Język bez granic"]
    assert "Amal" not in str(rows)


def test_who_may_not_export_is_given_nothing(ewa) -> None:
    entry(ewa.organisation)
    mentor = actor_of(MembershipFactory(organisation=ewa.organisation, mentor=True))

    assert (list(entries.to_export(mentor)), entries.rest_to_export(mentor)) == ([], {})
    assert list(imports.imports(mentor)) == []


# ── Referrals ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def three(ewa):
    return [ReferralFactory(organisation=ewa.organisation) for _each in range(3)]


def test_referrals_come_newest_first_and_part_by_part(ewa, three, monkeypatch) -> None:
    monkeypatch.setattr(referrals, "AT_ONCE", 2)

    first = referrals.part_of_going(ewa)
    second = referrals.part_of_going(ewa, after=three[1].pk)

    assert [row.pk for row in first] == [row.pk for row in reversed(three)]
    assert [row.pk for row in second] == [three[0].pk]


def test_a_list_of_referrals_shows_one_state_or_those_that_are_over(ewa, three) -> None:
    with permit.lifted():
        Referral.objects.filter(pk=three[0].pk).update(state="done", closed_on=TODAY)
        Referral.objects.filter(pk=three[1].pk).update(state="sent")

    assert [row.pk for row in referrals.part_of_over(ewa)] == [three[0].pk]
    assert referrals.part_of_over(ewa, after=three[0].pk) == []
    assert [row.pk for row in referrals.part_of_going(ewa, ReferralState.SENT)] == [three[1].pk]


def test_a_list_of_referrals_takes_the_same_queries_for_one_and_for_three(ewa) -> None:
    numbers = []
    for size in (1, 2):
        for _each in range(size):
            ReferralFactory(organisation=ewa.organisation)
        with CaptureQueriesContext(connection) as counted:
            rows = referrals.part_of_going(ewa)
            assert [(row.person.name, row.service.provider.name) for row in rows] != []
        numbers.append((len(counted), len(rows)))

    assert [size for _number, size in numbers] == [1, 3]
    assert numbers[0][0] == numbers[1][0]


def test_an_erased_person_is_in_no_list(ewa, three) -> None:
    with permit.lifted():
        three[0].person.erased_at = MONDAY_NOON
        three[0].person.save()

    assert {row.pk for row in referrals.referrals(ewa)} == {three[1].pk, three[2].pk}
    assert three[0].person not in referrals.people_to_offer(ewa)


def test_only_participants_are_offered_something(ewa) -> None:
    amal = PersonFactory(organisation=ewa.organisation, is_participant=True)
    PersonFactory(organisation=ewa.organisation, is_participant=False, is_mentor=True)

    assert list(referrals.people_to_offer(ewa)) == [amal]


def test_services_to_which_someone_was_referred_are_not_lost(ewa, three) -> None:
    assert referrals.persons_with_referrals([three[0].person_id]) == {three[0].person_id}
    assert Service.objects.count() == 3
