"""Small pictures for tests, with what a phone writes beside them."""

import zlib
from struct import pack

PLACE = b"GPS 52.4064 N 16.9252 E"


def segment(mark: int, body: bytes) -> bytes:
    return bytes((0xFF, mark)) + pack(">H", len(body) + 2) + body


def exif(turn: int | None = 6, order: str = "<") -> bytes:
    """What a camera notes: the turn, and where it was."""
    sign = b"II" if order == "<" else b"MM"
    entries = [pack(f"{order}HHIHH", 0x010F, 3, 1, 7, 0)]
    if turn is not None:
        entries.append(pack(f"{order}HHIHH", 0x0112, 3, 1, turn, 0))
    head = sign + pack(f"{order}HI", 42, 8) + pack(f"{order}H", len(entries))
    return b"Exif\x00\x00" + head + b"".join(entries) + pack(f"{order}I", 0) + PLACE


def jpeg(
    *, note: bytes | None = None, behind: bytes = b"", size: tuple[int, int] = (8, 8)
) -> bytes:
    """A grey square, told in the parts of which every JPEG consists."""
    height, width = size
    return b"".join(
        [
            b"\xff\xd8",
            segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"),
            segment(0xE1, exif() if note is None else note),
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + PLACE),
            segment(0xED, b"Photoshop 3.0\x00" + PLACE),
            segment(0xFE, b"Taken by Olena"),
            segment(0xDB, b"\x00" + b"\x10" * 64),
            segment(0xC0, pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"),
            segment(0xC4, b"\x00\x00\x01" + b"\x00" * 14 + b"\x00"),
            segment(0xC4, b"\x10\x00\x01" + b"\x00" * 14 + b"\x00"),
            segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
            b"\x3f\xff\x00\x3f\xff\xd0\x3f",
            b"\xff\xd9",
            behind,
        ]
    )


def chunk(name: bytes, body: bytes) -> bytes:
    return pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))


def png(*, size: tuple[int, int] = (2, 2), behind: bytes = b"") -> bytes:
    """A grey square with notes beside it."""
    width, height = size
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
            chunk(b"tEXt", b"Author\x00Olena"),
            chunk(b"eXIf", exif()[6:]),
            chunk(b"tIME", b"\x07\xea\x0b\x1e\x0c\x00\x00"),
            chunk(b"IDAT", zlib.compress(b"\x00\x80\x80" * 2)),
            chunk(b"IEND", b""),
            behind,
        ]
    )
