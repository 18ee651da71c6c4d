"""Where a participant or mentor answers a proposal about themselves."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kith.base import clock
from kith.matching import commands, forms
from kith.matching.queries import offers as queries
from kith.matching.rules.states import Answer
from kith.matching.rules.words import languages_list, slots_list, topics_list
from kith.web.acts import actor_of, done, typed

THANKS = {
    Answer.YES.value: _("Thank you. We tell you as soon as the other person has answered."),
    Answer.NO.value: _("Thank you for telling us. You need not say why."),
    Answer.ASK.value: _("Your coordinator knows that you have a question and will call you."),
}


@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read about the other person and answer."""
    actor = actor_of(request)
    row = get_object_or_404(queries.offers_to(actor), pk=pk)
    form = forms.AnswerForm(typed(request))
    today, now = clock.today(), clock.now()
    if request.method == "POST" and done(
        form,
        lambda: commands.answer_offer(
            actor, proposal=row, today=today, now=now, **form.cleaned_data
        ),
    ):
        messages.success(request, str(THANKS[form.cleaned_data["answer"]]))
        return redirect("web:today")
    return _page(request, queries.offer_for(actor, row), form)


def _page(request: HttpRequest, seen: queries.Offer, form: forms.AnswerForm) -> HttpResponse:
    page = {
        "offer": seen,
        "languages": languages_list(seen.languages),
        "topics": topics_list(seen.topics) if seen.topics else "",
        "times": slots_list(seen.times) if seen.times else "",
        "form": form,
        "today": clock.today(),
    }
    return render(request, "matching/offer.html", page, status=422 if form.errors else 200)
