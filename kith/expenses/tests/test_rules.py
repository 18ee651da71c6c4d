"""The rules of this room: steps of a claim, limits, days, and the list for the books."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest

from kith.expenses.rules.book import COLUMNS, BookLine, as_csv, as_xlsx, in_units
from kith.expenses.rules.limits import Spent, above, by_month, last_settled_on, too_late
from kith.expenses.rules.states import NEXT, OPEN, STATES, ClaimState, may_become

S = ClaimState
DAY = date(2026, 11, 20)

LINE = BookLine(
    who="=HYPERLINK(1)",
    day=DAY,
    kind="Bilety",
    amount=Decimal("1234.50"),
    currency="PLN",
    receipt="yes",
    programme="Mosty",
    agreed_on=date(2026, 11, 23),
    agreed_by="Ewa Nowicka",
    paid_on=None,
)


def test_every_state_has_its_steps_and_its_words() -> None:
    assert set(NEXT) == set(STATES) == set(ClaimState)


def test_what_is_agreed_can_only_be_paid() -> None:
    assert NEXT[S.AGREED] == {S.PAID}
    assert not may_become(S.AGREED, S.DRAFT)
    assert not may_become(S.PAID, S.WITHDRAWN)


def test_only_what_nobody_looks_at_can_be_changed() -> None:
    assert {S.DRAFT, S.BACK} == OPEN


def test_the_last_day_still_counts() -> None:
    assert not too_late(DAY, DAY + timedelta(days=60), 60)
    assert too_late(DAY, DAY + timedelta(days=61), 60)


def test_a_month_is_above_its_limit_by_one_cent() -> None:
    own = by_month([(DAY, 20_00), (date(2026, 12, 1), 60_00)])

    assert above(own, {(2026, 11): 30_00}, 60_00) == ()
    assert above(own, {(2026, 11): 40_01}, 60_00) == (Spent((2026, 11), 60_01, 60_00),)
    assert above(own, {}, None) == ()


def test_books_are_kept_from_the_end_of_their_year_on() -> None:
    assert last_settled_on(date(2036, 12, 31), 10) == date(2025, 12, 31)
    assert last_settled_on(date(2037, 1, 1), 10) == date(2026, 12, 31)


@pytest.mark.parametrize(("cents", "units"), [(5, "0.05"), (1_00, "1.00"), (123450, "1234.50")])
def test_cents_become_units_without_rounding(cents, units) -> None:
    assert str(in_units(cents)) == units


def test_the_csv_holds_one_line_for_each_expense_and_no_formula() -> None:
    head, line = csv.reader(io.StringIO(as_csv([LINE])))

    assert tuple(head) == COLUMNS
    assert line == ["'=HYPERLINK(1)", "2026-11-20", "Bilety", "1234.50", "PLN", "yes", "Mosty",
                    "2026-11-23", "Ewa Nowicka", ""]  # fmt: skip


def test_the_spreadsheet_holds_days_numbers_and_texts() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx([LINE]))).active

    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    who, day, _kind, amount = sheet[2][:4]
    assert (who.value, who.data_type) == ("=HYPERLINK(1)", "s")
    assert day.value.date() == DAY
    assert (amount.value, amount.number_format) == (1234.5, "0.00")
