"""Reminders of what happens to a planned meeting: changed, or somebody cannot come."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from kith.base import clock
from kith.base.events import listen
from kith.gate.actor import Actor
from kith.gate.roles import Role
from kith.mentoring.events import MeetingAnswered, MeetingChanged
from kith.mentoring.models import Match, MatchMember, Meeting
from kith.mentoring.queries import lists
from kith.mentoring.queries import reminding as queries
from kith.mentoring.queries.parts import those_who_cannot
from kith.mentoring.rules.states import MeetingState
from kith.mentoring.views.shown import names
from kith.mentoring.views.shown_meetings import moment
from kith.reminders.commands import remind, settle
from kith.reminders.rules.kinds import Due, Kind, When, add_kind
from kith.web.words import Text, isolated

CHANGED, CANNOT = "mentoring.meeting_changed", "mentoring.cannot_come"
EVERYBODY = frozenset({Role.MENTOR, Role.GROUP_LEAD, Role.PARTICIPANT})


def plug_in() -> None:
    """Called once when Django is ready."""
    add_kind(
        Kind(
            key=CHANGED,
            title=gettext_lazy("A meeting is planned, moved or called off"),
            sentence=ngettext_lazy(
                "A meeting has changed.", "%(number)d meetings have changed.", "number"
            ),
            roles=EVERYBODY,
            when=When.AT_ONCE,
            still=queries.changed_still,
            told=_changed_told,
            icon="calendar",
            order=18,
            # An invitation for the calendar goes by mail already.
            in_mail=False,
        )
    )
    add_kind(
        Kind(
            key=CANNOT,
            title=gettext_lazy("Somebody cannot come to a meeting"),
            sentence=ngettext_lazy(
                "Somebody cannot come to a meeting.",
                "To %(number)d meetings somebody cannot come.",
                "number",
            ),
            roles=EVERYBODY,
            when=When.AT_ONCE,
            still=queries.cannot_still,
            told=_cannot_told,
            icon="calendar",
            order=19,
        )
    )
    listen(MeetingChanged, _changed)
    listen(MeetingAnswered, _answered)


def _changed(fact: MeetingChanged) -> None:
    settle(CANNOT, fact.meeting_id, now=fact.at)
    others = _others(fact.match_id).exclude(person__user=fact.user_id)
    remind(CHANGED, _dues(fact.meeting_id, others), now=fact.at)


def _answered(fact: MeetingAnswered) -> None:
    meeting = Meeting.objects.get(pk=fact.meeting_id)
    cannot = those_who_cannot(meeting)
    if not cannot:
        settle(CANNOT, fact.meeting_id, now=fact.at)
    elif any(part.member.person_id == fact.person_id for part in cannot):
        others = _others(fact.match_id).exclude(person=fact.person_id)
        remind(CANNOT, _dues(fact.meeting_id, others), now=fact.at)


def _others(match_id: UUID) -> "QuerySet[MatchMember]":
    rows: QuerySet[MatchMember] = MatchMember.objects.filter(
        match=match_id, until__isnull=True, person__user__isnull=False
    )
    return rows


def _dues(meeting_id: UUID, members: "QuerySet[MatchMember]") -> list[Due]:
    meeting = Meeting.objects.select_related("match").get(pk=meeting_id)
    match, link = meeting.match, reverse("mentoring:match", args=[meeting.match_id])
    on = localdate(meeting.planned_at)
    return [
        Due(user_id, meeting.pk, on, link, match.programme_id)
        for user_id in members.values_list("person__user", flat=True)
    ]


def _changed_told(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, Text]:
    return {row.pk: _changed_words(actor, row, match) for row, match in _seen(actor, keys)}


def _changed_words(actor: Actor, row: Meeting, match: Match) -> str:
    assert row.planned_at is not None  # noqa: S101 - only planned meetings are changed
    said = _("You meet %(name)s %(when)s")
    if row.state == MeetingState.CANCELLED:
        said = _("Your meeting with %(name)s is called off: %(when)s")
    when = moment(row.planned_at, clock.today())
    return said % {"name": isolated(names(match, actor)), "when": when}


def _cannot_told(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, Text]:
    return {
        row.pk: _("Somebody cannot come when you meet %(name)s. Find another time")
        % {"name": isolated(names(match, actor))}
        for row, match in _seen(actor, keys)
    }


def _seen(actor: Actor, keys: Collection[UUID]) -> list[tuple[Meeting, Match]]:
    rows = list(Meeting.objects.filter(pk__in=keys))
    asked = lists.matches(actor).filter(pk__in={row.match_id for row in rows})
    matches = {match.pk: match for match in asked}
    return [(row, matches[row.match_id]) for row in rows if row.match_id in matches]
