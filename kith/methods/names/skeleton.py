"""Where Arabic and Latin spellings of a name meet, though Arabic writes no short vowels.

written(word)      of an Arabic-script word: what is written, one letter a sound, long vowels too:
                   محمد `mhmd`, محمود `mhmwd`
could_write(word)  of a Latin or Cyrillic word: the ways Arabic script could write it; each short
                   vowel is written or not: Mohammed `mhmd`, `mwhmd` …; Mahmoud `mhmwd` …
consonants(word)   of a Latin or Cyrillic word: the consonants alone; what an Arabic query asks for
                   is `consonants_of_arabic(word)`

The alphabet is one of its own: x is sh, q is th, v is dh/z/d, j is j, w and y and a are the long
vowels u, i, a.
"""

import re
from functools import lru_cache
from itertools import product

from kith.methods.names.folding import without_article
from kith.methods.names.romanize import romanize

MOST_FORMS = 64

_ARABIC = {
    "ا": "a", "أ": "a", "إ": "a", "آ": "a", "ٱ": "a", "ب": "b", "پ": "b", "ت": "t", "ة": "",
    "ث": "q", "ج": "j", "چ": "c", "ح": "h", "خ": "h", "د": "d", "ذ": "v", "ر": "r", "ز": "z",
    "ژ": "z", "س": "s", "ش": "x", "ص": "s", "ض": "v", "ط": "t", "ظ": "v", "ع": "", "غ": "g",
    "ف": "f", "ڤ": "f", "ق": "k", "ک": "k", "ك": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n",
    "ه": "h", "ھ": "h", "ہ": "h", "ۀ": "", "و": "w", "ؤ": "w", "ي": "y", "ی": "y", "ى": "a",
    "ئ": "y", "ء": "", "ۆ": "w", "ێ": "y", "ې": "y", "ڵ": "l", "ڕ": "r", "ە": "", "ښ": "x",
    "ٹ": "t", "ڈ": "d", "ڑ": "r", "ں": "n", "ے": "y", "ډ": "d", "ړ": "r", "ټ": "t", "ڼ": "n",
}  # fmt: skip

_LATIN_PARTS = re.compile(
    r"schtsch|szcz|tsch|tch|cz|ch|dsch|dzh|dj|sch|sh|sz|zh|kh|th|ph|gh|dh|ck|[a-z]"
)
_SOUNDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("cz", "tsch", "tch", "szcz", "schtsch"), ("c",)),
    **dict.fromkeys(("dsch", "dzh", "dj"), ("j",)),
    **dict.fromkeys(("sch", "sh", "sz"), ("x",)),
    "ch": ("h", "x", "c"), "zh": ("z",), "kh": ("h",), "th": ("q", "t"), "ph": ("f",),
    "gh": ("g",), "dh": ("v", "d"), "ck": ("k",), "b": ("b",), "c": ("k", "s", "j"),
    "d": ("d", "v"), "f": ("f",), "g": ("g", "j"), "h": ("h",), "j": ("j", "y"), "k": ("k",),
    "l": ("l",), "m": ("m",), "n": ("n",), "p": ("b",), "q": ("k",), "r": ("r",),
    "s": ("s", "q", "x"), "t": ("t", "q"), "v": ("w", "f"), "w": ("w",), "x": ("ks",),
    "z": ("z", "v"),
}  # fmt: skip
_VOWEL_LETTERS = {"a": "a", "e": "y", "i": "y", "o": "w", "u": "w", "y": "y"}
_VOWELS = re.compile(r"[aeiouy]+")
_LATIN_ALONE = {"q": "t", "v": "d"}
_LATIN_OF_ARABIC = {"v": ("z", "d"), "q": ("t", "s"), "j": ("j", "g")}


@lru_cache(maxsize=16384)
def written(word: str) -> str:
    """What an Arabic-script word writes, without the article and a silent last h."""
    letters = "".join(_ARABIC.get(letter, "") for letter in without_article(word))
    letters = re.sub(r"(.)\1+", r"\1", letters)
    return letters[:-1] if len(letters) > 2 and letters.endswith("h") else letters


@lru_cache(maxsize=16384)
def could_write(word: str) -> tuple[str, ...]:
    """The forms `written` may take for a Latin or Cyrillic word; at most 64, likeliest first."""
    ways: list[tuple[str, ...]] = []
    for start, part in _parts(_plain(word)):
        vowels = _vowel_ways(part, first=start == 0) if _is_vowel(part) else ()
        ways.append(vowels or _SOUNDS[part])
    forms = {re.sub(r"(.)\1+", r"\1", "".join(form)): None for form in _products(ways)}
    return tuple(form for form in forms if form)


def consonants(word: str) -> str:
    """The consonants of a Latin or Cyrillic word, first reading only; y and w count when first."""
    parts = _parts(_plain(word))
    return _squeezed("".join(_consonant(part, first=start == 0) for start, part in parts))


def consonants_of_arabic(word: str) -> tuple[str, ...]:
    """What `consonants` may be for the Latin spelling of an Arabic-script word."""
    letters = written(word)
    bare = letters[:1].replace("a", "") + re.sub("[awy]", "", letters[1:])
    ways: list[tuple[str, ...]] = [_LATIN_OF_ARABIC.get(letter, (letter,)) for letter in bare]
    return tuple(dict.fromkeys(_squeezed("".join(form)) for form in _products(ways)))


def _plain(word: str) -> str:
    word = romanize(word)
    return word[:-1] if re.search(r"[aeiou]h$", word) else word


def _parts(word: str) -> list[tuple[int, str]]:
    """Consonants and vowel groups with where they begin; other signs are skipped."""
    parts: list[tuple[int, str]] = []
    at = 0
    while at < len(word):
        found = _VOWELS.match(word, at) or _LATIN_PARTS.match(word, at)
        text = found.group() if found else word[at]
        if found:
            parts.append((at, text))
        at += len(text)
    return parts


def _is_vowel(part: str) -> bool:
    return part[0] in "aeiouy"


def _vowel_ways(part: str, *, first: bool) -> tuple[str, ...]:
    """One vowel may be left out; of two in a row (ou, ee, ai) something is always written."""
    letters = [_VOWEL_LETTERS[letter] for letter in part]
    if len(letters) > 1:
        full = "".join(letters)
        kept = "".join(letter for letter in full if letter != "a") or full
        return (kept, full, "a" + full, letters[0]) if first else (kept, full, letters[-1])
    letter = letters[0]
    if not first:
        return ("", letter)
    return ("a", "") if letter == "a" else ("", "a", letter, "a" + letter)


def _consonant(part: str, *, first: bool) -> str:
    if _is_vowel(part):
        return "y" if first and part[0] == "y" else ""
    sound = _LATIN_ALONE.get(_SOUNDS[part][0], _SOUNDS[part][0])
    return "" if sound == "w" and not first else sound


def _products(ways: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Every way through, or fewer alternatives late in the word when that would be too many."""
    count = 1
    limited: list[tuple[str, ...]] = []
    for options in ways:
        kept = options if count * len(options) <= MOST_FORMS else options[:1]
        limited.append(kept)
        count *= len(kept)
    return list(product(*limited))


def _squeezed(letters: str) -> str:
    return re.sub(r"(.)\1+", r"\1", letters)
