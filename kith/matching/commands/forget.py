"""Someone is erased: what matching kept about them becomes unreadable or goes."""

from uuid import UUID

from django.db.models import Q

from kith.base import vault
from kith.matching.commands.places import move, settle_mentor
from kith.matching.models import Decision, Proposal, RoundProgramme, Run, Unmatched
from kith.matching.rules.shows import put
from kith.matching.rules.states import ProposalState
from kith.programmes.models import Enrolment

ENDS = (ProposalState.PROPOSED, ProposalState.LOCKED, ProposalState.OFFERED)


def let_go_of_person(person_id: UUID) -> None:
    """Runs inside the act of the room below that erases the person."""
    own = list(Enrolment.objects.filter(person=person_id))
    keys = [row.pk for row in own]
    about = Proposal.objects.filter(Q(participant__in=keys) | Q(mentor__in=keys))
    open_rows = about.filter(state__in=[state.value for state in ENDS])
    others = list(open_rows.select_related("participant", "mentor"))
    open_rows.update(**put(ProposalState.DROPPED))
    for row in others:
        move(row.participant, "waiting")
        settle_mentor(row.mentor)
    Unmatched.objects.filter(participant__in=keys).delete()
    for key in keys:
        vault.forget(key, store="mentoring")
    # Runs keep the wishes of all who took part as one text: it goes as a whole.
    rounds = RoundProgramme.objects.filter(programme__in=[row.programme_id for row in own])
    forget_records(list(rounds.values_list("round", flat=True)))


def forget_records(round_ids: list[UUID]) -> int:
    """Forget who took part in rounds with which wishes; pairs, figures and the proof stay.

    Only inside a command: the retention run and erasing call it.
    """
    Run.objects.filter(round__in=round_ids).update(problem=None, standing=b"")
    Decision.objects.filter(round__in=round_ids).update(record=None)
    for key in round_ids:
        vault.forget(key, store="mentoring")
    return len(round_ids)
