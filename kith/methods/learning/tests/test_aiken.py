"""Aiken in and out."""

from fractions import Fraction

from kith.methods.learning.banks.aiken import read_aiken
from kith.methods.learning.banks.files import read_bank, write_bank
from kith.methods.learning.questions.schema import Option, key_at
from kith.methods.learning.tests.factories import en, multiple, single

FILE = """\
What do you take to the office?
A. The letter *and* the card
B. The dog
c is no option
ANSWER: A

Who decides,
and when?
A) The mentor
B) The participant
ANSWER: b.

No answer line
A. One
B. Two
The next begins
A. One
B. Two
ANSWER: C

A. No question
ANSWER: A

Only one
A. One
ANSWER: A

Odd line
A. One
odd
B. Two
ANSWER: A

The end
A. One
"""


def test_questions_are_read_and_what_is_not_taken_is_told_with_its_line() -> None:
    bank = read_bank(FILE.replace("c is no option\n", "").encode())

    assert bank.kind == "aiken"
    assert [one.stem for one in bank.questions] == [
        en("What do you take to the office?"), en("Who decides, and when?"),
    ]  # fmt: skip
    assert [one.text for one in bank.questions[0].options] == [
        en(r"The letter \*and\* the card"), en("The dog"),
    ]  # fmt: skip
    assert [one.weight for one in bank.questions[1].options] == [0, 1]
    assert [(one.line, one.code) for one in bank.notes] == [
        (12, "answer_line_missing"),
        (15, "answer_not_there"),
        (20, "no_text"),
        (23, "too_few_options"),
        (29, "line_unexpected"),
        (33, "answer_line_missing"),
    ]


def test_a_line_after_two_options_begins_the_next_question() -> None:
    bank = read_aiken(FILE.encode(), language="en")

    assert [one.code for one in bank.notes][:2] == ["answer_line_missing", "too_few_options"]


def plainly(**changes):
    options = [Option(key_at(at), en(text), Fraction(at == 1)) for at, text in enumerate("xyz")]
    return single(options=tuple(options), **changes)


def test_what_aiken_can_hold_comes_back_as_it_was() -> None:
    given = [plainly(), plainly(key="b", stem=en("A: 2\\*3?"))]

    written = write_bank(given, kind="aiken")

    assert (written.notes, written.count) == ((), 2)
    assert [one.stem for one in read_bank(written.content).questions] == [one.stem for one in given]


def test_what_aiken_cannot_hold_is_told() -> None:
    many = tuple(Option(key_at(at), en("x"), Fraction(at == 1)) for at in range(27))
    given = [multiple(), plainly(title="T", stem=en("a **b**")), single(key="p"), plainly(key="m")]
    given.append(single(key="n", options=many))

    written = write_bank(given, kind="aiken")

    assert [(one.name, one.code, one.params.get("keys", "")) for one in written.notes] == [
        ("multiple", "format_cannot", ""),
        ("p", "format_cannot", ""),
        ("n", "format_cannot", ""),
        ("single", "not_carried", "stem, title"),
    ]
