"""What every view of this room needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from kith.activities.models import Activity, SignUp
from kith.activities.queries import lists
from kith.activities.rules.plan import ActivityState, Answer
from kith.activities.rules.words import ANSWER_WORDS, places_words, when_words
from kith.base import clock
from kith.web.acts import actor_of


def activity_or_404(request: HttpRequest, pk: UUID) -> Activity:
    """An activity this actor may see."""
    return get_object_or_404(lists.activities(actor_of(request)), pk=pk)


def to_plan_or_404(request: HttpRequest, pk: UUID) -> Activity:
    """An activity this actor may change."""
    return get_object_or_404(lists.to_plan(actor_of(request)), pk=pk)


def to_note_or_404(request: HttpRequest, pk: UUID) -> Activity:
    """An activity of which this actor may see who comes."""
    return get_object_or_404(lists.to_note(actor_of(request)), pk=pk)


@dataclass(frozen=True)
class Card:
    """An activity as a list shows it."""

    activity: Activity
    url: str
    when: str
    places: str
    answer: str
    is_coming: bool
    is_waiting: bool
    is_off: bool
    is_over: bool

    @property
    def may_say_yes(self) -> bool:
        """Whether the one who reads can still sign up."""
        return not (self.is_off or self.is_over or self.is_coming or self.is_waiting)

    @property
    def may_say_no(self) -> bool:
        """Whether there is a yes that can be taken back."""
        return not (self.is_off or self.is_over) and (self.is_coming or self.is_waiting)


def card_of(activity: Activity, answer: SignUp | None, *, today: date) -> Card:
    """Everything a card of an activity says."""
    said = Answer(answer.answer) if answer is not None else None
    end = activity.starts_at + timedelta(minutes=activity.minutes)
    return Card(
        activity=activity,
        url=reverse("activities:activity", args=[activity.pk]),
        when=when_words(activity.starts_at, activity.minutes, today),
        places=places_words(activity.places, activity.taken),
        answer=str(ANSWER_WORDS[said]) if said in {Answer.COMING, Answer.WAITING} else "",
        is_coming=said is Answer.COMING,
        is_waiting=said is Answer.WAITING,
        is_off=activity.state == ActivityState.CALLED_OFF.value,
        is_over=end <= clock.now(),
    )


def cards_of(rows: Sequence[Activity], answers: Mapping[UUID, SignUp]) -> list[Card]:
    """Cards of a list."""
    today = timezone.localdate(clock.now())
    return [card_of(one, answers.get(one.pk), today=today) for one in rows]
