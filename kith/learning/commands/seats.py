"""A seat for somebody without an account: asked for, confirmed by a letter, taken."""

import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kith.accounts.commands.invitations import invite_oneself
from kith.accounts.events import InvitationAccepted
from kith.base import vault
from kith.base.errors import Refused
from kith.gate.actor import Actor, member_actor
from kith.gate.commands import command
from kith.learning.commands.joining import REFUSALS, door_of, join
from kith.learning.models import Edition, SeatRequest
from kith.learning.permissions import ASK_FOR_SEAT
from kith.learning.queries.seats import token_of
from kith.learning.rules.joining import LINK_LASTS, why_not

SECRET_BYTES = 24
CONTEXT = "seat"


class NotForAll(Refused):
    """Whoever has an account here may be able to join it."""

    sentence = _("This edition is not open to everybody any more. Below is what is open to you.")


class LinkOver(Refused):
    """Used or too old."""

    sentence = _("This link does not work any more. Ask for a seat once more.")


class NoLetter(Refused):
    """The mail server cannot be reached; it says nothing about an address."""

    sentence = _("The letter could not be sent just now. Nothing is lost: try it in a few minutes.")


@dataclass(frozen=True)
class SeatWish:
    """What somebody types who asks for a seat.

    language  in which they would like to read
    works_at  the organisation they work for; empty where they say none
    """

    name: str
    email: str
    country: str
    language: str
    works_at: str = ""


@dataclass(frozen=True)
class Asked:
    """A request; the code stands in the letter and is not stored. Empty for a form sent twice."""

    request: SeatRequest
    code: str


@command(ASK_FOR_SEAT)
def ask_for_seat(
    actor: Actor, *, edition: Edition, wish: SeatWish, mark: str, today: date, now: datetime
) -> Asked:
    """Keep what somebody typed until they confirm the address.

    Nothing differs for an address that has an account. Raises NotForAll, OtherCountry,
    EditionClosed, EditionFull, EditionCalledOff.
    """
    refuse_seat(edition, country=wish.country, today=today)
    kept_mark = vault.blind_hex("seat-form", mark)
    known = SeatRequest.objects.filter(mark=kept_mark).first()
    if known is not None:
        return Asked(known, "")
    code = secrets.token_urlsafe(SECRET_BYTES)
    request = SeatRequest.objects.create(
        edition=edition,
        token=token_of(code),
        mark=kept_mark,
        name=" ".join(wish.name.split()),
        email=wish.email,
        country=wish.country,
        works_at=" ".join(wish.works_at.split()),
        language=wish.language,
        asked_at=now,
    )
    return Asked(request, code)


@command(ASK_FOR_SEAT, on="request")
def take_back_request(actor: Actor, *, request: SeatRequest) -> None:
    """Erase a request of which no letter could be sent: the same form asks once more."""
    forget_seat_requests([request.pk])


def refuse_seat(edition: Edition, *, country: str, today: date) -> None:
    """Raise why somebody without an account has no seat here, where there is a reason."""
    if not edition.is_public:
        raise NotForAll
    reason = why_not(door_of(edition), country=country, today=today)
    if reason is not None:
        raise REFUSALS[reason]


@command(ASK_FOR_SEAT, on="request")
def confirm_seat(
    actor: Actor, *, request: SeatRequest, language: str, today: date, now: datetime
) -> str:
    """The address is theirs: gives the code of their way in, where they choose a password.

    language  of the pages that they read
    raises    LinkOver, NotForAll, OtherCountry, EditionClosed, EditionFull, EditionCalledOff
    """
    rows = SeatRequest.objects.select_for_update(of=("self",)).select_related("edition")
    row: SeatRequest | None = rows.filter(pk=request.pk, asked_at__gt=now - LINK_LASTS).first()
    if row is None:
        raise LinkOver
    refuse_seat(row.edition, country=row.country, today=today)
    invited = invite_oneself(
        actor,
        name=str(row.name),
        email=str(row.email),
        language=language,
        context=f"{CONTEXT}:{row.edition_id.hex}:{row.pk.hex}",
        expires_at=row.asked_at + LINK_LASTS,
    )
    return invited.code


def give_asked_seat(fact: InvitationAccepted, *, today: date, now: datetime) -> None:
    """Somebody has come in who asked for a seat: it is theirs, where there still is one."""
    row = _asked(fact.context)
    if row is None:
        return
    # Refused, they come out on the page of the edition: it says why, and what else there is.
    with suppress(Refused):
        join(
            member_actor(fact.membership),
            edition=row.edition,
            country=row.country,
            language=row.language,
            works_at=str(row.works_at),
            today=today,
            now=now,
        )
    forget_seat_requests([row.pk])


def _asked(context: str) -> SeatRequest | None:
    kind, _colon, rest = context.partition(":")
    if kind != CONTEXT:
        return None
    _edition, _colon, key = rest.partition(":")
    rows = SeatRequest.objects.select_related("edition")
    found: SeatRequest | None = rows.filter(pk=UUID(hex=key)).first()
    return found


def forget_seat_requests(keys: Iterable[UUID]) -> int:
    """Erase requests for good: the key first, then the row. Only inside a command."""
    rows = list(SeatRequest.objects.filter(pk__in=list(keys)))
    for row in rows:
        vault.forget(row.pk)
        row.delete()
    return len(rows)
