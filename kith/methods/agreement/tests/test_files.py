"""Files of ratings as people bring them."""

import pytest

from kith.methods.agreement.files import BadRatings, read_ratings
from kith.methods.agreement.ratings import Level


def test_a_line_is_a_case_and_a_column_a_rater() -> None:
    file = read_ratings(b"Ewa,Jan\n1,2\n,3\n10,2.0\n", level=Level.INTERVAL)

    assert file.raters == ("Ewa", "Jan")
    assert file.scale == ("1", "2", "3", "10")
    assert file.values.rows == ((1.0, 2.0), (None, 3.0), (10.0, 2.0))
    assert file.codes.rows == ((0, 1), (None, 2), (3, 1))


def test_words_have_the_order_that_is_said() -> None:
    file = read_ratings(
        b"a;b\nmuch;little\nnone;\n",
        level=Level.ORDINAL,
        order=["none", "little", "much"],
    )

    assert file.codes.rows == ((2, 1), (0, None))
    assert file.values.rows == ((2.0, 1.0), (0.0, None))


def test_words_without_an_order_may_be_nominal() -> None:
    file = read_ratings("a\tb\nżółw\tkot\n".encode("utf-16"), level=Level.NOMINAL)

    assert file.scale == ("kot", "żółw")
    assert file.codes.rows == ((1, 0),)


def test_a_file_without_names_begins_with_a_case() -> None:
    file = read_ratings(b"1,2\n2,2\n", level=Level.ORDINAL, with_names=False)

    assert file.raters == ("rater 1", "rater 2")
    assert len(file.codes.rows) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "There is no case in the file."),
        (b"a,b\n", "There is no case in the file."),
        (b"a,b\n,\n1,\n2,3,4\n", "line 4: It has 3 columns instead of 2."),
        (b"a\n1\n", "line 1: There are 2 to 200 raters, one in each column."),
        (
            b"a,b\n1,2\n1,much\n",
            "line 3, column 2: “much”: It is no number. For words, say their order.",
        ),
        (b"a,b\n1,nan\n", "line 2, column 2: “nan”: It is no number. For words, say their order."),
        (b"a,b\n , \n1,2\n", ""),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(content, said) -> None:
    if not said:
        assert len(read_ratings(content, level=Level.ORDINAL).codes.rows) == 2
        return
    with pytest.raises(BadRatings) as refused:
        read_ratings(content, level=Level.ORDINAL)

    assert str(refused.value) == said


def test_a_value_that_is_not_in_the_order_is_told() -> None:
    with pytest.raises(BadRatings, match="line 2, column 2: “many”: It is not among the values"):
        read_ratings(b"a,b\nnone,many\n", level=Level.ORDINAL, order=["none", "much"])
