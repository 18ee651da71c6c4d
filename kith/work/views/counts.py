"""How many entries stand where, and the people of one's own caseload."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from kith.gate.commands import check
from kith.web.acts import actor_of
from kith.work.permissions import COUNT_WORK
from kith.work.queries import counts as queries
from kith.work.rules import RECOGNITIONS, STAGES


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Numbers without names, and below them one's own people."""
    actor = actor_of(request)
    check(actor, COUNT_WORK)
    found = queries.counts(actor)
    after = request.GET.get("after", "")
    people = queries.part_of_people(actor, after=_key(after))
    shown = people[: queries.AT_ONCE]
    page = {
        "recognitions": [
            (RECOGNITIONS[one], number) for one, number in found.recognitions.items() if number
        ],
        "stages": [(STAGES[one], number) for one, number in found.stages.items() if number],
        "lines": [(reverse("work:person", args=[one.pk]), one.name) for one in shown],
        "next_url": f"{request.path}?after={shown[-1].pk}" if len(people) > queries.AT_ONCE else "",
        "first_url": request.path if after else "",
    }
    return render(request, "work/start.html", page)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
