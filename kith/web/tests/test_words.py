from datetime import date

import pytest
from django.utils import translation

from kith.web import words

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 22), "today"),
        (date(2026, 11, 21), "yesterday"),
        (date(2026, 11, 23), "tomorrow"),
        (date(2026, 10, 30), "23 days ago, on 30 October"),
        (date(2026, 12, 4), "in 12 days, on 4 December"),
        (date(2027, 1, 4), "in 43 days, on 4 January 2027"),
        (date(2026, 9, 23), "60 days ago, on 23 September"),
        (date(2026, 9, 22), "on 22 September 2026"),
    ],
)
def test_a_date_near_today_is_told_by_its_distance(day, expected):
    with translation.override("en"):
        assert words.near(day, TODAY) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "30 October"), ("pl", "30 października"), ("ar", "30 أكتوبر")],
)
def test_day_and_month_are_written_as_the_language_does(language, expected):
    with translation.override(language):
        assert words.day_and_month(date(2026, 10, 30)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Olena, Marta and Yusuf"),
        ("pl", "Olena, Marta i Yusuf"),
        ("ar", "Olena وMarta وYusuf"),
    ],
)
def test_a_list_is_written_as_the_language_does(language, expected):
    with translation.override(language):
        assert words.and_list(["Olena", "Marta", "Yusuf"]) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "work, food and drink"),
        ("pl", "work, food and drink"),
        ("ar", "work، food and drink"),
    ],
)
def test_things_with_an_and_in_their_names_stand_between_commas_alone(language, expected):
    with translation.override(language):
        assert words.comma_list(["work", "food and drink"]) == expected


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Thursday 3 December"),
        ("pl", "czwartek, 3 grudnia"),
        ("ar", "الخميس، 3 ديسمبر"),
    ],
)
def test_a_day_with_its_weekday_has_the_signs_of_the_language(language, said):
    with translation.override(language):
        assert words.weekday_and_day(date(2026, 12, 3)) == said


def test_countries_stand_by_their_names_in_the_language_of_the_page():
    with translation.override("pl"):
        names = [name for _code, name in words.countries()]
        latvia = words.country_name("LV")

    assert names.index("Libia") < names.index("Łotwa") < names.index("Maroko")
    assert (latvia, words.country_name("ZZ9")) == ("Łotwa", "ZZ9")
    assert "EU" not in dict(words.countries())
