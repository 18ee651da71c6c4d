"""HTML, plain text and foreign Markdown become restricted Markdown."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.methods.learning.banks.markdown import (
    LONGEST,
    from_html,
    from_markdown,
    from_plain,
    inline_html,
    to_html,
    to_plain,
)
from kith.methods.learning.banks.notes import Notes, NotTaken
from kith.methods.learning.tests.factories import LETTERS, MARKS


def markdown(html: str) -> str:
    return from_html(html, Notes())


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("a<br>b<br/>", "a\\\nb"),
        ("<br>a", "a"),
        ("<b>bold</b> <em>it</em> <code>x`y</code>", "**bold** *it* `x'y`"),
        ("<b> spaced </b>out", "**spaced** out"),
        ("<b></b>none <i> </i>", "none"),
        ("<b><i>both</i></b>", "***both***"),
        ("<h2>Head</h2>text", "**Head**\n\ntext"),
        ("<ul><li>a</li><li>b<ol><li>c</li><li>d</li></ol></li></ul>", "- a\n- b\n  1. c\n  2. d"),
        ("<li>alone", "- alone"),
        ("</ul>stray", "stray"),
        ("<table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>", "a | b\n\nc"),
        ("<a href='https://a.org/x'>words</a>", "[words](https://a.org/x)"),
        ("<a>no address</a>", "no address"),
        ("1 &lt; 2 &amp; 3", "1 \\< 2 & 3"),
        ("&amp;lt;", "\\&lt;"),
        ("2*3 _x_ a_b [y] `z` \\", "2\\*3 \\_x\\_ a_b \\[y\\] \\`z\\` \\\\"),
        ("# no heading", "\\# no heading"),
        ("1. no list", "1\\. no list"),
        ("- no item", "\\- no item"),
        ("<b>never closed <p>next", "**never closed**\n\nnext"),
        ("<div><div>deep</div></div>", "deep"),
        ("<head><title>t</title></head>body", "body"),
        ("<script>if (1 < 2) { x() }</script>after", "after"),
        ("<object><object>x</object>y</object>z", "z"),
        ("<form><b>x</b></form>z", "z"),
    ],
)
def test_html_becomes_markdown(html, text) -> None:
    assert markdown(html) == text


def test_what_is_left_out_is_noted() -> None:
    notes = Notes()

    text = from_html(
        "<style>p{}</style><p>See <img src='@@PLUGINFILE@@/map%20a.png?x=1' alt='the map'>"
        "<img src='data:image/png;base64,AAAA'><embed src='x'>"
        "<a href='javascript:alert(1)'>here</a></p>",
        notes,
    )

    assert text == "See the maphere"
    assert [one.sentence for one in notes.found] == [
        "What is not text was left out: style.",
        "The picture “map%20a.png” is not taken.",
        "The picture “data” is not taken.",
        "What is not text was left out: embed.",
        "The link to “javascript:alert(1)” was left out; its words stay.",
    ]


def test_foreign_markdown_loses_pictures_html_and_other_links() -> None:
    notes = Notes()

    text = from_markdown(
        "![a map](x/map.png) [ok](https://a.org) [bad](javascript:x) <b>x</b> \\<y 1 < 2", notes
    )

    assert text == "a map [ok](https://a.org) bad \\<b>x\\</b> \\<y 1 < 2"
    assert [one.code for one in notes.found] == ["picture_left_out", "link_left_out"]


def test_plain_text_shows_just_itself() -> None:
    text = from_plain("*a*\r\n# b\n\n\n1) c")

    assert text == "\\*a\\*\\\n\\# b\n\n1\\) c"
    assert to_plain(text) == "*a*\n# b\n\n1) c"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a **b** *c* `d<`", "<p>a <strong>b</strong> <em>c</em> <code>d&lt;</code></p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        (
            "[**w**](https://a.org?x=1&y)",
            '<p><a href="https://a.org?x=1&amp;y"><strong>w</strong></a></p>',
        ),
        ("a\\\nb\n\nc", "<p>a<br/>b</p><p>c</p>"),
        ("\\&lt; &lt;", "<p>&amp;lt; &lt;</p>"),
        ("", ""),
    ],
)
def test_markdown_becomes_html(text, html) -> None:
    assert to_html(text) == html


def test_markdown_becomes_plain() -> None:
    assert to_plain("**a *b*** `c` [d](https://x) \\*\\\ne") == "a b c d *\ne"
    assert inline_html("**a**") == "<strong>a</strong>"


@given(st.text(alphabet=MARKS + LETTERS + "\n", max_size=40))
def test_any_plain_text_comes_through_markdown_and_html(text) -> None:
    shown = from_plain(text)
    lines = [" ".join(line.split()) for line in text.split("\n")]

    assert [" ".join(line.split()) for line in to_plain(shown).split("\n") if line.strip()] == [
        line for line in lines if line
    ]
    assert to_plain(markdown(to_html(shown))).split() == text.split()


@given(st.text(alphabet="<>/biapul =\"'&;! \nscript", max_size=60))
def test_no_html_raises_and_no_tag_comes_through(text) -> None:
    assert "<script" not in markdown(text).replace("\\<", "")


def test_texts_that_are_too_long_are_not_taken() -> None:
    for read in (from_html, from_markdown):
        with pytest.raises(NotTaken):
            read("x" * (LONGEST + 1), Notes())


@pytest.mark.parametrize("sign", ["[", "*", "**", "`", "![", "\\", "- ", "<b>", "&", "(("])
def test_hostile_texts_cost_little(sign) -> None:
    begun = time.perf_counter()

    text = from_markdown(sign * (20_000 // len(sign)), Notes())
    to_plain(text)
    from_html(to_html(text[:5_000]), Notes())

    assert time.perf_counter() - begun < 20
