"""Which words a credential may use, and where: the terms of the contexts it may name.

A member that no context defines is signed by nobody as far as Linked Data goes, so a strict reader
refuses it. The context documents themselves are not shipped: 1EdTech lets only registered users
pass them on. What they define are facts, written down here as type → members.

Sources: https://www.w3.org/ns/credentials/v2 (Verifiable Credentials Data Model 2.0, appendix B.1),
https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json and extensions.json (Open Badges 3.0,
appendix B). A test compares them with the documents that another implementation carries.
"""

from collections.abc import Iterator
from typing import Any

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
OLDER_BADGES = tuple(
    f"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.{patch}.json" for patch in (1, 2)
)

# Claims of the token that the contexts define as well.
CLAIMS = frozenset({"iss", "sub", "jti", "nbf", "exp", "iat", "aud"})
EVERYWHERE = frozenset({
    "id", "type", "alignment", "awardedDate", "description", "digestMultibase", "digestSRI",
    "endorsement", "endorsementJwt", "image", "inLanguage", "mediaType", "name", "narrative", "url",
})  # fmt: skip
# Defined, but with no place in a credential that is signed as one token.
LEFT_OUT = frozenset({"...", "_sd", "_sd_alg", "cnf", "jku", "kid", "x5u"})

TERMS: dict[str, frozenset[str]] = {
    "VerifiableCredential": frozenset({
        "confidenceMethod", "credentialSchema", "credentialStatus", "credentialSubject",
        "evidence", "issuer", "proof", "refreshService", "relatedResource", "renderMethod",
        "termsOfUse", "validFrom", "validUntil",
    }),
    "OpenBadgeCredential": frozenset(),
    "AchievementCredential": frozenset(),
    "EndorsementCredential": frozenset(),
    "BitstringStatusListCredential": frozenset(),
    "JsonSchemaCredential": frozenset(),
    "Achievement": frozenset({
        "achievementType", "creator", "creditsAvailable", "criteria", "fieldOfStudy", "humanCode",
        "otherIdentifier", "related", "resultDescription", "specialization", "tag", "version",
    }),
    "AchievementSubject": frozenset({
        "achievement", "activityEndDate", "activityStartDate", "creditsEarned", "identifier",
        "licenseNumber", "result", "role", "source", "term",
    }),
    "Address": frozenset({
        "addressCountry", "addressCountryCode", "addressLocality", "addressRegion", "geo",
        "postOfficeBoxNumber", "postalCode", "streetAddress",
    }),
    "Alignment": frozenset({
        "targetCode", "targetDescription", "targetFramework", "targetName", "targetType",
        "targetUrl",
    }),
    "BitstringStatusList": frozenset({"encodedList", "statusPurpose", "ttl"}),
    "BitstringStatusListEntry": frozenset({
        "statusListCredential", "statusListIndex", "statusMessage", "statusPurpose",
        "statusReference", "statusSize",
    }),
    "Criteria": frozenset(),
    "DataIntegrityProof": frozenset({
        "challenge", "created", "cryptosuite", "domain", "expires", "nonce", "previousProof",
        "proofPurpose", "proofValue", "verificationMethod",
    }),
    "EndorsementSubject": frozenset({"endorsementComment"}),
    "Evidence": frozenset({"audience", "genre"}),
    "GeoCoordinates": frozenset({"latitude", "longitude"}),
    "IdentifierEntry": frozenset({"identifier", "identifierType"}),
    "IdentityObject": frozenset({"hashed", "identityHash", "identityType", "salt"}),
    "Image": frozenset({"caption"}),
    "JsonSchema": frozenset({"jsonSchema"}),
    "Profile": frozenset({
        "additionalName", "address", "dateOfBirth", "email", "familyName", "familyNamePrefix",
        "givenName", "honorificPrefix", "honorificSuffix", "official", "otherIdentifier",
        "parentOrg", "patronymicName", "phone",
    }),
    "Related": frozenset({"version"}),
    "Result": frozenset({"achievedLevel", "resultDescription", "status", "value"}),
    "ResultDescription": frozenset({
        "allowedValue", "requiredLevel", "requiredValue", "resultType", "rubricCriterionLevel",
        "valueMax", "valueMin",
    }),
    "RubricCriterionLevel": frozenset({"level", "points"}),
}  # fmt: skip
# Only where the third context is named.
OF_EXTENSIONS = frozenset({
    "1EdTechJsonSchemaValidator2019", "1EdTechRevocationList", "1EdTechCredentialRefresh",
})  # fmt: skip


def undefined(credential: dict[str, Any]) -> Iterator[str]:
    """Paths of members and types that no context of the credential defines, such as issuer.colour.

    A context inside a credential counts as undefined: it could give words another meaning.
    """
    contexts = credential.get("@context")
    has_more = isinstance(contexts, list) and EXTENSIONS in contexts
    more = OF_EXTENSIONS if has_more else frozenset()
    at_top = {name: one for name, one in credential.items() if name not in CLAIMS}
    at_top.pop("@context", None)
    yield from _undefined(at_top, "", frozenset(TERMS) | more)


def _undefined(node: Any, path: str, types: frozenset[str]) -> Iterator[str]:
    if isinstance(node, list):
        for place, one in enumerate(node):
            yield from _undefined(one, f"{path}{place}.", types)
    if not isinstance(node, dict):
        return
    named = named_types(node)
    yield from (f"{path}type: {one}" for one in named if one not in types and ":" not in one)
    allowed = EVERYWHERE.union(*(TERMS.get(one, frozenset()) for one in named))
    for member, value in node.items():
        if member not in allowed:
            yield f"{path}{member}"
        yield from _undefined(value, f"{path}{member}.", types)


def named_types(node: Any) -> list[str]:
    """The types of a node, which may be one text or several."""
    types = node.get("type", []) if isinstance(node, dict) else []
    listed = types if isinstance(types, list) else [types]
    return [one for one in listed if isinstance(one, str)]
