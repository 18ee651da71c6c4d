"""Zip packages from elsewhere, opened with care: nothing is unpacked to a disk, all has a limit."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

MIB = 1024 * 1024
SMALL = MIB
"""A file up to this size may unfold from as little as it likes."""
NESTED = frozenset({".zip", ".imscc", ".7z", ".rar", ".gz", ".tar", ".bz2", ".xz", ".jar"})

REASONS: dict[str, str] = {
    "no_zip": "It is no zip package, or it is damaged.",
    "too_large": "It is larger than {limit} MiB.",
    "too_many_files": "It holds more than {limit} files.",
    "unfolds_too_far": "“{name}” unfolds to far more than a package needs.",
    "path_leads_out": "“{name}” leads out of the package.",
    "link": "“{name}” is a link to another place.",
    "nested": "“{name}” is a package within the package.",
    "locked": "“{name}” is locked with a password.",
    "name_twice": "“{name}” is in the package twice.",
    "missing": "“{name}” is not in the package.",
}


class PackageRefused(ValueError):
    """A package that is not opened, or a file in it that is not read.

    reason  a key of REASONS; pages have their own sentence for each
    """

    def __init__(self, reason: str, **params: str | int) -> None:
        self.reason, self.params = reason, params
        super().__init__(REASONS[reason].format(**params))


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a package may be: as it came, in files, unfolded, and from how little.

    nested  whether packages within it are files like others, which nobody opens
    """

    bytes: int = 64 * MIB
    files: int = 5_000
    unfolded_bytes: int = 512 * MIB
    ratio: int = 200
    nested: bool = False


USUAL = Limits()


class Package:
    """A package that was looked over. Names are as in the package, with / between folders."""

    def __init__(self, content: bytes, files: dict[str, zipfile.ZipInfo]) -> None:
        self._content, self._files = content, files

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._files)

    def __contains__(self, name: object) -> bool:
        return name in self._files

    def bytes_of(self, name: str) -> int:
        """How large a file says it is. Raises PackageRefused."""
        return self._file(name).file_size

    def read(self, name: str, *, most: int = USUAL.unfolded_bytes) -> bytes:
        """A file of up to so many bytes. Raises PackageRefused, also when its size is a lie."""
        file = self._file(name)
        if file.file_size > most:
            raise PackageRefused("unfolds_too_far", name=name)
        # zipfile unfolds no more than the file says, and then finds its checksum wrong.
        with _opened(self._content) as archive:
            return archive.read(file)

    def _file(self, name: str) -> zipfile.ZipInfo:
        if name not in self._files:
            raise PackageRefused("missing", name=name)
        return self._files[name]


def looks_like_zip(content: bytes) -> bool:
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def open_package(package: Path | bytes, limits: Limits = USUAL) -> Package:
    """A package that is harmless in names, sizes and kinds. Raises PackageRefused, OSError."""
    too_large = PackageRefused("too_large", limit=limits.bytes // MIB)
    if isinstance(package, Path):
        if package.stat().st_size > limits.bytes:
            raise too_large
        package = package.read_bytes()
    if len(package) > limits.bytes:
        raise too_large
    with _opened(package) as archive:
        return Package(package, _looked_over(archive.infolist(), limits))


@contextmanager
def _opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive
    # A lock and an unknown packing are RuntimeErrors, a damaged stream is an error of zlib.
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError) as fault:
        raise PackageRefused("no_zip") from fault


def _looked_over(files: list[zipfile.ZipInfo], limits: Limits) -> dict[str, zipfile.ZipInfo]:
    if len(files) > limits.files:
        raise PackageRefused("too_many_files", limit=limits.files)
    found: dict[str, zipfile.ZipInfo] = {}
    whole = 0
    for file in files:
        whole += file.file_size
        reason = _reason(file, limits)
        if not reason and whole > limits.unfolded_bytes:
            reason = "unfolds_too_far"
        if not reason and file.filename in found:
            reason = "name_twice"
        if reason:
            raise PackageRefused(reason, name=file.filename)
        if not file.is_dir():
            found[file.filename] = file
    return found


def _reason(file: zipfile.ZipInfo, limits: Limits) -> str:
    """Why a file makes the package unwelcome; empty when it does not."""
    path = PurePosixPath(file.filename)
    mode = file.external_attr >> 16
    if path.is_absolute() or ".." in path.parts or set("\\:\0") & set(file.orig_filename):
        return "path_leads_out"
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "link"
    if file.flag_bits & 1:
        return "locked"
    if path.suffix.lower() in NESTED and not limits.nested:
        return "nested"
    if file.file_size > max(SMALL, limits.ratio * file.compress_size):
        return "unfolds_too_far"
    return ""
