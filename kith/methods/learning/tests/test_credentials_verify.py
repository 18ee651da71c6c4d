"""What makes a credential valid, and each way not to be."""

import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.methods.learning.credentials.findings import SENTENCES, found
from kith.methods.learning.credentials.issuing import Issuer
from kith.methods.learning.credentials.keys import did_key_from_seed, public_jwk
from kith.methods.learning.credentials.tokens import MOST_CHARACTERS
from kith.methods.learning.tests.credentials import (
    AWARD,
    HOST,
    ISSUER,
    JUNE,
    KEY,
    KEYS,
    LIST,
    MARCH,
    NEXT_MARCH,
    OTHER,
    checked,
    parts,
    reasons,
    sentences,
    short,
    signed,
    signed_bytes,
    status_list,
    token,
)

TOKEN = token()
ALL = frozenset({"form", "signature", "issuer", "dates", "status"})


def changed(path: str, value: object) -> str:
    """The credential with one member changed, signed by its issuer all the same."""
    _header, claims = parts(TOKEN)
    node: Any = claims
    *way, last = path.split(".")
    for step in way:
        node = node[int(step)] if isinstance(node, list) else node[step]
    if isinstance(node, list):
        node[int(last)] = value
    elif value is None:
        node.pop(last, None)
    else:
        node[last] = value
    return signed(claims)


def headed(**header: object) -> str:
    _header, claims = parts(TOKEN)
    return signed(claims, header={"alg": "EdDSA", "kid": KEY.kid, "typ": "JWT"} | header)


def test_a_credential_is_valid() -> None:
    outcome = checked(f"  {TOKEN}\n")

    assert (outcome.findings, outcome.is_valid, outcome.is_open) == ((), True, False)
    assert outcome.checked == ALL
    assert outcome.credential == parts(TOKEN)[1]


@given(st.integers(0, len(TOKEN) - 1), st.integers(1, 127))
def test_a_changed_byte_is_never_valid(place, mask) -> None:
    other = chr(ord(TOKEN[place]) ^ mask)

    assert not checked(TOKEN[:place] + other + TOKEN[place + 1 :]).is_valid


def test_no_bit_of_any_byte_can_be_turned() -> None:
    for place, byte in enumerate(TOKEN.encode()):
        other = chr(byte ^ 1 << place % 7)

        assert not checked(TOKEN[:place] + other + TOKEN[place + 1 :]).is_valid


@given(st.text(max_size=200) | st.from_regex(r"[\w-]{0,40}(\.[\w-]{0,40}){2}"))
def test_no_text_raises(text) -> None:
    assert [one.reason for one in checked(text).findings] == ["malformed"]


SHORT = st.text(max_size=5)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | SHORT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SHORT, inner, max_size=3),
    max_leaves=8,
)


@given(ANY, st.sampled_from([
    "@context", "type", "issuer", "id", "validFrom", "credentialSubject", "credentialStatus", "nbf",
    "evidence", "credentialSchema", "name", "iss", "exp", "credentialSubject.identifier", "sub",
    "credentialSubject.achievement", "credentialSubject.achievement.criteria", "issuer.id",
    "credentialSubject.id", "credentialSubject.type", "credentialStatus.statusListIndex",
    "credentialStatus.type", "credentialStatus.statusPurpose", "credentialSubject.identifier.0",
]))  # fmt: skip
def test_no_signed_content_raises(value, path) -> None:
    assert isinstance(checked(changed(path, value)).is_valid, bool)


# the token


@pytest.mark.parametrize(
    ("jwt", "said"),
    [
        ("", "a token has three parts with dots between them"),
        ("a.b", "a token has three parts with dots between them"),
        ("a.b.c", "the header is no base64url"),
        (f"{TOKEN}=", "the signature is no base64url"),
        (f"{TOKEN[:-1]}+", "the signature is no base64url"),
        ("x" * (MOST_CHARACTERS + 1), "it is too long"),
        (signed([]), "the content is no JSON object"),
        (signed_bytes(b'{"id": "a", "id": "b"}'), "the content is no JSON"),
        (signed_bytes(b'{"id": NaN}'), "the content is no JSON"),
        (signed_bytes(b'{"id": 1e999}'), "the content is no JSON"),
        (signed_bytes(b'{"id": "\\ud800"}'), "the content is no JSON"),
        (signed_bytes(b"\xff"), "the content is no JSON"),
        (signed_bytes(b"[" * 100_000), "the content is no JSON"),
        (signed_bytes(b'{"a":' * 30 + b"1" + b"}" * 30), "the content has too many levels"),
    ],
    ids=short,
)
def test_what_is_no_token_is_malformed(jwt, said) -> None:
    assert sentences(jwt) == [f"It is malformed: {said}."]


def test_spare_bits_of_the_last_character_do_not_give_a_second_spelling() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    following = letters[letters.index(TOKEN[-1]) + 1]

    assert sentences(TOKEN[:-1] + following) == ["It is malformed: the signature is no base64url."]


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS256", "eddsa", None, ["EdDSA"]])
def test_no_other_algorithm_is_accepted(algorithm) -> None:
    assert reasons(headed(alg=algorithm)) == ["algorithm_wrong"]


@pytest.mark.parametrize(
    ("header", "member"),
    [
        ({"crit": ["exp"]}, "crit"),
        ({"b64": False}, "b64"),
        ({"jku": "https://evil.example"}, "jku"),
        ({"typ": "JOSE"}, "typ"),
        ({"typ": ["JWT"]}, "typ"),
    ],
)
def test_headers_that_could_change_what_is_read_are_refused(header, member) -> None:
    assert sentences(headed(**header)) == [f"Its header has “{member}”, which is not accepted."]


# the form


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("@context", None, "“@context” is missing."),
        ("@context", 7, "“@context” should be a list that begins with https://www.w3.org/ns"),
        ("@context", ["https://www.w3.org/ns/credentials/v2"], "“@context” should be a list with"),
        ("@context.1", "https://evil.example", "“@context” should be a list with"),
        ("type", ["VerifiableCredential"], "“type” should be VerifiableCredential and Open"),
        ("type", "OpenBadgeCredential", "“type” should be VerifiableCredential and Open"),
        ("issuer", "nobody", "“issuer” should be an object."),
        ("issuer.type", "Person", "“issuer.type” should be Profile."),
        ("validFrom", "2026-03-01", "“validFrom” should be a moment with its time zone."),
        ("validFrom", "2026-03-01T09:00:00", "“validFrom” should be a moment"),
        ("validFrom", "2026-02-30T09:00:00Z", "“validFrom” should be a moment"),
        ("validUntil", "0001-01-01T00:00:00+14:00", "“validUntil” should be a moment"),
        ("credentialSubject", [], "“credentialSubject” should be an object."),
        ("credentialSubject.achievement", None, "“credentialSubject.achievement” is missing."),
        ("credentialSubject.achievement.criteria", {},
         "“credentialSubject.achievement.criteria.id or narrative” is missing."),
        ("credentialSubject.achievement.inLanguage", "english!",
         "“credentialSubject.achievement.inLanguage” should be the code of a language."),
        ("credentialSubject.identifier.0.hashed", "yes",
         "“credentialSubject.identifier.0.hashed” should be true or false."),
        ("name", {"en": "Safe"}, "“name” should be a text."),
        ("id", "x", "“id” should be an address."),
        ("id", f"urn:{'x' * 3000}", "“id” should be an address."),
        ("evidence", [{}] * 101, "“evidence” should be at most 100."),
        ("colour", "green", "“colour” is defined in none of its contexts."),
        ("issuer.colour", "green", "“issuer.colour” is defined in none of its contexts."),
        ("evidence.0.type", ["Evidence", "Proof"], "“evidence.0.type: Proof” is defined in none"),
        ("vc", {}, "“vc” is defined in none of its contexts."),
    ],
    ids=short,
)  # fmt: skip
def test_a_member_that_is_missing_or_wrong_is_named(path, value, said) -> None:
    outcome = checked(changed(path, value))

    assert outcome.findings[0].sentence.startswith(said)
    assert (outcome.checked, outcome.credential) == (frozenset({"form"}), None)


def test_a_context_that_is_not_known_here_could_mean_anything() -> None:
    _header, claims = parts(TOKEN)
    claims["@context"].append("https://evil.example/context")

    assert sentences(signed(claims)) == [
        "“@context: https://evil.example/context” is defined in none of its contexts."
    ]


def test_forms_that_others_use_are_read_too() -> None:
    _header, claims = parts(TOKEN)
    claims["issuer"] = ISSUER.id
    claims["type"][1] = "AchievementCredential"
    claims["credentialSubject"]["identifier"] = claims["credentialSubject"]["identifier"][0]
    claims["credentialSubject"]["achievement"]["creator"] = ISSUER.id
    claims["credentialStatus"] = [claims["credentialStatus"]]
    claims["evidence"][0]["type"] = "Evidence"
    claims["iat"] = claims["nbf"]
    del claims["sub"], claims["credentialSubject"]["id"]

    assert reasons(signed(claims)) == []


@pytest.mark.parametrize(
    ("claim", "value", "reason"),
    [
        ("iss", "https://evil.example", "claim_wrong"),
        ("sub", "urn:uuid:2", "claim_wrong"),
        ("jti", None, "member_missing"),
        ("sub", None, "member_missing"),
        ("exp", None, "member_missing"),
        ("nbf", True, "claim_wrong"),
        ("exp", 4102444800, "claim_wrong"),
    ],
)
def test_a_claim_that_says_something_else_is_refused(claim, value, reason) -> None:
    assert reasons(changed(claim, value)) == [reason]


# who signed it


def test_a_signature_of_another_key_does_not_fit_and_nothing_is_believed() -> None:
    _header, claims = parts(TOKEN)
    forged = signed(claims, header={"alg": "EdDSA", "kid": KEY.kid}, key=OTHER)
    outcome = checked(forged)

    assert [one.reason for one in outcome.findings] == ["signature_wrong"]
    assert outcome.credential is None


def test_a_key_that_is_not_at_hand_leaves_it_open_and_says_where_the_key_is() -> None:
    outcome = checked(TOKEN, key_of=lambda _issuer, _name: None)

    assert [one.sentence for one in outcome.findings] == [
        f"The key it was signed with is not at hand; its address is {KEY.kid}."
    ]
    assert (outcome.is_valid, outcome.is_open) == (False, True)
    assert outcome.checked == {"form", "issuer", "dates"}


@pytest.mark.parametrize(
    "kid", ["https://evil.example/keys.json#1", "https://[", "http://kith.example.org/k"]
)
def test_a_key_at_another_host_is_refused_even_when_somebody_has_it(kid) -> None:
    outcome = checked(headed(kid=kid), key_of=lambda _issuer, _name: KEY.public)

    assert [one.reason for one in outcome.findings] == ["key_elsewhere"]
    assert outcome.credential is None


def test_an_embedded_key_is_only_a_name_for_the_key_that_is_known() -> None:
    _header, claims = parts(TOKEN)

    def with_jwk(jwk: object) -> str:
        return signed(claims, header={"alg": "EdDSA", "jwk": jwk}, key=OTHER)

    own = signed(claims, header={"alg": "EdDSA", "jwk": public_jwk(KEY.public, kid="")})
    assert reasons(own) == []
    assert reasons(with_jwk(public_jwk(OTHER.public, kid=KEY.kid))) == ["key_missing"]
    assert reasons(with_jwk({**public_jwk(OTHER.public, kid=""), "d": "x"})) == ["key_missing"]
    assert sentences(with_jwk(7), status_of=lambda _address: None) == [
        "The key it was signed with is not at hand; its address is nowhere.",
        f"The status list {LIST} is not at hand, so it may have been revoked.",
    ]


def test_an_issuer_that_is_its_own_key_needs_no_other() -> None:
    key = did_key_from_seed(bytes(range(32)))
    issuer = Issuer(key.kid.partition("#")[0], "Bridges", "https://kith.example.org")
    own = token(key=key, issuer=issuer, status=None)
    strange = token(key=KEY, issuer=issuer, status=None)
    forged = signed(parts(own)[1], header=parts(own)[0], key=OTHER)
    asked = {"accepted_issuers": {issuer.id}, "key_of": lambda _issuer, _name: None}

    assert reasons(own, **asked) == []
    assert reasons(strange, **asked) == ["key_missing"]
    assert reasons(forged, **asked) == ["signature_wrong"]


def test_an_issuer_nobody_named_is_not_known() -> None:
    assert sentences(TOKEN, accepted_issuers=set()) == [
        f"The issuer {HOST}/issuer.json is not known here."
    ]


def test_where_any_issuer_will_do_the_issuer_is_not_checked() -> None:
    outcome = checked(TOKEN, accepted_issuers=None)

    assert outcome.is_valid
    assert outcome.checked == ALL - {"issuer"}


# from when until when


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (MARCH - timedelta(seconds=1), ["It is not valid before 2026-03-01."]),
        (MARCH, []),
        (MARCH.replace(tzinfo=None), []),
        (date(2026, 2, 28), ["It is not valid before 2026-03-01."]),
        (date(2026, 3, 1), []),
        (date(2027, 3, 1), []),
        (NEXT_MARCH - timedelta(seconds=1), []),
        (NEXT_MARCH, ["It expired on 2027-03-01."]),
        (date(2027, 3, 2), ["It expired on 2027-03-01."]),
    ],
)
def test_a_credential_is_valid_from_its_first_moment_until_its_last(today, said) -> None:
    listed = status_list(
        valid_from=datetime(2020, 1, 1, tzinfo=UTC), valid_until=datetime(2030, 1, 1, tzinfo=UTC)
    )

    assert sentences(TOKEN, today=today, status_of=lambda _address: listed) == said


def test_everything_that_is_wrong_is_said_at_once() -> None:
    assert reasons(
        TOKEN, accepted_issuers=set(), today=date(2030, 1, 1), status_of=lambda _address: None
    ) == ["issuer_unknown", "expired", "status_missing"]


# the sentences


def test_what_a_stranger_wrote_cannot_act_on_a_terminal() -> None:
    said = found("issuer_unknown", issuer=f"urn:\x1b[31m\u202e{'x' * 300}").sentence

    assert said.isprintable()
    assert said.startswith("The issuer urn:�[31m�xxx")
    assert "x… is not known here." in said


def test_every_sentence_has_its_values() -> None:
    given = dict.fromkeys(
        ("what", "algorithm", "member", "claim", "needs", "issuer", "address", "on", "kind", "why"),
        "x",
    )

    for reason in SENTENCES:
        assert "{" not in found(reason, **given).sentence


def test_the_longest_token_is_read_in_no_time() -> None:
    _header, claims = parts(TOKEN)
    claims["credentialSubject"]["achievement"]["description"] = "x" * 380_000
    long = signed(claims)
    begun = time.process_time()

    assert reasons(long) == []
    assert reasons(long, today=JUNE, accepted_issuers={AWARD.issuer.id}, key_of=KEYS.named) == []
    assert time.process_time() - begun < 2
