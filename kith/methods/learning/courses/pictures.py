"""Whether a picture is an SVG that does nothing but show."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from kith.methods.learning.courses.findings import Findings

MOST_BYTES = 60_000
SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = frozenset({
    "svg", "g", "defs", "title", "desc", "metadata", "path", "rect", "circle", "ellipse", "line",
    "polyline", "polygon", "text", "tspan", "textPath", "marker", "linearGradient",
    "radialGradient", "stop", "clipPath", "mask", "pattern", "symbol", "use", "style", "switch",
})  # fmt: skip
"""Elements that only show; script, image, a, foreignObject and everything that moves are not."""
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LOADS = re.compile(r"@import|url\(\s*(?![\"']?#)|\\", re.IGNORECASE)


def check_picture(content: bytes, found: Findings) -> None:
    """Adds what is wrong with a picture."""
    if len(content) > MOST_BYTES:
        kilobytes = -(-len(content) // 1000)
        found.add("picture_too_large", found=kilobytes, most=MOST_BYTES // 1000)
        return
    try:
        root = _parsed(content)
    except (ElementTree.ParseError, UnicodeDecodeError, ValueError) as fault:
        found.add("picture_unreadable", said=str(fault))
        return
    if "viewBox" not in root.attrib:
        found.add("picture_without_viewbox")
    for part in dict.fromkeys(_active_parts(root)):
        found.add("picture_active", part=part)


def _parsed(content: bytes) -> ElementTree.Element:
    text = content.decode("utf-8-sig")
    # What the standard library warns of are entities; a text that declares any is refused unread.
    if _DOCTYPE.search(text):
        raise ValueError("a document type is declared")
    root = ElementTree.fromstring(text)  # noqa: S314
    if root.tag != f"{SVG}svg":
        raise ValueError("the first element is not svg")
    return root


def _active_parts(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        name = str(element.tag)
        if name.removeprefix(SVG) not in ALLOWED:
            yield f"<{name.rpartition('}')[2]}>"
        for key, value in element.attrib.items():
            short = key.rpartition("}")[2]
            leads_out = short == "href" and not value.strip().startswith("#")
            if short.lower().startswith("on") or leads_out or _LOADS.search(value):
                yield short
        if element.text and name == f"{SVG}style" and _LOADS.search(element.text):
            yield "<style>"
