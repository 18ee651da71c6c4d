"""Whole modules of a draft in the browser: added, moved, taken out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.learning.commands import modules as commands
from kith.learning.forms.authoring import ModuleForm
from kith.learning.models import CoursePart
from kith.learning.queries import wordings as queries
from kith.learning.rules.states import PartKind, VersionState
from kith.learning.views.drafts import WRONG, acted, part_or_404, said, version_or_404
from kith.methods.learning.courses.schema import Module
from kith.web.acts import actor_of, done, typed


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One more module, at the end."""
    actor, version, kept = actor_of(request), version_or_404(request, pk), list[CoursePart]()
    if request.method == "GET" and version.state != VersionState.DRAFT.value:
        raise Http404
    form = ModuleForm(typed(request))
    if request.method == "POST" and done(
        form, lambda: kept.append(commands.add_module(actor, version=version, head=form.head()))
    ):
        messages.success(request, _("The module stands at the end. Write its first screen now."))
        return redirect("learning:write_part", kept[0].pk)
    page = {"form": form, "version": version, "title": said(version.course.title)}
    return render(request, "learning/module_new.html", page, status=WRONG if form.errors else 200)


@require_POST
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One place earlier or later."""
    actor, row = actor_of(request), _module_or_404(request, pk)
    by = -1 if request.POST.get("to") == "earlier" else 1
    act, to = commands.move_module, ("learning:wording", row.version_id)
    return acted(request, lambda: act(actor, part=row, by=by), _("Moved."), *to)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a module out, after a clear yes to what goes with it."""
    actor, row = actor_of(request), _module_or_404(request, pk)
    if request.method == "POST":
        act, to = commands.remove_module, ("learning:wording", row.version_id)
        told = _("The module is gone from the draft. The wording in use keeps it.")
        return acted(request, lambda: act(actor, part=row), told, *to)
    return render(request, "learning/module_remove.html", {"part": row, **_what_goes(row)})


def _module_or_404(request: HttpRequest, pk: UUID) -> CoursePart:
    row = part_or_404(request, pk)
    if row.kind != PartKind.MODULE.value:
        raise Http404
    return row


def _what_goes(row: CoursePart) -> dict[str, Any]:
    """What is lost with a module, and which stories lead back to it."""
    content = queries.content_of(row)
    if not isinstance(content, Module):
        raise Http404
    return {
        "title": said(dict(content.title)),
        "screens": len(content.screens),
        "questions": len(content.questions),
        "sources": len(content.sources),
        "pictures": len(queries.pictures_of(row)),
        "stories": [said(dict(one.title)) for one in queries.stories_about(row)],
    }
