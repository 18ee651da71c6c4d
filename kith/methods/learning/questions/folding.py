"""Typed answers, so that what does not matter makes no difference."""

import re
import unicodedata
from functools import lru_cache

LONGEST = 2_000
_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "ى": "ي", "ة": "ه", "ـ": None,
     "’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-"}
)  # fmt: skip


def folded(text: str) -> str:
    """Without capitals, accents, marks of Arabic vowels, and spaces that are more than one."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(letters.translate(_LETTERS).split())


def as_typed(text: str) -> str:
    """Only with the spaces put in order: for answers where capitals matter."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fits(answer: str, pattern: str, *, case: bool) -> bool:
    r"""Whether an answer is the accepted one, where `*` is any letters and `\*` the sign itself."""
    if len(answer) > LONGEST:
        return False
    fold = as_typed if case else folded
    return _fits(fold(answer), tuple(fold(part) for part in parts_of(pattern)))


def _fits(answer: str, parts: tuple[str, ...]) -> bool:
    # By hand, not by a regular expression: many stars must not cost more than their number.
    if len(parts) == 1:
        return answer == parts[0]
    first, *middle, last = parts
    if not (answer.startswith(first) and answer.endswith(last)):
        return False
    at, end = len(first), len(answer) - len(last)
    for part in middle:
        found = answer.find(part, at, max(end, at))
        if found < 0:
            return False
        at = found + len(part)
    return at <= end


@lru_cache(maxsize=1024)
def parts_of(pattern: str) -> tuple[str, ...]:
    r"""The texts between the stars of a pattern; one when there is no star."""
    found = re.split(r"(?<!\\)\*", pattern)
    return tuple(part.replace(r"\*", "*") for part in found)


def as_pattern(text: str) -> str:
    """A text as a pattern that only this text fits."""
    return text.replace("*", r"\*")
