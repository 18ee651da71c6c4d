"""Reading what learners wrote about made-up stories, and writing back."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.learning.commands import writing as commands
from kith.learning.forms.reading import ACCEPT, KEEP, MORE, PREFIX, ReadingForm
from kith.learning.models import Work
from kith.learning.permissions import READ_WORK
from kith.learning.queries import works as queries
from kith.learning.queries.content import vignette_of
from kith.learning.rules import words
from kith.learning.rules.states import WorkState
from kith.learning.views.texts import line_html, said_html
from kith.methods.learning.courses.schema import Vignette
from kith.web.acts import actor_of, done, typed
from kith.web.words import near

SAID = {
    ACCEPT: gettext_lazy("Accepted. The learner reads what you wrote."),
    MORE: gettext_lazy("Sent back. The learner can write on."),
    KEEP: gettext_lazy("Kept. Only trainers see it until you send it."),
}


@require_GET
def works(request: HttpRequest) -> HttpResponse:
    """Answers that wait, the oldest first."""
    actor, after = actor_of(request), request.GET.get("after", "")
    check(actor, READ_WORK)
    part = queries.waiting(actor, after=after)
    page = {
        "lines": [_line(one) for one in part.lines],
        "next_url": f"?after={part.after}" if part.after else "",
        "first_url": request.path if after else "",
    }
    return render(request, "learning/works.html", page)


def _line(one: queries.Line) -> dict[str, Any]:
    return {"work": one.work, "story": words.here(one.story), "when": _since(one.work)}


def _since(work: Work) -> str:
    at = work.handed_in_at
    return near(timezone.localdate(at), clock.today()) if at is not None else ""


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def work(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One answer: the story, what was written, what to look for, and words back."""
    row = get_object_or_404(queries.works(actor_of(request)), pk=pk)
    story = vignette_of(queries.story_row(row))
    act = request.POST.get("act", "")
    act = act if act in SAID else KEEP
    form = ReadingForm(typed(request), story=story, act=act, initial=_first(row))
    if request.method == "POST" and done(form, lambda: _send(request, row, form)):
        messages.success(request, str(SAID[form.act]))
        return redirect("learning:work", pk=pk) if act == KEEP else redirect("learning:works")
    page = {
        "work": row,
        "form": form,
        "is_open": row.state == WorkState.HANDED_IN.value,
        "is_accepted": row.state == WorkState.ACCEPTED.value,
        "story": words.here(story.title),
        "screens": [
            (line_html(words.here(one.heading)), said_html(one.body)) for one in story.screens
        ],
        "tasks": _tasks(row, story, form),
        "when": _since(row),
    }
    return render(request, "learning/work.html", page)


def _send(request: HttpRequest, row: Work, form: ReadingForm) -> None:
    actor, feedback = actor_of(request), form.cleaned_data["feedback"]
    if form.act == KEEP:
        commands.keep_reading(actor, work=row, judged=form.judged, feedback=feedback)
        return
    commands.answer_work(
        actor,
        work=row,
        accept=form.act == ACCEPT,
        judged=form.judged,
        feedback=feedback,
        now=clock.now(),
    )


def _first(row: Work) -> dict[str, str]:
    """What the form begins with: the draft, else what was said the last time."""
    draft = json.loads(str(row.reading)) if row.reading else {}
    judged = draft.get("judged", row.judged)
    chosen = {f"{PREFIX}{key}": said for key, said in judged.items()}
    return {**chosen, "feedback": draft.get("feedback", str(row.feedback))}


def _tasks(row: Work, story: Vignette, form: ReadingForm) -> list[dict[str, Any]]:
    answers = json.loads(str(row.answers)) if row.answers else {}
    return [
        {
            "stem": said_html(task.stem),
            "answer": answers.get(task.key, ""),
            "example": said_html(task.example),
            "notes": said_html(task.notes),
            "fields": [form[name] for name in form.names.get(task.key, [])],
            "judged": [
                (
                    words.here(one.text),
                    words.JUDGED_WORDS.get(row.judged.get(f"{task.key}/{one.key}"), ""),
                )
                for one in task.criteria
            ],
        }
        for task in story.tasks
    ]
