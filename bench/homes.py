"""Where a measurement keeps its data."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ENTERED_BY_ALL = 0o711


@contextmanager
def home_of(prefix: str, given: Path | None) -> Iterator[Path]:
    """The folder that was named, or one for this run alone.

    Started by root, the database runs as another user, who has to enter the folder.
    """
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix=prefix) as fresh:
        folder = Path(fresh)
        folder.chmod(ENTERED_BY_ALL)
        yield folder
