"""Who is invited to a meeting, and what an invitation says."""

from uuid import UUID

from kith.base import mail
from kith.calendars.models import Invitation
from kith.calendars.queries.own import wish_of
from kith.gate.models import Membership
from kith.mentoring.models import MatchMember
from kith.reminders.queries.recipients import members_by_user, recipients, unsafe_to_write


def everybody_of(match_id: UUID) -> list[Membership]:
    """Everybody who belongs to a match now and has a sign-in."""
    rows = MatchMember.objects.filter(
        match=match_id, until__isnull=True, person__user__isnull=False
    )
    found = members_by_user(set(rows.values_list("person__user", flat=True)))
    return sorted(found.values(), key=lambda member: member.pk)


def is_to_be_told(row: Invitation) -> bool:
    """Whether a mail may go: set up, safe, wished, and there is an address."""
    member = row.member
    if not (mail.is_set_up() and member.active and str(member.email)):
        return False
    wants = recipients([member])[member.pk].wishes.wants_mail and wish_of(member).by_mail
    return wants and member.user_id not in unsafe_to_write([member.user_id])
