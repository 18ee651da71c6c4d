"""Organisations that ask for a training, as those see them who answer; and the public page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock, mail
from kith.gate.commands import check
from kith.learning.commands import asking as commands
from kith.learning.forms.asking import AnswerForm, PageForm
from kith.learning.models import LearningPage, TrainingRequest
from kith.learning.permissions import ANSWER_REQUESTS, GIVE_COURSES
from kith.learning.queries import requests as queries
from kith.learning.rules import words
from kith.learning.rules.states import RequestState
from kith.web.acts import actor_of, done, typed
from kith.web.components import Filter
from kith.web.words import country_name, near


@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Who asked, those first who wait for an answer."""
    actor, after = actor_of(request), request.GET.get("after", "")
    check(actor, ANSWER_REQUESTS)
    chosen = request.GET.get("state", "")
    state = RequestState(chosen) if chosen in set(RequestState) else RequestState.NEW
    part = queries.part_of_list(actor, state=state, after=after)
    page = {
        "lines": [_line(one) for one in part.requests],
        "filters": [
            Filter(label=label, url=f"?state={one}", is_current=one is state)
            for one, label in words.REQUEST_WORDS.items()
        ],
        "next_url": f"?state={state}&after={part.after}" if part.after else "",
        "first_url": f"?state={state}" if after else "",
        "page": queries.own_page(actor),
    }
    return render(request, "learning/requests.html", page)


def _line(row: TrainingRequest) -> dict[str, Any]:
    return {
        "row": row,
        "country": country_name(row.country),
        "when": near(timezone.localdate(row.created_at), clock.today()),
    }


def _request_or_404(request: HttpRequest, pk: UUID) -> TrainingRequest:
    return get_object_or_404(queries.requests(actor_of(request)), pk=pk)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One request, and its answer."""
    actor, row = actor_of(request), _request_or_404(request, pk)
    form = AnswerForm(typed(request))
    if request.method == "POST" and done(
        form,
        lambda: commands.answer_request(actor, request=row, now=clock.now(), **form.cleaned_data),
    ):
        _tell(request, row)
        return redirect("learning:request", pk=pk)
    page = {
        "row": row,
        "form": form,
        "is_new": row.state == RequestState.NEW.value,
        "state": words.REQUEST_WORDS[RequestState(row.state)],
        "country": country_name(row.country),
        "language": words.language_words(row.language),
        "when": near(timezone.localdate(row.created_at), clock.today()),
    }
    return render(request, "learning/request.html", page)


def _tell(request: HttpRequest, row: TrainingRequest) -> None:
    """Send the answer, or say that it has to be copied."""
    if mail.is_set_up() and _sent(request, row):
        messages.success(request, _("Sent by e-mail."))
    else:
        messages.warning(
            request, _("Kept, but not sent by e-mail. Copy the answer below and send it yourself.")
        )


def _sent(request: HttpRequest, row: TrainingRequest) -> bool:
    slug = queries.open_slug(actor_of(request))
    with translation.override(row.language):
        link = reverse("learning:front", args=[slug, row.language]) if slug else ""
        values = {
            "row": row,
            "organisation": str(actor_of(request).organisation),
            "link": request.build_absolute_uri(link) if link else "",
        }
        subject = _("Your request for a training")
        text = render_to_string("learning/mail_answer.txt", values)
    return mail.send(to=str(row.email), subject=subject, text=text) is mail.Outcome.SENT


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Nothing more is to be done."""
    row = _request_or_404(request, pk)
    commands.close_request(actor_of(request), request=row, now=clock.now())
    messages.success(request, _("Closed. It is erased in twelve months."))
    return redirect("learning:requests")


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The address of the public page of courses, and whether it is open."""
    actor = actor_of(request)
    check(actor, GIVE_COURSES)
    row = queries.own_page(actor)
    form = PageForm(typed(request), initial=_first(request, row))
    if request.method == "POST" and done(
        form, lambda: commands.set_page(actor, **form.cleaned_data)
    ):
        messages.success(request, _("Saved. This is what everyone can read now."))
        return redirect("learning:page")
    address = reverse("learning:any_language", args=[row.slug]) if row else ""
    values = {
        "form": form,
        "page": row,
        "address": request.build_absolute_uri(address) if address else "",
    }
    return render(request, "learning/page.html", values)


def _first(request: HttpRequest, row: LearningPage | None) -> dict[str, Any]:
    if row is not None:
        return {"slug": row.slug, "is_open": row.is_open}
    return {"slug": slugify(str(actor_of(request).organisation))[:40]}
