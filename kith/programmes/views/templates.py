"""Templates of the house and of the organisation."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.gate.permissions import has
from kith.programmes import commands, forms, queries
from kith.programmes.models import OwnTemplate
from kith.programmes.permissions import EDIT_TEMPLATES, OPEN_PROGRAMME
from kith.programmes.rules import (
    TEMPLATE_KEYS,
    ProgrammeTemplate,
    all_templates,
    load_template,
    rules_of,
    sentences,
)
from kith.programmes.views.told import told
from kith.web.acts import actor_of, done


@require_GET
def templates(request: HttpRequest) -> HttpResponse:
    """The templates one can open a programme from."""
    actor = actor_of(request)
    check(actor, OPEN_PROGRAMME)
    house = [told(template) for template in all_templates()]
    own = [
        {**told(rules_of(row)), "name": row.name, "own": row}
        for row in queries.offered_templates(actor)
    ]
    page = {
        "base": house[0],
        "national": house[1:],
        "own": own,
        "put_away": queries.own_templates(actor).filter(retired_on__isnull=False)[:50],
        "may_copy": has(actor, EDIT_TEMPLATES),
    }
    return render(request, "programmes/templates.html", page)


@require_GET
def template(request: HttpRequest, key: str) -> HttpResponse:
    """One template, to read."""
    actor = actor_of(request)
    check(actor, OPEN_PROGRAMME)
    page = {**told(template_or_404(key)), "may_copy": has(actor, EDIT_TEMPLATES)}
    return render(request, "programmes/template.html", page)


@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, key: str) -> HttpResponse:
    """Make an own template from one of the house."""
    actor, house = actor_of(request), template_or_404(key)
    check(actor, EDIT_TEMPLATES)
    name = house.name.say(sentences.language())
    form = forms.NameForm(request.POST or None, initial={"name": name})
    made: list[OwnTemplate] = []
    if request.method == "POST" and done(
        form,
        lambda: made.append(
            commands.copy_template(actor, template_key=key, name=form.cleaned_data["name"])
        ),
    ):
        messages.success(request, _("The template is yours. Change what is different with you."))
        return redirect("programmes:settings", "template", made[0].pk)
    page = {**told(house), "form": form}
    return render(request, "programmes/copy.html", page, status=422 if form.errors else 200)


@require_POST
def newer_words(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the house's present words under an own template's settings, as a draft."""
    actor, row = actor_of(request), own_or_404(request, pk)
    draft = commands.draft_newer_words(actor, template=row, now=clock.now())
    if draft is None:
        messages.info(request, _("Nothing differs: your template says the same already."))
    return redirect("programmes:changes" if draft else "programmes:settings", "template", row.pk)


@require_POST
def retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put an own template away."""
    row = own_or_404(request, pk)
    commands.retire_template(actor_of(request), template=row, today=clock.today())
    messages.success(request, _("The template was put away. Programmes opened from it go on."))
    return redirect("programmes:templates")


@require_POST
def bring_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Offer an own template again."""
    row = own_or_404(request, pk)
    commands.bring_template_back(actor_of(request), template=row)
    return redirect("programmes:settings", "template", row.pk)


def template_or_404(key: str) -> ProgrammeTemplate:
    """A template of the house."""
    if key not in TEMPLATE_KEYS:
        raise Http404
    return load_template(key)


def own_or_404(request: HttpRequest, pk: UUID) -> OwnTemplate:
    """An own template this actor may change."""
    return get_object_or_404(queries.own_templates(actor_of(request)), pk=pk)
