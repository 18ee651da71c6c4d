"""The kinds of reminders of this room."""

from collections.abc import Collection, Mapping
from typing import TypeVar
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
from kith.mentoring.events import CareReminded
from kith.mentoring.models import Goal, GoalStep, Match, Meeting
from kith.mentoring.queries import lists
from kith.mentoring.queries import reminding as queries
from kith.mentoring.views.shown import names
from kith.mentoring.views.shown_meetings import moment
from kith.people.models import Person
from kith.reminders.commands import remind
from kith.reminders.rules.kinds import Due, Kind, When, add_kind
from kith.web.words import Text, isolated, near

MENTORS = frozenset({Role.MENTOR, Role.GROUP_LEAD})
BOTH = MENTORS | {Role.PARTICIPANT}
Row = TypeVar("Row", Meeting, Goal, GoalStep)


def plug_in() -> None:
    """Called once when Django is ready."""
    for kind in (*_of_meetings(), *_of_matches()):
        add_kind(kind)
    listen(CareReminded, _meet_again)


def _of_meetings() -> list[Kind]:
    return [
        Kind(
            key="mentoring.meeting_soon",
            title=gettext_lazy("A meeting comes up"),
            sentence=ngettext_lazy("A meeting comes up.", "%(number)d meetings come up.", "number"),
            roles=BOTH,
            days=1,
            source=queries.meetings,
            still=queries.meetings_still,
            told=_meetings_told,
            icon="calendar",
            order=20,
        ),
        Kind(
            key="mentoring.meet_again",
            title=gettext_lazy("No meeting is planned for long"),
            sentence=ngettext_lazy(
                "It is time to plan the next meeting.",
                "It is time to plan the next meetings: %(number)d.",
                "number",
            ),
            roles=BOTH,
            when=When.AFTER,
            still=queries.meet_still,
            told=_meet_again_told,
            icon="calendar",
            order=22,
        ),
        Kind(
            key="mentoring.meeting_unnoted",
            title=gettext_lazy("A meeting is not noted yet"),
            sentence=ngettext_lazy(
                "A meeting is not noted yet.", "%(number)d meetings are not noted yet.", "number"
            ),
            roles=MENTORS,
            when=When.AFTER,
            days=1,
            source=queries.unnoted,
            still=queries.unnoted_still,
            told=_unnoted_told,
            icon="pen",
            order=21,
        ),
    ]


def _of_matches() -> list[Kind]:
    return [
        Kind(
            key="mentoring.signature",
            title=gettext_lazy("A signature is missing"),
            sentence=ngettext_lazy(
                "A paper waits for your signature.",
                "%(number)d papers wait for your signature.",
                "number",
            ),
            roles=BOTH,
            when=When.AFTER,
            days=3,
            source=queries.unsigned,
            still=queries.unsigned_still,
            told=_unsigned_told,
            icon="paper",
            order=30,
        ),
        Kind(
            key="mentoring.statements",
            title=gettext_lazy("Six statements on how it is going"),
            sentence=ngettext_lazy(
                "Six short statements wait for your answer.",
                "%(number)d times six short statements wait for your answer.",
                "number",
            ),
            roles=BOTH,
            when=When.AFTER,
            source=queries.statements,
            still=queries.statements_still,
            told=_statements_told,
            icon="question",
            order=31,
        ),
        Kind(
            key="mentoring.goal_due",
            title=gettext_lazy("The day of a goal comes up"),
            sentence=ngettext_lazy(
                "The day of a goal comes up.", "The days of %(number)d goals come up.", "number"
            ),
            roles=BOTH,
            days=3,
            source=queries.goals,
            still=queries.goals_still,
            told=_goals_told,
            icon="goal",
            order=40,
        ),
    ]


def _meet_again(fact: CareReminded) -> None:
    """A match was silent for long: each of its people hears it once.

    Of the six statements they hear on the day these open, and not again.
    """
    if fact.reason not in queries.SILENCES:
        return
    user_id = Person.objects.filter(pk=fact.person_id).values_list("user_id", flat=True).first()
    match = Match.objects.only("programme_id").get(pk=fact.match_id)
    if user_id is not None:
        link, day = reverse("mentoring:match", args=[match.pk]), localdate(fact.at)
        due = Due(user_id, match.pk, day, link, match.programme_id)
        remind("mentoring.meet_again", [due], now=fact.at)


def _meet_again_told(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, Text]:
    return {
        key: _("When do you meet %(name)s next?") % {"name": isolated(names(match, actor))}
        for key, match in _matches(actor, keys).items()
    }


def _meetings_told(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, Text]:
    return {
        row.pk: _("You meet %(name)s %(when)s")
        % {"name": isolated(names(match, actor)), "when": moment(row.planned_at, clock.today())}
        for row, match in with_match(actor, Meeting.objects.filter(pk__in=keys))
        if row.planned_at is not None
    }


def _unnoted_told(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, Text]:
    return {
        row.pk: _("Did you meet %(name)s?") % {"name": isolated(names(match, actor))}
        for row, match in with_match(actor, Meeting.objects.filter(pk__in=keys))
    }


def _goals_told(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, Text]:
    return {
        row.pk: _("Goal “%(goal)s”: its day is %(when)s")
        % {"goal": isolated(row.title), "when": near(row.due_on, clock.today())}
        for row, _match in with_match(actor, Goal.objects.filter(pk__in=keys))
        if row.due_on is not None
    }


def _unsigned_told(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, Text]:
    return {
        key: _("Sign the agreement with %(name)s") % {"name": isolated(names(match, actor))}
        for key, match in _matches(actor, keys).items()
    }


def _statements_told(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, Text]:
    return {
        key: _("How is it going with %(name)s?") % {"name": isolated(names(match, actor))}
        for key, match in _matches(actor, keys).items()
    }


def _matches(actor: Actor, keys: Collection[UUID]) -> dict[UUID, Match]:
    """Those of some matches that the actor may open."""
    return {match.pk: match for match in lists.matches(actor).filter(pk__in=list(keys))}


def with_match(actor: Actor, rows: "QuerySet[Row]") -> list[tuple[Row, Match]]:
    """Rows with their match, where the actor may open it."""
    found = list(rows)
    matches = _matches(actor, {row.match_id for row in found})
    return [(row, matches[row.match_id]) for row in found if row.match_id in matches]
