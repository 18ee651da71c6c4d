"""Questions as fields: the input that fits, the text that is kept, the words for what does not."""

import pytest
from django import forms
from django.http import QueryDict

from kith.methods.instruments.answers import FAULTS, Fault
from kith.methods.instruments.filling import fill
from kith.methods.instruments.schema import CHOOSING, UNSEEN, WITHOUT_ANSWER, Kind
from kith.methods.instruments.tests.factories import AGREEMENT, form, question
from kith.web.forms import ChoiceCards, ManyChoiceCards
from kith.web.forms.questions import (
    FAULT_WORDS,
    SIMPLE,
    Question,
    QuestionsForm,
    RankChoices,
    fault_words,
)


def cell_of(row, *, choices=AGREEMENT, **answers):
    listed = {"choices": choices} if "select" in row["type"] or "rank" in row["type"] else {}
    found = fill(form(row, **listed), answers, today="2026-03-31", now="")
    return found.cell("q")


def page_of(row, sent="", **answers) -> QuestionsForm:
    cell = cell_of(row, **answers)
    return QuestionsForm(
        QueryDict(sent) if sent else None, questions=[Question("q", cell)], for_staff=False
    )


@pytest.mark.parametrize(
    ("row", "sent", "kept"),
    [
        (question(), "q=+words+", "words"),
        (question("integer"), "q=12", "12"),
        (question("date"), "q=2026-03-31", "2026-03-31"),
        (question("time"), "q=18:30", "18:30"),
        (question("dateTime"), "q=2026-03-31T18:30", "2026-03-31T18:30"),
        (question("select_one agree"), "q=2", "2"),
        (question("select_multiple agree"), "q=3&q=1", "3 1"),
        (question("rank agree"), "q_0=3&q_1=1&q_2=", "3 1"),
        (question("acknowledge"), "q=on", "OK"),
        (question("acknowledge"), "other=on", ""),
        (question("range"), "q=7", "7"),
        (question(), "q=", ""),
    ],
)
def test_what_is_typed_becomes_the_text_that_is_kept(row, sent, kept) -> None:
    page = page_of(row, sent)

    assert page.is_valid()
    assert page.answers() == {"q": kept}


@pytest.mark.parametrize(
    ("row", "kept", "shown"),
    [
        (question(), "words", "words"),
        (question("select_multiple agree"), "3 1", ["3", "1"]),
        (question("rank agree"), "3 1", ["3", "1"]),
        (question("acknowledge"), "OK", True),
        (question("acknowledge"), "", False),
    ],
)
def test_what_was_kept_stands_in_the_field(row, kept, shown) -> None:
    assert page_of(row, q=kept)["q"].initial == shown


@pytest.mark.parametrize(
    ("row", "widget"),
    [
        (question("select_one agree"), ChoiceCards),
        (question("select_one agree", appearance="minimal"), forms.Select),
        (question("select_multiple agree"), ManyChoiceCards),
        (question("rank agree"), RankChoices),
        (question("text", appearance="multiline"), forms.Textarea),
        (question("text", parameters="rows=3"), forms.Textarea),
        (question("date"), forms.DateInput),
        (question("range", parameters="start=1 end=5"), ChoiceCards),
        (question("range", parameters="start=1 end=100"), forms.NumberInput),
    ],
)
def test_each_question_has_the_input_that_fits(row, widget) -> None:
    assert type(page_of(row).fields["q"].widget) is widget


def test_a_range_shows_its_numbers_as_people_write_them() -> None:
    page = page_of(question("range", parameters="start=0 end=2 step=0.5"))

    assert [code for code, _label in page.fields["q"].widget.choices] == [
        "0", "0.5", "1", "1.5", "2",
    ]  # fmt: skip


def test_choices_are_written_in_the_language_of_the_reader() -> None:
    page = page_of(question("select_one agree"))

    assert page.fields["q"].widget.choices == [
        ("1", "Not at all"), ("2", "A little"), ("3", "A lot"),
    ]  # fmt: skip


def test_guidance_is_for_those_who_ask_others() -> None:
    cell = cell_of(question(hint="Any name", guidance_hint="Do not press"))

    own, staff = (
        QuestionsForm(questions=[Question("q", cell)], for_staff=for_staff)
        for for_staff in (False, True)
    )
    assert own.fields["q"].help_text == "Any name"
    assert staff.fields["q"].help_text == "Any name Do not press"


def test_what_may_only_be_read_has_no_field() -> None:
    assert list(page_of(question(read_only="yes", default="x")).fields) == []


def test_every_question_that_can_be_asked_has_an_input() -> None:
    built = CHOOSING | {Kind.RANGE, Kind.TEXT}

    assert set(SIMPLE) | built == set(Kind) - WITHOUT_ANSWER - UNSEEN


def test_there_are_words_for_every_fault_and_the_form_may_bring_its_own() -> None:
    step = Fault("not_step", params=(("start", "0"), ("end", "2"), ("step", "0.5")))

    assert set(FAULT_WORDS) == set(FAULTS)
    assert fault_words(step) == "Choose a number from 0 to 2, in steps of 0.5."
    assert fault_words(Fault("constraint", "Mniej niż 20.")) == "Mniej niż 20."


def test_a_fault_is_shown_at_its_question() -> None:
    page = page_of(question("integer"), "q=many")
    page.is_valid()

    page.show_fault("q", Fault("not_whole"))

    assert page.errors == {"q": ["Write a whole number, such as 12."]}
