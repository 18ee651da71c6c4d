"""A message is shown to the coordinators; they read it and answer both sides."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.gate.permissions import allows
from kith.matching.rules.words import called
from kith.mentoring.permissions import SEE_MATCH
from kith.mentoring.rules.members import both_sides
from kith.messaging import commands, forms
from kith.messaging.permissions import SEE_REPORTS
from kith.messaging.queries import reports
from kith.messaging.queries.threads import Place
from kith.messaging.views import shown
from kith.messaging.views.shared import around, match_or_404, message_or_404, to_newest
from kith.web.acts import actor_of, done, typed


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, pk: UUID, message: UUID) -> HttpResponse:
    """Show one message to the coordinators, after reading what that means."""
    match, actor = match_or_404(request, pk), actor_of(request)
    row, form = message_or_404(request, match, message), forms.ShowForm(typed(request))
    if request.method == "POST" and done(
        form,
        lambda: commands.show_message(
            actor, message=row, note=form.cleaned_data["note"], now=clock.now()
        ),
    ):
        messages.success(
            request, _("The coordinators can read this message now. They will answer both of you.")
        )
        return to_newest(match)
    page = {
        **around(actor, match),
        "form": form,
        "message": row,
        "sender": called(row.sender),
        "when": shown.moment(row.sent_at, clock.today()),
    }
    return render(request, "messaging/show.html", page, status=422 if form.errors else 200)


@require_GET
def all_of_them(request: HttpRequest) -> HttpResponse:
    """What was shown to the coordinators, the newest first."""
    actor = actor_of(request)
    check(actor, SEE_REPORTS)
    begin = Place.read(request.GET.get("after", ""))
    found = reports.page(actor, after=begin)
    page = {
        "lines": [
            {
                "report": row,
                "names": both_sides(row.match),
                "when": shown.moment(row.reported_at, clock.today()),
            }
            for row in found.reports
        ],
        "next_url": f"{request.path}?after={found.next}" if found.next else "",
        "first_url": request.path if begin else "",
    }
    return render(request, "messaging/reports.html", page)


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One message that was shown, what was added, and the answer to both sides."""
    actor = actor_of(request)
    row = reports.opened(actor, report=get_object_or_404(reports.reports(actor), pk=pk))
    form = forms.AnswerForm(typed(request))
    if request.method == "POST" and done(
        form,
        lambda: commands.answer_report(
            actor, report=row, answer=form.cleaned_data["answer"], now=clock.now()
        ),
    ):
        messages.success(request, _("Both sides are told."))
        return redirect("messaging:reports")
    today = clock.today()
    may_open = allows(actor, SEE_MATCH, row.match)
    page = {
        "report": row,
        "form": form,
        "names": both_sides(row.match),
        "match_url": reverse("mentoring:match", args=[row.match_id]) if may_open else "",
        "sender": called(row.message.sender),
        "reporter": called(row.reporter),
        "sent": shown.moment(row.message.sent_at, today),
        "reported": shown.moment(row.reported_at, today),
        "answered": shown.moment(row.answered_at, today) if row.answered_at else "",
    }
    return render(request, "messaging/report.html", page, status=422 if form.errors else 200)
