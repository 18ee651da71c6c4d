"""What every view of this room needs."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language

from kith.consent import queries
from kith.consent.models import Consent
from kith.consent.queries import Answer
from kith.consent.rules import Purpose, State, all_purposes, languages_of
from kith.consent.rules.words import (
    ASKED_ON_THE_RECORD,
    PurposeText,
    own_name,
    state_words,
    text_of,
)
from kith.people.models import Person
from kith.web.acts import actor_of
from kith.web.components import Tone


@dataclass(frozen=True)
class Line:
    """A purpose with its state, as a page tells it."""

    answer: Answer
    title: str
    icon: str
    words: str
    tone: Tone

    @property
    def key(self) -> str:
        return self.answer.purpose.key


@dataclass(frozen=True)
class LanguageLink:
    """A language the text can be read in."""

    code: str
    name: str
    is_current: bool
    is_the_persons: bool


def person_or_404(request: HttpRequest, pk: UUID) -> Person:
    """Someone this actor may ask, and works with or said why."""
    rows = queries.persons_to_ask(actor_of(request))
    return queries.opened(actor_of(request), get_object_or_404(rows, pk=pk))


def person_url(person_id: UUID) -> str:
    """Where someone's record is."""
    return reverse("people:person", args=[person_id])


def purpose_or_404(key: str, *, only_on_record: bool = True) -> Purpose:
    """The purpose of that key."""
    keys = ASKED_ON_THE_RECORD if only_on_record else [one.key for one in all_purposes()]
    if key not in keys:
        raise Http404
    return next(one for one in all_purposes() if one.key == key)


def line(answer: Answer, person: Person, today: date) -> Line:
    """One purpose for a page in the language of that page."""
    language, decision = get_language() or "en", answer.decision
    purpose = queries.worded(answer.purpose, person)
    names = dict.fromkeys(purpose.names, "")
    if decision is not None and "partner" in names:
        names["partner"] = str(decision.recipient)
    return Line(
        answer=answer,
        title=purpose.title.say(language, **names),
        icon=purpose.pictogram.key,
        words=said(decision, today),
        tone=_tone(decision),
    )


def said(decision: Consent | None, today: date) -> str:
    """A decision in words."""
    if decision is None:
        return state_words(
            None, on=None, today=today, explained_by="", language="", interpreter=False
        )
    return state_words(
        State(decision.state),
        on=decision.decided_on,
        today=today,
        explained_by=explained_by(decision),
        language=decision.language,
        interpreter=bool(decision.interpreter),
    )


def explained_by(decision: Consent) -> str:
    """Who explained; empty when the person answered alone."""
    member = decision.explained_by
    if member is None or member.user_id == decision.person.user_id:
        return ""
    return str(member.name)


def _tone(decision: Consent | None) -> Tone:
    if decision is None:
        return "info"
    return "good" if decision.state == State.GIVEN.value else "calm"


def text_for(request: HttpRequest, purpose: Purpose, language: str) -> PurposeText:
    """A purpose's text with the name of the organisation in it."""
    return text_of(purpose, language=language, organisation=str(actor_of(request).organisation))


def language_asked(request: HttpRequest, purpose: Purpose, *wanted: str) -> str:
    """The language of the text: as asked, else the first that is written, else English."""
    written = languages_of(purpose)
    asked = (request.GET.get("language", ""), *wanted)
    return next((language for language in asked if language in written), "en")


def language_links(purpose: Purpose, current: str, persons: str) -> list[LanguageLink]:
    """The languages a text can be read in, the person's own marked."""
    return [
        LanguageLink(code, own_name(code), code == current, code == persons)
        for code in languages_of(purpose)
    ]
