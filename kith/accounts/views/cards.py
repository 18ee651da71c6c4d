"""Making and printing a card."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from kith.accounts.commands.cards import issue_card, make_card
from kith.accounts.forms import NewCardForm
from kith.accounts.permissions import ISSUE_CARD, OPEN_ACCOUNT
from kith.accounts.queries import card_of, member_of
from kith.accounts.rules import card_login, grouped
from kith.accounts.views.card_paper import Face, paper
from kith.accounts.views.entering import sensitive
from kith.accounts.views.factors import qr_picture
from kith.base import clock
from kith.base.errors import Denied, Refused
from kith.gate.models import login_token
from kith.gate.permissions import allows, has
from kith.gate.roles import Role
from kith.web.acts import actor_of
from kith.web.forms import refuse
from kith.web.papers import paper_answer

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kith.accounts.commands.cards import IssuedCard
    from kith.gate.models import Membership


def _member(request: HttpRequest, user_id: UUID) -> Membership:
    actor = actor_of(request)
    found = member_of(actor, user_id)
    if found is None or not allows(actor, ISSUE_CARD, found):
        raise Denied
    return found


@sensitive
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """What a card is and whether there is one; the button makes a new one."""
    member = _member(request, user_id)
    present = card_of(member)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        issued = make_card(
            actor_of(request), member=member, now=clock.now(), seen=UUID(seen) if seen else None
        )
        return _printed(request, issued)
    page = {"member": member, "card": present, "today": clock.today()}
    return render(request, "accounts/card.html", page)


@sensitive
@require_http_methods(["GET", "POST"])
def new_card(request: HttpRequest) -> HttpResponse:
    """A card for someone who has no account yet."""
    actor = actor_of(request)
    if not has(actor, OPEN_ACCOUNT):
        raise Denied
    form = NewCardForm(request.POST or None, initial={"role": Role.MENTOR.value})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            issued = issue_card(
                actor, name=typed["name"], role=Role(typed["role"]), language=typed["language"]
            )
            return _printed(request, issued)
        except Refused as refusal:
            refuse(form, refusal)
    return render(request, "accounts/new_card.html", {"form": form})


@sensitive_variables("issued")
def _printed(request: HttpRequest, issued: IssuedCard) -> HttpResponse:
    """The card itself. Number and PIN are shown this once and stored nowhere."""
    face = _face(request, issued.name, issued.language, issued.number, issued.pin)
    page = {"face": face, "picture": qr_picture(face.address), "issued": issued}
    return render(request, "accounts/card_made.html", page)


def _face(request: HttpRequest, name: str, language: str, number: str, pin: str) -> Face:
    organisation = actor_of(request).organisation
    address = request.build_absolute_uri(reverse("accounts:sign_in_card"))
    return Face(
        organisation=str(organisation),
        name=name,
        language=language,
        number=grouped(number),
        pin=pin,
        # Behind the #: no browser sends it anywhere and no server writes it down.
        address=f"{address}#{number}",
        short_address=address.partition("://")[2],
    )


@sensitive_post_parameters("number", "pin")
@require_POST
def card_paper(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """The card as PDF, made from what the page still shows."""
    member = _member(request, user_id)
    number, pin = request.POST.get("number", ""), request.POST.get("pin", "")
    if member.user.login != login_token(card_login(number)) or not pin.isdigit():
        raise Http404
    face = _face(request, str(member.name), member.user.language, number, pin)
    return paper_answer(paper(face), name="card")
