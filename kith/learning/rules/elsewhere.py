"""What a badge from elsewhere says, and why one is not taken, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.learning.rules.states import BroughtState
from kith.methods.learning.credentials.findings import Finding, printable
from kith.methods.learning.credentials.issuing import recognises
from kith.methods.learning.credentials.moments import moment

MOST_KB = 256
LONGEST_ID, LONGEST_ADDRESS, LONGEST_TITLE = 300, 500, 300
NOT_AT_HAND = "status_missing"

FINDING_WORDS: dict[str, str | Promise] = {
    "issuer_unknown": _(
        "Its issuer, %(issuer)s, is not accepted here. Ask a coordinator to accept it: they need"
        " its profile and keys, and compare them by telephone. Then bring the badge again."
    ),
    "key_missing": _(
        "It was signed with a key of its issuer that is not known here. The issuer may have a new"
        " key: a coordinator can accept it."
    ),
    "key_elsewhere": _(
        "It names a key that lies elsewhere than its issuer. Such a badge is not genuine."
    ),
    "signature_wrong": _(
        "Its signature does not fit: the file was changed, or somebody else signed it. Save the"
        " badge again where you got it."
    ),
    "claim_wrong": _(
        "It says two different things about the same: the file was changed. Save the badge again"
        " where you got it."
    ),
    "not_yet_valid": _("It is not valid yet; it begins on %(on)s."),
    "expired": _("It expired on %(on)s. Ask its issuer for a new one."),
    "revoked": _("Its issuer has revoked it."),
    "suspended": _("Its issuer has suspended it."),
    "status_kind": _("Its issuer keeps revocations in a way that Kith cannot read."),
    "status_list": _(
        "The list of revoked badges does not fit this badge, or is too old. Save it again from"
        " %(address)s."
    ),
    "algorithm_wrong": _("It is signed in a way that Kith does not accept."),
}
NO_BADGE = _(
    "This is no badge of learning as Kith reads them (Open Badges 3.0, signed as a token)."
    " Save the badge for other systems, not a certificate on paper or a screenshot."
)
BROUGHT_WORDS: dict[BroughtState, str | Promise] = {
    BroughtState.WAITING: _("waits for a trainer"),
    BroughtState.CONFIRMED: _("confirmed"),
    BroughtState.TURNED_DOWN: _("not taken"),
}


@dataclass(frozen=True)
class Told:
    """What a badge says of itself; its texts were written by somebody else.

    names       as they stand in it, in clear
    fits_email  whether the fingerprint in it is that of an address; None where it has none
    """

    credential: str
    achievement: str
    title: str
    issued_on: date
    valid_until: date | None
    names: tuple[str, ...]
    fits_email: bool | None
    can_be_revoked: bool
    list_address: str


def told_by(credential: Mapping[str, Any], *, email: str) -> Told:
    """What a credential with the right form says, asked about one address."""
    subject = credential["credentialSubject"]
    hashed: list[Any] = []
    clear: list[Any] = []
    for one in _listed(subject.get("identifier", [])):
        (hashed if one["hashed"] else clear).append(one)
    entries = _listed(credential.get("credentialStatus", []))
    return Told(
        credential=str(credential["id"]),
        achievement=str(subject["achievement"]["id"]),
        title=printable(subject["achievement"]["name"]),
        issued_on=timezone.localdate(moment(credential["validFrom"])),
        valid_until=_last_day(moment(credential.get("validUntil"))),
        names=tuple(printable(one["identityHash"]) for one in clear),
        fits_email=any(recognises(one, email) for one in hashed) if hashed else None,
        can_be_revoked=bool(entries),
        list_address=printable(str(entries[0].get("statusListCredential", ""))) if entries else "",
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _last_day(end: datetime | None) -> date | None:
    """The last day that is valid to its end here: on the day on which it expires a door closes."""
    if end is None:
        return None
    return timezone.localdate(end + timedelta(seconds=1)) - timedelta(days=1)


def speaking_against(findings: Iterable[Finding]) -> Finding | None:
    """The first reason not to take it. That no list of revoked badges was at hand is none, but is
    told; that the issuer is unknown is said before that its key is."""
    against = [one for one in findings if one.reason != NOT_AT_HAND]
    unknown = [one for one in against if one.reason == "issuer_unknown"]
    return next(iter(unknown + against), None)


def finding_words(finding: Finding) -> str:
    """Why it is not taken, and what to do."""
    sentence = FINDING_WORDS.get(finding.reason)
    if sentence is None:
        return str(NO_BADGE)
    values = {name: printable(value) for name, value in finding.values.items()}
    return str(sentence) % values
