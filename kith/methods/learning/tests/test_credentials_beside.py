"""What others make of our credentials: a JOSE library, and another reader of Open Badges 3.0."""

import json
from datetime import UTC, datetime
from importlib.resources import files

import pytest
import time_machine
from joserfc import jws
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet, OKPKey
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier
from openbadgeslib.ob3.credential import OB3_CONTEXT
from openbadgeslib.ob3.did import resolve_did
from openbadgeslib.ob3.status_list import build_status_list_credential

from kith.methods.learning.credentials.baking import badge_picture, bake
from kith.methods.learning.credentials.issuing import Issuer
from kith.methods.learning.credentials.keys import did_key, did_key_from_seed, key_set
from kith.methods.learning.credentials.status import decode_bits, encode_bits
from kith.methods.learning.credentials.terms import (
    BADGES,
    CLAIMS,
    CREDENTIALS,
    EVERYWHERE,
    EXTENSIONS,
    LEFT_OUT,
    OF_EXTENSIONS,
    TERMS,
)
from kith.methods.learning.tests.credentials import (
    INDEX,
    ISSUER,
    JUNE,
    KEY,
    LIST,
    OTHER,
    checked,
    parts,
    signed,
    status_list,
    token,
)
from kith.methods.learning.tests.test_credentials_baking import PNG

TOKEN = token()
AFTER = datetime(2027, 3, 2, tzinfo=UTC)
PUBLISHED = json.dumps(key_set({OTHER.kid: OTHER.public, KEY.kid: KEY.public}))


def changed(jwt: str, part: int) -> str:
    """One byte of a part is another."""
    pieces = jwt.split(".")
    middle = len(pieces[part]) // 2
    other = "A" if pieces[part][middle] != "A" else "B"
    pieces[part] = pieces[part][:middle] + other + pieces[part][middle + 1 :]
    return ".".join(pieces)


# any JOSE library: joserfc, which would rather have “Ed25519”, the newer name of the same algorithm

pytestmark = pytest.mark.filterwarnings("ignore:EdDSA is deprecated via RFC 9864")


def read_by_jose(jwt: str) -> dict:
    keys = KeySet.import_key_set(json.loads(PUBLISHED))
    return json.loads(jws.deserialize_compact(jwt, keys, algorithms=["EdDSA"]).payload)


def test_a_jose_library_finds_the_key_in_what_we_publish_and_reads_the_same() -> None:
    assert read_by_jose(TOKEN) == parts(TOKEN)[1] == checked(TOKEN).credential
    assert read_by_jose(status_list()) == parts(status_list())[1]


def test_a_jose_library_refuses_a_changed_byte() -> None:
    with pytest.raises(BadSignatureError):
        read_by_jose(changed(TOKEN, 2))
    # A changed content may be no JSON any more: what counts is that it is refused.
    with pytest.raises(BadSignatureError):
        read_by_jose(changed(TOKEN, 1))


def test_a_token_that_a_jose_library_signed_is_read_by_us() -> None:
    private = OKPKey.import_key(KEY.to_pem().decode())
    header = {"alg": "EdDSA", "kid": KEY.kid, "typ": "JWT"}
    jwt = jws.serialize_compact(header, json.dumps(parts(TOKEN)[1]), private, algorithms=["EdDSA"])

    assert checked(jwt).is_valid


def test_a_jose_library_gives_a_key_the_same_name() -> None:
    assert KEY.kid.endswith(f"#{OKPKey.import_key(KEY.to_pem().decode()).thumbprint()}")


# another reader of Open Badges 3.0: openbadgeslib


def read_by_other(jwt: str, *, at: datetime = JUNE, listed: str | None = None, key=KEY) -> object:
    with time_machine.travel(at, tick=False):
        return OB3Verifier(key.public).verify(
            jwt,
            check_status=True,
            download={LIST: (listed or status_list()).encode()}.__getitem__,
        )


def test_another_reader_takes_the_credential_as_valid() -> None:
    read = read_by_other(TOKEN)

    assert (read.issuer.id, read.achievement.name) == (ISSUER.id, "Safe in traffic")


def test_another_reader_refuses_a_changed_byte() -> None:
    for part in (0, 1, 2):
        with pytest.raises(OB3VerificationError):
            read_by_other(changed(TOKEN, part))
    with pytest.raises(OB3VerificationError, match="signature"):
        read_by_other(TOKEN, key=OTHER)


def test_another_reader_refuses_it_after_revocation() -> None:
    with pytest.raises(OB3VerificationError, match=f"'revocation' is set at index {INDEX}"):
        read_by_other(TOKEN, listed=status_list(INDEX))

    assert read_by_other(TOKEN, listed=status_list(INDEX + 1))


def test_another_reader_refuses_it_after_its_end_and_before_its_beginning() -> None:
    with pytest.raises(OB3VerificationError, match="expired"):
        read_by_other(TOKEN, at=AFTER)
    with pytest.raises(OB3VerificationError, match="not yet valid"):
        read_by_other(TOKEN, at=datetime(2026, 2, 1, tzinfo=UTC))


def test_another_reader_refuses_a_list_that_is_old_or_not_ours() -> None:
    for listed in (
        status_list(valid_until=datetime(2026, 4, 1, tzinfo=UTC)),
        status_list(key=OTHER),
        status_list(issuer="https://kith.example.org/other"),
    ):
        with pytest.raises(OB3VerificationError, match="status list"):
            read_by_other(TOKEN, listed=listed)


def test_another_reader_takes_the_credential_out_of_our_pictures() -> None:
    drawn, pixels = bake(badge_picture("Safe in traffic"), TOKEN), bake(PNG, TOKEN)

    assert OB3Verifier.extract_token_from_svg(drawn) == TOKEN
    assert OB3Verifier.extract_token_from_png(pixels) == TOKEN


def test_another_reader_finds_the_key_in_our_did() -> None:
    key = did_key_from_seed(bytes(32))
    did = did_key(key.public)
    jwt = token(key=key, issuer=Issuer(did, "Bridges", "https://kith.example.org"), status=None)

    assert resolve_did(did).startswith(b"-----BEGIN PUBLIC KEY")
    with time_machine.travel(JUNE, tick=False):
        assert OB3Verifier.for_issuer_did(did).verify(jwt).issuer.id == did


def test_a_status_list_of_another_writer_is_read_by_us() -> None:
    def written(*revoked: int) -> str:
        listed = build_status_list_credential(
            ISSUER.id, LIST, "revocation", revoked, issued=JUNE, valid_until=AFTER
        )
        return signed({**listed, "iss": ISSUER.id, "jti": LIST})

    both = [encode_bits([3, 9]), written(3, 9)]
    theirs = parts(both[1])[1]["credentialSubject"]["encodedList"]
    assert decode_bits(both[0]) == decode_bits(theirs)
    assert checked(TOKEN, status_of=lambda _address: written(3)).is_valid
    assert not checked(TOKEN, status_of=lambda _address: written(INDEX)).is_valid


# the contexts


OF_PRESENTATIONS = {
    "VerifiablePresentation",
    "EnvelopedVerifiablePresentation",
    "EnvelopedVerifiableCredential",
}


def context(name: str) -> dict:
    folder = files("openbadgeslib.ob3.contexts")
    return json.loads((folder / name).read_text("utf-8"))["@context"]


def test_our_terms_are_those_of_the_published_contexts() -> None:
    badges, credentials = context("ob-v3p0-context-3.0.3.json"), context("credentials-v2.json")
    published = badges | credentials
    keywords = {"@protected", "@vocab"}
    types = {name for name in published if name[0].isupper()} - OF_PRESENTATIONS

    def scoped(name: str) -> set[str]:
        defined = published[name]
        return set(defined.get("@context", {}) if isinstance(defined, dict) else {}) - keywords

    assert set(TERMS) == types
    assert {name: scoped(name) - EVERYWHERE for name in TERMS} == TERMS
    everywhere = set(published) - types - keywords - LEFT_OUT - CLAIMS
    assert {one for one in everywhere if one[0].islower()} == EVERYWHERE
    assert set(published) >= CLAIMS | LEFT_OUT
    assert set(context("ob-v3p0-extensions.json")) - {"id", "type"} == OF_EXTENSIONS


def test_the_addresses_of_the_contexts_are_those_another_reader_uses() -> None:
    assert OB3_CONTEXT == [CREDENTIALS, BADGES, EXTENSIONS]
