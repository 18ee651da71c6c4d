"""What this room plugs into the house."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy

from kith.base import clock, retention
from kith.base.events import listen
from kith.gate.permissions import allows
from kith.people.events import PersonErased
from kith.reminders.rules.kinds import add_kind
from kith.rota import commands
from kith.rota.permissions import OWN, SEE_ROTA
from kith.rota.queries import forgetting, lists
from kith.rota.rules.states import KEPT
from kith.rota.wiring import kinds, todays
from kith.web import nav, panels, today


def plug_in() -> None:
    """Called once when Django is ready."""
    for slot, title in (
        ("match", gettext_lazy("Rota")),
        ("my_match", gettext_lazy("Who comes when")),
    ):
        panels.add_panel(
            slot,
            "rota",
            title,
            lambda match: reverse("rota:of_match", args=[match.pk]),
            visible=lambda actor, match: lists.has_rota(match) and allows(actor, SEE_ROTA, match),
            order=12,
        )
    nav.add_user_item(
        "duties",
        gettext_lazy("My duties"),
        "rota:mine",
        order=15,
        visible=lambda actor: actor.has(*OWN) and lists.has_duties(actor, now=clock.now()),
    )
    for source in (todays.of_coordinator, todays.of_lead, todays.own, todays.wanted):
        today.add_source(source)
    for kind in kinds.kinds():
        add_kind(kind)
    listen(PersonErased, lambda fact: commands.let_go_of_person(fact.person_id))
    retention.register(
        retention.Category(
            key="rota.duties",
            title=gettext_lazy("Duties of welcome groups"),
            period=KEPT,
            grace=timedelta(0),
            due=forgetting.over_before,
            erase=commands.forget_duties,
        )
    )
