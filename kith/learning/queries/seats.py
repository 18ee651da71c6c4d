"""Seats for those without an account: editions open to everybody, and what was asked for."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from kith.base import vault
from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.learning.models import Edition, SeatRequest
from kith.learning.permissions import ASK_FOR_SEAT
from kith.learning.queries.editions import editions, public_editions
from kith.learning.rules.joining import LINK_LASTS


def token_of(code: str) -> str:
    """What is stored of the code in a letter."""
    return vault.blind_hex("seat-request", code)


def open_to_all(actor: Actor) -> "QuerySet[Edition]":
    """Editions that somebody without an account may look at, past ones too."""
    return editions(actor).filter(is_public=True)


def request_behind(actor: Actor, code: str, *, now: datetime) -> SeatRequest | None:
    """What was asked for by the letter with this code; None once it is taken or too old."""
    rows = visible(actor, ASK_FOR_SEAT, SeatRequest.objects.select_related("edition__course"))
    found: SeatRequest | None = rows.filter(
        token=token_of(code), asked_at__gt=now - LINK_LASTS
    ).first()
    return found


def other_editions(actor: Actor, *, country: str, today: date, besides: UUID) -> list[Edition]:
    """Editions open to everybody that somebody who works in a country can join today."""
    rows = public_editions(actor, today=today)
    return [one for one in rows if one.pk != besides and _takes(one, country)]


def _takes(edition: Edition, country: str) -> bool:
    is_there = not country or not edition.countries or country in edition.countries
    return is_there and (edition.seats is None or edition.taken < edition.seats)


def seat_requests_due(day: date) -> "QuerySet[SeatRequest, UUID]":
    """Requests that were sent on a day or before it and not confirmed since."""
    rows = SeatRequest.objects.filter(asked_at__date__lte=day)
    return rows.order_by("id").values_list("pk", flat=True)
