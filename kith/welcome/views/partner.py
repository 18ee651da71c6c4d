"""Partner contacts ask for someone who knows of it, and see that it arrived."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.accounts.rules import grouped
from kith.base import clock
from kith.gate.commands import check
from kith.people.rules import Side
from kith.programmes.models import Programme
from kith.web import visitors
from kith.web.acts import actor_of, done, typed
from kith.web.words import near
from kith.welcome import commands, forms
from kith.welcome.models import Application
from kith.welcome.permissions import REFER, SEE_REFERRED
from kith.welcome.queries import desk as queries
from kith.welcome.queries import door as door_queries
from kith.welcome.rules.states import OPEN, State
from kith.welcome.views.intake import Intake, ask_along, say_faults
from kith.welcome.views.knocking import written_of


@require_GET
def referred(request: HttpRequest) -> HttpResponse:
    """Whom one asked for; only that it arrived, and whether it is finished on this side."""
    actor = actor_of(request)
    check(actor, SEE_REFERRED)
    rows = queries.referred(actor, after=_key(request.GET.get("after", "")))
    shown = rows[: queries.AT_ONCE]
    here = reverse("welcome:referred")
    page = {
        "lines": [_line(row) for row in shown],
        "next_url": f"{here}?after={shown[-1].pk}" if len(rows) > queries.AT_ONCE else "",
        "first_url": here if request.GET.get("after") else "",
    }
    return render(request, "welcome/referred.html", page)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _line(row: Application) -> dict[str, Any]:
    if State(row.state) in OPEN:
        said = _("We are in contact with the person, or will be soon.")
    else:
        said = _("Finished on our side. The person can tell you more.")
    return {"name": row.name, "said": said, "when": near(row.received_on, clock.today())}


@require_http_methods(["GET", "POST"])
def refer(request: HttpRequest) -> HttpResponse:
    """Ask for a mentor for someone; the receipt code is theirs."""
    actor, today = actor_of(request), clock.today()
    check(actor, REFER)
    programmes = [door.programme for door in door_queries.open_doors(Side.PARTICIPANT)]
    form = forms.PartnerForm(typed(request), programmes=programmes, today=today)
    mark = request.POST.get("mark", "")
    asked = ask_along(
        form,
        _chosen(request.POST.get("programme", ""), programmes),
        Side.PARTICIPANT,
        sent=typed(request),
        language=get_language() or "en",
    )
    received: list[commands.Received] = []
    if request.method == "POST":
        read = visitors.read_mark(mark)
        if read is None:
            form.add_error(None, visitors.look_again())
            mark = ""
        say_faults(form, asked)
        if not asked.brings_more and done(
            form,
            lambda: received.append(_take(request, form, asked, programmes, read or "")),
        ):
            return _receipt(request, received[0])
    page = {"form": form, "intake": asked, "mark": mark or visitors.new_mark()}
    return render(request, "welcome/refer.html", page)


def _chosen(wanted: str, programmes: list[Programme]) -> Programme | None:
    if len(programmes) == 1:
        return programmes[0]
    return next((one for one in programmes if str(one.pk) == wanted), None)


def _take(
    request: HttpRequest,
    form: forms.PartnerForm,
    asked: Intake,
    programmes: list[Programme],
    mark: str,
) -> commands.Received:
    return commands.refer(
        actor_of(request),
        programme=_chosen(form.cleaned_data.get("programme") or "", programmes),
        written=written_of(form, asked, language=get_language() or "en"),
        mark=mark,
        today=clock.today(),
    )


def _receipt(request: HttpRequest, received: commands.Received) -> HttpResponse:
    organisation_id = received.application.organisation_id
    page = {
        "receipt_code": grouped(received.code),
        "name": received.application.name,
        "address": _address(request, organisation_id),
    }
    return render(request, "welcome/referred_receipt.html", page)


def _address(request: HttpRequest, organisation_id: UUID) -> str:
    slug = door_queries.slug_of(organisation_id)
    if not slug:
        return ""
    path = reverse("welcome:state", args=[slug, get_language() or "en"])
    return request.build_absolute_uri(path)
