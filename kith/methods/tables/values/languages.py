"""Languages from free text, with a level: 1 a few words, 2 basic, 3 gets by, 4 fluent, 5 native.

A language without a level counts as 3: whoever wrote it down thought it of use. European levels:
A1 1, A2 2, B1 3, B2 and C1 4, C2 5; of two ("A2/B1") the lower. A level is never raised by a guess
about a first language: a list does not say it, and the person can be asked.

Codes are ISO 639: two letters where there are two, else three (Dari prs, Sorani ckb).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from babel import Locale

from kith.methods.tables.remarks import Remark, remark
from kith.methods.tables.table import Value
from kith.methods.tables.text import plain, says_nothing
from kith.methods.tables.values.language_words import FILLER, LEVELS, SHORT_FORMS, STEMS

Skills = tuple[tuple[str, int], ...]

UNSTATED_LEVEL = 3
NAME_LOCALES = ("en", "pl", "de", "uk", "ru", "ar", "fr", "es", "fa", "tr")

# Beginnings of words; what stands first for a code is not longer than needed to be sure.

_VERY = re.compile(r"\b(?:bardzo|very|sehr|дуже|очень)\s+(?:dobr\w*|good|gut|добре|хорошо)|جيد جدا")
_TOO_LITTLE = re.compile(r"\b(?:bardzo|very|sehr|дуже|очень)\s+(?:slab\w*|little|wenig|слабо|мало)")
_NONE = re.compile(r"\b(?:nie zna|nie mowi|brak|no|none|kein|keine|не знає|не володіє|не знает)\b")
_SPLIT = re.compile(r"[,;/+&\n|•·،؛]|\b(?:i|oraz|and|und|та|и|a także|also|sowie)\b|(?<=\s)و")
_STEP = re.compile(r"\b([abc][012])\s*[-/+]\s*([abc][012])?")
_FILLER = frozenset(FILLER.split())


def read_languages(
    value: Value, *, known: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[Skills, Remark | None]:
    """Languages in the order written, each once, with a level from 1 to 5.

    known   plain text -> ("pl:3", "en") or () to pass over, from a mapping
    remark  what was not recognised, or a language with two levels (the lower is taken)
    """
    if value is None or says_nothing(str(value)):
        return (), None
    reading = _Reading()
    for part in _parts(str(value)):
        skills = _known(part, known or {})
        skills = _recognised(part) if skills is None else skills
        if skills is not None:
            reading.add(skills)
        elif not reading.add_level(_level_alone(part)):
            reading.unknown.append(part)
    return tuple(reading.levels.items()), reading.remark(str(value))


@dataclass
class _Reading:
    """What has been read of a cell so far."""

    levels: dict[str, int] = field(default_factory=dict)
    stated: set[str] = field(default_factory=set)
    twice: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def add(self, skills: list[tuple[str, int]]) -> None:
        for code, level in skills:
            if level and code in self.stated and self.levels[code] != level:
                self.twice.append(code)
                level = min(level, self.levels[code])
            if level:
                self.stated.add(code)
            self.levels[code] = level or self.levels.get(code, UNSTATED_LEVEL)

    def add_level(self, level: int) -> bool:
        """A level on its own ("polski, komunikatywny") belongs to the language before it."""
        last = next(reversed(self.levels), "")
        if not level or not last:
            return False
        self.levels[last] = level
        return True

    def remark(self, text: str) -> Remark | None:
        if self.unknown:
            return remark("language_unknown", text=", ".join(self.unknown))
        if self.twice:
            return remark("language_twice", text=text, language=self.twice[0])
        return None


def _level_alone(part: str) -> int:
    words = re.findall(r"[^\W_]+", part)
    levels = [_LANGUAGE_LEVELS[word] for word in words if word in _LANGUAGE_LEVELS]
    rest = [word for word in words if word not in _LANGUAGE_LEVELS and word not in _FILLER]
    return 4 if levels and _VERY.search(part) else levels[0] if levels and not rest else 0


def language_share(value: Value) -> float:
    """Which share of the parts of a cell are languages; for guessing what a column is."""
    parts = _parts(str(value)) if value is not None else []
    recognised = sum(bool(_recognised(part)) for part in parts)
    return recognised / len(parts) if parts else 0.0


def _parts(text: str) -> list[str]:
    """The cell cut at commas, slashes and "and", but not inside brackets; brackets are opened."""
    shielded = re.sub(r"\(([^()]*)\)", lambda m: " " + re.sub(r"[,;/+&|]", " ", m[1]) + " ", text)
    shielded = _STEP.sub(lambda m: m[1] + " ", shielded.casefold())
    parts = (part.strip(" .:-–()") for part in _SPLIT.split(_soft(shielded)))
    return [part for part in parts if part and not says_nothing(part)]


def _soft(text: str) -> str:
    """Plain, but with line breaks kept as separators."""
    return "\n".join(plain(line) for line in text.splitlines())


def _known(part: str, known: Mapping[str, tuple[str, ...]]) -> list[tuple[str, int]] | None:
    if plain(part) not in known:
        return None
    skills = []
    for entry in known[plain(part)]:
        code, _, level = entry.partition(":")
        skills.append((code, int(level) if level in {"1", "2", "3", "4", "5"} else 0))
    return skills


def _recognised(part: str) -> list[tuple[str, int]] | None:
    """Languages of one part with level 0 when not said; None when something is not understood."""
    if _NONE.search(part) and not _LANGUAGE_LEVELS.keys() & set(part.split()):
        return [] if any(map(language_code, re.findall(r"[^\W\d_]+", part))) else None
    words = re.findall(r"[^\W_]+", part)
    whole = _names().get(" ".join(words))
    if whole:
        return [(whole, 0)]
    return _word_by_word(words, part)


def _word_by_word(words: list[str], part: str) -> list[tuple[str, int]] | None:
    skills: list[tuple[str, int]] = []
    early = 0
    for word in words:
        level, code = _LANGUAGE_LEVELS.get(word, 0), language_code(word)
        if level and not (code and word not in _LANGUAGE_LEVELS):
            early, skills = _with_level(level, early, skills)
        elif code:
            skills.append((code, early))
            early = 0
        elif word not in _FILLER and not word.isdigit():
            return None
    if skills and _VERY.search(part):
        skills[-1] = (skills[-1][0], 4)
    if skills and _TOO_LITTLE.search(part):
        skills[-1] = (skills[-1][0], 1)
    return skills or None


def _with_level(
    level: int, early: int, skills: list[tuple[str, int]]
) -> tuple[int, list[tuple[str, int]]]:
    """A level belongs to the language before it, or waits for the one after it."""
    if not skills or skills[-1][1]:
        return level if not skills else early, skills
    return early, [*skills[:-1], (skills[-1][0], level)]


@lru_cache(maxsize=8192)
def language_code(word: str) -> str:
    """The code of a language written as one word in any of the languages known here, or ""."""
    word = plain(word)
    if word in SHORT_FORMS:
        return SHORT_FORMS[word]
    bare = word.removeprefix("ال") if len(word) > 4 else word
    if word in _FILLER or word in _LANGUAGE_LEVELS:
        return ""
    for stem, code in _STEM_TABLE:
        if bare.startswith(stem):
            return code
    return _names().get(word, "")


def _stem_table() -> tuple[tuple[str, str], ...]:
    pairs = []
    for line in STEMS.strip().splitlines():
        code, *stems = line.split()
        pairs += [(plain(stem), code) for stem in stems if len(stem) > 3]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _levels() -> dict[str, int]:
    table = {}
    for line in LEVELS.strip().splitlines():
        level, *words = line.split()
        table.update({plain(word): int(level) for word in words})
    return {word: level for word, level in table.items() if word not in {"nothing", "mother"}}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Full names of languages in ten languages, as Unicode lists them."""
    table: dict[str, str] = {}
    for locale in NAME_LOCALES:
        for code, name in Locale.parse(locale).languages.items():
            if "_" not in code and len(plain(name)) > 3:
                table.setdefault(" ".join(re.findall(r"[^\W_]+", plain(name))), code)
    return table


_STEM_TABLE = _stem_table()
_LANGUAGE_LEVELS = _levels()
