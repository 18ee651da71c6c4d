"""Who is to be reminded of a hand-over: the participant who is asked, and all when it begins."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from kith.mentoring.models import HandOver, MatchMember
from kith.mentoring.queries.lists import RUNNING_STATES
from kith.mentoring.rules.handovers import HandOverState
from kith.people.rules import Side
from kith.reminders.rules.kinds import About, Due

COMING = [HandOverState.AGREED.value, HandOverState.BEGUN.value]


def asked(first: date, last: date) -> Iterable[Due]:
    """Participants who are asked since a day of a span."""
    for one in (
        _rows(HandOverState.ASKED.value).filter(asked_on__range=(first, last)).order_by("id")
    ):
        link = reverse("mentoring:answer_hand_over", args=[one.match_id, one.pk])
        for user_id in _participants(one):
            yield Due(user_id, one.pk, one.asked_on, link, one.match.programme_id)


def asked_still(abouts: Collection[About]) -> Collection[About]:
    """Those who have not answered, and nobody for them."""
    rows = _rows(HandOverState.ASKED.value).filter(pk__in=[about.subject for about in abouts])
    open_ = {About(user_id, one.pk) for one in rows for user_id in _participants(one)}
    return [about for about in abouts if about in open_]


def begins(first: date, last: date) -> Iterable[Due]:
    """Everybody concerned by a hand-over whose first day lies in a span."""
    rows = _rows(*COMING).filter(from_on__range=(first, last))
    for one in rows.order_by("from_on", "id"):
        for user_id, page in _concerned(one):
            yield Due(user_id, one.pk, one.from_on, page, one.match.programme_id)


def begins_still(abouts: Collection[About]) -> Collection[About]:
    """Those whose hand-over was not called off."""
    rows = _rows(*COMING).filter(pk__in=[about.subject for about in abouts])
    known = {About(user_id, one.pk) for one in rows for user_id, _page in _concerned(one)}
    return [about for about in abouts if about in known]


def _rows(*states: str) -> "QuerySet[HandOver]":
    rows: QuerySet[HandOver] = HandOver.objects.filter(
        state__in=states, match__state__in=RUNNING_STATES
    )
    return rows.select_related("match", "person", "member__person")


def _participants(one: HandOver) -> list[UUID]:
    rows = MatchMember.objects.filter(
        match=one.match_id, side=Side.PARTICIPANT.value, until__isnull=True
    )
    found = rows.exclude(person__user__isnull=True).order_by("id")
    return list(found.values_list("person__user_id", flat=True))


def _concerned(one: HandOver) -> Iterator[tuple[UUID, str]]:
    """Both sides, with a page each may open; whoever hands over for good has their own list."""
    match = reverse("mentoring:match", args=[one.match_id])
    for user_id in _participants(one):
        yield user_id, match
    if one.person.user_id:
        yield one.person.user_id, match if one.joined_id else reverse("mentoring:mine")
    if one.member.person.user_id:
        yield one.member.person.user_id, match if one.stands_in else reverse("mentoring:mine")
