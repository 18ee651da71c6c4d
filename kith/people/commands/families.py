"""Families and groups: who belongs together. Children are a number and an age band."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kith.base import vault
from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.people.commands.people import touch
from kith.people.models import Children, Family, FamilyMember, Group, GroupMember, Person
from kith.people.permissions import EDIT_PERSON


class AlreadyInAFamily(Refused):
    """Someone belongs to one family here."""

    sentence = _("This person already belongs to a family.")


class AlreadyInTheGroup(Refused):
    """Someone is in a group once."""

    sentence = _("This person already is in the group.")


class NothingToCallIt(Refused):
    """Families and groups need a name to be found again."""

    sentence = _("Give it a name.")


@command(EDIT_PERSON, on="person")
def make_family(
    actor: Actor, *, person: Person, label: str, children: Mapping[str, int], now: datetime
) -> Family:
    """Write down a family that begins with one adult. Raises AlreadyInAFamily, NothingToCallIt."""
    _refuse_second_family(person)
    family = Family(organisation_id=person.organisation_id, label=_named(label))
    family.save()
    FamilyMember.objects.create(family=family, person=person)
    _store_children(family, children)
    touch(person, at=now)
    return family


@command(EDIT_PERSON, on="family")
def change_family(
    actor: Actor, *, family: Family, label: str, children: Mapping[str, int]
) -> Family:
    """Change the name of a family and the number of its children. Raises NothingToCallIt."""
    family.label = _named(label)
    family.save()
    _store_children(family, children)
    return family


@command(EDIT_PERSON, on="person")
def join_family(actor: Actor, *, person: Person, family: Family, now: datetime) -> FamilyMember:
    """Add an adult to a family. Raises AlreadyInAFamily."""
    _refuse_second_family(person)
    member: FamilyMember = FamilyMember.objects.create(family=family, person=person)
    touch(person, at=now)
    return member


@command(EDIT_PERSON, on="person")
def leave_family(actor: Actor, *, person: Person) -> None:
    """Take an adult out of the family; a family without adults is forgotten."""
    take_out_of_family(person)


def take_out_of_family(person: Person) -> None:
    """Take someone out; the last one takes the family along. Only inside a command."""
    families = list(FamilyMember.objects.filter(person=person).values_list("family_id", flat=True))
    FamilyMember.objects.filter(person=person).delete()
    for family_id in families:
        if not FamilyMember.objects.filter(family_id=family_id).exists():
            vault.forget(family_id)
            Family.objects.filter(pk=family_id).delete()


def _refuse_second_family(person: Person) -> None:
    if FamilyMember.objects.filter(person=person).exists():
        raise AlreadyInAFamily()


def _named(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise NothingToCallIt()
    return name


def _store_children(family: Family, children: Mapping[str, int]) -> None:
    Children.objects.filter(family=family).delete()
    Children.objects.bulk_create(
        Children(organisation_id=family.organisation_id, family=family, age_band=band, count=count)
        for band, count in children.items()
        if count
    )


@command(EDIT_PERSON)
def make_group(actor: Actor, *, name: str) -> Group:
    """Write down a group of volunteers. Raises NothingToCallIt."""
    group: Group = Group.objects.create(name=_named(name))
    return group


@command(EDIT_PERSON, on="group")
def change_group(actor: Actor, *, group: Group, name: str, lead: Person | None) -> Group:
    """Change the name and the lead of a group. Raises NothingToCallIt."""
    group.name, group.lead = _named(name), lead
    group.save()
    return group


@command(EDIT_PERSON, on="group")
def join_group(actor: Actor, *, group: Group, person: Person, role: str = "") -> GroupMember:
    """Add a volunteer to a group. Raises AlreadyInTheGroup."""
    if GroupMember.objects.filter(group=group, person=person).exists():
        raise AlreadyInTheGroup()
    member: GroupMember = GroupMember.objects.create(group=group, person=person, role=role)
    return member


@command(EDIT_PERSON, on="member")
def set_group_role(actor: Actor, *, member: GroupMember, role: str) -> GroupMember:
    """Say what a volunteer looks after in the group."""
    member.role = role
    member.save(update_fields=["role"])
    return member


@command(EDIT_PERSON, on="member")
def leave_group(actor: Actor, *, member: GroupMember) -> None:
    """Take a volunteer out of a group; a lead who leaves leads no longer."""
    Group.objects.filter(pk=member.group_id, lead_id=member.person_id).update(lead=None)
    member.delete()
