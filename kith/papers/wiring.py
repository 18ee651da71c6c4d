"""What this room plugs into the house."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kith.base.events import listen
from kith.gate.permissions import allows
from kith.papers import commands
from kith.papers.permissions import SEE_PAPERS
from kith.people.events import PersonErased
from kith.web import panels


def plug_in() -> None:
    """Called once when Django is ready."""
    listen(PersonErased, lambda fact: commands.let_go_of_person(fact.person_id))
    # A participant's own page shows fewer sections than the page of staff and mentors.
    for slot in ("match", "my_match"):
        panels.add_panel(
            slot,
            "papers",
            _("Our papers"),
            lambda match: reverse("papers:of_match", args=[match.pk]),
            visible=lambda actor, match: allows(actor, SEE_PAPERS, match),
            order=20,
        )
