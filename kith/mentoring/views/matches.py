"""The list of matches, one match, and one's own."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.gate.permissions import has
from kith.gate.roles import Role
from kith.mentoring import commands, forms
from kith.mentoring.models import Match
from kith.mentoring.permissions import CHANGE_MEMBERS, CLOSE, SEE_MATCH
from kith.mentoring.queries import care, groups, lists, record
from kith.mentoring.queries.closing import steps
from kith.mentoring.rules.states import CloseReason
from kith.mentoring.views import shown, shown_handovers
from kith.mentoring.views.caring import sentences
from kith.mentoring.views.shared import match_or_404
from kith.web.acts import actor_of, done, typed


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Matches by their last event; for mentors and participants their own."""
    actor, today = actor_of(request), clock.today()
    check(actor, SEE_MATCH)
    show = shown.show(request.GET.get("show", ""))
    after = lists.Place.read(request.GET.get("after", ""))
    page = lists.page(actor, show, after=after, today=today)
    asks = show is lists.Show.NEEDS_CALL and actor.has(Role.COORDINATOR)
    found = care.cared_for(page.matches, today=today) if asks else []
    why = {one.match.pk: sentences(one, today) for one in found}
    values = {
        "lines": [
            shown.line(match, actor, today=today, why=why.get(match.pk, ""))
            for match in page.matches
        ],
        "filters": shown.filters(actor, show, today=today),
        "next_url": shown.address(show, page.next) if page.next else "",
        "first_url": shown.address(show, None) if after else "",
        "show": show,
        "may_begin": has(actor, CHANGE_MEMBERS) and bool(groups.group_programmes(actor)),
    }
    return render(request, "mentoring/list.html", values)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """One's own running matches: as a mentor or as a participant."""
    actor, today = actor_of(request), clock.today()
    check(actor, SEE_MATCH)
    found = lists.own(actor)
    template = "mentoring/mine.html"
    if not actor.has(Role.MENTOR, Role.GROUP_LEAD):
        template = "mentoring/my_mentor.html"
    cards = [shown.own_card(match, actor, today=today) for match in found]
    return render(request, template, {"cards": cards, "today": today})


@require_GET
def of_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The matches of one person, as a part of their record."""
    actor, today = actor_of(request), clock.today()
    check(actor, SEE_MATCH)
    rows = lists.matches_of(actor, pk)
    lines = [shown.line(match, actor, today=today) for match in rows]
    return render(request, "mentoring/of_person.html", {"lines": lines})


@require_GET
def match(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One match: next step, meetings, goals, history."""
    actor, today, now = actor_of(request), clock.today(), clock.now()
    opened = record.record(actor, match=match_or_404(request, pk))
    reasons = care.all_reasons(opened.match, today=today) if actor.has(Role.COORDINATOR) else []
    page = shown.record(opened, actor, reasons, today=today, now=now)
    template = "mentoring/match.html"
    if shown.is_participant(actor, opened.match):
        template = "mentoring/my_match.html"
        page["asked"] = shown_handovers.asked_of(actor, opened.match)
    return render(request, template, page)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a match with a reason from a short list."""
    row, actor = match_or_404(request, pk), actor_of(request)
    check(actor, CLOSE, row)
    form = forms.CloseForm(typed(request), initial=_wished(row))
    today, now = clock.today(), clock.now()
    if request.method == "POST" and done(
        form,
        lambda: commands.close_match(actor, match=row, today=today, now=now, **form.cleaned_data),
    ):
        messages.success(request, _("The match is closed. Thank both of them."))
        return redirect("mentoring:plan_ending", row.pk)
    page = {
        "match": row,
        "names": shown.names(row, actor),
        "form": form,
        "left": [one for one in steps(actor, row) if not one.is_done],
    }
    return render(request, "mentoring/close.html", page, status=422 if form.errors else 200)


def _wished(match: Match) -> dict[str, object]:
    """What the form begins with where a side wishes for somebody else."""
    if match.participant_wish_on is not None:
        return {"reason": CloseReason.WISH_OF_PARTICIPANT.value, "waits_again": True}
    if match.mentor_wish_on is not None:
        return {"reason": CloseReason.WISH_OF_MENTOR.value, "waits_again": True}
    return {}
