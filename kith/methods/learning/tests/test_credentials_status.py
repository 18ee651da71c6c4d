"""Status lists: what they say, and each way in which they cannot be used."""

import gzip
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.methods.learning.credentials.status import (
    LEAST_BITS,
    MOST_BYTES,
    BadList,
    decode_bits,
    encode_bits,
    is_set,
)
from kith.methods.learning.credentials.tokens import encode
from kith.methods.learning.tests.credentials import (
    INDEX,
    ISSUER,
    LIST,
    OTHER,
    checked,
    parts,
    reasons,
    sentences,
    short,
    signed,
    status_list,
    token,
)

TOKEN = token()


def zipped(length: int) -> bytes:
    return gzip.compress(bytes(length), mtime=0)


def with_list(listed: str | None) -> list[str]:
    return sentences(TOKEN, status_of=lambda _address: listed)


def changed_list(**changes: object) -> str:
    _header, claims = parts(status_list())
    return signed({**claims, **changes})


def with_subject(**changes: object) -> str:
    _header, claims = parts(status_list())
    return changed_list(credentialSubject={**claims["credentialSubject"], **changes})


def with_entry(**changes: object) -> str:
    _header, claims = parts(TOKEN)
    entry = {**claims["credentialStatus"], **changes}
    return signed({**claims, "credentialStatus": entry})


def test_a_revoked_credential_is_not_valid_and_its_neighbours_are() -> None:
    lists = {LIST: status_list(INDEX)}
    others = {LIST: status_list(INDEX - 1, INDEX + 1, 0, LEAST_BITS - 1)}

    assert sentences(TOKEN, status_of=lists.get) == ["It was revoked."]
    assert sentences(TOKEN, status_of=others.get) == []


def test_a_list_that_is_not_at_hand_leaves_it_open() -> None:
    outcome = checked(TOKEN, status_of=lambda _address: None)

    assert [one.reason for one in outcome.findings] == ["status_missing"]
    assert (outcome.is_open, "status" in outcome.checked) == (True, False)


@given(st.sets(st.integers(0, LEAST_BITS - 1), max_size=50))
def test_bits_come_back_as_they_were_written(revoked) -> None:
    content = decode_bits(encode_bits(revoked))

    assert len(content) * 8 == LEAST_BITS
    assert sum(byte.bit_count() for byte in content) == len(revoked)
    assert all(is_set(content, index) for index in revoked)


def test_the_first_place_is_the_left_bit_of_the_first_byte() -> None:
    assert decode_bits(encode_bits([0, 15]))[:3] == b"\x80\x01\x00"


def test_the_same_list_is_the_same_text() -> None:
    assert status_list(3, 1) == status_list(1, 3)


def test_a_list_has_at_least_as_many_places_as_hide_one_of_them() -> None:
    with pytest.raises(BadList, match="131072 to 8388608"):
        encode_bits([], bits=1024)
    with pytest.raises(BadList, match="no place 131072"):
        encode_bits([LEAST_BITS])
    with pytest.raises(BadList, match="no place -1"):
        is_set(b"\0", -1)


@pytest.mark.parametrize(
    ("encoded", "said"),
    [
        ("H4sIAAAA", "It is no zipped base64url after a u."),
        ("u!", "It is no zipped base64url after a u."),
        ("u" + encode(b"no zip"), "It is no zipped base64url after a u."),
        ("u" + encode(zipped(MOST_BYTES + 1)), "It is too long."),
        ("u" + encode(zipped(100_000_000)), "It is too long."),
        ("u" + encode(zipped(16_384)[:-9]), "It is not whole."),
        ("u" + encode(zipped(16_384) * 2), "It is not whole."),
        ("u" + encode(zipped(16_383)), "It has fewer than 131072 places."),
    ],
    ids=short,
)  # fmt: skip
def test_a_list_that_is_no_list_is_refused(encoded, said) -> None:
    listed = with_subject(encodedList=encoded)

    assert with_list(listed) == [f"Its status list {LIST} cannot be used. {said}"]


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("no token", "It is malformed: a token has three parts with dots between them."),
        (changed_list(**{"@context": []}), "“@context” should be a list that begins rightly."),
        (changed_list(type=["VerifiableCredential"]), "“type” should be VerifiableCredential and"),
        (changed_list(jti="urn:x"), "The claim “jti” does not say what the credential says."),
        (status_list(issuer="https://kith.example.org/x"), "It is of another issuer: https://kith"),
        (status_list(address=f"{LIST}0"), f"It is another list: {LIST}0."),
        (with_subject(statusPurpose=["suspension"]), "It is kept for another purpose."),
        (signed(parts(status_list())[1], header=parts(status_list())[0], key=OTHER),
         "The signature does not fit"),
        (signed(parts(status_list())[1], header={"alg": "none"}), "It is signed with “none”"),
    ],
    ids=short,
)  # fmt: skip
def test_a_list_that_is_not_the_issuers_or_not_the_one_meant_is_refused(listed, said) -> None:
    (sentence,) = with_list(listed)

    assert sentence.startswith(f"Its status list {LIST} cannot be used. {said}")


def test_an_old_list_is_refused_however_well_it_is_signed() -> None:
    (sentence,) = sentences(token(valid_until=None), today=date(2027, 4, 1))

    assert sentence == f"Its status list {LIST} cannot be used. It expired on 2027-03-01."


def test_a_list_without_its_own_dates_and_claims_can_be_read() -> None:
    _header, claims = parts(status_list())
    kept = {name: value for name, value in claims.items() if len(name) != 3}
    del kept["validUntil"], kept["validFrom"]

    assert with_list(signed(kept)) == []


def test_a_list_signed_with_a_key_that_is_missing_leaves_it_open() -> None:
    assert [one.split(";")[0] for one in with_list(status_list(key=OTHER))] == [
        "The key it was signed with is not at hand"
    ]


def test_a_suspension_is_said_as_one() -> None:
    listed = with_subject(statusPurpose="suspension", encodedList=encode_bits([INDEX]))

    assert sentences(with_entry(statusPurpose="suspension"), status_of=lambda _one: listed) == [
        "It is suspended."
    ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"statusPurpose": "message"}, "member_wrong"),
        ({"statusListIndex": 5}, "member_wrong"),
        ({"statusListIndex": "05"}, "member_wrong"),
        ({"statusListIndex": str(LEAST_BITS)}, "status_list"),
        ({"statusSize": 2}, "member_wrong"),
        ({"statusSize": 1}, None),
        ({"type": "1EdTechRevocationList"}, "term_unknown"),
        ({"type": "https://example.org/Other"}, "term_unknown"),
    ],
)
def test_an_entry_that_is_not_understood_is_refused(changes, reason) -> None:
    assert reasons(with_entry(**changes))[:1] == ([reason] if reason else [])


def test_another_kind_of_status_is_refused_by_name() -> None:
    _header, claims = parts(TOKEN)
    claims["@context"].append("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
    claims["credentialStatus"] = {"id": f"{ISSUER.id}#1", "type": "1EdTechRevocationList"}

    assert sentences(signed(claims)) == [
        "Its status is kept in a way that is not known here (1EdTechRevocationList)."
    ]
