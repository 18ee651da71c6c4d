"""The texts of an item of QTI 1.2: its stem, its options, and its feedback by name."""

from collections.abc import Iterator

from kith.methods.learning.banks.bank import words
from kith.methods.learning.banks.markdown import from_html, from_plain, to_plain
from kith.methods.learning.banks.notes import Notes
from kith.methods.learning.banks.trees import Node
from kith.methods.learning.questions.schema import Words

PICTURES = {"matimage", "mataudio", "matvideo", "matapplet", "matapplication"}
RESPONSE = "response_"


def metadata(node: Node) -> dict[str, str]:
    """Label -> entry of the fields that describe a bank or an item."""
    own = [
        one
        for tag in ("itemmetadata", "qtimetadata")
        for found in node.all(tag)
        for one in found.walk()
    ]
    return {
        one.said("fieldlabel"): one.said("fieldentry")
        for one in own
        if one.tag == "qtimetadatafield"
    }


class Texts:
    """Reads the texts of one item; keeps account of which feedback was used."""

    def __init__(self, item: Node, notes: Notes, language: str) -> None:
        self.notes, self.language = notes, language
        self._presentation = item.find("presentation") or Node("")
        self.responses = [
            one
            for one in self._presentation.walk()
            if one.tag.startswith(RESPONSE) and one.tag != "response_label"
        ]
        self._feedback = {one.get("ident"): one for one in item.all("itemfeedback")}
        self._used: set[str] = set()

    @property
    def stem(self) -> str:
        return self._joined(_outside_responses(self._presentation))

    def label(self, node: Node) -> str:
        """The text of an option, or of a response by itself, as Markdown."""
        return self._joined(_outside_responses(node))

    def plain(self, node: Node) -> Words:
        return words(self.language, to_plain(self.label(node)))

    def words(self, node: Node) -> Words:
        return words(self.language, self.label(node))

    def said(self, name: str) -> Words:
        """The feedback of a name; nothing where there is none."""
        self._used.add(name)
        node = self._feedback.get(name)
        return words(self.language, self._joined(node.walk())) if node else {}

    @property
    def names(self) -> list[str]:
        return list(self._feedback)

    def solution(self) -> Words:
        """The feedback that is an example of a good answer."""
        names = [
            name
            for name, node in self._feedback.items()
            if name == "solution" or any(one.tag == "solution" for one in node.walk())
        ]
        return self.said(names[0]) if names else {}

    def unused(self) -> list[str]:
        return [one for one in self._feedback if one not in self._used]

    def _joined(self, nodes: Iterator[Node]) -> str:
        found = []
        for one in nodes:
            if one.tag == "mattext":
                found.append(self._text(one))
            elif one.tag in PICTURES:
                self.notes.add("picture_left_out", line=one.line, what=one.get("uri", one.tag))
        return "\n\n".join(one for one in found if one)

    def _text(self, node: Node) -> str:
        if node.get("texttype", "text/plain").lower() == "text/html":
            return from_html(node.inner if node.nodes else node.text, self.notes)
        return from_plain(node.text)


def _outside_responses(node: Node) -> Iterator[Node]:
    for one in node.nodes:
        if not one.tag.startswith(RESPONSE) and one.tag not in {"render_choice", "render_fib"}:
            yield one
            yield from _outside_responses(one)
