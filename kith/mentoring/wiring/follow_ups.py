"""Talks after the end: lines on Today, what a participant is told, and how long they are kept."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from kith.base import retention
from kith.base.events import listen
from kith.consent.events import ConsentDecided
from kith.gate.actor import Actor
from kith.gate.permissions import has
from kith.gate.roles import Role
from kith.matching.rules.words import called
from kith.mentoring import commands
from kith.mentoring.models import FollowUp
from kith.mentoring.permissions import NOTE_FOLLOW_UP
from kith.mentoring.queries import follow_ups as queries
from kith.mentoring.rules.closing import (
    FOLLOW_UP,
    FOLLOW_UP_KEPT_DAYS,
    FOLLOW_UP_OPEN_DAYS,
    FollowUpState,
)
from kith.reminders.rules.kinds import About, Due, Kind, When, add_kind
from kith.web import today
from kith.web.words import full_day, isolated


def plug_in() -> None:
    """Called once when Django is ready."""
    today.add_source(to_hold, most=45)
    listen(ConsentDecided, _decided)
    retention.register(
        retention.Category(
            key="mentoring.follow_ups",
            title=gettext_lazy("Talks after the end of a match"),
            period=timedelta(days=FOLLOW_UP_KEPT_DAYS),
            grace=timedelta(0),
            due=queries.over_before,
            erase=commands.erase_follow_ups,
        )
    )
    add_kind(
        Kind(
            key="mentoring.follow_up",
            title=gettext_lazy("We would like to ask how you are"),
            sentence=ngettext_lazy(
                "We would like to ask how you are, as you agreed.",
                "We would like to ask how you are, as you agreed: %(number)d talks.",
                "number",
            ),
            roles=frozenset({Role.PARTICIPANT}),
            when=When.AFTER,
            source=_due,
            still=_still,
            icon="calendar",
            order=45,
        )
    )


def to_hold(actor: Actor, _day: date) -> Iterable[today.TodayLine]:
    """Whom the coordinator asks now how they are."""
    if has(actor, NOTE_FOLLOW_UP):
        yield from (_line(one) for one in queries.open_now(actor))


def _line(one: FollowUp) -> today.TodayLine:
    why = _("%(months)d months after the end. They agreed to be asked, until %(until)s.")
    until = one.due_on + timedelta(days=FOLLOW_UP_OPEN_DAYS)
    return today.TodayLine(
        kind=today.Kind.CALL,
        what=_("Ask %(name)s how things are now") % {"name": isolated(called(one.person))},
        why=why % {"months": one.months, "until": full_day(until)},
        action_label=_("Note the talk"),
        url=reverse("mentoring:follow_up", args=[one.pk]),
        weight=45,
    )


def _decided(fact: ConsentDecided) -> None:
    """A no, or a yes taken back: nothing of it stays."""
    if fact.purpose == FOLLOW_UP and fact.state != "given":
        commands.forget_follow_ups(fact.person_id)


def _due(first: date, last: date) -> Iterable[Due]:
    link = reverse("consent:my_purpose", args=[FOLLOW_UP])
    for one in queries.with_account(first, last):
        if one.person.user_id is not None:
            yield Due(one.person.user_id, one.pk, one.due_on, link, one.match.programme_id)


def _still(abouts: Collection[About]) -> Collection[About]:
    rows = FollowUp.objects.filter(
        pk__in=[about.subject for about in abouts], state=FollowUpState.OPEN.value
    )
    known = {About(user_id, key) for key, user_id in rows.values_list("pk", "person__user")}
    return [about for about in abouts if about in known]
