"""Keys: made, published, read."""

import json

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from kith.methods.learning.credentials.keys import (
    BadKeys,
    PublicKeys,
    did_key,
    key_from_pem,
    key_from_seed,
    key_of_did,
    key_set,
    public_jwk,
    read_keys,
    thumbprint,
)
from kith.methods.learning.credentials.tokens import decode
from kith.methods.learning.tests.credentials import HOST, KEY, OTHER, short

# RFC 8037, appendix A: a private key, its public half and its thumbprint.
RFC_SEED = decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")
RFC_X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
RFC_THUMBPRINT = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
# did:key method, test vectors: an Ed25519 key.
DID = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"
DID_X = "O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik"

EC = ec.derive_private_key(7, ec.SECP256R1())
EC_PRIVATE = EC.private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.PKCS8,
    serialization.NoEncryption(),
)
EC_PUBLIC = EC.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)


def test_a_key_is_what_the_standard_says_it_is() -> None:
    key = key_from_seed(RFC_SEED, address="https://example.org/keys")

    assert public_jwk(key.public, kid="1") == {
        "kty": "OKP", "crv": "Ed25519", "x": RFC_X, "kid": "1", "use": "sig", "alg": "EdDSA",
    }  # fmt: skip
    assert key.kid == f"https://example.org/keys#{RFC_THUMBPRINT}"


def test_a_did_key_is_what_the_method_says_it_is() -> None:
    public = key_of_did(DID)

    assert public is not None
    assert public_jwk(public, kid="")["x"] == DID_X
    assert did_key(public) == DID


@pytest.mark.parametrize(
    "did",
    [
        "did:key:z",
        f"{DID}x",
        DID[:-1],
        DID.replace("6", "0"),
        f"did:key:z1{DID[9:]}",
        f"did:key:z{'z' * 60}",
        f"did:key:z{'z' * 4000}",
        DID[9:],
        "did:web:example.org",
        # secp256k1, of the same length but for one byte
        "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme",
    ],
    ids=short,
)
def test_what_is_no_did_of_an_ed25519_key_has_none(did) -> None:
    assert key_of_did(did) is None


def test_a_key_comes_back_from_its_file() -> None:
    again = key_from_pem(KEY.to_pem(), address=f"{HOST}/keys.json")

    assert again.kid == KEY.kid
    assert again.sign(b"x") == KEY.sign(b"x")
    assert "PRIVATE" not in repr(again)


@pytest.mark.parametrize("pem", [b"", b"no key", EC_PRIVATE], ids=short)
def test_what_is_no_private_key_is_refused(pem) -> None:
    with pytest.raises(BadKeys):
        key_from_pem(pem, address="")


def test_a_seed_has_32_bytes() -> None:
    with pytest.raises(BadKeys, match="32 bytes"):
        key_from_seed(b"short", address="")


def test_the_published_set_holds_public_halves_and_is_read_again() -> None:
    published = key_set({KEY.kid: KEY.public, OTHER.kid: OTHER.public})
    keys = read_keys(json.dumps(published).encode())

    assert all("d" not in one for one in published["keys"])
    assert same(keys.named("", KEY.kid), KEY.public)
    assert same(keys.named("", thumbprint(OTHER.public)), OTHER.public)
    assert keys.named("", "https://example.org/other") is None


def test_one_key_and_a_key_in_pem_are_read_too() -> None:
    one = public_jwk(KEY.public, kid=KEY.kid)
    pem = KEY.public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )

    assert same(read_keys(json.dumps(one).encode()).named("", KEY.kid), KEY.public)
    assert same(read_keys(pem).named("", "any name"), KEY.public)


def test_a_key_with_the_name_goes_before_one_without() -> None:
    keys = PublicKeys((("", OTHER.public), (KEY.kid, KEY.public)))

    assert same(keys.named("", KEY.kid), KEY.public)
    assert same(keys.named("", "another"), OTHER.public)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[]", "These are no keys: the file is no JSON object."),
        (b"{}", "There is no Ed25519 key in this file."),
        (b'{"keys": 7}', "There is no Ed25519 key in this file."),
        (b'{"keys": [7, {"kty": "RSA"}]}', "There is no Ed25519 key in this file."),
        (b'{"kty": "OKP", "crv": "Ed25519"}', "A key in this file is damaged."),
        (b'{"kty": "OKP", "crv": "Ed25519", "x": "AA"}', "A key in this file is damaged."),
        (b'{"kty": "OKP", "crv": "Ed25519", "d": ""}', "There is a private key in this file."),
        (b"-----BEGIN PUBLIC KEY-----", "This is no public key in PEM."),
        (EC_PUBLIC, "This is no Ed25519 key."),
        (b" " * 300_000, "This file is too large for keys."),
    ],
    ids=short,
)  # fmt: skip
def test_what_holds_no_public_key_is_refused(content, said) -> None:
    with pytest.raises(BadKeys, match=said.replace(".", r"\.")):
        read_keys(content)


def same(key, other) -> bool:
    return key.public_bytes_raw() == other.public_bytes_raw()
