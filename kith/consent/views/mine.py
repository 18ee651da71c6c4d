"""A person's own consents: one thing at a time, to give, to refuse and to take back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.consent import commands, forms, queries
from kith.consent.queries import Answer
from kith.consent.rules.words import STAYS, STOPS
from kith.consent.views.shared import language_asked, language_links, line, purpose_or_404, text_for
from kith.people.models import Person
from kith.web.acts import actor_of, done
from kith.web.forms import KithForm


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """All purposes with what one has said about each."""
    person, today = own_or_404(request), clock.today()
    answers = queries.answers_of(actor_of(request), person)
    page = {
        "lines": [
            line(one, person, today) for one in answers if one.decision or one.asked_at_enrolment
        ],
        "next": queries.next_to_ask(answers),
    }
    return render(request, "consent/mine.html", page)


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One purpose: read it, then say yes or no; or take a yes back."""
    actor, person = actor_of(request), own_or_404(request)
    purpose = queries.worded(purpose_or_404(key), person)
    language = language_asked(request, purpose, get_language() or "", person.language)
    form = forms.OwnAnswerForm(request.POST or None, initial={"language": language})
    if request.method == "POST" and done(
        form,
        lambda: commands.record_answer(
            actor, person=person, purpose=key, now=clock.now(), **form.answer()
        ),
    ):
        return redirect(request.get_full_path())
    answers = queries.answers_of(actor, person)
    answer = _answer(answers, key)
    page = {
        "next": queries.next_to_ask(answers),
        "line": line(answer, person, clock.today()),
        "text": text_for(request, purpose, language),
        "languages": language_links(purpose, language, ""),
        "form": form,
    }
    return render(request, "consent/my_purpose.html", page)


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    """Take one's own yes back."""
    actor, person = actor_of(request), own_or_404(request)
    purpose = queries.worded(purpose_or_404(key, only_on_record=False), person)
    form = KithForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and done(
        form,
        lambda: commands.withdraw(actor, person=person, purpose=key, now=clock.now()),
    ):
        return redirect("consent:my_purpose", key=key)
    language = language_asked(request, purpose, get_language() or "")
    page: dict[str, Any] = {
        "text": text_for(request, purpose, language),
        "stops": STOPS[key],
        "stays": STAYS[key],
    }
    return render(request, "consent/my_withdrawal.html", page)


def own_or_404(request: HttpRequest) -> Person:
    """The signed-in person's own record."""
    person = queries.own_record(actor_of(request))
    if person is None:
        raise Http404
    return person


def _answer(answers: list[Answer], key: str) -> Answer:
    return next(one for one in answers if one.purpose.key == key)
