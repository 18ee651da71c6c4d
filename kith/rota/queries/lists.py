"""The rota of a match, one's own duties, and what nobody has taken."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from kith.gate.actor import Actor
from kith.gate.commands import reads
from kith.gate.permissions import visible
from kith.mentoring.models import Match, MatchMember, Meeting
from kith.mentoring.permissions import own_caseload
from kith.mentoring.queries.care import own_people
from kith.mentoring.queries.members import people_now
from kith.mentoring.rules.states import WATCHED, MeetingState
from kith.people.rules import Side
from kith.programmes.models import Programme
from kith.programmes.rules import Unit, rules_of
from kith.rota.models import Duty
from kith.rota.permissions import SEE_ROTA
from kith.rota.rules.states import EMPTY_SOON, NOTE_WITHIN, ROTA, DutyState

RUNS = [state.value for state in WATCHED]
MOST_DUTIES = 120
SHOWN_PAST = 8
UNLAID_WITHIN = timedelta(weeks=2)
NOBODY = Q(member__isnull=True) | Q(member__until__lt=TruncDate("at"))


def matches(actor: Actor) -> "QuerySet[Match]":
    """Matches of groups whose rota this actor may see."""
    rows = visible(actor, SEE_ROTA, Match.objects.filter(unit=Unit.GROUP.value))
    return rows.select_related("participant", "mentor", "group", "programme__organisation")


def has_rota(match: Match) -> bool:
    """Whether the programme plans a rota for its groups."""
    return match.is_group and names_a_rota(match.programme)


def names_a_rota(programme: Programme) -> bool:
    """Whether a programme names the rota among the papers of its groups."""
    return any(one.key == ROTA for one in rules_of(programme).documents)


def duties(match: Match) -> "QuerySet[Duty]":
    """Every duty of a match, the earliest first."""
    return _whole(Duty.objects.filter(match=match))


@reads(SEE_ROTA, on="match", own=own_caseload)
def opened(actor: Actor, *, match: Match, now: datetime) -> list[Duty]:
    """Open a rota: the duties to come while the match meets. The look is noted.

    Raises Denied, ReasonNeeded.
    """
    return ahead(match, now=now)


def ahead(match: Match, *, now: datetime) -> list[Duty]:
    """The duties to come; none while the match rests or when it is over."""
    if match.state not in WATCHED:
        return []
    rows = duties(match).filter(state=DutyState.PLANNED.value, at__gt=now)
    return list(rows[:MOST_DUTIES])


def past(match: Match, *, now: datetime) -> list[Duty]:
    """The last duties whose time is over and that were not called off, the latest first."""
    rows = duties(match).filter(at__lte=now).exclude(state=DutyState.OFF.value)
    return list(rows.order_by("-at", "-id")[:SHOWN_PAST])


def group_of(match: Match) -> list[MatchMember]:
    """Those of the group now, the lead first."""
    return people_now(match, Side.MENTOR)


def own_ahead(actor: Actor, *, now: datetime) -> list[Duty]:
    """The duties that somebody has before them, in all their groups."""
    if actor.user_id is None:
        return []
    rows = _whole(planned().filter(member__person__user_id=actor.user_id, at__gt=now))
    return [row for row in rows[:MOST_DUTIES] if row.holder is not None]


def own_to_note(actor: Actor, *, now: datetime) -> list[Duty]:
    """One's own duties that are over and of which nobody noted a meeting on that day."""
    if actor.user_id is None:
        return []
    rows = _whole(planned().filter(member__person__user_id=actor.user_id))
    return list(to_note(rows, now=now)[:MOST_DUTIES])


def to_note(rows: "QuerySet[Duty]", *, now: datetime) -> "QuerySet[Duty]":
    """Those of some planned duties that are over, not long ago, without a meeting on that day."""
    met = Meeting.objects.filter(
        match=OuterRef("match"), state=MeetingState.HELD.value, held_on=OuterRef("day")
    )
    rows = rows.filter(at__lte=now, at__gt=now - NOTE_WITHIN)
    return rows.annotate(day=TruncDate("at")).filter(~Exists(met))


def planned() -> "QuerySet[Duty]":
    """Planned duties of matches that meet."""
    rows: QuerySet[Duty] = Duty.objects.filter(state=DutyState.PLANNED.value, match__state__in=RUNS)
    return rows


def empty_soon(actor: Actor, *, now: datetime, limit: int) -> list[Duty]:
    """Duties of the next days that nobody takes for sure, of one's own people."""
    return list(_open_soon(now=now).filter(match__in=_own_matches(actor).values("pk"))[:limit])


def empty_soon_of_led(actor: Actor, *, now: datetime, limit: int) -> list[Duty]:
    """The same, of the groups that the actor leads."""
    if actor.user_id is None:
        return []
    return list(_open_soon(now=now).filter(match__mentor__user_id=actor.user_id)[:limit])


def _open_soon(*, now: datetime) -> "QuerySet[Duty]":
    rows = planned().filter(NOBODY | Q(swap_since__isnull=False))
    return _whole(rows.filter(at__gt=now, at__lte=now + EMPTY_SOON))


def wanted_soon(actor: Actor, *, now: datetime, limit: int) -> list[Duty]:
    """Duties of the next days in one's own groups that somebody else could take from others.

    Not those of groups one leads: their lines say more.
    """
    if actor.user_id is None:
        return []
    mine = MatchMember.objects.filter(
        person__user_id=actor.user_id, side=Side.MENTOR.value, until__isnull=True
    )
    rows = _open_soon(now=now).filter(match__in=mine.values("match"))
    rows = rows.exclude(match__mentor__user_id=actor.user_id)
    others = Q(member__isnull=True) | ~Q(member__in=mine.values("pk"))
    return list(rows.filter(others)[:limit])


def has_duties(actor: Actor, *, now: datetime) -> bool:
    """Whether somebody has duties now or had some lately."""
    if actor.user_id is None:
        return False
    since = now - NOTE_WITHIN
    return Duty.objects.filter(member__person__user_id=actor.user_id, at__gt=since).exists()


def without_a_rota(actor: Actor, *, now: datetime, limit: int) -> list[Match]:
    """Matches of groups whose programme plans a rota, with no duty in the next two weeks."""
    soon = Duty.objects.filter(
        match=OuterRef("pk"),
        state=DutyState.PLANNED.value,
        at__gt=now,
        at__lte=now + UNLAID_WITHIN,
    )
    rows = _own_matches(actor).filter(~Exists(soon)).order_by("agreed_on", "id")
    found = rows.select_related("participant", "mentor", "group", "programme")[: limit * 4]
    return [match for match in found if names_a_rota(match.programme)][:limit]


def _own_matches(actor: Actor) -> "QuerySet[Match]":
    """Running matches of groups that the actor looks after, or nobody yet."""
    rows = visible(actor, SEE_ROTA, Match.objects.filter(own_people(actor)))
    return rows.filter(unit=Unit.GROUP.value, state__in=RUNS)


def of_user(user_id: UUID | None, begin: datetime, end: datetime) -> list[Duty]:
    """What concerns somebody in a span: duties they take, and who comes to their family.

    Those called off stand here too.
    """
    if user_id is None:
        return []
    family = MatchMember.objects.filter(
        person__user_id=user_id, side=Side.PARTICIPANT.value, until__isnull=True
    )
    concerned = Q(member__person__user_id=user_id) | Q(match__in=family.values("match"))
    rows = Duty.objects.filter(concerned, at__gte=begin, at__lt=end)
    return list(_whole(rows)[:MOST_DUTIES])


def of_keys(actor: Actor, keys: Collection[UUID]) -> list[Duty]:
    """Some duties, as far as the actor may see their rota."""
    rows = Duty.objects.filter(pk__in=list(keys), match__in=matches(actor).values("pk"))
    return list(_whole(rows))


def _whole(rows: "QuerySet[Duty]") -> "QuerySet[Duty]":
    """With everybody whom a page names, the earliest first."""
    found: QuerySet[Duty] = rows.select_related(
        "member__person", "match__participant", "match__mentor", "match__group", "match__programme"
    )
    return found.order_by("at", "id")


def days_met(match: Match, rows: Collection[Duty]) -> set[date]:
    """The days of some duties on which a meeting of the match was held."""
    days = {timezone.localdate(row.at) for row in rows}
    held = Meeting.objects.filter(match=match, state=MeetingState.HELD.value, held_on__in=days)
    return {day for day in held.values_list("held_on", flat=True) if day is not None}
