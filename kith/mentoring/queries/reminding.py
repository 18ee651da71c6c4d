"""Who is to be reminded of a meeting, a note, a signature, six statements or a goal."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from kith.base import clock
from kith.mentoring.models import Goal, Match, MatchMember, Meeting, MeetingPart, Signature
from kith.mentoring.queries.agreement import agreement_of
from kith.mentoring.queries.dates import dates_of
from kith.mentoring.rules.attention import (
    Care,
    Dates,
    Reason,
    care_of,
    check_after,
    check_open,
    coming,
    first_day,
)
from kith.mentoring.rules.rising import remind_day
from kith.mentoring.rules.states import WATCHED, Coming, GoalState, MatchState, MeetingState
from kith.people.rules import Side
from kith.programmes.models import Programme
from kith.programmes.rules import rules_of
from kith.reminders.rules.kinds import About, Due

AT_ONCE = 500
STATES = [state.value for state in WATCHED]
SILENCES = frozenset({Reason.NO_FIRST_MEETING, Reason.QUIET})


# ── Meetings ─────────────────────────────────────────────────────────────────────────────────────


def meetings(first: date, last: date) -> Iterable[Due]:
    """Everybody of a match that plans to meet on a day of a span."""
    return of_members(_planned(first, last), _meeting_due)


def unnoted(first: date, last: date) -> Iterable[Due]:
    """The mentors' side of matches that planned to meet on a day of a span, without a note yet."""
    return of_members(_planned(first, last), _meeting_due, side=Side.MENTOR)


def meetings_still(abouts: Collection[About]) -> Collection[About]:
    """Those whose meeting is still to come."""
    return of_subjects(abouts, _planned_rows().filter(planned_at__gt=clock.now()))


def unnoted_still(abouts: Collection[About]) -> Collection[About]:
    """Those whose meeting is over without a note."""
    return of_subjects(abouts, _planned_rows().filter(planned_at__lte=clock.now()))


def changed_still(abouts: Collection[About]) -> Collection[About]:
    """Those whose meeting, planned or called off, would still be to come."""
    states = [MeetingState.PLANNED.value, MeetingState.CANCELLED.value]
    rows = Meeting.objects.filter(state__in=states, planned_at__gt=clock.now())
    return of_subjects(abouts, rows)


def cannot_still(abouts: Collection[About]) -> Collection[About]:
    """Those whose meeting is still planned, though somebody cannot come."""
    said_no = MeetingPart.objects.filter(meeting=OuterRef("pk"), answer=Coming.NO.value)
    rows = _planned_rows().filter(Exists(said_no), planned_at__gt=clock.now())
    return of_subjects(abouts, rows)


def _planned_rows() -> "QuerySet[Meeting]":
    rows: QuerySet[Meeting] = Meeting.objects.filter(
        state=MeetingState.PLANNED.value, match__state__in=STATES
    )
    return rows


def _planned(first: date, last: date) -> "QuerySet[Meeting]":
    begin = timezone.make_aware(datetime.combine(first, time()))
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))
    rows = _planned_rows().filter(planned_at__gte=begin, planned_at__lt=end)
    return rows.select_related("match").order_by("planned_at", "id")


def _meeting_due(meeting: Meeting, user_id: UUID) -> Due | None:
    if meeting.planned_at is None:
        return None
    on = timezone.localdate(meeting.planned_at)
    return _due(meeting.match, user_id, meeting.pk, on, "mentoring:match", meeting.match_id)


# ── Goals ────────────────────────────────────────────────────────────────────────────────────────


def goals(first: date, last: date) -> Iterable[Due]:
    """Everybody of a match of which a goal has its day in a span."""
    rows = _active_goals().filter(due_on__range=(first, last))
    return of_members(rows.select_related("match").order_by("due_on", "id"), _goal_due)


def goals_still(abouts: Collection[About]) -> Collection[About]:
    """Those whose goal is still worked on."""
    return of_subjects(abouts, _active_goals())


def _active_goals() -> "QuerySet[Goal]":
    rows: QuerySet[Goal] = Goal.objects.filter(
        state=GoalState.ACTIVE.value, match__state__in=STATES
    )
    return rows


def _goal_due(goal: Goal, user_id: UUID) -> Due | None:
    if goal.due_on is None:
        return None
    keys = (goal.match_id, goal.pk)
    return _due(goal.match, user_id, goal.pk, goal.due_on, "mentoring:goal", *keys)


# ── Signatures ───────────────────────────────────────────────────────────────────────────────────


def unsigned(first: date, last: date) -> Iterable[Due]:
    """Those who have not signed the agreement of a match that began on a day of a span."""
    rows = Match.objects.filter(state=MatchState.STARTING.value, agreed_on__range=(first, last))
    for part in _parts(rows.select_related("programme").order_by("id")):
        signed = _signed(part)
        for match, member, user_id in _with_members(part):
            if (match.pk, member.person_id) not in signed:
                keys = (match.pk, member.person_id)
                yield _due(match, user_id, match.pk, match.agreed_on, "mentoring:sign", *keys)


def unsigned_still(abouts: Collection[About]) -> Collection[About]:
    """Those whose signature is still missing."""
    rows = Match.objects.filter(
        pk__in=[about.subject for about in abouts], state=MatchState.STARTING.value
    )
    matches = list(rows.select_related("programme"))
    signed, open_ = _signed(matches), set()
    for match, member, user_id in _with_members(matches):
        if (match.pk, member.person_id) not in signed:
            open_.add(About(user_id, match.pk))
    return [about for about in abouts if about in open_]


def _signed(matches: Collection[Match]) -> set[tuple[UUID, UUID]]:
    versions = {match.pk: agreement_of(match).version for match in matches}
    rows = Signature.objects.filter(match__in=list(versions))
    found = rows.values_list("match", "person", "text_version")
    return {(match, person) for match, person, version in found if versions[match] == version}


# ── Six statements ───────────────────────────────────────────────────────────────────────────────


def statements(first: date, last: date) -> Iterable[Due]:
    """Those for whom the six statements open on a day of a span."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    began = {day - timedelta(weeks=week - 1) for day in days for week in _check_weeks()}
    rows = _running().filter(started_on__in=began).order_by("id")
    for part in _parts(rows):
        dates = dates_of(part)
        for match in part:
            for side in Side:
                week = check_after(dates[match.pk], _care(match), side)
                opens = first_day(week, dates[match.pk]) if week is not None else None
                user_id = _speaker(match, side)
                if opens is not None and first <= opens <= last and user_id is not None:
                    keys = (match.pk, side.value)
                    yield _due(match, user_id, match.pk, opens, "mentoring:check", *keys)


def statements_still(abouts: Collection[About]) -> Collection[About]:
    """Those who can answer the statements and have not."""
    today = clock.today()
    matches = list(_running().filter(pk__in=[about.subject for about in abouts]))
    dates, open_ = dates_of(matches), set()
    for match in matches:
        for side in Side:
            user_id = _speaker(match, side)
            if user_id and check_open(dates[match.pk], _care(match), side, today=today):
                open_.add(About(user_id, match.pk))
    return [about for about in abouts if about in open_]


def _running() -> "QuerySet[Match]":
    rows: QuerySet[Match] = Match.objects.filter(state__in=STATES)
    return rows.select_related("participant", "mentor", "programme")


def _check_weeks() -> set[int]:
    """The weeks in which any programme asks."""
    running = Programme.objects.filter(closed_on__isnull=True)
    return {week for one in running for week in rules_of(one).relationship_check_weeks}


def _care(match: Match) -> Care:
    return care_of(rules_of(match.programme), match.unit)


def _speaker(match: Match, side: Side) -> UUID | None:
    """Whoever speaks for a side, where they have a sign-in."""
    return (match.participant if side is Side.PARTICIPANT else match.mentor).user_id


# ── The next meeting ─────────────────────────────────────────────────────────────────────────────


def meet_still(abouts: Collection[About]) -> Collection[About]:
    """Those of a match that has been silent for long and has nothing planned."""
    today = clock.today()
    matches = list(_running().filter(pk__in=[about.subject for about in abouts]))
    dates = dates_of(matches)
    silent = [one for one in matches if _is_silent(dates[one.pk], _care(one), today)]
    belong = {About(user_id, match.pk) for match, _, user_id in _with_members(silent)}
    return [about for about in abouts if about in belong]


def _is_silent(dates: Dates, care: Care, today: date) -> bool:
    if dates.next_meeting_on is not None and dates.next_meeting_on >= today:
        return False
    silences = (one for one in coming(dates, care) if one.reason in SILENCES)
    return any(remind_day(one, care) <= today for one in silences)


# ── Everybody of a match ─────────────────────────────────────────────────────────────────────────


def of_members(
    rows: "QuerySet[Any]", due_of: Callable[[Any, UUID], Due | None], *, side: Side | None = None
) -> Iterator[Due]:
    """What rows of matches mean for everybody who belongs to them and has a sign-in."""
    for part in _parts(rows):
        by_match: dict[UUID, list[Any]] = defaultdict(list)
        for row in part:
            by_match[row.match_id].append(row)
        for match, _member, user_id in _with_members([row.match for row in part], side=side):
            found = (due_of(row, user_id) for row in by_match[match.pk])
            yield from (due for due in found if due is not None)


def _with_members(
    matches: Collection[Match], *, side: Side | None = None
) -> Iterator[tuple[Match, MatchMember, UUID]]:
    known = {match.pk: match for match in matches}
    asked = Q() if side is None else Q(side=side.value)
    rows = MatchMember.objects.filter(
        asked, match__in=list(known), until__isnull=True, person__user__isnull=False
    )
    for member in rows.select_related("person").order_by("id"):
        if member.person.user_id is not None:
            yield known[member.match_id], member, member.person.user_id


def of_subjects(
    abouts: Collection[About], rows: "QuerySet[Any]", *, side: Side | None = None
) -> list[About]:
    """Those whose row is among some, and who still belong to its match (on a side, if said)."""
    found = rows.filter(pk__in=[about.subject for about in abouts])
    matches = dict(found.values_list("pk", "match"))
    members = MatchMember.objects.filter(match__in=set(matches.values()), until__isnull=True)
    members = members if side is None else members.filter(side=side.value)
    belong = set(members.values_list("person__user", "match"))
    return [about for about in abouts if (about.user_id, matches.get(about.subject)) in belong]


def _due(match: Match, user_id: UUID, subject: UUID, on: date, page: str, *keys: object) -> Due:
    return Due(user_id, subject, on, reverse(page, args=keys), match.programme_id)


def _parts(rows: "QuerySet[Any]") -> Iterator[list[Any]]:
    rest = rows.iterator(chunk_size=AT_ONCE)
    while part := list(islice(rest, AT_ONCE)):
        yield part
