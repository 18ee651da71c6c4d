"""The register: interpreters, what they speak and promise."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.interpreters import commands, queries
from kith.interpreters.forms import (
    AcceptForm,
    FilterForm,
    InterpreterForm,
    details_before,
)
from kith.interpreters.permissions import (
    KEEP_INTERPRETERS,
)
from kith.interpreters.rules import (
    LEVELS,
    TEXT_LANGUAGES,
    WAYS,
    Level,
    Way,
    confidentiality,
    in_money,
)
from kith.interpreters.views.shared import interpreter_or_404, line_of
from kith.people.rules.labels import language_name
from kith.web.acts import actor_of, done, typed
from kith.web.words import comma_list


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Interpreters, by language and way."""
    actor = actor_of(request)
    check(actor, KEEP_INTERPRETERS)
    form = FilterForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    languages = [asked["language"]] if asked.get("language") else []
    found = queries.listed(actor, languages=languages, way=asked.get("way", ""))
    page = {
        "form": form,
        "is_asked": bool(languages or asked.get("way")),
        "lines": [_register_line(one) for one in found],
        "gone": []
        if languages
        else [_register_line(one) for one in queries.listed(actor, left=True)],
        "month_url": reverse("interpreters:month", args=[clock.today().strftime("%Y-%m")]),
    }
    return render(request, "interpreters/start.html", page)


def _register_line(one: queries.Listed) -> dict[str, Any]:
    row = one.interpreter
    return {
        "title": row.name,
        "url": reverse("interpreters:interpreter", args=[row.pk]),
        "context": comma_list([language_name(each.language) for each in one.spoken]),
        "when": comma_list([str(WAYS[Way(way)]) for way in row.ways]),
        "has_accepted": one.has_accepted,
    }


@require_GET
def interpreter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One interpreter: languages, promise, bookings."""
    actor, row = actor_of(request), interpreter_or_404(request, pk)
    page = {
        "interpreter": row,
        "spoken": [
            (language_name(one.language), LEVELS[Level(one.level)])
            for one in queries.spoken_by(row)
        ],
        "ways": comma_list([str(WAYS[Way(way)]) for way in row.ways]),
        "rate": in_money(row.rate_cents, row.currency) if row.rate_cents is not None else "",
        "has_accepted": queries.has_accepted(row),
        "acceptances": queries.acceptances(row),
        "bookings": [line_of(one) for one in queries.bookings_of_interpreter(actor, row)],
    }
    return render(request, "interpreters/interpreter.html", page)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Someone new in the register."""
    actor, kept = actor_of(request), []
    check(actor, KEEP_INTERPRETERS)
    form = InterpreterForm(typed(request), initial={"pay": "paid"})
    if request.method == "POST" and done(
        form, lambda: kept.append(commands.add_interpreter(actor, details=form.details()))
    ):
        return redirect("interpreters:accept", pk=kept[0].pk)
    return render(request, "interpreters/edit.html", {"form": form})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what the register says."""
    actor, row = actor_of(request), interpreter_or_404(request, pk)
    form = InterpreterForm(typed(request), initial=details_before(row, queries.spoken_by(row)))
    if request.method == "POST" and done(
        form,
        lambda: commands.change_interpreter(actor, interpreter=row, details=form.details()),
    ):
        return redirect("interpreters:interpreter", pk=pk)
    return render(request, "interpreters/edit.html", {"form": form, "interpreter": row})


@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The promise, read and signed with the name."""
    actor, row = actor_of(request), interpreter_or_404(request, pk)
    asked = (request.GET.get("language", ""), get_language() or "")
    language = next((one for one in asked if one in TEXT_LANGUAGES), "en")
    form = AcceptForm(typed(request), initial={"language": language})
    if request.method == "POST" and done(
        form,
        lambda: commands.accept_confidentiality(
            actor, interpreter=row, today=clock.today(), **form.cleaned_data
        ),
    ):
        messages.success(request, _("The promise is kept. Bookings are open now."))
        return redirect("interpreters:interpreter", pk=pk)
    text = confidentiality()
    page = {
        "form": form,
        "interpreter": row,
        "title": text.title.say(language),
        "sentences": text.sentences.say(language),
        "language": language,
        "direction": "rtl" if language == "ar" else "ltr",
        "languages": [(one, language_name(one), one == language) for one in TEXT_LANGUAGES],
    }
    return render(request, "interpreters/accept.html", page)


@require_POST
def left(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Not booked any more, or back again."""
    actor, row = actor_of(request), interpreter_or_404(request, pk)
    if row.left_on is None:
        commands.note_left(actor, interpreter=row, today=clock.today())
    else:
        commands.note_back(actor, interpreter=row)
    return redirect("interpreters:interpreter", pk=pk)
