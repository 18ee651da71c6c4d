"""What keeps certificates valid, and what ends them."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.base.events import announce
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.gate.models import Membership
from kith.learning.events import CertificateRevoked
from kith.learning.models import Certificate, Hours
from kith.learning.permissions import KEEP_CERTIFICATES
from kith.learning.rules.states import HoursKind, Revoked


class RevokedBefore(Refused):
    """Once is enough."""

    sentence = _("This certificate was revoked before.")


class NotYetDone(Refused):
    """Hours are noted when they are over."""

    sentence = _("This day is still to come.")


@command(KEEP_CERTIFICATES, on="certificate")
def revoke(
    actor: Actor, *, certificate: Certificate, why: Revoked, note: str, today: date
) -> Certificate:
    """End a certificate today; what it opens closes the same day. Raises RevokedBefore."""
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if certificate.revoked_on is not None:
        raise RevokedBefore
    certificate.revoked_on, certificate.revoked_why = today, why.value
    certificate.revoked_note = note
    certificate.save(update_fields=["revoked_on", "revoked_why", "revoked_note"])
    announce(CertificateRevoked(certificate.pk, certificate.member_id))
    return certificate


@command(KEEP_CERTIFICATES, on="member")
def note_hours(
    actor: Actor, *, member: Membership, kind: HoursKind, done_on: date, minutes: int, today: date
) -> Hours:
    """Note a refresher or supervision that somebody took part in. Raises NotYetDone."""
    if done_on > today:
        raise NotYetDone
    return Hours.objects.create(
        member=member, kind=kind.value, done_on=done_on, minutes=minutes, noted_by=actor.membership
    )
