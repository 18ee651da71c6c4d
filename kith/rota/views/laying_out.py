"""Laying out the rota, one duty at a time or many weeks at once, and giving duties to people."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.mentoring.models import Match
from kith.programmes.rules import rules_of
from kith.rota import commands, forms
from kith.rota.permissions import LAY_OUT_ROTA
from kith.rota.queries import lists, sharing
from kith.rota.views import shown
from kith.rota.views.shared import around, duty_or_404, match_or_404, to_rota
from kith.web.acts import actor_of, done, typed
from kith.web.forms import KithForm


@require_http_methods(["GET", "POST"])
def lay_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The next weeks in one act."""
    match, actor, now = match_or_404(request, pk), actor_of(request), clock.now()
    check(actor, LAY_OUT_ROTA, match)
    at, minutes = sharing.next_time(match, now=now)
    form = forms.LayOutForm(
        typed(request),
        rules=rules_of(match.programme),
        initial=forms.first_plan(at, minutes, sharing.roles_of_last(match)),
    )
    made: list[object] = []
    if request.method == "POST" and done(
        form,
        lambda: made.extend(commands.lay_out(actor, match=match, plan=form.plan, now=now)),
    ):
        said = ngettext(
            "%(number)d duty is laid out. Everybody concerned is told.",
            "%(number)d duties are laid out. Everybody concerned is told.",
            len(made),
        )
        messages.success(request, said % {"number": len(made)})
        return to_rota(match)
    return _form(request, match, form, _("Lay out the next weeks"), _("Lay out"))


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One more duty."""
    match, actor, now = match_or_404(request, pk), actor_of(request), clock.now()
    check(actor, LAY_OUT_ROTA, match)
    at, minutes = sharing.next_time(match, now=now)
    first = forms.first_plan(at, minutes, [])
    form = forms.DutyForm(
        typed(request),
        rules=rules_of(match.programme),
        group=lists.group_of(match),
        initial={**first, "role": forms.JUST_A_VISIT},
    )
    if request.method == "POST" and done(
        form,
        lambda: commands.add_duty(actor, match=match, plan=form.plan, member=form.chosen, now=now),
    ):
        messages.success(request, _("The duty stands in the rota. Everybody concerned is told."))
        return to_rota(match)
    return _form(request, match, form, _("Add a duty"), _("Save"))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: UUID, duty: UUID) -> HttpResponse:
    """Another time, another role, somebody else, or nobody at all on that day."""
    match, actor, now = match_or_404(request, pk), actor_of(request), clock.now()
    check(actor, LAY_OUT_ROTA, match)
    row = duty_or_404(match, duty)
    form = forms.DutyForm(
        typed(request),
        rules=rules_of(match.programme),
        group=lists.group_of(match),
        initial=forms.duty_values(row),
    )
    if request.method == "POST" and done(
        form,
        lambda: commands.change_duty(
            actor, match=match, duty=row, plan=form.plan, member=form.chosen, now=now
        ),
    ):
        messages.success(request, _("The duty is changed. Everybody concerned is told."))
        return to_rota(match)
    return _form(request, match, form, _("Change a duty"), _("Save"), duty=row)


@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, pk: UUID, duty: UUID) -> HttpResponse:
    """Somebody for a duty: everybody of the group, whoever had the fewest first."""
    match, actor, now = match_or_404(request, pk), actor_of(request), clock.now()
    check(actor, LAY_OUT_ROTA, match)
    row, group = duty_or_404(match, duty), lists.group_of(match)
    if request.method == "POST":
        key = forms.member_key(request.POST.get("member", ""))
        member = next((one for one in group if one.pk == key), None)
        if member is None:
            raise commands.NobodyInGroup()
        commands.give_duty(actor, match=match, duty=row, member=member, now=now)
        messages.success(request, _("Done. Everybody concerned is told."))
        return to_rota(match)
    page = {
        **around(actor, match),
        "duty": shown.one_duty(row, None, today=clock.today()),
        "people": shown.choices_of(match, group, sharing.helpers(match, now=now), row),
    }
    return render(request, "rota/fill.html", page)


@require_POST
def off(request: HttpRequest, pk: UUID, duty: UUID) -> HttpResponse:
    """Nobody comes on that day."""
    match = match_or_404(request, pk)
    row = duty_or_404(match, duty)
    commands.call_off_duty(actor_of(request), match=match, duty=row, now=clock.now())
    messages.success(request, _("The duty is called off. Everybody concerned is told."))
    return to_rota(match)


def _form(
    request: HttpRequest,
    match: Match,
    form: KithForm,
    title: str,
    submit: str,
    duty: object = None,
) -> HttpResponse:
    page = {
        **around(actor_of(request), match),
        "form": form,
        "title": title,
        "submit": submit,
        "duty": duty,
    }
    return render(request, "rota/form.html", page, status=422 if form.errors else 200)
