"""In which language letters, cards and consents are offered to someone."""

from collections.abc import Iterable, Sequence

READS = 3
"""From this level on, "everyday talk", someone reads a short letter."""
LAST_RESORT = "en"


def language_of_letters(spoken: Iterable[tuple[str, int]], offered: Sequence[str]) -> str:
    """The first language someone named, spoken well enough, in which the organisation writes.

    Lists name the own language first. Where none is shared, the organisation's first language.
    """
    for code, level in spoken:
        if code in offered and level >= READS:
            return code
    return offered[0] if offered else LAST_RESORT
