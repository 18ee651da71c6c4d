""" "Why not these two", keeping a pair of one's own choice, and today's best pairs of a person."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kith.base import clock
from kith.matching import commands, forms
from kith.matching.models import Round, Run
from kith.matching.queries import today as todays
from kith.matching.queries import why as queries
from kith.matching.queries.standing import NothingStands, current_run
from kith.matching.rules.states import RoundState, Side
from kith.matching.views import asked, shown, told
from kith.matching.views.shared import round_or_404
from kith.people.models import Person
from kith.people.queries import people
from kith.programmes.models import Enrolment
from kith.web.acts import actor_of, done


@require_GET
def why_not(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Find two people of a round; then what speaks for and against, and what it would cost."""
    round_ = round_or_404(request, pk)
    return _page(request, round_, forms.DespiteForm())


@require_POST
def keep(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep the two; the others follow."""
    actor, round_ = actor_of(request), round_or_404(request, pk)
    participant, mentor = _two(request, round_)
    kept = commands.keep_pair(actor, round=round_, participant=participant, mentor=mentor)
    messages.success(request, _("Kept. The other pairs were worked out again."))
    return redirect("matching:proposal", kept.pk)


@require_POST
def keep_despite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep the two although a soft rule speaks against it, with one line why."""
    actor, round_ = actor_of(request), round_or_404(request, pk)
    participant, mentor = _two(request, round_)
    form = forms.DespiteForm(request.POST)
    run = _run(round_)
    found = queries.why(
        actor,
        round=round_,
        run=run,
        participant=participant,
        mentor=mentor,
        today=clock.today(),
    )
    if not done(
        form,
        lambda: commands.keep_despite(
            actor,
            round=round_,
            participant=participant,
            mentor=mentor,
            failed=[rule for rule in found.failed if rule not in asked.SETTLED],
            **form.cleaned_data,
        ),
    ):
        return _page(request, round_, form, status=422)
    messages.success(request, _("Kept, with your reason."))
    return redirect("matching:round", round_.pk)


@require_POST
def look_for(request: HttpRequest, pk: UUID, place: UUID) -> HttpResponse:
    """Take a newcomer into the round, and go back to their page."""
    actor, round_ = actor_of(request), round_or_404(request, pk)
    enrolment = queries.place_in(actor, round_, Side.PARTICIPANT, str(place))
    if enrolment is None:
        raise Http404
    number = commands.bring_up_to_date(actor, round=round_, today=clock.today(), now=clock.now())
    messages.success(request, shown.changes_words(number))
    return redirect("people:person", enrolment.person_id)


@require_GET
def of_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Today's best pairs of a participant who waits, as a section of their page."""
    actor = actor_of(request)
    person: Person = get_object_or_404(people(actor), pk=pk)
    found = [asked.todays(one) for one in todays.best_today(actor, person)]
    return render(request, "matching/of_person.html", {"person": person, "places": found})


def _page(
    request: HttpRequest, round_: Round, form: forms.DespiteForm, *, status: int = 200
) -> HttpResponse:
    actor, said = actor_of(request), request.POST or request.GET
    sides = []
    chosen: dict[Side, Enrolment | None] = {}
    for side in Side:
        key, text = said.get(side.value, ""), said.get(f"{side.value}_name", "").strip()
        place = queries.place_in(actor, round_, side, key) if _is_key(key) else None
        found = queries.found_in(actor, round_, side, text) if text and place is None else []
        if len(found) == 1:
            place, found = found[0], []
        chosen[side] = place
        sides.append({"side": side.value, "text": text, "chosen": place, "found": found})
    participant, mentor = chosen[Side.PARTICIPANT], chosen[Side.MENTOR]
    page = {
        "round": round_,
        "title": shown.round_name(round_),
        "sides": [asked.why_side(one) for one in sides],
        "form": form,
        "answer": None,
        "is_open": round_.state == RoundState.OPEN.value,
    }
    if participant and mentor:
        page["answer"] = _answer(request, round_, participant, mentor)
    return render(request, "matching/why.html", page, status=status)


def _answer(
    request: HttpRequest, round_: Round, participant: Enrolment, mentor: Enrolment
) -> dict[str, object]:
    try:
        found = queries.why(
            actor_of(request),
            round=round_,
            run=_run(round_),
            participant=participant,
            mentor=mentor,
            today=clock.today(),
        )
    except NothingStands as gone:
        return {"gone": str(gone.sentence)}
    return asked.why(found, told.effect_words(found.cost))


def _two(request: HttpRequest, round_: Round) -> tuple[Enrolment, Enrolment]:
    actor, keys = actor_of(request), [request.POST.get(side.value, "") for side in Side]
    if not all(map(_is_key, keys)):
        raise Http404
    participant, mentor = (
        queries.place_in(actor, round_, side, key) for side, key in zip(Side, keys, strict=True)
    )
    if participant is None or mentor is None:
        raise Http404
    return participant, mentor


def _run(round_: Round) -> Run:
    run = current_run(round_)
    if run is None:
        raise NothingStands()
    return run


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
