"""Patterns of regex(): only what Python and browsers understand alike, and their browser form."""

import re
from collections.abc import Iterator
from functools import lru_cache

LONGEST_TEXT = 1_000
"""Characters of an answer that a pattern is tried on; longer answers do not fit any pattern."""

SPACE = r" \t\n\r\f\v"
"""What \\s means in both; browsers alone would count more signs."""
SYNTAX = frozenset("^$\\.*+?()[]{}|/")
KEPT = frozenset("dDwWbBtnrfv")
QUANTIFIER = re.compile(r"\{\d+(?:,\d*)?\}", re.ASCII)
UNICODE = re.compile(r"\\u[0-9a-fA-F]{4}")
# A repeated group with a repetition inside can take years on a short text: (a+)+b.
_ENDLESS = re.compile(r"\((?:[^()\\]|\\.)*[+*}](?:[^()\\]|\\.)*\)(?:[+*]|\{\d+,)")


class _Unlike(Exception):
    """A part that the two do not read alike."""


def pattern_fault(pattern: str) -> str:
    """The part of a pattern that cannot be used; empty when all of it can."""
    if endless := _ENDLESS.search(pattern):
        return endless.group()
    try:
        for_browser(pattern)
        re.compile(pattern)
    except _Unlike as unlike:
        return str(unlike)
    except re.error:
        return pattern[:40]
    return ""


def for_browser(pattern: str) -> str:
    """The same pattern for a RegExp with the flag u. Raises an error for what has no such form."""
    return "".join(_Walk(pattern).parts())


class _Walk:
    """Goes through a pattern sign by sign."""

    def __init__(self, pattern: str) -> None:
        self.pattern, self.at = pattern, 0
        self.in_class = False

    def parts(self) -> Iterator[str]:
        while self.at < len(self.pattern):
            yield self._class() if self.in_class else self._outside()

    def _take(self, size: int = 1) -> str:
        taken = self.pattern[self.at : self.at + size]
        self.at += size
        return taken

    def _outside(self) -> str:
        sign = self._take()
        if sign == "\\":
            return self._escaped()
        if sign == "[":
            return self._open()
        if sign == "(":
            return self._group()
        if sign == "{":
            return self._number()
        if sign in "]}":
            raise _Unlike(sign)
        if sign in "*+?":
            return self._repeated(sign)
        return {".": r"[^\n]", "$": r"(?=\n?$)"}.get(sign, sign)

    def _repeated(self, sign: str) -> str:
        """What repeats may be lazy, a?; a++ and a*+ are known to one of the two only."""
        if self.pattern[self.at : self.at + 1] == "+":
            raise _Unlike(sign + "+")
        return sign

    def _group(self) -> str:
        if self.pattern[self.at : self.at + 1] != "?":
            return "("
        opening = self._take(2)
        if opening[1:] not in {":", "=", "!"}:
            raise _Unlike("(?")
        return "(" + opening

    def _number(self) -> str:
        found = QUANTIFIER.match(self.pattern, self.at - 1)
        if found is None:
            raise _Unlike(self.pattern[self.at - 1 : self.at + 1])
        self.at = found.end()
        return found.group() if self.pattern[self.at : self.at + 1] != "+" else self._refuse("}+")

    def _open(self) -> str:
        self.in_class = True
        opening = "[^" if self.pattern[self.at : self.at + 1] == "^" else "["
        self.at += len(opening) - 1
        if self.pattern[self.at : self.at + 1] == "]":
            raise _Unlike("[]")
        return opening

    def _class(self) -> str:
        sign = self._take()
        if sign == "\\":
            return self._escaped()
        if sign == "[":
            raise _Unlike("[[")
        if sign in "&~|" and self.pattern[self.at : self.at + 1] == sign:
            raise _Unlike(sign * 2)
        self.in_class = sign != "]"
        return sign

    def _escaped(self) -> str:
        sign = self._take()
        if sign == "s":
            return SPACE if self.in_class else f"[{SPACE}]"
        if sign == "S" and not self.in_class:
            return f"[^{SPACE}]"
        if sign == "u" and UNICODE.match(self.pattern, self.at - 2):
            return "\\u" + self._take(4)
        if sign in KEPT or sign in SYNTAX or (sign == "-" and self.in_class):
            return "\\" + sign
        if not sign or sign.isalnum():
            raise _Unlike("\\" + sign)
        return sign

    def _refuse(self, part: str) -> str:
        raise _Unlike(part)


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    # In browsers \\d and \\w know Latin letters and digits only.
    return None if pattern_fault(pattern) else re.compile(pattern, re.ASCII)


def fits(text: str, pattern: str) -> bool:
    """Whether the whole text fits."""
    compiled = _compiled(pattern)
    return compiled is not None and len(text) <= LONGEST_TEXT and bool(compiled.fullmatch(text))
