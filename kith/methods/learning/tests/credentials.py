"""A made-up organisation, its key, and credentials that it gave."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime

from kith.methods.learning.credentials.issuing import (
    Achievement,
    Award,
    Evidence,
    Issuer,
    Learner,
    hashed_email,
    issue,
    shown_name,
)
from kith.methods.learning.credentials.keys import PublicKeys, SigningKey, key_from_seed
from kith.methods.learning.credentials.status import Place, StatusList, issue_list
from kith.methods.learning.credentials.verifying import Outcome, verify

HOST = "https://kith.example.org/learning"
SALT = "5d0c1f7a9be24430"
MARCH, JUNE = datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 6, 1, 9, tzinfo=UTC)
NEXT_MARCH = datetime(2027, 3, 1, 9, tzinfo=UTC)
KEY = key_from_seed(bytes(range(32)), address=f"{HOST}/keys.json")
OTHER = key_from_seed(bytes(32), address=f"{HOST}/keys.json")
KEYS = PublicKeys(((KEY.kid, KEY.public),))
ISSUER = Issuer(f"{HOST}/issuer.json", "Bridges of Gdańsk", "https://kith.example.org")
LIST = f"{HOST}/status/1"
INDEX = 94_567
AWARD = Award(
    id="urn:uuid:6d3f0d5e-6f39-4f0e-8f0c-3b8f6c0f4f11",
    issuer=ISSUER,
    achievement=Achievement(
        f"{HOST}/achievements/traffic",
        "Safe in traffic",
        "Knows the signs and rules that people on foot and on a bicycle need.",
        "Read four units and answered eight of ten questions rightly.",
        language="en",
        kind="Course",
        others={"pl": f"{HOST}/achievements/traffic?language=pl"},
    ),
    learner=Learner(
        "urn:uuid:0c6f4a58-09c5-4d0f-a2b9-3a7d9c1b5e02",
        (hashed_email("Olena@example.org", salt=SALT), shown_name("Olena K.")),
    ),
    valid_from=MARCH,
    valid_until=NEXT_MARCH,
    status=Place(LIST, INDEX),
    evidence=(Evidence("Quiz", "Nine of ten questions on 28 February 2026."),),
)


def token(award: Award = AWARD, *, key: SigningKey = KEY, **changes) -> str:
    return issue(replace(award, **changes), key=key)


def status_list(*revoked: int, key: SigningKey = KEY, **changes) -> str:
    listed = StatusList(LIST, ISSUER.id, revoked, MARCH, NEXT_MARCH)
    return issue_list(replace(listed, **changes), key=key)


def checked(jwt: str, **changes) -> Outcome:
    """Verified in June by someone who knows the issuer and has its key and its status list."""
    asked = {
        "key_of": KEYS.named,
        "status_of": {LIST: status_list()}.get,
        "accepted_issuers": {ISSUER.id},
        "today": JUNE,
    }
    return verify(jwt, **(asked | changes))


def reasons(jwt: str, **changes) -> list[str]:
    return [one.reason for one in checked(jwt, **changes).findings]


def sentences(jwt: str, **changes) -> list[str]:
    return [one.sentence for one in checked(jwt, **changes).findings]


def parts(jwt: str) -> tuple[dict, dict]:
    """Header and content, by no code of ours."""
    header, content, _signature = jwt.split(".")
    return _json(header), _json(content)


def signed(claims: object, *, header: dict | None = None, key: SigningKey = KEY) -> str:
    """Any content, signed all the same."""
    header = header or {"alg": "EdDSA", "kid": key.kid, "typ": "JWT"}
    text = f"{_b64(json.dumps(header).encode())}.{_b64(json.dumps(claims).encode())}"
    return f"{text}.{_b64(key.sign(text.encode()))}"


def signed_bytes(content: bytes) -> str:
    text = f"{_b64(json.dumps({'alg': 'EdDSA', 'kid': KEY.kid}).encode())}.{_b64(content)}"
    return f"{text}.{_b64(KEY.sign(text.encode()))}"


def short(value: object) -> str:
    """A case in a table of cases, short enough for the name of a test."""
    return str(value)[:40]


def _json(part: str) -> dict:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def _b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
