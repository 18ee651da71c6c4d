"""Which certificates somebody holds: the question that matching and the sheet ask."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from kith.gate.models import Membership
from kith.learning.models import Certificate, Hours
from kith.learning.rules.holding import Held, Kept, NotHeld, why_not_held
from kith.learning.rules.states import HoursKind
from kith.methods.learning.courses.schema import Opens
from kith.people.models import Person


def valid_certificates(person: Person | Membership, on: date) -> list[Certificate]:
    """Certificates that open something for somebody on a day, the newest first.

    None for a person without an account here. The day after its last one a certificate is not
    among them, nor on the day it is revoked; one for the sheet only with refresher and
    supervision.
    """
    member = person if isinstance(person, Membership) else _member_of(person)
    if member is None:
        return []
    rows = Certificate.objects.filter(member=member).order_by("-issued_on", "-id")
    kept = kept_by([member.pk])[member.pk]
    return [row for row in rows if why_not(row, kept, on=on) is None]


def may(person: Person | Membership, opens: Opens, *, on: date) -> bool:
    """Whether a certificate opens this door to somebody on a day."""
    return any(row.opens == opens.value for row in valid_certificates(person, on))


def why_not(row: Certificate, kept: Iterable[Kept], *, on: date) -> NotHeld | None:
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
