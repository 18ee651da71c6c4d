"""What this room plugs into the house."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kith.accounts.events import AccessEnded
from kith.base import jobs
from kith.base.events import listen
from kith.calendars import commands
from kith.calendars import jobs as work
from kith.calendars.permissions import (
    LOOK_JOB,
    SEE_MATCH_CALENDAR,
    SEE_MENTOR_CALENDAR,
    SEE_OWN_CALENDAR,
    SEE_PROGRAMME_CALENDAR,
    SEND_JOB,
)
from kith.gate.permissions import allows, has
from kith.mentoring.events import MeetingChanged
from kith.people.events import PersonErased
from kith.web import nav, panels

EVERY_QUARTER = "2-59/15 * * * *"


def plug_in() -> None:
    """Called once when Django is ready."""
    listen(MeetingChanged, lambda fact: commands.invite(fact.meeting_id, now=fact.at))
    listen(AccessEnded, lambda fact: commands.forget_user(fact.user.pk))
    listen(PersonErased, lambda fact: commands.forget_person(fact.person_id))
    jobs.every(EVERY_QUARTER, LOOK_JOB, _("Send invitations for calendars that waited"), work.send)
    jobs.on_demand(SEND_JOB, _("Send invitations for calendars"), work.send)
    nav.add_item(
        "calendar",
        _("Calendar"),
        "calendars:mine",
        icon="calendar",
        order=51,
        visible=lambda actor: has(actor, SEE_OWN_CALENDAR),
    )
    nav.add_user_item(
        "calendar",
        _("My calendar"),
        "calendars:mine",
        order=16,
        visible=lambda actor: has(actor, SEE_OWN_CALENDAR),
    )
    panels.add_panel(
        "programme",
        "calendar",
        _("Calendar"),
        lambda programme: reverse("calendars:of_programme", args=[programme.pk]),
        visible=lambda actor, _programme: has(actor, SEE_PROGRAMME_CALENDAR),
        order=15,
    )
    # A pair has one calendar in its next meetings; a circle has many people and days.
    for slot in ("match", "my_match"):
        panels.add_panel(
            slot,
            "calendar",
            _("Our calendar"),
            lambda match: reverse("calendars:of_match", args=[match.pk]),
            visible=lambda actor, match: (
                match.is_group and allows(actor, SEE_MATCH_CALENDAR, match)
            ),
            order=13,
        )
    panels.add_panel(
        "person",
        "calendar",
        _("Calendar"),
        lambda person: reverse("calendars:of_mentor", args=[person.pk]),
        visible=lambda actor, person: person.is_mentor and has(actor, SEE_MENTOR_CALENDAR),
        order=28,
    )
