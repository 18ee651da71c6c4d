"""Which encoding a CSV file is in. No list says so itself, so the letters have to."""

import codecs
import re
from itertools import pairwise

SAMPLE_BYTES = 200_000

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Code page -> the letters that its languages really use; earlier pages win when equal.
_CANDIDATES: dict[str, str] = {
    "cp1250": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻäöüßÄÖÜáéíóőúűěščřžýůďťňľđ–—„”’…",
    "iso8859-2": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻäöüßÄÖÜáéíóőúűěščřžýůďťňľđ",
    "cp1251": "".join(map(chr, range(0x410, 0x450))) + "іїєґІЇЄҐёЁўЎ–—«»№’",
    "cp1252": "äöüßÄÖÜàáâãåæçèéêëìíîïñòóôõøùúûÿœÉÀÇÑØÅÆ–—„”’…",
    "cp1254": "çğışöüÇĞİŞÖÜâîû–—’",
    "cp1256": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگ،؛؟ک",
    "koi8-u": "".join(map(chr, range(0x410, 0x450))) + "іїєґІЇЄҐ",
    "cp852": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻäöüßÄÖÜ",
    "cp866": "".join(map(chr, range(0x410, 0x450))),
    "iso8859-9": "çğışöüÇĞİŞÖÜ",
}
_WORD = re.compile(r"[^\W\d_]+")
_UNLIKELY = re.compile("[\x80-\x9f\ufffd¤¦§¨¬±¶¸¹²³¼½¾×÷□-▿╀-╿]")


def decode(content: bytes) -> tuple[str, str]:
    """The text of a file and the encoding it was read with. Never fails: unread bytes become �."""
    encoding = guess_encoding(content)
    text = content.decode(encoding, errors="replace")
    return text.removeprefix("\ufeff").replace("\x00", ""), encoding


def guess_encoding(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    if wide := _utf16_without_mark(content[:4096]):
        return wide
    if _is_utf8(content):
        return "utf-8"
    sample = content[:SAMPLE_BYTES]
    scores = {page: _score(sample, page, letters) for page, letters in _CANDIDATES.items()}
    return max(scores, key=lambda page: scores[page])


def _utf16_without_mark(sample: bytes) -> str:
    """Latin text in UTF-16 has a zero in every second byte; text holds no zero otherwise."""
    if sample.count(0) * 4 < len(sample) or len(sample) < 4:
        return ""
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _score(sample: bytes, page: str, letters: str) -> float:
    """How much the text looks like words: usual letters count for, oddities against the page."""
    text = sample.decode(page, errors="replace")
    foreign = [sign for sign in text if not sign.isascii()]
    usual = sum(2 for sign in foreign if sign in letters)
    odd = 6 * len(_UNLIKELY.findall(text)) + 8 * sum(sign == "\ufffd" for sign in foreign)
    strange = sum(1 for sign in foreign if sign not in letters)
    return usual - odd - strange - 4 * sum(map(_is_mixed, _WORD.findall(text)))


def _is_mixed(word: str) -> bool:
    """A word of two scripts, or with a capital after a small letter that is no ASCII letter."""
    if word.isascii():
        return False
    scripts = {_script(letter) for letter in word}
    inner = any(
        late.isupper() and not late.isascii() and early.islower() for early, late in pairwise(word)
    )
    return len(scripts) > 1 or inner


def _script(letter: str) -> str:
    if "\u0400" <= letter <= "\u052f":
        return "cyrillic"
    return "arabic" if "\u0600" <= letter <= "\u06ff" else "latin"
