"""The fonts of papers, and which letters they have.

A file that claims PDF/UA may hold no letter without a shape, so Typst refuses it. What people write
holds everything: what no font has is shown as one honest sign, and what steers the direction of
other people's words is left out.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path
from typing import Literal

import typst
from django.contrib.staticfiles import finders

FIRST_FONT = "web/vendor/paper/NotoSans-Regular.ttf"
# In this order Typst looks for a letter.
FAMILIES = (
    "Noto Sans",
    # Noto for Arabic draws dots as letters of their own: what a screen reader finds is garbled.
    "Vazirmatn",
    "Noto Sans Arabic",
    "Noto Sans Ethiopic",
    "Noto Sans Armenian",
    "Noto Sans Bengali",
    "Noto Sans Georgian",
    "Noto Sans Hebrew",
    "Noto Sans Myanmar",
    "Noto Sans Tamil",
    "Noto Emoji",
)
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
BREAKS = {"\r\n": "\n", "\r": "\n", "\v": "\n", "\f": "\n", "\u2028": "\n", "\u2029": "\n\n"}
# Joiners shape Persian and Bengali; marks and isolates of direction are closed with their line.
INVISIBLE = frozenset("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069")
SHAPELESS = {"Cc", "Cf", "Cs", "Co", "Cn"}


class FontsMissing(Exception):
    """The fonts of papers were not brought: run `make setup`."""


def fonts_folder() -> Path:
    """Where the fonts of papers lie. Raises FontsMissing."""
    found = finders.find(FIRST_FONT)
    if not found:
        raise FontsMissing(FIRST_FONT)
    return Path(found).parent


@cache
def fonts() -> typst.Fonts:
    """Kith's own fonts and no others, so that a paper looks the same on every machine."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts_folder()]
    )


def printable(text: str) -> str:
    """The text with only such letters as papers can show."""
    for sign, instead in BREAKS.items():
        text = text.replace(sign, instead)
    normal = unicodedata.normalize("NFC", text.replace("\t", " "))
    return "".join(_shown(letter) for letter in normal)


def _shown(letter: str) -> str:
    if letter == "\n" or letter in INVISIBLE:
        return letter
    if unicodedata.category(letter) in SHAPELESS or unicodedata.name(letter, "").startswith(
        "VARIATION SELECTOR"
    ):
        return ""
    return letter if ord(letter) in _letters() else UNKNOWN


def direction(text: str, otherwise: Literal["ltr", "rtl"]) -> Literal["ltr", "rtl"]:
    """The way a text runs, by its first letter that has a way."""
    for letter in text:
        way = unicodedata.bidirectional(letter)
        if way in {"L", "R", "AL"}:
            return "ltr" if way == "L" else "rtl"
    return otherwise


@cache
def _letters() -> frozenset[int]:
    found: set[int] = set()
    for file in sorted(fonts_folder().glob("*-Regular.ttf")):
        found |= letters_of(file.read_bytes())
    return frozenset(found)


def letters_of(font: bytes) -> set[int]:
    """The code points a font has a shape for, from its `cmap` table.

    source  OpenType specification, cmap, formats 4 and 12
    """
    (tables,) = struct.unpack_from(">H", font, 4)
    for number in range(tables):
        tag, _sum, start, _length = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == b"cmap":
            return _letters_of_map(font, start)
    return set()


def _letters_of_map(font: bytes, start: int) -> set[int]:
    found: set[int] = set()
    (count,) = struct.unpack_from(">H", font, start + 2)
    for number in range(count):
        (offset,) = struct.unpack_from(">I", font, start + 4 + 8 * number + 4)
        (kind,) = struct.unpack_from(">H", font, start + offset)
        if kind == 4:
            found |= _short_map(font, start + offset)
        elif kind == 12:
            found |= _long_map(font, start + offset)
    return found


def _short_map(font: bytes, start: int) -> set[int]:
    (double,) = struct.unpack_from(">H", font, start + 6)
    row = f">{double // 2}H"
    ends = struct.unpack_from(row, font, start + 14)
    firsts = struct.unpack_from(row, font, start + 16 + double)
    pairs = zip(firsts, ends, strict=True)
    return {code for first, last in pairs if first != 0xFFFF for code in range(first, last + 1)}


def _long_map(font: bytes, start: int) -> set[int]:
    (groups,) = struct.unpack_from(">I", font, start + 12)
    found: set[int] = set()
    for number in range(groups):
        first, last, _glyph = struct.unpack_from(">III", font, start + 16 + 12 * number)
        found |= set(range(first, last + 1))
    return found
