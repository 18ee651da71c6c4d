"""Persons, what they bring and wish, families and groups, mentors' checks, and imported lists."""

from kith.people.models.families import Children, Family, FamilyMember, Group, GroupMember
from kith.people.models.imports import ImportBatch, ImportRow
from kith.people.models.notes import Note
from kith.people.models.persons import Person, PersonLanguage, Place
from kith.people.models.profiles import MentorCheck, MentorProfile, ParticipantProfile, note_checks
from kith.people.models.search import SearchToken

__all__ = [
    "Children",
    "Family",
    "FamilyMember",
    "Group",
    "GroupMember",
    "ImportBatch",
    "ImportRow",
    "MentorCheck",
    "MentorProfile",
    "Note",
    "ParticipantProfile",
    "Person",
    "PersonLanguage",
    "Place",
    "SearchToken",
    "note_checks",
]
