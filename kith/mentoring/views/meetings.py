"""Noting and correcting meetings."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.interpreters import queries as interpreting
from kith.mentoring import commands, forms
from kith.mentoring.models import Match, Meeting
from kith.mentoring.permissions import RECORD_MEETING
from kith.mentoring.queries import parts
from kith.mentoring.queries import record as queries
from kith.mentoring.queries.agreement import usual_minutes
from kith.mentoring.queries.members import people_now
from kith.mentoring.rules.notes import MeetingNote
from kith.mentoring.rules.words import length_words
from kith.mentoring.views import shown, shown_meetings
from kith.mentoring.views.shared import match_or_404, to_match
from kith.web.acts import actor_of, done, typed
from kith.web.forms import KithForm


@require_POST
def met_today(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One tap: we met today, as long as the programme plans, the way we always do."""
    match, today = match_or_404(request, pk), clock.today()
    minutes = usual_minutes(match, today)
    note = MeetingNote(held_on=today, way=queries.last_way(match), minutes=minutes)
    commands.record_meeting(actor_of(request), match=match, note=note, today=today, now=clock.now())
    messages.success(
        request,
        _("Noted: today, %(length)s. You can correct it below.")
        % {"length": length_words(minutes)},
    )
    return to_match(match, "meetings")


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note a meeting with all that may be said of it."""
    match, actor = match_or_404(request, pk), actor_of(request)
    check(actor, RECORD_MEETING, match)
    today, now = clock.today(), clock.now()
    first = forms.first_values(
        today=today, way=queries.last_way(match), minutes=usual_minutes(match, today)
    )
    bookings = interpreting.to_note(actor, person=match.participant, now=now)
    form = forms.MeetingForm(
        typed(request), initial=first, bookings=bookings, members=people_now(match)
    )
    if request.method == "POST" and done(
        form,
        lambda: commands.record_meeting(
            actor, match=match, note=form.note, booking=form.booking, today=today, now=now
        ),
    ):
        messages.success(request, _("The meeting is noted."))
        return to_match(match, "meetings")
    return form_page(request, match, form, title=_("Note a meeting"))


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: UUID, meeting: UUID) -> HttpResponse:
    """Correct one's own note."""
    match, actor = match_or_404(request, pk), actor_of(request)
    row, today, now = meeting_or_404(match, meeting), clock.today(), clock.now()
    check(actor, RECORD_MEETING, match)
    first = shown_meetings.note_of(row, parts.present_at(row))
    form = forms.MeetingForm(typed(request), initial=first, members=people_now(match))
    if request.method == "POST" and done(
        form,
        lambda: commands.correct_meeting(
            actor, match=match, meeting=row, note=form.note, today=today, now=now
        ),
    ):
        messages.success(request, _("The note is corrected."))
        return to_match(match, "meetings")
    return form_page(request, match, form, title=_("Correct a note"))


@require_POST
def held(request: HttpRequest, pk: UUID, meeting: UUID) -> HttpResponse:
    """One tap: the planned meeting took place, for as long as the button says."""
    match = match_or_404(request, pk)
    row, today = meeting_or_404(match, meeting), clock.today()
    day = timezone.localdate(row.planned_at) if row.planned_at else today
    usual = row.minutes or usual_minutes(match, day)
    minutes = forms.LengthForm(request.POST, usual=usual).chosen
    commands.record_meeting(
        actor_of(request),
        match=match,
        note=MeetingNote(held_on=day, way=row.way, minutes=minutes),
        today=today,
        now=clock.now(),
    )
    messages.success(
        request,
        _("Noted: %(length)s. You can correct it below.") % {"length": length_words(minutes)},
    )
    return to_match(match, "meetings")


@require_POST
def missed(request: HttpRequest, pk: UUID, meeting: UUID) -> HttpResponse:
    """The planned meeting did not happen."""
    match = match_or_404(request, pk)
    row = meeting_or_404(match, meeting)
    commands.miss_meeting(actor_of(request), match=match, meeting=row, now=clock.now())
    messages.success(request, _("Noted. Plan the next one when it suits both."))
    return to_match(match, "meetings")


def meeting_or_404(match: Match, pk: UUID) -> Meeting:
    """A meeting of this match."""
    return get_object_or_404(queries.meetings(match), pk=pk)


def form_page(request: HttpRequest, match: Match, form: KithForm, *, title: str) -> HttpResponse:
    """The page of a form about a meeting."""
    page = {"match": match, "names": shown.names(match, actor_of(request)), "form": form}
    status = 422 if form.errors else 200
    return render(request, "mentoring/form.html", {**page, "title": title}, status=status)
