"""Who writes questionnaires, who answers them, and who reads what was answered."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.gate.actor import Actor
from kith.gate.permissions import everything, permission
from kith.gate.roles import Role
from kith.people.models import Person
from kith.people.permissions import own_person
from kith.questionnaires.rules import Readers

EXPORT_JOB = "questionnaires.write_file"
TIDY_JOB = "questionnaires.tidy"


def own_answers(actor: Actor) -> Q:
    """What the one who is signed in has answered."""
    return Q(person__in=Person.objects.filter(own_person(actor)).values("pk"))


def answers_for_coordinators(_actor: Actor) -> Q:
    """Answers of which the person was told that the coordinator reads them."""
    return Q(asking__readers=Readers.COORDINATOR.value)


SEE_QUESTIONNAIRES = permission(
    "questionnaires.see",
    _("See questionnaires and where they are asked"),
    {Role.COORDINATOR: everything, Role.DATA_PROTECTION_LEAD: everything},
)
WRITE_QUESTIONNAIRES = permission(
    "questionnaires.write",
    _("Bring in, write and change questionnaires"),
    {Role.COORDINATOR: everything},
)
ASK_IN_PROGRAMME = permission(
    "questionnaires.ask",
    _("Let a programme ask a questionnaire, and stop it"),
    {Role.COORDINATOR: everything},
)
ANSWER = permission(
    "questionnaires.answer",
    _("Answer the questions of a programme, or would rather not"),
    {
        Role.COORDINATOR: everything,
        Role.PARTICIPANT: own_person,
        Role.MENTOR: own_person,
    },
)
KEEP_ANSWERS = permission(
    "questionnaires.keep",
    _("Go on with answers that were begun, send them, or take them back"),
    {
        Role.COORDINATOR: answers_for_coordinators,
        Role.PARTICIPANT: own_answers,
        Role.MENTOR: own_answers,
    },
)
READ_ANSWERS = permission(
    "questionnaires.read",
    _("Read what someone answered"),
    {
        Role.COORDINATOR: answers_for_coordinators,
        Role.PARTICIPANT: own_answers,
        Role.MENTOR: own_answers,
    },
)
EXPORT_ANSWERS = permission(
    "questionnaires.export",
    _("Save answers as a file, without names"),
    {Role.COORDINATOR: everything},
    jobs=(EXPORT_JOB,),
)
TIDY = permission(
    "questionnaires.tidy",
    _("Remove files of answers and answers that nobody finished"),
    {},
    jobs=(TIDY_JOB,),
)
