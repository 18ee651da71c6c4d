"""How programmes remind, and how the mails go."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock, mail
from kith.gate.commands import check
from kith.programmes.models import Programme
from kith.reminders import commands
from kith.reminders.forms import PlanForm, hour_words, timing_words
from kith.reminders.permissions import PLAN, SEE_LETTERS
from kith.reminders.queries.letters import how_letters_go
from kith.reminders.queries.settings import plan_of, programmes_to_plan
from kith.reminders.rules.kinds import all_kinds
from kith.reminders.rules.moments import Plan
from kith.reminders.rules.states import LetterState, WhyHeld
from kith.web.acts import actor_of

LETTERS = {
    LetterState.SENT: gettext_lazy("sent"),
    LetterState.LATER: gettext_lazy("tried again later"),
    LetterState.FAILED: gettext_lazy("given up"),
    LetterState.UNSURE: gettext_lazy("unclear whether they went"),
}
HELD = {
    WhyHeld.NO_MAIL: gettext_lazy("This Kith sends no e-mail yet."),
    WhyHeld.NO_ADDRESS: gettext_lazy("The person has no e-mail address here."),
    WhyHeld.NOT_SAFE: gettext_lazy("The person said that writing is not safe."),
    WhyHeld.TOO_LATE: gettext_lazy("It could have gone days ago and would come too late."),
}


@require_GET
def of_programme(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Section on a programme's page: how it reminds."""
    row = get_object_or_404(programmes_to_plan(actor_of(request)), pk=pk)
    page = {"programme": row, **_told(plan_of(row))}
    return render(request, "reminders/of_programme.html", page)


def _told(plan: Plan) -> dict[str, object]:
    return {
        "quiet_from": hour_words(plan.quiet.from_hour),
        "quiet_until": hour_words(plan.quiet.until_hour),
        "on_weekends": plan.quiet.on_weekends,
        "off": [kind.title for kind in all_kinds() if not plan.timing(kind).is_on],
    }


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """Set how a programme reminds; without one, how the organisation does in all else."""
    actor = actor_of(request)
    check(actor, PLAN)
    row = get_object_or_404(programmes_to_plan(actor), pk=pk) if pk else None
    form = PlanForm(
        request.POST if request.method == "POST" else None, plan=plan_of(row), kinds=all_kinds()
    )
    if request.method == "POST" and form.is_valid():
        commands.set_plan(actor, programme=row, quiet=form.quiet, timings=form.timings)
        messages.success(request, _("Kept. It holds for reminders from now on."))
        return redirect(_back(row))
    page = {
        "form": form,
        "rows": [(line, timing_words(line.kind)) for line in form.rows()],
        "programme": row,
        "back": _back(row),
    }
    return render(request, "reminders/plan.html", page, status=422 if form.errors else 200)


def _back(row: Programme | None) -> str:
    return reverse("programmes:programme", args=[row.pk]) if row else reverse("reminders:letters")


@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """How the mails of reminders go."""
    actor, now = actor_of(request), clock.now()
    check(actor, SEE_LETTERS)
    found = how_letters_go(actor, now=now)
    page = {
        "sends_mail": mail.is_set_up(),
        "letters": [
            (words, found.letters[state.value])
            for state, words in LETTERS.items()
            if found.letters.get(state.value)
        ],
        "held": [
            (words, found.held[why.value])
            for why, words in HELD.items()
            if found.held.get(why.value)
        ],
        "failed": [
            (letter.member.name, letter.begun_at.date(), LETTERS[LetterState(letter.state)])
            for letter in found.failed
        ],
        "today": clock.today(),
        "may_plan": actor.is_staff and any(role in PLAN.grants for role in actor.roles),
    }
    return render(request, "reminders/letters.html", page)
