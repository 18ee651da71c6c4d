"""Stories: what one writes to their tasks, and what a trainer writes back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kith.base import clock
from kith.learning.commands import writing
from kith.learning.forms.writing import StoryForm
from kith.learning.models import CoursePart, Work
from kith.learning.queries import own_work
from kith.learning.queries.content import vignette_of
from kith.learning.rules.states import Judged, PartKind, WorkState
from kith.learning.views.asked import plain
from kith.learning.views.course import WORK_WORDS, Frame, frame_for
from kith.learning.views.player import part_or_404, seat_or_404
from kith.learning.views.texts import line_html, text_html
from kith.methods.learning.courses.schema import Vignette
from kith.methods.learning.questions.schema import Essay, say
from kith.web.acts import actor_of, done, typed
from kith.web.components import Tone
from kith.web.words import near

GO, STAY, SEND = "go", "stay", "send"
KEPT = 204
JUDGED_WORDS: dict[Judged, tuple[str | Promise, Tone]] = {
    Judged.THERE: (gettext_lazy("There"), "good"),
    Judged.PARTLY: (gettext_lazy("Partly there"), "info"),
    Judged.NOT_YET: (gettext_lazy("Not yet"), "warn"),
}
MAY_WRITE = frozenset({None, WorkState.DRAFT, WorkState.RETURNED})


@require_http_methods(["GET", "POST"])
def story(request: HttpRequest, pk: UUID, part: str) -> HttpResponse:
    """The tasks of a story: a draft is kept as one writes, and handed in by a button."""
    frame = frame_for(request, seat_or_404(request, pk))
    row = part_or_404(frame.seat, part, PartKind.VIGNETTE)
    text, work = vignette_of(row), own_work.work_of(frame.seat, part)
    labels = {one.key: plain(say(one.stem, frame.language)) for one in text.tasks}
    kept = dict(own_work.texts_of(work))
    for one in text.tasks:
        kept.setdefault(one.key, say(one.template, frame.language))
    form = StoryForm(typed(request), tasks=text.tasks, labels=labels, initial=kept)
    if request.method == "POST" and done(form, lambda: _act(request, frame, row, form)):
        return _done(request, frame, row)
    page = _page(frame, row, text, work, form)
    if not page["may_write"] and form.errors:
        # Another device handed it in meanwhile: there are no fields to show this at.
        messages.warning(request, " ".join(map(str, form.non_field_errors())))
    return render(request, "learning/story.html", page)


def _act(request: HttpRequest, frame: Frame, row: CoursePart, form: StoryForm) -> None:
    """Keep the draft, or hand it in."""
    actor, answers = actor_of(request), form.cleaned_data
    if request.POST.get(GO) == SEND:
        writing.hand_in(actor, seat=frame.seat, part=row, answers=answers, now=clock.now())
    else:
        writing.keep_draft(actor, seat=frame.seat, part=row, answers=answers)


def _done(request: HttpRequest, frame: Frame, row: CoursePart) -> HttpResponse:
    go = request.POST.get(GO)
    if go == STAY:
        return HttpResponse(status=KEPT)
    if go == SEND:
        messages.success(request, _("Handed in. A trainer reads it and writes back to you."))
    else:
        messages.success(request, _("Your draft is kept."))
    return redirect("learning:story", pk=frame.seat.pk, part=row.key)


def _page(
    frame: Frame, row: CoursePart, text: Vignette, work: Work | None, form: StoryForm
) -> dict[str, Any]:
    state = WorkState(work.state) if work else None
    words, tone = WORK_WORDS[state]
    screens = [
        reverse("learning:screen", args=[frame.seat.pk, row.key, one]) for one in row.screens
    ]
    here = reverse("learning:story", args=[frame.seat.pk, row.key])
    tasks = [_task(one, frame, work, state) for one in text.tasks]
    return {
        "frame": frame,
        "title": frame.say(row.title),
        "form": form,
        "state": words,
        "tone": tone,
        "may_write": state in MAY_WRITE and not frame.has_left,
        "is_reading": state is WorkState.HANDED_IN,
        "is_accepted": state is WorkState.ACCEPTED,
        "tasks": tasks,
        "tasks_judged": any(one["points"] for one in tasks),
        "feedback": str(work.feedback) if work and state is not WorkState.DRAFT else "",
        "read_when": _when(work),
        "story_url": screens[0] if screens else "",
        "before_url": screens[-1] if screens else "",
        "keep": [*screens, here],
    }


def _when(work: Work | None) -> str:
    if work is None or work.read_at is None:
        return ""
    return near(timezone.localdate(work.read_at), clock.today())


def _task(task: Essay, frame: Frame, work: Work | None, state: WorkState | None) -> dict[str, Any]:
    """A task with the answer, what a trainer said of each point, and a good answer afterwards."""
    language, judged = frame.language, work.judged if work else {}
    points = [
        {"text": line_html(say(one.text, language)), "said": said[0], "tone": said[1]}
        for one in task.criteria
        if (said := _judged(judged.get(f"{task.key}/{one.key}")))
    ]
    is_accepted = state is WorkState.ACCEPTED
    return {
        "stem": text_html(say(task.stem, language), language),
        "answer": own_work.texts_of(work).get(task.key, ""),
        "points": points,
        "example": text_html(say(task.example, language), language) if is_accepted else "",
    }


def _judged(word: str | None) -> tuple[str | Promise, Tone] | None:
    return JUDGED_WORDS[Judged(word)] if word in set(Judged) else None
