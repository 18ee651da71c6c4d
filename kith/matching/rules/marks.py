"""What some participants require of a mentor beside their answers: a check, a programme."""

from collections.abc import Iterable

CHILDREN = "children"
"""The checks hold that are needed where children are about."""
PROGRAMME = "programme"


def programme_mark(key: object) -> str:
    """Takes part in the programme with this key."""
    return f"{PROGRAMME}:{key}"


def kinds_of(marks: Iterable[str]) -> list[str]:
    """What the marks are about, not which programme."""
    return sorted({mark.partition(":")[0] for mark in marks})
