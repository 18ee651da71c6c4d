"""Global search. Each room finds its own things; this page shows them together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kith.web.boards import Board
from kith.web.words import Text

if TYPE_CHECKING:
    from kith.gate.actor import Actor

SHORTEST = 2


@dataclass(frozen=True, kw_only=True)
class Hit:
    title: Text
    url: str
    context: Text = ""
    icon: str = "search"


Find = Callable[["Actor", str, int], Iterable[Hit]]


@dataclass(frozen=True, kw_only=True)
class Provider:
    key: str
    label: Text
    find: Find
    order: int


@dataclass(frozen=True, kw_only=True)
class Found:
    key: str
    label: Text
    hits: list[Hit]


PROVIDERS: Board[Provider] = Board("search")


def add_provider(key: str, label: Text, find: Find, *, order: int) -> None:
    """Plug in find(actor, text, limit); it must start at visible()."""
    PROVIDERS.add(Provider(key=key, label=label, find=find, order=order))


def found_for(actor: Actor, text: str, limit: int = 8) -> list[Found]:
    """Hits by room, without the rooms that found nothing; nothing for a text of one letter."""
    text = " ".join(text.split())
    if len(text) < SHORTEST:
        return []
    answers = [
        Found(key=room.key, label=room.label, hits=list(room.find(actor, text, limit))[:limit])
        for room in PROVIDERS
    ]
    return [found for found in answers if found.hits]
