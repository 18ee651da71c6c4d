"""A short talk some months after the end of a match."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.matching.rules.words import called
from kith.mentoring import commands, forms
from kith.mentoring.permissions import NOTE_FOLLOW_UP
from kith.mentoring.queries import follow_ups as queries
from kith.mentoring.rules.closing import FollowUpState
from kith.people.queries.records import contact_of
from kith.web.acts import actor_of, done, typed
from kith.web.words import full_day


@require_http_methods(["GET", "POST"])
def follow_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask how somebody is, and note it in a minute."""
    actor, today = actor_of(request), clock.today()
    check(actor, NOTE_FOLLOW_UP)
    row = get_object_or_404(queries.follow_ups(actor), pk=pk)
    form = forms.FollowUpForm(typed(request), initial={"on": today, "way": "call"})
    if request.method == "POST" and done(
        form,
        lambda: commands.note_follow_up(actor, follow_up=row, note=form.talk, today=today),
    ):
        messages.success(request, _("Noted. Thank you for asking."))
        return redirect("mentoring:plan_ending", row.match_id)
    page = {
        "row": row,
        "name": called(row.person),
        "contact": contact_of(actor, row.person),
        "ended": full_day(row.match.closed_on) if row.match.closed_on else "",
        "is_open": row.state == FollowUpState.OPEN,
        "form": form,
    }
    return render(request, "mentoring/follow_up.html", page, status=422 if form.errors else 200)
