"""Calendar files, read with a parser other than the one that wrote them."""

from typing import Any

import vobject  # type: ignore[import-untyped]


def opened(text: str) -> Any:
    """The calendar in a file."""
    return vobject.readOne(text)
