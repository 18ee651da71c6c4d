"""The rules of this room: the format, its facts, its hours, and the way of a referral."""

import io
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from kith.services.rules import hours, words
from kith.services.rules.facts import (
    asked_marks,
    facts_of,
    km_of,
    mark,
    marks_of,
    on_map,
    sort_key,
)
from kith.services.rules.faults import Fault, FileFault, Unreadable
from kith.services.rules.hsds import tables
from kith.services.rules.packing import csv_package, json_page
from kith.services.rules.reading import read_directory
from kith.services.rules.states import NEXT, ReferralState, ask_on, may_become
from kith.services.rules.writing import Written, rewritten
from kith.services.tests.factories import at, document, open_on

SCHEMA = json.loads((Path(__file__).parent / "hsds" / "hsds-3.2.schema.json").read_text("utf-8"))
PHONE = {"id": "4f6f2a0e-0000-4000-8000-000000000001", "number": "+48 61 123 45 67"}


def validator(table: str) -> Draft202012Validator:
    schema = {"$ref": f"#/definitions/{table}", "definitions": SCHEMA["definitions"]}
    return Draft202012Validator(schema, format_checker=FormatChecker())


def faults_in_schema(found: dict) -> list[str]:
    return [error.message for error in validator("service").iter_errors(found)]


def saved(documents: list[dict], rest: dict | None = None) -> bytes:
    with csv_package(lambda: documents, rest or {}, {}) as file:
        return file.read()


def package(**files: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/") + ".csv", text)
    return packed.getvalue()


def fault_of(content: bytes) -> tuple[FileFault, str]:
    with pytest.raises(Unreadable) as caught:
        read_directory(content)
    return caught.value.fault, caught.value.part


def full() -> dict:
    """A service with rows of most tables, and fields no page shows."""
    key = "0b6b4a0e-1111-4111-8111-111111111111"
    phone_language = {"id": "0b6b4a0e-2222-4222-8222-222222222222", "code": "uk", "note": "Tue"}
    return document(
        "Poradnia",
        id=key,
        wait_time="two weeks",
        minimum_age=18,
        phones=[{**PHONE, "languages": [phone_language], "extension": 12}],
        contacts=[{"id": "0b6b4a0e-3333-4333-8333-333333333333", "name": "Office", "title": "x"}],
        program={
            "id": "0b6b4a0e-4444-4444-8444-444444444444",
            "name": "Welcome",
            "description": "All",
        },
        program_id="0b6b4a0e-4444-4444-8444-444444444444",
        capacities=[
            {
                "id": "0b6b4a0e-5555-4555-8555-555555555555",
                "available": 3,
                "updated": "2026-11-01T10:00:00Z",
                "unit": {"id": "0b6b4a0e-6666-4666-8666-666666666666", "name": "Places"},
                "unit_id": "0b6b4a0e-6666-4666-8666-666666666666",
            }
        ],
        cost_options=[{"id": "0b6b4a0e-7777-4777-8777-777777777777", "amount": 2.5}],
        **at(52.4, 16.92),
        **open_on("MO,TU", "09:00", "15:30"),
    )


def without_links(found):
    """A document without the columns that only repeat what stands around a row."""
    if isinstance(found, list):
        return [without_links(one) for one in found]
    if not isinstance(found, dict):
        return found
    ours = ("service_id", "location_id", "phone_id", "organization_id", "program_id", "unit_id")
    drop = {*ours, "service_at_location_id", "taxonomy_term_id", "taxonomy_id"}
    return {k: without_links(v) for k, v in found.items() if k not in drop}


def test_a_full_document_is_valid_by_the_published_schema() -> None:
    assert faults_in_schema(full()) == []


def test_the_schema_finds_what_is_wrong() -> None:
    broken = {**full(), "status": "sleeping", "minimum_age": "adult"}

    assert sorted(faults_in_schema(broken)) == [
        "'adult' is not of type 'number'",
        "'sleeping' is not one of ['active', 'inactive', 'defunct', 'temporarily closed']",
    ]


def test_our_tables_are_those_of_the_schema() -> None:
    published = {
        name: {key for key, kind in one["properties"].items() if "type" in kind or "$ref" in kind}
        for name, one in SCHEMA["definitions"].items()
    }

    ours = {name: {*one.columns, *one.many, *one.one} for name, one in tables().items()}

    assert ours == published


def test_json_comes_back_as_it_went() -> None:
    documents = [full(), document("Druga", custom_field={"kept": [1, None, "ą"]})]

    written = "".join(json_page(documents, 2)).encode()

    assert [one.document for one in read_directory(written).entries] == documents
    assert json.loads(written)["total_items"] == 2


def test_a_package_of_tables_comes_back_as_it_went() -> None:
    documents = [full(), document("Druga", minimum_age=16)]

    once = [one.document for one in read_directory(saved(documents)).entries]
    twice = [one.document for one in read_directory(saved(once)).entries]

    assert without_links(once) == without_links(documents)
    assert twice == once


def test_every_row_of_a_package_is_valid_by_the_published_schema() -> None:
    with zipfile.ZipFile(io.BytesIO(saved([full()]))) as archive:
        described = json.loads(archive.read("datapackage.json"))
    once = read_directory(saved([full()])).entries[0].document

    assert faults_in_schema(once) == []
    assert {one["path"] for one in described["resources"]} == {
        tables()[one["name"]].path for one in described["resources"]
    }


def test_rows_that_belong_to_no_service_and_unknown_tables_are_given_back() -> None:
    rest = {
        "organization": [{"id": "o9", "name": "Alone", "description": "No service yet"}],
        "opening_photos": [{"id": "x", "file": "a.jpg"}],
    }

    found = read_directory(saved([full()], rest))

    assert found.rest == rest


def test_a_package_without_a_description_is_read_by_the_names_of_its_files() -> None:
    content = package(
        services="id,name,status,organization_id\ns1,Kurs,active,o1\n",
        organizations="id,name,description\no1,Słowo,x\n",
        phones="id,service_id,number\np1,s1,123\n",
    )

    entry = read_directory(content).entries[0]

    assert (entry.place, entry.wrongs) == ("services.csv:2", ())
    assert entry.document["organization"]["name"] == "Słowo"
    assert entry.document["phones"] == [{"id": "p1", "service_id": "s1", "number": "123"}]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"id": ""}, [(Fault.NO_ID, "id")]),
        ({"name": None}, [(Fault.NO_NAME, "name")]),
        ({"status": "open"}, [(Fault.STATUS, "status")]),
        ({"minimum_age": "18"}, [(Fault.NO_NUMBER, "minimum_age")]),
        ({"phones": "123"}, [(Fault.WRONG_SHAPE, "phones")]),
        ({"phones": [{"id": "p", "number": 123}]}, [(Fault.WRONG_SHAPE, "phones.number")]),
        ({"description": "a\x00b"}, [(Fault.SIGNS, "")]),
        ({"description": "\ud800"}, [(Fault.SIGNS, "")]),
        ({"name": "x" * 301}, [(Fault.TOO_LONG, "name")]),
    ],
)
def test_an_entry_that_cannot_go_in_says_why(changes, expected) -> None:
    content = json.dumps([{**document(), **changes}]).encode()

    wrongs = read_directory(content).entries[0].wrongs

    assert [(wrong.fault, wrong.field) for wrong in wrongs] == expected


def test_the_second_of_two_entries_with_one_key_cannot_go_in() -> None:
    first = document(id="same")

    entries = read_directory(json.dumps([first, first, 7]).encode()).entries

    assert [[wrong.fault for wrong in one.wrongs] for one in entries] == [
        [],
        [Fault.TWICE],
        [Fault.NOT_AN_OBJECT],
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"  ", (FileFault.EMPTY, "")),
        (b"hello", (FileFault.KIND, "")),
        (b'[{"name": ', (FileFault.JSON, "")),
        (b'{"contents": []}', (FileFault.NO_SERVICES, "")),
        (b'[{"minimum_age": NaN}]', (FileFault.JSON, "")),
        (b"[" * 100_000, (FileFault.TOO_DEEP, "")),
        (b'[{"a":' * 60 + b"1" + b"}]" * 60, (FileFault.TOO_DEEP, "")),
        ('[{"name": "ł"}]'.encode("iso-8859-2"), (FileFault.ENCODING, "")),
        (b"PK\x03\x04 nothing", (FileFault.ZIP, "")),
        (package(phones="id\n1\n"), (FileFault.NO_SERVICES, "")),
        (package(**{"..__services": "id\n1\n"}), (FileFault.PATH, "../services.csv")),
        (package(__services="id\n1\n"), (FileFault.PATH, "/services.csv")),
        (package(services="id,name\n1,a,b\n"), (FileFault.CSV, "services.csv:2")),
        (package(services="0" * 30_000_000), (FileFault.BOMB, "services.csv")),
        (package(**{f"t{n}": "id\n" for n in range(81)}), (FileFault.TOO_MANY_FILES, "")),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_file_that_cannot_be_taken_says_why(content, expected) -> None:
    assert fault_of(content) == expected


def test_a_package_in_a_wrong_encoding_names_its_table() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("services.csv", "id,name,status\n1,Łódź,active\n".encode("cp1250"))

    assert fault_of(packed.getvalue()) == (FileFault.ENCODING, "services.csv")


def test_a_damaged_package_says_so() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("services.csv", "id,name\n" + "1,Open door\n" * 500)
    content = bytearray(packed.getvalue())
    begin = content.index(b"services.csv") + len("services.csv")
    content[begin : begin + 2] = b"\xff\xff"

    assert fault_of(bytes(content))[0] == FileFault.ZIP


def test_every_fault_has_words() -> None:
    assert set(words.FAULTS) == set(Fault)
    assert set(words.FILE_FAULTS) == set(FileFault)


def test_needs_are_read_from_our_terms_then_from_other_terms_then_from_the_name() -> None:
    other = {"id": "a", "taxonomy_term": {"id": "t", "name": "Legal advice", "description": "x"}}
    own = facts_of(document("Housing", need="health"))
    foreign = facts_of({**document("Housing"), "attributes": [other]})
    named = facts_of({**document("Mieszkania dla rodzin"), "attributes": []})

    assert own.needs == ("health",)
    assert foreign.needs == ("rights",)
    assert named.needs == ("housing", "connections")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        ({"fees_description": "Bezpłatnie dla wszystkich"}, True),
        ({"fees_description": "Not free"}, False),
        ({"cost_options": [{"id": "c", "amount": 0}]}, True),
        ({"cost_options": [{"id": "c", "amount": 0}, {"id": "d", "amount": 5}]}, False),
    ],
)
def test_cost_is_free_only_when_the_entry_says_so(fields, expected) -> None:
    assert facts_of(document(**fields)).is_free is expected


def test_hours_of_a_night_end_on_the_next_day() -> None:
    found = hours.openings_of(document(**open_on("SU", "22:00", "06:00")))

    assert [(one.weekday, one.opens, one.closes) for one in found] == [(0, 0, 360), (6, 1320, 1440)]


@pytest.mark.parametrize(
    "fields", [{"freq": "MONTHLY"}, {"interval": 2}, {"byday": "2MO"}, {"opens_at": "25:00"}]
)
def test_hours_that_are_not_of_every_week_are_not_counted(fields) -> None:
    week = open_on("MO", "09:00", "17:00")["schedules"][0]

    assert hours.openings_of(document(schedules=[{**week, **fields}])) == []


def test_open_now_begins_with_the_first_minute_and_ends_before_the_last() -> None:
    found = hours.openings_of(document(**open_on("MO", "09:00Z", "17:00:00")))

    answers = [
        hours.is_open(found, datetime(2026, 11, 2, *clock, tzinfo=UTC))
        for clock in ((8, 59), (9, 0), (16, 59), (17, 0))
    ]

    assert answers == [False, True, True, False]


def test_hours_count_only_in_their_season() -> None:
    found = hours.openings_of(document(**open_on("MO", "09:00", "17:00", valid_to="2026-11-01")))

    assert hours.is_open(found, datetime(2026, 11, 2, 10, tzinfo=UTC)) is False


def test_days_with_the_same_hours_are_said_together() -> None:
    found = hours.openings_of(
        document(
            schedules=[
                *open_on("MO,TU,WE", "09:00", "12:00")["schedules"],
                *open_on("FR", "17:00", "19:00")["schedules"],
            ]
        )
    )

    said = words.hours_words(found, date(2026, 11, 2))

    assert [(days, text.strip("\u2068\u2069")) for days, text in said] == [
        ("Monday to Wednesday", "09:00–12:00"),
        ("Friday", "17:00–19:00"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("9-12, 14:00–17:30", [(540, 720), (840, 1050)]), ("", []), ("8:15-9", [(495, 540)])],
)
def test_typed_hours_are_understood(text, expected) -> None:
    assert hours.typed_hours(text) == expected


@pytest.mark.parametrize("text", ["morning", "17-9", "9", "9-25", "1-2-3"])
def test_hours_that_are_none_are_refused(text) -> None:
    with pytest.raises(hours.NoHours):
        hours.typed_hours(text)


def test_an_entry_is_found_by_beginnings_of_its_words_in_any_script() -> None:
    found = marks_of(facts_of(document("Poradnia Prawna", **at(52.4, 16.9))))

    typed = ["prawn", "poradnia", "Poznań", "slowo", "swiety"]
    assert [set(asked_marks(one)) <= found for one in typed] == [True] * 5
    assert not set(asked_marks("szpital")) & found
    assert mark("need", "language") in found


def test_names_are_ordered_by_their_letters_without_accents() -> None:
    names = ["Zebra", "Łąka", "apteka", "Żłobek", "Lato"]

    assert sorted(names, key=sort_key) == ["apteka", "Łąka", "Lato", "Zebra", "Żłobek"]


def test_a_kilometre_on_the_map_is_a_kilometre_on_the_ground() -> None:
    (east, north), (other_east, other_north) = on_map(52.4, 16.9), on_map(52.4, 16.9147)
    metres = ((east - other_east) ** 2 + (north - other_north) ** 2) ** 0.5

    assert round(km_of(metres, 52.4), 2) == 1.0


def test_writing_an_entry_keeps_what_the_page_does_not_show() -> None:
    before = full()
    written = Written(
        name="Poradnia nowa",
        provider="Fundacja Słowo",
        needs=("health", "rights"),
        languages=("pl",),
        phone="+48 61 000 00 00",
        street="Święty Marcin 1",
        postal_code="61-001",
        city="Poznań",
        region="wielkopolskie",
        country="PL",
        latitude=52.4,
        longitude=16.92,
        hours=hours_of(before),
    )

    after = rewritten(before, written, today=date(2026, 11, 2))

    assert (after["wait_time"], after["contacts"]) == ("two weeks", before["contacts"])
    assert after["phones"][0]["languages"] == before["phones"][0]["languages"]
    assert after["schedules"] == before["schedules"]
    assert after["organization"]["id"] == before["organization"]["id"]
    assert facts_of(after).needs == ("health", "rights")
    assert faults_in_schema(after) == []


def hours_of(found: dict) -> list[tuple[int, int, int]]:
    return [(one.weekday, one.opens, one.closes) for one in hours.openings_of(found)]


def test_a_new_entry_is_valid_by_the_published_schema() -> None:
    written = Written(
        name="Kurs",
        provider="Słowo",
        needs=("language",),
        languages=("uk", "ar"),
        is_free=True,
        street="Wodna 3",
        postal_code="61-781",
        city="Poznań",
        region="Poznań",
        country="PL",
        hours=((0, 540, 1020), (2, 540, 1020)),
    )

    found = rewritten(None, written, today=date(2026, 11, 2))

    assert faults_in_schema(found) == []
    assert hours_of(found) == [(0, 540, 1020), (2, 540, 1020)]
    assert facts_of(found).is_free is True


def test_every_state_can_be_left_or_is_over() -> None:
    open_states = {state for state, following in NEXT.items() if following}

    assert {state for state in ReferralState if ask_on(state, date(2026, 11, 2))} == open_states
    assert all(may_become(state, ReferralState.WITHDRAWN) for state in open_states)


def test_nothing_is_sent_before_the_person_said_yes() -> None:
    before_sent = [state for state in ReferralState if may_become(state, ReferralState.SENT)]

    assert before_sent == [ReferralState.ACCEPTED]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (ReferralState.OFFERED, date(2026, 11, 16)),
        (ReferralState.ACCEPTED, date(2026, 11, 9)),
        (ReferralState.SENT, date(2026, 11, 16)),
        (ReferralState.WAITING, date(2026, 12, 2)),
        (ReferralState.TAKEN_ON, date(2027, 1, 1)),
        (ReferralState.DONE, None),
    ],
)
def test_each_state_asks_again_after_its_days(state, expected) -> None:
    assert ask_on(state, date(2026, 11, 2)) == expected
