"""JSON Web Tokens of the only kind used here: three parts, Ed25519, read strictly.

Source: RFC 7515 (JWS), RFC 7519 (JWT), RFC 8037 (EdDSA); Open Badges 3.0, section JSON Web Token
Proof Format. What lenient readers let pass is refused: padding, spare bits, keys that come twice,
numbers that are not finite, and more than MOST_LEVELS levels.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from kith.methods.learning.credentials.findings import Finding, found

MOST_CHARACTERS = 512 * 1024
MOST_LEVELS = 24
ALGORITHM = "EdDSA"
# Open Badges 3.0 allows no other headers. An embedded key is only a name for the key that is known.
HEADERS = frozenset({"alg", "kid", "typ", "jwk"})
BADGE_TYPES = frozenset({"JWT"})
LIST_TYPES = frozenset({"JWT", "vc+jwt"})


class Malformed(ValueError):
    """No token, or no JSON; the text says what it is, in the form “the header is no JSON”."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token that could be read; nothing of it has been checked.

    signed  the bytes that the signature is for
    """

    header: dict[str, Any]
    claims: dict[str, Any]
    signed: bytes
    signature: bytes


def write_token(
    claims: dict[str, Any], *, kid: str, sign: Callable[[bytes], bytes], kind: str = "JWT"
) -> str:
    """A signed token in the compact form.

    kid   where the public key can be found
    sign  gives the 64 bytes of the signature
    """
    header = {"alg": ALGORITHM, "kid": kid, "typ": kind}
    signed = f"{encode(_json(header))}.{encode(_json(claims))}"
    return f"{signed}.{encode(sign(signed.encode()))}"


def read_token(text: str, *, most: int = MOST_CHARACTERS) -> Token:
    """Take a token apart.

    most    characters
    raises  Malformed
    """
    if len(text) > most:
        raise Malformed("it is too long")
    parts = text.split(".")
    if len(parts) != 3:
        raise Malformed("a token has three parts with dots between them")
    header, claims, signature = (
        _part(part, name)
        for part, name in zip(parts, ("header", "content", "signature"), strict=True)
    )
    return Token(
        header=strict_json(header, "the header"),
        claims=strict_json(claims, "the content"),
        signed=f"{parts[0]}.{parts[1]}".encode(),
        signature=signature,
    )


def header_findings(header: dict[str, Any], *, types: frozenset[str]) -> Iterator[Finding]:
    """What of a header is refused: any other algorithm, anything critical, anything unknown."""
    if header.get("alg") != ALGORITHM:
        yield found("algorithm_wrong", algorithm=header.get("alg", "none"))
    for member in sorted(set(header) - HEADERS):
        yield found("header_wrong", member=member)
    if str(header.get("typ", "JWT")) not in types:
        yield found("header_wrong", member="typ")


def encode(content: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """base64url without padding, in its one right spelling. Raises ValueError."""
    content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    # Spare bits of the last character would let several texts stand for the same bytes.
    if encode(content) != text:
        raise binascii.Error("not canonical")
    return content


def strict_json(content: bytes, what: str) -> dict[str, Any]:
    """A JSON object. Raises Malformed."""
    try:
        read = json.loads(content.decode(), object_pairs_hook=_once, parse_constant=_refused)
        # What cannot be written again holds half a character or a number without end.
        json.dumps(read, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as fault:
        raise Malformed(f"{what} is no JSON") from fault
    if not isinstance(read, dict):
        raise Malformed(f"{what} is no JSON object")
    if _is_too_deep(read):
        raise Malformed(f"{what} has too many levels")
    return read


def _json(written: dict[str, Any]) -> bytes:
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode()


def _part(text: str, name: str) -> bytes:
    try:
        return decode(text)
    except ValueError as fault:
        raise Malformed(f"the {name} is no base64url") from fault


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a key comes twice")
    return members


def _refused(constant: str) -> Any:
    raise ValueError(constant)


def _is_too_deep(read: dict[str, Any]) -> bool:
    level: list[Any] = [read]
    for _ in range(MOST_LEVELS):
        level = [inner for outer in level for inner in _within(outer)]
    return bool(level)


def _within(outer: Any) -> Iterator[Any]:
    held = outer.values() if isinstance(outer, dict) else outer
    return (inner for inner in held if isinstance(inner, dict | list))
