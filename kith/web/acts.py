"""What nearly every view does: knows who asks, takes what was typed, and runs one command."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from uuid import UUID

from kith.base.errors import Refused
from kith.web.forms import refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import BaseForm
    from django.http import HttpRequest, QueryDict

    from kith.gate.actor import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Who is asking."""
    return cast("Actor", request.actor)  # type: ignore[attr-defined]


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, or None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def after_in(request: HttpRequest) -> UUID | None:
    """The key after which the page of a list begins; None at its beginning, or for no key."""
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


def done(form: BaseForm, act: Callable[[], object]) -> bool:
    """Run the one command of a form; what it refuses becomes an error of the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        refuse(form, refusal)
        return False
    return True
