"""A match of a group and a family: choosing both, looking at what is missing, beginning."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.gate.permissions import allows
from kith.mentoring import commands, forms
from kith.mentoring.models import Match
from kith.mentoring.permissions import CHANGE_MEMBERS, SEE_MATCH
from kith.mentoring.queries import groups as queries
from kith.mentoring.views import shown, shown_groups
from kith.mentoring.views.shared import to_match
from kith.people.queries import group_rows
from kith.web.acts import actor_of, done, typed


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Which ready-made group goes with which family that waits."""
    actor = actor_of(request)
    check(actor, CHANGE_MEMBERS)
    found = shown_groups.Choice.of(actor, request.GET)
    form = forms.ChooseForm(
        request.GET if "look" in request.GET else None,
        initial=request.GET.dict(),
        groups=found.groups,
        places=found.places,
    )
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        return redirect("mentoring:begin_group", typed["place"], typed["group"])
    page = {"form": form, **found.shown}
    return render(request, "mentoring/choose_group.html", page)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, place: UUID, group: UUID) -> HttpResponse:
    """The group and the family side by side; the one button brings them together."""
    actor, today, now = actor_of(request), clock.today(), clock.now()
    check(actor, CHANGE_MEMBERS)
    family = get_object_or_404(queries.family_places(actor), pk=place)
    row = get_object_or_404(group_rows(actor), pk=group)
    found = queries.beginning(family.programme, place=family, group=row, today=today)
    form, begun = forms.BeginForm(typed(request), found=found), list[Match]()
    if request.method == "POST" and done(
        form,
        lambda: begun.append(
            commands.begin_group_match(
                actor, place=family, group=row, today=today, now=now, **form.chosen
            )
        ),
    ):
        messages.success(request, _("The match has begun. Plan the first meeting together."))
        return to_match(begun[0])
    page: dict[str, Any] = {"form": form, **shown_groups.beginning(found, form, today)}
    return render(request, "mentoring/begin_group.html", page, status=422 if form.errors else 200)


@require_GET
def of_group(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The matches of a ready-made group, as a part of its page."""
    actor, today = actor_of(request), clock.today()
    check(actor, SEE_MATCH)
    row = get_object_or_404(group_rows(actor), pk=pk)
    lines = [shown.line(one, actor, today=today) for one in queries.matches_of_group(actor, row)]
    may_begin = allows(actor, CHANGE_MEMBERS) and bool(queries.group_programmes(actor))
    begin_url = f"{reverse('mentoring:choose_group')}?group={row.pk}"
    page = {"lines": lines, "begin_url": begin_url if may_begin else ""}
    return render(request, "mentoring/of_group.html", page)
