"""QTI 2.x and 3.0 in and out."""

import zipfile
from fractions import Fraction
from io import BytesIO

import pytest

from kith.methods.learning.banks.files import read_bank, write_bank
from kith.methods.learning.banks.notes import UnreadableBank
from kith.methods.learning.questions.schema import (
    Accepted,
    Criterion,
    Gap,
    Grading,
    Matching,
    Multiple,
    Number,
    Option,
    Ordering,
    Short,
)
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
from kith.methods.learning.tests.items import (
    MAP,
    MATCH,
    declared,
    entries,
    item,
    manifest,
    zipped,
)
from kith.methods.learning.tests.snapshots import DATA

CHOICES = "".join(f'<simpleChoice identifier="{one}">{one.upper()}</simpleChoice>' for one in "abc")
CHOICE = (
    f'<p>Which?</p><choiceInteraction responseIdentifier="RESPONSE">{CHOICES}</choiceInteraction>'
)


def only(content: bytes):
    bank = read_bank(content)
    assert len(bank.questions) == 1, bank.notes
    return bank.questions[0]


def codes(content: bytes) -> list[str]:
    return [one.code for one in read_bank(content).notes]


def test_an_item_of_qti_3_is_read() -> None:
    bank = read_bank((DATA / "qti3_item.xml").read_bytes())
    question = bank.questions[0]

    assert (bank.kind, question.key, question.title) == ("qti30", "stop", "Stop button")
    assert question.stem == en("The bus comes near.\n\nWhen do you press the **stop button**?")
    assert question.options == (
        Option("a", en("Before the stop"), Fraction(1), en("Yes.")),
        Option("b", en("At the stop"), Fraction(1, 2), en("A little late.")),
        Option("c", en("Never no"), Fraction(-1, 2)),
    )
    assert question.right_why == en("Good.")
    assert [(one.line, one.code, one.params) for one in bank.notes] == [
        (2, "picture_left_out", {"what": "no.png"}),
        (2, "feedback_left_out", {"what": "other"}),
    ]


def test_several_right_choices_are_all_or_nothing_unless_they_are_mapped() -> None:
    right = declared("a|c", cardinality="multiple")
    mapped = declared("a|c", cardinality="multiple", mapping=entries(a="1", c="1", b="-1"))

    whole, parts = only(item("q", right, CHOICE)), only(item("q", mapped, CHOICE, MAP))

    assert isinstance(whole, Multiple)
    assert [one.weight for one in whole.options] == [Fraction(1, 2), Fraction(-1), Fraction(1, 2)]
    assert not whole.partial
    assert [one.weight for one in parts.options] == [
        Fraction(1, 2),
        Fraction(-1, 2),
        Fraction(1, 2),
    ]
    assert parts.partial


def test_without_processing_what_is_declared_counts() -> None:
    mapped = declared("a", mapping=entries(a="3", b="x"))

    assert [one.weight for one in only(item("q", mapped, CHOICE, "")).options] == [1, 0, 0]


def test_processing_of_another_kind_is_told() -> None:
    odd = "<responseProcessing><setOutcomeValue identifier='SCORE'/></responseProcessing>"

    assert codes(item("q", declared("a"), CHOICE, odd)) == ["processing_not_read"]
    assert only(item("q", declared("a"), CHOICE, odd)).options[0].weight == 1


MATCHES = (
    '<p>Where?</p><matchInteraction responseIdentifier="RESPONSE" shuffle="true">'
    "<simpleMatchSet><simpleAssociableChoice identifier='l1'>tram</simpleAssociableChoice>"
    "<simpleAssociableChoice identifier='l2'>ferry</simpleAssociableChoice></simpleMatchSet>"
    "<simpleMatchSet><simpleAssociableChoice identifier='r1'>rails</simpleAssociableChoice>"
    "<simpleAssociableChoice identifier='r2'>water</simpleAssociableChoice>"
    "<simpleAssociableChoice identifier='r3'>sky</simpleAssociableChoice></simpleMatchSet>"
    "</matchInteraction>"
)


def test_pairs_are_read_from_a_match_and_from_an_association() -> None:
    mapping = entries(l1_r1="1", l2_r2="1", l1_r2="0")
    mapped = declared("", cardinality="multiple", base="directedPair", mapping=mapping)
    associated = MATCHES.replace("matchInteraction", "associateInteraction")
    for set_ in ("<simpleMatchSet>", "</simpleMatchSet>"):
        associated = associated.replace(set_, "")

    for body in (MATCHES, associated):
        question = only(item("q", mapped, body, MAP))
        assert isinstance(question, Matching)
        assert [(one.left["en"], one.right["en"]) for one in question.pairs] == [
            ("tram", "rails"), ("ferry", "water"),
        ]  # fmt: skip
        assert [one.text for one in question.others] == [en("sky")]
        assert question.partial


@pytest.mark.parametrize(
    ("right", "body", "code"),
    [
        ("l1 r1|l1 r2", MATCHES, "kind_not_taken"),
        ("odd|l9 r9", MATCHES, "no_answers"),
        ("l1 r1", MATCHES.replace("simpleMatchSet", "div"), "no_answers"),
    ],
)
def test_other_matches_are_not_taken(right, body, code) -> None:
    declaration = declared(right, cardinality="multiple", base="directedPair")

    assert codes(item("q", declaration, body)) == [code]


ORDER = CHOICE.replace("choiceInteraction", "orderInteraction")


def test_an_order_is_read() -> None:
    question = only(item("q", declared("c|a|b", cardinality="ordered"), ORDER))

    assert isinstance(question, Ordering)
    assert [one.text["en"] for one in question.items] == ["C", "A", "B"]
    assert not question.partial
    assert codes(item("q", declared("c", cardinality="ordered"), ORDER)) == ["no_answers"]


ENTRY = '<p>Who?</p><p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'


def test_typed_words_and_numbers_are_read() -> None:
    word = only(item("q", declared("a*b|c", base="string"), ENTRY))
    number = only(item("q", declared("3", base="integer"), ENTRY))
    mapping = entries(good="2", fair="1").replace("/><", ' caseSensitive="true"/><', 1)
    mixed = item("q", declared("good", base="string", mapping=mapping), ENTRY, MAP)

    assert isinstance(word, Short)
    assert [one.text for one in word.answers] == [r"a\*b", "c"]
    assert number.numbers == (Number(Fraction(3), Fraction(3)),)
    assert [one.weight for one in only(mixed).answers] == [1, Fraction(1, 2)]
    assert codes(mixed) == ["case_mixed"]
    assert codes(item("q", declared("few", base="float"), ENTRY)) == ["number_unreadable"]


def test_an_entry_within_a_text_or_by_itself_is_told_apart() -> None:
    within = '<p>It is {1} <textEntryInteraction responseIdentifier="RESPONSE"/> km.</p>'
    bare = 'Who? <textEntryInteraction responseIdentifier="RESPONSE"/>'

    bank = read_bank(item("q", declared("3", base="float"), within))

    assert bank.questions[0].text == en("It is (1) {1} km.")
    assert [one.code for one in bank.notes] == ["text_differs"]
    assert only(item("q", declared("x", base="string"), bare)).kind == "short"


def test_an_open_question_is_read_with_what_trainers_look_for() -> None:
    body = (
        '<rubricBlock view="scorer tutor"><p>Reads the date.</p></rubricBlock>'
        '<rubricBlock view="candidate"><p>Write two lines.</p></rubricBlock>'
        '<p>What do you do?</p><extendedTextInteraction responseIdentifier="RESPONSE"/>'
    )
    odd = "<responseProcessing><setOutcomeValue identifier='SCORE'/></responseProcessing>"

    question = only(item("q", declared("", base="string"), body, odd))

    assert question.stem == en("Write two lines.\n\nWhat do you do?")
    assert question.notes == en("Reads the date.")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<p>Only a text.</p>", "description_left_out"),
        ('<p>x</p><sliderInteraction responseIdentifier="RESPONSE"/>', "kind_not_taken"),
        (CHOICE + ENTRY, "several_tasks"),
    ],
)
def test_other_items_are_not_taken(body, code) -> None:
    assert codes(item("q", declared("a"), body)) == [code]


def test_an_item_without_a_body_is_only_a_text() -> None:
    content = item("q", "", "").replace(b"<itemBody></itemBody>", b"")

    assert codes(content) == ["description_left_out"]


def test_an_item_whose_response_is_declared_nowhere_has_no_right_answer() -> None:
    assert codes(item("q", "", CHOICE)) == ["nothing_right"]


ITEM_22, TEST_22 = "imsqti_item_xmlv2p2", "imsqti_test_xmlv2p2"


def test_a_package_gives_its_items_and_tells_what_else_is_in_it() -> None:
    files = {
        "imsmanifest.xml": manifest(
            (ITEM_22, "items/one%20item.xml"), (TEST_22, "test.xml"), ("webcontent", "a.css"),
            (ITEM_22, "missing.xml"), (ITEM_22, "broken.xml"), (ITEM_22, "odd.xml"),
            ("associatedcontent/x", "x"),
        ),
        "items/one item.xml": item("q", declared("a"), CHOICE),
        "test.xml": "<assessmentTest/>",
        "broken.xml": "<a>\n</b>",
        "odd.xml": "<odd/>",
    }  # fmt: skip

    for folder in ("", "export/"):
        bank = read_bank(zipped({f"{folder}{name}": one for name, one in files.items()}))
        assert [one.key for one in bank.questions] == ["q"]
        assert [(one.where.removeprefix(folder), one.line, one.code) for one in bank.notes] == [
            ("imsmanifest.xml", 1, "test_left_out"),
            ("imsmanifest.xml", 1, "resource_left_out"),
            ("missing.xml", 0, "item_unreadable"),
            ("broken.xml", 2, "item_unreadable"),
            ("odd.xml", 0, "resource_left_out"),
        ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (zipped({"a.txt": "x"}), "manifest_missing"),
        (zipped({"../a.txt": "x"}), "package"),
        (zipped({"imsmanifest.xml": manifest()}), "no_questions_there"),
        (b"<odd/>", "unknown_format"),
        (b"", "empty"),
        (b"just words", "no_questions_there"),
    ],
)
def test_files_without_questions_are_refused(content, reason) -> None:
    if reason == "no_questions_there" and content == b"just words":
        assert codes(content) == ["description_left_out"]
        return
    with pytest.raises(UnreadableBank) as refused:
        read_bank(content)

    assert refused.value.reason == reason


SAID = {"why": en("w"), "right_why": en("r"), "partly_why": en("p"), "wrong_why": en("x")}
CARRIED = [
    single(title="A <title>", **SAID),
    single(key="s2", options=single().options[:2], shuffle=False),
    single(
        key="s3",
        wrong_why=en("x"),
        stem=en("- a\n- b"),
        options=(
            Option("a", en("one\n\ntwo"), Fraction(1)),
            Option("b", en("- c\n- d")),
        ),
    ),
    true_false(),
    multiple(why=en("w")),
    multiple(key="m2", partial=False),
    matching(),
    matching(key="p2", partial=False, shuffle=False),
    ordering(),
    ordering(key="o2", partial=False),
    numeric(unit={}),
    short(answers=(Accepted("one"), Accepted(r"2\*3", weight=Fraction(1, 2)))),
    short(key="w2", case=True, answers=(Accepted("NGO"),)),
    gapped(
        key="g1",
        text=en("**So** {1}:\n\n- a {2}"),
        gaps=(
            Gap((Accepted("saw"), Accepted("felt", weight=Fraction(0))), chosen=True),
            Gap((Accepted("means"),), case=True),
        ),
    ),
    gapped(key="g2", text=en("It is {1} km."), gaps=(Gap(numbers=numeric().numbers),)),
    gapped(
        key="g3",
        text=en("It is {1} or {2}."),
        shuffle=False,
        gaps=(
            Gap(numbers=numeric().numbers),
            Gap((Accepted("a"), Accepted("b", weight=Fraction(0))), chosen=True),
        ),
    ),
    essay(notes=en("n"), why=en("w")),
    essay(key="e2"),
]


@pytest.mark.parametrize("kind", ["qti22", "qti30"])
def test_what_qti_can_hold_comes_back_as_it_was(kind) -> None:
    written = write_bank(CARRIED, kind=kind)
    bank = read_bank(written.content)

    assert [
        one for one in written.notes if not (one.name == "essay" and one.params["keys"] == "why")
    ] == []
    assert bank.kind == kind
    assert list(bank.questions) == CARRIED


def test_qti_3_is_written_in_its_own_names() -> None:
    with zipfile.ZipFile(BytesIO(write_bank([single(**SAID)], kind="qti30").content)) as archive:
        text = archive.read("items/q0001.xml").decode()

    for part in ("<qti-choice-interaction ", "response-identifier=", "max-choices=", "<p>What do",
                 "<qti-content-body>", "<qti-response-else-if>", 'xml:lang="en"'):  # fmt: skip
        assert part in text


def test_what_qti_cannot_hold_is_told() -> None:
    given = [
        numeric(key="n2", numbers=numeric().numbers * 2),
        numeric(key="n3", numbers=(Number(None, Fraction(3)),)),
        short(answers=short().answers[:2]),
        gapped(key="g2", partial=False),
        gapped(key="g3", stem=en("Fill in.")),
        gapped(key="g4", gaps=(*gapped().gaps[:1], Gap((Accepted("a*"),)), gapped().gaps[2])),
        ordering(grading=Grading.NEXT),
        gapped(),
        numeric(),
        single(category="c", tags=("t",)),
        essay(criteria=(Criterion("c", en("Reads.")),), words=9, example=en("e"), template=en("t")),
    ]

    written = write_bank(given, kind="qti22")

    assert [(one.name, one.code, one.params.get("keys", "")) for one in written.notes] == [
        ("n2", "format_cannot", ""),
        ("n3", "format_cannot", ""),
        ("short", "format_cannot", ""),
        ("g2", "format_cannot", ""),
        ("g3", "format_cannot", ""),
        ("g4", "format_cannot", ""),
        ("ordering", "not_carried", "grading"),
        ("gap", "not_carried", "gaps"),
        ("numeric", "not_carried", "unit"),
        ("single", "not_carried", "category, tags"),
        ("essay", "not_carried", "words, criteria, template, example, notes"),
    ]


def test_the_same_questions_give_the_same_package() -> None:
    assert write_bank(CARRIED, kind="qti22").content == write_bank(CARRIED, kind="qti22").content


def test_processing_by_match_is_the_template_or_written_out() -> None:
    assert only(item("q", declared("a"), CHOICE, MATCH)).options[0].weight == 1
