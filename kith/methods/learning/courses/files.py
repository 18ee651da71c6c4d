"""The files of a course's folder, before anybody reads what is in them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

ENDINGS = (".toml", ".md", ".svg")
MOST_BYTES = 1_000_000
MOST_FILES = 1_000
DEEPEST = 3

Files = Mapping[str, bytes]
"""Path inside the folder, with slashes -> content."""


class TooMany(ValueError):
    """A folder holds more files than a course has."""


def files_in(folder: Path) -> dict[str, bytes]:
    """The texts, tables and pictures in a folder, sorted by path. Raises OSError and TooMany.

    Links that lead out of the folder are left out, and so is what nobody would read.
    A file that is too large is cut off after one byte more than allowed.
    """
    found: dict[str, bytes] = {}
    for path in _files(folder, folder.resolve(strict=True), DEEPEST):
        if len(found) == MOST_FILES:
            raise TooMany
        with path.open("rb") as file:
            found[path.relative_to(folder).as_posix()] = file.read(MOST_BYTES + 1)
    return dict(sorted(found.items()))


def _files(folder: Path, root: Path, deep: int) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or not path.resolve().is_relative_to(root):
            continue
        if path.is_dir() and deep:
            yield from _files(path, root, deep - 1)
        elif path.is_file() and path.suffix in ENDINGS:
            yield path
