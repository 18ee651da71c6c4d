"""Opening a programme, and a programme's own page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.gate.permissions import allows, has
from kith.programmes import commands, forms, queries
from kith.programmes.models import Programme
from kith.programmes.permissions import OPEN_PROGRAMME, SEE_PLACES
from kith.programmes.rules import rules_of, sentences
from kith.programmes.rules.settings import Part
from kith.programmes.views.shared import programme_or_404
from kith.programmes.views.templates import own_or_404, template_or_404
from kith.programmes.views.told import told
from kith.web.acts import actor_of, done
from kith.web.forms import KithForm


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


@require_http_methods(["GET", "POST"])
def open_programme(request: HttpRequest, key: str) -> HttpResponse:
    """Open a programme from a template of the house."""
    actor, rules = actor_of(request), template_or_404(key)
    check(actor, OPEN_PROGRAMME)
    name = rules.name.say(sentences.language())
    form = forms.NameForm(request.POST or None, initial={"name": name})
    opened: list[Programme] = []
    if request.method == "POST" and done(
        form,
        lambda: opened.append(
            commands.open_programme(
                actor,
                template_key=key,
                name=form.cleaned_data["name"],
                rules=rules,
                today=clock.today(),
            )
        ),
    ):
        return _to_opened(request, opened[0])
    page = {**told(rules), "form": form}
    return render(request, "programmes/open.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def open_from_own(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a programme from a template of the organisation."""
    actor, own = actor_of(request), own_or_404(request, pk)
    check(actor, OPEN_PROGRAMME)
    rules = rules_of(own)
    form = forms.NameForm(request.POST or None, initial={"name": own.name})
    opened: list[Programme] = []
    if request.method == "POST" and done(
        form,
        lambda: opened.append(
            commands.open_from_own(
                actor,
                template=own,
                name=form.cleaned_data["name"],
                rules=rules,
                today=clock.today(),
            )
        ),
    ):
        return _to_opened(request, opened[0])
    page = {**told(rules), "name": own.name, "form": form}
    return render(request, "programmes/open.html", page, status=422 if form.errors else 200)


def _to_opened(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Where opening leads: to giving places, or first to the settings."""
    if "adapt" in request.POST:
        messages.success(request, _("The programme is open. Change what is different with you."))
        return redirect("programmes:part", "programme", programme.pk, Part.ABOUT.value)
    messages.success(request, _("The programme is open. Now give people a place in it."))
    return redirect("programmes:programme", pk=programme.pk)


@require_GET
def programme(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A programme: its phases, who takes part, who waits, which mentors are ready."""
    actor, today = actor_of(request), clock.today()
    row = programme_or_404(request, pk)
    rules = rules_of(row)
    page = {**told(rules), "programme": row, "today": today}
    page["name"] = row.own_template.name if row.own_template else page["name"]
    page["may_adapt"] = allows(actor, OPEN_PROGRAMME, row)
    page["may_enrol"] = queries.may_enrol(actor) and row.closed_on is None
    if has(actor, SEE_PLACES):
        page["standing"] = queries.standing(actor, row)
    if page["may_enrol"]:
        page["readiness"] = queries.readiness(actor, row, rules, today=today)
    return render(request, "programmes/programme.html", page)


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
