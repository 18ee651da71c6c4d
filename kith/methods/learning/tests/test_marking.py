"""Answers are marked; no answer raises."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.methods.learning.questions.marking import mark
from kith.methods.learning.questions.schema import (
    Accepted,
    Gap,
    Gapped,
    Grading,
    Matching,
    Number,
    Ordering,
)
from kith.methods.learning.tests.factories import (
    EACH,
    en,
    essay,
    gapped,
    matching,
    multiple,
    numeric,
    ordering,
    short,
    single,
    true_false,
)


def points(question, answer, language="en"):
    return mark(question, answer, language).points


def test_one_option_gives_its_weight_and_its_why() -> None:
    question = single(right_why=en("Good."), wrong_why=en("Look again."), why=en("See page 2."))

    right, partly, wrong = (mark(question, key, "en") for key in "acb")

    assert (right.points, right.right) == (1, True)
    assert right.said == ("Yes: it is theirs to decide.", "Good.", "See page 2.")
    assert (partly.points, partly.right) == (Fraction(1, 3), False)
    assert partly.said == ("Better than never.", "Look again.", "See page 2.")
    assert wrong.points == 0
    assert mark(question, "z", "en").said == ("Look again.", "See page 2.")


def test_a_partly_right_answer_has_words_of_its_own() -> None:
    question = single(partly_why=en("Nearly."), wrong_why=en("No."))

    assert mark(question, "c", "en").said[-1] == "Nearly."
    assert mark(true_false(), "false", "en").said == ("Right.",)


def test_weights_of_several_options_are_added_and_cut() -> None:
    question = multiple()

    assert points(question, ["a"]) == Fraction(1, 2)
    assert points(question, ["b", "a", "a"]) == 1
    assert points(question, ["a", "b", "c"]) == 0
    assert points(question, []) == 0
    assert mark(question, ["a", "c"], "en").said == ("Yes.", "No.")


def test_all_or_nothing_gives_no_part() -> None:
    question = multiple(partial=False)

    assert points(question, ["a"]) == 0
    assert points(question, ["a", "b"]) == 1


def test_each_pair_is_a_share_and_equal_right_sides_count_alike() -> None:
    question = matching()

    assert mark(question, ["b", "a", "c"], "en").parts == (True, True, True)
    assert points(question, ["a", "d", "c"]) == Fraction(2, 3)
    assert points(question, ["a"]) == Fraction(1, 3)
    assert points(Matching(key="k", stem={}, pairs=()), []) == 0


def test_an_order_is_marked_by_place_or_by_what_follows() -> None:
    by_place, by_next = ordering(), ordering(grading=Grading.NEXT)

    assert points(by_place, ["a", "b", "c"]) == 1
    assert points(by_place, ["b", "a", "c"]) == Fraction(1, 3)
    assert points(by_next, ["b", "c", "a"]) == Fraction(1, 2)
    assert mark(by_place, ["a", "b"], "en").parts == (False, False, False)
    assert points(Ordering(key="k", stem={}, items=(), grading=Grading.NEXT), []) == 0


@pytest.mark.parametrize(
    "answer",
    [
        "500",
        " 475 ",
        "525",
        "500 people",
        "٥٠٠",
        "۵۰۰",
        "5e2",
        "500,0",
        500,
        499.5,
    ],
)
def test_numbers_are_read_as_people_write_them(answer) -> None:
    assert points(numeric(), answer) == 1


@pytest.mark.parametrize(
    "answer",
    [
        "474.9",
        "525,1",
        "",
        "people",
        "5 0 0",
        "about 500",
        True,
        float("nan"),
        float("inf"),
        1e300,
        "9" * 5000,
        "1e999",
        None,
        ["500"],
    ],
)
def test_other_numbers_and_no_numbers_have_no_points(answer) -> None:
    assert points(numeric(), answer) == 0


def test_a_number_too_long_to_be_printed_has_no_points() -> None:
    assert points(numeric(), 10**5000) == 0


def test_the_first_number_that_holds_the_answer_counts() -> None:
    exact = Number(Fraction(3), Fraction(3), why=en("Exactly."))
    near = Number(Fraction(2), Fraction(4), Fraction(1, 2), en("Nearly."))
    other = Number(None, None, Fraction(0), en("Look."))
    question = numeric(numbers=(exact, near, other), unit={"pl": ""})

    assert mark(question, "3", "en").said == ("Exactly.",)
    assert (points(question, "2,5"), points(question, "9")) == (Fraction(1, 2), 0)
    assert mark(question, "9", "en").said == ("Look.",)


def test_typed_words_are_compared_without_capitals_accents_and_spaces() -> None:
    question = short()

    assert points(question, "  COÓRDINATOR ") == 1
    assert points(question, "co-worker") == Fraction(1, 2)
    assert points(question, "koordynatorka", "pl") == 1
    assert points(question, "koordynatorka", "en") == 0
    assert points(question, " ") == 0


def test_capitals_matter_where_the_question_says_so() -> None:
    question = short(case=True, answers=(Accepted("NGO"), Accepted(r"5 \* 3")))

    assert points(question, " NGO ") == 1
    assert points(question, "ngo") == 0
    assert points(question, "5  * 3") == 1


def test_each_gap_counts_by_its_share() -> None:
    question = gapped()

    whole = mark(question, ["saw", " MEANS", "2.0"], "en")

    assert (whole.points, whole.parts) == (1, (True, True, True))
    assert whole.said == ("Two.",)
    assert points(question, ["saw", "meant", "3"]) == Fraction(3, 8)
    assert mark(question, ["guess"], "en").said == ("No.",)
    assert points(question, ["SAW"]) == 0


def test_gaps_without_any_share_have_no_points() -> None:
    question = Gapped(key="k", stem={}, text=en("{1}"), gaps=(Gap((Accepted("x"),), share=0),))

    assert points(question, ["x"]) == 0


def test_an_open_answer_waits_for_a_trainer() -> None:
    marked = mark(essay(), "I would call.", "en")

    assert (marked.points, marked.right, marked.waits) == (0, False, True)


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.sampled_from(["a", "b", "saw", "500"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("make", EACH)
@given(answer=anything)
def test_no_answer_raises(make, answer) -> None:
    marked = mark(make(), answer, "xx")

    assert 0 <= marked.points <= 1
    assert marked.right == (marked.points == 1)
