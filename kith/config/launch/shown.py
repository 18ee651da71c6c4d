"""Progress for people: each new step once on the terminal, its share in place."""

import time
from collections.abc import Callable
from pathlib import Path

from kith.config.progress import Progress
from kith.config.terminal import Terminal


class Shown:
    """Shows progress on the terminal, and relays it to the file that the waiting page reads.

    before  called first each time; raises when the work shall go no further
    """

    def __init__(
        self,
        terminal: Terminal,
        *,
        relay: Path | None = None,
        before: Callable[[], None] = lambda: None,
    ) -> None:
        self.terminal = terminal
        self.relay = relay
        self.before = before
        self.step = ""
        self._begun = 0.0

    def __call__(self, progress: Progress) -> None:
        self.before()
        if progress.step and progress.step != self.step:
            self.finish()
            self.step, self._begun = progress.step, time.monotonic()
            self.terminal.begin(progress.step)
        if progress.share_percent is not None:
            self.terminal.update(f"{progress.step} … {progress.share_percent} %")
        if self.relay is not None:
            progress.save(self.relay)

    def finish(self) -> None:
        if self.step:
            self.terminal.end(self.step, seconds=time.monotonic() - self._begun)
            self.step = ""
