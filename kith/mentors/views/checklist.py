"""What a mentor still needs: the own page, and the section on a mentor's record."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from kith.base import clock
from kith.gate.actor import Actor
from kith.gate.permissions import allows
from kith.mentors.models import Reference
from kith.mentors.permissions import READ_REFERENCE
from kith.mentors.queries import checklist as queries
from kith.mentors.queries import references
from kith.mentors.queries.checklist import ProgrammeList
from kith.mentors.rules import words
from kith.mentors.rules.checklist import Line
from kith.mentors.views.references import own_line
from kith.mentors.views.shared import me_or_404
from kith.people.models import Person
from kith.people.permissions import RECORD_CHECK
from kith.people.rules import CheckKind
from kith.web.acts import actor_of

OWN_PAGES = {
    CheckKind.CODE_OF_CONDUCT.value: "mentors:conduct",
    CheckKind.REFERENCES.value: "mentors:references",
}


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What you still need."""
    person, today = me_or_404(request), clock.today()
    lists = queries.of_mentor(person, today=today)
    page = {
        "person": person,
        "lists": [_shown(one, today, _own_line) for one in lists],
        "is_ready": bool(lists) and not any(one.open for one in lists),
    }
    return render(request, "mentors/mine.html", page)


@require_GET
def of_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The checklist of a mentor, for those who look after mentors."""
    actor, today = actor_of(request), clock.today()
    person = get_object_or_404(queries.mentors_seen(actor), pk=pk)
    may_note = allows(actor, RECORD_CHECK, person)
    lists = queries.of_mentor(person, today=today)

    def staff_line(line: Line, day: date) -> dict[str, Any]:
        return _line(line, day) | {"url": _note_url(person, line) if may_note else ""}

    page = {
        "person": person,
        "person_url": reverse("people:person", args=[person.pk]),
        "lists": [_shown(one, today, staff_line) for one in lists],
        "references": [_reference(actor, one) for one in references.named_by(actor, person)],
    }
    return render(request, "mentors/of_person.html", page)


def _reference(actor: Actor, one: Reference) -> dict[str, Any]:
    may_read = allows(actor, READ_REFERENCE, one)
    url = reverse("mentors:reference", args=[one.pk]) if may_read else ""
    return own_line(one) | {"url": url}


def _shown(one: ProgrammeList, today: date, draw: Any) -> dict[str, Any]:
    return {
        "programme": one.programme.name,
        "lines": [draw(line, today) for line in one.lines],
        "open": len(one.open),
    }


def _line(line: Line, today: date) -> dict[str, Any]:
    return {
        "name": words.name_of(line),
        "when": words.when_of(line, today),
        "state": words.STATES[line.state],
        "tone": "calm" if line.is_open and line.only_with_minors else words.TONES[line.state],
        "how": "",
        "url": "",
    }


def _own_line(line: Line, today: date) -> dict[str, Any]:
    how = words.how_of(line)
    page = OWN_PAGES.get(line.kind)
    return _line(line, today) | {"how": how, "url": reverse(page) if page else ""}


def _note_url(person: Person, line: Line) -> str:
    """Where a check is noted, for lines that are not simply there."""
    if line.kind not in set(CheckKind) or not words.needs_an_act(line):
        return ""
    return f"{reverse('people:new_check', args=[person.pk])}?kind={line.kind}"
