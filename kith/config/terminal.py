"""Words on the terminal: progress that moves where someone looks on, plain lines otherwise."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class Terminal:
    """Prints steps with how long they took. An open step may say how far it is."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout
        self.moving = self.stream.isatty()
        self._width = 0

    def line(self, text: str = "") -> None:
        self._clear()
        print(text, file=self.stream, flush=True)

    def begin(self, text: str) -> None:
        """Announce a piece of work, on a line of its own where lines cannot move."""
        if self.moving:
            self.update(f"{text} …")
        else:
            self.line(f"{text} …")

    def end(self, text: str, *, seconds: float) -> None:
        if self.moving:
            self.line(f"{text} … {seconds:.1f} s")

    def update(self, text: str) -> None:
        """Replace the moving line; nothing where lines cannot move."""
        if self.moving:
            print(f"\r{text:<{self._width}}", end="", file=self.stream, flush=True)
            self._width = len(text)

    @contextmanager
    def step(self, text: str) -> Iterator[None]:
        """Announce a piece of work, then print how long it took."""
        begun = time.monotonic()
        self.begin(text)
        yield
        self.end(text, seconds=time.monotonic() - begun)

    def _clear(self) -> None:
        if self._width:
            print(f"\r{'':<{self._width}}\r", end="", file=self.stream, flush=True)
            self._width = 0
