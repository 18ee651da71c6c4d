"""Families and groups."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.gate.permissions import has
from kith.people import commands, queries
from kith.people.forms import FamilyForm, GroupForm, GroupRoleForm
from kith.people.models import Group, Person
from kith.people.permissions import EDIT_PERSON, SEE_GROUPS
from kith.people.rules import labels
from kith.people.views.shared import chosen_person, person_or_404
from kith.web.acts import actor_of, done, typed

FOUND = 10


@require_http_methods(["GET", "POST"])
def family(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The family of a person: what it is called and how many children there are."""
    actor, row = actor_of(request), person_or_404(request, pk)
    check(actor, EDIT_PERSON, row)
    known = queries.record(actor, person=row).family
    form = FamilyForm(typed(request), initial=FamilyForm.initial_of(known))
    if request.method == "POST" and done(form, lambda: _save_family(request, row, known, form)):
        return redirect("people:person", pk=pk)
    page = {"form": form, "person": row, "family": known}
    return render(request, "people/family.html", page)


def _save_family(
    request: HttpRequest, row: Person, known: queries.FamilyRecord | None, form: FamilyForm
) -> None:
    actor, label, children = actor_of(request), form.cleaned_data["label"], form.children()
    if known is None:
        commands.make_family(actor, person=row, label=label, children=children, now=clock.now())
    else:
        commands.change_family(actor, family=known.family, label=label, children=children)


@require_http_methods(["GET", "POST"])
def family_adult(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Find another adult and add them to the family of a person."""
    actor, row = actor_of(request), person_or_404(request, pk)
    check(actor, EDIT_PERSON, row)
    known = queries.record(actor, person=row).family
    if known is None:
        return redirect("people:family", pk=pk)
    if request.method == "POST":
        other = chosen_person(request)
        commands.join_family(actor, person=other, family=known.family, now=clock.now())
        return redirect("people:person", pk=pk)
    text = request.GET.get("q", "")
    page = {"person": row, "text": text, "found": queries.find_people(actor, text, FOUND)}
    return render(request, "people/family_adult.html", page)


@require_POST
def leave_family(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an adult out of the family."""
    commands.leave_family(actor_of(request), person=person_or_404(request, pk))
    return redirect("people:person", pk=pk)


@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    """The groups of volunteers."""
    actor = actor_of(request)
    check(actor, SEE_GROUPS)
    page = {"groups": queries.group_lines(actor), "may_edit": has(actor, EDIT_PERSON)}
    return render(request, "people/groups.html", page)


@require_http_methods(["GET", "POST"])
def new_group(request: HttpRequest) -> HttpResponse:
    """Write down a group."""
    actor = actor_of(request)
    check(actor, EDIT_PERSON)
    form = GroupForm(typed(request))
    found: list[Group] = []
    if request.method == "POST" and done(
        form, lambda: found.append(commands.make_group(actor, name=form.cleaned_data["name"]))
    ):
        return redirect("people:group", pk=found[0].pk)
    return render(request, "people/group_form.html", {"form": form, "group": None})


@require_GET
def group(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One group: who leads it and who looks after what."""
    actor = actor_of(request)
    row = get_object_or_404(queries.group_rows(actor), pk=pk)
    members = [
        (member, labels.GROUP_ROLES.get(member.role, "")) for member in queries.members_of(row)
    ]
    page = {"group": row, "members": members, "may_edit": has(actor, EDIT_PERSON)}
    return render(request, "people/group.html", page)


@require_http_methods(["GET", "POST"])
def change_group(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change the name and the lead of a group."""
    actor = actor_of(request)
    row = get_object_or_404(queries.group_rows(actor), pk=pk)
    check(actor, EDIT_PERSON, row)
    members = queries.members_of(row)
    form = GroupForm(typed(request), members=members, initial=GroupForm.initial_of(row))
    if request.method == "POST" and done(
        form, lambda: commands.change_group(actor, group=row, **form.chosen())
    ):
        return redirect("people:group", pk=pk)
    return render(request, "people/group_form.html", {"form": form, "group": row})


@require_http_methods(["GET", "POST"])
def group_member(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Find a volunteer and add them to a group."""
    actor = actor_of(request)
    row = get_object_or_404(queries.group_rows(actor), pk=pk)
    check(actor, EDIT_PERSON, row)
    if request.method == "POST":
        person = chosen_person(request)
        commands.join_group(actor, group=row, person=person)
        return redirect("people:group", pk=pk)
    text = request.GET.get("q", "")
    page = {"group": row, "text": text, "found": queries.find_people(actor, text, FOUND)}
    return render(request, "people/group_member.html", page)


@require_http_methods(["GET", "POST"])
def group_role(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what a volunteer looks after."""
    actor = actor_of(request)
    member = get_object_or_404(queries.group_memberships(actor), pk=pk)
    check(actor, EDIT_PERSON, member)
    form = GroupRoleForm(typed(request), initial={"role": member.role})
    if request.method == "POST" and done(
        form, lambda: commands.set_group_role(actor, member=member, **form.cleaned_data)
    ):
        return redirect("people:group", pk=member.group_id)
    return render(request, "people/group_role.html", {"form": form, "member": member})


@require_POST
def leave_group(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a volunteer out of a group."""
    actor = actor_of(request)
    member = get_object_or_404(queries.group_memberships(actor), pk=pk)
    commands.leave_group(actor, member=member)
    return redirect("people:group", pk=member.group_id)
