"""Applying to be a mentor, and asking for one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from kith.accounts.rules import grouped
from kith.base import clock
from kith.people.rules import Side
from kith.programmes.models import Programme
from kith.programmes.rules.words import expectation_sentences
from kith.web import visitors
from kith.web.acts import done, typed
from kith.web.words import near
from kith.welcome import commands, forms
from kith.welcome.models import Door
from kith.welcome.queries import door as queries
from kith.welcome.rules.states import ANSWER_WITHIN, AskedBy
from kith.welcome.views import public
from kith.welcome.views.intake import Intake, ask_along, say_faults
from kith.welcome.views.mail import tell_receipt
from kith.welcome.views.public import Visit, page

FORMS: dict[AskedBy, Any] = {
    AskedBy.SELF: forms.RequestForm,
    AskedBy.HELPER: forms.HelperForm,
    AskedBy.ORGANISATION: forms.OrganisationForm,
}


@public.public
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def mentor(request: HttpRequest, visit: Visit, door: str) -> HttpResponse:
    """The application to be a mentor in one programme."""
    found = queries.door_at(door, Side.MENTOR)
    if found is None:
        raise Http404
    form = forms.MentorForm(typed(request), least_age=found.least_age)
    values = {
        "facts": public.programme_facts(found, visit.language),
        "notice": public.notice(Side.MENTOR, visit),
        "answer_days": ANSWER_WITHIN[Side.MENTOR].days,
    }
    return _ask(request, visit, "mentor.html", form, Side.MENTOR, found.programme, values)


@public.public
def who_asks(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For whom: oneself, someone one helps, or as an organisation."""
    _participant_doors()
    values = {"urls": {one.value: visit.url("request_for", one.value) for one in AskedBy}}
    return page(request, visit, "who_asks.html", values)


@public.public
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def request_for(request: HttpRequest, visit: Visit, who: str) -> HttpResponse:
    """The request for a mentor."""
    if who not in set(AskedBy):
        raise Http404
    asked_by, doors = AskedBy(who), _participant_doors()
    programmes = [door.programme for door in doors]
    extra = {"today": clock.today()} if asked_by is AskedBy.ORGANISATION else {}
    form = FORMS[asked_by](typed(request), programmes=programmes, **extra)
    only = programmes[0] if len(programmes) == 1 else None
    values = {
        "asked_by": asked_by.value,
        "notice": public.notice(Side.PARTICIPANT, visit),
        "answer_days": ANSWER_WITHIN[Side.PARTICIPANT].days,
        "expected": expectation_sentences(queries.wait_at(only)) if only else [],
    }
    return _ask(request, visit, "request.html", form, Side.PARTICIPANT, only, values)


def _participant_doors() -> list[Door]:
    doors = queries.open_doors(Side.PARTICIPANT)
    if not doors:
        raise Http404
    return doors


def _ask(
    request: HttpRequest,
    visit: Visit,
    template: str,
    form: Any,
    side: Side,
    programme: Programme | None,
    values: dict[str, Any],
) -> HttpResponse:
    """Show a form, keep what was typed, take it in once, and give the receipt."""
    mark = request.POST.get("mark", "")
    asked = ask_along(
        form,
        programme or _wanted(request.POST.get("programme", "")),
        side,
        sent=typed(request),
        language=visit.language,
    )
    if request.method == "POST":
        if visitors.is_too_fast(request, visitors.SENT):
            return public.too_many(request, visit)
        read = visitors.read_mark(mark)
        if read is None:
            form.add_error(None, visitors.look_again())
            mark = ""
        say_faults(form, asked)
        received: list[commands.Received] = []
        if not asked.brings_more and done(
            form, lambda: received.append(_take(visit, form, asked, side, programme, read or ""))
        ):
            return _receipt(request, visit, received[0], side)
    values = values | {"form": form, "intake": asked, "mark": mark or visitors.new_mark()}
    return page(request, visit, template, values)


def _take(
    visit: Visit, form: Any, asked: Intake, side: Side, programme: Programme | None, mark: str
) -> commands.Received:
    return commands.apply(
        visit.visitor,
        side=side,
        programme=programme or _wanted(form.cleaned_data.get("programme") or ""),
        written=written_of(form, asked, language=visit.language),
        mark=mark,
        today=clock.today(),
    )


def _wanted(wanted: str) -> Programme | None:
    doors = queries.open_doors(Side.PARTICIPANT) if wanted else []
    return next((door.programme for door in doors if str(door.programme_id) == wanted), None)


def written_of(form: Any, asked: Intake, *, language: str) -> commands.Written:
    """What a valid form says, as the command takes it."""
    for_other = isinstance(form, forms.RequestForm)
    return commands.Written(
        **form.contact(),
        language=language,
        is_adult=form.cleaned_data["is_adult"],
        answers=form.answers(),
        safe_to_write=form.safe() if for_other else None,
        helper=form.helper() if for_other else None,
        asked_by=form.asked_by if for_other else AskedBy.SELF,
        intake=asked.answers,
    )


def _receipt(
    request: HttpRequest, visit: Visit, received: commands.Received, side: Side
) -> HttpResponse:
    state_url = request.build_absolute_uri(
        reverse("welcome:state", args=[visit.front.slug, visit.language])
    )
    row, today = received.application, clock.today()
    mailed = tell_receipt(row, organisation=visit.name, code=received.code, link=state_url)
    values = {
        "receipt_code": grouped(received.code),
        "state_url": state_url,
        "is_mentor": side is Side.MENTOR,
        "asked_by": row.asked_by,
        "answer_by": near(row.due_on, today) if row.due_on else "",
        "is_mailed": mailed,
    }
    return page(request, visit, "receipt.html", values)
