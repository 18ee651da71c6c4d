"""Answers of a form find their place among those of the questionnaire."""

from kith.methods.instruments.answering import with_answers, with_entry, without_entry
from kith.methods.instruments.state import MOST_ENTRIES

KIDS = {"name": "Ala", "kids": [{"kid": "Ola"}, {"kid": "Jan"}]}


def test_an_answer_is_added_changed_and_taken_out() -> None:
    found = with_answers(KIDS, {"name": "", "city": " Gdynia ", "kids.1.kid": "Leo"})

    assert found == {"city": "Gdynia", "kids": [{"kid": "Ola"}, {"kid": "Leo"}]}
    assert KIDS == {"name": "Ala", "kids": [{"kid": "Ola"}, {"kid": "Jan"}]}


def test_an_answer_in_an_entry_that_is_new_makes_room_for_it() -> None:
    assert with_answers({}, {"kids.1.age": "7"}) == {"kids": [{}, {"age": "7"}]}
    assert with_answers({}, {f"kids.{MOST_ENTRIES}.age": "7"}) == {}


def test_a_name_with_points_is_no_entry() -> None:
    assert with_answers({}, {"a.b.c": "x", "v1.2": "y"}) == {"a.b.c": "x", "v1.2": "y"}


def test_an_entry_is_added_after_those_shown() -> None:
    assert with_entry({}, "kids", entries=1) == {"kids": [{}, {}]}
    assert with_entry(KIDS, "kids", entries=2)["kids"] == [{"kid": "Ola"}, {"kid": "Jan"}, {}]
    full = {"kids": [{} for _ in range(MOST_ENTRIES)]}
    assert with_entry(full, "kids", entries=MOST_ENTRIES) == full


def test_an_entry_is_taken_out() -> None:
    assert without_entry(KIDS, "kids", 0, entries=2)["kids"] == [{"kid": "Jan"}]
    assert without_entry({}, "kids", 0, entries=1) == {"kids": []}
    assert without_entry(KIDS, "kids", 5, entries=2) == KIDS
