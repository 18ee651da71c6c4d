"""What this room plugs into the house."""

from django.utils.translation import gettext_lazy

from kith.base import clock
from kith.base.events import listen
from kith.gate.permissions import has
from kith.learning.commands.opening import note_training
from kith.learning.events import CertificateGiven, CertificateRevoked
from kith.learning.permissions import OWN_CERTIFICATES, WRITE_COURSES
from kith.web import nav


def plug_in() -> None:
    """Called once when Django is ready."""
    nav.add_item(
        "certificates",
        gettext_lazy("My certificates"),
        "learning:certificates",
        icon="check",
        order=76,
        visible=lambda actor: has(actor, OWN_CERTIFICATES),
    )
    nav.add_item(
        "write_courses",
        gettext_lazy("Write courses"),
        "learning:write",
        icon="pen",
        order=77,
        visible=lambda actor: has(actor, WRITE_COURSES),
    )
    listen(CertificateGiven, lambda fact: note_training(fact.member_id, on=clock.today()))
    listen(CertificateRevoked, lambda fact: note_training(fact.member_id, on=clock.today()))
