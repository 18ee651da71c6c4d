"""The public page of courses, and what organisations ask for."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.base import scope
from kith.base.models import Organisation
from kith.gate.actor import Actor, visitor_of
from kith.gate.permissions import visible
from kith.learning.models import LearningPage, TrainingRequest
from kith.learning.permissions import ANSWER_REQUESTS, GIVE_COURSES
from kith.learning.queries.editions import is_key
from kith.learning.rules.states import RequestState

AT_ONCE = 20
MOST_COUNTED = 99
KEEP_REQUESTS = timedelta(days=365)


@dataclass(frozen=True)
class OpenPage:
    """A public page that is open, and the one who looks at it."""

    page: LearningPage
    organisation: Organisation
    visitor: Actor


@dataclass(frozen=True)
class Page:
    """A page of the list of requests, and where the next one begins."""

    requests: list[TrainingRequest]
    after: str


def page_at(slug: str) -> OpenPage | None:
    """The open page at an address, whoever's it is."""
    with scope.entered(signing_in=True):
        page: LearningPage | None = LearningPage.objects.filter(slug=slug, is_open=True).first()
    if page is None:
        return None
    with scope.entered(page.organisation_id):
        organisation = Organisation.objects.get(pk=page.organisation_id)
    return OpenPage(page, organisation, visitor_of(organisation))


def own_page(actor: Actor) -> LearningPage | None:
    """The page of the actor's organisation, open or not."""
    return visible(actor, GIVE_COURSES, LearningPage.objects.all()).first()


def open_slug(actor: Actor) -> str:
    """The address of the organisation's open page; empty where there is none."""
    rows = LearningPage.objects.filter(organisation=actor.organisation_id, is_open=True)
    return rows.values_list("slug", flat=True).first() or ""


def requests(actor: Actor) -> "QuerySet[TrainingRequest]":
    """The requests this actor answers."""
    return visible(actor, ANSWER_REQUESTS, TrainingRequest.objects.all())


def number_new(actor: Actor) -> int:
    """How many wait for an answer, at most one more than 99."""
    return requests(actor).filter(state=RequestState.NEW.value)[: MOST_COUNTED + 1].count()


def oldest_new(actor: Actor) -> TrainingRequest | None:
    """The request that waits longest."""
    return requests(actor).filter(state=RequestState.NEW.value).order_by("id").first()


def part_of_list(actor: Actor, *, state: RequestState, after: str = "") -> Page:
    """Requests in a state, the newest first."""
    rows = requests(actor).filter(state=state.value)
    if is_key(after):
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-id")[: AT_ONCE + 1])
    more, found = len(found) > AT_ONCE, found[:AT_ONCE]
    return Page(found, str(found[-1].pk) if more else "")


def requests_due(day: date) -> "QuerySet[TrainingRequest, UUID]":
    """Requests that were answered or closed on a day or before it, or asked and never answered."""
    done = Q(answered_at__date__lte=day)
    unanswered = Q(answered_at__isnull=True, created_at__date__lte=day)
    rows = TrainingRequest.objects.filter(done | unanswered)
    return rows.order_by("id").values_list("pk", flat=True)
