"""Pictures without what a phone writes beside them: where, when, with which device, by whom.

JPEG and PNG are taken apart, and put together again from the parts that draw the picture. Nothing
is decoded: no point of the picture changes, and nothing that hides in one is run. From JPEG the
turn is kept, or pictures taken upright would lie on their side.
"""

from collections.abc import Iterator
from struct import Struct, error, unpack, unpack_from

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.base.files import JPEG, PNG

MOST_POINTS = 100_000_000  # more cannot be opened on a small phone

SOI, EOI, SOS = b"\xff\xd8", 0xD9, 0xDA
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the marks that say the size
DRAWING = frozenset(range(0xC0, 0xD0)) | {SOS, 0xDB, 0xDD, 0xEE}  # tables, frames, Adobe's colours
RESTARTS = frozenset({0x00, *range(0xD0, 0xD8)})
JFIF, EXIF, ICC = b"JFIF\x00", b"Exif\x00\x00", b"ICC_PROFILE\x00"
TURN = 0x0112

PNG_SIGN = b"\x89PNG\r\n\x1a\n"
PNG_DRAWING = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT"}
)
CHUNK = Struct(">I4s")


class PictureBroken(Refused):
    """The parts of the file do not make a picture."""

    sentence = _("This picture cannot be read. Save it anew, or take another one.")


def without_traces(content: bytes, kind: str) -> bytes:
    """The same picture and nothing beside it; other kinds as they are. Raises PictureBroken."""
    if kind not in {JPEG, PNG}:
        return content
    try:
        return _jpeg(content) if kind == JPEG else _png(content)
    except (error, IndexError) as fault:
        raise PictureBroken from fault


# ── JPEG ─────────────────────────────────────────────────────────────────────────────────────────


def _jpeg(content: bytes) -> bytes:
    parts, turn, is_drawn = [], 1, False
    for mark, body, drawn in _segments(content):
        if mark in FRAMES:
            _check_size(*unpack_from(">HH", body, 1))
        if body.startswith(EXIF):
            turn = _turn(body[len(EXIF) :])
        kept = _kept(mark, body)
        if kept is not None:
            parts.append(_segment(mark, kept) + drawn)
        is_drawn = is_drawn or mark == SOS
    if not is_drawn:
        raise PictureBroken
    if turn != 1:
        # Behind the JFIF mark, where readers look for it.
        parts.insert(1 if parts[0][1] == 0xE0 else 0, _segment(0xE1, _exif(turn)))
    return SOI + b"".join(parts) + bytes((0xFF, EOI))


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Every part: its mark, its content, and what is drawn behind it. Ends with the picture."""
    at = len(SOI)
    while True:
        if content[at] != 0xFF:
            raise PictureBroken
        while content[at] == 0xFF:
            at += 1
        mark = content[at]
        if mark == EOI:
            return
        (length,) = unpack_from(">H", content, at + 1)
        end = at + 1 + length
        if length < 2 or end > len(content):
            raise PictureBroken
        after = _end_of_drawing(content, end) if mark == SOS else end
        yield mark, content[at + 3 : end], content[end:after]
        at = after


def _end_of_drawing(content: bytes, at: int) -> int:
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise PictureBroken
        if content[at + 1] not in RESTARTS and content[at + 1] != 0xFF:
            return at
        at += 1


def _kept(mark: int, body: bytes) -> bytes | None:
    """What stays of a part; None when it says something beside the picture."""
    if mark in DRAWING or (mark == 0xE2 and body.startswith(ICC)):
        return body
    if mark == 0xE0 and body.startswith(JFIF):
        return body[:12] + b"\x00\x00"  # without the small picture that may follow
    return None


def _segment(mark: int, body: bytes) -> bytes:
    return bytes((0xFF, mark)) + (len(body) + 2).to_bytes(2, "big") + body


def _turn(tiff: bytes) -> int:
    """How the picture was turned, 1 to 8; 1 when it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (first,) = unpack_from(f"{order}I", tiff, 4)
        (number,) = unpack_from(f"{order}H", tiff, first)
        for entry in range(first + 2, first + 2 + 12 * number, 12):
            tag, _kind, _count, value = unpack_from(f"{order}HHIH", tiff, entry)
            if tag == TURN:
                return value if 1 <= value <= 8 else 1
    except error:
        return 1
    return 1


def _exif(turn: int) -> bytes:
    """The smallest note that says how a picture was turned."""
    head = b"MM\x00\x2a\x00\x00\x00\x08"
    entry = Struct(">HHIHH").pack(TURN, 3, 1, turn, 0)
    return EXIF + head + b"\x00\x01" + entry + b"\x00\x00\x00\x00"


# ── PNG ──────────────────────────────────────────────────────────────────────────────────────────


def _png(content: bytes) -> bytes:
    parts, at = [PNG_SIGN], len(PNG_SIGN)
    while True:
        length, name = CHUNK.unpack_from(content, at)
        end = at + CHUNK.size + length + 4
        if end > len(content) or (len(parts) == 1 and name != b"IHDR"):
            raise PictureBroken
        if name == b"IHDR":
            _check_size(*unpack(">II", content[at + 8 : at + 16]))
        if name in PNG_DRAWING:
            parts.append(content[at:end])
        if name == b"IEND":
            return b"".join(parts)
        at = end


def _check_size(height: int, width: int) -> None:
    if not 0 < height * width <= MOST_POINTS:
        raise PictureBroken
