"""Status lists: one bit for each credential, which says whether it was revoked.

Source: W3C Bitstring Status List v1.0. Of the two kinds that Open Badges 3.0 knows, this one:
1EdTech's own validator and the libraries that read Verifiable Credentials know it, its terms are in
the context of every credential, and nobody learns from it which credentials were revoked, whereas a
1EdTechRevocationList names each one.
"""

import gzip
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kith.methods.learning.credentials.keys import SigningKey
from kith.methods.learning.credentials.moments import seconds, written
from kith.methods.learning.credentials.terms import CREDENTIALS
from kith.methods.learning.credentials.tokens import decode, encode, write_token

LEAST_BITS = 131_072
MOST_BYTES = 1024 * 1024
GZIP = 31
# multibase: base64url without padding
BASE64URL = "u"


class BadList(ValueError):
    """A status list that cannot be used; the text is a sentence."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the status of one credential stands.

    address  of the status list
    index    from 0; drawn at random, so that its order says nothing about people
    """

    address: str
    index: int

    def entry(self) -> dict[str, str]:
        """The credentialStatus of the credential."""
        return {
            "id": f"{self.address}#{self.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(self.index),
            "statusListCredential": self.address,
        }


@dataclass(frozen=True, slots=True)
class StatusList:
    """What is published at an address.

    issuer       its identifier: the same as in the credentials
    revoked      the indexes of credentials that were revoked
    valid_until  from this moment on readers must fetch it anew
    """

    address: str
    issuer: str
    revoked: Iterable[int]
    valid_from: datetime
    valid_until: datetime
    bits: int = LEAST_BITS


def issue_list(listed: StatusList, *, key: SigningKey) -> str:
    """The status list as a signed token; the same list gives the same text. Raises BadList."""
    credential = {
        "@context": [CREDENTIALS],
        "id": listed.address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": listed.issuer,
        "validFrom": written(listed.valid_from),
        "validUntil": written(listed.valid_until),
        "credentialSubject": {
            "id": f"{listed.address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encode_bits(listed.revoked, bits=listed.bits),
        },
    }
    claims: dict[str, Any] = {
        "iss": listed.issuer,
        "sub": f"{listed.address}#list",
        "jti": listed.address,
        "nbf": seconds(listed.valid_from),
        "exp": seconds(listed.valid_until),
    }
    return write_token({**credential, **claims}, kid=key.kid, sign=key.sign)


def encode_bits(revoked: Iterable[int], *, bits: int = LEAST_BITS) -> str:
    """The bits, the first on the left of the first byte, zipped and in base64url after a u."""
    if not LEAST_BITS <= bits <= MOST_BYTES * 8 or bits % 8:
        raise BadList(f"A list has {LEAST_BITS} to {MOST_BYTES * 8} places, in whole bytes.")
    content = bytearray(bits // 8)
    for index in revoked:
        if not 0 <= index < bits:
            raise BadList(f"The list has no place {index}.")
        content[index // 8] |= 0x80 >> index % 8
    return BASE64URL + encode(gzip.compress(bytes(content), mtime=0))


def decode_bits(encoded: str) -> bytes:
    """The bits of an encodedList, at most 1 MiB of them. Raises BadList."""
    reader = zlib.decompressobj(wbits=GZIP)
    try:
        if not encoded.startswith(BASE64URL):
            raise ValueError(encoded[:1])
        content = reader.decompress(decode(encoded[1:]), MOST_BYTES + 1)
    except (ValueError, zlib.error) as fault:
        raise BadList("It is no zipped base64url after a u.") from fault
    if len(content) > MOST_BYTES:
        raise BadList("It is too long.")
    if not reader.eof or reader.unused_data:
        raise BadList("It is not whole.")
    if len(content) * 8 < LEAST_BITS:
        raise BadList(f"It has fewer than {LEAST_BITS} places.")
    return content


def is_set(content: bytes, index: int) -> bool:
    """Whether the bit at this place is 1. Raises BadList where there is no such place."""
    if not 0 <= index < len(content) * 8:
        raise BadList(f"The list has no place {index}.")
    return bool(content[index // 8] & 0x80 >> index % 8)
