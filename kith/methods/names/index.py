"""What to store and what to ask so that a name is found without storing the name.

A blind index holds a keyed hash of each string of `index_keys(name)`. A search hashes the strings
of `query_keys(typed)`: a name is found when, for every word typed, one of the alternatives is held.

Strings come in three kinds, told apart by their first sign:
  a-z   folded spellings: whole words, and what is left of a word when only its first 2..8 letters
        are typed. Meets within and across scripts by `fold`.
  ~     of Arabic-script words: the letters written, and their first 2..8. Meets a Latin query,
        which asks for every way in which Arabic script could write the word.
  ^     of Latin and Cyrillic words: the consonants, and the first 2..8 of them. Meets an Arabic
        query. Coarser than ~ (it cannot tell Mahmoud from Mohammed), so look at what is found.
Two Latin spellings never meet by consonants alone: Marek does not find Mirka.
"""

import re
from itertools import pairwise

from kith.methods.names.folding import fold_word, readings, without_article
from kith.methods.names.romanize import is_arabic, words
from kith.methods.names.skeleton import (
    consonants,
    consonants_of_arabic,
    could_write,
    written,
)

SHORTEST, LONGEST = 2, 8

_ARTICLE = "ال"
_LONG_ABD = re.compile(r"^abd[aeou]?l(?=[a-z]{3})")


def tokens(text: str) -> list[str]:
    """The folded words of a name, in its order."""
    return [folded for word in words(text) if (folded := fold_word(word))]


def prefixes(word: str) -> list[str]:
    """Folded forms of the first 2..8 letters of a word, and of the whole word, without doubles.

    Both ways of cutting are needed: letters typed are cut before they are folded, letters of
    another script fold before they can be compared.
    """
    found: dict[str, None] = {}
    for lowered in words(word):
        whole = fold_word(lowered)
        for length in range(SHORTEST, LONGEST + 1):
            found[fold_word(lowered[:length])] = None
            found[whole[:length]] = None
        found[whole] = None
    return [prefix for prefix in found if prefix]


def keys(text: str) -> set[str]:
    """Whole-word keys of a name: every reading of each word, `~` or `^` skeletons beside them."""
    return {key for word in _with_joined(words(text)) for key in _word_keys(word)}


def index_keys(text: str) -> set[str]:
    """All that a blind index stores for a name: `keys` and what the start of each word needs."""
    found = keys(text)
    for word in _with_joined(words(text)):
        found.update(prefixes(word))
        for reading in readings(word):
            found.update(_starts(reading))
        found.update(_sign(word) + start for start in _starts(_skeleton(word)))
    return found


def query_keys(text: str) -> list[frozenset[str]]:
    """For each word typed the strings to look for; a name is found when it holds one of each.

    Words longer than eight letters also look for their first eight, so that the last letters may
    be missing; a hit by the first eight letters only is for the reader to judge.
    """
    return [found for word in words(text) if (found := frozenset(_asked(word)))]


def _asked(word: str) -> set[str]:
    asked = {fold_word(word), *readings(word)}
    if len(word) > LONGEST:
        asked |= {fold_word(word)[:LONGEST], fold_word(word[:LONGEST])}
    if is_arabic(word):
        skeletons = {"~" + written(word), *("^" + form for form in consonants_of_arabic(word))}
    else:
        skeletons = {"~" + form for form in could_write(word)}
    return {key for key in asked if key} | {key for key in skeletons if len(key) > SHORTEST}


def _word_keys(word: str) -> set[str]:
    found = set(readings(word))
    if len(skeleton := _skeleton(word)) >= SHORTEST:
        found.add(_sign(word) + skeleton)
    return found


def _sign(word: str) -> str:
    return "~" if is_arabic(word) else "^"


def _skeleton(word: str) -> str:
    return written(word) if is_arabic(word) else consonants(word)


def _starts(word: str) -> set[str]:
    return {word[:length] for length in range(SHORTEST, min(len(word), LONGEST) + 1)}


def _with_joined(found: list[str]) -> list[str]:
    """Also the article and Abd written apart or together: Abdulhalim, Abdel Halim, عبد الحليم."""
    extra = [_ARTICLE for word in found if without_article(word) != word]
    for word in found:
        if long_abd := _LONG_ABD.match(word):
            extra += ["abd", word[long_abd.end() :]]
    for first, second in pairwise(found):
        if first == "عبد":
            extra += [first + second, first + second.removeprefix("ا")]
    return found + extra
