"""Templates, opening a programme, and a programme's own page."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.gate.permissions import allows, has
from kith.programmes import commands, forms, queries
from kith.programmes.permissions import OPEN_PROGRAMME, SEE_PLACES
from kith.programmes.rules import (
    TEMPLATE_KEYS,
    ProgrammeTemplate,
    all_templates,
    load_template,
    rules_of,
    sentences,
)
from kith.programmes.views.shared import actor_of, done, programme_or_404
from kith.web.forms import KithForm
from kith.web.words import and_list


@dataclass(frozen=True)
class PhaseLine:
    """One phase as a page tells it."""

    name: str
    weeks: str
    what: str
    checklist: list[str]
    is_even: bool


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The programmes that run, and those that are closed."""
    actor = actor_of(request)
    rows = list(queries.programmes(actor)[:100])
    standings = queries.standings(actor, rows)
    page = {
        "running": [one for one in standings if one.programme.closed_on is None],
        "closed": [one for one in standings if one.programme.closed_on is not None],
        "may_open": has(actor, OPEN_PROGRAMME),
        "may_see_places": has(actor, SEE_PLACES),
    }
    return render(request, "programmes/index.html", page)


@require_GET
def templates(request: HttpRequest) -> HttpResponse:
    """The templates one can open a programme from."""
    check(actor_of(request), OPEN_PROGRAMME)
    told = [_told(template) for template in all_templates()]
    return render(request, "programmes/templates.html", {"base": told[0], "national": told[1:]})


@require_GET
def template(request: HttpRequest, key: str) -> HttpResponse:
    """One template, to read."""
    check(actor_of(request), OPEN_PROGRAMME)
    return render(request, "programmes/template.html", _told(_template_or_404(key)))


@require_http_methods(["GET", "POST"])
def open_programme(request: HttpRequest, key: str) -> HttpResponse:
    """Open a programme from a template, adapted."""
    actor, rules = actor_of(request), _template_or_404(key)
    check(actor, OPEN_PROGRAMME)
    name = rules.name.say(sentences.language())
    form = forms.ProgrammeForm(request.POST or None, rules=rules, name=name)
    if request.method == "POST" and form.is_valid():
        opened = commands.open_programme(
            actor,
            template_key=key,
            name=form.cleaned_data["name"],
            rules=form.cleaned_data["rules"],
            today=clock.today(),
        )
        messages.success(request, _("The programme is open. Now give people a place in it."))
        return redirect("programmes:programme", pk=opened.pk)
    return render(request, "programmes/adapt.html", {**_told(rules), "form": form})


@require_GET
def programme(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A programme: its phases, who takes part, who waits, which mentors are ready."""
    actor, today = actor_of(request), clock.today()
    row = programme_or_404(request, pk)
    rules = rules_of(row)
    page = {**_told(rules), "programme": row, "today": today}
    page["may_adapt"] = allows(actor, OPEN_PROGRAMME, row)
    page["may_enrol"] = queries.may_enrol(actor) and row.closed_on is None
    if has(actor, SEE_PLACES):
        page["standing"] = queries.standing(actor, row)
    if page["may_enrol"]:
        page["readiness"] = queries.readiness(actor, row, rules, today=today)
    return render(request, "programmes/programme.html", page)


@require_http_methods(["GET", "POST"])
def adapt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change how a programme runs."""
    actor, row = actor_of(request), programme_or_404(request, pk)
    check(actor, OPEN_PROGRAMME, row)
    rules = rules_of(row)
    form = forms.ProgrammeForm(request.POST or None, rules=rules, name=row.name)
    if request.method == "POST" and form.is_valid():
        commands.adapt_programme(
            actor,
            programme=row,
            name=form.cleaned_data["name"],
            rules=form.cleaned_data["rules"],
        )
        return redirect("programmes:programme", pk=pk)
    return render(
        request, "programmes/adapt.html", {**_told(rules), "form": form, "programme": row}
    )


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a programme after a clear yes."""
    actor = actor_of(request)
    row = get_object_or_404(queries.adaptable(actor), pk=pk, closed_on__isnull=True)
    form = KithForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and done(
        form, lambda: commands.close_programme(actor, programme=row, today=clock.today())
    ):
        messages.success(request, _("The programme is closed."))
        return redirect("programmes:index")
    page = {"programme": row, "form": form, "standing": queries.standing(actor, row)}
    return render(request, "programmes/close.html", page)


def _template_or_404(key: str) -> ProgrammeTemplate:
    if key not in TEMPLATE_KEYS:
        raise Http404
    return load_template(key)


def _told(rules: ProgrammeTemplate) -> dict[str, object]:
    """How a programme runs, in words."""
    language = sentences.language()
    hard, soft = sentences.criteria_words(rules)
    return {
        "rules": rules,
        "name": rules.name.say(language),
        "summary": rules.summary.say(language),
        "who": sentences.who_meets(rules),
        "length": sentences.how_long(rules),
        "rhythm": sentences.how_often(rules),
        "checks": [sentences.check_sentence(one) for one in rules.checks],
        "training": sentences.training_sentences(rules.training),
        "hard": hard,
        "soft": soft,
        "matcher": sentences.matcher_name(rules),
        "contact": sentences.coordinator_rhythm(rules.coordinator_contact),
        "paper": and_list([one.title.say(language) for one in rules.documents]),
        "sections": [
            (section.title.say(language), section.guide.say(language))
            for document in rules.documents
            for section in document.sections
        ],
        "strip": sentences.strip(rules),
        "phases": [_phase_line(rules, number) for number in range(len(rules.phases))],
    }


def _phase_line(rules: ProgrammeTemplate, number: int) -> PhaseLine:
    phase, language = rules.phases[number], sentences.language()
    return PhaseLine(
        name=phase.name.say(language),
        weeks=sentences.phase_weeks(phase, rules),
        what=phase.what_happens.say(language),
        checklist=[line.say(language) for line in phase.checklist],
        is_even=number % 2 == 0,
    )
