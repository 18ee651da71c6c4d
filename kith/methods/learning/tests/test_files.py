"""Any bank in, any format out: what can be carried comes back, the rest is told."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.methods.learning.banks import files
from kith.methods.learning.banks.files import WRITERS, read_bank, write_bank
from kith.methods.learning.banks.languages import in_one
from kith.methods.learning.banks.notes import (
    SENTENCES,
    UNREADABLE,
    Note,
    Notes,
    NotTaken,
    UnreadableBank,
)
from kith.methods.learning.questions.schema import Accepted, Gap
from kith.methods.learning.tests.factories import (
    EACH,
    en,
    essay,
    gapped,
    questions,
    short,
    single,
)

CARRIES_ALL = ["gift", "moodle", "qti22", "qti30"]


@pytest.mark.parametrize("kind", CARRIES_ALL)
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(question=questions)
def test_any_question_of_these_kinds_comes_back_as_it_was(kind, question) -> None:
    written = write_bank([question], kind=kind)

    assert written.notes == ()
    assert read_bank(written.content).questions == (question,)


@pytest.mark.parametrize("kind", WRITERS)
def test_every_question_is_in_the_file_or_told(kind) -> None:
    given = [make() for make in EACH]

    written = write_bank(given, kind=kind)
    back = read_bank(written.content)

    told = {one.name for one in written.notes if one.weight == "left_out"}
    assert len(back.questions) + len(told) == len(given)
    assert written.count == len(back.questions)


@pytest.mark.parametrize("kind", WRITERS)
@given(content=st.binary(max_size=60))
def test_no_bytes_raise_anything_but_that_they_are_no_bank(kind, content) -> None:
    beginning = write_bank([single()], kind="moodle" if kind == "aiken" else kind).content[:200]
    try:
        read_bank(beginning + content)
        read_bank(content)
    except UnreadableBank:
        return


@given(text=st.text(alphabet="{}=~#%:-> \n\\/$CATEGORY[]tT1.*a", max_size=80))
def test_no_gift_raises_and_every_block_is_a_question_or_told(text) -> None:
    try:
        bank = read_bank(text.encode())
    except UnreadableBank:
        return
    assert bank.questions or bank.notes


def test_an_empty_list_of_questions_is_an_empty_file() -> None:
    for kind in WRITERS:
        assert write_bank([], kind=kind).count == 0


def test_texts_of_one_language_are_written_and_the_others_named() -> None:
    question = single(stem={"en": "Who?", "pl": "Kto?"}, options=single().options)

    polish = write_bank([question], kind="moodle", language="pl")

    assert [(one.name, one.code) for one in polish.notes] == [
        ("", "other_languages"), ("single", "language_fallen_back"),
    ]  # fmt: skip
    assert polish.notes[0].params == {"language": "pl", "languages": "en"}
    assert read_bank(polish.content, language="pl").questions[0].stem == {"pl": "Kto?"}


def test_typed_answers_are_those_of_the_language() -> None:
    assert in_one(short(), "pl").answers == (Accepted("koordynatorka", "pl"),)
    gaps = (Gap((Accepted("a"), Accepted("b", "pl"))),)
    found = in_one(gapped(text={"en": "{1}"}, gaps=gaps), "pl")
    assert found.gaps[0].answers == (Accepted("b", "pl"),)
    assert found.text == {"pl": "{1}"}
    assert in_one(essay(why={"en": ""}), "pl").why == {}


def test_a_file_that_is_not_read_back_is_told(monkeypatch) -> None:
    monkeypatch.setitem(files.WRITERS, "gift", lambda *_questions, **_named: b"")
    lost = write_bank([single()], kind="gift")
    monkeypatch.setitem(files.WRITERS, "aiken", lambda *_questions, **_named: b"odd {}")
    other = write_bank([single(), single(key="b")], kind="aiken")

    assert [one.code for one in lost.notes] == ["written_unreadable"]
    assert [one.code for one in other.notes] == ["written_unreadable"] * 2


def test_a_text_that_is_too_long_is_told() -> None:
    bank = read_bank(("x" * 200_000 + " {=a}\n\nWho? {=b}").encode())

    assert [one.code for one in bank.notes] == ["text_too_long"]
    assert len(bank.questions) == 1


def test_a_file_that_is_too_large_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 10)

    with pytest.raises(UnreadableBank, match="larger than"):
        read_bank(b"Who decides? {=a}")


def test_blank_lines_are_an_empty_file_and_comments_hold_no_question() -> None:
    for content, reason in ((b" \n", "empty"), (b"// only a comment", "no_questions_there")):
        with pytest.raises(UnreadableBank) as refused:
            read_bank(content)
        assert refused.value.reason == reason


def test_notes_say_where_they_belong() -> None:
    notes = Notes("item.xml")
    notes.at(3, "A title")
    notes.add("no_text")
    notes.add("no_text")
    notes.leave_out(NotTaken("no_answers", line=5))
    others = Notes()
    others.extend(notes.found)
    others.extend(notes.found)

    assert others.found == notes.found
    assert [one.place for one in notes.found] == [
        "item.xml, line 3, A title", "item.xml, line 5, A title",
    ]  # fmt: skip
    assert notes.found[0].to_dict() == {
        "code": "no_text", "weight": "left_out", "where": "item.xml", "line": 3, "name": "A title",
        "sentence": "There is no question.",
    }  # fmt: skip
    assert Note(**notes.found[0].kept()) == notes.found[0]


class Anything(dict):
    def __missing__(self, key: str) -> str:
        return key


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_can_be_said(code) -> None:
    assert SENTENCES[code][1].format_map(Anything()).strip()


@pytest.mark.parametrize("reason", UNREADABLE)
def test_every_reason_can_be_said(reason) -> None:
    assert UNREADABLE[reason].format_map(Anything()).strip()


def test_shares_that_are_no_simple_part_come_back_nearly() -> None:
    odd = single(
        options=(*single().options[:2], replace(single().options[2], weight=Fraction(2, 7)))
    )

    assert write_bank([odd], kind="gift").notes == ()
    assert en("x") == {"en": "x"}
