"""A lock on a file that the system takes back when its holder ends, however it ends."""

import fcntl
import os
from pathlib import Path


class Lock:
    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle

    @classmethod
    def exclusive(cls, file: Path) -> "Lock":
        return cls._take(file, fcntl.LOCK_EX)

    @classmethod
    def shared(cls, file: Path) -> "Lock":
        return cls._take(file, fcntl.LOCK_SH)

    @classmethod
    def only(cls, file: Path) -> "Lock | None":
        """The exclusive lock, or None at once when another holds it."""
        try:
            return cls._take(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None

    @classmethod
    def _take(cls, file: Path, kind: int) -> "Lock":
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, kind)
        except BaseException:
            os.close(handle)
            raise
        return cls(handle)

    @property
    def held(self) -> bool:
        return self._handle is not None

    def is_mine_alone(self) -> bool:
        """True when nobody else holds this shared lock; it is then exclusive until released."""
        if self._handle is None:
            return False
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # The failed attempt dropped the shared lock (see flock(2)): take it again.
            fcntl.flock(self._handle, fcntl.LOCK_SH)
            return False
        return True

    def release(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
