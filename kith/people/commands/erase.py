"""Erasing a person: the key goes, and with it every text; what is left is an empty row."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.accounts.events import AccessEnded
from kith.base import files, vault
from kith.base.errors import Refused
from kith.base.events import announce
from kith.base.models import LegalHold
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.gate.models import Membership
from kith.gate.roles import Role
from kith.people.commands.families import take_out_of_family
from kith.people.commands.index import remove_from_index
from kith.people.events import PersonErased
from kith.people.models import (
    Group,
    GroupMember,
    ImportBatch,
    ImportRow,
    MentorCheck,
    MentorProfile,
    Note,
    ParticipantProfile,
    Person,
    PersonLanguage,
)
from kith.people.permissions import ERASE_PERSON

OWN_ROLES = frozenset({Role.PARTICIPANT.value, Role.MENTOR.value})
STORES = ("identity", "mentoring", "draft")


class HeldForNow(Refused):
    """A hold with a reason and an end keeps the record."""

    sentence = _("This record is on hold and cannot be erased now.")


@command(ERASE_PERSON, on="person")
def erase_person(actor: Actor, *, person: Person, today: date, now: datetime) -> Person:
    """Erase someone for good. Raises HeldForNow.

    Upper rooms hear of it first and let go of what is theirs. The empty row stays, so that counts
    of the past still add up and the proof of erasing has something to point to.
    """
    if LegalHold.objects.filter(row_id=person.pk, until__gte=today).exists():
        raise HeldForNow()
    announce(PersonErased(person.pk))
    _forget_imports(person)
    _remove_rows(person)
    _close_sign_in(person)
    for store in STORES:
        vault.forget(person.pk, store=store)
    return _emptied(person, now)


def _remove_rows(person: Person) -> None:
    remove_from_index([person.pk])
    take_out_of_family(person)
    Group.objects.filter(lead=person).update(lead=None)
    owned = (GroupMember, MentorCheck, MentorProfile, Note, ParticipantProfile, PersonLanguage)
    for rows in owned:
        rows.objects.filter(person=person).delete()


def _forget_imports(person: Person) -> None:
    """The lists someone came with hold the name as well: their files go, the counts stay."""
    rows = ImportRow.objects.filter(Q(person=person) | Q(twin=person))
    for batch in ImportBatch.objects.filter(pk__in=rows.values("batch")).select_related("file"):
        forget_file(batch)
    rows.delete()


def forget_file(batch: ImportBatch) -> None:
    """Remove the file of an import and the samples read from it. Only inside a command."""
    stored = batch.file
    batch.file = batch.reading = batch.findings = None
    batch.save()
    if stored is not None:
        files.remove(stored)


def forget_imports(batch_ids: list[UUID]) -> int:
    """Forget the files and rows of imports; what their columns and words mean is remembered.

    Only inside a command: the retention run calls it.
    """
    rows = list(ImportBatch.objects.filter(pk__in=batch_ids).select_related("file"))
    for batch in rows:
        mapping, filename = batch.mapping, batch.filename
        stays = {"stays": (batch.findings or {}).get("stays", {})}
        ImportRow.objects.filter(batch=batch).update(values=None, cells=None, remarks=None)
        stored = batch.file
        vault.forget(batch.pk)
        batch.file = batch.reading = None
        batch.mapping, batch.filename, batch.findings = mapping, filename, stays
        batch.save()
        if stored is not None:
            files.remove(stored)
    return len(rows)


def _close_sign_in(person: Person) -> None:
    """End the sign-in of someone who was here as a participant or mentor; staff stay staff."""
    if person.user_id is None:
        return
    rows = Membership.objects.filter(user_id=person.user_id, organisation=person.organisation)
    for member in rows.select_related("user"):
        left = [role for role in member.roles if role not in OWN_ROLES]
        if left:
            member.roles = left
        else:
            member.active, member.name, member.email = False, "", ""
            announce(AccessEnded(member.user))
        member.save()


def _emptied(person: Person, now: datetime) -> Person:
    shell = Person(
        id=person.pk,
        organisation_id=person.organisation_id,
        created_at=person.created_at,
        adult=person.adult,
        is_participant=person.is_participant,
        is_mentor=person.is_mentor,
        language="",
        last_event_at=now,
        archived_at=now,
        erased_at=now,
    )
    shell._state.adding = False
    shell.save()
    return shell
