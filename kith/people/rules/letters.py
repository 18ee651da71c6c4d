"""In which language pages, letters, cards and consents are offered to someone."""

from collections.abc import Iterable, Sequence

from django.conf import settings

LAST_RESORT = "en"


def language_of_letters(spoken: Iterable[tuple[str, int]], *, house: Sequence[str]) -> str:
    """The language someone speaks best of those in which Kith writes.

    spoken  code and level, the own language first as lists name them; of two spoken equally well
            the earlier counts
    house   the languages of the organisation; its first one stands in where none is shared
    """
    shared = [pair for pair in spoken if pair[0] in dict(settings.LANGUAGES)]
    if shared:
        return max(shared, key=lambda pair: pair[1])[0]
    return next(iter(house), LAST_RESORT)
