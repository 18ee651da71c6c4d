"""Letting go of duties: when their time is over, and when somebody is erased.

Both run inside an act of a room below.
"""

from uuid import UUID

from kith.mentoring.models import Match
from kith.rota.models import Duty
from kith.rota.rules.states import DutyState


def forget_duties(keys: list[UUID]) -> int:
    """Remove duties that are long over; the meetings they became stay."""
    return Duty.objects.filter(pk__in=keys).delete()[0]


def let_go_of_person(person_id: UUID) -> None:
    """Someone is erased: with a participant the whole rota goes, of a volunteer their duties.

    What a volunteer had before them is free for somebody else.
    """
    Duty.objects.filter(match__in=Match.objects.filter(participant=person_id)).delete()
    own = Duty.objects.filter(member__person=person_id)
    own.filter(state=DutyState.PLANNED.value).update(member=None, swap_since=None)
    own.exclude(state=DutyState.PLANNED.value).delete()
