"""A credential inside a PNG picture: one iTXt chunk with the keyword openbadgecredential.

Source: Open Badges 3.0, section Baked Badge; PNG specification (third edition), sections 5 and 11.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from kith.methods.learning.credentials.pictures import BadPicture

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
# Flags for "not compressed", then no language and no translated keyword.
PLAIN = b"\0\0\0\0\0"


@dataclass(frozen=True, slots=True)
class Chunk:
    kind: bytes
    content: bytes

    @property
    def holds_credential(self) -> bool:
        return self.kind == b"iTXt" and self.content.startswith(KEYWORD + b"\0")

    def written(self) -> bytes:
        check = zlib.crc32(self.kind + self.content)
        return struct.pack(">I", len(self.content)) + self.kind + self.content + _number(check)


def bake_png(picture: bytes, credential: str) -> bytes:
    """The picture with the credential before its end. Raises BadPicture."""
    chunks = list(_chunks(picture))
    if any(one.holds_credential for one in chunks):
        raise BadPicture("This picture holds a credential already.")
    baked = Chunk(b"iTXt", KEYWORD + PLAIN + credential.encode())
    return SIGNATURE + b"".join(one.written() for one in (*chunks[:-1], baked, chunks[-1]))


def taken_from_png(picture: bytes) -> str:
    """The credential in the picture. Raises BadPicture."""
    holding = [one for one in _chunks(picture) if one.holds_credential]
    if len(holding) != 1:
        raise BadPicture(f"This picture holds {len(holding) or 'no'} credential(s), not one.")
    return _text(holding[0].content.removeprefix(KEYWORD))


def _text(content: bytes) -> str:
    """The text of an iTXt chunk behind its keyword, its language and its translated keyword."""
    if content[:3] != PLAIN[:3]:
        raise BadPicture("The credential in this picture is compressed, which is not allowed.")
    parts = content[3:].split(b"\0", 2)
    try:
        return parts[2].decode()
    except (IndexError, UnicodeDecodeError) as fault:
        raise BadPicture("The credential in this picture is damaged.") from fault


def _chunks(picture: bytes) -> Iterator[Chunk]:
    """All chunks, from IHDR to IEND, each with a checksum that fits."""
    at, kind = len(SIGNATURE), b""
    while at < len(picture):
        if kind == b"IEND":
            raise BadPicture("Something comes after the end of this PNG picture.")
        chunk = _chunk(picture, at)
        if (at == len(SIGNATURE)) != (chunk.kind == b"IHDR"):
            raise BadPicture("This PNG picture does not begin as one.")
        yield chunk
        at, kind = at + 12 + len(chunk.content), chunk.kind
    if kind != b"IEND":
        raise BadPicture("This PNG picture has no end.")


def _chunk(picture: bytes, at: int) -> Chunk:
    if len(picture) < at + 12:
        raise BadPicture("This PNG picture is cut off.")
    length = int.from_bytes(picture[at : at + 4], "big")
    end = at + 8 + length
    kind, content = picture[at + 4 : at + 8], picture[at + 8 : end]
    if picture[end : end + 4] != _number(zlib.crc32(kind + content)):
        raise BadPicture("This PNG picture is damaged or cut off.")
    return Chunk(kind, content)


def _number(number: int) -> bytes:
    return struct.pack(">I", number)
