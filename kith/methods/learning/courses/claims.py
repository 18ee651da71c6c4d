"""Paragraphs that seem to state a fact: a figure, a year, a finding, a rule of law.

A measure of words, not of meaning: what it finds is for a person to look at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kith.methods.learning.courses.blocks import CITED, tokens_of

ALWAYS: dict[str, tuple[str, ...]] = {
    "": (r"\d+\s*%", r"(?:19|20)\d\d(?![\w-])"),
    "en": (
        r"\d+ per ?cent",
        r"found that",
        r"(?:article|directive|regulation)s? \(?(?:\d+|EU)",
        r"by law",
    ),
    "pl": (
        r"\d+ procent\w*",
        r"(?:artyku[łl]\w*|art\.|dyrektyw\w+|rozporządzeni\w+) \(?(?:\d+|UE)",
    ),
}
"""Language, or none for all -> signs of a fact, as regular expressions."""

WHO: dict[str, tuple[str, ...]] = {
    "en": (
        "study", "studies", "research", "researchers?", "surveys?", "trials?",
        "(?:a|the) report", "reports",
        "reviews?", "the law", "laws", "directives?", "regulations?", "articles?",
    ),
    "pl": (
        r"badani[aeou]\w*", r"badacz\w*", r"sonda[żz]\w*", r"przegląd\w*", r"raport\w*",
        r"ustaw[ay]", r"dyrektyw[ay]", r"rozporządzeni[ae]",
    ),
}  # fmt: skip
"""Language -> what facts are said of …"""

SAYS: dict[str, tuple[str, ...]] = {
    "en": (
        "says?", "said", "show(?:s|ed|n)?", "finds?", "found", "compared?", "suggest(?:s|ed)?",
        "conclude[sd]?", "protects?", "requires?", "forbids?", "allows?", "obliges?", "prohibits?",
        "supported by", "have no",
    ),
    "pl": (
        r"mówi(?:ą)?", r"pokazuj[eą]\w*", r"pokaza\w+", r"wykaza\w+", r"wykazuj\w+", r"stwierdz\w+",
        r"potwierdza\w*", r"porównuj\w+", r"porówna\w+", r"chroni\w*", r"wymaga\w*", r"zabrania\w*",
        r"zakazuj\w+", r"pozwala\w*", r"nakłada\w*",
    ),
}  # fmt: skip
"""… when one of these is said in the same sentence."""

NEAR = 120
"""Letters at most between the two."""

STORIES = ("container_example", "container_activity", "container_answer")
_SPOKEN = re.compile(r"[“„«»][^”“„«»]*[”“»«]|!\[[^\[\]]*\]\([^()]*\)")
_SENTENCES = re.compile(r"(?<=[.?!:;])(?<!\bart\.)\s+")


@dataclass(frozen=True, slots=True)
class Claim:
    """A paragraph or line of a table without source. line: in the text, from 0."""

    line: int
    sign: str
    text: str


def unsourced_claims(markdown: str, language: str) -> list[Claim]:
    """What seems to state a fact outside stories and activities and cites nothing."""
    found = []
    for line, text in _paragraphs(markdown):
        sign = "" if CITED.search(text) else sign_of_fact(text, language)
        if sign:
            found.append(Claim(line, sign, " ".join(text.split())))
    return found


def sign_of_fact(text: str, language: str) -> str:
    """The words that make a paragraph look like a fact; empty when it does not."""
    for sentence in _SENTENCES.split(_SPOKEN.sub(" ", text)):
        if sentence.endswith("?"):
            continue
        for pattern in _patterns(language):
            if sign := pattern.search(sentence):
                return " ".join(sign[0].split())
    return ""


@lru_cache(maxsize=64)
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    always = "|".join((*ALWAYS[""], *ALWAYS.get(language, ())))
    patterns = [rf"(?<!\w)(?:{always})"]
    if language in WHO:
        who, says = "|".join(WHO[language]), "|".join(SAYS[language])
        patterns.append(rf"\b(?:{who})\b(?:(?!\bmay\b)[^.?!]){{0,{NEAR}}}?\b(?:{says})\b")
    return tuple(re.compile(one, re.IGNORECASE) for one in patterns)


def _paragraphs(markdown: str) -> Iterator[tuple[int, str]]:
    """Line and text of each paragraph, point of a list and row of a table outside stories."""
    stories = 0
    row: list[str] | None = None
    for token in tokens_of(markdown):
        line = token.map[0] if token.map else 0
        if token.type.startswith(STORIES):
            stories += token.nesting
        elif token.type == "tr_open":
            row, row_line = [], line
        elif token.type == "tr_close" and row is not None:
            yield from [] if stories else [(row_line, " ".join(row))]
            row = None
        elif token.type == "inline" and row is not None:
            row.append(token.content)
        elif token.type == "inline" and not stories:
            yield line, token.content
