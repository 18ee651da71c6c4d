"""A group and a family before they begin, as the templates print them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kith.gate.actor import Actor
from kith.matching.rules.funnel import lacking_sentence
from kith.mentoring.forms import BeginForm
from kith.mentoring.models import Match
from kith.mentoring.queries import groups as queries
from kith.mentoring.rules.members import fits
from kith.people.models import Group, Person
from kith.people.rules import Side
from kith.programmes.models import Enrolment, Programme
from kith.programmes.rules import rules_of
from kith.programmes.rules.sentences import who_meets
from kith.web.components import Filter
from kith.web.words import full_day


@dataclass(frozen=True)
class Choice:
    """What can be chosen from: programmes for groups, ready-made groups, families that wait."""

    programmes: list[Programme]
    programme: Programme | None
    groups: list[Group]
    places: list[Enrolment]

    @classmethod
    def of(cls, actor: Actor, asked: Mapping[str, str]) -> "Choice":
        """What an address asks for; the first programme when it names none."""
        programmes = queries.group_programmes(actor)
        wanted = queries.place_named(actor, asked.get("place", ""))
        key = str(wanted.programme_id) if wanted else asked.get("programme", "")
        chosen = next((one for one in programmes if str(one.pk) == key), None)
        programme = chosen or next(iter(programmes), None)
        places = queries.families(actor, programme, wanted) if programme else []
        return cls(programmes, programme, queries.groups(actor), places)

    @property
    def shown(self) -> dict[str, Any]:
        """The choice as the page prints it."""
        return {
            "programme": self.programme,
            "filters": [
                Filter(label=one.name, url=f"?programme={one.pk}", is_current=one == self.programme)
                for one in self.programmes
            ],
            "groups": self.groups,
            "new_group_url": reverse("people:new_group"),
            "places": self.places,
        }


def beginning(found: queries.Beginning, form: BeginForm, today: date) -> dict[str, Any]:
    """Both sides with what is missing, in sentences."""
    shape = found.rules.group
    return {
        "programme": found.programme,
        "group": found.group,
        "person": found.place.person,
        "waits": full_day(found.place.waiting_since),
        "has_agreed": found.has_agreed,
        "has_children": found.has_children,
        "adults": found.adults,
        "plan": who_meets(found.rules),
        "size_fits": fits(shape, len(found.volunteers)),
        "volunteers": [
            {
                "name": str(one.person.name),
                "lacking": volunteer_lacks(one),
                "roles": form.roles_field(one.person),
            }
            for one in found.volunteers
        ],
    }


def volunteer_lacks(one: queries.Volunteer) -> list[str]:
    """What somebody still needs, a sentence each."""
    said = [lacking_sentence(lacking) for lacking in one.lacking]
    return said if one.has_place else [*said, _("Has no place free for another match.")]


def candidates(
    match: Match, found: Sequence[Person], side: Side, today: date
) -> list[dict[str, Any]]:
    """Who could join, with what is still missing."""
    if side is Side.PARTICIPANT:
        return [{"person": one, "name": str(one.name), "lacking": []} for one in found]
    children = queries.has_children(match.participant)
    rows = queries.volunteers(rules_of(match.programme), found, {}, children=children, today=today)
    return [
        {"person": one.person, "name": str(one.person.name), "lacking": volunteer_lacks(one)}
        for one in rows
    ]
