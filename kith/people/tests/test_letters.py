"""In which language someone gets letters when nobody chose one."""

import pytest

from kith.people.rules.letters import language_of_letters

HOUSE = ["pl", "en"]


@pytest.mark.parametrize(
    ("spoken", "expected"),
    [
        ([("en", 3), ("ar", 4), ("pl", 2)], "ar"),
        ([("ar", 4), ("en", 4)], "ar"),
        ([("uk", 5), ("en", 3)], "en"),
        ([("uk", 5), ("en", 1)], "en"),
        ([("uk", 5)], "pl"),
        ([], "pl"),
    ],
    ids=[
        "spoken best, written by Kith though not by the house",
        "the first named of two spoken alike",
        "the best one is not written here",
        "a few words are better than none",
        "none shared",
        "none said",
    ],
)
def test_the_language_that_someone_speaks_best_of_those_kith_writes(spoken, expected):
    assert language_of_letters(spoken, house=HOUSE) == expected


def test_a_house_without_languages_writes_english():
    assert language_of_letters([("uk", 5)], house=[]) == "en"
