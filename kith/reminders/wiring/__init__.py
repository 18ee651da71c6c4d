"""What this room plugs into the house."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kith.accounts.events import AccessEnded
from kith.base import jobs, retention
from kith.base.events import listen
from kith.gate.permissions import has
from kith.people.events import PersonErased
from kith.reminders import commands
from kith.reminders import jobs as work
from kith.reminders.permissions import PLAN, REMIND_JOB, SEE_LETTERS, SEND_JOB
from kith.reminders.queries import own
from kith.reminders.queries.gathering import due_before
from kith.reminders.rules.states import KEPT
from kith.reminders.wiring import courses, people
from kith.web import nav, panels

EVERY_HOUR = "4 * * * *"


def plug_in() -> None:
    """Called once when Django is ready."""
    people.plug_in()
    courses.plug_in()
    jobs.every(
        EVERY_HOUR, REMIND_JOB, _("Look who is to be reminded, and send e-mails"), work.remind
    )
    jobs.on_demand(SEND_JOB, _("Send e-mails of reminders"), work.send)
    listen(AccessEnded, lambda fact: commands.forget_user(fact.user.pk))
    listen(PersonErased, lambda fact: commands.forget_person(fact.person_id))
    retention.register(
        retention.Category(
            key="reminders.old",
            title=_("Reminders and how their e-mails went"),
            period=KEPT,
            grace=timedelta(0),
            due=due_before,
            erase=commands.remove_old,
        )
    )
    _plug_pages()


def _plug_pages() -> None:
    nav.add_item(
        "reminders",
        _("Reminders"),
        "reminders:mine",
        icon="bell",
        order=10,
        count=own.unread_number,
        board=nav.CORNER,
    )
    nav.add_user_item("reminders", _("What I am reminded of"), "reminders:settings", order=15)
    nav.add_user_item(
        "reminder-letters",
        _("How reminders go"),
        "reminders:letters",
        order=60,
        visible=lambda actor: has(actor, SEE_LETTERS),
    )
    panels.add_panel(
        "programme",
        "reminders",
        _("Reminders"),
        lambda programme: reverse("reminders:of_programme", args=[programme.pk]),
        visible=lambda actor, _programme: has(actor, PLAN),
        order=60,
    )
