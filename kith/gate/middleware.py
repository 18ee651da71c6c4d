"""Who is asking: read once for each request, told to the database before anything else."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from kith.base import scope
from kith.gate.actor import ANONYMOUS, Actor, member_actor, memberships_of
from kith.gate.models import Membership, User

SESSION_ORGANISATION = "organisation"
SESSION_REASONS = "reasons"


class ActorMiddleware:
    """Gives the request its actor and the database its scope, for the length of the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user_id = _signed_in_as(request)
        if user_id is None:
            with scope.entered(signing_in=True):
                request.actor = ANONYMOUS  # type: ignore[attr-defined]
                return self.get_response(request)
        wanted = request.session.get(SESSION_ORGANISATION)
        organisation_id = UUID(wanted) if wanted else None
        with scope.entered(organisation_id, user_id=user_id):
            membership = _membership(request, organisation_id)
            return self._answer(request, user_id, membership)

    def _answer(
        self, request: HttpRequest, user_id: UUID, membership: Membership | None
    ) -> HttpResponse:
        if membership is None:
            with scope.entered(user_id=user_id, signing_in=True):
                request.actor = ANONYMOUS  # type: ignore[attr-defined]
                return self.get_response(request)
        with scope.entered(membership.organisation_id, user_id=user_id):
            request.actor = _actor(request, membership)  # type: ignore[attr-defined]
            return self.get_response(request)


def _signed_in_as(request: HttpRequest) -> UUID | None:
    known = request.session.get("_auth_user_id")
    return UUID(known) if known else None


def _membership(request: HttpRequest, organisation_id: UUID | None) -> Membership | None:
    user = request.user
    if not isinstance(user, User) or not user.is_authenticated:
        return None
    known = memberships_of(user)
    chosen = [one for one in known if one.organisation_id == organisation_id]
    membership = next(iter(chosen or known), None)
    if membership is not None and membership.organisation_id != organisation_id:
        request.session[SESSION_ORGANISATION] = str(membership.organisation_id)
    return membership


def _actor(request: HttpRequest, membership: Membership) -> Actor:
    actor = member_actor(membership)
    actor.reasons.update(request.session.get(SESSION_REASONS, {}))
    return actor
