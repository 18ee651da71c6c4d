"""What goes: with the person, at somebody's own wish, and when its time is over."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.base import vault
from kith.base.errors import Refused
from kith.base.models import LegalHold
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.gate.models import Membership
from kith.learning.commands.joining import count_seats
from kith.learning.commands.opening import end_training
from kith.learning.models import (
    Attempt,
    Attended,
    BroughtCertificate,
    Certificate,
    Edition,
    ErasedCertificate,
    Hours,
    PackageRun,
    Progress,
    PublicCode,
    Seat,
    Work,
)
from kith.learning.permissions import ERASE_OWN
from kith.people.commands.erase import OWN_ROLES
from kith.people.models import Person


class HeldForNow(Refused):
    """A hold with a reason and an end keeps it."""

    sentence = _("Something of this is on hold and cannot be erased now.")


@command(ERASE_OWN)
def erase_own_learning(actor: Actor, *, today: date) -> None:
    """Erase everything one left in courses, certificates too. Raises HeldForNow."""
    member = actor.membership
    if member is None or _is_held(member, today):
        raise HeldForNow
    end_training(member, on=today)
    forget_learner(member, today=today)


def _is_held(member: Membership, today: date) -> bool:
    rows = [member.pk]
    for model in (Seat, Certificate, BroughtCertificate, PackageRun):
        rows += model.objects.filter(member=member).values_list("pk", flat=True)
    persons = Person.objects.filter(user=member.user_id).values_list("pk", flat=True)
    return LegalHold.objects.filter(row_id__in=[*rows, *persons], until__gte=today).exists()


def forget_person(person_id: UUID, *, today: date) -> None:
    """Somebody is erased: what they learned goes, unless they stay here in another role.

    Only inside a command.
    """
    person = Person.objects.get(pk=person_id)
    member = Membership.objects.filter(
        user=person.user_id, organisation=person.organisation_id
    ).first()
    if person.user_id is None or member is None or set(member.roles) - OWN_ROLES:
        return
    forget_learner(member, today=today)
    # The account is emptied next: what older copies of the database hold of it cannot be read then.
    vault.forget(member.user_id, store="account")


def forget_learner(member: Membership, *, today: date) -> None:
    """Erase all that hangs on a membership here. Only inside a command."""
    seats = Seat.objects.filter(member=member)
    editions = list(Edition.objects.filter(pk__in=seats.values("edition"), ends_on__gte=today))
    erase_seats(list(seats.values_list("pk", flat=True)), today=today)
    Attended.objects.filter(member=member).delete()
    Hours.objects.filter(member=member).delete()
    BroughtCertificate.objects.filter(member=member).delete()
    PackageRun.objects.filter(member=member).delete()
    for edition in editions:
        count_seats(edition)


def erase_seats(keys: Iterable[UUID], *, today: date) -> int:
    """Erase seats with everything on them: what was read, tried and written, attendance, and the
    certificate. Only inside a command."""
    rows = Seat.objects.filter(pk__in=list(keys))
    for one in rows.values("member", "edition"):
        Attended.objects.filter(member=one["member"], session__edition=one["edition"]).delete()
    _erase_certificates(Certificate.objects.filter(seat__in=rows.values("pk")), today=today)
    number = rows.count()
    rows.delete()
    return number


def _erase_certificates(rows: Iterable[Certificate], *, today: date) -> None:
    """Code and place on the list of revoked badges stay without a name while a badge may be
    shown somewhere; after the last day nothing stays."""
    for row in rows:
        if row.valid_until >= today:
            ErasedCertificate.objects.create(
                code=row.code,
                listed=row.listed,
                revoked_on=row.revoked_on,
                valid_until=row.valid_until,
            )
            PublicCode.objects.filter(certificate=row).update(certificate=None)
        row.delete()


def erase_answers(keys: Iterable[UUID]) -> int:
    """Erase what was read, tried and written on seats; that somebody passed stays.

    Only inside a command: the retention run calls it.
    """
    seats = list(keys)
    for model in (Attempt, Work, Progress):
        model.objects.filter(seat__in=seats).delete()
    Seat.objects.filter(pk__in=seats).update(part="", screen="")
    return len(seats)


def erase_runs(keys: Iterable[UUID]) -> int:
    """Erase ways through packages with what the packages kept. Only inside a command."""
    rows = PackageRun.objects.filter(pk__in=list(keys))
    number = rows.count()
    rows.delete()
    return number


def erase_brought(keys: Iterable[UUID]) -> int:
    """Erase certificates from elsewhere. Only inside a command."""
    number, _tables = BroughtCertificate.objects.filter(pk__in=list(keys)).delete()
    return number


def erase_hours(keys: Iterable[UUID]) -> int:
    """Erase refreshers and supervision that keep nothing valid. Only inside a command."""
    number, _tables = Hours.objects.filter(pk__in=list(keys)).delete()
    return number


def erase_codes(keys: Iterable[UUID]) -> int:
    """Erase codes and places of certificates that were erased. Only inside a command."""
    rows = list(ErasedCertificate.objects.filter(pk__in=list(keys)))
    for row in rows:
        PublicCode.objects.filter(Q(code=row.code), certificate=None).delete()
        row.delete()
    return len(rows)
