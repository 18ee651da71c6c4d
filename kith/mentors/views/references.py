"""References: named by the mentor, read by a coordinator who decides."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.mentors import commands
from kith.mentors.commands import Asked
from kith.mentors.forms import RefereeForm
from kith.mentors.models import Reference
from kith.mentors.queries import references as queries
from kith.mentors.rules.references import KEEP_DECIDED, OPEN, State, questions
from kith.mentors.rules.words import REFERENCE_STATES, REFERENCE_TONES
from kith.mentors.views.letters import link_to, send_questions
from kith.mentors.views.shared import me_or_404
from kith.people.models import Person
from kith.web.acts import actor_of, done, typed
from kith.web.words import full_day


@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Whom you named, and naming somebody."""
    actor, person, today = actor_of(request), me_or_404(request), clock.today()
    form = RefereeForm(typed(request), initial={"language": get_language()})
    asked: list[Asked] = []

    def name() -> None:
        said = {key: form.cleaned_data[key] for key in ("name", "email", "language")}
        asked.append(commands.name_referee(actor, person=person, today=today, **said))

    if request.method == "POST" and done(form, name):
        _tell(request, person, asked[0])
        return redirect("mentors:references")
    page = {
        "form": form,
        "rows": [own_line(one) for one in queries.named_by(actor, person)],
    }
    return render(request, "mentors/references.html", page)


def _tell(request: HttpRequest, person: Person, asked: Asked) -> None:
    if send_questions(request, asked):
        commands.note_mailed(actor_of(request), person=person, reference=asked.reference)
        said = _("We sent %(name)s five questions by e-mail.")
    else:
        said = _("Noted. Your coordinator gives %(name)s the link with the questions.")
    messages.success(request, said % {"name": asked.reference.name})


def own_line(one: Reference) -> dict[str, Any]:
    """A reference as everyone sees it who may know that it was asked for."""
    state = State(one.state)
    return {
        "name": str(one.name),
        "asked": _("Asked on %(day)s.") % {"day": full_day(one.asked_on)},
        "state": REFERENCE_STATES[state],
        "tone": REFERENCE_TONES[state],
        "back_url": reverse("mentors:take_name_back", args=[one.pk])
        if state in {State.ASKED, State.REFUSED}
        else "",
    }


@require_POST
def take_name_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a name back while nobody has answered."""
    actor, person = actor_of(request), me_or_404(request)
    reference = get_object_or_404(queries.own_references(actor), pk=pk, person=person)
    commands.take_name_back(actor, person=person, reference=reference)
    return redirect("mentors:references")


# ── The reviewer ─────────────────────────────────────────────────────────────────────────────────


@require_GET
def read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What somebody wrote, and the decision."""
    reference = _to_read_or_404(request, pk)
    return _read_page(request, reference)


def _read_page(request: HttpRequest, reference: Reference, link: str = "") -> HttpResponse:
    actor, state = actor_of(request), State(reference.state)
    said = commands.read_reference(actor, reference=reference)
    language = get_language() or "en"
    page = {
        "reference": reference,
        "person": reference.person,
        "person_url": reverse("people:person", args=[reference.person_id]),
        "state": REFERENCE_STATES[state],
        "tone": REFERENCE_TONES[state],
        "answers": [
            (one.text.say(language), said[one.key])
            for one in questions().questions
            if one.key in said
        ],
        "is_asked": state is State.ASKED,
        "may_decide": state is State.ANSWERED,
        "is_decided": state not in OPEN,
        "keep_days": KEEP_DECIDED.days,
        "link": link,
    }
    return render(request, "mentors/reference.html", page)


@require_POST
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It counts, or it does not."""
    reference = _to_read_or_404(request, pk)
    counts = request.POST.get("counts") == "yes"
    commands.decide_reference(
        actor_of(request),
        reference=reference,
        counts=counts,
        today=clock.today(),
        now=clock.now(),
    )
    said = _("Noted as a check.") if counts else _("Noted. It does not count as a check.")
    messages.success(request, said)
    return redirect("people:person", pk=reference.person_id)


@require_POST
def new_link(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A fresh link, sent again or shown once to be handed over."""
    reference = _to_read_or_404(request, pk)
    asked = commands.new_link(actor_of(request), reference=reference, today=clock.today())
    if send_questions(request, asked):
        messages.success(request, _("The questions were sent again. The link before is dead."))
        return redirect("mentors:reference", pk=pk)
    return _read_page(request, asked.reference, link=link_to(request, asked))


def _to_read_or_404(request: HttpRequest, pk: UUID) -> Reference:
    found: Reference = get_object_or_404(queries.to_read(actor_of(request)), pk=pk)
    return found
