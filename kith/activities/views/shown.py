"""Looking at activities, and saying yes or no for oneself."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.activities import commands
from kith.activities.forms import ComingForm
from kith.activities.permissions import NOTE_WHO_CAME, PLAN_ACTIVITIES, SEE_ACTIVITIES
from kith.activities.queries import lists, pictures
from kith.activities.rules.plan import Answer
from kith.activities.views.shared import activity_or_404, card_of, cards_of
from kith.base import clock
from kith.gate.commands import check
from kith.gate.permissions import allows, has
from kith.people.models import Person
from kith.web.acts import actor_of, done, typed


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """What is to come."""
    return _list(request, is_past=False)


@require_GET
def past(request: HttpRequest) -> HttpResponse:
    """What is over."""
    return _list(request, is_past=True)


def _list(request: HttpRequest, *, is_past: bool) -> HttpResponse:
    actor, after = actor_of(request), request.GET.get("after", "")
    check(actor, SEE_ACTIVITIES)
    find = lists.past if is_past else lists.coming
    part, me = find(actor, now=clock.now(), after=after), lists.me(actor)
    here = reverse("activities:past" if is_past else "activities:start")
    page = {
        "cards": cards_of(part.activities, lists.own_answers(me, part.activities)),
        "is_past": is_past,
        "is_own": me is not None,
        "may_plan": has(actor, PLAN_ACTIVITIES),
        "next_url": f"{here}?{urlencode({'after': part.after})}" if part.after else "",
        "first_url": here if after else "",
    }
    return render(request, "activities/start.html", page)


@require_GET
def activity(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One activity."""
    actor, row = actor_of(request), activity_or_404(request, pk)
    me = lists.me(actor)
    answer = lists.own_answers(me, [row]).get(row.pk)
    page = {
        "card": card_of(row, answer, today=clock.today()),
        "activity": row,
        "answer": answer,
        "form": ComingForm(),
        "is_own": me is not None,
        "may_plan": allows(actor, PLAN_ACTIVITIES, row),
        "may_note": allows(actor, NOTE_WHO_CAME, row),
        "has_begun": row.starts_at <= clock.now(),
        "pictures": pictures.shown(actor, row),
    }
    return render(request, "activities/activity.html", page)


@require_http_methods(["GET", "POST"])
def come(request: HttpRequest, pk: UUID) -> HttpResponse:
    """I come."""
    actor, row, me = actor_of(request), activity_or_404(request, pk), _me(request)
    form, kept = ComingForm(typed(request)), []
    if request.method == "POST" and done(
        form,
        lambda: kept.append(
            commands.sign_up(actor, activity=row, person=me, now=clock.now(), **form.cleaned_data)
        ),
    ):
        if kept[0].answer == Answer.COMING.value:
            messages.success(request, _("Good that you come. You have a place."))
        else:
            messages.info(request, _("All places are taken. You come next when one is free."))
        return redirect("activities:activity", pk=pk)
    card = card_of(row, None, today=clock.today())
    return render(request, "activities/come.html", {"form": form, "activity": row, "card": card})


@require_POST
def no(request: HttpRequest, pk: UUID) -> HttpResponse:
    """I do not come."""
    actor, row = actor_of(request), activity_or_404(request, pk)
    commands.say_no(actor, activity=row, person=_me(request), now=clock.now())
    messages.success(request, _("Thank you for telling us. Your place is free for others."))
    return redirect("activities:activity", pk=pk)


def _me(request: HttpRequest) -> Person:
    me = lists.me(actor_of(request))
    if me is None:
        raise Http404
    return me
