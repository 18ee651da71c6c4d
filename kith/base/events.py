"""Facts: a lower room announces what happened; upper rooms listen, in the same transaction."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Fact = TypeVar("Fact")

_listeners: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def listen(fact: type[Fact], handler: Callable[[Fact], None]) -> None:
    """Call the handler for each fact of this type. Called from a room's wiring, once."""
    if handler not in _listeners[fact]:
        _listeners[fact].append(handler)


def announce(fact: object) -> None:
    """Tell all listeners now. A listener that fails undoes the whole act."""
    for handler in _listeners[type(fact)]:
        handler(fact)
