"""Filling in: what is asked, what is missing, what does not hold, what is calculated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.methods.instruments.answers import FAULTS
from kith.methods.instruments.filling import fill
from kith.methods.instruments.state import MOST_ENTRIES
from kith.methods.instruments.tests.factories import AGREEMENT, form, question

TODAY = {"today": "2026-03-31", "now": "2026-03-31T18:30:00"}
END = {"type": "end_repeat"}


def filled(instrument, language: str = "", **answers):
    return fill(instrument, answers, language=language, **TODAY)


def faults(found) -> list[tuple[str, str]]:
    return [(one.item.name, one.fault.code) for one in found.faults]


def test_a_required_question_is_missing_until_it_is_answered() -> None:
    instrument = form(question(required="yes"))

    assert faults(filled(instrument)) == [("q", "required")]
    assert [one.item.name for one in filled(instrument, q=" ").missing] == ["q"]
    assert filled(instrument, q="words").complete


def test_what_is_not_relevant_is_neither_asked_nor_missing_nor_kept() -> None:
    instrument = form(
        question("integer", "age"),
        question("begin_group", "work", "Work", relevant="${age} >= 18"),
        question("text", "job", "Job", required="yes"),
        {"type": "end_group"},
    )

    young = filled(instrument, age="17", job="cook")
    adult = filled(instrument, age="18", job="cook")

    assert (young.complete, young.answers) == (True, {"age": "17"})
    assert [one.item.name for one in young.shown] == ["age"]
    assert adult.answers == {"age": "18", "job": "cook"}
    assert faults(filled(instrument, age="18")) == [("job", "required")]


def test_relevance_follows_through_several_questions_in_any_order() -> None:
    instrument = form(
        question("text", "third", relevant="${second} = 'yes'"),
        question("text", "second", relevant="${first} = 'yes'"),
        question("text", "first"),
    )

    assert filled(instrument, first="yes", second="yes", third="x").answers == {
        "first": "yes", "second": "yes", "third": "x",
    }  # fmt: skip
    assert filled(instrument, first="no", second="yes", third="x").answers == {"first": "no"}


def test_a_rule_that_does_not_hold_is_told_in_the_language_of_the_reader() -> None:
    instrument = form(
        {"type": "integer", "name": "kids", "label::English (en)": "Children",
         "label::Polski (pl)": "Dzieci", "constraint": ". < 20",
         "constraint_message::English (en)": "Fewer than 20, please.",
         "constraint_message::Polski (pl)": "Mniej niż 20."}
    )  # fmt: skip

    assert filled(instrument, "pl", kids="25").cell("kids").fault.sentence == "Mniej niż 20."
    assert filled(instrument, "ar", kids="25").cell("kids").fault.sentence == (
        "Fewer than 20, please."
    )
    assert filled(instrument, kids="").complete


def test_without_a_message_of_the_form_ours_is_told() -> None:
    instrument = form(question("integer", constraint=". > 5"))

    assert filled(instrument, q="3").cell("q").fault.sentence == FAULTS["constraint"]


@pytest.mark.parametrize(
    ("kind", "good", "bad", "code"),
    [
        ("integer", "-12", "1.5", "not_whole"),
        ("integer", "0", "12345678901", "not_whole"),
        ("decimal", "1.5", "1,5", "not_number"),
        ("decimal", "-3", "1e3", "not_number"),
        ("date", "2024-02-29", "2026-02-29", "not_day"),
        ("date", "2026-03-31", "2026-03-31T10:00", "not_day"),
        ("time", "18:30", "25:00", "not_time"),
        ("dateTime", "2026-03-31T18:30", "2026-03-31", "not_moment"),
        ("acknowledge", "OK", "yes", "not_choice"),
        ("range", "7", "11", "not_step"),
        ("range", "1", "1.5", "not_step"),
        ("select_one agree", "2", "9", "not_choice"),
        ("select_multiple agree", "3 1", "3 9", "not_choice"),
        ("select_multiple agree", "1", "1 1", "choice_again"),
        ("rank agree", "3 1 2", "3 3 2", "choice_again"),
    ],
)
def test_an_answer_must_have_the_shape_of_its_question(kind, good, bad, code) -> None:
    instrument = form(question(kind), choices=AGREEMENT)

    assert faults(filled(instrument, q=good)) == []
    assert faults(filled(instrument, q=bad)) == [("q", code)]


def test_a_range_says_its_numbers() -> None:
    instrument = form(question("range", parameters="start=0 end=2 step=0.5"))

    assert filled(instrument, q="1.5").complete
    assert filled(instrument, q="0.7").cell("q").fault.sentence == (
        "Please choose a number from 0 to 2, in steps of 0.5."
    )


def test_choices_follow_the_answer_to_another_question() -> None:
    cities = [
        {"list_name": "city", "name": "gdynia", "label": "Gdynia", "region": "north"},
        {"list_name": "city", "name": "krosno", "label": "Krosno", "region": "south"},
    ]
    instrument = form(
        question("text", "region"),
        question("select_one city", "city", choice_filter="region = ${region}"),
        choices=cities,
    )

    north = filled(instrument, region="north", city="krosno")

    assert [one.code for one in north.cell("city").choices] == ["gdynia"]
    assert faults(north) == [("city", "not_choice")]
    assert filled(instrument, region="south", city="krosno").complete


def test_calculations_settle_in_any_order_and_are_never_kept() -> None:
    instrument = form(
        question("calculate", "double", "", calculation="${sum} * 2"),
        question("calculate", "sum", "", calculation="${a} + ${b}"),
        question("integer", "a"),
        question("integer", "b"),
        question("note", "told", "Together ${sum}"),
    )

    found = filled(instrument, a="2", b="3", sum="999")

    assert found.calculated == {"double": ("10",), "sum": ("5",)}
    assert found.cell("told").label == "Together 5"
    assert found.answers == {"a": "2", "b": "3"}


def test_a_calculation_without_its_answers_is_empty() -> None:
    instrument = form(
        question("integer", "a"), question("calculate", "b", "", calculation="${a}+1")
    )

    assert filled(instrument).calculated == {"b": ("",)}


def test_a_calculated_value_is_for_nobodys_list() -> None:
    instrument = form(
        question("integer", "a"),
        question("calculate", "score", "", calculation="${a} * 4"),
        question("text", "shown", calculation="${score}"),
        question("text", "suggested", default="concat(${a}, '!')"),
        question("date", "day", default="today()"),
        question("text", "fixed", default="here"),
    )

    assert instrument.calculated == {"score", "shown", "suggested"}
    assert [one.name for one in instrument.exportable] == ["a", "day", "fixed"]


def test_defaults_are_there_until_somebody_answers() -> None:
    instrument = form(
        question("text", "place", default="library"), question("date", "day", default="today() + 1")
    )

    assert filled(instrument).answers == {"place": "library", "day": "2026-04-01"} or (
        filled(instrument).cell("place").value == "library"
    )
    assert filled(instrument, place="").cell("place").value == ""
    assert filled(instrument, place="park").cell("place").value == "park"


def test_a_repeat_has_a_cell_for_each_entry() -> None:
    instrument = form(
        question("begin_repeat", "kids", "Children"),
        question("text", "name", "Name", required="yes"),
        question("note", "hello", "Child ${number}: ${name}"),
        question("calculate", "number", "", calculation="position(..)"),
        END,
        question("calculate", "all", "", calculation="join(', ', ${name})"),
    )

    found = filled(instrument, kids=[{"name": "Ala"}, {}])

    assert faults(found) == [("name", "required")]
    assert (found.cell("name", 0).value, found.cell("name", 1).missing) == ("Ala", True)
    assert found.cell("hello", 0).label == "Child 1: Ala"
    assert found.calculated == {"number": ("1", "2"), "all": ("Ala, ",)}
    assert found.answers == {"kids": [{"name": "Ala"}, {}]}


def test_a_repeat_begins_with_one_entry_and_may_have_none() -> None:
    instrument = form(question("begin_repeat", "kids"), question(), END)

    assert filled(instrument).entries == {"kids": 1}
    assert filled(instrument, kids=[]).entries == {"kids": 0}


@pytest.mark.parametrize(
    ("number", "entries"), [("3", 3), ("", 0), ("-1", 0), ("x", 0), ("9999", 100)]
)
def test_a_count_sets_the_entries_of_a_repeat(number, entries) -> None:
    instrument = form(
        question("text", "n"),
        question("begin_repeat", "kids", repeat_count="${n}"),
        question(),
        END,
    )

    assert filled(instrument, n=number).entries == {"kids": entries}
    assert MOST_ENTRIES == 100


def test_what_is_not_asked_in_a_repeat_is_not_counted() -> None:
    instrument = form(
        question("begin_repeat", "kids"),
        question("integer", "age"),
        question("integer", "grade", relevant="${age} > 6"),
        END,
        question("calculate", "sum", "", calculation="sum(${grade})"),
        question("calculate", "second", "", calculation="indexed-repeat(${grade}, ${kids}, 2)"),
    )

    found = filled(instrument, kids=[{"age": "3", "grade": "5"}, {"age": "8", "grade": "2"}])

    assert found.calculated == {"sum": ("2",), "second": ("2",)}
    assert found.answers == {"kids": [{"age": "3"}, {"age": "8", "grade": "2"}]}


def test_once_keeps_its_first_value() -> None:
    instrument = form(
        question("integer", "a"), question("calculate", "b", "", calculation="once(1)")
    )

    assert filled(instrument, a="1").calculated == {"b": ("1",)}


def test_the_label_of_a_choice_is_told_in_the_language_of_the_reader() -> None:
    instrument = form(
        {"type": "select_one agree", "name": "how", "label::English (en)": "How",
         "label::Polski (pl)": "Jak"},
        {"type": "calculate", "name": "told", "calculation": "jr:choice-name(${how}, '${how}')"},
        choices=[{"list_name": "agree", "name": "1", "label::English (en)": "Yes",
                  "label::Polski (pl)": "Tak"}],
    )  # fmt: skip

    assert filled(instrument, "pl", how="1").calculated == {"told": ("Tak",)}
    assert filled(instrument, "en", how="1").calculated == {"told": ("Yes",)}


def test_answers_to_questions_that_are_not_there_are_left_out() -> None:
    instrument = form(question())

    assert filled(instrument, q="x", stranger="y", other=[{"q": "z"}]).answers == {"q": "x"}


WILD = st.one_of(st.text(max_size=8), st.just([{"name": "x"}]), st.just([]))
ALL_KINDS = form(
    question("integer", "a", constraint=". > ${b}"),
    question("decimal", "b"),
    question("date", "c", relevant="${a} < 5"),
    question("select_multiple agree", "d"),
    question("begin_repeat", "kids", repeat_count="count-selected(${d})"),
    question("text", "name", required="${a} = 1"),
    END,
    question("calculate", "e", "", calculation="${a} div ${b} + count(${kids})"),
    choices=AGREEMENT,
)


@given(st.dictionaries(st.sampled_from(["a", "b", "c", "d", "kids", "name", "e"]), WILD))
def test_no_answers_make_filling_fail_and_keeping_them_changes_nothing(answers) -> None:
    found = fill(ALL_KINDS, answers, **TODAY)

    again = fill(ALL_KINDS, found.answers, **TODAY)

    assert again.answers == found.answers
