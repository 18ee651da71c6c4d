"""The keys of the house. They lie in a folder of their own, never in the database.

house.json   wraps every data key; several versions while a rotation runs
*.key        32 random bytes each: blind index, audit chain, second factors, drafts, cookies
"""

import json
import os
import secrets
from base64 import b64decode, b64encode
from functools import lru_cache
from pathlib import Path

from django.conf import settings

SECRETS = ("index", "audit", "factors", "drafts", "cookies")


class KeysMissing(RuntimeError):
    """The keys folder lacks a key that the database was written with."""


def ensure(folder: Path) -> None:
    """Make the keys that are missing, readable by their owner alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in SECRETS:
        _write_once(folder / f"{name}.key", secrets.token_bytes(32))
    _write_once(folder / "house.json", _house_file({"1": secrets.token_bytes(32)}, "1"))


def _house_file(keys: dict[str, bytes], current: str) -> bytes:
    encoded = {version: b64encode(key).decode() for version, key in keys.items()}
    return json.dumps({"current": current, "keys": encoded}).encode()


def _write_once(path: Path, content: bytes) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def _folder() -> Path:
    return Path(settings.KITH_KEYS)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as missing:
        raise KeysMissing(f"The key file {path.name} is missing from {path.parent}.") from missing


@lru_cache(maxsize=16)
def _secret(folder: Path, name: str) -> bytes:
    return _read(folder / f"{name}.key")


def secret(name: str) -> bytes:
    """One of the 32-byte secrets. Raises KeysMissing."""
    return _secret(_folder(), name)


def house() -> tuple[str, dict[str, bytes]]:
    """The current version and all house keys by version. Raises KeysMissing."""
    path = _folder() / "house.json"
    return _house(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _house(path: Path, _changed: int) -> tuple[str, dict[str, bytes]]:
    stored = json.loads(_read(path))
    keys = {version: b64decode(key) for version, key in stored["keys"].items()}
    return str(stored["current"]), keys


def add_house_key() -> str:
    """Add a new current house key beside the old ones; gives its version."""
    _, keys = house()
    version = str(max(int(known) for known in keys) + 1)
    _replace_house(keys | {version: secrets.token_bytes(32)}, version)
    return version


def keep_only(version: str) -> None:
    """Drop every other house key, once nothing is wrapped by it any more."""
    _, keys = house()
    _replace_house({version: keys[version]}, version)


def _replace_house(keys: dict[str, bytes], current: str) -> None:
    path = _folder() / "house.json"
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    _write_once(fresh, _house_file(keys, current))
    fresh.replace(path)
