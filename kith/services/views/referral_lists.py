"""Lists of referrals: of everybody, of one person, of oneself."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kith.base import clock
from kith.gate.commands import check
from kith.services.models import Referral
from kith.services.permissions import (
    SEE_REFERRALS,
)
from kith.services.queries import referrals as queries
from kith.services.rules import words
from kith.services.rules.states import (
    STILL_GOING,
    ReferralState,
)
from kith.services.views.shared import person_or_404
from kith.web.acts import actor_of
from kith.web.components import Filter
from kith.web.words import near

TONES = {
    ReferralState.OFFERED: "info",
    ReferralState.ACCEPTED: "warn",
    ReferralState.TAKEN_ON: "good",
    ReferralState.DONE: "good",
}


@require_GET
def everyone(request: HttpRequest) -> HttpResponse:
    """Referrals of all people one works with."""
    actor = actor_of(request)
    check(actor, SEE_REFERRALS)
    wanted = request.GET.get("state", "")
    over = wanted == "over"
    state = next((one for one in ReferralState if one.value == wanted), None)
    begin = _key(request.GET.get("after", ""))
    rows = (
        queries.part_of_over(actor, after=begin)
        if over
        else queries.part_of_going(actor, state, after=begin)
    )
    shown = rows[: queries.AT_ONCE]
    page = {
        "lines": [_line(one, with_person=True) for one in shown],
        "filters": _filters(wanted),
        "next_url": _next(request, shown[-1].pk) if len(rows) > queries.AT_ONCE else "",
        "first_url": f"{request.path}?state={wanted}" if begin else "",
    }
    return render(request, "services/referrals.html", page)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _next(request: HttpRequest, pk: UUID) -> str:
    return f"{request.path}?state={request.GET.get('state', '')}&after={pk}"


def _filters(wanted: str) -> list[Filter]:
    here = reverse("services:referrals")
    named: list[tuple[str, Any]] = [("", _("All on their way"))]
    named += [
        (one.value, words.REFERRAL_STATES[one]) for one in ReferralState if one in STILL_GOING
    ]
    named.append(("over", _("Over")))
    return [
        Filter(label=label, url=f"{here}?state={key}" if key else here, is_current=key == wanted)
        for key, label in named
    ]


def _line(one: Referral, *, with_person: bool = False) -> dict[str, Any]:
    state = ReferralState(one.state)
    return {
        "title": one.person.name if with_person else one.service.name,
        "context": one.service.name if with_person else "",
        "url": reverse("services:referral", args=[one.pk]),
        "when": near(one.changed_on, clock.today()),
        "state": words.REFERRAL_STATES[state],
        "tone": TONES.get(state, "calm"),
    }


@require_GET
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Section on a record, and on a match: someone's referrals."""
    row = person_or_404(request, pk)
    found = queries.referrals_of(actor_of(request), person=row)
    page = {
        "person": row,
        "lines": [_line(one) for one in found],
        "find_url": reverse("services:start") + f"?person={row.pk}",
        "person_url": reverse("people:person", args=[row.pk]),
    }
    return render(request, "services/person.html", page)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """A participant's own referrals, in plain words."""
    actor = actor_of(request)
    row = queries.own_record(actor)
    if row is None:
        raise Http404
    found = queries.referrals_of(actor, person=row)
    lines = [
        (one, words.OWN_STATES[ReferralState(one.state)], one.state == ReferralState.OFFERED)
        for one in found
    ]
    return render(request, "services/mine.html", {"lines": lines})
