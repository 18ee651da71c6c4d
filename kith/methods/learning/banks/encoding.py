"""Which encoding a file of questions is in."""

import codecs
import re
from dataclasses import dataclass

from kith.methods.learning.banks.notes import Notes

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ALPHABETS = {
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćžšđ", "ăâîşţ"),
    "iso8859-2": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćžšđ"),
    "cp1252": ("äöüß", "àâçèéêëîïôùûüÿœæ", "áéíñóúü¿¡", "àèéìíòóù", "ãáâàçéêíóôõú", "åäöæøé"),
    "cp1251": ("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґў",),
}
"""Encoding -> the letters beyond ASCII of each language; earlier ones win when equal."""
NEUTRAL = "–—„”“’‘«»…№§°€•\xa0"
TWO_SCRIPTS = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
SAMPLE = 100_000
NAMES = {"cp1250": "windows-1250", "cp1251": "windows-1251", "cp1252": "windows-1252",
         "iso8859-2": "iso-8859-2", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}  # fmt: skip
LOST = "\ufffd"
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._\-]{1,40})["']""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str


def decoded(content: bytes, notes: Notes) -> Decoded:
    """The text of a file and what it was read as. Never fails: lost bytes become � and a note."""
    return _in(content, _guess(content), notes)


def decoded_xml(content: bytes, notes: Notes) -> Decoded:
    """The same for XML, whose own word on its encoding counts, without that word."""
    found = _as_declared(content, notes) or decoded(content, notes)
    return Decoded(_DECLARATION.sub("", found.text, count=1), found.encoding)


def _as_declared(content: bytes, notes: Notes) -> Decoded | None:
    said = _DECLARED.match(content[:400])
    if said is None or _mark(content):
        return None
    declared = said[1].decode("ascii")
    try:
        encoding = codecs.lookup(declared).name
        text = content.decode(encoding)
    except (LookupError, UnicodeError):
        notes.add("encoding_declared_wrong", declared=declared, encoding=_name(_guess(content)))
        return None
    return Decoded(text, _name(encoding))


def _in(content: bytes, encoding: str, notes: Notes) -> Decoded:
    text = content.decode(encoding, errors="replace").removeprefix("\ufeff")
    lost = text.count(LOST)
    if lost and encoding != "utf-8":
        notes.add("signs_lost", count=lost)
    name = _name(encoding)
    if name != "utf-8":
        notes.add("encoding", encoding=name)
    return Decoded(text.replace("\0", ""), name)


def _guess(content: bytes) -> str:
    return _mark(content) or _wide(content[:4096]) or _utf8(content) or _old_page(content)


def _mark(content: bytes) -> str:
    return next((name for mark, name in MARKS if content.startswith(mark)), "")


def _wide(sample: bytes) -> str:
    """Text in UTF-16 without a mark has a zero in every second byte; other text holds no zero."""
    if sample.count(0) * 4 < len(sample) or len(sample) < 4:
        return ""
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"


def _utf8(content: bytes) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "utf-8"


def _old_page(content: bytes) -> str:
    sample = content[:SAMPLE]
    return max(ALPHABETS, key=lambda page: _likeness(sample, page))


def _likeness(sample: bytes, page: str) -> float:
    """How much the letters are those of one language, not of several at once."""
    text = sample.decode(page, errors="replace")
    foreign = [sign for sign in text if not sign.isascii()]
    letters = [sign.lower() for sign in foreign if sign not in NEUTRAL]
    usual = max(sum(one in known or -2 for one in letters) for known in ALPHABETS[page])
    return usual - 4 * len(TWO_SCRIPTS.findall(text))


def _name(encoding: str) -> str:
    return NAMES.get(encoding, encoding)
