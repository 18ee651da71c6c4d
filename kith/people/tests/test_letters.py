"""In which language someone gets letters when a list does not say it."""

import pytest

from kith.people.rules.letters import language_of_letters

HOUSE = ["pl", "en", "ar"]


@pytest.mark.parametrize(
    ("spoken", "expected"),
    [
        ([("ar", 3), ("en", 4), ("pl", 2)], "ar"),
        ([("pl", 2), ("ar", 3)], "ar"),
        ([("uk", 5), ("en", 3)], "en"),
        ([("uk", 5), ("pl", 2)], "pl"),
        ([], "pl"),
    ],
    ids=["own language first", "spoken too little", "not written here", "none shared", "none said"],
)
def test_the_first_language_that_someone_reads_and_the_house_writes(spoken, expected):
    assert language_of_letters(spoken, HOUSE) == expected


def test_a_house_without_languages_writes_english():
    assert language_of_letters([("ar", 5)], []) == "en"
