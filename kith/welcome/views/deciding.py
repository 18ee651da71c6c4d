"""Yes and no: accepting with the welcome talk, declining with a letter."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.people.models import Person
from kith.people.rules import Side
from kith.people.rules.labels import language_name
from kith.programmes.models import Programme
from kith.programmes.queries import open_to_enrol
from kith.programmes.rules import rules_of
from kith.programmes.rules.sentences import check_sentence, training_sentences
from kith.web.acts import actor_of, done, typed
from kith.welcome import commands, forms
from kith.welcome.models import Application
from kith.welcome.permissions import DECIDE
from kith.welcome.queries import desk as queries
from kith.welcome.rules.states import State
from kith.welcome.rules.texts import letters, talk_guide
from kith.welcome.views.letters import letter_of
from kith.welcome.views.shared import application_or_404, person_url
from kith.welcome.views.shown import answers_in_words, tell


@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A no, with the reason that the person is told."""
    actor, row = actor_of(request), application_or_404(request, pk)
    check(actor, DECIDE, row)
    form = forms.DeclineForm(typed(request), reasons=letters().of(Side(row.side)))
    if request.method == "POST" and done(
        form,
        lambda: commands.decline(actor, application=row, today=clock.today(), **form.cleaned_data),
    ):
        tell(request, row)
        return redirect("welcome:letter", pk=pk)
    return render(request, "welcome/decline.html", {"form": form, "row": row})


@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A yes: from now on there is a record, a place and what comes next."""
    actor, row = actor_of(request), application_or_404(request, pk)
    check(actor, DECIDE, row)
    is_mentor = row.side == Side.MENTOR
    form, talk_form = _accept_forms(request, row)
    made: list[Person] = []
    is_sound = talk_form is None or not _is_talk_held(request) or talk_form.is_valid()
    if (
        request.method == "POST"
        and is_sound
        and done(form, lambda: made.append(_accept(request, row, form, talk_form)))
    ):
        tell(request, row)
        if is_mentor:
            return redirect(person_url(made[0].pk))
        return redirect("consent:talk", pk=made[0].pk, key="mentoring")
    page = {
        "form": form,
        "talk_form": talk_form,
        "row": row,
        "is_mentor": is_mentor,
        "answers": answers_in_words(row),
        "checks": _checks(row),
        "spoken_in": language_name(_spoken_best(row)),
        "guide": guide(_spoken_best(row)),
    }
    return render(request, "welcome/accept.html", page)


def _accept_forms(request: HttpRequest, row: Application) -> tuple[Any, Any]:
    actor = actor_of(request)
    programmes = list(open_to_enrol(actor))
    known = [one.person for one in queries.twins(actor, row) if one.person is not None]
    settings: dict[str, Any] = {
        "programmes": programmes,
        "twins": [(str(one.pk), _same_words(one)) for one in known],
        "programme_needed": row.side == Side.MENTOR,
        "initial": {"programme": str(row.programme_id or "")},
    }
    if row.side == Side.MENTOR:
        return forms.AcceptMentorForm(typed(request), **settings), None
    data = request.POST if _is_talk_held(request) else None
    initial = {"on": clock.today(), "language": _spoken_best(row)}
    return (
        forms.AcceptParticipantForm(typed(request), **settings),
        forms.TalkForm(data, initial=initial, prefix="talk"),
    )


def _same_words(person: Person) -> str:
    return _("Yes: %(name)s, go on with that record") % {"name": person.name}


def _is_talk_held(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("talk_held") == "yes"


def _accept(request: HttpRequest, row: Application, form: Any, talk_form: Any) -> Person:
    actor, today, now = actor_of(request), clock.today(), clock.now()
    wanted = form.cleaned_data
    common: dict[str, Any] = {
        "application": row,
        "programme": _programme(request, wanted["programme"]),
        "person": queries.person_to_join(actor, wanted.get("same", "")),
        "text": wanted["text"],
        "today": today,
        "now": now,
    }
    if row.side == Side.MENTOR:
        return commands.accept_mentor(actor, interview_on=wanted["interview_on"], **common)
    told = commands.Told(**talk_form.cleaned_data) if _is_talk_held(request) else None
    return commands.accept_participant(actor, told=told, **common)


def _programme(request: HttpRequest, key: str) -> Programme | None:
    rows = open_to_enrol(actor_of(request))
    return next((one for one in rows if str(one.pk) == key), None)


def _checks(row: Application) -> list[str]:
    """What this programme asks of a mentor before the first match."""
    if row.side != Side.MENTOR or row.programme is None:
        return []
    rules = rules_of(row.programme)
    return [check_sentence(one) for one in rules.checks] + training_sentences(rules.training)


def _spoken_best(row: Application) -> str:
    spoken = (row.answers or {}).get("languages", {})
    return next(iter(spoken), row.language)


def guide(language: str) -> list[tuple[str, str, str]]:
    """What a welcome talk explains, to be read out in a language."""
    return [
        (one.key, one.title.say(language), one.text.say(language)) for one in talk_guide().explained
    ]


@require_GET
def letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The letter of a no as the person reads it, to be printed and posted."""
    row = application_or_404(request, pk)
    steps = queries.steps_of(actor_of(request), application=row)
    with translation.override(row.language):
        sentences = letter_of(row, steps) if row.state == State.DECLINED else []
    page = {"row": row, "sentences": sentences, "language": row.language}
    return render(request, "welcome/letter.html", page)
