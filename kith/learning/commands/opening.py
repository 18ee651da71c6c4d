"""What a certificate opens elsewhere: a mentor counts as trained while one holds."""

from datetime import date, timedelta
from uuid import UUID

from kith.gate.models import Membership
from kith.learning.models import BroughtCertificate, Certificate
from kith.learning.queries.certificates import valid_certificates
from kith.methods.learning.courses.schema import Opens
from kith.people.commands.checks import keep_training
from kith.people.models import MentorProfile


def note_training(member_id: UUID, *, on: date) -> None:
    """Note on a mentor's profile until when they are trained. Only inside a command.

    A training that somebody noted by hand and that holds longer stays, unless the certificate it
    came from was revoked.
    """
    member = Membership.objects.get(pk=member_id)
    profile = MentorProfile.objects.filter(person__user=member.user_id).first()
    if profile is None:
        return
    held = [row for row in valid_certificates(member, on) if row.opens == Opens.MENTORING.value]
    came = _came_from_certificate(profile, member)
    if held:
        best = max(held, key=lambda row: row.valid_until)
        longest = profile.trained_until or date.min
        if came or longest < best.valid_until:
            keep_training(profile.person, done_on=best.issued_on, valid_until=best.valid_until)
    elif came:
        _end(profile, on=on)


def end_training(member: Membership, *, on: date) -> None:
    """All certificates of somebody are about to be erased: what came from them ends the day before.
    Only inside a command."""
    profile = MentorProfile.objects.filter(person__user=member.user_id).first()
    if profile is not None and _came_from_certificate(profile, member):
        _end(profile, on=on)


def _end(profile: MentorProfile, *, on: date) -> None:
    end = on - timedelta(days=1)
    done_on = min(profile.trained_on or end, end)
    keep_training(profile.person, done_on=done_on, valid_until=end)


def _came_from_certificate(profile: MentorProfile, member: Membership) -> bool:
    """From one given here, or from elsewhere, whatever that one counts for by now."""
    if profile.trained_on is None or profile.trained_until is None:
        return False
    same = {
        "member": member,
        "issued_on": profile.trained_on,
        "valid_until": profile.trained_until,
    }
    given = Certificate.objects.filter(opens=Opens.MENTORING.value, **same)
    return given.exists() or BroughtCertificate.objects.filter(**same).exists()
