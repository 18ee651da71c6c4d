"""One application: the facts, the history, and the small acts of its page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kith.base import clock
from kith.people.rules import Side
from kith.people.rules.labels import language_name
from kith.web.acts import actor_of, done
from kith.web.components import Event
from kith.web.words import isolated, near
from kith.welcome import commands, forms
from kith.welcome.models import Application, Step
from kith.welcome.queries import desk as queries
from kith.welcome.queries import intake
from kith.welcome.rules import words
from kith.welcome.rules.states import OPEN, Deed, State
from kith.welcome.rules.texts import reason_of
from kith.welcome.views.mail import may_be_mailed
from kith.welcome.views.shared import application_or_404, person_url
from kith.welcome.views.shown import (
    answers_in_words,
    helper_in_words,
    is_late,
    line_context,
    page_language,
    standing_of,
    tell,
)


@require_GET
def application(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The facts on one side, the choices on the other, and what follows from each."""
    row = application_or_404(request, pk)
    return render(request, "welcome/application.html", _page(request, row))


def _page(request: HttpRequest, row: Application, **shown: Any) -> dict[str, Any]:
    actor, today = actor_of(request), clock.today()
    stands, side = State(row.state), Side(row.side)
    state, tone = standing_of(row)
    steps = queries.steps_of(actor, application=row)
    return {
        "row": row,
        "is_mentor": side is Side.MENTOR,
        "state": state,
        "tone": tone,
        "context": " · ".join(line_context(row)),
        "arrived": near(row.received_on, today),
        "due": words.due_words(stands, row.due_on, today),
        "is_late": is_late(row),
        "talk": words.talk_words(row.talk_at, today) if row.talk_at else "",
        "answers": answers_in_words(row),
        "helper": helper_in_words(row),
        "intake": intake.answered(row, language=page_language(), now=clock.now()),
        "way": words.WAYS.get(row.channel, row.channel),
        "letters_in": language_name(row.language),
        "twins": [_twin_line(one) for one in queries.twins(actor, row)],
        "events": [_event(step) for step in steps],
        "today": today,
        "is_open": stands in OPEN,
        "is_mine": actor.membership is not None and row.responsible_id == actor.membership.pk,
        "person_url": person_url(row.person_id) if row.person_id else "",
        "is_mailed": may_be_mailed(row),
        "reason": reason_of(side, row.reason).label.say(page_language()) if row.reason else "",
        "ask_form": forms.AskForm(),
        "invite_form": forms.InviteForm(),
        "note_form": forms.NoteForm(),
        **shown,
    }


def _twin_line(twin: queries.Twin) -> dict[str, str]:
    same = _("Same phone or e-mail") if twin.same_contact else _("Same name")
    if twin.person is not None:
        return {"name": twin.person.name, "url": person_url(twin.person.pk), "why": same}
    other = twin.application
    if other is None:
        return {}
    why = _("%(why)s; wrote %(when)s: %(what)s") % {
        "why": same,
        "when": near(other.received_on, clock.today()),
        "what": words.SIDES[Side(other.side)],
    }
    return {"name": other.name, "url": reverse("welcome:application", args=[other.pk]), "why": why}


def _event(step: Step) -> Event:
    deed = Deed(step.deed)
    said = [words.talk_words(step.at, clock.today())] if step.at else []
    said += [str(step.text).replace("\n", " · ")] if step.text else []
    if step.by:
        said.append(_("Noted by %(name)s.") % {"name": isolated(step.by.name)})
    return Event(on=step.on, what=words.DEEDS[deed], text=" · ".join(said), icon=words.ICONS[deed])


# ── Acts ─────────────────────────────────────────────────────────────────────────────────────────


def _do(
    request: HttpRequest,
    pk: UUID,
    form_name: str,
    form: Any,
    act: Callable[[Application, Any], object],
    *,
    tells: bool,
) -> HttpResponse:
    """Run a command from a form of the page; where it is refused, the page comes again with it."""
    row = application_or_404(request, pk)
    if not done(form, lambda: act(row, form)):
        return render(request, "welcome/application.html", _page(request, row, **{form_name: form}))
    if tells:
        tell(request, row)
    return redirect("welcome:application", pk=pk)


@require_POST
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the person something."""
    actor, today = actor_of(request), clock.today()
    return _do(
        request,
        pk,
        "ask_form",
        forms.AskForm(request.POST),
        lambda row, form: commands.ask_back(
            actor, application=row, today=today, **form.cleaned_data
        ),
        tells=True,
    )


@require_POST
def invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Plan a talk, or move it."""
    actor, today, now = actor_of(request), clock.today(), clock.now()
    return _do(
        request,
        pk,
        "invite_form",
        forms.InviteForm(request.POST),
        lambda row, form: commands.invite(
            actor,
            application=row,
            at=form.at(),
            where=form.cleaned_data["where"],
            text=form.cleaned_data["text"],
            today=today,
            now=now,
        ),
        tells=True,
    )


@require_POST
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A note between coordinators."""
    actor, today = actor_of(request), clock.today()
    return _do(
        request,
        pk,
        "note_form",
        forms.NoteForm(request.POST),
        lambda row, form: commands.note_inside(
            actor, application=row, today=today, **form.cleaned_data
        ),
        tells=False,
    )


@require_POST
def take_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Look after this application oneself."""
    commands.take_on(actor_of(request), application=application_or_404(request, pk))
    return redirect("welcome:application", pk=pk)
