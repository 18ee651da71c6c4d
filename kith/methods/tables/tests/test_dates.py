"""Dates as people write them."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.methods.tables.tests.lists import midnight, said
from kith.methods.tables.values.dates import date_order, read_date

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (midnight(2026, 5, 26), dt.date(2026, 5, 26)),
        (dt.date(2026, 5, 26), dt.date(2026, 5, 26)),
        ("2026-03-19", dt.date(2026, 3, 19)),
        ("2026/03/19", dt.date(2026, 3, 19)),
        ("2026-03-01T10:00:00", dt.date(2026, 3, 1)),
        ("22/3/2026", dt.date(2026, 3, 22)),
        ("3/22/2026", dt.date(2026, 3, 22)),
        ("05.10.2026", dt.date(2026, 10, 5)),
        ("5 . 10 . 2026 r.", dt.date(2026, 10, 5)),
        ("12.03.2026 14:30", dt.date(2026, 3, 12)),
        ("zgł. 12.3.2026 (tel.)", dt.date(2026, 3, 12)),
        ("13.III.2026", dt.date(2026, 3, 13)),
        ("1 marca 2026 r.", dt.date(2026, 3, 1)),
        ("5 maja 26", dt.date(2026, 5, 5)),
        ("March 5, 2026", dt.date(2026, 3, 5)),
        ("5th of March 2026", dt.date(2026, 3, 5)),
        ("1. März 2026", dt.date(2026, 3, 1)),
        ("12 березня 2026", dt.date(2026, 3, 12)),
        ("7 мая 2026", dt.date(2026, 5, 7)),
        ("12 آذار 2025", dt.date(2025, 3, 12)),
        ("3 كانون الثاني 2026", dt.date(2026, 1, 3)),
        ("٢٢/٣/٢٠٢٦", dt.date(2026, 3, 22)),
        ("20260315", dt.date(2026, 3, 15)),
    ],
)
def test_a_whole_date_is_read_without_remark(written, day):
    assert read_date(written, today=TODAY) == (day, None)


@pytest.mark.parametrize(
    ("written", "day", "code"),
    [
        ("4/3/2026", dt.date(2026, 3, 4), "date_ambiguous"),
        ("13.03.26", dt.date(2026, 3, 13), "date_two_digit_year"),
        ("13.03.85", dt.date(1985, 3, 13), "date_two_digit_year"),
        (46101, dt.date(2026, 3, 20), "date_from_number"),
        ("46101", dt.date(2026, 3, 20), "date_from_number"),
        (46101.75, dt.date(2026, 3, 20), "date_from_number"),
        ("wrzesień 2025", dt.date(2025, 9, 1), "date_without_day"),
        ("03.2026", dt.date(2026, 3, 1), "date_without_day"),
        (2026, dt.date(2026, 1, 1), "date_without_day"),
        ("rok 2025", dt.date(2025, 1, 1), "date_without_day"),
        ("od września", dt.date(2026, 9, 1), "date_without_year"),
        ("od grudnia", dt.date(2025, 12, 1), "date_without_year"),
        ("15.03", dt.date(2026, 3, 15), "date_without_year"),
        ("15 marca", dt.date(2026, 3, 15), "date_without_year"),
        ("ok. 15.03.2026", dt.date(2026, 3, 15), "date_about"),
    ],
)
def test_a_guess_is_taken_with_a_note(written, day, code):
    found, note = read_date(written, today=TODAY)

    assert (found, said(note)[:2]) == (day, (code, "note"))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("31.02.2026", "date_impossible"),
        ("29 lutego 2025", "date_impossible"),
        ("2026-13-45", "date_impossible"),
        ("1.1.1066", "date_impossible"),
        ("jutro", "date_unreadable"),
        ("12", "date_unreadable"),
        ("3 i 4 marca i 5 maja 2026 i 2027", "date_unreadable"),
        (dt.time(12, 30), "date_unreadable"),
        (True, "date_unreadable"),
    ],
)
def test_what_is_no_date_has_to_be_corrected(written, code):
    found, note = read_date(written, today=TODAY)

    assert (found, said(note)[:2]) == (None, (code, "correct"))


@pytest.mark.parametrize("written", [None, "", "brak", "-", "n/a", "؟"])
def test_an_empty_cell_is_no_mistake(written):
    assert read_date(written, today=TODAY) == (None, None)


def test_the_column_decides_between_days_and_months():
    assert date_order(["4/3/2026", "22/3/2026", None, 7]) == "dmy"
    assert date_order(["4/3/2026", "3/22/2026"]) == "mdy"
    assert date_order(["4/3/2026", "3/22/2026", "22/3/2026"]) == ""
    assert read_date("4/3/2026", today=TODAY, order="mdy") == (dt.date(2026, 4, 3), None)
    assert read_date("4/3/2026", today=TODAY, order="dmy") == (dt.date(2026, 3, 4), None)


def test_the_country_decides_when_the_column_does_not():
    found, note = read_date("4/3/2026", today=TODAY, country="US")

    assert (found, said(note)[2]["other"]) == (dt.date(2026, 4, 3), "2026-03-04")


def test_a_leap_day_without_a_year_goes_back_to_a_day_that_exists():
    found, _ = read_date("29 lutego", today=dt.date(2028, 1, 10))

    assert found == dt.date(2027, 2, 28)


@settings(deadline=None)
@given(
    st.one_of(st.text(), st.integers(), st.floats(), st.booleans()), st.sampled_from(["", "mdy"])
)
def test_no_cell_makes_the_reader_fail(cell, order):
    found, note = read_date(cell, today=TODAY, order=order)

    assert found is None or 1900 <= found.year <= 2119
    assert note is None or note.sentence
