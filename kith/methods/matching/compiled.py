"""numba where it is installed, plain Python where it is not: one source, the same whole numbers."""

import importlib
import os
from collections.abc import Callable
from typing import Any, TypeVar

from numpy.typing import NDArray

Code = TypeVar("Code", bound=Callable[..., Any])

PLAIN = "KITH_WITHOUT_NUMBA"
"""Set to anything, it keeps numba out: to see that nothing depends on it."""


def _compiler() -> Any:
    """numba's decorator, or None where it is not installed or not wanted."""
    if os.environ.get(PLAIN):
        return None
    try:
        return importlib.import_module("numba").njit(cache=True, nogil=True)
    except ImportError:
        return None


_compile = _compiler()
IS_COMPILED = _compile is not None


def compiled(code: Code) -> Code:
    """Machine code of a function of whole numbers and arrays; the function itself without numba."""
    made: Code = _compile(code) if IS_COMPILED else code
    return made


def held_for_work(values: NDArray[Any]) -> Any:
    """An array as compiled code wants it; a list without numba: Python reads lists much faster."""
    return values if IS_COMPILED else values.tolist()
