"""Who is to be reminded of a duty: those who take it, the family, and those who could swap."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from kith.base import clock
from kith.mentoring.models import MatchMember
from kith.people.rules import Side
from kith.reminders.rules.kinds import About, Due
from kith.rota.models import Duty
from kith.rota.queries.lists import NOBODY, planned


def soon(first: date, last: date) -> Iterable[Due]:
    """Whoever has a duty on a day of a span, and the family that is visited."""
    begin = timezone.make_aware(datetime.combine(first, time()))
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))
    rows = planned().filter(at__gte=begin, at__lt=end).exclude(NOBODY)
    for duty in rows.select_related("match", "member").order_by("at", "id").iterator(500):
        yield from dues(duty, concerned(duty))


def soon_still(abouts: Collection[About]) -> Collection[About]:
    """Those whose duty is still to come, and who still have to do with it."""
    return _of(abouts, planned().filter(at__gt=clock.now()).exclude(NOBODY))


def changed_still(abouts: Collection[About]) -> Collection[About]:
    """Those of a group and a family whose duty, changed or called off, would still be to come."""
    found = {row.pk: row.match_id for row in _subjects(abouts).filter(at__gt=clock.now())}
    members = _accounts(MatchMember.objects.filter(match__in=set(found.values())))
    belong = set(members.values_list("person__user", "match"))
    return [one for one in abouts if (one.user_id, found.get(one.subject)) in belong]


def swap_still(abouts: Collection[About]) -> Collection[About]:
    """Those of a group who could take a duty that somebody wants to swap or nobody takes."""
    rows = _subjects(abouts).filter(at__gt=clock.now(), state="planned")
    rows = rows.filter(NOBODY | Q(swap_since__isnull=False)).select_related("member__person")
    found = {row.pk: row for row in rows}
    members = _accounts(MatchMember.objects.filter(match__in={r.match_id for r in found.values()}))
    mates = set(members.filter(side=Side.MENTOR.value).values_list("person__user", "match"))
    return [
        one
        for one in abouts
        if (duty := found.get(one.subject)) is not None
        and (one.user_id, duty.match_id) in mates
        and (duty.holder is None or duty.holder.person.user_id != one.user_id)
    ]


def concerned(duty: Duty) -> "QuerySet[MatchMember]":
    """Whoever takes a duty, and everybody of the family."""
    rows = MatchMember.objects.filter(match=duty.match_id)
    return _accounts(rows.filter(Q(side=Side.PARTICIPANT.value) | Q(pk=duty.member_id)))


def mates(duty: Duty) -> "QuerySet[MatchMember]":
    """Everybody of the group but whoever takes the duty."""
    rows = MatchMember.objects.filter(match=duty.match_id, side=Side.MENTOR.value)
    return _accounts(rows.exclude(pk=duty.member_id))


def dues(duty: Duty, members: "QuerySet[MatchMember]") -> list[Due]:
    """A duty as some people are reminded of it."""
    on, link = timezone.localdate(duty.at), reverse("rota:rota", args=[duty.match_id])
    programme = duty.match.programme_id
    users = members.values_list("person__user", flat=True)
    return [Due(user, duty.pk, on, link, programme) for user in users]


def _accounts(rows: "QuerySet[MatchMember]") -> "QuerySet[MatchMember]":
    found: QuerySet[MatchMember] = rows.filter(until__isnull=True, person__user__isnull=False)
    return found.order_by("id")


def _subjects(abouts: Collection[About]) -> "QuerySet[Duty]":
    rows: QuerySet[Duty] = Duty.objects.filter(pk__in=[one.subject for one in abouts])
    return rows


def _of(abouts: Collection[About], rows: "QuerySet[Duty]") -> list[About]:
    keys: set[UUID] = {one.subject for one in abouts}
    known: set[About] = set()
    for duty in rows.filter(pk__in=keys).select_related("match"):
        users = concerned(duty).values_list("person__user", flat=True)
        known |= {About(user, duty.pk) for user in users}
    return [one for one in abouts if one in known]
