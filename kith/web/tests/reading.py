"""A PDF as a second reader sees it: pypdf reads what Typst wrote."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import IndirectObject


def read(content: bytes) -> PdfReader:
    """The file, opened."""
    return PdfReader(BytesIO(content))


def text_of(content: bytes | PdfReader) -> str:
    """Everything that stands in it, with single spaces."""
    reader = content if isinstance(content, PdfReader) else read(content)
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def root_of(reader: PdfReader) -> Any:
    """What the file says about itself as a whole."""
    return reader.trailer["/Root"]


def language_of(content: bytes) -> str:
    return str(root_of(read(content))["/Lang"])


def promises_ua(reader: PdfReader) -> bool:
    """Whether the file says of itself that it follows the standard of accessible files."""
    return b"<pdfuaid:part>1</pdfuaid:part>" in root_of(reader)["/Metadata"].get_data()


def tags(reader: PdfReader) -> list[str]:
    """The kinds of elements that a screen reader walks through, in its order."""
    return [element["/S"] for element in _tree(reader)]


def figures(reader: PdfReader) -> list[str]:
    """What is read aloud for each picture."""
    return [element["/Alt"] for element in _tree(reader) if element["/S"] == "/Figure"]


def _tree(reader: PdfReader) -> list[Any]:
    return list(_elements(root_of(reader)["/StructTreeRoot"]["/K"]))


def _elements(node: Any) -> Iterator[Any]:
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, list):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        yield from _elements(node.get("/K"))
