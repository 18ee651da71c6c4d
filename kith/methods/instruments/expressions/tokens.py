"""Signs and words of an expression, as section 3.7 of XPath 1.0 cuts them."""

import re
from dataclasses import dataclass

from kith.methods.instruments.expressions.faults import ExpressionFault

LONGEST = 10_000
"""Characters of one expression; longer ones are refused."""

NAME = r"[^\W\d][\w.\-]*"
NAME_PATTERN = re.compile(NAME)
"""What a question may be called, so that ${name} finds it."""
_PATTERN = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<text>"[^"]*"|'[^']*')
    | (?P<reference>\$\{{\s*{NAME}\s*\}})
    | (?P<name>{NAME}(?::{NAME})?)
    | (?P<sign>\.\.|!=|<=|>=|[().,=<>+\-*])
    | (?P<path>[/@|\[\]])
    """,
    re.VERBOSE,
)
WORDS = frozenset({"and", "or", "div", "mod"})
SIGNS = frozenset({"=", "!=", "<", "<=", ">", ">=", "+", "-", "*"})


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    """number, text, reference, name, operator, sign or end"""
    text: str
    at: int
    """Characters before it."""


def cut(text: str) -> list[Token]:
    """The tokens of an expression, with an end. Raises ExpressionFault."""
    if len(text) > LONGEST:
        raise ExpressionFault("expression_too_long", limit=LONGEST)
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _PATTERN.match(text, at)
        if match is None:
            raise ExpressionFault("expression_unreadable", part=text[at : at + 20])
        if match.lastgroup != "space":
            found.append(_token(match, found))
        at = match.end()
    return [*found, Token("end", "", at)]


def _token(match: re.Match[str], before: list[Token]) -> Token:
    kind, written = str(match.lastgroup), match.group()
    if kind == "path":
        raise ExpressionFault("path_unsupported", part=match.string[match.start() :][:20])
    if kind == "reference":
        return Token(kind, written[2:-1].strip(), match.start())
    operator = written in SIGNS or (written in WORDS and _after_a_value(before))
    return Token("operator" if operator else kind, written, match.start())


def _after_a_value(before: list[Token]) -> bool:
    """Whether a value stands before: then a word such as div is an operator, not a name."""
    if not before or before[-1].kind == "operator":
        return False
    return before[-1].text not in {"(", ","}
