"""questions.toml in and out; every fault has its question and its key."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given

from kith.methods.learning.questions.checks import course_faults, structure_faults
from kith.methods.learning.questions.faults import SENTENCES, Fault
from kith.methods.learning.questions.reading import questions_of, read_questions
from kith.methods.learning.questions.schema import (
    Accepted,
    Criterion,
    Essay,
    Gap,
    Gapped,
    Grading,
    Multiple,
    Number,
    Single,
)
from kith.methods.learning.questions.writing import write_questions
from kith.methods.learning.tests.factories import (
    EACH,
    en,
    essay,
    gapped,
    matching,
    multiple,
    numeric,
    ordering,
    questions,
    short,
    single,
    true_false,
)

FILE = Path(__file__).parent / "data" / "questions.toml"


def test_a_file_with_every_kind_is_read() -> None:
    read = read_questions(FILE.read_bytes())

    assert read.faults == ()
    assert [one.kind.value for one in read.questions] == [
        "single",
        "multiple",
        "matching",
        "ordering",
        "numeric",
        "short",
        "gap",
        "essay",
    ]
    one, several, pairs, _order, number, word, gap, _open = read.questions
    assert isinstance(one, Single)
    assert [option.weight for option in one.options] == [1, 0, 0]
    assert isinstance(several, Multiple)
    assert [option.weight for option in several.options] == [
        Fraction(1, 2),
        Fraction(1, 2),
        Fraction(-1),
    ]
    assert [one.key for one in pairs.rights()] == ["a", "b", "c"]
    assert number.numbers == (Number(Fraction(475), Fraction(525)),)
    assert [one.text for one in word.answers_in("pl")] == ["koordynator", r"2\*"]
    assert isinstance(gap, Gapped)
    assert gap.gaps[0].chosen
    assert gap.gaps[1] == Gap((Accepted("means"), Accepted("meant"), Accepted("znaczy", "pl")))


def test_a_file_for_a_course_has_no_further_fault() -> None:
    read = read_questions(FILE.read_bytes())

    assert [
        one for each in read.questions for one in course_faults(each, languages=("en", "pl"))
    ] == []


GIVEN = [
    *(make() for make in EACH),
    single(
        title='A "title"', tags=("x", "y"), category="a/b", partial=False, shuffle=False, tests="S."
    ),
    multiple(partial=False),
    ordering(grading=Grading.NEXT),
    numeric(
        numbers=(Number(Fraction(1), Fraction(1), Fraction(1, 2), en("near")), Number(None, None))
    ),
    numeric(numbers=(Number(Fraction(1, 3), Fraction(1)),)),
    short(case=True),
    short(answers=(Accepted("one"), Accepted(r"2\*3"), Accepted("dwa", "pl"))),
    short(answers=(Accepted("bus*"),)),
    gapped(
        shuffle=False, gaps=(*gapped().gaps[:2], Gap((Accepted("x"), Accepted("y")), case=True))
    ),
    gapped(
        text=en("{1}"),
        gaps=(Gap((Accepted("no", weight=Fraction(0)), Accepted("a")), chosen=True),),
    ),
    gapped(
        text=en("{1}"), gaps=(Gap((Accepted("a"), Accepted("b", weight=Fraction(0))), chosen=True),)
    ),
    essay(
        words=90,
        criteria=(Criterion("c", {"en": "x", "pt-br": "y"}, "a/b"), Criterion("d", en("z"))),
    ),
    essay(
        template=en("a\nb\t\x7f"), example=en("c"), notes=en("d"), why=en("w"), right_why=en("r")
    ),
]


@pytest.mark.parametrize("question", GIVEN)
def test_what_is_written_is_read_back_as_it_was(question) -> None:
    read = read_questions(write_questions([question]).encode())

    if question.kind == "numeric" and question.numbers[0].low == Fraction(1, 3):
        assert [one.key for one in read.questions] == ["numeric"]  # thirds are rounded
    else:
        assert (read.faults, read.questions) == ((), (question,))


@given(questions)
def test_any_question_is_written_and_read_back(question) -> None:
    assert read_questions(write_questions([question]).encode()).questions == (question,)


HEAD = '[[question]]\nkey = "k"\nkind = "{}"\nstem = {{ en = "?" }}\n'
SINGLE, GAP = HEAD.format("single"), HEAD.format("gap") + 'text = { en = "{1}" }\n'


@pytest.mark.parametrize(
    ("text", "question", "key", "reason"),
    [
        ("key = ", "", "", "file_unreadable"),
        ("", "", "question", "key_missing"),
        ("question = 1", "", "question", "key_wrong"),
        ("question = [1]", "", "question", "key_wrong"),
        ("[[question]]\nkind = 'essay'\nstem = {en = 'x'}", "1", "key", "key_missing"),
        ("[[question]]\nkey = 1\nkind = 'essay'\nstem = {en = 'x'}", "1", "key", "key_wrong"),
        ("[[question]]\nkey = 'k'", "k", "kind", "kind_unknown"),
        ("[[question]]\nkey = 'k'\nkind = 'essay'", "k", "stem", "key_missing"),
        (HEAD.format("essay") * 2, "k", "key", "key_twice"),
        (HEAD.format("essay") + "colour = 1", "k", "colour", "key_unknown"),
        (HEAD.format("essay") + "words = -1", "k", "words", "key_wrong"),
        (HEAD.format("essay") + "words = true", "k", "words", "key_wrong"),
        (HEAD.format("essay") + "tags = [1]", "k", "tags", "key_wrong"),
        (HEAD.format("essay") + "why = { en = '' }", "k", "why.en", "key_wrong"),
        (HEAD.format("essay") + "why = { English = 'x' }", "k", "why.English", "key_unknown"),
        (SINGLE, "k", "options", "key_missing"),
        (SINGLE + "options = [{ right = true }]", "k", "options.1.en", "key_missing"),
        (SINGLE + "options = [{ en = 'x', rihgt = true }]", "k", "options.1.rihgt", "key_unknown"),
        (SINGLE + "options = [{ en = 1, right = true }]", "k", "options.1.en", "key_wrong"),
        (SINGLE + "options = [{ en = 'x' }]", "k", "options", "nothing_right"),
        (SINGLE + "options = [{ en = 'x', weight = 2 }]", "k", "options.1.weight", "key_wrong"),
        (SINGLE + "options = [{ en = 'x', weight = '1/0' }]", "k", "options.1.weight", "key_wrong"),
        (SINGLE + "options = [{ en = 'x', weight = [] }]", "k", "options.1.weight", "key_wrong"),
        (HEAD.format("multiple") + "options = 1", "k", "options", "key_wrong"),
        (HEAD.format("multiple") + "options = [{ en = 'x' }]", "k", "options", "points_missing"),
        (
            HEAD.format("matching") + "pairs = [{ left = { en = 'x' } }]",
            "k",
            "pairs.1.right",
            "key_missing",
        ),
        (
            HEAD.format("ordering") + "items = [{ en = 'x' }]\ngrading = 'x'",
            "k",
            "grading",
            "key_wrong",
        ),
        (HEAD.format("numeric"), "k", "answer", "key_missing"),
        (HEAD.format("numeric") + "answer = 'x'", "k", "answer", "key_wrong"),
        (HEAD.format("numeric") + "answer = true", "k", "answer", "key_wrong"),
        (HEAD.format("numeric") + "answer = inf", "k", "answer", "key_wrong"),
        (HEAD.format("numeric") + "answer = 1\ntolerance = -1", "k", "tolerance", "key_wrong"),
        (
            HEAD.format("numeric") + "numbers = [{ low = 1, weight = 0 }]",
            "k",
            "numbers",
            "nothing_right",
        ),
        (HEAD.format("short"), "k", "accepted", "key_missing"),
        (
            HEAD.format("short") + "answers = [{ text = 'x', weight = 0 }]",
            "k",
            "answers",
            "nothing_right",
        ),
        (GAP, "k", "gaps", "key_missing"),
        (GAP + "gaps = [{}]", "k", "gaps.1.right", "key_missing"),
        (GAP + "gaps = [{ right = { en = 'x' } }]", "k", "gaps.1.right.en", "key_wrong"),
        (GAP + "gaps = [{ wrong = { en = ['x'] } }]", "k", "gaps.1", "nothing_right"),
        (
            GAP + "gaps = [{ right = { en = ['x'] } }, { right = { en = ['x'] } }]",
            "k",
            "text",
            "gaps_differ",
        ),
    ],
)
def test_a_fault_names_question_key_and_reason(text, question, key, reason) -> None:
    fault = read_questions(text.encode()).faults[0]

    assert (fault.question, fault.key, fault.reason) == (question, key, reason)
    assert str(fault).endswith(fault.sentence)


def test_all_faults_are_found_and_the_other_questions_are_taken() -> None:
    text = HEAD.format("essay") + SINGLE.replace('"k"', '"s"') + "colour = 1\n"

    read = read_questions(text.encode())

    assert [one.key for one in read.questions] == ["k"]
    assert [str(one) for one in read.faults] == [
        "s, options: It is missing.",
        "s, colour: Nothing reads this key.",
    ]


def test_bytes_that_are_no_text_and_keys_that_are_no_table_are_faults() -> None:
    assert read_questions(b"\xff\xfe\xff").faults[0].reason == "file_unreadable"
    assert questions_of({"question": []}).faults[0].reason == "key_missing"
    assert str(Fault("", "", "key_missing")) == SENTENCES["key_missing"]


def test_a_course_asks_for_more() -> None:
    bare = single(options=single().options[:2])
    faults = course_faults(bare, languages=("en", "pl"))

    assert {(one.key, one.reason) for one in faults} == {
        ("tests", "key_missing"),
        ("stem", "language_missing"),
        ("options.1", "language_missing"),
        ("options.1.why", "language_missing"),
        ("options.2", "language_missing"),
        ("options.2.why", "language_missing"),
        ("options", "number_of_parts"),
    }


def reasons(question, *languages):
    found = course_faults(question, languages=languages or ("en",))
    return [(one.key, one.reason) for one in found if one.key != "tests"]


def test_a_course_asks_of_each_kind_what_fits_it() -> None:
    twice = tuple(single().options[:1] * 3)

    assert reasons(single(options=twice)) == [("options", "too_many_right")]
    assert reasons(true_false()) == []
    assert reasons(multiple()) == [("options.2.why", "key_missing")]
    assert reasons(matching()) == [("right_why", "key_missing"), ("wrong_why", "key_missing")]
    assert reasons(essay(criteria=(Criterion("c", {"pl": "x"}),))) == [
        ("criteria.1", "language_missing")
    ]
    assert reasons(Essay(key="e", stem=en("?"))) == []


def test_typed_answers_need_a_right_one_in_each_language() -> None:
    said = {"right_why": en("r"), "wrong_why": en("w")}

    assert reasons(short(**said), "en", "uk")[-1] == ("accepted", "language_missing")
    assert ("gaps.2", "language_missing") in reasons(gapped(**said), "en", "uk")
    assert reasons(gapped(**said)) == []


def test_faults_of_structure_are_those_of_marking() -> None:
    assert [structure_faults(make()) for make in EACH] == [[]] * len(EACH)
