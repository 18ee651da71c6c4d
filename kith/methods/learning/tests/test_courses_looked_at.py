"""What checks look for in texts and pictures: boxes, claims, what an SVG may hold."""

import pytest

from kith.methods.learning.courses.boxes import boxes_in
from kith.methods.learning.courses.claims import unsourced_claims
from kith.methods.learning.courses.findings import Findings
from kith.methods.learning.courses.pictures import check_picture
from kith.methods.learning.tests.written import PICTURE

# --- boxes ------------------------------------------------------------------------------------


def problems(markdown: str) -> list[tuple[int, str]]:
    return [(one.line, one.reason) for one in boxes_in(markdown).problems]


def test_boxes_inside_boxes_are_found_with_their_minutes() -> None:
    found = boxes_in(":::: activity 5 Title\n\n::: answer\n:::\n::::\n\n::: note\n:::\n")

    assert [(one.kind, one.minutes, one.inside) for one in found.found] == [
        ("activity", 5, ()),
        ("answer", None, ("activity",)),
        ("note", None, ()),
    ]
    assert (found.activity_minutes, found.problems) == (5, ())


def test_a_box_in_code_is_no_box() -> None:
    assert boxes_in("```\n::: tip\n~~~\n:::\n```\n").problems == ()


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("::: example\nText.", [(0, "box_open")]),
        (":::", [(0, "box_without_end")]),
        ("::: tip\n:::", [(0, "box_unknown")]),
        ("::: activity Title\n:::", [(0, "activity_without_minutes")]),
        ("::: answer\n:::", [(0, "answer_outside")]),
        (":::: activity 5\n::: answer\n::::\n::::", [(1, "box_open"), (3, "box_without_end")]),
        ("::: activity 5\n::: answer\n:::\n:::", [(1, "box_open"), (3, "box_without_end")]),
        (":::: activity 5\n::::: answer\n:::\n:::::", [(1, "box_open"), (2, "box_without_end")]),
    ],
)
def test_what_is_wrong_with_a_box_has_its_line(markdown, expected) -> None:
    assert problems(markdown) == expected


# --- claims -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "sign"),
    [
        ("About 40 % of them do.", "en", "40 %"),
        ("About 40 per cent of them do.", "en", "40 per cent"),
        ("It began in 2004.", "en", "2004"),
        ("A study of mentors\nfound little.", "en", "study of mentors found"),
        ("They found that it helps.", "en", "found that"),
        ("The law protects opinions.", "en", "The law protects"),
        ("See article 22 of it.", "en", "article 22"),
        ("Około 40 procent z nich.", "pl", "40 procent"),
        ("Badanie wykazało niewiele.", "pl", "Badanie wykazało"),
        ("Ustawa zabrania tego.", "pl", "Ustawa zabrania"),
        ("Tak mówi art. 22 rozporządzenia.", "pl", "art. 22"),
        ("في عام 2004.", "ar", "2004"),
    ],
)
def test_a_paragraph_that_states_a_fact_is_found_by_its_sign(text, language, sign) -> None:
    (found,) = unsourced_claims(f"First.\n\n{text}", language)

    assert (found.line, found.sign, found.text) == (2, sign, " ".join(text.split()))


@pytest.mark.parametrize(
    "text",
    [
        "About 40 % of them do [@a].",
        "She says: “In 2004 I came.” He nods.",
        "Which study found this?",
        "The law of your country may oblige you.",
        "Ask research two questions. It says nothing.",
        "Call 2004-11 or room 20045.",
        "![The year 2004](pictures/x.svg)",
        "::: example Then\nIt was 2004.\n:::",
        ":::: activity 5 Now\nIt is 2004.\n\n::: answer\nIn 2004.\n:::\n::::",
        "::: example\n| a |\n|---|\n| 2004 |\n:::",
    ],
)
def test_stories_speech_questions_and_sourced_paragraphs_are_no_claims(text) -> None:
    assert unsourced_claims(text, "en") == []


def test_a_note_states_facts_like_any_other_text() -> None:
    assert [one.line for one in unsourced_claims("::: note\nSince 2004.\n:::", "en")] == [1]


def test_a_row_of_a_table_has_one_source_for_all_its_cells() -> None:
    table = "| a | b |\n|---|---|\n| 2004 | x [@a] |\n| 2005 | y |\n"

    assert [(one.line, one.text) for one in unsourced_claims(table, "en")] == [(3, "2005 y")]


# --- pictures ---------------------------------------------------------------------------------


def picture(content: str | bytes) -> list[str]:
    found = Findings("x.svg")
    check_picture(content if isinstance(content, bytes) else content.encode(), found)
    return [one.sentence for one in found.found]


def with_inside(inside: str) -> str:
    return PICTURE.replace("<path", f"{inside}<path")


def test_a_picture_that_only_shows_is_fine() -> None:
    assert picture(PICTURE) == []
    assert picture(with_inside('<use href="#a"/><g fill="url(#b)"><!-- c --></g>')) == []
    assert picture(with_inside("<style>path { fill: red }</style>")) == []


@pytest.mark.parametrize(
    ("inside", "part"),
    [
        ("<script>x()</script>", "<script>"),
        ("<image/>", "<image>"),
        ('<use href="https://x.y/a.svg#b"/>', "href"),
        ('<use xmlns:l="http://www.w3.org/1999/xlink" l:href="x.svg#b"/>', "href"),
        ('<g onclick="x()"/>', "onclick"),
        ('<g style="fill: url(https://x.y)"/>', "style"),
        ("<style>@import 'x.css'</style>", "<style>"),
        ('<g xmlns="http://www.w3.org/1999/xhtml"/>', "<g>"),
    ],
)
def test_a_part_that_can_act_or_load_is_named(inside, part) -> None:
    assert picture(with_inside(inside)) == [
        f"It has a part that is not allowed in a picture: {part}"
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<svg", "unclosed token: line 1, column 0"),
        ("<p/>", "the first element is not svg"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + PICTURE, "a document type is declared"),
        (b"\xff", "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
    ],
)
def test_what_is_no_svg_is_said(content, said) -> None:
    assert picture(content) == [f"It is no SVG that can be read: {said}"]


def test_a_picture_needs_a_viewbox_and_is_not_large() -> None:
    assert picture(PICTURE.replace("viewBox", "view")) == ["The svg element has no viewBox."]
    assert picture(PICTURE + " " * 60_000) == ["It has 61 kB; up to 60 are allowed."]
