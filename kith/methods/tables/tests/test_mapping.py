"""Columns guessed, changed by people, remembered."""

import json

import pytest

from kith.methods.tables import (
    LEFT_OUT,
    BadMapping,
    Kind,
    LeaveOut,
    Mapping,
    guess_kind,
    guess_mapping,
)
from kith.methods.tables.mapping import is_item, reason_left_out
from kith.methods.tables.targets import Target
from kith.methods.tables.tests.lists import codes, report, table

P, M = Kind.PARTICIPANTS, Kind.MENTORS


def test_known_headings_are_mapped_and_unknown_ones_left_out():
    found = table(
        [["Lp.", "Imię", "Nazwisko", "Telefon", "Kolor"], ["1", "Ana", "Kot", "600 111 222", "a"]]
    )

    assert guess_mapping(found, P).columns == {
        "Lp.": "",
        "Imię": "first_name",
        "Nazwisko": "last_name",
        "Telefon": "phone",
        "Kolor": "",
    }


def test_name_is_the_part_that_the_other_column_leaves():
    german = table([["Vorname", "Name"], ["Ana", "Kot"]])
    english = table([["Name", "Surname"], ["Ana", "Kot"]])
    whole = table([["Name", "Vorname", "Nachname"], ["Ana Kot", "Ana", "Kot"]])

    assert guess_mapping(german, P).columns["Name"] == "last_name"
    assert guess_mapping(english, P).columns["Name"] == "first_name"
    assert guess_mapping(whole, P).columns["Name"] == "name"


def test_cells_tell_what_a_heading_does_not():
    rows = [
        [
            "Anna Kot",
            "600 111 222",
            "a@wp.pl",
            "polski, ukr.",
            "praca",
            "wt 18-20",
            "1985",
            "2026-03-01",
            "zz",
        ],
        [
            "Ewa Lis",
            "600 111 223",
            "b@wp.pl",
            "rosyjski",
            "lekarz",
            "weekendy",
            "1990",
            "2026-03-02",
            "yy",
        ],
    ]
    found = table([[f"k{at}" for at in range(9)], *rows])

    assert list(guess_mapping(found, P).columns.values()) == [
        "name", "phone", "email", "languages", "needs", "availability", "birth_year",
        "waiting_since", "",
    ]  # fmt: skip
    assert guess_mapping(found, M).columns["k4"] == "help_topics"


def test_one_field_is_taken_from_one_column_unless_it_can_be_joined():
    found = table([["Data zapisu", "Data", "Uwagi", "Notatki"], ["1.2.2026", "3.2.2026", "a", "b"]])

    assert list(guess_mapping(found, P).columns.values()) == ["waiting_since", "", "note", "note"]


def test_columns_of_days_languages_and_topics_are_parts_of_a_list():
    found = table([["Name", "Monday", "Język polski", "Housing"], ["Ana", "x", "A1", "x"]])

    assert list(guess_mapping(found, P).columns.values()) == [
        "name",
        "availability",
        "languages",
        "needs",
    ]
    assert is_item("Monday", Target.AVAILABILITY) is True
    assert is_item("Languages", Target.LANGUAGES) is False
    assert is_item("Housing", Target.NAME) is False


def test_the_kind_is_told_by_the_headings_else_by_the_name_of_the_file():
    people = table([["Name", "Waiting since", "Phone"], ["Ana", "1.2.2026", "1"]])
    mentors = table([["Name", "Training until", "Phone"], ["Ana", "1.2.2026", "1"]])
    unclear = table([["Name", "Phone"], ["Ana", "600 111 222"]])

    assert [guess_kind(found) for found in (people, mentors, unclear)] == [P, M, P]


def test_a_column_of_countries_or_beliefs_is_forbidden_under_any_heading():
    found = table(
        [
            ["Name", "Info", "X", "Wohin"],
            ["Ana", "Syria", "muzułmanka", "Wilda"],
            ["Ewa", "Ukraina", "islam", "Rataje"],
        ]
    )

    assert [reason_left_out(found, column, P) for column in found.columns[1:]] == [
        LeaveOut.FORBIDDEN,
        LeaveOut.FORBIDDEN,
        LeaveOut.UNKNOWN,
    ]


def test_only_some_cells_of_a_long_column_are_looked_at():
    rows = [["Name", "X"], *[["Ana", "praca"]] * 60, *[["Ana", "Syria"]] * 200]

    assert guess_mapping(table(rows), P).columns["X"] == "needs"


def test_long_texts_are_no_words_of_origin():
    rows = [["Name", "X"], ["Ana", "muzułmanka " * 9], ["Ewa", "-"]]

    assert reason_left_out(table(rows), table(rows).columns[1], P) is LeaveOut.UNKNOWN


def test_a_forbidden_column_is_not_read_even_when_it_is_mapped():
    rows = [["Name", "Religia", "Skąd?"], ["Ana Kot", "islam", "Syria"]]
    mapping = Mapping({"Name": "name", "Religia": "note", "Skąd?": "note"})

    found = report(rows, mapping=mapping)

    assert found.rows[0].values == {"name": "Ana Kot"}
    assert [(use.target, use.left_out, use.samples) for use in found.columns[1:]] == [
        (None, LeaveOut.FORBIDDEN, ()),
        (None, LeaveOut.FORBIDDEN, ()),
    ]
    assert found.columns[1].sentence.startswith("Left out on purpose: Kith keeps nothing about")


def test_a_mapping_is_remembered_as_plain_json():
    mapping = (
        Mapping({"Name": "name", "X": ""})
        .with_column("Y", LEFT_OUT)
        .with_value("needs", "Zakupy", ["offices"])
        .with_value("languages", "gwara", ["pl:4"])
    )

    again = Mapping.from_dict(json.loads(json.dumps(mapping.to_dict())))

    assert again == mapping
    assert again.to_dict() == {
        "version": 1,
        "columns": {"Name": "name", "X": "", "Y": "leave_out"},
        "values": {"needs": {"zakupy": ["offices"]}, "languages": {"gwara": ["pl:4"]}},
    }


@pytest.mark.parametrize(
    "data",
    [
        {"columns": []},
        {"columns": {"Name": "religion"}},
        {"values": {"nonsense": {}}},
        {"values": {"needs": ["x"]}},
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(data):
    with pytest.raises(BadMapping) as raised:
        Mapping.from_dict(data)

    assert str(raised.value) == f"This mapping cannot be used: {raised.value.params['part']}."


def test_a_remembered_mapping_fits_the_next_file():
    remembered = Mapping(
        {"Kolor": "note", "Telefon": LEFT_OUT}, {"needs": {"zakupy": ("offices",)}}
    )
    found = table([["Name", "KOLOR", "Telefon"], ["Ana", "a", "600 111 222"]])

    fitted = remembered.fitted(found, P)

    assert fitted.columns == {"Name": "name", "KOLOR": "note", "Telefon": LEFT_OUT}
    assert fitted.values == remembered.values


def test_words_that_were_taught_are_recognised_for_needs_and_for_help():
    rows = [["Name", "Potrzeby"], ["Ana Kot", "zakupy"], ["Ewa Lis", "Zakupy, praca"]]
    mapping = Mapping({"Name": "name", "Potrzeby": "needs"}).with_value(
        "help_topics", "zakupy", ["offices"]
    )

    found = report(rows, mapping=mapping)

    assert [row.values["needs"] for row in found.rows] == [("offices",), ("offices", "work")]
    assert [codes(row) for row in found.rows] == [[], []]


def test_a_column_left_out_by_hand_is_told_from_an_unknown_one():
    rows = [["Name", "Telefon", "Kolor", "Pusta"], ["Ana Kot", "600 111 222", "a", ""]]
    found = report(rows, mapping=Mapping({"Name": "name", "Telefon": LEFT_OUT}))

    assert [use.left_out for use in found.columns] == [
        None, LeaveOut.BY_HAND, LeaveOut.UNKNOWN, LeaveOut.EMPTY,
    ]  # fmt: skip


def test_a_target_of_the_other_kind_is_not_taken():
    rows = [["Name", "Dzieci"], ["Ana Kot", "2"]]

    found = report(rows, kind=M, mapping=Mapping({"Name": "name", "Dzieci": "children"}))

    assert found.rows[0].values == {"name": "Ana Kot"}
