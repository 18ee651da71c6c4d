"""Who comes and who came, for staff."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.activities import commands
from kith.activities.forms import WhoCameForm
from kith.activities.queries import lists
from kith.activities.rules.plan import Answer
from kith.activities.views.shared import card_of, to_note_or_404
from kith.base import clock
from kith.people.models import Person
from kith.web.acts import actor_of, done, typed


@require_http_methods(["GET", "POST"])
def who(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who comes; afterwards, who came."""
    actor, row = actor_of(request), to_note_or_404(request, pk)
    answers = lists.answers_to(row)
    coming = [one for one in answers if one.answer == Answer.COMING.value]
    form = WhoCameForm(typed(request), answers=coming)
    if request.method == "POST" and done(
        form,
        lambda: commands.note_who_came(
            actor,
            activity=row,
            came=form.keys,
            others=form.cleaned_data["others"],
            today=clock.today(),
            now=clock.now(),
        ),
    ):
        messages.success(request, _("Noted who came."))
        return redirect("activities:activity", pk=pk)
    text = request.GET.get("q", "")
    page = {
        "activity": row,
        "card": card_of(row, None, today=clock.today()),
        "form": form,
        "coming": coming,
        "waiting": [one for one in answers if one.answer == Answer.WAITING.value],
        "has_begun": row.starts_at <= clock.now(),
        "q": text,
        "found": lists.people_to_sign_up(actor, row, text),
    }
    return render(request, "activities/who.html", page)


@require_POST
def come_for(request: HttpRequest, pk: UUID, person: UUID) -> HttpResponse:
    """Somebody said on the phone that they come."""
    row, someone = to_note_or_404(request, pk), _person(request, person)
    commands.sign_up(actor_of(request), activity=row, person=someone, guests=0, now=clock.now())
    return redirect("activities:who", pk=pk)


@require_POST
def no_for(request: HttpRequest, pk: UUID, person: UUID) -> HttpResponse:
    """Somebody said that they do not come."""
    row, someone = to_note_or_404(request, pk), _person(request, person)
    commands.say_no(actor_of(request), activity=row, person=someone, now=clock.now())
    return redirect("activities:who", pk=pk)


def _person(request: HttpRequest, key: UUID) -> Person:
    found = lists.person_to_sign_up(actor_of(request), key)
    if found is None:
        raise Http404
    return found
