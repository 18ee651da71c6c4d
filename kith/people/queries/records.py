"""One person's record, section by section, as far as this actor may read it."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kith.gate.actor import Actor
from kith.gate.commands import reads
from kith.gate.permissions import allows, readable_fields, visible
from kith.people.models import (
    Children,
    Family,
    FamilyMember,
    Group,
    GroupMember,
    MentorCheck,
    MentorProfile,
    Note,
    ParticipantProfile,
    Person,
    PersonLanguage,
    Place,
)
from kith.people.permissions import (
    CHECKS,
    CONTACT,
    FAMILY,
    HOPES,
    LANGUAGES,
    OFFER,
    SECTIONS,
    SEE_GROUPS,
    SEE_NOTES,
    SEE_PERSON,
    own_caseload,
)
from kith.people.queries.notes import NEWEST_SHOWN, notes_of
from kith.people.rules.labels import CHANNELS, by_name


@dataclass(frozen=True)
class FamilyRecord:
    """The family of a person: the adults and how many children of which age."""

    family: Family
    adults: list[Person]
    children: list[tuple[str, int]]


@dataclass(frozen=True)
class Record:
    """What is known of a person; sections this actor may not read are empty."""

    person: Person
    shown: frozenset[str]
    languages: list[PersonLanguage] = field(default_factory=list)
    hopes: ParticipantProfile | None = None
    offer: MentorProfile | None = None
    checks: list[MentorCheck] = field(default_factory=list)
    family: FamilyRecord | None = None
    groups: list[GroupMember] = field(default_factory=list)
    # The newest, and one more where there are older ones; None for those who may not read notes.
    notes: list[Note] | None = None

    def shows(self, section: str) -> bool:
        """Whether this actor may read a section."""
        return section in self.shown


@reads(SEE_PERSON, on="person", own=own_caseload)
def record(actor: Actor, *, person: Person) -> Record:
    """Open someone's record; the look is noted. Raises Denied, ReasonNeeded."""
    shown = readable_fields(actor, SEE_PERSON)
    shown = SECTIONS if shown is None else shown
    return Record(
        person=person,
        shown=shown,
        languages=languages_of(person) if LANGUAGES in shown else [],
        hopes=hopes_of(person) if HOPES in shown and person.is_participant else None,
        offer=offer_of(person) if OFFER in shown and person.is_mentor else None,
        checks=checks_of(person) if CHECKS in shown and person.is_mentor else [],
        family=family_of(person) if FAMILY in shown else None,
        groups=_groups(person) if OFFER in shown else [],
        notes=list(notes_of(person)[: NEWEST_SHOWN + 1])
        if allows(actor, SEE_NOTES, person)
        else None,
    )


@dataclass(frozen=True)
class Contact:
    """How to reach someone, for whoever is about to call."""

    phone: str
    email: str
    channel: str
    safe_to_write: bool | None


def contact_of(actor: Actor, person: Person) -> Contact | None:
    """How to reach someone with whom the actor works; None for others. The look is noted."""
    shown = readable_fields(actor, SEE_PERSON)
    near = Person.objects.filter(own_caseload(actor), pk=person.pk).exists()
    if not near or not allows(actor, SEE_PERSON, person) or CONTACT not in (shown or SECTIONS):
        return None
    return _contact(actor, person=person)


@reads(SEE_PERSON, on="person", own=own_caseload)
def _contact(actor: Actor, *, person: Person) -> Contact:
    phone, email = str(person.phone), str(person.email)
    return Contact(phone, email, str(CHANNELS.get(person.channel, "")), person.safe_to_write)


def hopes_of(person: Person) -> ParticipantProfile | None:
    """What a participant hopes for."""
    return ParticipantProfile.objects.filter(person=person).first()


def offer_of(person: Person) -> MentorProfile | None:
    """What a mentor offers."""
    return MentorProfile.objects.filter(person=person).first()


def languages_of(person: Person) -> list[PersonLanguage]:
    """What someone speaks, the best first."""
    return list(PersonLanguage.objects.filter(person=person).order_by("-level", "code"))


def checks_of(person: Person) -> list[MentorCheck]:
    """The checks of a mentor, the newest of each kind first."""
    rows = MentorCheck.objects.filter(person=person).select_related("seen_by")
    return list(rows.order_by("kind", "-id"))


def family_of(person: Person) -> FamilyRecord | None:
    """The family someone belongs to."""
    member = FamilyMember.objects.filter(person=person).select_related("family").first()
    if member is None:
        return None
    adults = FamilyMember.objects.filter(family=member.family).select_related("person")
    children = Children.objects.filter(family=member.family).order_by("age_band")
    return FamilyRecord(
        family=member.family,
        adults=[row.person for row in adults.order_by("id")],
        children=list(children.values_list("age_band", "count")),
    )


def _groups(person: Person) -> list[GroupMember]:
    return list(GroupMember.objects.filter(person=person).select_related("group").order_by("id"))


def _notes(person: Person) -> list[Note]:
    return list(notes_of(person)[: NEWEST_SHOWN + 1])


def group_rows(actor: Actor) -> QuerySet[Group]:
    """The groups this actor may see."""
    return visible(actor, SEE_GROUPS, Group.objects.select_related("lead"))


def group_memberships(actor: Actor) -> QuerySet[GroupMember]:
    """Who is in the groups this actor may see."""
    rows = GroupMember.objects.filter(group__in=group_rows(actor).values("pk"))
    return rows.filter(organisation=actor.organisation).select_related("group", "person")


@dataclass(frozen=True)
class GroupLine:
    """A group in a list: who leads it and how many are in it."""

    group: Group
    size: int


def group_lines(actor: Actor) -> list[GroupLine]:
    """The groups of the organisation, by name."""
    rows = group_rows(actor).annotate(size=_size())
    lines = [GroupLine(group, group.size) for group in rows]
    return sorted(lines, key=lambda line: by_name(str(line.group.name)))


def _size() -> Any:
    members = GroupMember.objects.filter(group=OuterRef("pk")).order_by().values("group")
    return Coalesce(Subquery(members.annotate(size=Count("pk")).values("size")), 0)


def members_of(group: Group) -> list[GroupMember]:
    """The volunteers of a group, in the order they came."""
    return list(GroupMember.objects.filter(group=group).select_related("person").order_by("id"))


def place_names(actor: Actor) -> list[str]:
    """The districts and towns already in use, by name."""
    rows = Place.objects.filter(organisation=actor.organisation).values_list("name", flat=True)
    return sorted(rows, key=by_name)
