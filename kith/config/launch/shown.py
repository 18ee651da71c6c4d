"""Progress on the terminal: each new step once, its share in place."""

import time

from kith.config.progress import Progress
from kith.config.terminal import Terminal


class Shown:
    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.step = ""
        self._begun = 0.0

    def __call__(self, progress: Progress) -> None:
        if progress.step and progress.step != self.step:
            self.finish()
            self.step, self._begun = progress.step, time.monotonic()
            self.terminal.begin(progress.step)
        if progress.share_percent is not None:
            self.terminal.update(f"{progress.step} … {progress.share_percent} %")

    def finish(self) -> None:
        if self.step:
            self.terminal.end(self.step, seconds=time.monotonic() - self._begun)
