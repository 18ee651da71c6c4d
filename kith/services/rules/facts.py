"""What a directory entry says, as plain facts: for finding it, and for showing it."""

import hashlib
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from kith.methods.names import prefixes, tokens
from kith.services.rules.hours import Opening, day, openings_of, parts_open
from kith.services.rules.hsds import Document
from kith.services.rules.needs import needs_of
from kith.services.rules.plain import plain_words

EARTH_M = 6_378_137.0
MOST_PROSE_WORDS = 60
LONGEST_PREFIX = 8
SHORTEST_PROSE_WORD = 4


class ServiceState(StrEnum):
    """Whether a service can be used now."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


STATES_BY_STATUS = {
    "active": ServiceState.OPEN,
    "temporarily closed": ServiceState.PAUSED,
    "inactive": ServiceState.CLOSED,
    "defunct": ServiceState.CLOSED,
}
STATUS_OF = {
    ServiceState.OPEN: "active",
    ServiceState.PAUSED: "temporarily closed",
    ServiceState.CLOSED: "inactive",
}


@dataclass(frozen=True)
class Spot:
    """A place of a service: an address in one line, and coordinates where they are known."""

    name: str
    address: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True)
class Phone:
    """A number as it is written, and what it is for."""

    number: str
    note: str

    @property
    def link(self) -> str:
        """The number as a telephone dials it."""
        return "".join(sign for sign in self.number if sign.isdigit() or sign == "+")


@dataclass(frozen=True)
class Facts:
    """All that pages and searches need of an entry."""

    name: str
    provider: str
    description: str
    state: ServiceState
    checked_on: date | None
    needs: tuple[str, ...]
    languages: tuple[str, ...]
    is_free: bool | None
    cost: str
    spots: tuple[Spot, ...]
    phones: tuple[Phone, ...]
    email: str
    url: str
    openings: tuple[Opening, ...]


def facts_of(document: Document) -> Facts:
    """The facts of an entry."""
    return Facts(
        name=_text(document, "name"),
        provider=_text(document.get("organization") or {}, "name"),
        description=_text(document, "description"),
        state=STATES_BY_STATUS[document["status"]],
        checked_on=day(document.get("assured_date")),
        needs=tuple(needs_of(document)),
        languages=tuple(_languages(document)),
        is_free=_is_free(document),
        cost=_text(document, "fees_description") or _text(document, "fees"),
        spots=tuple(_spots(document)),
        phones=tuple(_phones(document)),
        email=_text(document, "email"),
        url=_safe_url(_text(document, "url")),
        openings=tuple(openings_of(document)),
    )


def _text(row: Document, name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""


def _safe_url(address: str) -> str:
    """Only addresses of the web are made into links."""
    return address if address.lower().startswith(("https://", "http://")) else ""


def _rows(row: Document, name: str) -> list[Document]:
    return [one for one in row.get(name) or [] if isinstance(one, dict)]


def _places(document: Document) -> Iterator[tuple[Document, Document]]:
    for place in _rows(document, "service_at_locations"):
        yield place, place.get("location") or {}


def _languages(document: Document) -> list[str]:
    """Two-letter codes, without doubles, in the order of the entry."""
    rows = _rows(document, "languages")
    rows += [one for _place, location in _places(document) for one in _rows(location, "languages")]
    return list(dict.fromkeys(code for one in rows if (code := language_code(one))))


def language_code(row: Document) -> str:
    """The code of a language in two letters where there is one; empty without any."""
    code = _text(row, "code").lower()
    return THREE_LETTERS.get(code, code)[:8]


THREE_LETTERS = {
    "ara": "ar",
    "deu": "de",
    "eng": "en",
    "fas": "fa",
    "fra": "fr",
    "pol": "pl",
    "prs": "prs",
    "pus": "ps",
    "rus": "ru",
    "spa": "es",
    "swe": "sv",
    "tir": "ti",
    "tur": "tr",
    "ukr": "uk",
    "urd": "ur",
}


FREE_WORDS = frozenset({"free", "bezplatne", "bezplatnie", "darmowe", "kostenlos", "gratis"})


def _is_free(document: Document) -> bool | None:
    """None when the entry says nothing about money."""
    amounts = [one.get("amount") for one in _rows(document, "cost_options")]
    known = [one for one in amounts if isinstance(one, int | float)]
    if known:
        return all(one == 0 for one in known)
    words = plain_words(_text(document, "fees_description") or _text(document, "fees"))
    if not words:
        return None
    return words[0] in FREE_WORDS


def _spots(document: Document) -> Iterator[Spot]:
    for _place, location in _places(document):
        latitude, longitude = location.get("latitude"), location.get("longitude")
        known = _is_on_earth(latitude, longitude)
        yield Spot(
            name=_text(location, "name"),
            address=_address(location),
            latitude=float(latitude) if known else None,  # type: ignore[arg-type]
            longitude=float(longitude) if known else None,  # type: ignore[arg-type]
        )


def _is_on_earth(latitude: Any, longitude: Any) -> bool:
    numbers = isinstance(latitude, int | float) and isinstance(longitude, int | float)
    return numbers and abs(latitude) <= 85 and abs(longitude) <= 180


def _address(location: Document) -> str:
    rows = _rows(location, "addresses")
    if not rows:
        return ""
    one = rows[0]
    town = " ".join(filter(None, [_text(one, "postal_code"), _text(one, "city")]))
    return ", ".join(filter(None, [_text(one, "address_1"), _text(one, "address_2"), town]))


def _phones(document: Document) -> Iterator[Phone]:
    rows = _rows(document, "phones")
    for place, location in _places(document):
        rows += _rows(place, "phones") + _rows(location, "phones")
    rows = rows or _rows(document.get("organization") or {}, "phones")
    seen: set[str] = set()
    for row in rows:
        phone = Phone(_text(row, "number"), _text(row, "description"))
        if phone.link and phone.link not in seen:
            seen.add(phone.link)
            yield phone


def on_map(latitude: float, longitude: float) -> tuple[float, float]:
    """Metres east and north in the Mercator projection, in which near things stay in order."""
    north = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    return EARTH_M * math.radians(longitude), EARTH_M * north


def km_of(map_metres: float, latitude: float) -> float:
    """Kilometres on the ground of a distance on the map near a latitude."""
    return map_metres * math.cos(math.radians(latitude)) / 1000


def sort_key(name: str) -> int:
    """A number that orders names by their first letters, whatever the script and accents."""
    plain = " ".join(plain_words(name)).encode()[:8]
    return int.from_bytes(plain.ljust(8, b"\0"), "big") >> 1


def mark(kind: str, value: str) -> int:
    """A 64-bit number for one thing an entry can be found by."""
    digest = hashlib.blake2b(f"{kind}:{value}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def marks_of(facts: Facts, alternate: str = "") -> set[int]:
    """Everything an entry is found by: words, needs, languages, cost, parts of the week."""
    named = f"{facts.name} {facts.provider} {alternate}"
    towns = " ".join(f"{one.name} {one.address}" for one in facts.spots)
    words = {piece for word in f"{named} {towns}".split() for piece in prefixes(word)}
    return {
        *(mark("word", word) for word in words | _prose(facts.description)),
        *(mark("need", need) for need in facts.needs),
        *(mark("language", code) for code in facts.languages),
        *(mark("open", part) for part in parts_open(facts.openings)),
        *([mark("cost", "free")] if facts.is_free else []),
    }


def _prose(text: str) -> set[str]:
    words = [word for word in tokens(text) if len(word) >= SHORTEST_PROSE_WORD]
    return set(list(dict.fromkeys(words))[:MOST_PROSE_WORDS])


def asked_marks(text: str) -> list[int]:
    """One mark for each word of a search; parts of words find whole ones."""
    return [mark("word", word) for word in dict.fromkeys(tokens(text))]


def of_kind(kind: str, values: Iterable[str]) -> list[int]:
    """Marks of one kind."""
    return [mark(kind, value) for value in values]
