"""Answers as tables: without names, without calculated values, without formulas."""

import csv
import io
import zipfile

from openpyxl import load_workbook

from kith.methods.instruments.answers_out import Sent, answer_tables, write_csv, write_workbook
from kith.methods.instruments.tests.factories import AGREEMENT, form, question

FORM = form(
    question("text", "words", "In your words"),
    question("select_multiple agree", "how", "How?"),
    question("integer", "age", "Age"),
    question("calculate", "sum", "", calculation="${age} * 4"),
    question("text", "told", "Told", calculation="concat(${age}, '!')"),
    question("note", "thanks", "Thanks"),
    question("begin_repeat", "kids", "Child"),
    question("text", "kid", "Name"),
    question("calculate", "number", "", calculation="position(..)"),
    {"type": "end_repeat"},
    choices=AGREEMENT,
    settings=[{"version": "1"}],
)
ANNA = Sent(
    FORM,
    {"words": "=1+1", "how": "3 1", "age": "-5", "sum": "20", "kids": [{"kid": "Ala"}, {}]},
    "start",
)
BEN = Sent(FORM, {"age": "7"}, "week-6")


def test_answers_of_each_person_are_a_row_without_calculated_values() -> None:
    answers, kids, questions = answer_tables([ANNA, BEN], with_texts=True)

    assert (answers.name, answers.headings) == (
        "answers", ("no", "occasion", "words", "how", "age"),
    )  # fmt: skip
    assert answers.rows == (
        ("1", "start", "=1+1", "3 1", "-5"), ("2", "week-6", "", "", "7"),
    )  # fmt: skip
    assert (kids.name, kids.headings) == ("kids", ("no", "entry", "kid"))
    assert kids.rows == (("1", "1", "Ala"), ("1", "2", ""))
    assert questions.rows == (
        ("words", "In your words", "text", ""),
        ("how", "How?", "select_multiple", "1 = Not at all; 2 = A little; 3 = A lot"),
        ("age", "Age", "integer", ""),
        ("kid", "Name", "text", ""),
    )


def test_what_people_wrote_in_their_own_words_may_be_left_out() -> None:
    tables = answer_tables([ANNA, BEN], with_texts=False)

    assert [table.headings for table in tables] == [
        ("no", "occasion", "how", "age"), ("name", "question", "type", "choices"),
    ]  # fmt: skip


def test_a_value_that_is_calculated_in_any_version_is_in_no_row() -> None:
    asked = form(question("integer", "sum"), settings=[{"version": "0"}])

    [answers, _questions] = answer_tables(
        [Sent(asked, {"sum": "3"}), Sent(FORM, {})], with_texts=False
    )

    assert answers.headings == ("no", "occasion", "how", "age")


def test_a_workbook_holds_texts_and_no_formulas() -> None:
    book = load_workbook(io.BytesIO(write_workbook(answer_tables([ANNA], with_texts=True))))

    assert book.sheetnames == ["answers", "kids", "questions"]
    assert [[cell.value for cell in row] for row in book["answers"].iter_rows()] == [
        ["no", "occasion", "words", "how", "age"], ["1", "start", "=1+1", "3 1", "-5"],
    ]  # fmt: skip
    assert {cell.data_type for row in book["answers"].iter_rows() for cell in row} == {"s"}


def test_csv_holds_nothing_that_a_spreadsheet_takes_for_a_formula() -> None:
    archive = zipfile.ZipFile(io.BytesIO(write_csv(answer_tables([ANNA], with_texts=True))))

    text = archive.read("answers.csv").decode("utf-8-sig")
    assert archive.namelist() == ["answers.csv", "kids.csv", "questions.csv"]
    assert list(csv.reader(io.StringIO(text)))[1] == ["1", "start", "'=1+1", "3 1", "-5"]
