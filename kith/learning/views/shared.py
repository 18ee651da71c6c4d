"""What several pages of editions show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language

from kith.base import clock
from kith.gate.actor import Actor
from kith.learning.commands.joining import door_of
from kith.learning.models import Edition
from kith.learning.queries import editions as queries
from kith.learning.queries import requests
from kith.learning.rules import words
from kith.learning.rules.joining import why_not
from kith.web.acts import actor_of


@dataclass(frozen=True)
class Card:
    """An edition as a list shows it.

    why     why somebody cannot join; empty where they can
    reason  the same, as a word for templates
    """

    edition: Edition
    url: str
    course: str
    days: str
    closing: str
    countries: str
    seats: str
    why: str
    reason: str


def card_of(edition: Edition, *, country: str, today: date) -> Card:
    """Everything a card says to somebody who works in a country."""
    reason = why_not(door_of(edition), country=country, today=today)
    return Card(
        edition=edition,
        url=reverse("learning:edition", args=[edition.pk]),
        course=words.here(edition.course.title),
        days=words.days_words(edition.starts_on, edition.ends_on),
        closing=words.closing_words(edition.closes_on, today),
        countries=words.countries_words(edition.countries),
        seats=words.seats_words(edition.seats, edition.taken),
        reason=reason or "",
        why=""
        if reason is None
        else words.not_now_words(
            reason,
            countries=edition.countries,
            closes_on=edition.closes_on,
            today=today,
            country=country,
        ),
    )


def cards_of(editions: Iterable[Edition], *, country: str) -> list[Card]:
    """Cards of a list."""
    today = clock.today()
    return [card_of(one, country=country, today=today) for one in editions]


def country_of(actor: Actor) -> str:
    """Where the organisation is: the first guess of where somebody works."""
    return actor.organisation.country if actor.organisation is not None else ""


def ask_url(actor: Actor) -> str:
    """Where one asks for a training; empty where the public page is closed."""
    slug = requests.open_slug(actor)
    return reverse("learning:ask", args=[slug, get_language() or "en"]) if slug else ""


def edition_or_404(request: HttpRequest, pk: UUID) -> Edition:
    """An edition this actor may look at."""
    return get_object_or_404(queries.editions(actor_of(request)), pk=pk)


def to_give_or_404(request: HttpRequest, pk: UUID) -> Edition:
    """An edition this actor may change."""
    return get_object_or_404(queries.to_give(actor_of(request)), pk=pk)
