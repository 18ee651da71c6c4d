"""Certificates from elsewhere, and the issuers whose badges count here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from json import dumps
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db.models import Q, QuerySet

from kith.gate.actor import Actor
from kith.gate.models import Membership
from kith.gate.permissions import has, visible
from kith.learning.models import AcceptedIssuer, BroughtCertificate, Course, Recognised
from kith.learning.permissions import ACCEPT_ISSUERS, BRING_CERTIFICATE, KEEP_CERTIFICATES
from kith.learning.queries.certificates import AT_ONCE
from kith.learning.rules.elsewhere import Told, speaking_against, told_by
from kith.learning.rules.states import BroughtState
from kith.methods.learning.credentials.findings import Finding
from kith.methods.learning.credentials.keys import PublicKeys, read_keys, spoken
from kith.methods.learning.credentials.shape import issuer_of
from kith.methods.learning.credentials.verifying import Outcome, verify

MOST_COUNTED = 99


class NothingAgainst(LookupError):
    """Asked what an unfit badge says."""


@dataclass(frozen=True)
class Looked:
    """What a look at a badge found.

    against       why it is not taken; None where nothing speaks against it
    is_unrevoked  a list of revoked badges was at hand, and it is not on it
    """

    against: Finding | None
    is_unrevoked: bool = False
    fit: tuple[AcceptedIssuer, Told] | None = None

    @property
    def issuer(self) -> AcceptedIssuer:
        return self._fit[0]

    @property
    def told(self) -> Told:
        return self._fit[1]

    @property
    def _fit(self) -> tuple[AcceptedIssuer, Told]:
        if self.fit is None:
            raise NothingAgainst
        return self.fit


def look(token: str, *, email: str, listed: str | None, now: datetime) -> Looked:
    """Check a badge with the keys of accepted issuers. Nothing is fetched."""
    rows = AcceptedIssuer.objects.filter(withdrawn_on=None).order_by("id")
    issuers = {row.address: row for row in rows}
    keys = {address: keys_of(row) for address, row in issuers.items()}

    def key_of(issuer: str, name: str) -> Ed25519PublicKey | None:
        return keys[issuer].named(issuer, name) if issuer in keys else None

    outcome = verify(
        token,
        key_of=key_of,
        status_of=lambda _address: listed,
        accepted_issuers=issuers,
        today=now,
    )
    against = speaking_against(outcome.findings)
    return Looked(against) if against else _fit(outcome, issuers, email)


def _fit(outcome: Outcome, issuers: dict[str, AcceptedIssuer], email: str) -> Looked:
    credential = outcome.credential or {}
    told = told_by(credential, email=email)
    is_unrevoked = not told.can_be_revoked or "status" in outcome.checked
    return Looked(None, is_unrevoked, (issuers[issuer_of(credential)], told))


def keys_of(issuer: AcceptedIssuer) -> PublicKeys:
    """The keys that were compared when an issuer was accepted."""
    return read_keys(dumps(issuer.keys).encode())


def fingerprints(keys: PublicKeys) -> list[str]:
    """What people compare by telephone, one line for each key."""
    return [spoken(key) for _name, key in keys.keys]


# ── Certificates ─────────────────────────────────────────────────────────────────────────────────


def own_brought(actor: Actor) -> list[BroughtCertificate]:
    """What one brought, the newest first."""
    rows = visible(actor, BRING_CERTIFICATE, _rows()).filter(member=actor.membership)
    return list(rows.order_by("-id")[:AT_ONCE])


def brought_to_see(actor: Actor) -> "QuerySet[BroughtCertificate]":
    """One's own, and all for those who keep certificates."""
    needed = KEEP_CERTIFICATES if has(actor, KEEP_CERTIFICATES) else BRING_CERTIFICATE
    return visible(actor, needed, _rows())


def brought_to_keep(actor: Actor) -> "QuerySet[BroughtCertificate]":
    """Those that this actor confirms or turns down."""
    return visible(actor, KEEP_CERTIFICATES, _rows())


def brought_own(actor: Actor) -> "QuerySet[BroughtCertificate]":
    """Those that one may take back."""
    return visible(actor, BRING_CERTIFICATE, _rows()).filter(member=actor.membership)


def waiting(actor: Actor) -> "QuerySet[BroughtCertificate]":
    """Those that wait to be confirmed, the oldest first; not one's own."""
    rows = brought_to_keep(actor).filter(state=BroughtState.WAITING.value)
    return rows.exclude(member=actor.membership).order_by("id")


def number_waiting(actor: Actor) -> int:
    """How many wait, at most one more than 99."""
    rows = waiting(actor).order_by().select_related(None)
    return rows[: MOST_COUNTED + 1].count()


def every_brought(actor: Actor, *, after: UUID | None) -> tuple[list[BroughtCertificate], str]:
    """All of them, the newest first, and where the next page begins."""
    rows = brought_to_keep(actor)
    if after is not None:
        rows = rows.filter(id__lt=after)
    found = list(rows.order_by("-id")[: AT_ONCE + 1])
    more, found = len(found) > AT_ONCE, found[:AT_ONCE]
    return found, str(found[-1].pk) if more else ""


def members_to_bring_for(actor: Actor) -> "QuerySet[Membership]":
    """For whom somebody who keeps certificates can bring one."""
    rows: QuerySet[Membership] = Membership.objects.filter(
        active=True, organisation=actor.organisation
    )
    return rows if has(actor, KEEP_CERTIFICATES) else rows.none()


def _rows() -> "QuerySet[BroughtCertificate]":
    return BroughtCertificate.objects.select_related(
        "recognised__issuer", "recognised__course", "member", "organisation"
    )


# ── Issuers ──────────────────────────────────────────────────────────────────────────────────────


def issuers(actor: Actor) -> "QuerySet[AcceptedIssuer]":
    """Accepted and withdrawn issuers, those accepted first."""
    rows = AcceptedIssuer.objects.select_related("accepted_by", "withdrawn_by")
    return visible(actor, ACCEPT_ISSUERS, rows).order_by("-withdrawn_on", "name", "id")


def some_issuers(actor: Actor) -> list[AcceptedIssuer]:
    """As many as a page shows."""
    return list(issuers(actor)[: AT_ONCE * 2])


def recognised_of(actor: Actor, issuer: AcceptedIssuer) -> list[Recognised]:
    """What was brought of an issuer; those nobody decided about first."""
    rows = visible(actor, ACCEPT_ISSUERS, Recognised.objects.select_related("course"))
    return list(rows.filter(issuer=issuer).order_by("-decided_on", "title", "id"))


def recognised_to_decide(actor: Actor) -> "QuerySet[Recognised]":
    """Achievements of which this actor says what they count for."""
    return visible(actor, ACCEPT_ISSUERS, Recognised.objects.select_related("issuer", "course"))


def courses_to_count_for(actor: Actor) -> list[Course]:
    """Courses of this organisation."""
    rows: Iterable[Course] = Course.objects.filter(organisation=actor.organisation).order_by("key")
    return list(rows)


def undecided(actor: Actor) -> Recognised | None:
    """An achievement that was brought and of which nobody said what it counts for."""
    rows = recognised_to_decide(actor).filter(Q(issuer__withdrawn_on=None), decided_on__isnull=True)
    return rows.order_by("id").first()
