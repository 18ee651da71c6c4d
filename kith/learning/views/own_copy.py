"""What is kept of my learning: to read, as a file, and to erase."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.learning.commands.forgetting import erase_own_learning
from kith.learning.forms.own_copy import EraseForm
from kith.learning.permissions import ERASE_OWN, OWN_COPY
from kith.learning.queries import own_copy as queries
from kith.learning.views.own_copy_shown import file_of, sections_of
from kith.web.acts import actor_of, done, typed


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Everything in words."""
    actor = actor_of(request)
    check(actor, OWN_COPY)
    sections = sections_of(queries.own_copy(actor))
    answer = render(request, "learning/own_copy.html", {"sections": sections})
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


@require_GET
def file(request: HttpRequest) -> HttpResponse:
    """The same as it is stored, for a machine."""
    actor = actor_of(request)
    check(actor, OWN_COPY)
    content = file_of(queries.own_copy(actor), now=clock.now())
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="learning.json"'
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Erase all of it, after asking."""
    actor, form = actor_of(request), EraseForm(typed(request))
    check(actor, ERASE_OWN)
    if request.method == "POST" and done(
        form, lambda: erase_own_learning(actor, today=clock.today())
    ):
        messages.success(request, _("Erased. Nothing of your learning is kept any more."))
        return redirect("learning:own_copy")
    return render(request, "learning/own_copy_erase.html", {"form": form})
