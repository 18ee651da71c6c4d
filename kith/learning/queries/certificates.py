"""Which certificates somebody holds: the question that matching and the sheet ask."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from kith.gate.actor import Actor
from kith.gate.models import Membership
from kith.gate.permissions import has, visible
from kith.learning.models import BroughtCertificate, Certificate, Hours
from kith.learning.permissions import KEEP_CERTIFICATES, OWN_CERTIFICATES
from kith.learning.rules.certificate_words import (
    HOURS_WORDS,
    NOT_HELD_SENTENCES,
    NOT_HELD_WORDS,
    OPENS_WORDS,
)
from kith.learning.rules.holding import Held, Kept, NotHeld, why_not_held
from kith.learning.rules.states import BroughtState, HoursKind
from kith.methods.learning.courses.schema import Opens
from kith.people.models import Person

AT_ONCE = 30


Valid = Certificate | BroughtCertificate


def valid_certificates(person: Person | Membership, on: date) -> list[Valid]:
    """Certificates that open something for somebody on a day, the newest first: those given here,
    and confirmed ones from elsewhere that count for a course of ours.

    None for a person without an account here. The day after its last one a certificate is not
    among them, nor on the day it is revoked; one for the sheet only with refresher and
    supervision.
    """
    member = person if isinstance(person, Membership) else _member_of(person)
    if member is None:
        return []
    rows: list[Valid] = [*Certificate.objects.filter(member=member), *_counting(member, on)]
    rows.sort(key=lambda row: (row.issued_on, row.pk), reverse=True)
    kept = kept_by([member.pk])[member.pk]
    return [row for row in rows if why_not(row, kept, on=on) is None]


def _counting(member: Membership, on: date) -> "QuerySet[BroughtCertificate]":
    """Certificates from elsewhere that somebody confirmed, and that count for a course of ours."""
    rows: QuerySet[BroughtCertificate] = BroughtCertificate.objects.filter(
        member=member,
        state=BroughtState.CONFIRMED.value,
        decided_on__lte=on,
        recognised__course__isnull=False,
    )
    return rows.select_related("recognised__issuer", "recognised__course")


def may(person: Person | Membership, opens: Opens, *, on: date) -> bool:
    """Whether a certificate opens this door to somebody on a day."""
    return any(row.opens == opens.value for row in valid_certificates(person, on))


def why_not(row: Valid, kept: Iterable[Kept], *, on: date) -> NotHeld | None:
    """Why a certificate opens nothing on a day; None where it holds."""
    held = Held(row.issued_on, row.valid_until, row.revoked_on, row.refresher_months)
    return why_not_held(held, kept, on=on)


def kept_by(members: Collection[UUID]) -> Mapping[UUID, list[Kept]]:
    """Refreshers and supervision of some people, in one query."""
    found: dict[UUID, list[Kept]] = {member: [] for member in members}
    rows = Hours.objects.filter(member__in=list(members)).order_by("done_on", "id")
    for row in rows:
        found[row.member_id].append(Kept(HoursKind(row.kind), row.done_on, row.minutes))
    return found


def _member_of(person: Person) -> Membership | None:
    if person.user_id is None:
        return None
    found: Membership | None = Membership.objects.filter(
        user=person.user_id, organisation=person.organisation_id
    ).first()
    return found


@dataclass(frozen=True)
class Shown:
    """A certificate as pages show it.

    reason    why it opens nothing today; None where it holds
    sentence  what can be done about it; empty where it holds
    """

    row: Certificate
    reason: NotHeld | None
    words: str
    sentence: str
    opens: str

    @property
    def holds(self) -> bool:
        return self.reason is None


@dataclass(frozen=True)
class Part:
    """A page of a list, and where the next one begins."""

    shown: list[Shown]
    after: str


def to_see(actor: Actor) -> "QuerySet[Certificate]":
    """One's own certificates, and all for those who keep them."""
    needed = KEEP_CERTIFICATES if has(actor, KEEP_CERTIFICATES) else OWN_CERTIFICATES
    return visible(actor, needed, _rows())


def to_keep(actor: Actor) -> "QuerySet[Certificate]":
    """Certificates this actor may revoke."""
    return visible(actor, KEEP_CERTIFICATES, _rows())


def own(actor: Actor, *, on: date) -> list[Shown]:
    """One's own certificates, the newest first."""
    rows = visible(actor, OWN_CERTIFICATES, _rows()).filter(member=actor.membership)
    return shown(list(rows.order_by("-issued_on", "-id")[:AT_ONCE]), on=on)


def kept(actor: Actor, *, on: date, after: str = "") -> Part:
    """All certificates, those that hold longest first."""
    rows = to_keep(actor)
    at, key = _mark(after)
    if at is not None:
        rows = rows.filter(Q(valid_until__lt=at) | Q(valid_until=at, id__lt=key))
    found = list(rows.order_by("-valid_until", "-id")[: AT_ONCE + 1])
    more, found = len(found) > AT_ONCE, found[:AT_ONCE]
    last = f"{found[-1].valid_until.isoformat()}_{found[-1].pk}" if more else ""
    return Part(shown(found, on=on), last)


def _mark(after: str) -> tuple[date | None, UUID | None]:
    """Where a page begins; a made-up mark begins at the start."""
    day, _sign, key = after.partition("_")
    try:
        return date.fromisoformat(day), UUID(key)
    except ValueError:
        return None, None


def shown(rows: Sequence[Certificate], *, on: date) -> list[Shown]:
    """Certificates with what is to be said about them, in one query more."""
    kept = kept_by({row.member_id for row in rows})
    return [_shown(row, why_not(row, kept[row.member_id], on=on)) for row in rows]


def _shown(row: Certificate, reason: NotHeld | None) -> Shown:
    return Shown(
        row,
        reason,
        str(NOT_HELD_WORDS[reason] if reason else gettext("valid")),
        str(NOT_HELD_SENTENCES[reason]) if reason else "",
        str(OPENS_WORDS[Opens(row.opens)]),
    )


def hours_of(row: Certificate) -> list[tuple[str, Hours]]:
    """What its holder did to keep it valid, the newest first."""
    rows = Hours.objects.filter(member=row.member_id).order_by("-done_on", "-id")[:AT_ONCE]
    return [(str(HOURS_WORDS[HoursKind(one.kind)]), one) for one in rows]


def _rows() -> "QuerySet[Certificate]":
    return Certificate.objects.select_related("course", "member", "organisation")
