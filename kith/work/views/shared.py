"""What every view of this room needs."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kith.base import clock
from kith.people.models import Person
from kith.web.acts import actor_of
from kith.web.components import Event
from kith.web.forms import KithForm
from kith.web.words import comma_list, near
from kith.work.models import Application, Interview, Job, Move, Qualification
from kith.work.queries import record as queries
from kith.work.rules import (
    RECOGNITIONS,
    STAGES,
    WAYS,
    Recognition,
    Stage,
    Way,
    Words,
    is_overdue,
    years,
)


def person_or_404(request: HttpRequest, pk: UUID) -> Person:
    return get_object_or_404(queries.people(actor_of(request)), pk=pk)


def is_own(request: HttpRequest, person: Person) -> bool:
    """Whether the page is one's own."""
    return person.user_id is not None and person.user_id == actor_of(request).user_id


def page_of(request: HttpRequest, person: Person) -> str:
    """The page with everything of this person: one's own, or on someone's record."""
    if is_own(request, person):
        return reverse("work:mine")
    return reverse("work:person", args=[person.pk])


def form_page(
    request: HttpRequest,
    person: Person,
    form: KithForm,
    *,
    title: Words,
    submit: Words,
    back: str = "",
    note: Words = "",
) -> HttpResponse:
    """A page that is one form."""
    page = {
        "person": person,
        "form": form,
        "title": title,
        "submit": submit,
        "note": note,
        "is_own": is_own(request, person),
        "whole_url": page_of(request, person),
        "back": back or page_of(request, person),
    }
    return render(request, "work/form.html", page, status=422 if form.errors else 200)


def recognition_line(row: Qualification, *, today: date) -> dict[str, Any]:
    """A qualification as a list shows it."""
    late = is_overdue(row.answer_due_on, today)
    return {
        "url": reverse("work:qualification", args=[row.person_id, row.pk]),
        "title": row.title,
        "context": comma_list([said for said in (row.school, row.finished_in or "") if said]),
        "state": RECOGNITIONS[Recognition(row.state)],
        "tone": "warn" if late else _tone(row),
        "when": _when(row, today),
    }


def _tone(row: Qualification) -> str:
    return "good" if row.state == Recognition.RECOGNISED else "calm"


def job_line(row: Job) -> dict[str, Any]:
    """Work as a list shows it."""
    return {
        "url": reverse("work:job", args=[row.person_id, row.pk]),
        "title": row.title,
        "context": row.employer,
        "years": years(row.begun_in, row.ended_in),
    }


def application_line(row: Application, *, today: date) -> dict[str, Any]:
    """An application as a list shows it."""
    late = is_overdue(row.answer_due_on, today)
    good = Stage(row.stage) in {Stage.OFFERED, Stage.ACCEPTED}
    return {
        "url": reverse("work:application", args=[row.person_id, row.pk]),
        "title": row.title,
        "context": comma_list([said for said in (row.employer, WAYS[Way(row.way)]) if said]),
        "state": STAGES[Stage(row.stage)],
        "tone": "warn" if late else "good" if good else "calm",
        "when": _when(row, today),
    }


def _when(row: Application | Qualification, today: date) -> str:
    """The one date that matters next."""
    if row.answer_due_on is not None:
        said = {"when": near(row.answer_due_on, today)}
        if is_overdue(row.answer_due_on, today):
            return _("answer was expected %(when)s") % said
        return _("answer expected %(when)s") % said
    if isinstance(row, Application) and row.starts_on is not None:
        return _("begins %(when)s") % {"when": near(row.starts_on, today)}
    return _("since %(when)s") % {"when": near(row.since, today)}


def interview_line(row: Interview, *, today: date) -> dict[str, Any]:
    """An interview as a list shows it."""
    return {
        "key": row.pk,
        "when": moment_words(row.starts_at, today),
        "title": row.application.title,
        "employer": row.application.employer,
        "place": row.place,
        "bring": row.bring,
        "url": reverse("work:application", args=[row.person_id, row.application_id]),
        "remove_url": reverse("work:remove_interview", args=[row.person_id, row.pk]),
    }


def moment_words(at: datetime, today: date) -> str:
    """A time in words: tomorrow, at 10:30."""
    local = timezone.localtime(at)
    said = {"day": near(local.date(), today), "time": local.strftime("%H:%M")}
    return capfirst(_("%(day)s, at %(time)s") % said)


def history(moves: list[Move]) -> list[Event]:
    """The days of an entry as a line of events."""
    words: dict[str, Words] = {
        **{code.value: said for code, said in RECOGNITIONS.items()},
        **{code.value: said for code, said in STAGES.items()},
    }
    return [Event(on=move.on, what=str(words[move.state])) for move in moves]


def step_of(row: Application | Qualification) -> dict[str, Any]:
    """The next step, with its day in words."""
    return {
        "words": row.next_step,
        "when": near(row.next_on, clock.today()) if row.next_on else "",
    }
