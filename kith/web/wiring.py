"""What this room plugs into the house."""

from django.utils.translation import gettext_lazy as _

from kith.gate.roles import Role
from kith.web import nav


def plug_in() -> None:
    """Called once when Django is ready."""
    nav.add_item("today", _("Today"), "web:today", icon="today", order=0)
    nav.add_item(
        "today",
        _("Today"),
        "web:today",
        icon="today",
        order=0,
        visible=lambda actor: actor.has(Role.PARTICIPANT),
        board=nav.PARTICIPANT_MENU,
    )
