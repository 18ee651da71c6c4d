"""Which language “Polski (pl)”, “Polski”, “Polish” or “pl” is."""

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError

_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{4})?(?:-[A-Z]{2}|-\d{3})?")
_IN_BRACKETS = re.compile(r".*\(\s*(?P<code>[^()\s]+)\s*\)\s*")


def language_code(name: str) -> str:
    """The code of a language; empty when the name does not say it."""
    bracketed = _IN_BRACKETS.fullmatch(name)
    written = bracketed["code"] if bracketed else name.strip()
    code = written.replace("_", "-")
    if _CODE.fullmatch(code) and code.partition("-")[0] in _known():
        return code
    return "" if bracketed else _names().get(written.casefold(), "")


def language_heading(code: str) -> str:
    """The name for a heading: “Polski (pl)”."""
    return f"{own_name(code)} ({code})"


def own_name(code: str) -> str:
    """What a language calls itself: “Polski”."""
    if code in BESIDE:
        return BESIDE[code][0]
    try:
        own = Locale.parse(code.replace("-", "_")).language_name
    except (UnknownLocaleError, ValueError):
        own = None
    return (own or code).title()


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset([*map(str, Locale("en").languages), *BESIDE])


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Names in English, then own names of the larger languages."""
    english = {str(name).casefold(): str(code) for code, name in Locale("en").languages.items()}
    found = {name: code for name, code in english.items() if _CODE.fullmatch(code)}
    for code in OWN_NAMES:
        own = Locale.parse(code).language_name
        if own:
            found[own.casefold()] = code
    for code, names in BESIDE.items():
        found |= dict.fromkeys((name.casefold() for name in names), code)
    return found


OWN_NAMES = (
    "ar", "be", "bs", "cs", "de", "es", "fa", "fr", "it", "ka", "ku", "nl", "pl", "ps", "pt",
    "ro", "ru", "sk", "so", "sq", "sv", "ti", "tr", "uk", "ur", "vi",
)  # fmt: skip

BESIDE = {"prs": ("دری", "Dari")}
"""Languages with a code of their own that Babel counts to another."""
