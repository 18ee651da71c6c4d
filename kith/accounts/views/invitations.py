"""Following a link that lets someone in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from kith.accounts.commands import entering
from kith.accounts.commands import invitations as commands
from kith.accounts.forms import JoinForm, NewAccessForm
from kith.accounts.queries import (
    OpenInvitation,
    landing,
    open_invitation,
    own_user,
    user_by_key,
    user_by_login,
)
from kith.accounts.rules import DOOR, Purpose, Way, in_order
from kith.accounts.views.entering import go_on, is_too_fast, note_failure, refuse_hurry, say
from kith.base import clock
from kith.base.errors import Refused
from kith.gate.middleware import SESSION_ORGANISATION
from kith.gate.roles import ROLES, Role
from kith.web.acts import actor_of
from kith.web.forms import refuse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kith.gate.models import User

GONE, TOO_MANY = 410, 429


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, code: str) -> HttpResponse:
    """Come in by invitation, or choose a new password."""
    if is_too_fast(request, DOOR):
        return render(request, "web/errors/429.html", status=TOO_MANY)
    opened = open_invitation(code, clock.now())
    if opened is None:
        return render(request, "accounts/invitation_over.html", status=GONE)
    if opened.invitation.purpose == Purpose.PASSWORD:
        return _choose_password(request, opened)
    if actor_of(request).is_signed_in:
        return _join_as_oneself(request, opened)
    return _join(request, opened)


def _page(opened: OpenInvitation) -> dict[str, object]:
    roles = in_order(Role(role) for role in opened.invitation.roles)
    return {
        "organisation": opened.organisation,
        "roles": [ROLES[role] for role in roles],
        "is_own": opened.invitation.purpose == Purpose.OWN,
    }


def _join_form(request: HttpRequest, opened: OpenInvitation) -> JoinForm:
    form = JoinForm(request.POST or None, initial={"name": opened.name, "address": opened.email})
    if opened.invitation.purpose == Purpose.OWN:
        form.keep_address(has_account=user_by_login(opened.email) is not None)
    return form


def _join(request: HttpRequest, opened: OpenInvitation) -> HttpResponse:
    form = _join_form(request, opened)
    if request.method == "POST" and form.is_valid():
        try:
            user = _known_user(request, form)
            if user is not None or form.password_is_good():
                return _come_in(request, opened, form.cleaned_data, user)
        except Refused as refusal:
            refuse(form, refusal)
    return render(request, "accounts/join.html", {"form": form, **_page(opened)})


def _known_user(request: HttpRequest, form: JoinForm) -> User | None:
    """Whoever has this address already, after the password was checked. Raises AddressTaken."""
    address = form.cleaned_data["address"]
    if user_by_login(address) is None:
        return None
    refuse_hurry(request, address)
    try:
        return entering.let_in(address, form.cleaned_data["password"], now=clock.now())
    except entering.NotLetIn as wrong:
        note_failure(request, address, is_known=True)
        raise commands.AddressTaken from wrong


def _come_in(
    request: HttpRequest, opened: OpenInvitation, typed: dict[str, str], user: User | None
) -> HttpResponse:
    member = commands.come_in(opened, now=clock.now(), user=user, **typed)
    return _enter(request, opened, member.user_id)


def _enter(request: HttpRequest, opened: OpenInvitation, user_id: object) -> HttpResponse:
    user = user_by_key(user_id)  # type: ignore[arg-type]
    if user is None:
        raise commands.InvitationOver
    answer = go_on(request, user, way=Way.INVITATION, to=landing(opened.invitation.context))
    request.session[SESSION_ORGANISATION] = str(opened.organisation.pk)
    return answer


def _join_as_oneself(request: HttpRequest, opened: OpenInvitation) -> HttpResponse:
    actor = actor_of(request)
    if request.method == "POST":
        user = own_user(actor)
        commands.come_in(
            opened,
            name=actor.display_name,
            address=str(actor.membership.email) if actor.membership else "",
            password="",
            user=user,
            now=clock.now(),
        )
        request.session[SESSION_ORGANISATION] = str(opened.organisation.pk)
        say(request, _("You have joined."))
        return redirect(landing(opened.invitation.context) or "web:today")
    return render(request, "accounts/join_oneself.html", {"actor": actor, **_page(opened)})


def _choose_password(request: HttpRequest, opened: OpenInvitation) -> HttpResponse:
    form = NewAccessForm(request.POST or None, initial={"address": opened.email})
    if request.method == "POST" and form.is_valid():
        try:
            member = commands.choose_password(opened, now=clock.now(), **form.cleaned_data)
            return _enter(request, opened, member.user_id)
        except Refused as refusal:
            refuse(form, refusal)
    page = {"form": form, "organisation": opened.organisation}
    return render(request, "accounts/new_password.html", page)
