"""A claim takes a step, with its row locked."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.expenses.models import Claim
from kith.expenses.rules.states import ClaimState, may_become


class ClaimMovedOn(Refused):
    """The claim stands somewhere else by now."""

    sentence = _("This claim has moved on meanwhile. Look at it again.")


def locked(claim: Claim) -> Claim:
    """The claim as it stands now, for this transaction alone."""
    rows = Claim.objects.select_for_update(of=("self",)).select_related("person__user")
    found: Claim = rows.select_related("person", "programme").get(pk=claim.pk)
    return found


def move(claim: Claim, state: ClaimState, *, today: date) -> Claim:
    """Let a locked claim take a step. Raises ClaimMovedOn."""
    if not may_become(ClaimState(claim.state), state):
        raise ClaimMovedOn()
    claim.state, claim.changed_on = state.value, today
    claim.save()
    return claim
