"""XML from elsewhere as a tree of plain nodes with their lines; document types are refused.

Also writes such trees. Namespaces and prefixes are taken off: banks tell elements by their names.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Union
from xml.parsers import expat

from kith.methods.learning.banks.encoding import Decoded, decoded_xml
from kith.methods.learning.banks.notes import Notes, UnreadableBank

MIB = 1024 * 1024
MOST_BYTES, MOST_DEPTH, MOST_NODES = 32 * MIB, 200, 500_000
VOID = frozenset({"br", "hr", "img"})


@dataclass(slots=True)
class Node:
    """An element: name without prefix, attributes without prefixes, and what is in it."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Union["Node", str]] = field(default_factory=list)
    line: int = 0

    @property
    def nodes(self) -> list["Node"]:
        return [one for one in self.children if isinstance(one, Node)]

    @property
    def text(self) -> str:
        """All text in it, without elements."""
        return "".join(one if isinstance(one, str) else one.text for one in self.children)

    def get(self, name: str, usual: str = "") -> str:
        return self.attrs.get(name, usual)

    def find(self, *path: str) -> "Node | None":
        """The first element along a path of child names."""
        found: Node | None = self
        for tag in path:
            found = next((one for one in found.nodes if one.tag == tag), None) if found else None
        return found

    def all(self, tag: str) -> list["Node"]:
        """Its children of a name."""
        return [one for one in self.nodes if one.tag == tag]

    def said(self, *path: str, usual: str = "") -> str:
        """The text of an element along a path, without spaces at its ends."""
        found = self.find(*path)
        return found.text.strip() if found else usual

    def walk(self) -> Iterator["Node"]:
        """It and all elements in it, from the first to the last."""
        yield self
        for one in self.nodes:
            yield from one.walk()

    @property
    def inner(self) -> str:
        """What is in it, written as HTML."""
        return "".join(map(_written, self.children))


def _written(one: Node | str) -> str:
    if isinstance(one, str):
        return escape(one, quote=False)
    attrs = "".join(f' {name}="{escape(value)}"' for name, value in one.attrs.items())
    if one.tag in VOID:
        return f"<{one.tag}{attrs}/>"
    return f"<{one.tag}{attrs}>{one.inner}</{one.tag}>"


def written_xml(root: Node) -> bytes:
    """A whole file. Signs that XML cannot hold are left out."""
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{_written(root)}\n'
    return "".join(filter(_is_sign, text)).encode("utf-8", errors="ignore")


def _is_sign(sign: str) -> bool:
    return sign >= " " or sign in "\t\n"


def read_xml(content: bytes, notes: Notes) -> tuple[Node, Decoded]:
    """The root of a file and how it was decoded. Raises UnreadableBank."""
    if len(content) > MOST_BYTES:
        raise UnreadableBank("too_large", limit=MOST_BYTES // MIB, where=notes.where)
    decoded = decoded_xml(content, notes)
    return parsed(decoded.text, where=notes.where), decoded


def parsed(text: str, *, where: str = "") -> Node:
    """The root of a text. Raises UnreadableBank."""
    builder = _Builder(where)
    try:
        builder.parser.Parse(text.encode("utf-8", errors="replace"), True)  # noqa: FBT003
    except expat.ExpatError as fault:
        said = expat.ErrorString(fault.code)
        raise UnreadableBank("xml_broken", line=fault.lineno, where=where, said=said) from fault
    return builder.root


class _Builder:
    def __init__(self, where: str) -> None:
        self.where = where
        self.parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self._open: list[Node] = [Node("")]
        self._number = 0

    @property
    def root(self) -> Node:
        return self._open[0].nodes[0]

    def _start(self, name: str, attrs: dict[str, str]) -> None:
        self._number += 1
        if len(self._open) > MOST_DEPTH:
            raise self._unreadable("xml_too_deep", limit=MOST_DEPTH)
        if self._number > MOST_NODES:
            raise self._unreadable("xml_too_many", limit=MOST_NODES)
        plain = {_local(key): value for key, value in attrs.items()}
        node = Node(_local(name), plain, line=self.parser.CurrentLineNumber)
        self._open[-1].children.append(node)
        self._open.append(node)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].children.append(text)

    def _refuse(self, *_declared: object) -> None:
        raise self._unreadable("xml_doctype")

    def _unreadable(self, reason: str, **params: str | int) -> UnreadableBank:
        line = self.parser.CurrentLineNumber
        return UnreadableBank(reason, line=line, where=self.where, **params)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
