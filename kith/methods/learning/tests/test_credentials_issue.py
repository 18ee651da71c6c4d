"""What is in a credential, and what is not."""

import json
from dataclasses import replace
from datetime import datetime

import pytest

from kith.methods.learning.credentials.issuing import (
    BadAward,
    Learner,
    NotPrivate,
    achievement_document,
    document,
    hashed_email,
    hashed_name,
    profile_document,
    recognises,
    shown_name,
)
from kith.methods.learning.credentials.moments import NoZone
from kith.methods.learning.tests.credentials import (
    AWARD,
    HOST,
    ISSUER,
    KEY,
    LIST,
    SALT,
    parts,
    reasons,
    token,
)


def test_a_credential_is_signed_with_ed25519_under_the_address_of_the_key() -> None:
    header, claims = parts(token())

    assert header == {"alg": "EdDSA", "kid": KEY.kid, "typ": "JWT"}
    assert KEY.kid.startswith(f"{HOST}/keys.json#")
    assert {name: claims[name] for name in ("iss", "sub", "jti", "nbf", "exp")} == {
        "iss": ISSUER.id,
        "sub": AWARD.learner.id,
        "jti": AWARD.id,
        "nbf": 1772355600,
        "exp": 1803891600,
    }


def test_the_credential_stands_at_the_top_of_the_token() -> None:
    _header, claims = parts(token())

    assert {**claims, **document(AWARD)} == claims
    assert claims["@context"] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    assert claims["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert (claims["validFrom"], claims["validUntil"]) == (
        "2026-03-01T09:00:00Z",
        "2027-03-01T09:00:00Z",
    )
    assert claims["credentialStatus"]["statusListCredential"] == LIST


def test_an_achievement_says_its_language_and_where_the_others_are() -> None:
    _header, claims = parts(token())

    achievement = claims["credentialSubject"]["achievement"]
    assert achievement["inLanguage"] == "en"
    assert achievement["related"] == [
        {
            "id": f"{HOST}/achievements/traffic?language=pl",
            "type": ["Related"],
            "inLanguage": "pl",
        }
    ]


def test_no_e_mail_address_stands_in_a_credential() -> None:
    text = json.dumps(parts(token()), ensure_ascii=False)

    assert "Olena K." in text
    assert "@example" not in text
    assert "olena@" not in text.lower()


def test_who_knows_the_address_recognises_it_and_nobody_else() -> None:
    _header, claims = parts(token())
    email, name = claims["credentialSubject"]["identifier"]

    assert [recognises(email, one) for one in (" olena@EXAMPLE.org", "eva@example.org")] == [
        True,
        False,
    ]
    assert [recognises(name, one) for one in ("Olena K. ", "olena k.")] == [True, False]
    assert recognises({}, "") is False


def test_a_hidden_name_keeps_its_letters() -> None:
    learner = Learner("urn:uuid:1", (hashed_name("Olena", salt=SALT),))
    _header, claims = parts(token(learner=learner))
    (hidden,) = claims["credentialSubject"]["identifier"]

    assert "Olena" not in json.dumps(claims)
    assert [recognises(hidden, one) for one in ("Olena", "olena")] == [True, False]


def test_a_credential_may_say_nothing_of_who_it_is_for() -> None:
    bare = token(
        learner=Learner("urn:uuid:1"), status=None, valid_until=None, evidence=(), schema=""
    )
    _header, claims = parts(bare)

    left_out = {"credentialStatus", "validUntil", "exp", "evidence", "credentialSchema"}
    assert left_out & set(claims) == set()
    assert set(claims["credentialSubject"]) == {"id", "type", "achievement"}
    assert reasons(bare) == []


def test_a_schema_brings_the_context_that_defines_its_kind() -> None:
    address = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/badge.json"
    with_schema = token(schema=address)
    _header, claims = parts(with_schema)

    assert claims["credentialSchema"] == [{"id": address, "type": "1EdTechJsonSchemaValidator2019"}]
    assert len(claims["@context"]) == 3
    assert reasons(with_schema) == []


def test_evidence_may_have_an_address() -> None:
    (shown,) = AWARD.evidence
    with_address = token(evidence=(replace(shown, address=f"{HOST}/evidence/1"),))

    assert parts(with_address)[1]["evidence"][0]["id"] == f"{HOST}/evidence/1"
    assert reasons(with_address) == []


def test_a_plain_achievement_says_no_language_and_no_kind() -> None:
    plain = replace(AWARD.achievement, language="", kind="", others={})

    assert set(document(replace(AWARD, achievement=plain))["credentialSubject"]["achievement"]) == {
        "id",
        "type",
        "name",
        "description",
        "criteria",
    }


def test_what_is_published_about_the_issuer_and_the_achievement() -> None:
    profile, told = (
        profile_document(ISSUER),
        achievement_document(AWARD.achievement, issuer=ISSUER),
    )

    assert profile["id"] == told["creator"]["id"] == f"{HOST}/issuer.json"
    assert profile["@context"] == told["@context"]
    assert told["criteria"] == {"narrative": AWARD.achievement.narrative}


def test_what_would_be_refused_by_readers_is_not_issued() -> None:
    with pytest.raises(BadAward, match=r"“issuer\.id” should be an address") as caught:
        token(issuer=replace(ISSUER, id="the bridges"))

    assert [one.reason for one in caught.value.findings] == ["member_wrong"]


def test_a_moment_without_its_time_zone_is_not_issued() -> None:
    with pytest.raises(NoZone):
        token(valid_from=datetime(2026, 3, 1))  # noqa: DTZ001


def test_a_short_salt_and_a_name_that_is_an_address_are_refused() -> None:
    with pytest.raises(NotPrivate, match="at least 16"):
        hashed_email("olena@example.org", salt="short")
    with pytest.raises(NotPrivate, match="no e-mail address"):
        shown_name("olena@example.org")
