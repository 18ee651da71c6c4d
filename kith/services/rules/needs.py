"""What a service helps with, in the words of the eight domains, also as an HSDS taxonomy."""

import tomllib
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from kith.progress.rules import all_domains
from kith.progress.rules import domain as domain_of
from kith.services.rules.hsds import CONTENT, Document
from kith.services.rules.plain import plain_words

NEEDS = tuple(domain.key for domain in all_domains())
# A fixed space of keys: the same term has the same key in every Kith.
SPACE = UUID("6f3f8f9e-0c5c-5b0e-9a55-2f2f6d1f7a10")


@cache
def _stored() -> dict[str, Any]:
    return tomllib.loads((CONTENT / "needs.toml").read_text("utf-8"))


@cache
def taxonomy() -> Document:
    """Our taxonomy as HSDS writes it."""
    stored = _stored()
    return {
        "id": str(uuid5(SPACE, "taxonomy")),
        "name": stored["taxonomy"],
        "description": stored["description"],
    }


def term(need: str) -> Document:
    """One need as a term of our taxonomy."""
    domain = domain_of(need)
    return {
        "id": str(uuid5(SPACE, need)),
        "code": need,
        "name": domain.name.say("en"),
        "description": "; ".join(one.text.say("en") for one in domain.indicators),
        "taxonomy": taxonomy()["name"],
        "taxonomy_detail": taxonomy(),
        "taxonomy_id": taxonomy()["id"],
        "language": "en",
    }


def attribute(service_id: str, need: str) -> Document:
    """The link between a service and a need."""
    return {
        "id": str(uuid5(SPACE, f"{service_id}/{need}")),
        "link_id": service_id,
        "link_entity": "service",
        "link_type": "need",
        "taxonomy_term_id": term(need)["id"],
        "taxonomy_term": term(need),
    }


def is_ours(given: Document) -> bool:
    """Whether an attribute names one of our needs."""
    found = given.get("taxonomy_term")
    return isinstance(found, dict) and found.get("id") in _own_terms()


@cache
def _own_terms() -> dict[str, str]:
    return {term(need)["id"]: need for need in NEEDS}


def needs_of(document: Document) -> list[str]:
    """The needs a service answers: those named in our taxonomy; where none is, those its terms
    speak of; where these say nothing, those its name speaks of."""
    terms = [one.get("taxonomy_term") for one in document.get("attributes") or []]
    known = [one for one in terms if isinstance(one, dict)]
    own = {_own_terms()[one["id"]] for one in known if one.get("id") in _own_terms()}
    if own:
        return [need for need in NEEDS if need in own]
    said = _spoken_of(" ".join(str(one.get("name", "")) for one in known))
    return said or _spoken_of(str(document.get("name", "")))


def _spoken_of(text: str) -> list[str]:
    words = plain_words(text)
    return [
        need
        for need in NEEDS
        if any(word.startswith(hint) for word in words for hint in _stored()[need]["hints"])
    ]
