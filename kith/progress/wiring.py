"""What this room plugs into the house."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.base import events
from kith.gate.actor import Actor
from kith.gate.permissions import has
from kith.gate.roles import Role
from kith.people.events import ImportUndoAsked, PersonErased
from kith.progress import commands, queries
from kith.progress.permissions import SEE_PROGRESS
from kith.web import nav, panels, today


def plug_in() -> None:
    """Called once when Django is ready."""
    nav.add_item(
        "progress",
        gettext_lazy("My map"),
        "progress:mine",
        icon="chart",
        order=24,
        visible=lambda actor: actor.has(Role.PARTICIPANT),
        board=nav.PARTICIPANT_MENU,
    )
    panels.add_panel(
        "person",
        "progress",
        gettext_lazy("Domain map"),
        lambda person: reverse("progress:person", args=[person.pk]),
        visible=lambda actor, person: person.is_participant and has(actor, SEE_PROGRESS),
        order=60,
    )
    panels.add_panel(
        "match",
        "progress",
        gettext_lazy("Domain map"),
        lambda match: reverse("progress:person", args=[match.participant_id]),
        visible=may_see_in_match,
        order=40,
    )
    today.add_source(lines, most=30)
    events.listen(PersonErased, lambda fact: commands.remove_maps(fact.person_id))
    events.listen(ImportUndoAsked, keep_those_with_maps)


def may_see_in_match(actor: Actor, match: Any) -> bool:
    """Whether this actor sees the participant's map on the page of a match."""
    return queries.people_to_see(actor).filter(pk=match.participant_id).exists()


def lines(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """The first map of a participant who agreed to mentoring."""
    if not actor.has(Role.PARTICIPANT):
        return
    person = queries.own_record(actor)
    if person is None or queries.has_maps(person) or not queries.may_be_mapped(person):
        return
    yield today.TodayLine(
        kind=today.Kind.WRITE,
        what=_("Draw your first map"),
        why=_("Eight parts of daily life, one at a time. You may leave any of them open."),
        action_label=_("Begin"),
        url=reverse("progress:mine"),
        weight=30,
    )


def keep_those_with_maps(fact: ImportUndoAsked) -> None:
    """Who has drawn a map stays when the import is taken back."""
    for person_id in queries.persons_with_maps(list(fact.person_ids)):
        fact.stays.setdefault(person_id, gettext_lazy("has a domain map"))
