"""What someone agreed to: the section on a record, the history, a receipt, the printed text."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from kith.base import clock
from kith.consent import queries
from kith.consent.models import Consent
from kith.consent.rules import (
    Purpose,
    languages_of,
    load_purpose,
    purpose_in_words_of,
    read_by_mentors,
)
from kith.consent.rules.words import PurposeText, text_of
from kith.consent.views.shared import (
    Line,
    explained_by,
    language_asked,
    language_links,
    line,
    person_or_404,
    person_url,
    purpose_or_404,
    said,
    text_for,
)
from kith.people.rules import Side
from kith.people.rules.labels import language_name
from kith.web.acts import actor_of
from kith.web.components import Event

ICONS = {"given": "check", "refused": "close", "withdrawn": "leave"}


@dataclass(frozen=True)
class Grouped:
    """The lines of a record: those asked at the beginning, and those asked when needed."""

    first: list[Line]
    later: list[Line]


@require_GET
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Section on a person's page: each purpose with its state and its acts."""
    actor, row, today = actor_of(request), person_or_404(request, pk), clock.today()
    answers = queries.answers_of(actor, row)
    lines = [line(one, row, today) for one in answers]
    page = {
        "person": row,
        "lines": Grouped(
            first=[one for one in lines if one.answer.asked_at_enrolment],
            later=[one for one in lines if not one.answer.asked_at_enrolment],
        ),
        "next": queries.next_to_ask(answers),
        "may_answer": any(one.may_answer for one in answers),
        "back": person_url(pk),
    }
    return render(request, "consent/person.html", page)


@require_GET
def history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every answer someone gave, newest first."""
    actor, row, today = actor_of(request), person_or_404(request, pk), clock.today()
    page = {
        "person": row,
        "events": [_event(one) for one in queries.history_of(actor, person=row)],
        "today": today,
        "back": person_url(pk),
    }
    return render(request, "consent/history.html", page)


@require_GET
def receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One answer as a paper: what was asked in which words, what was said, who signed."""
    decision = decision_or_404(request, pk)
    page = {
        "decision": decision,
        "person": decision.person,
        "explained_by": explained_by(decision),
        "language": language_name(decision.language),
        "text": text_then(decision),
        "title": title_of(decision),
    }
    return render(request, "consent/receipt.html", page)


@require_GET
def text(request: HttpRequest, key: str) -> HttpResponse:
    """The text of a purpose to read or print, in a language of one's choice."""
    purpose = purpose_read(request, key)
    language = language_asked(request, purpose, request.LANGUAGE_CODE)
    page = {
        "text": text_for(request, purpose, language),
        "languages": language_links(purpose, language, ""),
        "as_mentor": request.GET.get("as") == Side.MENTOR.value,
        "organisation": actor_of(request).organisation,
    }
    return render(request, "consent/text.html", page)


def decision_or_404(request: HttpRequest, pk: UUID) -> Consent:
    """An answer this actor may read; the look is noted."""
    actor = actor_of(request)
    found = get_object_or_404(queries.decisions(actor), pk=pk)
    return queries.receipt_of(actor, decision=found)


def purpose_read(request: HttpRequest, key: str) -> Purpose:
    """The purpose of that key, as participants or as mentors read it."""
    if request.GET.get("as") == Side.MENTOR.value:
        purpose_or_404(key)
        return read_by_mentors(key)
    return purpose_or_404(key)


def _event(decision: Consent) -> Event:
    return Event(
        on=decision.decided_on,
        what=title_of(decision),
        text=said(decision, clock.today()),
        icon=ICONS[decision.state],
        url=reverse("consent:receipt", args=[decision.pk]),
    )


def title_of(decision: Consent) -> str:
    """What was asked, in the language of the page."""
    purpose = queries.worded(load_purpose(decision.purpose), decision.person)
    names = {**dict.fromkeys(purpose.names, ""), "partner": str(decision.recipient)}
    return purpose.title.say(get_language() or "en", **names)


def text_then(decision: Consent) -> PurposeText | None:
    """The words in which the answer was given; None when an old version was not kept."""
    purpose = purpose_in_words_of(
        decision.purpose, decision.version, for_mentors=queries.reads_as_mentor(decision.person)
    )
    if purpose is None:
        return None
    written = languages_of(purpose)
    return text_of(
        purpose,
        language=decision.language if decision.language in written else "en",
        organisation=str(decision.organisation),
        partner=str(decision.recipient),
    )
