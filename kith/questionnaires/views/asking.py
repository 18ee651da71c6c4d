"""A programme asks: what, when, whom; and answers as files."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock, files
from kith.base.errors import Refused
from kith.gate.commands import check
from kith.gate.permissions import allows, has
from kith.people.rules import Side
from kith.questionnaires import commands, forms
from kith.questionnaires.models import AnswersFile, Asking
from kith.questionnaires.permissions import ASK_IN_PROGRAMME, EXPORT_ANSWERS
from kith.questionnaires.queries import lists
from kith.questionnaires.queries.lists import Numbers
from kith.questionnaires.rules import COUNTED_FROM, Moment, Readers, words
from kith.questionnaires.views.shared import asking_or_404, programme_or_404
from kith.web.acts import actor_of, done, typed
from kith.web.words import Text


@dataclass(frozen=True)
class AskingLine:
    """What a programme asks, as its page shows it."""

    asking: Asking
    when: str
    who: Text
    readers: Text
    numbers: Numbers


@require_GET
def programme(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Section and page: what a programme asks."""
    actor, row = actor_of(request), programme_or_404(request, pk)
    found = list(lists.askings(actor).filter(programme=row)[:100])
    numbers = lists.numbers_of(found)
    lines = [line_of(one, numbers[one.pk]) for one in found]
    page = {
        "programme": row,
        "running": [one for one in lines if one.asking.ended_on is None],
        "ended": [one for one in lines if one.asking.ended_on is not None],
        "may_ask": allows(actor, ASK_IN_PROGRAMME, row) and row.closed_on is None,
    }
    return render(request, "questionnaires/programme.html", page)


def line_of(asking: Asking, numbers: Numbers) -> AskingLine:
    """An asking with its words."""
    moment = Moment(asking.moment)
    when = words.weeks_words(asking.weeks) if asking.weeks else str(words.MOMENTS[moment])
    return AskingLine(
        asking=asking,
        when=when,
        who=words.SIDES[Side(asking.side)],
        readers=words.READERS[Readers(asking.readers)],
        numbers=numbers,
    )


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a programme ask a questionnaire."""
    actor, row = actor_of(request), programme_or_404(request, pk)
    check(actor, ASK_IN_PROGRAMME, row)
    ready = lists.ready_to_ask(actor)
    form = forms.AskForm(
        typed(request), ready=ready, initial={"questionnaire": request.GET.get("questionnaire")}
    )
    if request.method == "POST" and done(
        form,
        lambda: commands.ask_in_programme(
            actor, programme=row, today=clock.today(), **form.cleaned_data
        ),
    ):
        messages.success(request, _("The programme asks these questions from now on."))
        return redirect("programmes:programme", pk)
    page = {"programme": row, "form": form, "has_ready": ready.exists()}
    return render(request, "questionnaires/ask.html", page)


@require_GET
def choose_programme(request: HttpRequest) -> HttpResponse:
    """Which programme is to ask?"""
    actor = actor_of(request)
    check(actor, ASK_IN_PROGRAMME)
    page = {
        "programmes": lists.programmes_to_ask_in(actor)[:100],
        "chosen": request.GET.get("questionnaire", ""),
    }
    return render(request, "questionnaires/choose_programme.html", page)


@require_GET
def asking(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One asking: how many answered, and answers as a file."""
    actor, row = actor_of(request), asking_or_404(request, pk)
    numbers = lists.numbers_of([row])[row.pk]
    page = {
        "line": line_of(row, numbers),
        "asking": row,
        "files": lists.files_of(actor, row),
        "may_stop": allows(actor, ASK_IN_PROGRAMME, row) and row.ended_on is None,
        "may_save": has(actor, EXPORT_ANSWERS),
        "is_hidden": row.readers == Readers.NOBODY.value,
        "counted_from": COUNTED_FROM,
    }
    return render(request, "questionnaires/asking.html", page)


@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask no more."""
    row = get_object_or_404(lists.askings_to_change(actor_of(request)), pk=pk)
    commands.stop_asking(actor_of(request), asking=row, today=clock.today())
    messages.success(request, _("These questions are asked no more. The answers stay."))
    return redirect("programmes:programme", row.programme_id)


@require_POST
def save(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the answers written into a file."""
    row = asking_or_404(request, pk)
    form = "csv" if request.POST.get("form") == "csv" else "xlsx"
    try:
        commands.ask_for_file(actor_of(request), asking=row, form=form, today=clock.today())
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
    return redirect("questionnaires:asking", pk)


@require_GET
def saved(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file itself."""
    row: AnswersFile = get_object_or_404(lists.files(actor_of(request)), pk=pk)
    content = files.content_of(row.file) if row.file else None
    if row.file is None or content is None:
        raise Http404
    answer = HttpResponse(content, content_type=row.file.kind)
    ending = "xlsx" if row.form == "xlsx" else "zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="answers.{ending}"'
    return answer
