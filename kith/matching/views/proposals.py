"""The page on which a person decides about a proposed pair."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kith.base import clock
from kith.gate.permissions import allows
from kith.matching import commands, forms
from kith.matching.models import Proposal
from kith.matching.permissions import ASK_BOTH, SUGGEST
from kith.matching.queries import rounds as queries
from kith.matching.queries.board import look_at
from kith.matching.queries.standing import NothingStands, current_run
from kith.matching.rules.states import ANSWER_DAYS, UNDECIDED, ProposalState, RoundState
from kith.matching.views import shown
from kith.matching.views.shared import proposal_or_404
from kith.web.acts import actor_of, done


@require_GET
def proposal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Facts on one side, choices on the other, and what follows from each."""
    return _page(request, proposal_or_404(request, pk))


@require_POST
def keep(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep the pair in every later proposal."""
    kept = commands.lock_proposal(actor_of(request), proposal=proposal_or_404(request, pk))
    return _back(kept)


@require_POST
def free(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a decision back."""
    freed = commands.unlock_proposal(actor_of(request), proposal=proposal_or_404(request, pk))
    return _back(freed)


@require_POST
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask both sides."""
    row, form = proposal_or_404(request, pk), forms.AcceptForm(request.POST)
    actor, today, now = actor_of(request), clock.today(), clock.now()
    if not done(
        form,
        lambda: commands.accept_proposal(
            actor, proposal=row, today=today, now=now, **form.cleaned_data
        ),
    ):
        return _page(request, row, accept_form=form, status=422)
    messages.success(request, _("Both are asked now. Names stay hidden until both say yes."))
    return _back(row)


@require_POST
def suggest(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A volunteer matcher suggests the pair; staff confirm."""
    row, form = proposal_or_404(request, pk), forms.AcceptForm(request.POST)
    actor, today = actor_of(request), clock.today()
    if not done(
        form,
        lambda: commands.suggest_proposal(actor, proposal=row, today=today, **form.cleaned_data),
    ):
        return _page(request, row, accept_form=form, status=422)
    messages.success(request, _("Your coordinator sees the pair now and asks both."))
    return _back(row)


@require_POST
def reject(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Leave the pair out."""
    row, form = proposal_or_404(request, pk), forms.RejectForm(request.POST)
    actor = actor_of(request)
    if not done(form, lambda: commands.reject_proposal(actor, proposal=row, **form.cleaned_data)):
        return _page(request, row, reject_form=form, status=422)
    return _back(row)


@require_POST
def take_instead(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep the participant with another mentor; the others follow."""
    actor, row = actor_of(request), proposal_or_404(request, pk)
    mentor = get_object_or_404(
        queries.mentors_beside(actor, row.participant), pk=request.POST.get("mentor")
    )
    commands.keep_pair(actor, round=row.round, participant=row.participant, mentor=mentor)
    return _back(row)


@require_POST
def note_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note what one side said by phone."""
    row, form = proposal_or_404(request, pk), forms.NotedAnswerForm(request.POST)
    if form.is_valid():
        commands.record_answer(
            actor_of(request),
            proposal=row,
            today=clock.today(),
            now=clock.now(),
            **form.cleaned_data,
        )
        messages.success(request, _("The answer is noted."))
    return redirect("matching:proposal", row.pk)


@require_POST
def more_days(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give both more days to answer, after a talk."""
    row = proposal_or_404(request, pk)
    until = clock.today() + timedelta(days=ANSWER_DAYS)
    commands.extend_offer(actor_of(request), proposal=row, until=until)
    messages.success(request, _("Both have a week more to answer."))
    return redirect("matching:proposal", row.pk)


@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the question back from both."""
    row = proposal_or_404(request, pk)
    commands.withdraw_offer(actor_of(request), proposal=row, now=clock.now())
    messages.success(request, _("The question is taken back. The participant waits on."))
    return _back(row)


def _back(row: Proposal) -> HttpResponse:
    return redirect("matching:round", row.round_id)


def _page(
    request: HttpRequest,
    row: Proposal,
    *,
    accept_form: forms.AcceptForm | None = None,
    reject_form: forms.RejectForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, today = actor_of(request), clock.today()
    look_at(actor, round=row.round)
    is_open = row.round.state == RoundState.OPEN and row.state in UNDECIDED
    page = {
        "proposal": row,
        "title": shown.round_name(row.round),
        "pair": shown.pair(row, today=today),
        "people": [shown.facts_of(row.participant), shown.facts_of(row.mentor)],
        "parts": shown.parts(row.parts),
        "is_open": is_open,
        "is_offered": row.state == ProposalState.OFFERED,
        "asked": shown.asked_words(row, today=today),
        "suggested": shown.suggested_words(row, today=today),
        "may_ask": allows(actor, ASK_BOTH, row),
        "may_suggest": allows(actor, SUGGEST, row),
        "accept_form": accept_form or forms.AcceptForm(initial={"why": row.why}),
        "reject_form": reject_form or forms.RejectForm(),
        **(_others(request, row) if is_open else {"options": [], "reject_means": []}),
    }
    return render(request, "matching/proposal.html", page, status=status)


def _others(request: HttpRequest, row: Proposal) -> dict[str, object]:
    """Other mentors, and what leaving this pair out would mean; nothing where no record is."""
    actor, run = actor_of(request), current_run(row.round)
    if run is None or row.despite:
        return {"options": [], "reject_means": []}
    try:
        options = queries.options_of(actor, row.participant, run) or []
        effect = queries.effect_of_reject(actor, row, run)
    except NothingStands as gone:
        return {"options": [], "reject_means": [], "gone": str(gone.sentence)}
    return {
        "options": [shown.option(one) for one in options],
        "reject_means": shown.reject_words(row, effect),
    }
