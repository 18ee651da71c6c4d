"""Amounts of money: as people write them, kept as whole cents, said in the language of a page."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from kith.web.forms import CentsField
from kith.web.money import currency_of, money


def test_money_is_said_in_the_money_of_the_country_and_the_way_of_the_language() -> None:
    with translation.override("pl"):
        assert money(123450, currency_of("PL")).replace("\xa0", " ") == "1 234,50 zł"
    with translation.override("en"):
        assert money(5, currency_of("CA")) == "CA$0.05"
    assert currency_of("") == "EUR"


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("12", 1200), ("12,5", 1250), ("12.05", 1205), ("1 234,50", 123450), ("٣٫٥٠", 350)],
)
def test_an_amount_is_read_as_people_write_it(typed, cents) -> None:
    assert CentsField().clean(typed) == cents


@pytest.mark.parametrize("typed", ["twelve", "1,234.50", "12,505", "-3", "3 €"])
def test_what_is_no_amount_is_said_with_an_example(typed) -> None:
    with pytest.raises(ValidationError, match="Write an amount such as 120"):
        CentsField().clean(typed)


def test_an_amount_stands_in_its_field_with_two_places() -> None:
    assert CentsField().prepare_value(5) == "0.05"
