"""Moodle XML in and out."""

from fractions import Fraction

from kith.methods.learning.banks.files import read_bank, write_bank
from kith.methods.learning.banks.moodle.texts import Texts
from kith.methods.learning.banks.notes import Notes
from kith.methods.learning.questions.schema import Accepted, Criterion, Gap, Grading, Number
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

SAID = {"why": en("w"), "right_why": en("r"), "partly_why": en("p"), "wrong_why": en("x")}


def test_a_file_with_every_kind_is_read_and_what_is_not_taken_is_told() -> None:
    bank = read_bank((DATA / "every_moodle.xml").read_bytes())

    assert (bank.kind, bank.encoding) == ("moodle", "utf-8")
    assert plain(bank) == expected("every_moodle.json")


def test_an_old_encoding_counts_when_the_file_says_so() -> None:
    text = (DATA / "every_moodle.xml").read_text("utf-8").replace("UTF-8", "windows-1250")
    text = text.replace("night bus", "nocny autobus żółty")

    bank = read_bank(text.encode("cp1250"), language="pl")

    assert bank.encoding == "windows-1250"
    assert bank.questions[3].stem == {"pl": "The nocny autobus żółty is free."}
    assert bank.questions[3].options[0].text == {"pl": "Prawda"}


SIMPLE = (Accepted("saw"), Accepted("felt", weight=Fraction(0)))
CARRIED = [
    single(title="A <title>", category="One/Two", tags=("a", "b"), shuffle=False, **SAID),
    true_false(right_why=en("r")),
    multiple(category="One"),
    matching(**SAID),
    ordering(**SAID),
    ordering(key="o2", grading=Grading.NEXT),
    ordering(key="o3", partial=False),
    numeric(right_why=en("r")),
    numeric(
        key="n2", unit={}, numbers=(*numeric().numbers, Number(None, None, Fraction(0), en("?")))
    ),
    short(
        case=True, answers=(Accepted("a*b"), Accepted(r"a\*b", weight=Fraction(1, 2), why=en("*")))
    ),
    gapped(why=en("w")),
    gapped(key="g2", text=en("{1}"), gaps=(Gap(SIMPLE, chosen=True),), **SAID),
    gapped(key="g3", text=en("{1}"), gaps=(Gap((Accepted(r"a\*~#}\"&<"),), case=True),)),
    gapped(key="g4", text=en("{1}"), gaps=(Gap(SIMPLE[::-1], chosen=True),)),
    gapped(
        key="g5",
        text=en("{1}"),
        gaps=(
            Gap(numbers=(Number(Fraction(1), Fraction(2), why=en("a\n\nb")), Number(None, None))),
        ),
    ),
    essay(notes=en("n"), template=en("t"), why=en("w")),
]


def test_what_moodle_can_hold_comes_back_as_it_was() -> None:
    written = write_bank(CARRIED, kind="moodle")

    assert (written.notes, written.count) == ((), len(CARRIED))
    assert list(read_bank(written.content).questions) == CARRIED


def test_what_moodle_cannot_hold_is_told() -> None:
    criteria = (Criterion("c", en("Reads the date.")),)
    given = [
        multiple(partial=False),
        essay(criteria=criteria, example=en("I read."), notes=en("n"), words=90),
        gapped(stem=en("Fill in.")),
    ]

    written = write_bank(given, kind="moodle")

    assert [(one.name, one.params["keys"]) for one in written.notes] == [
        ("multiple", "partial"),
        ("essay", "words, criteria, example, notes"),
        ("gap", "stem, text"),
    ]
    assert read_bank(written.content).questions[1].notes == en("n\n\n- Reads the date.\n\nI read.")


def test_a_missing_text_is_no_text() -> None:
    texts = Texts(Notes(), "en")

    assert (texts.markdown(None), texts.plain(None)) == ("", "")
