"""Words of both sides: read, add, change, take out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.matching.rules.words import called
from kith.mentoring.models import Match
from kith.mentoring.rules.members import mentors_side
from kith.messaging import commands, forms
from kith.messaging.queries import wording
from kith.messaging.views.shared import around, match_or_404
from kith.web.acts import actor_of, done, typed


@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list, and two fields to add to it."""
    match, actor = match_or_404(request, pk), actor_of(request)
    form = _form(request, match)
    if request.method == "POST" and done(
        form, lambda: commands.add_word(actor, match=match, **form.cleaned_data)
    ):
        return redirect("messaging:words", match.pk)
    begin = _key(request.GET.get("after", ""))
    found = wording.page(actor, match, after=begin)
    page = {
        **around(actor, match),
        **_sides(match),
        "form": form,
        "pairs": found.pairs,
        "next_url": f"{request.path}?after={found.next}" if found.next else "",
        "first_url": request.path if begin else "",
    }
    return render(request, "messaging/words.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def word(request: HttpRequest, pk: UUID, pair: UUID) -> HttpResponse:
    """Write what lacks, or write it better."""
    match, actor = match_or_404(request, pk), actor_of(request)
    row = get_object_or_404(wording.words(actor, match), pk=pair)
    now = {"participant_word": row.participant_word, "mentor_word": row.mentor_word}
    form = _form(request, match, now)
    if request.method == "POST" and done(
        form, lambda: commands.change_word(actor, pair=row, **form.cleaned_data)
    ):
        return redirect("messaging:words", match.pk)
    page = {**around(actor, match), "form": form, "pair": row}
    return render(request, "messaging/word.html", page, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, pk: UUID, pair: UUID) -> HttpResponse:
    """Take two words out of the list."""
    match, actor = match_or_404(request, pk), actor_of(request)
    row = get_object_or_404(wording.words(actor, match), pk=pair)
    commands.remove_word(actor, pair=row)
    messages.success(request, _("The words are taken out."))
    return redirect("messaging:words", match.pk)


def _form(request: HttpRequest, match: Match, now: dict[str, str] | None = None) -> forms.WordForm:
    return forms.WordForm(typed(request), initial=now, **_names(match))


def _names(match: Match) -> dict[str, str]:
    return {"participant": called(match.participant), "mentor": mentors_side(match)}


def _sides(match: Match) -> dict[str, str]:
    return {f"{side}_name": name for side, name in _names(match).items()}


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
