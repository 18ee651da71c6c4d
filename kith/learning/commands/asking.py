"""Asking for a training, and answering."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from kith.base import vault
from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.learning.models import LearningPage, TrainingRequest
from kith.learning.permissions import ANSWER_REQUESTS, ASK_FOR_TRAINING, GIVE_COURSES
from kith.learning.rules.states import RequestState

TWICE = timedelta(minutes=10)
MOST_COMPARED = 20


class AnswerMissing(Refused):
    """Who asks gets words back."""

    sentence = _("Write an answer first.")


class AddressTaken(Refused):
    """Every address leads to one page."""

    sentence = _("This address is taken. Choose another one.")


@dataclass(frozen=True)
class Wish:
    """What an organisation asks for.

    people  about how many; None when nobody knows yet
    """

    asking: str
    name: str
    email: str
    country: str
    language: str
    wish: str
    people: int | None = None


@command(ASK_FOR_TRAINING)
def ask(actor: Actor, *, wish: Wish, now: datetime) -> TrainingRequest:
    """Ask for a training for one's organisation. Sent twice at once, it is kept once."""
    before = TrainingRequest.objects.filter(
        asking=wish.asking, state=RequestState.NEW.value, created_at__gt=now - TWICE
    )
    same = (wish.email, wish.wish)
    for one in list[TrainingRequest](before[:MOST_COMPARED]):
        if (str(one.email), str(one.wish)) == same:
            return one
    return TrainingRequest.objects.create(
        asking=wish.asking,
        name=wish.name,
        email=wish.email,
        country=wish.country,
        language=wish.language,
        people=wish.people,
        wish=wish.wish,
    )


@command(ANSWER_REQUESTS, on="request")
def answer_request(
    actor: Actor, *, request: TrainingRequest, answer: str, now: datetime
) -> TrainingRequest:
    """Write what is answered. Raises AnswerMissing."""
    if not answer.strip():
        raise AnswerMissing
    request.answer, request.state = answer, RequestState.ANSWERED.value
    request.answered_by, request.answered_at = actor.membership, now
    request.save()
    return request


@command(ANSWER_REQUESTS, on="request")
def close_request(actor: Actor, *, request: TrainingRequest, now: datetime) -> TrainingRequest:
    """Nothing more is to be done; from now on its time runs, where it was not answered."""
    request.state = RequestState.CLOSED.value
    request.answered_at = request.answered_at or now
    request.save(update_fields=["state", "answered_at"])
    return request


def forget_requests(keys: Iterable[UUID]) -> int:
    """Erase requests for good: the key first, then the row.

    Only inside a command: the retention run calls it.
    """
    rows = list(TrainingRequest.objects.filter(pk__in=list(keys)))
    for row in rows:
        vault.forget(row.pk)
        row.delete()
    return len(rows)


def set_page(actor: Actor, *, slug: str, is_open: bool) -> LearningPage:
    """Say where the public page of courses is, and whether it is open. Raises AddressTaken."""
    try:
        return _set_page(actor, slug=slug, is_open=is_open)
    except IntegrityError as taken:
        # Other organisations are out of sight: only the table itself knows that it is taken.
        raise AddressTaken from taken


@command(GIVE_COURSES)
def _set_page(actor: Actor, *, slug: str, is_open: bool) -> LearningPage:
    page: LearningPage = LearningPage.objects.first() or LearningPage()
    page.slug, page.is_open = slug, is_open
    page.save()
    return page
