"""The board of a round: pairs to decide about, people without one, mentors to look for."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kith.base import clock
from kith.matching.models import Round, Run, programmes_of
from kith.matching.queries import board as queries
from kith.matching.queries.rounds import names_of
from kith.matching.queries.standing import current_run, latest_run, standing
from kith.matching.rules.marks import programme_mark
from kith.matching.rules.shows import Show
from kith.matching.rules.states import BUSY, RoundState
from kith.matching.views import shown, told
from kith.matching.views.shared import round_or_404
from kith.methods.matching.recruit import wanted_mentors
from kith.web.acts import actor_of
from kith.web.panels import is_partial

PRINTED = 200


@require_GET
def round_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The pairs of a round, those to decide about first; or how far the proposals are."""
    round_ = round_or_404(request, pk)
    latest = latest_run(round_)
    if latest is not None and latest.state in BUSY:
        page = {"round": round_, "title": shown.round_name(round_), "work": told.work(latest)}
        return render(request, "matching/progress.html", page)
    if is_partial(request) and request.headers.get("HX-Target") == "progress":
        # The progress part asks again and again; the finished round is a page of its own.
        answer = HttpResponse()
        answer.headers["HX-Redirect"] = request.path
        return answer
    page = _board(request, round_, latest)
    return render(request, "matching/round.html", page)


def _board(request: HttpRequest, round_: Round, latest: Run | None) -> dict[str, object]:
    actor, today = actor_of(request), clock.today()
    show, text = Show.read(request.GET.get("show", "")), request.GET.get("q", "").strip()
    view = "table" if request.GET.get("view") == "table" else "cards"
    after = request.GET.get("after", "")
    part = queries.pairs_in(actor, round=round_, show=show, after=after, text=text)
    run = current_run(round_)
    last = queries.last_decision(run) if run and round_.state == RoundState.OPEN else None
    kept = {"show": show.value, "view": view, **({"q": text} if text else {})}
    return {
        "round": round_,
        "title": shown.round_name(round_),
        "run": run,
        "fault": told.fault(latest),
        "pairs": [shown.pair(row, today=today) for row in part.rows],
        "filters": shown.filters(show, queries.counted(actor, round_), view),
        "views": shown.views(view, show),
        "view": view,
        "show": show.value,
        "text": text,
        "kept": kept,
        "next": shown.next_url(kept, part.after),
        "first": shown.first_url(kept) if after else "",
        "unmatched": queries.unmatched_number(actor, round_),
        "several": _is_several(round_),
        "last": told.last(actor, last) if last else None,
        "today": today,
    }


@require_GET
def unmatched(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Those for whom the round found nobody, with the reason and what would help."""
    actor, round_, today = actor_of(request), round_or_404(request, pk), clock.today()
    part = queries.left_in(actor, round=round_, after=request.GET.get("after", ""))
    mentors = queries.mentors_named(actor, part.rows)
    page = {
        "round": round_,
        "title": shown.round_name(round_),
        "people": [shown.left(row, mentors, today=today) for row in part.rows],
        "several": _is_several(round_),
        "next": shown.next_url({}, part.after),
    }
    return render(request, "matching/unmatched.html", page)


@require_GET
def wanted(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The mentors to look for, so that as many as can be of those who are left have one."""
    actor, round_ = actor_of(request), round_or_404(request, pk)
    run = current_run(round_)
    names = {programme_mark(one.pk): one.name for one in programmes_of(round_)}
    found = []
    if run is not None:
        with standing(run) as live:
            left = [live.participant(key) for key in live.unmatched()]
        found = wanted_mentors(left)
    page = {
        "round": round_,
        "title": shown.round_name(round_),
        "wanted": [told.wanted(actor, one, names) for one in found],
    }
    return render(request, "matching/wanted.html", page)


@require_GET
def print_round(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The pairs of one list on paper, with room for a word on each."""
    actor, round_, today = actor_of(request), round_or_404(request, pk), clock.today()
    show = Show.read(request.GET.get("show", ""))
    after = request.GET.get("after", "")
    part = queries.pairs_in(actor, round=round_, show=show, after=after, number=PRINTED)
    page = {
        "round": round_,
        "title": shown.round_name(round_),
        "show": shown.SHOW_WORDS[show],
        "pairs": [shown.pair(row, today=today) for row in part.rows],
        "several": _is_several(round_),
        "next": shown.next_url({"show": show.value}, part.after),
        "today": today,
    }
    return render(request, "matching/print.html", page)


def _is_several(round_: Round) -> bool:
    """Whether it has more than one programme."""
    return len(names_of([round_])[round_.pk]) > 1
