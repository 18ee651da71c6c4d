"""Numbers, weights and typed words."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.methods.learning.questions.folding import as_pattern, fits, folded
from kith.methods.learning.questions.numbers import (
    decimal,
    numbers_read,
    percent,
    plain_number,
    weight_of_percent,
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("12", ["12"]), ("-3,5", ["-3.5"]), ("−3.5", ["-3.5"]), ("1 234,5", ["1234.5"]),
        ("1\u202f234\u00a0567", ["1234567"]), ("1'234", ["1234"]), ("1.234,5", ["1234.5"]),
        ("1,234.5", ["1234.5"]), ("1,234,567", ["1234567"]), ("1.234.567", ["1234567"]),
        ("1,500", ["1.5", "1500"]), ("0,500", ["0.5"]), ("١٬٢٣٤٫٥", ["1234.5"]), (".5", ["0.5"]),
        ("2.", ["2"]), ("1 2", []), ("", []), ("1e5", ["100000"]), ("x" * 100, []), ("१२", []),
    ],
)  # fmt: skip
def test_numbers_are_read_in_every_usual_way(text, numbers) -> None:
    assert numbers_read(text) == tuple(Fraction(one) for one in numbers)


@pytest.mark.parametrize("text", ["1,5", "", "1e999", "nan", "1" * 61, "0x1", "--1"])
def test_files_write_numbers_in_one_way_only(text) -> None:
    assert plain_number(text) is None


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6
    )
)
def test_a_decimal_number_comes_back_exactly(number) -> None:
    assert Fraction(decimal(Fraction(number))) == Fraction(number)


def test_other_numbers_are_rounded() -> None:
    assert decimal(Fraction(-1, 3)) == "-0.333333333333"
    assert decimal(Fraction(-5)) == "-5"


@given(st.integers(1, 20).flatmap(lambda whole: st.integers(-whole, whole).map(
    lambda part: Fraction(part, whole))))  # fmt: skip
def test_a_share_comes_back_from_its_per_cent(weight) -> None:
    assert weight_of_percent(percent(weight)) == weight


def test_a_per_cent_that_is_no_simple_share_stays_as_it_is() -> None:
    assert weight_of_percent("33.3") == Fraction(333, 1000)
    assert weight_of_percent("101") is None
    assert weight_of_percent("half") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("Łódź", "lodz"), ("ÉCOLE", "ecole"), ("straße", "STRASSE"), ("مُدَرِّسَة", "مدرسه"),
     ("إلى", "الي"), ("Київ", "киів"), ("  two   words ", "two words"), ("don’t", "don't")],
)  # fmt: skip
def test_what_does_not_matter_makes_no_difference(one, other) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("answer", "pattern", "does"),
    [
        ("bus stop", "bus*", True), ("the bus", "*bus", True), ("a bus stop", "*bus*", True),
        ("tram", "*bus*", False), ("ab", "ab*b", False), ("abb", "ab*b", True), ("any", "*", True),
        ("2*3", r"2\*3", True), ("2x3", r"2\*3", False), ("xaybz", "x*a*b*z", True),
        ("xbyaz", "x*a*b*z", False), ("tram", "bus*", False), ("a" * 3000, "a*", False),
    ],
)  # fmt: skip
def test_stars_stand_for_any_letters(answer, pattern, does) -> None:
    assert fits(answer, pattern, case=False) is does


@given(st.text(alphabet="ab*\\ ", min_size=1, max_size=12).filter(lambda text: "\\*" not in text))
def test_a_text_made_a_pattern_fits_only_itself(text) -> None:
    assert fits(text, as_pattern(text), case=True)
    assert not fits(f"{text}x", as_pattern(text), case=True)
