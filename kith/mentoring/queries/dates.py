"""The dates of matches, as the rules of attention look at them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from kith.mentoring.models import CareReminder, Match, MatchMember, Meeting, RelationshipCheck
from kith.mentoring.rules.attention import (
    Dates,
    Reason,
    called_off_in_a_row,
    care_of,
    check_open,
    look_open,
)
from kith.mentoring.rules.states import WATCHED, MatchState, MeetingState
from kith.people.rules import Side
from kith.programmes.rules import rules_of


def dates_of(matches: Sequence[Match]) -> dict[UUID, Dates]:
    """What is known of some matches, in four queries however many there are."""
    keys = [match.pk for match in matches]
    over: dict[UUID, list[tuple[str, date]]] = defaultdict(list)
    rows = Meeting.objects.filter(match__in=keys).exclude(state=MeetingState.PLANNED.value)
    rows = rows.annotate(day=Coalesce("held_on", TruncDate("planned_at")))
    for match, state, day in rows.order_by("-day", "-id").values_list("match", "state", "day"):
        over[match].append((state, day))
    checks: dict[UUID, list[RelationshipCheck]] = defaultdict(list)
    found = RelationshipCheck.objects.filter(match__in=keys)
    for one in found.defer("answers").order_by("week"):
        checks[one.match_id].append(one)
    reminded, came = reminders_of(keys), _came_later(matches)
    return {
        match.pk: replace(
            _dates(match, over[match.pk], checks[match.pk], reminded[match.pk]),
            came_on=came[match.pk],
        )
        for match in matches
    }


def _came_later(matches: Sequence[Match]) -> dict[UUID, dict[Side, date]]:
    """Since when those who speak for the sides are here, where somebody was there before them."""
    found: dict[UUID, dict[Side, date]] = defaultdict(dict)
    agreed = {match.pk: match.agreed_on for match in matches}
    speak = Q(person=F("match__mentor")) | Q(person=F("match__participant"))
    rows = MatchMember.objects.filter(speak, match__in=agreed.keys(), until=None)
    for match, side, since in rows.values_list("match", "side", "since"):
        if since > agreed[match]:
            found[match][Side(side)] = since
    return found


Reminded = dict[tuple[Reason, Side, date], date]


def reminders_of(matches: Sequence[UUID]) -> dict[UUID, Reminded]:
    """When those of some matches were reminded, of what, counted from which day."""
    found: dict[UUID, Reminded] = defaultdict(dict)
    rows = CareReminder.objects.filter(match__in=matches).order_by("id")
    for match, reason, side, since, on in rows.values_list(
        "match", "reason", "side", "since", "on"
    ):
        found[match][Reason(reason), Side(side), since] = on
    return found


def open_week(match: Match, side: Side, *, today: date) -> int | None:
    """The week of the relationship check that a side can answer today."""
    if match.state not in WATCHED:
        return None
    care = care_of(rules_of(match.programme), match.unit)
    return check_open(dates_of([match])[match.pk], care, side, today=today)


def open_look(match: Match, *, today: date) -> int | None:
    """The week of the map that a pair can draw today; asks the database for nothing."""
    if match.state not in WATCHED:
        return None
    care = care_of(rules_of(match.programme), match.unit)
    return look_open(_dates(match, [], [], {}), care, today=today)


def _of_sides(match: Match, name: str) -> dict[Side, date]:
    """A day that the match keeps for each side, where it has one."""
    days = {side: getattr(match, f"{side.value}_{name}") for side in Side}
    return {side: day for side, day in days.items() if day is not None}


def _dates(
    match: Match,
    newest_first: Sequence[tuple[str, date]],
    checks: Sequence[RelationshipCheck],
    reminded: Reminded,
) -> Dates:
    number = called_off_in_a_row([state for state, _ in newest_first])
    planned = match.next_meeting_at
    return Dates(
        state=MatchState(match.state),
        agreed_on=match.agreed_on,
        started_on=match.started_on,
        last_meeting_on=match.last_meeting_on,
        next_meeting_on=timezone.localdate(planned) if planned else None,
        planned_end_on=match.planned_end_on,
        called_off=number,
        called_off_on=newest_first[0][1] if number else None,
        farewell_on=match.farewell_on,
        talks_from=match.talks_from,
        talked_on=_of_sides(match, "talk_on"),
        again_on=_of_sides(match, "again_on"),
        checked={Side(one.side): one.week for one in checks},
        offered_on={Side(one.side): one.answered_on for one in checks if one.offers_talk},
        resumed_on=match.resumed_on,
        review_on=match.review_on,
        wished_on=_of_sides(match, "wish_on"),
        looked_on=match.looked_on,
        wants_maps=match.no_maps_since is None,
        reminded=reminded,
    )
