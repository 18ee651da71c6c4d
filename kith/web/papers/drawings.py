"""Small pictures that papers share with pages, and drawn signatures that can be shown."""

from __future__ import annotations

import base64
import binascii
import struct
import zlib
from collections.abc import Iterator

from kith.web.components import LADDER_STEPS, rungs
from kith.web.papers.parts import Ladder, Picture

WIDTH, GAP, HEIGHT = 20, 4, 10
LOOKS = {
    "filled": 'fill="#1f5c57"',
    "gained": 'fill="#9cc4bd"',
    "lost": 'fill="none" stroke="#1f5c57" stroke-dasharray="3 2"',
    "open": 'fill="#eee7dd"',
}

PNG_START = b"\x89PNG\r\n\x1a\n"
# A signature pad draws a few hundred points; a small file may unfold to gigabytes.
MOST_POINTS = 4_000_000
BYTES_OF_A_POINT = 8


def ladder_picture(ladder: Ladder, *, from_right: bool) -> Picture:
    """The ladder as SVG, from its first step on."""
    drawn = [
        _rung(rung.state, place) for place, rung in enumerate(rungs(ladder.now, ladder.before))
    ]
    width = LADDER_STEPS * (WIDTH + GAP) - GAP
    turned = f' transform="translate({width} 0) scale(-1 1)"' if from_right else ""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {width + 2} {HEIGHT + 2}">'
        f"<g{turned}>{''.join(drawn)}</g></svg>"
    )
    return Picture(svg.encode(), "svg", ladder.says, ladder.width_mm)


def _rung(state: str, place: int) -> str:
    start = place * (WIDTH + GAP)
    return f'<rect x="{start}" y="0" width="{WIDTH}" height="{HEIGHT}" rx="3" {LOOKS[state]}/>'


def drawn_png(stored: str) -> bytes:
    """A signature as it is stored, in base64 with or without the head of a data address.

    What is no base64 comes back as it is, and the paper says that the drawing cannot be shown.
    """
    try:
        return base64.b64decode(stored.rpartition(",")[2], validate=True)
    except binascii.Error:
        return stored.encode()


def is_whole_png(content: bytes) -> bool:
    """Whether a PNG can be decoded to its end and stays small when it unfolds."""
    if not content.startswith(PNG_START):
        return False
    try:
        chunks = list(_chunks(content))
        kind, head = chunks[0]
        width, height = struct.unpack_from(">II", head)
        if kind != b"IHDR" or not 0 < width * height <= MOST_POINTS:
            return False
        packed = b"".join(data for kind, data in chunks if kind == b"IDAT")
        unpacking = zlib.decompressobj()
        unpacking.decompress(packed, height * (1 + width * BYTES_OF_A_POINT) + 1)
    except (struct.error, zlib.error, IndexError):
        return False
    return unpacking.eof and chunks[-1][0] == b"IEND"


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The pieces of a PNG. Raises zlib.error where the sum of a piece is wrong."""
    place = len(PNG_START)
    while place < len(content):
        length, kind = struct.unpack_from(">I4s", content, place)
        data = content[place + 8 : place + 8 + length]
        (told,) = struct.unpack_from(">I", content, place + 8 + length)
        if zlib.crc32(kind + data) != told:
            raise zlib.error("wrong sum")
        yield kind, data
        place += 12 + length
