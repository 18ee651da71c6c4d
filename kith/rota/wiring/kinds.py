"""The kinds of reminders of this room."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy, ngettext_lazy

from kith.base import clock
from kith.gate.actor import Actor
from kith.gate.roles import Role
from kith.reminders.rules.kinds import Kind, When
from kith.rota.commands.shared import CHANGED, SWAP_WANTED
from kith.rota.permissions import OWN
from kith.rota.queries import lists, reminding
from kith.rota.views.shown import told
from kith.web.words import Text

BOTH = OWN | {Role.PARTICIPANT}


def kinds() -> list[Kind]:
    """A visit comes up, it has changed, somebody is wanted for one."""
    return [
        Kind(
            key="rota.soon",
            title=gettext_lazy("A visit of the rota comes up"),
            sentence=ngettext_lazy("A visit comes up.", "%(number)d visits come up.", "number"),
            roles=BOTH,
            days=1,
            source=reminding.soon,
            still=reminding.soon_still,
            told=_told,
            icon="calendar",
            order=23,
        ),
        Kind(
            key=CHANGED,
            title=gettext_lazy("The rota is new or has changed"),
            sentence=ngettext_lazy(
                "A visit of the rota is new or has changed.",
                "%(number)d visits of the rota are new or have changed.",
                "number",
            ),
            roles=BOTH,
            when=When.AT_ONCE,
            still=reminding.changed_still,
            told=_told,
            icon="calendar",
            order=24,
        ),
        Kind(
            key=SWAP_WANTED,
            title=gettext_lazy("Somebody is wanted for a duty"),
            sentence=ngettext_lazy(
                "Somebody is wanted for a duty.",
                "Somebody is wanted for %(number)d duties.",
                "number",
            ),
            roles=OWN,
            when=When.AT_ONCE,
            still=reminding.swap_still,
            told=_told,
            icon="people",
            order=25,
        ),
    ]


def _told(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, Text]:
    day = clock.today()
    return {row.pk: told(row, actor, day) for row in lists.of_keys(actor, keys)}
