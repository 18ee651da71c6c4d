"""Planning an edition, its live sessions and its news."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kith.base import clock
from kith.gate.actor import Actor
from kith.learning.commands import planning as commands
from kith.learning.forms.giving import (
    AttendanceForm,
    EditionForm,
    SessionForm,
    TellForm,
    first_values,
)
from kith.learning.models import Edition, LiveSession
from kith.learning.queries import cohort
from kith.learning.queries import editions as queries
from kith.learning.rules import words
from kith.learning.views.shared import to_give_or_404
from kith.web.acts import actor_of, done, typed


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Plan an edition of a course."""
    actor, kept = actor_of(request), list[Edition]()
    course = get_object_or_404(queries.courses_to_give(actor), pk=pk)
    form = EditionForm(typed(request), trainers=queries.trainers(actor), initial=_first(actor))
    if request.method == "POST" and done(
        form, lambda: kept.append(commands.plan_edition(actor, course=course, plan=form.plan))
    ):
        messages.success(request, _("Planned. Learners see it on their page of courses now."))
        return redirect("learning:cohort", pk=kept[0].pk)
    page = {"form": form, "edition": None, "course": words.here(course.title)}
    return render(request, "learning/plan.html", page)


def _first(actor: Actor) -> dict[str, str]:
    return {"trainer": str(actor.membership.pk)} if actor.membership is not None else {}


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change an edition."""
    actor, row = actor_of(request), to_give_or_404(request, pk)
    form = EditionForm(typed(request), trainers=queries.trainers(actor), initial=first_values(row))
    if request.method == "POST" and done(
        form, lambda: commands.change_edition(actor, edition=row, plan=form.plan)
    ):
        messages.success(request, _("Changed."))
        return redirect("learning:cohort", pk=pk)
    page = {"form": form, "edition": row, "course": words.here(row.course.title)}
    return render(request, "learning/plan.html", page)


@require_http_methods(["GET", "POST"])
def off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call an edition off, after a clear yes."""
    row = to_give_or_404(request, pk)
    if request.method == "POST":
        commands.call_off(actor_of(request), edition=row, today=clock.today())
        messages.success(request, _("Called off. Nobody joins any more."))
        return redirect("learning:cohort", pk=pk)
    return render(request, "learning/off.html", {"edition": row})


@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell everybody in an edition something."""
    actor, row = actor_of(request), to_give_or_404(request, pk)
    form = TellForm(typed(request))
    if request.method == "POST" and done(
        form, lambda: commands.tell(actor, edition=row, **form.cleaned_data)
    ):
        messages.success(request, _("Said. Learners read it on their page of courses."))
        return redirect("learning:cohort", pk=pk)
    page = {"form": form, "edition": row, "news": queries.news_of(row)}
    return render(request, "learning/tell.html", page)


@require_POST
def certificates(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give certificates to all who have everything."""
    actor, row = actor_of(request), to_give_or_404(request, pk)
    number = commands.settle_everybody(actor, edition=row, today=clock.today())
    said = ngettext("%(number)d certificate given.", "%(number)d certificates given.", number)
    messages.success(request, said % {"number": number})
    return redirect("learning:cohort", pk=pk)


# ── Live sessions ────────────────────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "POST"])
def new_session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Plan a live session."""
    actor, row = actor_of(request), to_give_or_404(request, pk)
    form = SessionForm(typed(request))
    if request.method == "POST" and done(
        form, lambda: commands.plan_session(actor, edition=row, **form.when)
    ):
        messages.success(request, _("Planned. Learners see when and where."))
        return redirect("learning:cohort", pk=pk)
    page = {"form": form, "edition": row, "session": None}
    return render(request, "learning/session_form.html", page)


def _session_or_404(request: HttpRequest, pk: UUID) -> LiveSession:
    return get_object_or_404(queries.sessions_to_give(actor_of(request)), pk=pk)


@require_http_methods(["GET", "POST"])
def change_session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move a live session, or say where it is."""
    actor, row = actor_of(request), _session_or_404(request, pk)
    begin = timezone.localtime(row.starts_at)
    kept = {name: getattr(row, name) for name in ("minutes", "place", "link")}
    first = {**kept, "day": begin.date(), "time": begin.time()}
    form = SessionForm(typed(request), initial=first)
    if request.method == "POST" and done(
        form, lambda: commands.change_session(actor, session=row, **form.when)
    ):
        messages.success(request, _("Changed."))
        return redirect("learning:cohort", pk=row.edition_id)
    page = {"form": form, "edition": row.edition, "session": row}
    return render(request, "learning/session_form.html", page)


@require_POST
def remove_session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a live session off the plan."""
    row = _session_or_404(request, pk)
    commands.remove_session(actor_of(request), session=row)
    messages.success(request, _("The session is off the plan."))
    return redirect("learning:cohort", pk=row.edition_id)


@require_http_methods(["GET", "POST"])
def session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who took part in a live session, a sheet of a hundred names at a time."""
    row, after = _session_or_404(request, pk), request.GET.get("after", "")
    part = cohort.sheet(actor_of(request), row, after=after)
    came = cohort.attended(row, part.seats)
    form = AttendanceForm(
        typed(request), seats=part.seats, initial={"came": [str(key) for key in came]}
    )
    if request.method == "POST" and done(form, lambda: _note(request, row, form, part)):
        return _noted(request, row, part.after)
    page = {
        "form": form,
        "session": row,
        "edition": row.edition,
        "when": words.moment_words(row.starts_at, row.minutes),
        "has_begun": row.starts_at <= clock.now(),
        "seats": part.seats,
        "number": cohort.attendance(row),
        "next_url": f"?after={part.after}" if part.after else "",
        "first_url": request.path if after else "",
    }
    return render(request, "learning/session.html", page)


def _note(request: HttpRequest, row: LiveSession, form: AttendanceForm, part: cohort.Part) -> int:
    return commands.note_attendance(
        actor_of(request),
        session=row,
        members=form.keys,
        among=[one.member_id for one in part.seats],
        now=clock.now(),
        today=clock.today(),
    )


def _noted(request: HttpRequest, row: LiveSession, after: str) -> HttpResponse:
    """On to the next sheet, or back to the learners after the last one."""
    if after:
        messages.success(request, _("Noted. Here are the next names."))
        response = redirect("learning:session", pk=row.pk)
        response["Location"] += f"?after={after}"
        return response
    messages.success(request, _("Noted who took part."))
    return redirect("learning:cohort", pk=row.edition_id)
