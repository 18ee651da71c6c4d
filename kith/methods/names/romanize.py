"""Names in Cyrillic, Arabic and accented Latin script as plain Latin letters, sound by sound.

The letters follow what people write on forms, not one standard. What is lost on purpose: accents,
soft signs, short vowels that Arabic script does not write, ayn and hamza.
"""

import re
import unicodedata
from functools import lru_cache

_LATIN = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i",
    "ə": "e", "ŋ": "n", "č": "cz", "ć": "cz", "ç": "cz", "š": "s", "ś": "s", "ş": "s", "ș": "s",
    "ž": "z", "ź": "z", "ż": "z", "ħ": "h",
}  # fmt: skip

# Ukrainian, Russian, Belarusian, Bulgarian, Serbian, and letters of Central Asia.
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "ђ": "dzh", "ѓ": "g", "е": "ie",
    "є": "ie", "ё": "io", "ж": "zh", "з": "z", "ѕ": "z", "и": "y", "і": "i", "ї": "i", "й": "i",
    "ј": "i", "к": "k", "ќ": "k", "л": "l", "љ": "li", "м": "m", "н": "n", "њ": "ni", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "cz", "у": "u", "ў": "u", "ф": "f", "х": "kh",
    "ц": "ts", "ч": "cz", "џ": "dzh", "ш": "sh", "щ": "szcz", "ъ": "", "ы": "y", "ь": "", "э": "e",
    "ю": "iu", "я": "ia", "қ": "k", "ғ": "g", "ҳ": "h", "һ": "h", "ү": "u", "ұ": "u", "ө": "o",
    "ә": "a", "ң": "n", "ӣ": "i", "ӯ": "u", "ҷ": "dzh", "җ": "dzh", "ѐ": "ie", "ѝ": "y",
}  # fmt: skip

_ARABIC = {
    "ا": "a", "أ": "a", "إ": "a", "آ": "a", "ٱ": "a", "ب": "b", "پ": "p", "ت": "t", "ة": "a",
    "ث": "th", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z",
    "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "gh",
    "ف": "f", "ڤ": "v", "ق": "q", "ک": "k", "ك": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n",
    "ه": "h", "ھ": "h", "ہ": "h", "ۀ": "h", "و": "u", "ؤ": "u", "ي": "i", "ی": "i", "ى": "a",
    "ئ": "i", "ء": "", "ڈ": "d", "ٹ": "t", "ڑ": "r", "ں": "n", "ے": "i", "ښ": "sh", "ځ": "z",
    "څ": "ts", "ډ": "d", "ړ": "r", "ټ": "t", "ڼ": "n", "ې": "i", "ۍ": "i", "ګ": "g", "ێ": "i",
    "ۆ": "o", "ڵ": "l", "ڕ": "r", "ە": "a",
}  # fmt: skip

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʹʿʾʻ`´ʽˈ＇′"))
_INVISIBLE = dict.fromkeys([0x640, 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0xFEFF])
_LETTERS = str.maketrans({**_LATIN, **_CYRILLIC, **_ARABIC})
_ARABIC_LETTER = re.compile("[\u0621-\u064a\u066e-\u06d3\u06d5\u0750-\u077f]")
_NOT_A_WORD = re.compile(r"[\W_]+")


def words(text: str) -> list[str]:
    """The words of a text in lower case, script unchanged; vowel marks of Arabic are gone."""
    return list(_words(text))


@lru_cache(maxsize=65536)
def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in _NOT_A_WORD.split(lowered(text)) if word)


def lowered(text: str) -> str:
    """Lower case, one form for each letter, without apostrophes and invisible signs."""
    text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_APOSTROPHES)
    text = unicodedata.normalize("NFC", text.casefold().replace("i\u0307", "i"))
    return "".join(sign for sign in text if unicodedata.category(sign) != "Mn")


def is_arabic(word: str) -> bool:
    return _ARABIC_LETTER.search(word) is not None


def romanize(word: str) -> str:
    """A lower-case word in Latin letters a-z; letters of other scripts stay as they are."""
    word = word.replace("dż", "dzh").replace("dž", "dzh")
    return without_accents(word.translate(_LETTERS))


def without_accents(word: str) -> str:
    apart = unicodedata.normalize("NFD", word)
    return unicodedata.normalize(
        "NFC", "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")
    )
