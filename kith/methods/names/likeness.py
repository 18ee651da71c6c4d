"""Whether two written names may be one person's, with the reason. A hint, never a decision."""

from enum import StrEnum

from kith.methods.names.folding import fold_word, readings
from kith.methods.names.index import keys, query_keys
from kith.methods.names.romanize import is_arabic, words
from kith.methods.names.titles import TITLES

SHORTEST_FOR_ONE_LETTER = 5


class Likeness(StrEnum):
    SAME_WORDS = "same_words"  # the same folded words, in any order
    OTHER_SPELLING = "other_spelling"  # each word is a spelling of one in the other name
    PART_OF = "part_of"  # two words or more of one name are all of the other
    ONE_LETTER = "one_letter"  # all but one word agree, that one differs by a letter


def similar(a: str, b: str) -> Likeness | None:
    """Why two names may belong to one person, or None. Titles (Dr, пані, الأستاذ) do not count.

    Symmetric. One shared word is never enough when either name has more words.
    """
    first, second = sorted((_name_words(a), _name_words(b)), key=len)
    if not first:
        return None
    if sorted(map(fold_word, first)) == sorted(map(fold_word, second)):
        return Likeness.SAME_WORDS
    lonely, left = _unmatched(first, second)
    if not lonely:
        return _by_length(len(first), len(second))
    if len(lonely) == 1 and len(first) == len(second) > 1 and _one_letter(lonely[0], left[0]):
        return Likeness.ONE_LETTER
    return None


def same_word(a: str, b: str) -> bool:
    """Whether two lower-case words are spellings of one name."""
    if set(readings(a)) & set(readings(b)):
        return True
    if is_arabic(a) == is_arabic(b):
        return False
    latin, arabic = (b, a) if is_arabic(a) else (a, b)
    return all(found & keys(arabic) for found in query_keys(latin))


def _name_words(text: str) -> list[str]:
    found = words(text)
    return [word for word in found if word not in TITLES] or found


def _by_length(shorter: int, longer: int) -> Likeness | None:
    if shorter == longer:
        return Likeness.OTHER_SPELLING
    return Likeness.PART_OF if shorter > 1 else None


def _unmatched(first: list[str], second: list[str]) -> tuple[list[str], list[str]]:
    """Words of the first without a partner in the second, and the partners left over."""
    left = list(second)
    lonely = []
    for word in first:
        partner = next((other for other in left if same_word(word, other)), None)
        if partner is None:
            lonely.append(word)
        else:
            left.remove(partner)
    return lonely, left


def _one_letter(a: str, b: str) -> bool:
    """Whether one letter added, dropped or changed, or two neighbours swapped, makes them equal."""
    first, second = sorted((fold_word(a), fold_word(b)), key=len)
    if len(first) < SHORTEST_FOR_ONE_LETTER or len(second) - len(first) > 1:
        return False
    start = _common_start(first, second)
    if len(first) < len(second):
        return first[start:] == second[start + 1 :]
    swapped = first[start : start + 2][::-1] == second[start : start + 2]
    return first[start + 1 :] == second[start + 1 :] or (
        swapped and first[start + 2 :] == second[start + 2 :]
    )


def _common_start(first: str, second: str) -> int:
    pairs = zip(first, second, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), len(first))
