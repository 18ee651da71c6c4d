"""The six statements about a match: answered by one side alone, or not at all."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.gate.roles import Role
from kith.matching.rules.words import called
from kith.mentoring import commands, forms
from kith.mentoring.models import Match, RelationshipCheck
from kith.mentoring.permissions import ANSWER_CHECK
from kith.mentoring.queries import agreement
from kith.mentoring.views import shown
from kith.mentoring.views.shared import match_or_404
from kith.people.models import Person
from kith.people.rules import Side
from kith.web.acts import actor_of, done, typed


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: UUID, side: str) -> HttpResponse:
    """One side answers; the other side never sees it."""
    match, actor, which = match_or_404(request, pk), actor_of(request), _side(side)
    check(actor, ANSWER_CHECK, match)
    person, other = _both(match, which)
    is_own = agreement.is_own(actor, person)
    if not is_own and not actor.has(Role.COORDINATOR):
        raise Http404
    form, kept = forms.CheckForm(typed(request), side=which), []
    if request.method == "POST" and done(
        form, lambda: kept.append(_keep(request, match, which, form.cleaned_data))
    ):
        messages.success(request, _thanks(kept[0], is_own=is_own))
        return redirect("mentoring:match", match.pk)
    page = {
        "match": match,
        "names": shown.names(match, actor),
        "person": called(person),
        "other": called(other),
        "is_own": is_own,
        "side": which.value,
        "form": form,
    }
    return render(request, "mentoring/check.html", page, status=422 if form.errors else 200)


@require_POST
def rather_not(request: HttpRequest, pk: UUID, side: str) -> HttpResponse:
    """Somebody would rather not answer; nobody asks why."""
    match = match_or_404(request, pk)
    _keep(request, match, _side(side), {})
    messages.success(request, _("That is fine. Nothing was answered."))
    return redirect("mentoring:match", match.pk)


def _keep(
    request: HttpRequest, match: Match, side: Side, answers: dict[str, str]
) -> RelationshipCheck:
    return commands.answer_check(
        actor_of(request),
        match=match,
        side=side,
        answers=answers,
        today=clock.today(),
        now=clock.now(),
    )


def _thanks(found: RelationshipCheck, *, is_own: bool) -> str:
    if not is_own:
        return _("The answers are noted.")
    if found.offers_talk:
        return _("Thank you. Your coordinator will offer you a talk.")
    return _("Thank you. It is good to know.")


def _both(match: Match, side: Side) -> tuple[Person, Person]:
    if side is Side.PARTICIPANT:
        return match.participant, match.mentor
    return match.mentor, match.participant


def _side(text: str) -> Side:
    if text not in set(Side):
        raise Http404
    return Side(text)
