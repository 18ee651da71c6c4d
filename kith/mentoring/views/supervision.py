"""Supervision: who waits for it, sessions planned and held, and a mentor's own."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.mentoring import commands, forms
from kith.mentoring.models import Attendance, MentorCare, Supervision
from kith.mentoring.permissions import SEE_OWN_SUPERVISION, SUPERVISE
from kith.mentoring.queries import supervision as queries
from kith.mentoring.rules.mentors import SessionState, themes
from kith.mentoring.rules.words import SESSION_WORDS, length_words
from kith.mentoring.views.shown_meetings import moment
from kith.web.acts import actor_of, done, typed
from kith.web.words import and_list, comma_list, near


@require_GET
def supervision(request: HttpRequest) -> HttpResponse:
    """Mentors by when they were last supervised, and the sessions planned and held."""
    actor, today = actor_of(request), clock.today()
    check(actor, SUPERVISE)
    page = {
        "mentors": [_mentor(care, today) for care in queries.mentors(actor)],
        "planned": [_session(one, today) for one in queries.planned(actor)],
        "held": [_session(one, today) for one in queries.held(actor)],
    }
    return render(request, "mentoring/supervision.html", page)


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Invite one or several mentors."""
    actor, now = actor_of(request), clock.now()
    check(actor, SUPERVISE)
    people = {str(care.person_id): care.person for care in queries.mentors(actor)}
    names = [(key, str(person.name)) for key, person in people.items()]
    first = {"mentors": request.GET.getlist("mentor")}
    form = forms.PlanSupervisionForm(typed(request), initial=first, mentors=names)
    if request.method == "POST" and done(
        form,
        lambda: commands.plan_supervision(
            actor,
            mentors=[people[key] for key in form.cleaned_data["mentors"]],
            planned_at=form.planned_at,
            now=now,
        ),
    ):
        messages.success(request, _("The session is planned. Those invited see it on Today."))
        return redirect("mentoring:supervision")
    status = 422 if form.errors else 200
    return render(request, "mentoring/plan_supervision.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note a session after it."""
    actor, today = actor_of(request), clock.today()
    check(actor, SUPERVISE)
    found = queries.session(get_object_or_404(queries.sessions(actor), pk=pk))
    names = [(str(one.mentor_id), str(one.mentor.name)) for one in found.invited]
    first = {"held_on": _day(found, today), "came": [key for key, _name in names]}
    form = forms.HeldSupervisionForm(typed(request), initial=first, invited=names)
    if request.method == "POST" and done(
        form,
        lambda: commands.hold_supervision(
            actor,
            session=found.row,
            held_on=form.cleaned_data["held_on"],
            minutes=form.cleaned_data["minutes"],
            came=[UUID(key) for key in form.cleaned_data["came"]],
            about=form.cleaned_data["about"],
            today=today,
        ),
    ):
        messages.success(request, _("The session is noted. Thank you."))
        return redirect("mentoring:supervision")
    page = {"form": form, "session": _session(found, today)}
    status = 422 if form.errors else 200
    return render(request, "mentoring/session.html", page, status=status)


@require_POST
def call_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A planned session does not take place."""
    actor = actor_of(request)
    row = get_object_or_404(queries.sessions(actor), pk=pk)
    commands.call_off_supervision(actor, session=row, today=clock.today())
    messages.success(request, _("The session is called off."))
    return redirect("mentoring:supervision")


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """A mentor's own supervision: the next date, and what has been."""
    actor, today = actor_of(request), clock.today()
    check(actor, SEE_OWN_SUPERVISION)
    rows = [_own(one, today) for one in queries.own(actor)]
    return render(request, "mentoring/my_supervision.html", {"sessions": rows})


@require_POST
def keep_load(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The mentor agreed to so many matches."""
    actor = actor_of(request)
    care = get_object_or_404(queries.cares(actor), pk=pk)
    commands.keep_load(actor, care=care, today=clock.today())
    messages.success(request, _("Noted. You are asked again when one more comes."))
    return redirect("web:today")


@require_GET
def load(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A mentor with many matches: agree on it, or look for somebody who takes one over."""
    care = get_object_or_404(queries.cares(actor_of(request)), pk=pk)
    page = {"care": care, "name": str(care.person.name)}
    return render(request, "mentoring/load.html", page)


def _day(found: queries.Session, today: date) -> date:
    planned = found.row.planned_at
    return min(timezone.localdate(planned), today) if planned else today


def _mentor(care: MentorCare, today: date) -> dict[str, Any]:
    last, planned = care.supervised_on, care.planned_on
    is_due = care.supervise_on is not None and care.supervise_on <= today
    return {
        "care": care,
        "name": str(care.person.name),
        "last": _("last %(when)s") % {"when": near(last, today)} if last else _("none yet"),
        "planned": _("planned %(when)s") % {"when": near(planned, today)} if planned else "",
        "is_due": is_due,
    }


def _session(found: queries.Session, today: date) -> dict[str, Any]:
    row = found.row
    came = [str(one.mentor.name) for one in found.invited if one.came or row.state != "held"]
    when = near(row.held_on, today) if row.held_on else _moment(row, today)
    return {
        "row": row,
        "is_planned": row.state == SessionState.PLANNED.value,
        "when": when[:1].upper() + when[1:],
        "names": and_list(came) if came else _("nobody came"),
        "facts": _facts(row),
    }


def _own(one: Attendance, today: date) -> dict[str, Any]:
    row = one.supervision
    is_planned = row.state == SessionState.PLANNED.value
    when = _moment(row, today) if is_planned else near(_of(row), today)
    missed = row.state == SessionState.HELD.value and not one.came
    return {
        "is_planned": is_planned,
        "when": when[:1].upper() + when[1:],
        "what": _("You were not there") if missed else SESSION_WORDS[SessionState(row.state)],
        "facts": _facts(row),
        "led_by": str(row.led_by.name) if row.led_by else "",
    }


def _moment(row: Supervision, today: date) -> str:
    return moment(row.planned_at, today) if row.planned_at else ""


def _of(row: Any) -> date:
    found: date = row.held_on or timezone.localdate(row.planned_at)
    return found


def _facts(row: Any) -> str:
    language = get_language() or "en"
    form = _("in a group") if row.form == "group" else _("one to one")
    areas = [one.name.say(language) for one in themes() if one.key in row.themes]
    facts = [form, length_words(row.minutes) if row.minutes else "", comma_list(areas)]
    return " · ".join(fact for fact in facts if fact)
