"""Words, keys and answers of a language."""

from kith.methods.learning.questions.schema import Accepted, Gap, key_at, say
from kith.methods.learning.tests.factories import matching, short, single, true_false


def test_a_text_in_another_language_stands_in_for_one_that_is_missing() -> None:
    assert say({"en": "bus", "pl": "autobus"}, "pl") == "autobus"
    assert say({"en": "bus", "pl": ""}, "pl") == "bus"
    assert say({"pl": "autobus"}, "ar") == "autobus"
    assert say({}, "en") == ""


def test_keys_go_on_after_the_alphabet() -> None:
    assert [key_at(place) for place in (0, 25, 26, 51, 52, 702)] == [
        "a", "z", "aa", "az", "ba", "aaa",
    ]  # fmt: skip


def test_typed_answers_are_those_of_the_language_if_there_are_any() -> None:
    question = short()

    assert [one.text for one in question.answers_in("pl")] == ["koordynatorka"]
    assert [one.text for one in question.answers_in("ar")] == ["coordinator", "co*"]
    assert [one.text for one in Gap((Accepted("most", "pl"),)).answers_in("ar")] == ["most"]


def test_right_sides_are_listed_once() -> None:
    assert [one.key for one in matching().rights()] == ["a", "c", "d"]


def test_true_and_false_are_told_by_their_keys() -> None:
    assert true_false().is_true_or_false
    assert not single().is_true_or_false
