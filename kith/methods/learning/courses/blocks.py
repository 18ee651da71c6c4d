"""The Markdown of a screen or a question as HTML that cannot do harm, and as words to count.

CommonMark with tables and the boxes example, note, activity and answer. HTML is shown as letters,
links lead to http, https and mailto only, and nothing has a style or a script.
"""

import re
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from kith.methods.learning.courses.schema import Source

BOXES = ("example", "note", "activity")
ANSWER = "answer"
CITED = re.compile(r"\[@([a-z0-9-]+(?:[ \t]*;[ \t]*@[a-z0-9-]+)*)\]")
MINUTES = re.compile(r"(\d{1,3})(?:[ \t]+(.*))?")
_ADDRESS = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_PICTURE = re.compile(r"pictures/[\w.-]+")
# Each stops at the next opening sign, so that many of those cost no more than their number.
_NAME = re.compile(r"\{#[^{}]*\}[ \t]*$")
_NO_WORDS = re.compile(r"\{#[^{}]*\}|\[@[^\[\]]*\]|\]\([^()]*\)|^[ \t]*:::+.*$", re.MULTILINE)
_WORD = re.compile(r"\w[\w’'-]*")

Env = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True)
class Labels:
    """Words of a page that the HTML needs; an empty one is left out.

    answer   on what opens an answer
    minutes  with {minutes} in it
    source   before the number of a source, for those who listen
    """

    answer: str
    example: str = ""
    note: str = ""
    activity: str = ""
    minutes: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class _Shown:
    labels: Labels
    numbers: dict[str, int]
    picture: Callable[[str], str | None]


def no_picture(_name: str) -> str | None:
    """For texts that have none: only the alternative text is shown."""
    return None


def html_of(
    markdown: str,
    *,
    labels: Labels,
    sources: Sequence[Source] = (),
    picture: Callable[[str], str | None] = no_picture,
) -> str:
    """The HTML of a screen's Markdown.

    sources  of the module, in their order: [@key] leads to #source-1 and so on
    picture  name as the text calls it, such as pictures/bridge.svg -> address, None for no picture
    """
    numbers = {one.key: number for number, one in enumerate(sources, start=1)}
    return str(_TEXTS.render(markdown, {"shown": _Shown(labels, numbers, picture)}))


def inline_html(markdown: str) -> str:
    """The HTML of one line, such as an option or a heading: emphasis, code and links."""
    env = {"shown": _Shown(Labels(""), {}, no_picture)}
    return str(_TEXTS.renderInline(_NAME.sub("", markdown).rstrip(), env))


def plain_words(markdown: str) -> list[str]:
    """The words that are read; those of boxes' first lines, addresses and sources are not."""
    return _WORD.findall(_NO_WORDS.sub(" ", markdown))


def cited_keys(markdown: str) -> list[str]:
    """The keys of sources that a text cites, each as often as it does."""
    groups = CITED.findall(markdown)
    return [key.strip(" \t@") for group in groups for key in group.split(";")]


def tokens_of(markdown: str) -> list[Token]:
    """The text as markdown-it reads it, for whoever looks for something in it."""
    return _TEXTS.parse(markdown, {})


def is_address(address: str) -> bool:
    """Whether a link may lead there."""
    return bool(_ADDRESS.match(address))


class _Texts(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name markdown-it asks for
        return bool(_ADDRESS.match(url) or _PICTURE.fullmatch(url))


def _read_citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as rules are called
    found = CITED.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.pending = state.pending.rstrip(" ")
        state.push("citation", "", 0).meta = {"keys": cited_keys(found[0])}
    state.pos = found.end()
    return True


def _put_in_order(state: StateCore) -> None:
    """Headings of one level and without names; sides of table cells as classes, not styles."""
    for at, token in enumerate(state.tokens):
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h3"
        if token.type == "heading_open":
            inline = state.tokens[at + 1]
            inline.content = _NAME.sub("", inline.content).rstrip()
        if style := token.attrs.pop("style", ""):
            token.attrs["class"] = str(style).removeprefix("text-align:")


def _citation(_self: object, tokens: Sequence[Token], at: int, _options: object, env: Env) -> str:
    shown: _Shown = env["shown"]
    links = []
    for number in sorted({shown.numbers.get(key, 0) for key in tokens[at].meta["keys"]} - {0}):
        said = f' aria-label="{escapeHtml(f"{shown.labels.source} {number}")}"'
        label = said if shown.labels.source else ""
        links.append(f'<a href="#source-{number}"{label}>{number}</a>')
    return f'<sup class="cite">{", ".join(links)}</sup>' if links else ""


def _image(_self: object, tokens: Sequence[Token], at: int, _options: object, env: Env) -> str:
    token, shown = tokens[at], env["shown"]
    name = str(token.attrs.get("src", ""))
    words = escapeHtml(" ".join(token.content.split()))
    address = shown.picture(name) if _PICTURE.fullmatch(name) else None
    if address is None:
        return f'<span class="no-picture">{words}</span>'
    # A narrow window moves the picture sideways instead of making its words too small to read.
    picture = f'<img src="{escapeHtml(address)}" alt="{words}" loading="lazy">'
    return f'<span class="picture" role="group" tabindex="0">{picture}</span>'


def _link(_self: object, tokens: Sequence[Token], at: int, _options: object, _env: Env) -> str:
    address = str(tokens[at].attrs.get("href", ""))
    if not _ADDRESS.match(address):
        return "<a>"
    return f'<a href="{escapeHtml(address)}" rel="noopener noreferrer">'


def _box(_self: object, tokens: Sequence[Token], at: int, _options: object, env: Env) -> str:
    token = tokens[at]
    if token.nesting < 0:
        return "</section>\n"
    kind, _, title = token.info.strip().partition(" ")
    labels: Labels = env["shown"].labels
    kinds = [getattr(labels, kind)]
    if kind == "activity" and (found := MINUTES.fullmatch(title.strip())):
        kinds.append(labels.minutes.format(minutes=int(found[1])))
        title = found[2] or ""
    said = " · ".join(escapeHtml(one) for one in kinds if one)
    before = f'<span class="kind">{said}</span> ' if said else ""
    heading = f"{before}{escapeHtml(title.strip())}".strip()
    return f'<section class="{kind}">\n' + (f"<h3>{heading}</h3>\n" if heading else "")


def _answer(_self: object, tokens: Sequence[Token], at: int, _options: object, env: Env) -> str:
    if tokens[at].nesting < 0:
        return "</details>\n"
    word = escapeHtml(env["shown"].labels.answer)
    return f'<details class="answer">\n<summary>{word}</summary>\n'


def _built() -> MarkdownIt:
    texts = _Texts("commonmark", {"html": False}).enable("table")
    for kind in BOXES:
        container_plugin(texts, kind, render=_box)
    container_plugin(texts, ANSWER, render=_answer)
    texts.inline.ruler.before("link", "citation", _read_citation)
    texts.core.ruler.after("block", "put_in_order", _put_in_order)
    for name, rule in (("citation", _citation), ("image", _image), ("link_open", _link)):
        texts.add_render_rule(name, rule)
    return texts


_TEXTS = _built()
