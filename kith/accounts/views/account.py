"""One's own account."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.auth import HASH_SESSION_KEY, logout
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.accounts.commands import entering
from kith.accounts.commands import own as commands
from kith.accounts.forms import AddressForm, LanguageForm, NameForm, PasswordForm
from kith.accounts.queries import (
    factors_of,
    own_card,
    own_organisations,
    own_places,
    own_user,
    own_visits,
)
from kith.accounts.rules import DEVICE_WORDS
from kith.accounts.views.entering import say, sensitive
from kith.base import clock
from kith.base.errors import Refused
from kith.gate.middleware import SESSION_ORGANISATION
from kith.gate.models import User
from kith.gate.roles import ROLES
from kith.web.acts import actor_of
from kith.web.forms import refuse
from kith.web.middleware import SESSION_KEY as SESSION_LANGUAGE

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse

    from kith.gate.actor import Actor

Act = Callable[["HttpRequest", "Actor", User, dict[str, Any]], None]


def here(request: HttpRequest) -> str:
    """The key of this browser's session."""
    return request.session.session_key or ""


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Everything about one's own account on one page."""
    actor = actor_of(request)
    user, now = own_user(actor), clock.now()
    page = {
        "actor": actor,
        "roles": [ROLES[role] for role in sorted(actor.roles)],
        "language": dict(LanguageForm().fields["language"].choices)[user.language],  # type: ignore[attr-defined]
        "card": own_card(actor),
        "factors": factors_of(user.pk),
        "places": [
            (place, DEVICE_WORDS[place.visit.device])
            for place in own_places(actor, here(request), now)
        ],
        "organisations": own_organisations(actor),
        "today": clock.today(),
    }
    return render(request, "accounts/account.html", page)


def _change(
    request: HttpRequest, form: forms.Form, act: Act, *, title: str, done: str, note: str = ""
) -> HttpResponse:
    """One small form with one act behind it."""
    if request.method == "POST" and form.is_valid():
        actor = actor_of(request)
        try:
            act(request, actor, own_user(actor), form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            say(request, done)
            return redirect("accounts:account")
    page = {"form": form, "title": title, "note": note}
    return render(request, "accounts/change.html", page)


@require_http_methods(["GET", "POST"])
def change_name(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = NameForm(request.POST or None, initial={"name": actor.display_name})
    return _change(request, form, _rename, title=_("Your name"), done=_("Your name is saved."))


def _rename(_request: HttpRequest, actor: Actor, user: User, typed: dict[str, Any]) -> None:
    commands.change_name(actor, user=user, name=typed["name"])


@require_http_methods(["GET", "POST"])
def change_language(request: HttpRequest) -> HttpResponse:
    user = own_user(actor_of(request))
    form = LanguageForm(request.POST or None, initial={"language": user.language})
    return _change(
        request, form, _speak, title=_("Your language"), done=_("Your language is saved.")
    )


def _speak(request: HttpRequest, actor: Actor, user: User, typed: dict[str, Any]) -> None:
    commands.change_language(actor, user=user, language=typed["language"])
    request.session[SESSION_LANGUAGE] = typed["language"]


@sensitive_post_parameters("password", "new_password")
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    return _change(
        request,
        PasswordForm(request.POST or None),
        _new_password,
        title=_("Change your password"),
        done=_("Your password is changed. Other devices are signed out."),
    )


def _new_password(request: HttpRequest, actor: Actor, user: User, typed: dict[str, Any]) -> None:
    entering.confirm(actor, user=user, secret=typed["password"], now=clock.now())
    commands.change_password(
        actor, user=user, password=typed["new_password"], session_key=here(request)
    )
    _stay(request, user)


def _stay(request: HttpRequest, user: User) -> None:
    # A session belongs to the password it was opened with; this one goes on with the new one.
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()


@sensitive
@sensitive_post_parameters("new_password")
@require_http_methods(["GET", "POST"])
def change_address(request: HttpRequest) -> HttpResponse:
    return _change(
        request,
        AddressForm(request.POST or None),
        _new_address,
        title=_("Sign in with another address"),
        done=_("Your address is saved. Sign in with it next time."),
        note=_("A card you have now stops working."),
    )


def _new_address(request: HttpRequest, actor: Actor, user: User, typed: dict[str, Any]) -> None:
    commands.change_address(
        actor,
        user=user,
        address=typed["address"],
        password=typed["new_password"],
        now=clock.now(),
    )
    _stay(request, user)


@require_POST
def end_session(request: HttpRequest, visit_id: str) -> HttpResponse:
    """Sign out one of one's own devices."""
    actor = actor_of(request)
    visit = get_object_or_404(own_visits(actor), pk=visit_id)
    entering.end_session(actor, visit=visit)
    say(request, _("That device is signed out."))
    return redirect("accounts:account")


@require_POST
def end_all_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere, here too."""
    actor = actor_of(request)
    entering.end_other_sessions(actor, session_key=here(request))
    entering.sign_out(actor, session_key=here(request))
    logout(request)
    say(request, _("You are signed out everywhere."))
    return redirect("accounts:sign_in")


@require_http_methods(["GET", "POST"])
def organisation(request: HttpRequest) -> HttpResponse:
    """Change between one's own organisations."""
    own = {str(one.pk): one for one in own_organisations(actor_of(request))}
    if request.method == "POST" and request.POST.get("organisation") in own:
        request.session[SESSION_ORGANISATION] = request.POST["organisation"]
        return redirect("web:today")
    return render(request, "accounts/organisation.html", {"organisations": list(own.values())})
