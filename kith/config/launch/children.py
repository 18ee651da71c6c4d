"""The processes that serve people: one web server, one worker; started again when they fail."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from kith.config import options
from kith.config.problems import CommandFailed

GRACE_SECONDS = 15
HEALTHY_SECONDS = 20
TRIES = 3
LOG_BYTES = 5 * 1024 * 1024
PR_SET_PDEATHSIG = 1


class KeepsFailing(CommandFailed):
    def __init__(self, name: str, log: Path) -> None:
        super().__init__(f"The {name} stopped {TRIES} times in a row; the end of {log} says why.")


@dataclass
class Child:
    """A process of ours that shall run as long as we do."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    log: Path
    sockets: list[socket.socket] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None
    _begun: float = 0.0
    _failures: int = 0

    def start(self) -> None:
        with _open_log(self.log) as log:
            self.process = subprocess.Popen(  # noqa: S603
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops us well
                pass_fds=[listener.fileno() for listener in self.sockets],
                preexec_fn=_end_with_parent(),  # noqa: PLW1509 - one thread only
            )
        self._begun = time.monotonic()

    def tend(self) -> None:
        """Start again when it ended by itself. Raises KeepsFailing."""
        if self.process is None or self.process.poll() is None:
            return
        healthy = time.monotonic() - self._begun > HEALTHY_SECONDS
        self._failures = 0 if healthy else self._failures + 1
        if self._failures >= TRIES:
            raise KeepsFailing(self.name, self.log)
        self.start()

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None


def web(environment: dict[str, str], log: Path, *, sockets: list[socket.socket]) -> Child:
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "kith.config.wsgi:application",
        *[part for one in sockets for part in ("--bind", f"fd://{one.fileno()}")],
        *("--worker-class", "gthread", "--workers", "1"),
        *("--threads", options.text("KITH_THREADS")),
        *("--timeout", "120", "--graceful-timeout", "10", "--keep-alive", "15"),
        *("--log-level", "warning", "--no-control-socket"),
    ]
    return Child("web server", command, environment, log, sockets)


def worker(environment: dict[str, str], log: Path) -> Child:
    return Child("worker", [sys.executable, "-m", "kith.config.cli", "worker"], environment, log)


def _open_log(log: Path) -> IO[bytes]:
    log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".old.log"))
    return log.open("ab")


def _end_with_parent() -> Callable[[], None] | None:
    """On Linux the system itself ends a child whose supervisor was killed."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    return lambda: library.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
