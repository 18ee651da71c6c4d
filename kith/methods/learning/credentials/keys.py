"""Keys: Ed25519, made from a seed, published as a JSON Web Key set or as did:key.

Source: RFC 8037 (OKP keys), RFC 7638 (thumbprints), RFC 7517 (key sets), W3C CCG did:key v0.7.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from kith.methods.learning.credentials.tokens import Malformed, decode, encode, strict_json

SEED_BYTES = 32
SPOKEN_DIGITS = 40
MOST_BYTES = 256 * 1024
DID_KEY = "did:key:"
# multicodec ed25519-pub, and the letters of base58 as Bitcoin writes it
ED25519 = b"\xed\x01"
LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


class BadKeys(ValueError):
    """Keys that cannot be used; the text is a sentence."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key and the address under which others find its public half."""

    kid: str
    private: Ed25519PrivateKey = field(repr=False)

    @property
    def public(self) -> Ed25519PublicKey:
        return self.private.public_key()

    def sign(self, content: bytes) -> bytes:
        """64 bytes."""
        return self.private.sign(content)

    def to_pem(self) -> bytes:
        """PKCS #8, not encrypted: to be kept in a vault only."""
        return self.private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )


def key_from_seed(seed: bytes, *, address: str) -> SigningKey:
    """The key of 32 random bytes, which are all that has to be kept.

    address  of the published key set; its own name in it is the thumbprint
    raises   BadKeys
    """
    if len(seed) != SEED_BYTES:
        raise BadKeys("A seed has 32 bytes.")
    return _named(Ed25519PrivateKey.from_private_bytes(seed), address)


def key_from_pem(pem: bytes, *, address: str) -> SigningKey:
    """The key of a PKCS #8 file without password. Raises BadKeys."""
    try:
        private = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as fault:
        raise BadKeys("This is no private key in PEM without a password.") from fault
    if not isinstance(private, Ed25519PrivateKey):
        raise BadKeys("This is no Ed25519 key.")
    return _named(private, address)


def did_key_from_seed(seed: bytes) -> SigningKey:
    """A key that needs no publishing: its did:key is its name, and the issuer's identifier."""
    private = key_from_seed(seed, address="").private
    did = did_key(private.public_key())
    return SigningKey(f"{did}#{did.removeprefix(DID_KEY)}", private)


def fits(public: Ed25519PublicKey, *, signature: bytes, signed: bytes) -> bool:
    try:
        public.verify(signature, signed)
    except InvalidSignature:
        return False
    return True


def public_jwk(public: Ed25519PublicKey, *, kid: str) -> dict[str, str]:
    """The public half as a JSON Web Key."""
    return {**_coordinates(public), "kid": kid, "use": "sig", "alg": "EdDSA"}


def key_set(keys: Mapping[str, Ed25519PublicKey]) -> dict[str, list[dict[str, str]]]:
    """The document to publish: address of a key → its public half, old keys as well."""
    return {"keys": [public_jwk(public, kid=kid) for kid, public in keys.items()]}


def thumbprint(public: Ed25519PublicKey) -> str:
    """SHA-256 of the required members, base64url (RFC 7638)."""
    members = json.dumps(_coordinates(public), sort_keys=True, separators=(",", ":"))
    return encode(hashlib.sha256(members.encode()).digest())


def spoken(public: Ed25519PublicKey) -> str:
    """The same as forty digits in groups of five, which people can compare by telephone.

    There are 10**40 of them, so nobody finds another key with the same ones.
    """
    members = json.dumps(_coordinates(public), sort_keys=True, separators=(",", ":"))
    number = int.from_bytes(hashlib.sha256(members.encode()).digest()) % 10**SPOKEN_DIGITS
    digits = f"{number:0{SPOKEN_DIGITS}d}"
    return " ".join(digits[at : at + 5] for at in range(0, SPOKEN_DIGITS, 5))


def did_key(public: Ed25519PublicKey) -> str:
    return f"{DID_KEY}z{_base58(ED25519 + public.public_bytes_raw())}"


def key_of_did(did: str) -> Ed25519PublicKey | None:
    """The key that a did:key is; None where it is no Ed25519 key in its one right spelling."""
    written = did.removeprefix(f"{DID_KEY}z")
    content = _from_base58(written) if len(written) < 64 else b""
    if content[:2] != ED25519 or len(content) != len(ED25519) + 32:
        return None
    public = Ed25519PublicKey.from_public_bytes(content[2:])
    return public if did_key(public) == did else None


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """Keys somebody trusts to be those of an issuer."""

    keys: tuple[tuple[str, Ed25519PublicKey], ...]

    def named(self, issuer: str, name: str) -> Ed25519PublicKey | None:
        """The key with this address or thumbprint. Serves as `key_of` where one issuer is meant.

        A key without a name of its own is taken for any: whoever gave it said that it is the one.
        """
        meant = [key for kid, key in self.keys if name in {kid, thumbprint(key)}]
        nameless = [key for kid, key in self.keys if not kid]
        return next(iter(meant + nameless), None)


def read_keys(content: bytes) -> PublicKeys:
    """Read a JSON Web Key set, one JSON Web Key, or a public key in PEM.

    returns  its Ed25519 keys; others are left out
    raises   BadKeys
    """
    if len(content) > MOST_BYTES:
        raise BadKeys("This file is too large for keys.")
    if content.lstrip().startswith(b"-----BEGIN"):
        return PublicKeys((("", _from_pem(content)),))
    try:
        document = strict_json(content, "the file")
    except Malformed as fault:
        raise BadKeys(f"These are no keys: {fault}.") from fault
    listed = document.get("keys", [document])
    keys = tuple(_listed(listed if isinstance(listed, list) else []))
    if not keys:
        raise BadKeys("There is no Ed25519 key in this file.")
    return PublicKeys(keys)


def key_of_jwk(jwk: Any) -> Ed25519PublicKey | None:
    """The key of one JSON Web Key; None where it is none of Ed25519. Raises BadKeys."""
    if not isinstance(jwk, dict) or (jwk.get("kty"), jwk.get("crv")) != ("OKP", "Ed25519"):
        return None
    if "d" in jwk:
        raise BadKeys("There is a private key in this file. Whoever has it can sign.")
    try:
        return Ed25519PublicKey.from_public_bytes(decode(str(jwk.get("x"))))
    except ValueError as fault:
        raise BadKeys("A key in this file is damaged.") from fault


def _listed(listed: Iterable[Any]) -> Iterable[tuple[str, Ed25519PublicKey]]:
    for jwk in listed:
        public = key_of_jwk(jwk)
        if public is not None:
            yield str(jwk.get("kid", "")), public


def _from_pem(content: bytes) -> Ed25519PublicKey:
    try:
        public = serialization.load_pem_public_key(content)
    except ValueError as fault:
        raise BadKeys("This is no public key in PEM.") from fault
    if not isinstance(public, Ed25519PublicKey):
        raise BadKeys("This is no Ed25519 key.")
    return public


def _named(private: Ed25519PrivateKey, address: str) -> SigningKey:
    return SigningKey(f"{address}#{thumbprint(private.public_key())}", private)


def _coordinates(public: Ed25519PublicKey) -> dict[str, str]:
    return {"kty": "OKP", "crv": "Ed25519", "x": encode(public.public_bytes_raw())}


def _base58(content: bytes) -> str:
    number, written = int.from_bytes(content, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        written = LETTERS[rest] + written
    return written


def _from_base58(written: str) -> bytes:
    number = 0
    for letter in written:
        if letter not in LETTERS:
            return b""
        number = number * 58 + LETTERS.index(letter)
    return number.to_bytes((number.bit_length() + 7) // 8, "big")
