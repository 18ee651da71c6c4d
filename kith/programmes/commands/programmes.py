"""Opening and closing programmes."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kith.base import events
from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.programmes.commands.places import end
from kith.programmes.commands.settings import clean_name, keep
from kith.programmes.events import ProgrammeOpened
from kith.programmes.models import Enrolment, OwnTemplate, Programme
from kith.programmes.permissions import OPEN_PROGRAMME
from kith.programmes.rules import PlaceState, ProgrammeTemplate, load_template


class StillInMatches(Refused):
    """A programme closes when its matches have ended."""

    sentence = _("Some people of this programme are in a match. Let these come to an end first.")


@command(OPEN_PROGRAMME)
def open_programme(
    actor: Actor, *, template_key: str, name: str, rules: ProgrammeTemplate, today: date
) -> Programme:
    """Open a programme from a template of the house, with `rules` as adapted.

    Raises NameMissing, DoesNotFit.
    """
    template = load_template(template_key)
    programme = Programme(
        template_key=template.key,
        template_version=template.version,
        name=clean_name(name),
        opened_on=today,
    )
    return _opened(programme, rules)


@command(OPEN_PROGRAMME, on="template")
def open_from_own(
    actor: Actor, *, template: OwnTemplate, name: str, rules: ProgrammeTemplate, today: date
) -> Programme:
    """Open a programme from a template of the organisation. Raises NameMissing, DoesNotFit."""
    programme = Programme(
        template_key=template.template_key,
        template_version=template.template_version,
        own_template=template,
        settings=dict(template.settings),
        name=clean_name(name),
        opened_on=today,
    )
    return _opened(programme, rules)


@command(OPEN_PROGRAMME, on="programme")
def close_programme(actor: Actor, *, programme: Programme, today: date) -> Programme:
    """Close a programme: everyone who still waits is let go. Raises StillInMatches."""
    places = Enrolment.objects.filter(programme=programme)
    busy = [PlaceState.PROPOSED.value, PlaceState.MATCHED.value]
    if places.filter(state__in=busy).exists():
        raise StillInMatches()
    for place in places.exclude(state=PlaceState.ENDED.value):
        end(place, today)
    programme.closed_on = today
    programme.save()
    return programme


def _opened(programme: Programme, rules: ProgrammeTemplate) -> Programme:
    keep(programme, rules)
    programme.save()
    events.announce(ProgrammeOpened(programme.pk))
    return programme
