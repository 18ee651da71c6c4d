"""What every view of this room needs."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from kith.people.models import Person
from kith.programmes.models import Programme
from kith.programmes.queries import programmes
from kith.questionnaires.models import Answers, Asking, Questionnaire, Version
from kith.questionnaires.queries import answers as own
from kith.questionnaires.queries import lists
from kith.questionnaires.rules import Occasion, occasion_of
from kith.web.acts import actor_of


def language() -> str:
    """The language of the page."""
    return get_language() or "en"


def questionnaire_or_404(request: HttpRequest, pk: UUID) -> Questionnaire:
    return get_object_or_404(lists.questionnaires(actor_of(request)), pk=pk)


def version_or_404(request: HttpRequest, pk: UUID) -> Version:
    return get_object_or_404(lists.versions(actor_of(request)), pk=pk)


def draft_or_404(request: HttpRequest, pk: UUID) -> Version:
    return get_object_or_404(lists.drafts(actor_of(request)), pk=pk)


def asking_or_404(request: HttpRequest, pk: UUID) -> Asking:
    return get_object_or_404(lists.askings(actor_of(request)), pk=pk)


def programme_or_404(request: HttpRequest, pk: UUID) -> Programme:
    return get_object_or_404(programmes(actor_of(request)), pk=pk)


def person_or_404(request: HttpRequest, pk: UUID) -> Person:
    """Someone whom this actor may ask."""
    return get_object_or_404(own.people_to_ask(actor_of(request)), pk=pk)


def own_or_404(request: HttpRequest) -> Person:
    """The record of the one who is signed in."""
    row = own.own_record(actor_of(request))
    if row is None:
        raise Http404
    return row


def answers_or_404(request: HttpRequest, pk: UUID) -> Answers:
    """Answers this actor may go on with."""
    return get_object_or_404(own.own_answers(actor_of(request)), pk=pk)


def occasion_or_404(key: str) -> Occasion:
    try:
        return occasion_of(key)
    except ValueError as fault:
        raise Http404 from fault
