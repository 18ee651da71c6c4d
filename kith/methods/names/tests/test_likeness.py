"""Hints that two written names are one person's."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.methods.names import Likeness, similar


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        ("Carolyn Green", "Green, Carolyn", Likeness.SAME_WORDS),
        ("Baydu Özdil Zengin", "  BAYDU OZDIL ZENGIN", Likeness.SAME_WORDS),
        ("Dr Sara Newman", "Sara Newman", Likeness.SAME_WORDS),
        ("пані Христина Терещенко", "Chrystyna Tereszczenko", Likeness.OTHER_SPELLING),
        ("Олена Ковальчук", "Kowalczuk Olena", Likeness.SAME_WORDS),
        ("Hana Kabani", "حنا القباني", Likeness.OTHER_SPELLING),
        ("Лариса Викторовна Сидорова", "Larysa Sidorowa", Likeness.PART_OF),
        ("Jan Maria Nowak", "Nowak Jan", Likeness.PART_OF),
        ("Anna Kowalska", "Anna Kowalsla", Likeness.ONE_LETTER),
        ("Anna Kowalska", "Anna Kowlaska", Likeness.ONE_LETTER),
        ("Anna Nowakowska", "Anna Nowakowsk", Likeness.ONE_LETTER),
        ("Yusuf", "Youssef", Likeness.SAME_WORDS),
        ("Jan Nowak", "Janusz Nowak", None),
        ("Jan Kos", "Jan Kas", None),
        ("Olena", "Олена Ковальчук", None),
        ("Dr Clive Brennan", "Dr Clive Hall", None),
        ("Anna Nowak", "Anna Kowalska", None),
        ("Mahmoud Hasan", "محمد حسن", None),
        ("", "Anna", None),
        ("...", "", None),
    ],
)
def test_names_are_alike_for_a_reason(a, b, why):
    assert (similar(a, b), similar(b, a)) == (why, why)


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_two_texts_can_be_compared_in_either_order(a, b):
    assert similar(a, b) == similar(b, a)


def test_titles_alone_are_compared_as_they_are():
    assert similar("Dr", "Dr") is Likeness.SAME_WORDS
