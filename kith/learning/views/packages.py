"""Packages from elsewhere: the list, taking one in, its parts, and removing it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.gate.permissions import has
from kith.learning.commands import packages as commands
from kith.learning.forms import PackageForm
from kith.learning.models import Package
from kith.learning.permissions import LEARN, SEE_COURSES, WRITE_COURSES
from kith.learning.queries import packages as queries
from kith.learning.rules.package_words import STANDARDS, refusal_words
from kith.learning.views.package_shown import part_lines, remark_lines
from kith.web.acts import actor_of, after_in, typed


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All packages, the newest first."""
    actor = actor_of(request)
    check(actor, SEE_COURSES)
    rows, after = queries.part_of_list(actor, after=after_in(request))
    page = {
        "packages": [(row, STANDARDS[queries.standard_of(row)]) for row in rows],
        "next_url": f"{request.path}?after={after}" if after else "",
        "first_url": request.path if request.GET.get("after") else "",
        "may_write": has(actor, WRITE_COURSES),
    }
    return render(request, "learning/packages.html", page)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a package, or say why it cannot be taken."""
    check(actor_of(request), WRITE_COURSES)
    form = PackageForm(typed(request), request.FILES or None)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            package = _take(request, form)
        except commands.PackageUnfit as refusal:
            refused = refusal_words(refusal.refused)
        else:
            messages.success(request, _("The package is taken. Try it before learners do."))
            return redirect("learning:package", package.pk)
    page = {"form": form, "refused": refused, "name": _name(form)}
    status = 422 if refused or form.errors else 200
    return render(request, "learning/package_upload.html", page, status=status)


def _take(request: HttpRequest, form: PackageForm) -> Package:
    content = form.cleaned_data["file"].read()
    return commands.take_package(actor_of(request), content=content)


def _name(form: PackageForm) -> str:
    file = form.cleaned_data.get("file") if form.is_bound and form.is_valid() else None
    return str(file.name) if file else ""


@require_GET
def package(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The parts of a package, and how far one is in each."""
    actor = actor_of(request)
    row = get_object_or_404(queries.packages(actor), pk=pk)
    may_write = has(actor, WRITE_COURSES)
    page = {
        "package": row,
        "standard": STANDARDS[queries.standard_of(row)],
        "parts": part_lines(row, queries.own_runs(actor, row), today=clock.today()),
        "remarks": remark_lines(row) if may_write else [],
        "may_write": may_write,
        "may_learn": has(actor, LEARN),
    }
    return render(request, "learning/package.html", page)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove a package, after asking."""
    actor = actor_of(request)
    check(actor, WRITE_COURSES)
    row = get_object_or_404(queries.packages_to_keep(actor), pk=pk)
    if request.method == "POST":
        commands.remove_package(actor, package=row)
        messages.success(request, _("The package is removed."))
        return redirect("learning:packages")
    return render(request, "learning/package_remove.html", {"package": row})


@require_POST
def begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin a part, or go on with it."""
    actor = actor_of(request)
    row = get_object_or_404(queries.packages(actor), pk=pk)
    item = queries.item_of(row, request.POST.get("item", ""))
    if item is None:
        raise Http404
    run = commands.begin_run(actor, package=row, item=item, now=clock.now())
    return redirect("learning:package_play", run.pk)
