"""A form that was sent after the session had ended is offered again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kith.accounts.commands.drafts import drop_form
from kith.accounts.queries import own_draft
from kith.accounts.views.entering import say
from kith.base import clock
from kith.web.acts import actor_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# Keys, codes and drawings mean nothing to the one who typed beside them.
TECHNICAL = re.compile(r"[0-9a-f-]{32,36}|data:.*|[a-z0-9_-]{1,12}|\d{4}-\d\d-\d\d|", re.DOTALL)
FIELD_DONE = "kept_form"


@require_GET
def kept(request: HttpRequest) -> HttpResponse:
    """What was typed, and the button that sends it."""
    draft = own_draft(actor_of(request), clock.now())
    if draft is None or not draft.content:
        return redirect("web:today")
    fields = [tuple(pair) for pair in draft.content["fields"]]
    page = {
        "path": draft.content["path"],
        "fields": fields,
        "done_field": FIELD_DONE,
        "words": [value for _name, value in fields if not TECHNICAL.fullmatch(value)],
    }
    return render(request, "accounts/kept.html", page)


@require_POST
def drop_kept(request: HttpRequest) -> HttpResponse:
    drop_form(actor_of(request))
    say(request, _("It was not sent and is not kept any longer."))
    return redirect("web:today")
