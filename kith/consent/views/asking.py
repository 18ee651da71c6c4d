"""Explaining a purpose to someone and noting the answer, one purpose and one person at a time."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.consent import commands, forms, queries
from kith.consent.permissions import RECORD_CONSENT, WITHDRAW_CONSENT
from kith.consent.rules import FIRST_PURPOSE, Purpose
from kith.consent.rules.words import STAYS, STOPS
from kith.consent.views.shared import (
    language_asked,
    language_links,
    line,
    person_or_404,
    person_url,
    purpose_or_404,
    text_for,
)
from kith.gate.commands import check
from kith.people.models import Person
from kith.people.rules import Side
from kith.people.rules.labels import language_name
from kith.web.acts import actor_of, after_in, done
from kith.web.components import Filter
from kith.web.forms import KithForm

# In the flow after an import, one answer leads to the next purpose and the next person.
FLOW = "list"
SIDES: dict[str, Any] = {
    "": gettext_lazy("All"),
    Side.PARTICIPANT.value: gettext_lazy("Participants"),
    Side.MENTOR.value: gettext_lazy("Mentors"),
}


@require_GET
def unasked(request: HttpRequest) -> HttpResponse:
    """People who have not been asked yet, one click from the talk with each."""
    actor, side = actor_of(request), _side(request)
    check(actor, RECORD_CONSENT)
    found = queries.part_of_unasked(actor, side, after=after_in(request))
    people, more = found[: queries.LINES_AT_ONCE], len(found) > queries.LINES_AT_ONCE
    first = _list_url(side)
    page = {
        "lines": [(one, language_name(one.language), _talk_url(one)) for one in people],
        "filters": [_filter(request, key, side) for key in SIDES],
        "next_url": _list_url(side, after=people[-1].pk) if more else "",
        "first_url": first if "after" in request.GET else "",
        "start_url": _talk_url(people[0]) if people else "",
    }
    return render(request, "consent/unasked.html", page)


@require_GET
def after_import(request: HttpRequest) -> HttpResponse:
    """Section on the result of an import: how many are to be asked, and the way to begin."""
    actor = actor_of(request)
    check(actor, RECORD_CONSENT)
    first = queries.unasked(actor).first()
    number = queries.unasked_number(actor)
    page = {
        "number": min(number, queries.MOST_COUNTED),
        "is_more": number > queries.MOST_COUNTED,
        "start_url": _talk_url(first) if first else "",
    }
    return render(request, "consent/after_import.html", page)


@require_http_methods(["GET", "POST"])
def talk(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """One purpose: the easy version first, the full text, then yes or no."""
    actor, person = actor_of(request), person_or_404(request, pk)
    purpose = queries.worded(purpose_or_404(key), person)
    check(actor, RECORD_CONSENT, person)
    form = forms.TalkForm(request.POST or None, initial={"language": person.language})
    if request.method == "POST" and done(
        form,
        lambda: commands.record_answer(
            actor, person=person, purpose=key, now=clock.now(), **form.answer()
        ),
    ):
        return redirect(_after_answer(request, person))
    return render(request, "consent/talk.html", _talk_page(request, person, purpose, form))


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Take a yes back, as easily as it was given."""
    actor, person = actor_of(request), person_or_404(request, pk)
    purpose = queries.worded(purpose_or_404(key, only_on_record=False), person)
    check(actor, WITHDRAW_CONSENT, person)
    form = KithForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and done(
        form,
        lambda: commands.withdraw(actor, person=person, purpose=key, now=clock.now()),
    ):
        messages.success(request, _("The yes is taken back. It counts from this moment."))
        return redirect("consent:noted", pk=pk)
    page = {
        "person": person,
        "text": text_for(request, purpose, request.LANGUAGE_CODE),
        "stops": STOPS[key],
        "stays": STAYS[key],
        "back": person_url(pk),
    }
    return render(request, "consent/withdraw.html", page)


@require_GET
def noted(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What this person has said, with a receipt for each, and who comes next."""
    actor, person, today = actor_of(request), person_or_404(request, pk), clock.today()
    answers = queries.answers_of(actor, person)
    page = {
        "person": person,
        "lines": [line(one, person, today) for one in answers if one.decision],
        "back": person_url(pk),
        "in_flow": _in_flow(request),
    }
    if _in_flow(request):
        following = queries.next_person(actor, person)
        page["next"] = following
        page["next_url"] = _talk_url(following) if following else ""
    return render(request, "consent/noted.html", page)


def _talk_page(
    request: HttpRequest, person: Person, purpose: Purpose, form: forms.TalkForm
) -> dict[str, Any]:
    actor, today = actor_of(request), clock.today()
    answers = queries.answers_of(actor, person)
    asked = [queries.worded(one.purpose, person) for one in answers if one.asked_at_enrolment]
    present = next(one for one in answers if one.purpose.key == purpose.key)
    language = language_asked(request, purpose, person.language, request.LANGUAGE_CODE)
    text = text_for(request, purpose, language)
    return {
        "person": person,
        "form": form,
        "text": text,
        "line": line(present, person, today),
        "languages": language_links(purpose, language, person.language),
        "text_is_missing": person.language != language,
        "persons_language": language_name(person.language),
        "steps": [one.title.say(_page_language(request), **_blank(one)) for one in asked],
        "step": asked.index(purpose) + 1 if purpose in asked else None,
        "as_mentor": queries.reads_as_mentor(person),
        "asks_by": actor.display_name,
        "kept": {"flow": FLOW} if _in_flow(request) else {},
        "in_flow": _in_flow(request),
        "skip_url": _skip_url(request, person),
        "back": person_url(person.pk),
    }


def _after_answer(request: HttpRequest, person: Person) -> str:
    """The next purpose, or what was noted when there is none left."""
    following = queries.next_to_ask(queries.answers_of(actor_of(request), person))
    if following is None:
        return _with_flow(request, reverse("consent:noted", args=[person.pk]))
    return _with_flow(request, reverse("consent:talk", args=[person.pk, following.key]))


def _skip_url(request: HttpRequest, person: Person) -> str:
    following = queries.next_person(actor_of(request), person) if _in_flow(request) else None
    return _talk_url(following) if following else ""


def _with_flow(request: HttpRequest, url: str) -> str:
    return f"{url}?flow={FLOW}" if _in_flow(request) else url


def _in_flow(request: HttpRequest) -> bool:
    return request.GET.get("flow") == FLOW


def _talk_url(person: Person) -> str:
    return f"{reverse('consent:talk', args=[person.pk, FIRST_PURPOSE])}?flow={FLOW}"


def _page_language(request: HttpRequest) -> str:
    return str(request.LANGUAGE_CODE)


def _blank(purpose: Purpose) -> dict[str, str]:
    return dict.fromkeys(purpose.names, "")


def _side(request: HttpRequest) -> Side | None:
    wanted = request.GET.get("side", "")
    return Side(wanted) if wanted in list(Side) else None


def _list_url(side: Side | None, *, after: UUID | None = None) -> str:
    kept = {"side": side.value if side else "", "after": str(after or "")}
    query = urlencode({key: value for key, value in kept.items() if value})
    url = reverse("consent:unasked")
    return f"{url}?{query}" if query else url


def _filter(request: HttpRequest, key: str, chosen: Side | None) -> Filter:
    side = Side(key) if key else None
    number = queries.unasked_number(actor_of(request), side)
    return Filter(
        label=SIDES[key],
        url=_list_url(side),
        count=number if number <= queries.MOST_COUNTED else None,
        is_current=side is chosen,
    )
