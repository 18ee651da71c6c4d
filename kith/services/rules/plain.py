"""Words in plain small Latin letters, to compare and to sort by."""

from kith.methods.names.romanize import romanize, words


def plain_words(text: str) -> list[str]:
    """The words of a text without accents, in Latin letters whatever script they came in."""
    return [plain for word in words(text) if (plain := romanize(word))]
