"""Talks of the coordinator with each side of a match."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.matching.rules.words import called
from kith.mentoring import commands, forms
from kith.mentoring.permissions import TALK
from kith.mentoring.views import shown
from kith.mentoring.views.shared import actor_of, done, match_or_404, posted, to_match
from kith.people.rules import Side


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note a talk with one side, with which the page may be opened."""
    match, actor = match_or_404(request, pk), actor_of(request)
    check(actor, TALK, match)
    today, now = clock.today(), clock.now()
    people = {Side.PARTICIPANT: called(match.participant), Side.MENTOR: called(match.mentor)}
    first = {"on": today, "way": "call", "side": request.GET.get("side", ""), "reached": "yes"}
    form = forms.TalkForm(posted(request), initial=first, people=people)
    if request.method == "POST" and done(
        form,
        lambda: commands.note_talk(actor, match=match, note=form.talk, today=today, now=now),
    ):
        messages.success(request, _("The talk is noted."))
        return to_match(match)
    page = {"match": match, "names": shown.names(match, actor), "title": _("Note a talk")}
    status = 422 if form.errors else 200
    return render(request, "mentoring/form.html", {**page, "form": form}, status=status)
