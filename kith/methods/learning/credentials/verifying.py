"""Whether a credential holds: its form, who signed it, from when until when, and its revocation.

Nothing is fetched here: keys and status lists come from whoever asks. Whatever cannot be checked is
a finding, never a pass.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kith.methods.learning.credentials.findings import Finding, found, printable
from kith.methods.learning.credentials.keys import (
    DID_KEY,
    BadKeys,
    fits,
    key_of_did,
    key_of_jwk,
    thumbprint,
)
from kith.methods.learning.credentials.moments import day, moment, seconds, span
from kith.methods.learning.credentials.shape import (
    LIST_ENTRY,
    STATUS_LIST,
    badge_findings,
    issuer_of,
)
from kith.methods.learning.credentials.status import BadList, decode_bits, is_set
from kith.methods.learning.credentials.terms import named_types
from kith.methods.learning.credentials.tokens import (
    BADGE_TYPES,
    LIST_TYPES,
    Malformed,
    Token,
    header_findings,
    read_token,
)

MOST_LIST_CHARACTERS = 4 * 1024 * 1024
FORM = frozenset({"form"})
SET = {"revocation": "revoked", "suspension": "suspended"}

# The key of an issuer under a name (an address, or a thumbprint); None where it is not known.
KeyOf = Callable[[str, str], Ed25519PublicKey | None]
# The token of the status list at an address; None where it is not at hand.
StatusOf = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found.

    findings    why it is not valid; empty where it is
    checked     of form, signature, issuer, dates, status: what was looked at and could be decided
    credential  its members once the form is right; None before, and where the signature is wrong
    """

    findings: tuple[Finding, ...]
    checked: frozenset[str] = frozenset()
    credential: dict[str, Any] | None = field(default=None, repr=False)

    @property
    def is_valid(self) -> bool:
        return not self.findings

    @property
    def is_open(self) -> bool:
        """Nothing speaks against it, but something needed was not at hand."""
        return bool(self.findings) and all(one.is_open for one in self.findings)


def verify(
    jwt: str,
    *,
    key_of: KeyOf,
    status_of: StatusOf,
    accepted_issuers: Collection[str] | None,
    today: date,
) -> Outcome:
    """Check a credential. Never raises because of what is in it.

    jwt               the token; blanks around it do not count
    accepted_issuers  their identifiers; None asks nobody, and checked then has no issuer
    today             a day, taken as a whole in UTC, or a moment
    """
    token = _read(jwt.strip())
    if isinstance(token, Finding):
        return Outcome((token,), FORM)
    form = (*header_findings(token.header, types=BADGE_TYPES), *badge_findings(token.claims))
    form = form or tuple(_claims(token.claims))
    if form:
        return Outcome(form, FORM)
    return _decided(token, _Asked(key_of, status_of, accepted_issuers, today))


@dataclass(frozen=True, slots=True)
class _Asked:
    key_of: KeyOf
    status_of: StatusOf
    accepted_issuers: Collection[str] | None
    today: date


def _decided(token: Token, asked: _Asked) -> Outcome:
    issuer = issuer_of(token.claims)
    signed = tuple(_signature(token, issuer=issuer, key_of=asked.key_of))
    if any(not one.is_open for one in signed):
        return Outcome(signed, FORM | {"signature"})
    parts: dict[str, tuple[Finding, ...]] = {
        "form": (),
        "signature": signed,
        "issuer": tuple(_issuer(issuer, asked.accepted_issuers)),
        "dates": tuple(_dates(token.claims, *span(asked.today))),
        "status": tuple(_status(token.claims, asked)),
    }
    skipped = {"issuer"} if asked.accepted_issuers is None else set()
    skipped |= {name for name, findings in parts.items() if any(one.is_open for one in findings)}
    # The status list is signed with the same key, which can be missing but once.
    findings = tuple(dict.fromkeys(finding for part in parts.values() for finding in part))
    return Outcome(findings, frozenset(parts) - skipped, token.claims)


def _read(text: str) -> Token | Finding:
    try:
        return read_token(text)
    except Malformed as fault:
        return found("malformed", what=fault)


def _claims(credential: dict[str, Any]) -> Iterator[Finding]:
    """Claims of the token that are missing, or say something else than the credential."""
    for name, said in _said(credential).items():
        if name not in credential and said is not None:
            yield found("member_missing", member=name)
        elif name in credential and credential[name] != said:
            yield found("claim_wrong", claim=name)


def _said(credential: dict[str, Any]) -> dict[str, str | int | None]:
    """What the claims of a token have to be; None where the credential does not say it."""
    return {
        "iss": issuer_of(credential),
        "jti": credential["id"],
        "sub": credential["credentialSubject"].get("id"),
        "nbf": _second(credential, "validFrom"),
        "exp": _second(credential, "validUntil"),
    }


def _second(credential: dict[str, Any], name: str) -> int | None:
    at = moment(credential.get(name))
    return None if at is None else seconds(at)


def _issuer(issuer: str, accepted: Collection[str] | None) -> Iterator[Finding]:
    if accepted is not None and issuer not in accepted:
        yield found("issuer_unknown", issuer=issuer)


def _signature(token: Token, *, issuer: str, key_of: KeyOf) -> Iterator[Finding]:
    name = _key_name(token.header)
    if _lies_elsewhere(name, issuer):
        yield found("key_elsewhere", address=name, issuer=issuer)
        return
    key = _own_key(issuer, name) if issuer.startswith(DID_KEY) else key_of(issuer, name)
    if key is None:
        yield found("key_missing", address=name or "nowhere")
    elif not fits(key, signature=token.signature, signed=token.signed):
        yield found("signature_wrong")


def _key_name(header: dict[str, Any]) -> str:
    """Under which name to look for the key. An embedded key is never used, only its thumbprint."""
    if "kid" in header:
        return str(header["kid"])
    try:
        key = key_of_jwk(header.get("jwk"))
    except BadKeys:
        key = None
    return "" if key is None else thumbprint(key)


def _own_key(issuer: str, name: str) -> Ed25519PublicKey | None:
    return key_of_did(issuer) if name.partition("#")[0] == issuer else None


def _lies_elsewhere(name: str, issuer: str) -> bool:
    """Else anybody could name an issuer, and a key of their own for who believes the credential."""
    at, own = _host(name), _host(issuer)
    return bool(at and own) and at != own


def _host(address: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ("", address)
    known = parts.scheme in {"http", "https"}
    return (parts.scheme, parts.netloc.lower()) if known else None


def _dates(credential: dict[str, Any], first: datetime, last: datetime) -> Iterator[Finding]:
    start, end = moment(credential.get("validFrom")), moment(credential.get("validUntil"))
    if start is not None and start > last:
        yield found("not_yet_valid", on=day(start))
    if end is not None and end <= first:
        yield found("expired", on=day(end))


def _status(credential: dict[str, Any], asked: _Asked) -> Iterator[Finding]:
    entries = credential.get("credentialStatus", [])
    for entry in entries if isinstance(entries, list) else [entries]:
        if "BitstringStatusListEntry" not in named_types(entry):
            yield found("status_kind", kind=", ".join(named_types(entry)))
            continue
        wrong = tuple(LIST_ENTRY(entry, "credentialStatus"))
        yield from wrong or _entry(entry, issuer_of(credential), asked)


def _entry(entry: dict[str, Any], issuer: str, asked: _Asked) -> Iterator[Finding]:
    address, index = entry["statusListCredential"], int(entry["statusListIndex"])
    text = asked.status_of(address)
    if text is None:
        yield found("status_missing", address=address)
        return
    try:
        token = _list_token(text, entry=entry, issuer=issuer)
        signed = tuple(_signature(token, issuer=issuer, key_of=asked.key_of))
        if any(one.is_open for one in signed):
            yield from signed
            return
        _refuse(*signed, *_dates(token.claims, *span(asked.today)))
        if is_set(decode_bits(token.claims["credentialSubject"]["encodedList"]), index):
            yield found(SET[entry["statusPurpose"]])
    except BadList as fault:
        yield found("status_list", address=address, why=fault)


def _list_token(text: str, *, entry: dict[str, Any], issuer: str) -> Token:
    """A status list that says it is this issuer's and the one that is meant. Raises BadList."""
    try:
        token = read_token(text.strip(), most=MOST_LIST_CHARACTERS)
    except Malformed as fault:
        raise BadList(f"It is malformed: {fault}.") from fault
    listed = token.claims
    _refuse(*header_findings(token.header, types=LIST_TYPES), *STATUS_LIST(listed, ""))
    _refuse(*(one for one in _claims(listed) if one.reason == "claim_wrong"))
    if issuer_of(listed) != issuer:
        raise BadList(f"It is of another issuer: {printable(issuer_of(listed))}.")
    if listed["id"] != entry["statusListCredential"]:
        raise BadList(f"It is another list: {printable(listed['id'])}.")
    if entry["statusPurpose"] not in _listed(listed["credentialSubject"]["statusPurpose"]):
        raise BadList("It is kept for another purpose.")
    return token


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _refuse(*findings: Finding) -> None:
    if findings:
        raise BadList(findings[0].sentence)
