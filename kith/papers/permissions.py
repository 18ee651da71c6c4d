"""Who may read, write and agree to working papers, and who makes letters."""

from django.utils.translation import gettext_lazy as _

from kith.gate.permissions import everything, permission
from kith.gate.roles import Role
from kith.mentoring.permissions import as_mentor, as_participant

SEE_PAPERS = permission(
    "papers.see_papers",
    _("Read the working papers of a match"),
    {
        Role.COORDINATOR: everything,
        Role.MENTOR: as_mentor,
        Role.GROUP_LEAD: as_mentor,
        Role.PARTICIPANT: as_participant,
    },
)
WRITE_PAPERS = permission(
    "papers.write_papers",
    _("Write in the working papers of a match and say yes to them"),
    {
        Role.COORDINATOR: everything,
        Role.MENTOR: as_mentor,
        Role.GROUP_LEAD: as_mentor,
        Role.PARTICIPANT: as_participant,
    },
)
SEE_LETTERS = permission(
    "papers.see_letters",
    _("Read the letters that were made for oneself, or all of a match"),
    {Role.COORDINATOR: everything, Role.MENTOR: as_mentor, Role.PARTICIPANT: as_participant},
)
MAKE_LETTERS = permission(
    "papers.make_letters",
    _("Make the letters at the end of a match"),
    {Role.COORDINATOR: everything},
)
OWN_WORDS = permission(
    "papers.own_words",
    _("Write one's own letter of achievement"),
    {Role.COORDINATOR: everything, Role.PARTICIPANT: as_participant},
)
