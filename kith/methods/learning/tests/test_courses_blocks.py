"""Markdown as HTML that cannot do harm."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.methods.learning.courses.blocks import (
    Labels,
    cited_keys,
    html_of,
    inline_html,
    plain_words,
)
from kith.methods.learning.courses.schema import Source

BARE = Labels(answer="Show")
FULL = Labels("Show", "Example", "Note", "Activity", "{minutes} minutes", "Source")
SOURCES = [Source(key, "", "", "") for key in ("a", "b")]


def html(markdown: str, labels: Labels = BARE) -> str:
    return html_of(markdown, labels=labels, sources=SOURCES, picture="/seen/{}".format).strip()


# --- what is written --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("", ""),
        ("Plain *and* **strong**", "<p>Plain <em>and</em> <strong>strong</strong></p>"),
        ("## Title {#name}", "<h3>Title</h3>"),
        ("# Title", "<h3>Title</h3>"),
        ("#### Title", "<h3>Title</h3>"),
        ("1 < 2 <b>x</b>", "<p>1 &lt; 2 &lt;b&gt;x&lt;/b&gt;</p>"),
        ("[x](javascript:y)", "<p>[x](javascript:y)</p>"),
        ("[x](/y)", "<p>[x](/y)</p>"),
        ("[x](pictures/y.svg)", "<p><a>x</a></p>"),
        (
            "[x](https://y.z/?a=1&b=2)",
            '<p><a href="https://y.z/?a=1&amp;b=2" rel="noopener noreferrer">x</a></p>',
        ),
        ("[x](mailto:a@b.c)", '<p><a href="mailto:a@b.c" rel="noopener noreferrer">x</a></p>'),
    ],
)
def test_markdown_without_html(markdown, shown) -> None:
    assert html(markdown) == shown


def test_cells_of_a_table_have_classes_for_their_side() -> None:
    found = html("| a | b |\n|---|--:|\n| 1 | 2 |")

    assert '<td>1</td>\n<td class="right">2</td>' in found
    assert "style" not in found


def test_a_source_becomes_a_small_link_to_its_number_in_the_list() -> None:
    assert html("It is so [@b].") == (
        '<p>It is so<sup class="cite"><a href="#source-2">2</a></sup>.</p>'
    )


def test_several_sources_stand_in_the_order_of_the_list_and_unknown_ones_are_left_out() -> None:
    first = '<a href="#source-1" aria-label="Source 1">1</a>'
    second = '<a href="#source-2" aria-label="Source 2">2</a>'

    assert html("So [@b; @a; @b; @z]", FULL) == (
        f'<p>So<sup class="cite">{first}, {second}</sup></p>'
    )
    assert html("So [@z]") == "<p>So</p>"
    assert html("So [@Z] and [a]") == "<p>So [@Z] and [a]</p>"


def test_a_source_inside_a_link_stays_a_source() -> None:
    assert '<sup class="cite">' in html("[x [@a]](https://y.z)")


def test_a_picture_gets_its_address_from_the_page() -> None:
    assert html('![A "bridge"](pictures/bridge.svg)') == (
        '<p><span class="picture" role="group" tabindex="0">'
        '<img src="/seen/pictures/bridge.svg" alt="A &quot;bridge&quot;" loading="lazy">'
        "</span></p>"
    )


@pytest.mark.parametrize("name", ["https://elsewhere.org/x.svg", "pictures/../x.svg"])
def test_a_picture_from_elsewhere_is_only_its_words(name) -> None:
    assert "<img" not in html(f"![A bridge]({name})")


def test_a_picture_that_the_page_does_not_have_is_only_its_words() -> None:
    shown = '<p><span class="no-picture">A bridge</span></p>\n'

    assert html_of("![A bridge](pictures/x.svg)", labels=BARE) == shown


def test_boxes_are_sections_with_a_heading() -> None:
    assert html("::: example The <bus>\nText.\n:::") == (
        '<section class="example">\n<h3>The &lt;bus&gt;</h3>\n<p>Text.</p>\n</section>'
    )
    assert html("::: note\nText.\n:::") == '<section class="note">\n<p>Text.</p>\n</section>'


def test_boxes_say_what_they_are_where_the_page_has_words_for_it() -> None:
    example, note = html("::: example The bus\n:::", FULL), html("::: note\n:::", FULL)

    assert '<h3><span class="kind">Example</span> The bus</h3>' in example
    assert '<h3><span class="kind">Note</span></h3>' in note


def test_an_activity_says_its_minutes_and_hides_its_answer() -> None:
    written = ":::: activity 5 Your week\nThink.\n\n::: answer\nYes.\n:::\n::::"

    assert html(written, FULL) == (
        '<section class="activity">\n'
        '<h3><span class="kind">Activity · 5 minutes</span> Your week</h3>\n<p>Think.</p>\n'
        '<details class="answer">\n<summary>Show</summary>\n<p>Yes.</p>\n</details>\n</section>'
    )
    assert "<h3>Your week</h3>" in html(written)
    assert '<h3><span class="kind">Activity · 5 minutes</span></h3>' in html(
        "::: activity 5\n:::", FULL
    )
    assert "<h3>Your week</h3>" in html("::: activity Your week\n:::")


def test_one_line_is_shown_without_a_paragraph() -> None:
    assert inline_html("*Two* <b> {#name}") == "<em>Two</em> &lt;b&gt;"
    assert inline_html("![A bridge](pictures/x.svg)") == '<span class="no-picture">A bridge</span>'


# --- what cannot be written -------------------------------------------------------------------


ELEMENTS = {
    "a", "blockquote", "br", "code", "details", "em", "h3", "hr", "img", "li", "ol", "p", "pre",
    "section", "span", "strong", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr",
    "ul",
}  # fmt: skip
ATTRIBUTES = {"alt", "aria-label", "class", "href", "loading", "rel", "src", "start"}


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: dict[str, set[str]] = {}

    def handle_starttag(self, tag, attrs) -> None:
        self.elements.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value or "")


PIECES = [
    "::: example ", ":::: activity 5 ", "::: answer", "\n:::\n", "\n::::", "\n", " ", "## ",
    "| a |", "\n|--:|\n", "[@a]", "[@", "![", "](", ")", "](pictures/x.svg)", "](javascript:x)",
    "](https://x.y)", "<script>", "<img src=x onerror=y>", "<https://x.y>", "<javascript:x>",
    '"', "'", "`", "```", "> ", "- ", "1. ", "7) ", "*", "{#name}", "&lt;", "&#60;", "\\",
    "style=x", "a", "[x]: javascript:y", "[x]",
]  # fmt: skip
WRITTEN = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map("".join)


@given(WRITTEN)
def test_whatever_is_written_nothing_can_act_or_lead_elsewhere(markdown) -> None:
    seen = Seen()
    seen.feed(html(markdown, FULL))
    seen.feed(inline_html(markdown))

    assert seen.elements <= ELEMENTS
    assert seen.attributes.keys() <= ATTRIBUTES
    for address in seen.attributes.get("href", set()):
        assert address.lower().startswith(("https://", "http://", "mailto:", "#source-"))
    assert all(one.startswith("/seen/pictures/") for one in seen.attributes.get("src", set()))


# --- words ------------------------------------------------------------------------------------


def test_words_are_those_that_are_read() -> None:
    written = (
        "## Two words {#name}\n\nIt's **well-known** [@a], see [the page](https://x.y/z).\n\n"
        "![A bridge](pictures/bridge.svg)\n\n::: example Not these\n- One\n:::"
    )

    assert " ".join(plain_words(written)) == "Two words It's well-known see the page A bridge One"


def test_sources_are_found_in_their_order() -> None:
    assert cited_keys("So [@b; @a], and [@c]. Not [@D] or [d].") == ["b", "a", "c"]
