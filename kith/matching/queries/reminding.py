"""Who is to be reminded of a proposed pair they have not answered."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse

from kith.matching.models import Proposal
from kith.matching.rules.states import Answer, ProposalState
from kith.reminders.rules.kinds import About, Due

SIDES = ("participant", "mentor")


def asked(first: date, last: date) -> Iterable[Due]:
    """Those who were asked about a pair on a day of this span."""
    return _silent(Q(offered_on__range=(first, last)), "offered_on")


def answers_due(first: date, last: date) -> Iterable[Due]:
    """Those whose answer is asked for until a day of this span."""
    return _silent(Q(answer_by__range=(first, last)), "answer_by")


def still_silent(abouts: Collection[About]) -> Collection[About]:
    """Those who still have not said a word."""
    rows = Q(pk__in={about.subject for about in abouts})
    silent = {About(due.user_id, due.subject) for due in _silent(rows, "offered_on")}
    return [about for about in abouts if about in silent]


def _silent(which: Q, day: str) -> Iterable[Due]:
    offered = Proposal.objects.filter(which, state=ProposalState.OFFERED.value)
    for side in SIDES:
        rows = offered.filter(
            **{f"{side}_answer": Answer.NONE.value, f"{side}__person__user__isnull": False}
        )
        found = rows.order_by("id").values_list(
            f"{side}__person__user", "pk", day, f"{side}__programme"
        )
        for user_id, key, on, programme_id in found.iterator(chunk_size=500):
            if on is not None:
                link = reverse("matching:offer", args=[key])
                yield Due(user_id, key, on, link, programme_id)
