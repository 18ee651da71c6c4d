"""One question a screen, with what each page of questions shows and where one goes afterwards."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kith.base import clock
from kith.gate.actor import Actor
from kith.methods.instruments.filling import Filled
from kith.methods.instruments.schema import Instrument
from kith.methods.instruments.screens import Asks, Screen, keyed, screen_after, screens
from kith.questionnaires import commands
from kith.questionnaires.commands.answering import AnswersUnfit
from kith.questionnaires.models import Answers
from kith.questionnaires.queries.content import filled_of, instrument_of
from kith.questionnaires.rules import AnswersState
from kith.questionnaires.views.shared import answers_or_404, language
from kith.questionnaires.views.shown import (
    direction,
    for_browser,
    language_of,
    questions_of,
    tongues,
)
from kith.web.acts import actor_of, typed
from kith.web.forms.questions import QuestionsForm


def language_now(request: HttpRequest, answers: Answers) -> str:
    """The language of the questions: chosen now, chosen before, or that of the page."""
    asked = request.POST.get("in", "") or request.GET.get("in", "")
    return language_of(instrument_of(answers.version), asked, answers.language, language())


def filled_now(answers: Answers, spoken: str) -> Filled:
    return filled_of(answers, answers.given or {}, now=clock.now(), language=spoken)


@require_http_methods(["GET", "POST"])
def screen(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """One question; every answer is kept at once."""
    answers = open_or_leave(request, pk)
    if isinstance(answers, HttpResponse):
        return answers
    return _Screen(request, answers, key).respond()


def open_or_leave(request: HttpRequest, pk: UUID) -> Answers | HttpResponseRedirect:
    """Answers that are still open; sent ones lead to where they can be read."""
    answers = answers_or_404(request, pk)
    if answers.state == AnswersState.SENT.value:
        return redirect("questionnaires:read", pk)
    if answers.state == AnswersState.DECLINED.value:
        return redirect(after_url(actor_of(request), answers))
    return answers


def after_url(actor: Actor, answers: Answers) -> str:
    """Where one goes when the questions are over."""
    if is_own(actor, answers):
        return reverse("questionnaires:mine")
    return reverse("people:person", args=[answers.person_id])


def is_own(actor: Actor, answers: Answers) -> bool:
    """Whether someone answers for themselves."""
    return answers.person.user_id is not None and answers.person.user_id == actor.user_id


class _Screen:
    """One screen of some answers: shown, or sent."""

    def __init__(self, request: HttpRequest, answers: Answers, key: str) -> None:
        self.request, self.answers, self.key = request, answers, key
        self.actor = actor_of(request)
        self.instrument: Instrument = instrument_of(answers.version)
        self.language = language_now(request, answers)
        self.filled = filled_now(answers, self.language)
        self.due = screens(self.instrument, self.filled)
        self.screen = self._found()

    def _found(self) -> Screen:
        found = next((one for one in self.due if one.key == self.key), None)
        if found is None:
            raise Http404
        return found

    def respond(self) -> HttpResponse:
        form = QuestionsForm(
            typed(self.request) if self.screen.questions else None,
            questions=questions_of(self.screen),
            for_staff=not is_own(self.actor, self.answers),
        )
        if self.request.method == "POST" and self._kept(form):
            return redirect(self._next())
        return render(
            self.request,
            "questionnaires/screen.html",
            self._page(form),
            status=422 if form.is_bound and form.errors else 200,
        )

    def _kept(self, form: QuestionsForm) -> bool:
        if "another" in self.request.POST:
            return self._entries(commands.add_entry)
        if "without" in self.request.POST:
            entry = self.screen.entry
            return self._entries(commands.remove_entry, entry=entry)
        if not self.screen.questions:
            return True
        passes = "pass" in self.request.POST
        if not form.is_valid() and not passes:
            return False
        shown = [key for key, cell in form.cells.items() if cell.shown and key in form.fields]
        return self._keep(form, shown if passes else [])

    def _keep(self, form: QuestionsForm, passed_over: list[str]) -> bool:
        given = {} if passed_over else form.answers()
        try:
            self._run(
                commands.keep_answers, given=given, passed_over=passed_over,
                at_screen=self.key, language=self.language,
            )  # fmt: skip
        except AnswersUnfit as unfit:
            for key, fault in unfit.faults.items():
                form.show_fault(key, fault)
            return False
        return True

    def _entries(self, act: Callable[..., Answers], **more: Any) -> bool:
        repeat = self.screen.repeat
        if repeat is None or repeat.repeat_count:
            raise Http404
        self._run(act, repeat=repeat.name, **more)
        return True

    def _run(self, act: Callable[..., Answers], **more: Any) -> None:
        self.answers = act(
            self.actor, answers=self.answers, today=clock.today(), now=clock.now(), **more
        )

    def _next(self) -> str:
        """The screen after this one, with the answers as they are now."""
        now = screens(self.instrument, filled_now(self.answers, self.language))
        repeat = self.screen.repeat
        if "another" in self.request.POST and repeat is not None:
            following = next(
                (one for one in now if one.repeat == repeat and one.entry == self.screen.entry),
                None,
            )
        elif "without" in self.request.POST and repeat is not None:
            following = next((one for one in now if one.key == f"{repeat.name}.another"), None)
        elif self._has_grown(now):
            return self.request.path
        else:
            following = screen_after(self.key, before=self.due, now=now)
        if following is None:
            return reverse("questionnaires:review", args=[self.answers.pk])
        return self._address(following)

    def _has_grown(self, now: Sequence[Screen]) -> bool:
        """Whether an answer brought up more questions on this very screen, not answered yet."""
        same = next((one for one in now if one.key == self.key), None)
        before = {cell.item.name for cell in self.screen.questions}
        fresh = [cell for cell in same.questions if cell.item.name not in before] if same else []
        return any(not cell.value for cell in fresh) and "pass" not in self.request.POST

    def _address(self, other: Screen) -> str:
        return reverse("questionnaires:screen", args=[self.answers.pk, other.key])

    def _page(self, form: QuestionsForm) -> dict[str, Any]:
        at = self.due.index(self.screen)
        return {
            "answers": self.answers,
            "screen": self.screen,
            "form": form,
            "title": self.answers.asking.questionnaire.titled(language()),
            "number": at + 1,
            "total": len(self.due),
            "back": self._address(self.due[at - 1]) if at else "",
            "is_another": self.screen.asks is Asks.ANOTHER,
            "may_remove": self._may_remove(),
            "read_only": [one for one in self.screen.questions if one.read_only],
            "is_list": len(self.screen.questions) + len(self.screen.hidden) > 1,
            "fields": self._fields(form),
            **spoken_page(self.instrument, self.language, self.answers, self.actor),
            **for_browser(self.filled, clock.now(), self.language),
        }

    def _fields(self, form: QuestionsForm) -> list[tuple[BoundField, bool]]:
        """The questions in the order of the form, each with whether it is asked now."""
        return [(form[key], form.cells[key].shown) for key in self._in_order(form)]

    def _in_order(self, form: QuestionsForm) -> list[str]:
        order = [key for key, _cell in keyed(self.instrument, self.filled)]
        return sorted(form.fields, key=order.index)

    def _may_remove(self) -> bool:
        repeat = self.screen.repeat
        inside = self.screen.asks is Asks.ANSWER
        return inside and repeat is not None and not repeat.repeat_count


def spoken_page(
    instrument: Instrument, spoken: str, answers: Answers, actor: Actor
) -> Mapping[str, Any]:
    """What each page of questions shows about language and about the one who answers."""
    own = is_own(actor, answers)
    return {
        "tongues": tongues(instrument, spoken),
        "spoken": spoken,
        "direction": direction(spoken),
        "is_own": own,
        "person": None if own else answers.person,
        "leave_url": after_url(actor, answers),
    }
