"""Who has which role, and inviting people."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.accounts.commands import invitations as invites
from kith.accounts.commands import members as commands
from kith.accounts.commands.cards import revoke_card
from kith.accounts.forms import InviteForm, RolesForm
from kith.accounts.permissions import (
    CHANGE_ROLES,
    INVITE,
    ISSUE_CARD,
    RESET_ACCESS,
    SEE_MEMBERS,
)
from kith.accounts.queries import (
    SHOWN,
    Invitee,
    card_of,
    factors_of,
    invitations,
    invitee,
    member_page,
    members,
    open_invitations,
)
from kith.accounts.rules import givable, in_order
from kith.accounts.views.entering import say, sensitive
from kith.accounts.views.mail import sent_by_mail
from kith.base import clock
from kith.base.errors import Denied, Refused
from kith.gate.models import Membership
from kith.gate.permissions import allows, has
from kith.gate.roles import ROLES, Role
from kith.web.acts import actor_of
from kith.web.components import Filter
from kith.web.forms import refuse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kith.gate.actor import Actor

FILTERS = {
    "helpers": gettext_lazy("Staff and mentors"),
    "participants": gettext_lazy("Participants"),
    "former": gettext_lazy("No access"),
}


def _texts(roles: list[str]) -> list[str]:
    return [str(ROLES[role].name) for role in in_order(Role(role) for role in roles)]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_GET
def member_list(request: HttpRequest) -> HttpResponse:
    """Everyone who can come in, with the roles each of them has."""
    actor = actor_of(request)
    if not has(actor, SEE_MEMBERS):
        raise Denied
    shown = request.GET.get("show", "helpers")
    shown = shown if shown in SHOWN else "helpers"
    page, following = member_page(actor, shown, before=_uuid(request.GET.get("before", "")))
    return render(
        request,
        "accounts/members.html",
        {
            "members": [(member, _texts(member.roles)) for member in page],
            "invitations": _invitations(actor),
            "filters": _filters(actor, shown),
            "next_url": f"?show={shown}&before={following}" if following else "",
            "first_url": f"?show={shown}" if "before" in request.GET else "",
            "may_invite": has(actor, INVITE),
            "roles": [ROLES[role] for role in Role],
            "now": clock.now(),
            "today": clock.today(),
        },
    )


def _invitations(actor: Actor) -> list[tuple[object, list[str]]]:
    return [(one, _texts(one.roles)) for one in open_invitations(actor, clock.now())]


def _filters(actor: Actor, shown: str) -> list[Filter]:
    # The platform administrator knows nothing about participants, not even how many there are.
    known = [key for key in FILTERS if key != "participants" or actor.has(Role.COORDINATOR)]
    return [
        Filter(label=FILTERS[key], url=f"?show={key}", is_current=key == shown) for key in known
    ]


def _member(request: HttpRequest, member_id: UUID) -> Membership:
    return get_object_or_404(members(actor_of(request)), pk=member_id)


@require_GET
def member(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """One member: roles, card, second factor, and what may be changed."""
    actor, found = actor_of(request), _member(request, member_id)
    now = clock.now()
    locked_until = found.user.locked_until
    page = {
        "member": found,
        "roles": [ROLES[role] for role in in_order(Role(role) for role in found.roles)],
        "factors": factors_of(found.user_id),
        "card": card_of(found),
        "is_locked": locked_until is not None and locked_until > now,
        "is_oneself": found.user_id == actor.user_id,
        "may_change": allows(actor, CHANGE_ROLES, found),
        "may_reset": allows(actor, RESET_ACCESS, found),
        "may_give_card": has(actor, ISSUE_CARD) and allows(actor, ISSUE_CARD, found),
        "today": clock.today(),
    }
    return render(request, "accounts/member.html", page)


@sensitive
@require_http_methods(["GET", "POST"])
def change_roles(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Choose the roles of a member."""
    actor, found = actor_of(request), _member(request, member_id)
    if not allows(actor, CHANGE_ROLES, found):
        raise Denied(seen=True)
    form = RolesForm(
        request.POST or None, givable=givable(actor.roles), initial={"roles": found.roles}
    )
    if request.method == "POST" and form.is_valid():
        try:
            commands.change_roles(actor, member=found, roles=form.cleaned_data["roles"])
            say(request, _("The roles are saved."))
            return redirect("accounts:member", found.pk)
        except Refused as refusal:
            refuse(form, refusal)
    return render(request, "accounts/roles.html", {"form": form, "member": found})


ACTS = {
    "deactivate": (commands.deactivate, gettext_lazy("This person cannot come in any more.")),
    "reactivate": (commands.reactivate, gettext_lazy("This person can come in again.")),
    "unlock": (commands.unlock, gettext_lazy("This person can try again now.")),
    "reset_factor": (
        commands.reset_second_factor,
        gettext_lazy("The second factor is removed. It is set up anew at the next sign-in."),
    ),
}


@sensitive
@require_POST
def act_on_member(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """One of the acts behind one button."""
    found = _member(request, member_id)
    act, done = ACTS.get(request.POST.get("act", ""), (None, ""))
    if act is not None:
        act(actor_of(request), member=found)
        say(request, str(done))
    return redirect("accounts:member", found.pk)


@sensitive
@require_POST
def take_card_back(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """The card does not work any more."""
    found = _member(request, member_id)
    revoke_card(actor_of(request), member=found, now=clock.now())
    say(request, _("The card does not work any more."))
    return redirect("accounts:member", found.pk)


# ── Invitations ──────────────────────────────────────────────────────────────────────────────────


@sensitive
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite someone into one or more roles; `?for=` names a record that a room above knows."""
    actor, context = actor_of(request), request.GET.get("for", "")
    if not has(actor, INVITE):
        raise Denied
    guest = _guest(actor, context)
    form = InviteForm(
        request.POST or None, givable=givable(actor.roles), initial=_first_values(guest)
    )
    back = guest.url if guest else reverse("accounts:members")
    if request.method == "POST" and form.is_valid():
        try:
            invited = invites.invite(actor, now=clock.now(), context=context, **form.cleaned_data)
            return invited_page(request, invited, back=back)
        except Refused as refusal:
            refuse(form, refusal)
    return render(request, "accounts/invite.html", {"form": form, "back": back})


def _guest(actor: Actor, context: str) -> Invitee | None:
    found = invitee(actor, context) if context else None
    if context and found is None:
        raise Http404
    return found


def _first_values(guest: Invitee | None) -> dict[str, object]:
    if guest is None:
        return {"language": settings.LANGUAGE_CODE, "roles": [Role.MENTOR.value]}
    return {
        "name": guest.name,
        "email": guest.email,
        "language": guest.language,
        "roles": [role.value for role in guest.roles],
    }


def invited_page(request: HttpRequest, invited: invites.Invited, *, back: str) -> HttpResponse:
    """The link, shown once: it is not stored, so this page cannot be opened again."""
    path = reverse("accounts:invitation", args=[invited.code])
    link = request.build_absolute_uri(path)
    page = {
        "invitation": invited.invitation,
        "link": link,
        "is_sent": sent_by_mail(invited.invitation, link),
        "is_password_link": invited.invitation.member_id is not None,
        "back": back,
    }
    return render(request, "accounts/invited.html", page)


@sensitive
@require_POST
def new_password_link(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """A link by which a member chooses a new password."""
    found = _member(request, member_id)
    invited = invites.password_link(actor_of(request), member=found, now=clock.now())
    return invited_page(request, invited, back=reverse("accounts:members"))


@require_POST
def withdraw(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Make a link useless before anyone follows it."""
    actor = actor_of(request)
    found = get_object_or_404(invitations(actor), pk=invitation_id)
    invites.withdraw_invitation(actor, invitation=found, now=clock.now())
    messages.info(request, _("The invitation is withdrawn."))
    return redirect("accounts:members")
