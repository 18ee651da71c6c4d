"""Credentials as they are written: what was achieved, by whom, until when; signed as one token.

Source: Open Badges 3.0 with the Verifiable Credentials Data Model 2.0. Open Badges has one text for
each name, no map of languages: an achievement says its language and points to its others.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kith.methods.learning.credentials.findings import Finding
from kith.methods.learning.credentials.keys import SigningKey
from kith.methods.learning.credentials.moments import seconds, written
from kith.methods.learning.credentials.shape import badge_findings
from kith.methods.learning.credentials.status import Place
from kith.methods.learning.credentials.terms import BADGES, CREDENTIALS, EXTENSIONS
from kith.methods.learning.credentials.tokens import write_token

LEAST_SALT = 16
SHA256 = "sha256$"


class BadAward(ValueError):
    """What should be issued is no Open Badge; the text names the first reason."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(findings[0].sentence)


class NotPrivate(ValueError):
    """An identity that would say more than it should; the text is a sentence."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """An organisation. id is the address where its profile is published."""

    id: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Achievement:
    """What can be achieved, in one language.

    narrative  what somebody has to do for it
    kind       of Open Badges, such as Course or Certificate
    others     language → address of the same achievement in that language
    """

    id: str
    name: str
    description: str
    narrative: str
    language: str = ""
    kind: str = ""
    others: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who achieved it. Made by hashed_email, hashed_name and shown_name only."""

    kind: str
    value: str
    salt: str = ""


@dataclass(frozen=True, slots=True)
class Learner:
    """id is made for this one credential, such as urn:uuid:…, so that two cannot be connected."""

    id: str
    identities: tuple[Identity, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that it was achieved, in words; address where something can be read."""

    name: str
    narrative: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Award:
    """One achievement of one learner.

    id      made for this credential, such as urn:uuid:…
    status  where a revocation will be written; None where it can never be revoked
    schema  address of a JSON schema, of the kind that 1EdTech's validators read
    """

    id: str
    issuer: Issuer
    achievement: Achievement
    learner: Learner
    valid_from: datetime
    valid_until: datetime | None = None
    status: Place | None = None
    evidence: tuple[Evidence, ...] = ()
    schema: str = ""


def issue(award: Award, *, key: SigningKey) -> str:
    """The credential as a signed token.

    raises  BadAward when a reader as strict as verifying.py would refuse it; NoZone
    """
    credential = document(award)
    findings = tuple(badge_findings(credential))
    if findings:
        raise BadAward(findings)
    return write_token({**credential, **_claims(award)}, kid=key.kid, sign=key.sign)


def document(award: Award) -> dict[str, Any]:
    """The credential before it is signed. Raises NoZone."""
    contexts = [CREDENTIALS, BADGES, *([EXTENSIONS] if award.schema else [])]
    return {
        "@context": contexts,
        "id": award.id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": _profile(award.issuer),
        "validFrom": written(award.valid_from),
        **({"validUntil": written(award.valid_until)} if award.valid_until else {}),
        "name": award.achievement.name,
        "credentialSubject": _subject(award),
        **({"credentialStatus": award.status.entry()} if award.status else {}),
        **_many("evidence", [_evidence(one) for one in award.evidence]),
        **_many("credentialSchema", [_schema(award.schema)] if award.schema else []),
    }


def profile_document(issuer: Issuer) -> dict[str, Any]:
    """What the address of an issuer answers with."""
    return {"@context": [CREDENTIALS, BADGES], **_profile(issuer)}


def achievement_document(achievement: Achievement, *, issuer: Issuer) -> dict[str, Any]:
    """What the address of an achievement answers with."""
    told = {**_achievement(achievement), "creator": _profile(issuer)}
    return {"@context": [CREDENTIALS, BADGES], **told}


def hashed_email(address: str, *, salt: str) -> Identity:
    """An e-mail address that only who knows it recognises.

    salt    at least 16 random characters
    raises  NotPrivate
    """
    return Identity("emailAddress", _hashed(address.strip().lower(), salt), salt)


def hashed_name(name: str, *, salt: str) -> Identity:
    """A name that only who knows it recognises. Raises NotPrivate."""
    return Identity("name", _hashed(name.strip(), salt), salt)


def shown_name(name: str) -> Identity:
    """A name as the learner wishes to be called by whoever sees it. Raises NotPrivate."""
    if "@" in name:
        raise NotPrivate("A name that is shown must be no e-mail address.")
    return Identity("name", name.strip())


def recognises(identity: Mapping[str, Any], claimed: str) -> bool:
    """Whether an identity of a credential is that of the address or name somebody claims."""
    value, salt = str(identity.get("identityHash")), str(identity.get("salt", ""))
    if identity.get("identityType") == "emailAddress":
        claimed = claimed.lower()
    spelled = claimed.strip()
    if identity.get("hashed") is not True:
        return value == spelled
    return value.lower() == f"{SHA256}{_sha256(spelled + salt)}"


def _hashed(value: str, salt: str) -> str:
    if len(salt) < LEAST_SALT:
        raise NotPrivate(f"A salt has at least {LEAST_SALT} characters.")
    return f"{SHA256}{_sha256(value + salt)}"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _claims(award: Award) -> dict[str, Any]:
    until = {"exp": seconds(award.valid_until)} if award.valid_until else {}
    return {
        "iss": award.issuer.id,
        "sub": award.learner.id,
        "jti": award.id,
        "nbf": seconds(award.valid_from),
        **until,
    }


def _profile(issuer: Issuer) -> dict[str, Any]:
    return {"id": issuer.id, "type": ["Profile"], "name": issuer.name, "url": issuer.url}


def _subject(award: Award) -> dict[str, Any]:
    return {
        "id": award.learner.id,
        "type": ["AchievementSubject"],
        **_many("identifier", [_identity(one) for one in award.learner.identities]),
        "achievement": _achievement(award.achievement),
    }


def _identity(identity: Identity) -> dict[str, Any]:
    return {
        "type": "IdentityObject",
        "identityType": identity.kind,
        "hashed": bool(identity.salt),
        "identityHash": identity.value,
        **({"salt": identity.salt} if identity.salt else {}),
    }


def _achievement(achievement: Achievement) -> dict[str, Any]:
    return {
        "id": achievement.id,
        "type": ["Achievement"],
        "name": achievement.name,
        "description": achievement.description,
        "criteria": {"narrative": achievement.narrative},
        **({"achievementType": achievement.kind} if achievement.kind else {}),
        **({"inLanguage": achievement.language} if achievement.language else {}),
        **_many("related", [
            {"id": address, "type": ["Related"], "inLanguage": language}
            for language, address in achievement.others.items()
        ]),
    }  # fmt: skip


def _evidence(evidence: Evidence) -> dict[str, Any]:
    told = {"type": ["Evidence"], "name": evidence.name, "narrative": evidence.narrative}
    return {"id": evidence.address, **told} if evidence.address else told


def _schema(address: str) -> dict[str, str]:
    return {"id": address, "type": "1EdTechJsonSchemaValidator2019"}


def _many(name: str, listed: list[dict[str, Any]]) -> dict[str, Any]:
    return {name: listed} if listed else {}
