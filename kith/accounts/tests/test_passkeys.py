"""Passkeys, with a software authenticator that signs as a browser would."""

import hashlib
import json
import secrets

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

from kith.accounts.tests.factories import (
    factors_now,
    member_with_address,
    type_password,
    verbs,
)

pytestmark = pytest.mark.django_db

ORIGIN, RP = "http://localhost", "localhost"
PRESENT_AND_VERIFIED, WITH_KEY = 0x05, 0x40


class Device:
    """One passkey in one device."""

    def __init__(self, origin=ORIGIN):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.origin = origin

    def make(self, asked):
        self.owner = websafe_decode(asked["user"]["id"])
        cose = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        credential = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cose
        data = self._data(PRESENT_AND_VERIFIED | WITH_KEY) + credential
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        answer = {"attestationObject": websafe_encode(attestation)}
        return self._answer("webauthn.create", asked, answer)

    def use(self, asked):
        data = self._data(PRESENT_AND_VERIFIED)
        client = self._client("webauthn.get", asked)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        answer = {
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signed),
            "userHandle": websafe_encode(self.owner),
        }
        return self._answer("webauthn.get", asked, answer)

    def _data(self, flags):
        return hashlib.sha256(RP.encode()).digest() + bytes([flags]) + bytes(4)

    def _client(self, kind, asked):
        told = {"type": kind, "challenge": asked["challenge"], "origin": self.origin}
        return json.dumps(told).encode()

    def _answer(self, kind, asked, answer):
        client = websafe_encode(self._client(kind, asked))
        return {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "clientExtensionResults": {"credProps": {"rk": True}},
            "response": {**answer, "clientDataJSON": client},
        }


@pytest.fixture(autouse=True)
def at_localhost(settings, client):
    settings.ALLOWED_HOSTS = ["localhost"]
    client.defaults["HTTP_HOST"] = "localhost"


def asked(client, path):
    return client.post(path).json()["publicKey"]


def make_passkey(client, device):
    question = asked(client, "/account/second-factor/passkey/question/")
    credential = json.dumps(device.make(question))
    return client.post("/account/second-factor/passkey/", {"credential": credential})


def use_passkey(client, device):
    question = asked(client, "/sign-in/passkey/question/")
    return client.post("/sign-in/passkey/", {"credential": json.dumps(device.use(question))})


def test_a_passkey_is_made_and_counts_as_second_factor(client) -> None:
    ewa = member_with_address("ewa@example.org")
    type_password(client, "ewa@example.org")

    answer = make_passkey(client, Device())

    assert answer.headers["Location"] == "/account/recovery-codes/"
    assert factors_now(ewa) == ["recovery_codes", "webauthn"]
    assert client.get("/").status_code == 200


def test_someone_comes_in_with_a_passkey_alone(client) -> None:
    ewa, device = member_with_address("ewa@example.org"), Device()
    type_password(client, "ewa@example.org")
    make_passkey(client, device)
    client.post("/sign-out/")

    answer = use_passkey(client, device)

    assert answer.headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(ewa.user_id)
    assert client.session["second_factor"] is True
    assert verbs(ewa)[-1] == "accounts.sign_in"


def test_a_passkey_answers_the_second_step(client) -> None:
    ewa, device = member_with_address("ewa@example.org"), Device()
    type_password(client, "ewa@example.org")
    make_passkey(client, device)
    client.post("/sign-out/")

    step = type_password(client, "ewa@example.org")
    use_passkey(client, device)

    assert step.headers["Location"] == "/sign-in/second/"
    assert client.session["_auth_user_id"] == str(ewa.user_id)


def test_the_passkey_of_one_does_not_answer_the_second_step_of_another(client) -> None:
    member_with_address("ewa@example.org")
    member_with_address("jan@example.org")
    ewas, jans = Device(), Device()
    for address, device in (("ewa@example.org", ewas), ("jan@example.org", jans)):
        type_password(client, address)
        make_passkey(client, device)
        client.post("/sign-out/")

    type_password(client, "ewa@example.org")
    answer = use_passkey(client, jans)

    assert answer.headers["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_an_answer_given_to_another_site_is_refused(client) -> None:
    member_with_address("ewa@example.org")
    device = Device()
    type_password(client, "ewa@example.org")
    make_passkey(client, device)
    client.post("/sign-out/")
    device.origin = "https://localhost.example.com"

    use_passkey(client, device)

    assert "_auth_user_id" not in client.session


def test_an_answer_cannot_be_used_twice(client) -> None:
    member_with_address("ewa@example.org")
    device = Device()
    type_password(client, "ewa@example.org")
    make_passkey(client, device)
    client.post("/sign-out/")
    question = asked(client, "/sign-in/passkey/question/")
    credential = json.dumps(device.use(question))
    client.post("/sign-in/passkey/", {"credential": credential})
    client.post("/sign-out/")

    client.post("/sign-in/passkey/", {"credential": credential})

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("credential", ["", "no json", "{}", '{"id": "x", "response": {}}', "[]"])
def test_nonsense_instead_of_a_passkey_is_refused_politely(client, credential) -> None:
    member_with_address("ewa@example.org")

    answer = client.post("/sign-in/passkey/", {"credential": credential})

    assert answer.headers["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session
