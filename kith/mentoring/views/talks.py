"""Talks and calls of the coordinator with each side of a match."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.matching.rules.words import called
from kith.mentoring import commands, forms
from kith.mentoring.models import Match
from kith.mentoring.permissions import TALK
from kith.mentoring.queries import care, record
from kith.mentoring.rules.attention import ANSWERED_BY_CALL
from kith.mentoring.views import caring, shown, shown_care
from kith.mentoring.views.shared import match_or_404, to_match
from kith.people.rules import Side
from kith.programmes.rules import rules_of
from kith.web.acts import actor_of, done, typed


@require_GET
def in_care(request: HttpRequest) -> HttpResponse:
    """Everything that asks for the coordinator, calls first; Today shows the beginning."""
    actor, today = actor_of(request), clock.today()
    check(actor, TALK)
    after = care.Mark.read(request.GET.get("after", ""))
    found, more = care.page(actor, after=after, today=today)
    page = {
        "lines": [caring.care_line(one, today) for one in found],
        "next_url": f"?after={more}" if more else "",
        "first_url": "?" if after else "",
    }
    return render(request, "mentoring/care.html", page)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note a talk with one side, with which the page may be opened."""
    match, actor = match_or_404(request, pk), actor_of(request)
    check(actor, TALK, match)
    today, now = clock.today(), clock.now()
    reasons = care.all_reasons(match, today=today)
    people = {Side.PARTICIPANT: called(match.participant), Side.MENTOR: called(match.mentor)}
    first = _first(match, reasons, request.GET.get("side", ""), today)
    form = forms.TalkForm(typed(request), initial=first, people=people)
    if request.method == "POST" and done(
        form,
        lambda: commands.note_talk(actor, match=match, note=form.talk, today=today, now=now),
    ):
        messages.success(request, _("The talk is noted."))
        return to_match(match)
    page = {
        "match": match,
        "names": shown.names(match, actor),
        "form": form,
        "reasons": [caring.sentences(one, today) for one in reasons],
        "sides": shown_care.phones(record.record(actor, match=match), actor, today=today),
    }
    return render(request, "mentoring/talk.html", page, status=422 if form.errors else 200)


def _first(match: Match, reasons: Sequence[care.InCare], side: str, today: date) -> dict[str, Any]:
    """What the form begins with; where something is open, the next call stands there already."""
    values = {"on": today, "way": "call", "side": side, "reached": "yes"}
    if any(one.attention.reason in ANSWERED_BY_CALL for one in reasons):
        days = rules_of(match.programme).care.call_again_days
        return {**values, "again_on": today + timedelta(days=days)}
    return values
