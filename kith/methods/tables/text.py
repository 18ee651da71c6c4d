"""Plain forms of written text, so that words from lists can be compared."""

import datetime as dt
import re
import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys([0x640, 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0xFEFF])
_SAME = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "أ": "ا", "إ": "ا", "آ": "ا",
                       "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "’": "'", "ʼ": "'", "`": "'",
                       "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "ё": "е"})  # fmt: skip
_SPACES = re.compile(r"\s+")

# What people write into a cell to say that there is nothing; one entry between semicolons.
NOTHING = """
-; --; ---; ----; .; ..; ...; /; x?; ?; ??; ???; _; __; #; n/a; na; n.a.; none; nil; null; no data;
nothing; unknown; not known; not given; brak; brak danych; b/d; bd; b.d.; nd; n/d; nie ma; nieznany;
nieznana; nieznane; nie wiadomo; nie podano; puste; keine; keins; keiner; unbekannt; k.a.;
keine angabe; keine angaben; nicht bekannt; entfällt; немає; нема; невідомо; нет; неизвестно;
لا يوجد; غير معروف
"""


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Lower case without accents, vowel marks and double spaces; digits of all scripts as 0-9."""
    text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).casefold().translate(_SAME)
    apart = (sign for sign in unicodedata.normalize("NFD", text))
    kept = (_digit(sign) for sign in apart if unicodedata.category(sign) != "Mn")
    return _SPACES.sub(" ", unicodedata.normalize("NFC", "".join(kept)).translate(_SAME)).strip()


def clean(text: str) -> str:
    """The text as written, without spaces around it, invisible signs and doubled spaces."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    lines = unicodedata.normalize("NFC", text).translate(_INVISIBLE).replace("\r", "\n").split("\n")
    tidy = (re.sub(r"[^\S\n]+", " ", _without_controls(line)).strip() for line in lines)
    return "\n".join(line for line in tidy if line)


@lru_cache(maxsize=4096)
def says_nothing(text: str) -> bool:
    """Whether a cell is empty or only says that there is nothing ("brak", "-", "n/a")."""
    word = plain(text).strip(" ()[]")
    return not word or word in _PLAIN_NOTHING or not re.search(r"\w", word)


def says_none(text: str) -> bool:
    """Whether a cell says that there is none of what it is for ("brak telefonu", "kein Handy")."""
    return says_nothing(text) or _NONE_OF.match(plain(text)) is not None


def words_of(text: str) -> list[str]:
    """The plain words of a text, in order."""
    return re.findall(r"[^\W_]+", plain(text))


def _digit(sign: str) -> str:
    return str(unicodedata.digit(sign)) if sign.isdigit() and not sign.isascii() else sign


def _without_controls(line: str) -> str:
    return "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in line)


_NONE_OF = re.compile(
    r"(?:brak|nie ma|nie posiada|bez|no|none|without|kein\w*|ohne|hat kein\w*|"
    r"немае|без|нет|ليس|بدون|لا)\b[^\d@]*$"
)
_PLAIN_NOTHING = frozenset(plain(text) for text in NOTHING.split(";"))


def shown(value: object) -> str:
    """A cell as text: dates as 2026-03-19, whole numbers without a point, the rest as written."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, float):
        return f"{value:.10g}"
    return clean(str(value))
