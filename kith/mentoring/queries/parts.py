"""What people said to meetings, and who was there."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from kith.mentoring.models import Meeting, MeetingPart
from kith.mentoring.rules.states import Coming


def parts_of(meetings: Collection[Meeting]) -> dict[UUID, list[MeetingPart]]:
    """Everybody's part in some meetings, in one query."""
    rows = MeetingPart.objects.filter(meeting__in=[row.pk for row in meetings])
    found: dict[UUID, list[MeetingPart]] = defaultdict(list)
    for row in rows.select_related("member__person").order_by("member__since", "member"):
        found[row.meeting_id].append(row)
    return found


def those_who_cannot(meeting: Meeting) -> list[MeetingPart]:
    """Everybody who said that they cannot come."""
    return [row for row in parts_of([meeting])[meeting.pk] if row.answer == Coming.NO]


def present_at(meeting: Meeting) -> set[UUID]:
    """The members who were at a meeting."""
    rows = MeetingPart.objects.filter(meeting=meeting, came=True)
    return set(rows.values_list("member", flat=True))
