"""The dates of matches, as the rules of attention look at them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models.functions import Coalesce, TruncDate

from kith.mentoring.models import Match, Meeting, RelationshipCheck
from kith.mentoring.rules.attention import Dates, called_off_in_a_row, care_of, check_open
from kith.mentoring.rules.states import WATCHED, MatchState, MeetingState
from kith.people.rules import Side
from kith.programmes.rules import rules_of


def dates_of(matches: Sequence[Match]) -> dict[UUID, Dates]:
    """What is known of some matches, their meetings read in one query."""
    over: dict[UUID, list[tuple[str, date]]] = defaultdict(list)
    rows = Meeting.objects.filter(match__in=[match.pk for match in matches])
    rows = rows.exclude(state=MeetingState.PLANNED.value)
    rows = rows.annotate(day=Coalesce("held_on", TruncDate("planned_at")))
    for match, state, day in rows.order_by("-day", "-id").values_list("match", "state", "day"):
        over[match].append((state, day))
    checks: dict[UUID, list[RelationshipCheck]] = defaultdict(list)
    found = RelationshipCheck.objects.filter(match__in=[match.pk for match in matches])
    for one in found.defer("answers").order_by("week"):
        checks[one.match_id].append(one)
    return {match.pk: _dates(match, over[match.pk], checks[match.pk]) for match in matches}


def open_week(match: Match, side: Side, *, today: date) -> int | None:
    """The week of the relationship check that a side can answer today."""
    if match.state not in WATCHED:
        return None
    care = care_of(rules_of(match.programme), match.unit)
    return check_open(dates_of([match])[match.pk], care, side, today=today)


def _talked(match: Match) -> list[tuple[Side, date | None]]:
    return [(Side.PARTICIPANT, match.participant_talk_on), (Side.MENTOR, match.mentor_talk_on)]


def _dates(
    match: Match, newest_first: Sequence[tuple[str, date]], checks: Sequence[RelationshipCheck]
) -> Dates:
    talked = {side: day for side, day in _talked(match) if day is not None}
    number = called_off_in_a_row([state for state, _ in newest_first])
    return Dates(
        state=MatchState(match.state),
        agreed_on=match.agreed_on,
        started_on=match.started_on,
        last_meeting_on=match.last_meeting_on,
        planned_end_on=match.planned_end_on,
        called_off=number,
        called_off_on=newest_first[0][1] if number else None,
        farewell_on=match.farewell_on,
        talks_from=match.talks_from,
        talked_on=talked,
        checked={Side(one.side): one.week for one in checks},
        offered_on={Side(one.side): one.answered_on for one in checks if one.offers_talk},
    )
