"""The public profile of an issuer elsewhere, as somebody pasted it."""

from typing import Any
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.methods.learning.credentials.findings import printable
from kith.methods.learning.credentials.keys import (
    BadKeys,
    PublicKeys,
    public_jwk,
    read_keys,
)
from kith.methods.learning.credentials.tokens import Malformed, strict_json

LONGEST_ISSUER, LONGEST_NAME, MOST_KEYS = 300, 200, 20
SCHEMES = frozenset({"https", "http"})


class BadIssuer(ValueError):
    """What was pasted cannot be accepted: which of both it is, and what to do."""

    def __init__(self, field: str, sentence: str | Promise) -> None:
        self.field, self.sentence = field, sentence
        super().__init__(str(sentence))


def issuer_in(text: str) -> tuple[str, str]:
    """Identifier and name in a profile. Raises BadIssuer."""
    try:
        told = strict_json(text.strip().encode(), "the profile")
    except Malformed as fault:
        raise BadIssuer(
            "profile", _("This is no profile. Copy all of the page at the issuer's address.")
        ) from fault
    address, name, kinds = told.get("id"), told.get("name"), told.get("type")
    is_profile = "Profile" in (kinds if isinstance(kinds, list) else [kinds])
    if not is_profile or not isinstance(address, str) or not _is_address(address):
        raise BadIssuer("profile", _("This profile does not say whose it is, or at which address."))
    if not isinstance(name, str) or not name.strip():
        raise BadIssuer("profile", _("This profile has no name."))
    return address, printable(name.strip())[:LONGEST_NAME]


def _is_address(address: str) -> bool:
    return _host(address) is not None and len(address) <= LONGEST_ISSUER


def _host(address: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    known = parts.scheme in SCHEMES and bool(parts.netloc)
    return (parts.scheme, parts.netloc.lower()) if known else None


def keys_in(text: str, *, address: str) -> PublicKeys:
    """The keys of an issuer at this address. Raises BadIssuer."""
    try:
        keys = read_keys(text.strip().encode())
    except BadKeys as fault:
        raise BadIssuer(
            "keys",
            _("There is a private key in it. Whoever sent it to you must make a new one.")
            if '"d"' in text
            else _("There are no Ed25519 keys in it. Copy all of the issuer's keys.json."),
        ) from fault
    if len(keys.keys) > MOST_KEYS:
        raise BadIssuer("keys", _("These are more keys than one issuer has."))
    if any(kid and _host(kid) not in (None, _host(address)) for kid, _key in keys.keys):
        raise BadIssuer("keys", _("These keys lie elsewhere than the issuer. They are not its."))
    return keys


def as_stored(keys: PublicKeys) -> dict[str, Any]:
    """Nothing but the public halves."""
    return {"keys": [public_jwk(key, kid=kid) for kid, key in keys.keys]}
