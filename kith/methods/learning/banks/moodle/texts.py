"""Texts of Moodle XML in their formats, as Markdown or plain text."""

from kith.methods.learning.banks.bank import words
from kith.methods.learning.banks.markdown import from_html, from_markdown, from_plain, to_plain
from kith.methods.learning.banks.notes import Notes
from kith.methods.learning.banks.trees import Node
from kith.methods.learning.questions.schema import Words

HTML, MARKDOWN, PLAIN, AUTO = "html", "markdown", "plain_text", "moodle_auto_format"


class Texts:
    """Reads the texts of one question. Pictures and other files in them are noted."""

    def __init__(self, notes: Notes, language: str) -> None:
        self.notes, self.language = notes, language

    def markdown(self, node: Node | None, *, usual: str = HTML) -> str:
        """The text of an element with a format, such as <questiontext format="html">."""
        if node is None:
            return ""
        self._files(node)
        return self.formatted(node.said("text"), node.get("format", usual))

    def formatted(self, text: str, kind: str) -> str:
        if kind == MARKDOWN:
            return from_markdown(text, self.notes)
        if kind == PLAIN:
            return from_plain(text)
        return from_html(text.replace("\n", "<br>") if kind == AUTO else text, self.notes)

    def words(self, node: Node | None, *, usual: str = HTML) -> Words:
        return words(self.language, self.markdown(node, usual=usual))

    def plain(self, node: Node | None) -> str:
        """The text of an element that has no format; marks of a page are taken off if there are."""
        if node is None:
            return ""
        self._files(node)
        text = node.said("text")
        return to_plain(from_html(text, self.notes)) if node.get("format") == HTML else text

    def _files(self, node: Node) -> None:
        for one in node.all("file"):
            self.notes.add("file_left_out", line=one.line, what=one.get("name")[:100])
