"""Letting someone with a record come in."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from kith.accounts.permissions import INVITE, OPEN_ACCOUNT
from kith.accounts.queries import card_page
from kith.gate.actor import Actor
from kith.gate.permissions import allows, has
from kith.people import commands
from kith.people.models import Person
from kith.people.permissions import EDIT_PERSON
from kith.people.rules.access import INVITED_AS
from kith.people.views.shared import person_or_404
from kith.web.acts import actor_of


@require_POST
def open_sign_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a sign-in and go where its card is made."""
    user = commands.open_sign_in(actor_of(request), person=person_or_404(request, pk))
    return redirect(card_page(user))


def sign_in_links(actor: Actor, row: Person) -> dict[str, str]:
    """Ways to let someone in, or to their card; none for those who may not."""
    if not allows(actor, EDIT_PERSON, row) or not has(actor, OPEN_ACCOUNT):
        return {}
    if row.user_id is not None:
        return {"card": reverse("accounts:card", args=[row.user_id])}
    links = {"open": reverse("people:open_sign_in", args=[row.pk])}
    if has(actor, INVITE):
        links["invite"] = f"{reverse('accounts:invite')}?for={INVITED_AS}:{row.pk}"
    return links
