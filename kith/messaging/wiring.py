"""What this room plugs into the house."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from kith.base import retention
from kith.base.events import listen
from kith.gate.actor import Actor
from kith.gate.permissions import allows, has
from kith.gate.roles import Role
from kith.mentoring.rules.members import both_sides
from kith.messaging import commands
from kith.messaging.permissions import OWN, READ_MESSAGES, SEE_REPORTS
from kith.messaging.queries import forgetting, reports, threads
from kith.messaging.rules.limits import KEEP_AFTER_CLOSING, KEEP_AT_MOST
from kith.messaging.views.shared import names
from kith.people.events import PersonErased
from kith.reminders.rules.kinds import Kind, When, add_kind
from kith.web import nav, panels, today
from kith.web.words import Text, isolated, near

MOST_LINES = 3


def plug_in() -> None:
    """Called once when Django is ready."""
    _plug_pages()
    today.add_source(_waiting, most=62)
    today.add_source(_to_answer, most=87)
    for kind in _kinds():
        add_kind(kind)
    listen(PersonErased, lambda fact: commands.let_go_of_person(fact.person_id))
    for category in categories():
        retention.register(category)


def _plug_pages() -> None:
    for board, order in ((nav.MENU, 51), (nav.PARTICIPANT_MENU, 22)):
        nav.add_item(
            "messages",
            gettext_lazy("Messages"),
            "messaging:start",
            icon="letter",
            order=order,
            visible=threads.may_see,
            count=threads.unread_number,
            board=board,
        )
    for slot in ("match", "my_match"):
        panels.add_panel(
            slot,
            "messages",
            gettext_lazy("Messages"),
            lambda match: reverse("messaging:of_match", args=[match.pk]),
            visible=_sees_section,
            order=15,
        )


def _sees_section(actor: Actor, match: Any) -> bool:
    return has(actor, SEE_REPORTS) or allows(actor, READ_MESSAGES, match)


def _waiting(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Messages one has not read, on the first page of mentors and participants."""
    if not actor.has(*OWN):
        return
    for one in [line for line in threads.threads(actor) if line.unread][:MOST_LINES]:
        said = ngettext(
            "%(number)d message from %(name)s", "%(number)d messages from %(name)s", one.unread
        )
        came = _("The newest came %(when)s.") if one.unread > 1 else _("It came %(when)s.")
        yield today.TodayLine(
            kind=today.Kind.NOTICE,
            what=said % {"number": one.unread, "name": isolated(names(actor, one.match))},
            why=came % {"when": near(timezone.localdate(one.last_at), day)},
            action_label=_("Read"),
            url=reverse("messaging:thread", args=[one.match.pk]) + "#newest",
            weight=62,
        )


def _to_answer(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Messages that somebody showed to the coordinators."""
    if not has(actor, SEE_REPORTS):
        return
    for row in reports.unanswered(actor, limit=MOST_LINES):
        yield today.TodayLine(
            kind=today.Kind.CALL,
            what=_("Read a message from the match of %(names)s") % {"names": both_sides(row.match)},
            why=_("Somebody showed it to you %(when)s. Both sides wait for an answer.")
            % {"when": near(timezone.localdate(row.reported_at), day)},
            action_label=_("Read it"),
            url=reverse("messaging:report", args=[row.pk]),
            weight=87,
        )


def _kinds() -> list[Kind]:
    roles = frozenset({Role.MENTOR, Role.GROUP_LEAD, Role.PARTICIPANT})
    return [
        Kind(
            key="messaging.waits",
            title=gettext_lazy("A message waits"),
            sentence=ngettext_lazy("A message waits.", "%(number)d messages wait.", "number"),
            roles=roles,
            when=When.AT_ONCE,
            still=threads.waits_still,
            told=_waits_told,
            icon="letter",
            order=15,
        ),
        Kind(
            key="messaging.shown",
            title=gettext_lazy("A message was shown to the coordinators"),
            sentence=ngettext_lazy(
                "A message was shown to the coordinators.",
                "%(number)d messages were shown to the coordinators.",
                "number",
            ),
            roles=roles,
            when=When.AT_ONCE,
            still=reports.shown_still,
            icon="letter",
            order=16,
        ),
        Kind(
            key="messaging.answered",
            title=gettext_lazy("The coordinators answered about a message"),
            sentence=ngettext_lazy(
                "The coordinators answered about a message.",
                "The coordinators answered about %(number)d messages.",
                "number",
            ),
            roles=roles,
            when=When.AT_ONCE,
            still=reports.answered_still,
            icon="letter",
            order=17,
        ),
    ]


def _waits_told(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, Text]:
    rows = threads.matches(actor).filter(pk__in=list(keys))
    return {
        match.pk: _("A message from %(name)s") % {"name": isolated(names(actor, match))}
        for match in rows
    }


def categories() -> list[retention.Category]:
    """The clocks of this room."""
    return [
        retention.Category(
            key="messaging.ended",
            title=gettext_lazy("Messages of matches that ended"),
            period=KEEP_AFTER_CLOSING,
            grace=timedelta(0),
            due=forgetting.ended_before,
            erase=commands.forget_messages_of_matches,
        ),
        retention.Category(
            key="messaging.old",
            title=gettext_lazy("Messages of long ago"),
            period=KEEP_AT_MOST,
            grace=timedelta(0),
            due=forgetting.sent_before,
            erase=commands.forget_old_messages,
        ),
    ]
