"""Patterns of regex(): only what Python and browsers understand alike."""

import re
from functools import lru_cache

LONGEST_TEXT = 1_000
"""Characters of an answer that a pattern is tried on; longer answers do not fit any pattern."""

# Each is either unknown to one of the two, or means something else there.
_APART = {
    r"\(\?(?![:=!])": "(?",
    r"\\(?![dDwWsSbBtnrfv0-9u.\\^$|?*+()\[\]{}/\-'\"&#@%,:;=<>!~_ ])": "\\",
    r"\\0": r"\0",
    r"[+*?}]\+": "++",
    r"\{,": "{,",
    r"(?<!\\)\[[^\]]*(?<!\\)\[": "[[",
    r"&&|~~|\|\|": "&&",
}
# A repeated group with a repetition inside can take years on a short text: (a+)+b.
_ENDLESS = re.compile(r"\((?:[^()\\]|\\.)*[+*}](?:[^()\\]|\\.)*\)(?:[+*]|\{\d+,)")


def pattern_fault(pattern: str) -> str:
    """The part of a pattern that cannot be used; empty when all of it can."""
    for sign, shown in _APART.items():
        if re.search(sign, pattern):
            return shown
    if endless := _ENDLESS.search(pattern):
        return endless.group()
    try:
        re.compile(pattern)
    except re.error:
        return pattern[:40]
    return ""


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    # In browsers \d and \w know Latin letters and digits only.
    return None if pattern_fault(pattern) else re.compile(pattern, re.ASCII)


def fits(text: str, pattern: str) -> bool:
    """Whether the whole text fits."""
    compiled = _compiled(pattern)
    return compiled is not None and len(text) <= LONGEST_TEXT and bool(compiled.fullmatch(text))
