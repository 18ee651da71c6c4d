"""A plug board: a room above plugs something in, a page of this room shows it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar


class Pluggable(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def order(self) -> int: ...


PlugT = TypeVar("PlugT", bound=Pluggable)


class AlreadyPlugged(Exception):
    """Two rooms used the same key: one of them must take another name."""


@dataclass
class Board(Generic[PlugT]):
    """Plugs by key; iterating gives them in their order."""

    name: str
    plugs: dict[str, PlugT] = field(default_factory=dict)

    def add(self, plug: PlugT) -> None:
        if plug.key in self.plugs:
            raise AlreadyPlugged(f"{self.name}: {plug.key}")
        self.plugs[plug.key] = plug

    def remove(self, key: str) -> None:
        del self.plugs[key]

    def __iter__(self) -> Iterator[PlugT]:
        return iter(sorted(self.plugs.values(), key=lambda plug: (plug.order, plug.key)))

    def __len__(self) -> int:
        return len(self.plugs)
