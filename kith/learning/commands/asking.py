"""Asking for a training, and answering."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.learning.models import TrainingRequest
from kith.learning.permissions import ANSWER_REQUESTS, ASK_FOR_TRAINING
from kith.learning.rules.states import RequestState


class AnswerMissing(Refused):
    """Who asks gets words back."""

    sentence = _("Write an answer first.")


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
def ask(actor: Actor, *, wish: Wish) -> TrainingRequest:
    """Ask for a training for one's organisation."""
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
def close_request(actor: Actor, *, request: TrainingRequest) -> TrainingRequest:
    """Nothing more is to be done."""
    request.state = RequestState.CLOSED.value
    request.save(update_fields=["state"])
    return request
