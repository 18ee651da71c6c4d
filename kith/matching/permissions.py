"""Who may see rounds, solve them, decide about pairs, and answer for oneself."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kith.gate.actor import Actor
from kith.gate.permissions import everything, permission
from kith.gate.roles import Role
from kith.matching.rules.states import ProposalState
from kith.people.models import Person
from kith.programmes.models import Enrolment


def own_enrolments(actor: Actor) -> "QuerySet[Enrolment, UUID]":
    """Keys of the places in programmes of the person behind this account."""
    persons = Person.objects.filter(Q(user_id=actor.user_id)).values("pk")
    return Enrolment.objects.filter(person__in=persons).values_list("pk", flat=True)


def offers_to_mentor(actor: Actor) -> Q:
    """Proposals about which the actor is asked as a mentor."""
    return Q(state=ProposalState.OFFERED.value, mentor__in=own_enrolments(actor))


def offers_to_participant(actor: Actor) -> Q:
    """Proposals about which the actor is asked as a participant."""
    return Q(state=ProposalState.OFFERED.value, participant__in=own_enrolments(actor))


JOBS = (
    "matching.solve",
    "matching.repeat",
    "matching.answers",
    "matching.rolling",
    "matching.newcomer",
)
"""Jobs of this room: solving, the last day of an offer, new arrivals of rolling rounds."""

SEE_ROUNDS = permission(
    "matching.see_rounds",
    _("See rounds and proposed pairs"),
    {Role.COORDINATOR: everything, Role.VOLUNTEER_MATCHER: everything},
    jobs=JOBS,
)
SOLVE = permission(
    "matching.solve",
    _("Start and solve a round"),
    {Role.COORDINATOR: everything, Role.VOLUNTEER_MATCHER: everything},
    jobs=JOBS,
)
DECIDE = permission(
    "matching.decide",
    _("Keep a proposed pair or leave it out, and note answers given by phone"),
    {Role.COORDINATOR: everything, Role.VOLUNTEER_MATCHER: everything},
    jobs=JOBS,
)
SUGGEST = permission(
    "matching.suggest",
    _("Suggest a pair with one line why; staff ask both"),
    {Role.VOLUNTEER_MATCHER: everything},
)
ASK_BOTH = permission(
    "matching.ask_both",
    _("Confirm a pair and ask both sides"),
    {Role.COORDINATOR: everything},
)
ANSWER = permission(
    "matching.answer",
    _("Answer a proposal about oneself"),
    {Role.MENTOR: offers_to_mentor, Role.PARTICIPANT: offers_to_participant},
)
END_PAIRING = permission(
    "matching.end_pairing",
    _("Give a mentor's place free again when a match is over"),
    {Role.COORDINATOR: everything},
)
HOLD_PLACES = permission(
    "matching.hold_places",
    _("Note who is in a match that began or changed without a round"),
    {Role.COORDINATOR: everything},
)
