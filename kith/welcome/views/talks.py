"""Welcome talks on a record."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.gate.permissions import allows
from kith.people.rules.labels import language_name
from kith.web.acts import actor_of, done, typed
from kith.web.words import comma_list, near
from kith.welcome import commands, forms
from kith.welcome.models import WelcomeTalk
from kith.welcome.permissions import TALK
from kith.welcome.queries import desk as queries
from kith.welcome.rules.texts import talk_guide
from kith.welcome.views.deciding import guide
from kith.welcome.views.shared import participant_or_404, person_url


@require_GET
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Section on a record: the welcome talks, and the way to note one."""
    actor, row = actor_of(request), participant_or_404(request, pk)
    may_note = allows(actor, TALK, row)
    page = {
        "person": row,
        "lines": [talk_line(talk) for talk in queries.talks_of(actor, person=row)],
        "may_note": may_note,
        "family_url": reverse("people:family", args=[row.pk]) if queries.may_add(actor) else "",
        "back": person_url(row.pk),
    }
    return render(request, "welcome/person.html", page)


def talk_line(talk: WelcomeTalk) -> dict[str, Any]:
    """A talk in words."""
    names = {one.key: one.title.say(get_language() or "en") for one in talk_guide().explained}
    return {
        "talk": talk,
        "when": near(talk.on, clock.today()),
        "language": language_name(talk.language),
        "explained": comma_list([names[key] for key in talk.explained if key in names]),
    }


@require_http_methods(["GET", "POST"])
def new_talk(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note a welcome talk with someone who has a record."""
    actor, row, today = actor_of(request), participant_or_404(request, pk), clock.today()
    check(actor, TALK, row)
    form = forms.TalkForm(typed(request), initial={"on": today, "language": row.language})
    if request.method == "POST" and done(
        form,
        lambda: commands.note_talk(
            actor,
            person=row,
            told=commands.Told(**form.cleaned_data),
            today=today,
            now=clock.now(),
        ),
    ):
        return redirect(person_url(row.pk))
    page = {
        "form": form,
        "person": row,
        "back": person_url(row.pk),
        "spoken_in": language_name(row.language),
        "guide": guide(row.language),
    }
    return render(request, "welcome/new_talk.html", page)
