"""Restricted Markdown: from HTML and plain text, and back. Only text comes through.

Kept: paragraphs, lists, bold, italic, code, links to web and mail addresses. Headings become bold,
because a heading begins a new screen of a course. All else is left out with a note.
"""

import re
from html import escape, unescape
from html.parser import HTMLParser

from kith.methods.learning.banks.notes import Notes, NotTaken

LONGEST = 100_000
BREAK = "\\\n"
SAFE_LINK = re.compile(r"(https?://|mailto:)[^\s()<>]+", re.IGNORECASE)
PICTURE = re.compile(r"!\[((?:\\.|[^\]\\]){0,300})\]\(([^)]{0,2000})\)")
LINK = re.compile(r"(?<!!)\[((?:\\.|[^\]\\]){1,300})\]\(([^)]{0,2000})\)")
HTML_TAG = re.compile(r"(?<!\\)<(?=[A-Za-z/!?])")

NOT_TEXT = frozenset(
    {"script", "style", "iframe", "object", "applet", "audio", "video", "svg", "canvas", "form",
     "select", "textarea", "button", "noscript", "template", "math", "head", "title"}
)  # fmt: skip
NO_CONTENT = frozenset({"embed", "input", "source", "track"})
BLOCKS = frozenset(
    {"p", "div", "section", "article", "blockquote", "table", "tbody", "thead", "tr", "pre", "hr",
     "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption",
     "header", "footer", "main", "address", "caption", "center"}
)  # fmt: skip
SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`",
         "h1": "**", "h2": "**", "h3": "**", "h4": "**", "h5": "**", "h6": "**"}  # fmt: skip
HEADING = re.compile(r"h[1-6]")
LISTS = {"ul", "ol"}

_SPECIAL = re.compile(r"[\\*`\[\]<]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w{1,30};)")
_AT_START = re.compile(r"(#{1,6}|[-+]|:{3,}|>|~{3,}|=+|-+)(?=\s|$)|(\d{1,9})(?=[.)](\s|$))")
_SPACES = re.compile(r"[ \t\r\n\f]+")


def from_html(html: str, notes: Notes) -> str:
    """The text as Markdown. Raises NotTaken when it is too long to be one of a question."""
    _require_length(html)
    reader = _Reader(notes)
    reader.feed(html)
    reader.close()
    return reader.markdown()


def from_plain(text: str) -> str:
    """A text without any marks as Markdown that shows just that text."""
    paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return "\n\n".join(
        BREAK.join(_line_begun(escaped(line.strip())) for line in paragraph.split("\n"))
        for paragraph in paragraphs
    )


def from_markdown(text: str, notes: Notes) -> str:
    """Markdown of any writer, without pictures, HTML and links to anywhere but the web.

    raises  NotTaken when it is too long to be a text of a question
    """
    _require_length(text)

    def picture(found: re.Match[str]) -> str:
        notes.add("picture_left_out", what=_file(found[2]))
        return found[1]

    def link(found: re.Match[str]) -> str:
        if SAFE_LINK.fullmatch(found[2]):
            return found[0]
        notes.add("link_left_out", what=found[2])
        return found[1]

    text = LINK.sub(link, PICTURE.sub(picture, text.replace("\r\n", "\n").strip()))
    return HTML_TAG.sub(r"\\<", text)


def _require_length(text: str) -> None:
    if len(text) > LONGEST:
        raise NotTaken("text_too_long", limit=LONGEST)


def escaped(text: str) -> str:
    r"""Text with a \ before every sign that would be a mark."""
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", text)


def _line_begun(text: str) -> str:
    """The same for a sign that is a mark only at the beginning of a line."""
    found = _AT_START.match(text)
    if found is None:
        return text
    return f"{found[2]}\\{text[found.end() :]}" if found[2] else f"\\{text}"


def _file(address: str) -> str:
    return unescape(address).rpartition("/")[2].partition("?")[0][:100] or address[:100]


class _Reader(HTMLParser):
    """Blocks are closed as they end; bold, italic and links are frames within a block."""

    def __init__(self, notes: Notes) -> None:
        super().__init__(convert_charrefs=True)
        self.notes = notes
        self._blocks: list[str] = []
        self._frames: list[tuple[str, str, list[str]]] = [("", "", [])]
        self._lists: list[list[int]] = []
        self._prefix = ""
        self._skipping = ""
        self._depth = 0

    def markdown(self) -> str:
        self._end_block()
        whole = ""
        for block in self._blocks:
            in_list = re.match(r" *(- |\d+\. )", block) and re.match(
                r" *(- |\d+\. )", whole.rpartition("\n")[2]
            )
            whole += ("\n" if in_list else "\n\n" if whole else "") + block
        return whole

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if self._skipping:
            self._depth += tag == self._skipping
        elif tag in NOT_TEXT or tag in NO_CONTENT:
            self._leave_out(tag)
        elif tag == "br":
            self._add(BREAK)
        elif tag == "img":
            self._picture(values)
        elif tag in {"td", "th"}:
            self._add(" | " if "".join(self._frames[-1][2]).strip() else "")
        else:
            self._begin(tag, values)

    def _leave_out(self, tag: str) -> None:
        if tag not in {"head", "title"}:
            self.notes.add("part_of_page_left_out", what=tag)
        if tag in NOT_TEXT:
            self._skipping, self._depth = tag, 1

    def _picture(self, values: dict[str, str]) -> None:
        source = values.get("src", "")
        shown = "" if source.startswith("data:") else _file(source)
        self.notes.add("picture_left_out", what=shown or values.get("alt", "") or "data")
        self._add(escaped(values.get("alt", "")))

    def _begin(self, tag: str, values: dict[str, str]) -> None:
        if tag in BLOCKS:
            self._end_block()
        if tag in LISTS:
            self._lists.append([0 if tag == "ol" else -1])
        elif tag == "li":
            self._prefix = self._bullet()
        if tag in SIGNS:
            self._frames.append((tag, SIGNS[tag], []))
        elif tag == "a":
            self._frames.append((tag, values.get("href", ""), []))

    def _bullet(self) -> str:
        indent = "  " * (len(self._lists) - 1)
        if not self._lists or self._lists[-1][0] < 0:
            return f"{indent}- "
        self._lists[-1][0] += 1
        return f"{indent}{self._lists[-1][0]}. "

    def handle_endtag(self, tag: str) -> None:
        if self._skipping:
            self._depth -= tag == self._skipping
            self._skipping = self._skipping if self._depth else ""
            return
        if any(name == tag for name, _sign, _parts in self._frames):
            self._close_to(tag)
        if tag in BLOCKS:
            self._end_block()
        if tag in LISTS and self._lists:
            self._lists.pop()

    def handle_data(self, text: str) -> None:
        if self._skipping:
            return
        in_code = any(sign == "`" for _tag, sign, _parts in self._frames)
        self._add(text.replace("`", "'") if in_code else escaped(text))

    def _add(self, text: str) -> None:
        self._frames[-1][2].append(text)

    def _close_to(self, tag: str) -> None:
        while True:
            name, sign, parts = self._frames.pop()
            self._add(self._marked(name, sign, "".join(parts)))
            if name == tag:
                return

    def _marked(self, tag: str, sign: str, text: str) -> str:
        bare = text.strip(" \t\r\n")
        if not bare or not sign:
            return text
        before, after = text[: text.index(bare)], text[text.index(bare) + len(bare) :]
        if tag == "a":
            return before + self._linked(bare, sign) + after
        return f"{before}{sign}{bare}{sign}{after}"

    def _linked(self, text: str, address: str) -> str:
        if SAFE_LINK.fullmatch(address):
            return f"[{text}]({address})"
        self.notes.add("link_left_out", what=address[:200])
        return text

    def _end_block(self) -> None:
        while len(self._frames) > 1:
            self._close_to(self._frames[-1][0])
        lines = [
            _SPACES.sub(" ", line).strip() for line in "".join(self._frames[0][2]).split(BREAK)
        ]
        self._frames[0][2].clear()
        while lines and not lines[-1]:
            lines.pop()
        while lines and not lines[0]:
            lines.pop(0)
        if lines:
            self._blocks.append(self._prefix + BREAK.join(map(_line_begun, lines)))
            self._prefix = ""


# The other way: Markdown as HTML and as plain text.

_ITEM = re.compile(r"\s*(-|\d+\.)\s+(.*)", re.DOTALL)
_ITEMS = re.compile(r"\n(?=\s*(?:-|\d+\.)\s)")
_INLINE = re.compile(
    r"\\(?P<sign>[!-/:-@\[-`{-~])"
    r"|(?P<broken>\\\n)"
    r"|\*\*(?P<bold>(?:\\.|[^\\*]|\*(?:\\.|[^\\*]){1,500}\*){1,2000}?)\*\*"
    r"|\*(?P<italic>(?:\\.|[^\\*]){1,2000})\*"
    r"|`(?P<code>[^`]{1,2000})`"
    r"|\[(?P<words>(?:\\.|[^\]\\]){1,300})\]\((?P<address>[^()\s]{1,2000})\)",
    re.DOTALL,
)


def to_html(markdown: str) -> str:
    """Markdown as XHTML."""
    return "".join(_block(one) for one in re.split(r"\n\s*\n", markdown.strip()) if one.strip())


def _block(text: str) -> str:
    found = _ITEM.match(text)
    if found is None:
        return f"<p>{inline_html(text)}</p>"
    items = [_ITEM.match(one) for one in _ITEMS.split(text)]
    inner = "".join(f"<li>{inline_html(one[2])}</li>" for one in items if one)
    return f"<ul>{inner}</ul>" if found[1] == "-" else f"<ol>{inner}</ol>"


def inline_html(text: str) -> str:
    """One paragraph of Markdown as XHTML, without a paragraph round it."""
    parts, at = [], 0
    for found in _INLINE.finditer(text):
        parts += [_escaped_html(text[at : found.start()]), _element(found)]
        at = found.end()
    return "".join([*parts, _escaped_html(text[at:])])


def _element(found: re.Match[str]) -> str:
    if found["sign"]:
        return escape(found["sign"], quote=False)
    if found["broken"]:
        return "<br/>"
    if found["bold"]:
        return f"<strong>{inline_html(found['bold'])}</strong>"
    if found["italic"]:
        return f"<em>{inline_html(found['italic'])}</em>"
    if found["code"]:
        return f"<code>{escape(found['code'], quote=False)}</code>"
    return f'<a href="{escape(found["address"])}">{inline_html(found["words"])}</a>'


def _escaped_html(text: str) -> str:
    return escape(unescape(text), quote=False)


def to_plain(markdown: str) -> str:
    """Markdown as text without marks; paragraphs and breaks are new lines."""
    blocks = [one for one in re.split(r"\n\s*\n", markdown.strip()) if one.strip()]
    return "\n\n".join(_inline_plain(one) for one in blocks)


def _inline_plain(text: str) -> str:
    return _INLINE.sub(_bare, text)


def _bare(found: re.Match[str]) -> str:
    if found["broken"]:
        return "\n"
    inner = found["bold"] or found["italic"] or found["words"]
    return _inline_plain(inner) if inner else found["sign"] or found["code"]
