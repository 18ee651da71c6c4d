"""What a credential and a status list must hold: tables of members, from the published ones.

Source: Open Badges 3.0, appendix B (AchievementCredential, AchievementSubject, Achievement,
Profile, IdentityObject, Evidence); Verifiable Credentials Data Model 2.0, section 4; Bitstring
Status List 1.0, section 2. Members that are in no table may hold whatever terms.py allows there.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kith.methods.learning.credentials.findings import Finding, found
from kith.methods.learning.credentials.moments import moment
from kith.methods.learning.credentials.terms import (
    BADGES,
    CREDENTIALS,
    EXTENSIONS,
    OLDER_BADGES,
    named_types,
    undefined,
)

MOST_URI, MOST_ENTRIES = 2048, 100
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
INDEX = re.compile(r"0|[1-9][0-9]{0,9}")
PURPOSE = re.compile(r"revocation|suspension")

# A check yields what is wrong with a value; its second parameter is the path of the value.
Check = Callable[[Any, str], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Member:
    check: Check
    needed: bool = False


def need(check: Check) -> Member:
    return Member(check, needed=True)


def may(check: Check) -> Member:
    return Member(check)


def _fits(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and bool(pattern.fullmatch(value))


def _is_uri(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MOST_URI and bool(URI.fullmatch(value))


def _begins(contexts: Any) -> bool:
    return isinstance(contexts, list) and contexts[:1] == [CREDENTIALS]


def _that(needs: str, holds: Callable[[Any], bool]) -> Check:
    def check(value: Any, path: str) -> Iterator[Finding]:
        if not holds(value):
            yield found("member_wrong", member=path, needs=needs)

    return check


def _typed(*needed: str) -> Check:
    """Each of the types; one of several where they stand with a stroke between them."""

    def holds(value: Any) -> bool:
        named = set(named_types({"type": value}))
        return all(named & set(one.split("|")) for one in needed)

    return _that(" and ".join(one.replace("|", " or ") for one in needed), holds)


def _each(check: Check) -> Check:
    """One value or a list of at most MOST_ENTRIES."""

    def each(value: Any, path: str) -> Iterator[Finding]:
        listed = value if isinstance(value, list) else [value]
        if len(listed) > MOST_ENTRIES:
            yield found("member_wrong", member=path, needs=f"at most {MOST_ENTRIES}")
            return
        for place, one in enumerate(listed):
            yield from check(one, f"{path}.{place}" if isinstance(value, list) else path)

    return each


def _object(members: Mapping[str, Member], *, one_of: tuple[str, ...] = ()) -> Check:
    """An object with these members; of `one_of` at least one."""

    def check(value: Any, path: str) -> Iterator[Finding]:
        if not isinstance(value, dict):
            yield found("member_wrong", member=path, needs="an object")
            return
        start = f"{path}." if path else ""
        for name, member in members.items():
            if name in value:
                yield from member.check(value[name], f"{start}{name}")
            elif member.needed:
                yield found("member_missing", member=f"{start}{name}")
        if one_of and not set(one_of) & set(value):
            yield found("member_missing", member=f"{start}{' or '.join(one_of)}")

    return check


def _or_address(check: Check) -> Check:
    def either(value: Any, path: str) -> Iterator[Finding]:
        return iter(()) if _is_uri(value) else check(value, path)

    return either


def _contexts(value: Any, path: str) -> Iterator[Finding]:
    known = (BADGES, *OLDER_BADGES)
    if not _begins(value):
        yield found("member_wrong", member=path, needs=f"a list that begins with {CREDENTIALS}")
    elif len(value) < 2 or value[1] not in known:
        yield found("member_wrong", member=path, needs=f"a list with {BADGES} in second place")
    else:
        others = [one for one in value[2:] if one not in (*known, EXTENSIONS)]
        yield from (found("term_unknown", member=f"{path}: {one}") for one in others)


ADDRESS = _that("an address", _is_uri)
TEXT = _that("a text", lambda value: isinstance(value, str))
MOMENT = _that("a moment with its time zone", lambda value: moment(value) is not None)
TRUTH = _that("true or false", lambda value: isinstance(value, bool))
TONGUE = _that("the code of a language", _fits(LANGUAGE))

PROFILE = _object({
    "id": need(ADDRESS), "type": need(_typed("Profile")), "name": may(TEXT), "url": may(ADDRESS),
})  # fmt: skip
IDENTITY = _object({
    "type": need(_typed("IdentityObject")), "hashed": need(TRUTH), "identityHash": need(TEXT),
    "identityType": need(TEXT), "salt": may(TEXT),
})  # fmt: skip
RELATED = _object({
    "id": need(ADDRESS), "type": need(_typed("Related")), "inLanguage": may(TONGUE),
})  # fmt: skip
CRITERIA = _object(
    {"id": may(ADDRESS), "narrative": may(TEXT)}, one_of=("id", "narrative")
)  # fmt: skip
ACHIEVEMENT = _object({
    "id": need(ADDRESS), "type": need(_typed("Achievement")), "name": need(TEXT),
    "description": need(TEXT), "criteria": need(CRITERIA), "achievementType": may(TEXT),
    "creator": may(_or_address(PROFILE)), "inLanguage": may(TONGUE), "related": may(_each(RELATED)),
})  # fmt: skip
SUBJECT = _object({
    "id": may(ADDRESS), "type": need(_typed("AchievementSubject")),
    "achievement": need(ACHIEVEMENT), "identifier": may(_each(IDENTITY)),
}, one_of=("id", "identifier"))  # fmt: skip
EVIDENCE = _object({
    "id": may(ADDRESS), "type": need(_typed("Evidence")), "name": may(TEXT),
    "narrative": may(TEXT), "description": may(TEXT),
})  # fmt: skip
SCHEMA = _object({"id": need(ADDRESS), "type": need(_each(TEXT))})
BADGE = _object({
    "@context": need(_contexts), "id": need(ADDRESS),
    "type": need(_typed("VerifiableCredential", "OpenBadgeCredential|AchievementCredential")),
    "name": may(TEXT), "description": may(TEXT), "issuer": need(_or_address(PROFILE)),
    "validFrom": need(MOMENT), "validUntil": may(MOMENT), "credentialSubject": need(SUBJECT),
    "credentialStatus": may(_each(_object({"type": need(_each(TEXT))}))),
    "evidence": may(_each(EVIDENCE)), "credentialSchema": may(_each(SCHEMA)),
})  # fmt: skip

LIST_SUBJECT = _object({
    "id": may(ADDRESS), "type": need(_typed("BitstringStatusList")),
    "statusPurpose": need(_each(TEXT)), "encodedList": need(TEXT),
})  # fmt: skip
STATUS_LIST = _object({
    "@context": need(_that("a list that begins rightly", _begins)), "id": need(ADDRESS),
    "type": need(_typed("VerifiableCredential", "BitstringStatusListCredential")),
    "issuer": need(_or_address(PROFILE)), "validFrom": may(MOMENT), "validUntil": may(MOMENT),
    "credentialSubject": need(LIST_SUBJECT),
})  # fmt: skip
LIST_ENTRY = _object({
    "type": need(_typed("BitstringStatusListEntry")),
    "statusPurpose": need(_that("revocation or suspension", _fits(PURPOSE))),
    "statusListIndex": need(_that("a whole number in a text", _fits(INDEX))),
    "statusListCredential": need(ADDRESS),
    "statusSize": may(_that("1", lambda value: value == 1)),
})  # fmt: skip


def badge_findings(credential: dict[str, Any]) -> Iterator[Finding]:
    """What keeps a credential from being an OpenBadgeCredential of which every word is defined."""
    yield from BADGE(credential, "")
    yield from (found("term_unknown", member=path) for path in undefined(credential))


def issuer_of(credential: Mapping[str, Any]) -> str:
    """The identifier of the issuer of a credential with the right shape."""
    issuer = credential["issuer"]
    return str(issuer["id"] if isinstance(issuer, dict) else issuer)
