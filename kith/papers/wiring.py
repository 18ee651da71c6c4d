"""What this room plugs into the house."""

from collections.abc import Iterable
from datetime import date, time

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kith.base.events import listen
from kith.calendars.queries.of_match import Noted, add_source
from kith.gate.actor import Actor
from kith.gate.permissions import allows
from kith.mentoring.models import Match
from kith.mentoring.queries.closing import ClosingStep, add_steps
from kith.papers import commands, queries
from kith.papers.permissions import SEE_PAPERS
from kith.papers.rules.letters import LetterKind
from kith.papers.rules.shapes import MEETING
from kith.people.events import PersonErased
from kith.web import panels


def plug_in() -> None:
    """Called once when Django is ready."""
    listen(PersonErased, lambda fact: commands.let_go_of_person(fact.person_id))
    add_steps(_letter_steps)
    add_source(_planned_days)
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


def _letter_steps(actor: Actor, match: Match) -> Iterable[ClosingStep]:
    """The letter for the participant, as a step of a good ending."""
    written = queries.letters_of(actor, match).filter(kind=LetterKind.ACHIEVEMENT.value)
    yield ClosingStep(
        gettext("Letter of achievement"),
        written.exists(),
        reverse("papers:letters", args=[match.pk]),
        gettext("Write it together"),
        40,
    )


def _planned_days(actor: Actor, match: Match) -> Iterable[Noted]:
    """The days of a circle plan, for the calendar of the match."""
    if not allows(actor, SEE_PAPERS, match):
        return
    lines = queries.planned_lines(match)
    standing = queries.meetings_of_lines(match, [line for _document, _section, line in lines])
    for document, section, line in lines:
        paper = reverse("papers:paper", args=[match.pk, document])
        meeting = standing.get(str(line.get(MEETING)))
        yield Noted(
            on=date.fromisoformat(line["on"]),
            at=time.fromisoformat(line["at"]) if line.get("at") else None,
            what=str(line.get("what", "")),
            where=str(line.get("place", "")),
            url=f"{paper}#{section}",
            meeting_id=meeting.pk if meeting is not None else None,
        )
