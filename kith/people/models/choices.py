"""Codes of the rules, as a column offers them."""

from collections.abc import Iterable


def stored_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs for `choices`; people read the words of `rules.labels` instead."""
    return [(str(code), str(code)) for code in codes]
