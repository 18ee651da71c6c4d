"""A new look at the domain map: for the pair on Today, and a reminder to the participant."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from kith.base import clock
from kith.base.events import listen
from kith.consent.events import ConsentDecided
from kith.gate.actor import Actor
from kith.gate.roles import Role
from kith.matching.rules.words import called
from kith.mentoring import commands
from kith.mentoring.models import Match
from kith.mentoring.queries import lists
from kith.mentoring.queries import looks as queries
from kith.mentoring.queries.agreement import is_own
from kith.mentoring.queries.dates import open_look
from kith.mentoring.wiring.kinds import BOTH
from kith.progress.events import MapBegun
from kith.progress.models import DomainMap
from kith.progress.queries import has_maps
from kith.progress.rules import PURPOSE
from kith.reminders.rules.kinds import Kind, When, add_kind
from kith.web import today
from kith.web.words import Text, isolated


def plug_in() -> None:
    """Called once when Django is ready."""
    today.add_source(to_look_at, most=32)
    listen(MapBegun, _map_begun)
    listen(ConsentDecided, _decided)
    add_kind(
        Kind(
            key="mentoring.look_again",
            title=gettext_lazy("Look at your map again"),
            sentence=ngettext_lazy(
                "If you like, look at your map again.",
                "If you like, look at your map again: %(number)d times.",
                "number",
            ),
            roles=frozenset({Role.PARTICIPANT}),
            when=When.AFTER,
            source=queries.looks,
            still=queries.looks_still,
            told=_told,
            icon="chart",
            order=32,
        )
    )


def to_look_at(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """The map of one's own match, in the weeks of the programme."""
    if not actor.has(*BOTH):
        return
    for match in lists.own(actor):
        week = open_look(match, today=day)
        # Whoever never drew a map is asked for the first one, by the room of the maps.
        if week is None or not has_maps(match.participant):
            continue
        if is_own(actor, match.participant):
            yield _line(match, _("Look at your map again"), week)
        elif is_own(actor, match.mentor):
            what = _("Look at the map again with %(name)s")
            yield _line(match, what % {"name": isolated(called(match.participant))}, week)


def _line(match: Match, what: str, week: int) -> today.TodayLine:
    return today.TodayLine(
        kind=today.Kind.WRITE,
        what=what,
        why=_("In week %(week)d it is good to look again. “Not this time” is fine too.")
        % {"week": week},
        action_label=_("Look at the map"),
        url=reverse("mentoring:look_again", args=[match.pk]),
        weight=32,
    )


def _map_begun(fact: MapBegun) -> None:
    drawn = DomainMap.objects.get(pk=fact.map_id)
    commands.note_map(fact.person_id, today=drawn.made_on, now=clock.now())


def _decided(fact: ConsentDecided) -> None:
    if fact.purpose == PURPOSE:
        now = clock.now()
        given = fact.state == "given"
        commands.follow_consent(fact.person_id, given=given, today=localdate(now), now=now)


def _told(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, Text]:
    found = lists.matches(actor).filter(pk__in=list(keys))
    return {match.pk: _("If you like, look at your map again") for match in found}
