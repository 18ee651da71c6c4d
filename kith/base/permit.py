"""The write permit: lifted by a command of the gate, and by nothing else in the product."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from kith.base.errors import WriteOutsideCommand


@dataclass
class Touched:
    """What one command wrote: names of fields by model, never values."""

    fields: dict[str, set[str]] = field(default_factory=dict)

    def add(self, model: str, names: set[str]) -> None:
        """Remember that these fields of this model were written."""
        self.fields.setdefault(model, set()).update(names)


_permit: ContextVar[Touched | None] = ContextVar("kith_write_permit", default=None)


@contextmanager
def lifted() -> Iterator[Touched]:
    """Allow writing inside the block; gives what was touched."""
    touched = Touched()
    token = _permit.set(touched)
    try:
        yield touched
    finally:
        _permit.reset(token)


def require(model: str) -> Touched:
    """The present permit. Raises WriteOutsideCommand when there is none."""
    touched = _permit.get()
    if touched is None:
        raise WriteOutsideCommand(f"{model} was written outside a command")
    return touched
