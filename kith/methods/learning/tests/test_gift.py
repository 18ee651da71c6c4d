"""GIFT in and out."""

from dataclasses import replace
from fractions import Fraction

import pytest

from kith.methods.learning.banks.files import read_bank, write_bank
from kith.methods.learning.banks.gift.reading import read_gift
from kith.methods.learning.banks.gift.signs import hidden, shown, written
from kith.methods.learning.questions.schema import Accepted, Number
from kith.methods.learning.tests.factories import (
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
from kith.methods.learning.tests.snapshots import DATA, expected, plain


def test_a_file_with_every_construct_is_read_and_what_is_not_taken_is_told() -> None:
    bank = read_bank((DATA / "every.gift").read_bytes())

    assert (bank.kind, bank.encoding) == ("gift", "utf-8")
    assert plain(bank) == expected("every_gift.json")


def test_a_file_in_windows_1252_is_read() -> None:
    bank = read_bank((DATA / "windows_1252.gift").read_bytes(), language="fr")

    assert bank.encoding == "windows-1252"
    assert [one.stem for one in bank.questions] == [
        {"fr": "Où est la forêt?"}, {"fr": "Wie heißt die Straße?"},
    ]  # fmt: skip
    assert bank.questions[0].options[2].text == {"fr": "“nulle part”"}
    assert [one.code for one in bank.notes] == ["encoding"]


def read(text: str):
    return read_gift(text.encode(), language="en")


@pytest.mark.parametrize(
    ("answer", "weights"),
    [
        ("{T#no#yes}", [1, 0]), ("{ TRUE }", [1, 0]), ("{false#no}", [0, 1]), ("{F}", [0, 1]),
    ],
)  # fmt: skip
def test_true_and_false_are_written_in_several_ways(answer, weights) -> None:
    question = read(f"Is it? {answer}").questions[0]

    assert [one.weight for one in question.options] == weights


def test_what_begins_like_true_is_a_short_answer() -> None:
    assert read("Who? {Tom}").questions[0].answers[0].text == "Tom"


def test_an_unclosed_title_is_text() -> None:
    assert read("::Who? {=x}").questions[0].stem == en("::Who?")


def test_a_missing_word_may_be_a_question_of_another_kind() -> None:
    found = read("Yes {T} or no?").questions[0]

    assert found.stem == en(r"Yes \_\_\_\_\_ or no?")


def test_keys_are_never_the_same() -> None:
    found = read("//[id:a]\n{=x} y\n\n//[id:a]\nz {=x}\n\n::A::z {=x}\n\n::Q4::z{=x}\n\nz{=x}")

    assert [one.key for one in found.questions] == ["a", "q2", "q3", "q4", "q5"]


def test_keys_go_on_counting_when_numbers_are_taken() -> None:
    found = read("//[id:q3]\nz {=x}\n\n//[id:q3-2]\nz {=x}\n\nz {=x}")

    assert [one.key for one in found.questions] == ["q3", "q3-2", "q3-3"]


def test_a_category_may_stand_right_above_its_question() -> None:
    bank = read(
        "$CATEGORY: $course$/top\nz {=x}\n\n$category: One/Two\n\nz {=y}\n\n$CATEGORY: One/Two"
    )

    assert [one.category for one in bank.questions] == ["", "One/Two"]
    assert bank.categories == ("One/Two",)


def test_pairs_without_a_left_side_are_no_question() -> None:
    assert [one.code for one in read("Match {= -> sky}").notes] == ["no_answers"]


def test_signs_come_through() -> None:
    text = "a\\b ~=#{}: \\n\nc\\\\"

    assert shown(hidden(written(text))) == text
    assert shown(hidden(r"\[ \x")) == r"\[ \x"


CARRIED = [
    single(title="A: title", why=en("Why = so."), tags=("a", "b]c"), category="One/Two"),
    single(key="s2", options=single().options[:2], title="{x}"),
    true_false(),
    true_false(key="t2", options=tuple(one for one in true_false().options)),
    multiple(),
    matching(),
    numeric(unit={}),
    short(answers=short().answers[:2]),
    numeric(
        key="n2",
        unit={},
        numbers=(Number(None, None, Fraction(1, 2), en("?")), *numeric().numbers),
    ),
    numeric(
        key="n3", unit={}, numbers=(*numeric().numbers, Number(None, None, Fraction(0), en("!")))
    ),
    gapped(gaps=gapped().gaps[:1], text=en("Say what you {1} now.")),
    gapped(key="g2", gaps=gapped().gaps[1:2], text=en("It {1} so.")),
    gapped(key="g3", gaps=gapped().gaps[2:], text=en("It is {1} of them.")),
    essay(why=en("Thank you.")),
]


def test_what_gift_can_hold_comes_back_as_it_was() -> None:
    written = write_bank([*CARRIED], kind="gift")

    assert [one for one in written.notes if one.code == "not_carried"] == [
        one for one in written.notes if one.name == "g3"
    ]
    back = {one.key: one for one in read_bank(written.content).questions}
    for one in CARRIED:
        assert one.key == "g3" or back[one.key] == one


def test_true_or_false_without_a_word_for_the_wrong_answer_comes_back() -> None:
    true, false = true_false().options
    question = true_false(options=(true.__class__("true", true.text), false))

    written = write_bank([question], kind="gift")

    assert read_bank(written.content).questions == (question,)


@pytest.mark.parametrize("text", ["%%", "%5%", "%half% of it", "5%"])
def test_an_answer_that_looks_like_a_share_comes_back_as_an_answer(text) -> None:
    wrong = replace(single().options[1], text=en(text), why={})
    right = replace(single().options[0], text=en(f"{text} and more"))
    given = (short(answers=(Accepted(text),)), single(options=(right, wrong)))

    written = write_bank(given, kind="gift")

    assert written.notes == ()
    assert read_bank(written.content).questions == given


def test_what_gift_cannot_hold_is_told() -> None:
    given = [
        ordering(),
        gapped(),
        gapped(key="end", gaps=gapped().gaps[:1], text=en("It {1}")),
        gapped(key="stem", gaps=gapped().gaps[:1], text=en("It {1} so."), stem=en("Choose.")),
        numeric(),
        single(right_why=en("Good."), shuffle=False, tests="S."),
    ]

    written = write_bank(given, kind="gift")

    assert [(one.name, one.code, one.params.get("keys", "")) for one in written.notes] == [
        ("ordering", "format_cannot", ""),
        ("gap", "format_cannot", ""),
        ("end", "format_cannot", ""),
        ("stem", "format_cannot", ""),
        ("numeric", "not_carried", "unit"),
        ("single", "not_carried", "tests, right_why, shuffle"),
    ]
    assert written.count == 2
