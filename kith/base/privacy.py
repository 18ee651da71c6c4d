"""What kind of thing each field holds, and what becomes of it when a person is forgotten."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of content. The first three are always encrypted."""

    IDENTITY = "identity"  # says who someone is
    CONTACT = "contact"  # reaches someone
    FREE_TEXT = "free text"  # may say anything
    SECRET = "secret"  # noqa: S105 - hash, key or token; says nothing by itself
    FACT = "fact"  # date, count, choice from a list
    LINK = "link"  # points to another row
    TECHNICAL = "technical"  # keys, versions, states of the machine


class OnErase(StrEnum):
    """What happens to a field when the person or matter is erased."""

    FORGET_KEY = "unreadable: its key is destroyed"
    DELETE = "deleted with its row"
    KEEP = "kept: says nothing about a person"


ENCRYPTED = frozenset({Kind.IDENTITY, Kind.CONTACT, Kind.FREE_TEXT})


@dataclass(frozen=True)
class Privacy:
    """The declaration of one model: kind by field name."""

    kinds: dict[str, Kind]

    def __init__(self, **kinds: Kind) -> None:
        object.__setattr__(self, "kinds", dict(kinds))

    def kind(self, field: str) -> Kind | None:
        """The declared kind of a field, or None when nobody declared it."""
        return self.kinds.get(field)

    def on_erase(self, field: str) -> OnErase:
        """What becomes of the field when its person or matter is erased."""
        kind = self.kinds[field]
        if kind in ENCRYPTED:
            return OnErase.FORGET_KEY
        if kind in (Kind.SECRET, Kind.LINK, Kind.FACT):
            return OnErase.DELETE
        return OnErase.KEEP
