"""Reads a directory in HSDS's JSON or in its CSV package. Nothing here trusts the file."""

import json
from dataclasses import dataclass, field
from typing import Any

from kith.services.rules.checking import wrongs_of
from kith.services.rules.faults import Fault, FileFault, Unreadable, Wrong
from kith.services.rules.hsds import Document
from kith.services.rules.nesting import nested
from kith.services.rules.unpacking import tables_of

MOST_DEEP = 40


@dataclass(frozen=True)
class Entry:
    """One service as the file has it: where it stands, what is wrong with it."""

    number: int
    place: str
    document: Document
    wrongs: tuple[Wrong, ...] = ()

    @property
    def hsds_id(self) -> str:
        return str(self.document.get("id", ""))

    @property
    def name(self) -> str:
        return str(self.document.get("name", ""))


@dataclass(frozen=True)
class Directory:
    """Everything of a file: its services, and rows that belong to none of them."""

    form: str
    entries: tuple[Entry, ...]
    rest: dict[str, list[Document]] = field(default_factory=dict)


def read_directory(content: bytes) -> Directory:
    """The services in a file. Raises Unreadable."""
    if not content.strip():
        raise Unreadable(FileFault.EMPTY)
    if content.startswith(b"PK\x03\x04"):
        return _from_tables(content)
    return _from_json(content)


def _from_tables(content: bytes) -> Directory:
    found, numbers = tables_of(content)
    if not found.get("service"):
        raise Unreadable(FileFault.NO_SERVICES)
    documents, rest = nested(found)
    places = [f"services.csv:{line}" for line in numbers]
    return Directory("csv", _entries(documents, places), rest)


def _from_json(content: bytes) -> Directory:
    given = _services(_parsed(text_of(content)))
    places = [f"services[{number}]" for number in range(1, len(given) + 1)]
    return Directory("json", _entries(given, places))


def text_of(content: bytes, part: str = "") -> str:
    """The text of a file: UTF-8, or UTF-16 that says so. Raises Unreadable."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unreadable(FileFault.ENCODING, part) from fault


def _parsed(text: str) -> Any:
    try:
        found = json.loads(text, parse_constant=_no_constant)
    except RecursionError as fault:
        raise Unreadable(FileFault.TOO_DEEP) from fault
    except ValueError as fault:
        kind = FileFault.JSON if text.lstrip()[:1] in "[{" else FileFault.KIND
        raise Unreadable(kind) from fault
    if _is_deeper(found, MOST_DEEP):
        raise Unreadable(FileFault.TOO_DEEP)
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _is_deeper(found: Any, levels: int) -> bool:
    level = [found]
    while level and levels:
        inner = [one.values() if isinstance(one, dict) else one for one in level]
        level = [
            child for group in inner for child in group if isinstance(child, dict | list) and child
        ]
        level, levels = [one for one in level if one], levels - 1
    return bool(level)


def _services(found: Any) -> list[Any]:
    """A page of the API, a plain list, or a single service. Raises Unreadable."""
    if isinstance(found, dict):
        for key in ("contents", "services"):
            if isinstance(found.get(key), list):
                found = found[key]
                break
        else:
            found = [found] if "name" in found else []
    if not isinstance(found, list) or not found:
        raise Unreadable(FileFault.NO_SERVICES)
    return found


def _entries(documents: list[Any], places: list[str]) -> tuple[Entry, ...]:
    seen: set[str] = set()
    entries = []
    for number, (document, place) in enumerate(zip(documents, places, strict=True), start=1):
        wrongs = wrongs_of(document)
        kept = document if isinstance(document, dict) else {}
        key = str(kept.get("id", ""))
        if not wrongs and key in seen:
            wrongs = (Wrong(Fault.TWICE, "id"),)
        seen.add(key)
        entries.append(Entry(number, place, kept, wrongs))
    return tuple(entries)
