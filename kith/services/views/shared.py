"""What every view of this room needs."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from kith.base import clock
from kith.people.models import Person
from kith.services.models import DirectoryImport, Referral, Service
from kith.services.queries import entries, imports, referrals, search
from kith.services.rules import hours, words
from kith.services.rules.facts import Facts, Spot, facts_of
from kith.web.acts import actor_of
from kith.web.words import isolated


def service_or_404(request: HttpRequest, pk: UUID) -> Service:
    """An entry of this organisation's directory."""
    return get_object_or_404(search.services(actor_of(request)), pk=pk)


def entry_to_keep(request: HttpRequest, pk: UUID) -> Service:
    """An entry this actor may change."""
    return get_object_or_404(entries.entries_to_keep(actor_of(request)), pk=pk)


def batch_or_404(request: HttpRequest, pk: UUID) -> DirectoryImport:
    return get_object_or_404(imports.imports(actor_of(request)), pk=pk)


def referral_or_404(request: HttpRequest, pk: UUID) -> Referral:
    return get_object_or_404(referrals.referrals(actor_of(request)), pk=pk)


def person_or_404(request: HttpRequest, key: str | UUID) -> Person:
    """Someone to whom this actor may offer a service."""
    try:
        wanted = UUID(str(key))
    except ValueError as fault:
        raise Http404 from fault
    return get_object_or_404(referrals.people_to_offer(actor_of(request)), pk=wanted)


def local_now() -> datetime:
    """The moment on the clock of this installation, by which opening hours are read."""
    return timezone.localtime(clock.now())


@dataclass(frozen=True)
class Card:
    """A service as a page shows it."""

    service: Service
    facts: Facts
    url: str
    needs: list[tuple[str, str]]
    languages: str
    cost: str
    hours: list[tuple[str, str]]
    open_words: str
    is_open: bool
    distance: str
    checked: str
    state: str

    @property
    def spot(self) -> Spot | None:
        """The first place of the service."""
        return self.facts.spots[0] if self.facts.spots else None


def card_of(service: Service, *, now: datetime, km: float | None = None, query: str = "") -> Card:
    """Everything a card of a service says."""
    facts, today = facts_of(service.record), now.date()
    is_open = hours.is_open(facts.openings, now)
    return Card(
        service=service,
        facts=facts,
        url=reverse("services:service", args=[service.pk]) + query,
        needs=[(words.need_name(need), words.need_icon(need)) for need in facts.needs],
        languages=words.language_words(facts.languages),
        cost=words.cost_words(facts),
        hours=words.hours_words(facts.openings, today),
        open_words=words.open_words(facts.openings, is_open),
        is_open=is_open,
        distance=isolated(f"{km:.1f} km") if km is not None else "",
        checked=words.checked_words(facts, today),
        state=str(words.SERVICE_STATES[facts.state]),
    )
