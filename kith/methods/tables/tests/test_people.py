"""Ages, wishes, children, yes and no, numbers."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.methods.tables.targets import AGE_BANDS, CHILD_BANDS
from kith.methods.tables.tests.lists import midnight
from kith.methods.tables.values.people import (
    Children,
    age_band,
    read_age_band,
    read_birth_year,
    read_children,
    read_count,
    read_gender,
    read_gender_wish,
    read_yes_no,
)

TODAY = dt.date(2026, 11, 22)


def code(note):
    return note.code if note else None


@pytest.mark.parametrize(
    ("written", "year", "remark"),
    [
        (1975, 1975, None),
        (1990.0, 1990, None),
        ("1980 r.", 1980, None),
        ("12.05.1980", 1980, None),
        ("29.02.80", 1980, None),
        ("12.05.30", 1930, None),
        ("85", 1985, None),
        ("05", 2005, None),
        (midnight(1999, 3, 2), 1999, None),
        (dt.date(2008, 11, 22), 2008, None),
        ("ok. 1990", 1990, "year_about"),
        (2008, 2008, "age_maybe_under_18"),
        (dt.date(2008, 11, 23), None, "age_under_18"),
        (2015, None, "age_under_18"),
        (1890, None, "age_impossible"),
        (2090, None, "age_impossible"),
        ("abc", None, "year_unreadable"),
        ("brak", None, None),
        (None, None, None),
    ],
)
def test_a_year_of_birth_is_read(written, year, remark):
    found, note = read_birth_year(written, today=TODAY)

    assert (found, code(note)) == (year, remark)


@pytest.mark.parametrize(
    ("written", "band", "remark"),
    [
        ("34 lata", "25-34", None),
        (35, "35-44", None),
        ("30-40", "35-44", None),
        ("65+", "65+", None),
        ("1985", "35-44", None),
        ("16-20", "18-24", None),
        (17, None, "age_given_under_18"),
        ("2015", None, "age_under_18"),
        ("dorosły", None, "age_band_unreadable"),
        ("200", None, "age_band_unreadable"),
        (None, None, None),
    ],
)
def test_an_age_becomes_a_band(written, band, remark):
    found, note = read_age_band(written, today=TODAY)

    assert (found, code(note)) == (band, remark)


def test_bands_follow_the_age_reached_this_year():
    assert [age_band(2026 - age, today=TODAY) for age in (18, 24, 25, 64, 65, 99)] == [
        "18-24", "18-24", "25-34", "55-64", "65+", "65+",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "children", "remark"),
    [
        (0, Children(0), None),
        (2, Children(2), None),
        ("2 (5 i 9 lat)", Children(2, ("3-6", "7-12")), None),
        ("dwoje: 3, 7", Children(2, ("3-6", "7-12")), None),
        ("dwoje", Children(2), None),
        ("3", Children(3), None),
        ("syn 4 l.", Children(1, ("3-6",)), None),
        ("syn jeden 4 lata", Children(1, ("3-6",)), None),
        ("5 lat, 17 lat", Children(2, ("3-6", "13-17")), None),
        ("2 córki 1 i 7", Children(2, ("0-2", "7-12")), None),
        ("3 i 7", Children(2, ("3-6", "7-12")), None),
        ("2015, 2018", Children(2, ("7-12",)), None),
        ("nie", Children(0), None),
        ("brak", None, None),
        ("1 (19 lat)", Children(0), "child_grown_up"),
        ("3 dzieci (2, 5)", Children(3, ("0-2", "3-6")), "children_ages_differ"),
        ("tak", None, "children_unreadable"),
        (30, None, "children_unreadable"),
        (None, None, None),
    ],
)
def test_children_are_a_number_and_age_bands(written, children, remark):
    found, note = read_children(written, today=TODAY)

    assert (found, code(note)) == (children, remark)


@pytest.mark.parametrize(
    ("written", "wish", "remark"),
    [
        ("kobieta", "woman", None),
        ("tylko kobieta", "woman_only", None),
        ("nur Frauen", "woman_only", None),
        ("امرأة فقط", "woman_only", None),
        ("K", "woman", None),
        ("mężczyzna", "man", None),
        ("man only", "man_only", None),
        ("чоловік", "man", None),
        ("obojętnie", "any", None),
        ("kobieta lub mężczyzna", "any", None),
        ("no preference", "any", None),
        ("ktoś miły", None, "gender_wish_unknown"),
        ("-", None, None),
    ],
)
def test_a_wish_about_the_mentor_is_recognised(written, wish, remark):
    found, note = read_gender_wish(written)

    assert (found, code(note)) == (wish, remark)


@pytest.mark.parametrize(
    ("written", "gender", "remark"),
    [
        ("F", "woman", None),
        ("mężczyzna", "man", None),
        ("divers", "other", None),
        ("prefer not to say", None, None),
        ("nie wiem", None, "gender_unknown"),
        (None, None, None),
    ],
)
def test_the_gender_of_a_mentor_is_what_the_mentor_said(written, gender, remark):
    found, note = read_gender(written)

    assert (found, code(note)) == (gender, remark)


@pytest.mark.parametrize(
    ("written", "answer", "remark"),
    [
        ("tak", True, None), ("Ja", True, None), ("x", True, None), (True, True, None),
        ("نعم", True, None), ("NIE", False, None), ("nie, mąż czyta", False, None),
        (0, False, None), ("może", None, "yes_no_unknown"), ("brak", None, None),
        (None, None, None),
    ],
)  # fmt: skip
def test_yes_and_no_are_told_apart(written, answer, remark):
    found, note = read_yes_no(written)

    assert (found, code(note)) == (answer, remark)


@pytest.mark.parametrize(
    ("written", "count", "remark"),
    [
        (2, 2, None), ("2 os.", 2, None), ("dwie", 2, None), ("max. 3", 3, None), (3.0, 3, None),
        ("1-2", 1, None), (2.5, None, "count_unreadable"), (-1, None, "count_unreadable"),
        ("dużo", None, "count_unreadable"), (99, None, "count_too_high"), ("", None, None),
        (True, None, None),
    ],
)  # fmt: skip
def test_a_number_is_read(written, count, remark):
    found, note = read_count(written, most=30)

    assert (found, code(note)) == (count, remark)


@settings(deadline=None)
@given(st.one_of(st.text(), st.integers(), st.floats(allow_nan=False), st.booleans(), st.dates()))
def test_no_cell_makes_the_readers_fail(cell):
    bands = {*AGE_BANDS, None}

    assert read_age_band(cell, today=TODAY)[0] in bands
    assert set((read_children(cell, today=TODAY)[0] or Children(0)).bands) <= set(CHILD_BANDS)
    assert (read_birth_year(cell, today=TODAY)[0] or 2000) <= 2008
    assert read_gender_wish(cell)[0] in {None, "any", "woman", "woman_only", "man", "man_only"}
    assert read_gender(cell)[0] in {None, "woman", "man", "other"}
    assert read_yes_no(cell)[0] in {None, True, False}
    assert (read_count(cell, most=5)[0] or 0) <= 5
