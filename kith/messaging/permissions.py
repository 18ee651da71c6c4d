"""Who reads and writes messages: the people of a match. Staff read what was shown to them."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.gate.actor import Actor
from kith.gate.permissions import permission
from kith.gate.roles import Role
from kith.mentoring.models import Match, MatchMember
from kith.mentoring.permissions import as_mentor, as_participant

OWN = frozenset({Role.MENTOR, Role.GROUP_LEAD, Role.PARTICIPANT})

# No role of staff stands here, and a test of the safeguards holds it so.
OF_OWN_MATCHES = {
    Role.MENTOR: as_mentor,
    Role.GROUP_LEAD: as_mentor,
    Role.PARTICIPANT: as_participant,
}


def in_own_matches(actor: Actor) -> Q:
    """Messages and words of matches to which the actor belongs."""
    own = Match.objects.filter(as_mentor(actor) | as_participant(actor))
    return Q(match__in=own.values("pk"))


def of_others(actor: Actor) -> Q:
    """What was shown to staff, unless it comes from a match of one's own."""
    own = MatchMember.objects.filter(Q(person__user_id=actor.user_id))
    return ~Q(match__in=own.values("match"))


READ_MESSAGES = permission(
    "messaging.read",
    _("Read the messages of one's own match"),
    OF_OWN_MATCHES,
)
WRITE_MESSAGES = permission(
    "messaging.write",
    _("Write messages in one's own match"),
    OF_OWN_MATCHES,
)
SHOW_MESSAGE = permission(
    "messaging.show",
    _("Show one message of one's own match to the coordinators"),
    dict.fromkeys(OF_OWN_MATCHES, in_own_matches),
)
KEEP_WORDS = permission(
    "messaging.keep_words",
    _("Change the words of one's own match"),
    dict.fromkeys(OF_OWN_MATCHES, in_own_matches),
)
SEE_REPORTS = permission(
    "messaging.see_reports",
    _("Read messages that somebody showed to the coordinators, and answer"),
    {Role.COORDINATOR: of_others, Role.SAFEGUARDING_LEAD: of_others},
)
