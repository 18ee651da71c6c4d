"""Who belongs to a match of a group: coming, leaving, roles, contact for the coordinator."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.gate.permissions import allows
from kith.mentoring import commands, forms
from kith.mentoring.models import Match, MatchMember
from kith.mentoring.permissions import CHANGE_MEMBERS, SHARE_TASKS
from kith.mentoring.queries import groups
from kith.mentoring.queries import members as queries
from kith.mentoring.views import shown, shown_groups
from kith.mentoring.views.shared import match_or_404, to_match
from kith.mentoring.views.shown_members import shown_member
from kith.people.models import Person
from kith.people.rules import Side
from kith.programmes.rules import rules_of
from kith.web.acts import actor_of, done, typed


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: UUID, side: str) -> HttpResponse:
    """Find somebody for the group, or another adult of the family, and add them."""
    match, actor, which = match_or_404(request, pk), actor_of(request), _side(side)
    check(actor, CHANGE_MEMBERS, match)
    today, text = clock.today(), request.GET.get("q", "")
    found = groups.candidates(actor, match, which, text=text)
    if request.method == "POST":
        return _add(request, match, _chosen(request, found), which)
    page = {
        "match": match,
        "names": shown.names(match, actor),
        "side": which.value,
        "text": text,
        "found": shown_groups.candidates(match, found, which, today),
    }
    return render(request, "mentoring/new_member.html", page)


@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, pk: UUID, member: UUID) -> HttpResponse:
    """What somebody looks after; whether the coordinator turns to them; leaving."""
    match, actor = match_or_404(request, pk), actor_of(request)
    check(actor, SHARE_TASKS, match)
    row, rules = _member(match, member), rules_of(match.programme)
    form = forms.RolesForm(typed(request), initial=forms.RolesForm.initial_of(row), rules=rules)
    if request.method == "POST" and done(
        form,
        lambda: commands.change_roles(
            actor, match=match, member=row, now=clock.now(), **form.cleaned_data
        ),
    ):
        messages.success(request, _("Noted."))
        return to_match(match, "people")
    return _page(request, match, row, form=form, leave=forms.LeaveForm())


@require_POST
def contact(request: HttpRequest, pk: UUID, member: UUID) -> HttpResponse:
    """The coordinator turns to this member from now on."""
    match = match_or_404(request, pk)
    row = _member(match, member)
    commands.choose_contact(actor_of(request), match=match, member=row, now=clock.now())
    messages.success(request, _("Noted."))
    return to_match(match, "people")


@require_POST
def leave(request: HttpRequest, pk: UUID, member: UUID) -> HttpResponse:
    """Somebody leaves; the match goes on."""
    match, actor = match_or_404(request, pk), actor_of(request)
    check(actor, CHANGE_MEMBERS, match)
    row, form = _member(match, member), forms.LeaveForm(request.POST)
    today, now = clock.today(), clock.now()
    if done(
        form,
        lambda: commands.let_member_go(
            actor, match=match, member=row, today=today, now=now, **form.cleaned_data
        ),
    ):
        messages.success(request, _("Noted. Thank them for their time."))
        return to_match(match, "people")
    roles = forms.RolesForm(
        initial=forms.RolesForm.initial_of(row), rules=rules_of(match.programme)
    )
    return _page(request, match, row, form=roles, leave=form)


def _page(
    request: HttpRequest,
    match: Match,
    row: MatchMember,
    *,
    form: forms.RolesForm,
    leave: forms.LeaveForm,
) -> HttpResponse:
    actor, today = actor_of(request), clock.today()
    page = {
        "match": match,
        "names": shown.names(match, actor),
        "member": shown_member(row, match, actor, today),
        "in_group": row.side == Side.MENTOR,
        "form": form,
        "leave": leave,
        "may_change": allows(actor, CHANGE_MEMBERS, match),
    }
    status = 422 if form.errors or leave.errors else 200
    return render(request, "mentoring/member.html", page, status=status)


def _add(request: HttpRequest, match: Match, person: Person, side: Side) -> HttpResponse:
    actor, today, now = actor_of(request), clock.today(), clock.now()
    if side is Side.PARTICIPANT:
        commands.add_adult(actor, match=match, person=person, today=today, now=now)
        return to_match(match, "people")
    added = commands.add_volunteer(
        actor, match=match, person=person, roles=(), today=today, now=now
    )
    return redirect("mentoring:member", match.pk, added.pk)


def _chosen(request: HttpRequest, found: list[Person]) -> Person:
    asked = request.POST.get("person", "")
    person = next((one for one in found if str(one.pk) == asked), None)
    if person is None:
        raise Http404
    return person


def _member(match: Match, pk: UUID) -> MatchMember:
    return get_object_or_404(queries.members(match), pk=pk)


def _side(text: str) -> Side:
    if text not in set(Side):
        raise Http404
    return Side(text)
