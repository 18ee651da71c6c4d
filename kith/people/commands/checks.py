"""The checks of a mentor: what was looked at, by whom, and until when it holds."""

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.gate.models import Membership
from kith.people.commands.people import touch
from kith.people.models import MentorCheck, MentorProfile, Person, note_checks
from kith.people.permissions import RECORD_CHECK
from kith.people.rules import CheckKind


class CheckInFuture(Refused):
    """A check cannot have been done on a day to come."""

    sentence = _("The day of the check cannot lie ahead.")


class CheckEndsBeforeItWasDone(Refused):
    """A check holds at least on the day it was done."""

    sentence = _("The last day must not be before the day of the check.")


class NotAMentor(Refused):
    """Checks are noted for mentors."""

    sentence = _("Only mentors are checked.")


@command(RECORD_CHECK, on="person")
def record_check(
    actor: Actor,
    *,
    person: Person,
    kind: str,
    done_on: date,
    valid_until: date | None,
    today: date,
    now: datetime,
) -> MentorCheck:
    """Note a check that the signed-in person saw.

    Raises CheckInFuture, CheckEndsBeforeItWasDone, NotAMentor.
    """
    if done_on > today:
        raise CheckInFuture()
    if valid_until is not None and valid_until < done_on:
        raise CheckEndsBeforeItWasDone()
    if not person.is_mentor:
        raise NotAMentor()
    noted = keep_check(
        person, kind, done_on=done_on, valid_until=valid_until, seen_by=actor.membership
    )
    if kind == CheckKind.TRAINING:
        keep_training(person, done_on=done_on, valid_until=valid_until)
    touch(person, at=now)
    return noted


def keep_check(
    person: Person,
    kind: str,
    *,
    done_on: date,
    valid_until: date | None,
    seen_by: Membership | None,
) -> MentorCheck:
    """Keep a check that follows from an act of a room above. Only inside a command."""
    return MentorCheck.objects.create(
        person=person, kind=kind, done_on=done_on, valid_until=valid_until, seen_by=seen_by
    )


def end_checks_early(rows: "QuerySet[MentorCheck]", *, until: date) -> int:
    """Let checks end on a day at the latest; gives how many are shorter now. Only inside a
    command."""
    longer = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=until))
    found = list(longer.filter(Q(done_on__isnull=True) | Q(done_on__lte=until)))
    MentorCheck.objects.filter(pk__in=[row.pk for row in found]).update(valid_until=until)
    note_checks({row.person_id for row in found})
    return len(found)


def keep_training(person: Person, *, done_on: date, valid_until: date | None) -> None:
    """Note since when and until when a mentor is trained. Only inside a command."""
    profile = MentorProfile.objects.get(person=person)
    profile.trained_on, profile.trained_until = done_on, valid_until
    profile.save()


@command(RECORD_CHECK, on="check")
def remove_check(actor: Actor, *, check: MentorCheck) -> None:
    """Take back a check that was noted by mistake."""
    check.delete()
