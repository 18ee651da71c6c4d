"""One spelling for the spellings of one name, and the few other readings a word may have."""

import re
from collections.abc import Callable
from functools import lru_cache

from kith.methods.names.romanize import is_arabic, romanize, words
from kith.methods.names.spellings import GROUPS

MOST_VARIANTS = 8

_ABD = re.compile(r"^abd[aeou]?l(?=[a-z]{3})")
_SOUNDS = re.compile(
    r"schtsch|shch|szcz|tsch|tch|cz|ch|tz|ts|dsch|dzh|^dj|sch|sh|sz|zh|kh|th|ph|gh|dh|bh|rh"
    r"|ck(?=[iy]|a$)|ck|c(?=[eiy]|$)|c|x|w|q|[yj]"
)
_SOUND = {
    **dict.fromkeys(("schtsch", "shch", "szcz", "tsch", "tch", "cz", "ch", "tz", "ts"), "ch"),
    **dict.fromkeys(("dsch", "dzh", "dj", "y", "j"), "i"),
    **dict.fromkeys(("sch", "sh", "sz"), "s"),
    "zh": "z", "kh": "h", "th": "t", "ph": "f", "gh": "g", "dh": "d", "bh": "b", "rh": "r",
    "x": "ks", "w": "v", "q": "k",
}  # fmt: skip
_STEPS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"ou|oo", "u"),
        (r"ee", "i"),
        (r"([^c])\1+", r"\1"),
        (r"ie+", "e"),
        (r"([oe])f$", r"\1v"),
        (r"(?<=[aeiou])h$", ""),
    )
)

# Other readings of the same letters, tried one after the other on the romanized word.
_READINGS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"g(?!h)", "h"),  # Cyrillic г and Latin g: Bogdan, Bohdan
        (r"(?<![st])ch(?!c)", "kh"),  # Chojnacki, Хойнацький
        (r"c(?=[aou])", "cz"),  # Capek, Čapek
        (r"c(?=[eiy])", "s"),  # Cecilia, Sesilia
        (r"(?<=[a-z])c$", "k"),  # Eric, Erik
        (r"ck(?=[iy]|a$)", "k"),  # Becky, Beki
        (r"([uoa])e", r"\1"),  # Mueller, Müller
        (r"(?<=[bdfgklmnprstvz])[yji]o(?=[dlmnrt])", "e"),  # Fyodor, Fedor
        (r"rz", "zh"),  # Grzegorz, Гжегож
        (r"oo", "o"),  # Roose, Rose
    )
)


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """The common spelling of one lower-case word, in a-z (letters of other scripts stay)."""
    folded = _settle(romanize(word))
    return _STANDS_FOR.get(folded, folded)


@lru_cache(maxsize=16384)
def readings(word: str) -> tuple[str, ...]:
    """The common spelling of a lower-case word first, then up to seven other readings."""
    forms = [romanize(word), *_arabic_readings(word)]
    if "ó" in word:
        forms.append(romanize(word.replace("ó", "u")))
    for pattern, to in _READINGS:
        forms.extend([pattern.sub(to, form) for form in forms if pattern.search(form)])
        forms = forms[: MOST_VARIANTS * 2]
    folded = (_settle(form) for form in forms)
    unique = dict.fromkeys([fold_word(word), *(_STANDS_FOR.get(form, form) for form in folded)])
    return tuple(form for form in unique if form)[:MOST_VARIANTS]


def fold(text: str) -> str:
    """The common spelling of a name: words in a-z with one space between.

    Cyrillic (Ukrainian, Russian, Belarusian, Bulgarian) and Arabic script (Arabic, Persian,
    Kurdish, Pashto) become Latin; accents go; sz, sh, š, s are one letter, as are cz, ch, č, ts,
    and z, ż, zh; w is v, x is ks, q is k, y and j are i; doubled letters and silent h go. Names
    with many spellings (Mohammed, Yusuf) take one. Folding a folded name changes nothing.
    """
    folded = " ".join(filter(None, map(fold_word, words(text))))
    return folded if folded == text else fold(folded)


def without_article(word: str) -> str:
    """An Arabic-script word without the article ال, or the word itself."""
    return word[2:] if word.startswith("ال") and len(word) >= 5 else word


def _arabic_readings(word: str) -> list[str]:
    bare = without_article(word)
    return [romanize(bare)] if is_arabic(word) and bare != word else []


def _settle(word: str) -> str:
    """Apply the letter rules until nothing changes: after the first pass each one shortens."""
    before = ""
    while before != word:
        before = word
        word = _SOUNDS.sub(_sound, word)
        for pattern, to in _STEPS:
            word = pattern.sub(to, word)
        word = _ABD.sub("abdul", word)
    return "al" if word == "el" else word


def _sound(found: re.Match[str]) -> str:
    text = found.group()
    if text in _SOUND:
        return _SOUND[text]
    return _hard_or_soft(text, found)


def _hard_or_soft(text: str, found: re.Match[str]) -> str:
    follows = found.string[found.end() : found.end() + 1]
    soft = follows in {"", "e", "i", "y"}
    if text == "ck":
        return "chk" if follows and (soft or follows == "a") else "k"
    return "ch" if soft else "k"


def _stands_for(settle: Callable[[str], str]) -> dict[str, str]:
    table: dict[str, str] = {}
    for group in GROUPS:
        forms = [settle(romanize(word)) for spelling in group.split() for word in words(spelling)]
        table.update(dict.fromkeys(forms, forms[0]))
    return table


_STANDS_FOR: dict[str, str] = _stands_for(_settle)
