"""A mentor's own expenses, and the page of a claim that both sides open."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock, files
from kith.base.attachments import KINDS
from kith.expenses import commands
from kith.expenses.forms import DecisionForm, ExpenseForm, PaidForm, expense_before
from kith.expenses.models import Claim, Expense, ExpensePlan
from kith.expenses.permissions import CLAIM, KEEP_BOOK
from kith.expenses.queries import claims as queries
from kith.expenses.queries.plans import plan_of, plans_to_claim
from kith.expenses.rules.states import ClaimState
from kith.expenses.views.shared import (
    claim_line,
    claim_or_404,
    expense_or_404,
    own_claim_or_404,
    page_of,
    reason_words,
    reasons,
)
from kith.gate.commands import check
from kith.gate.permissions import has
from kith.web.acts import actor_of, done, typed


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """One's own claims, the newest first; staff without own ones go to those of others."""
    actor = actor_of(request)
    if not has(actor, CLAIM) and has(actor, KEEP_BOOK):
        return redirect("expenses:start")
    check(actor, CLAIM)
    found = queries.part(queries.own_claims(actor), after=request.GET.get("after", ""))
    page = {
        "lines": [claim_line(row) for row in found.claims],
        "may_begin": bool(plans_to_claim(actor)),
        "next_url": f"{request.path}?after={found.after}" if found.after else "",
        "first_url": request.path if request.GET.get("after") else "",
    }
    return render(request, "expenses/mine.html", page)


@require_GET
def new(request: HttpRequest) -> HttpResponse:
    """In which programme; with a single one its form at once."""
    actor = actor_of(request)
    check(actor, CLAIM)
    plans = plans_to_claim(actor)
    if len(plans) == 1:
        return redirect("expenses:new_in", pk=plans[0].pk)
    return render(request, "expenses/new.html", {"plans": plans})


@require_http_methods(["GET", "POST"])
def new_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note an expense; it goes into the claim that was not sent yet."""
    actor = actor_of(request)
    check(actor, CLAIM)
    plan = next((one for one in plans_to_claim(actor) if one.pk == pk), None)
    if plan is None:
        raise Http404
    form, kept = _form(request, plan), list[Claim]()

    def keep() -> None:
        wanted = form.wanted(**_more(request, form, plan))
        kept.append(commands.begin_claim(actor, plan=plan, wanted=wanted, today=clock.today()))

    if request.method == "POST" and done(form, keep):
        return redirect("expenses:claim", pk=kept[0].pk)
    return _edit(request, form, plan)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One more expense in a claim."""
    claim = own_claim_or_404(request, pk)
    plan = _plan_of(claim)
    form = _form(request, plan)
    if request.method == "POST" and done(
        form,
        lambda: commands.add_expense(
            actor_of(request),
            claim=claim,
            wanted=form.wanted(**_more(request, form, plan)),
            today=clock.today(),
        ),
    ):
        return redirect("expenses:claim", pk=pk)
    return _edit(request, form, plan, claim=claim)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: UUID, expense: UUID) -> HttpResponse:
    """Write an expense anew."""
    claim = own_claim_or_404(request, pk)
    row, plan = expense_or_404(claim, expense), _plan_of(claim)
    form = _form(request, plan, row)
    if request.method == "POST" and done(
        form,
        lambda: commands.change_expense(
            actor_of(request),
            claim=claim,
            expense=row,
            wanted=form.wanted(**_more(request, form, plan)),
            today=clock.today(),
        ),
    ):
        return redirect("expenses:claim", pk=pk)
    return _edit(request, form, plan, claim=claim, expense=row)


@require_POST
def remove(request: HttpRequest, pk: UUID, expense: UUID) -> HttpResponse:
    """Take an expense out of a claim."""
    claim = own_claim_or_404(request, pk)
    row = expense_or_404(claim, expense)
    commands.remove_expense(actor_of(request), claim=claim, expense=row, today=clock.today())
    return redirect("expenses:claim", pk=pk)


@require_GET
def claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One claim: its expenses, where it stands, and what can be done."""
    row = claim_or_404(request, pk)
    return render(request, "expenses/claim.html", claim_page(request, row))


def claim_page(request: HttpRequest, row: Claim, **forms: Any) -> dict[str, Any]:
    """The page of a claim with the forms of those who look at it and pay it."""
    actor, state = actor_of(request), ClaimState(row.state)
    page = page_of(actor, row)
    if not page["is_own"]:
        if state is ClaimState.SENT:
            page["decision"] = DecisionForm(initial={"sending": row.sending})
        elif state is ClaimState.AGREED:
            page["payment"] = PaidForm(initial={"paid_on": clock.today()})
    return {**page, **forms}


@require_POST
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a claim to the coordinators."""
    claim = own_claim_or_404(request, pk)
    commands.send_claim(actor_of(request), claim=claim, today=clock.today())
    messages.success(request, _("Your expenses are sent. You are told when somebody answers."))
    return redirect("expenses:claim", pk=pk)


@require_POST
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a claim back to correct it."""
    claim = own_claim_or_404(request, pk)
    commands.correct_claim(actor_of(request), claim=claim, today=clock.today())
    messages.success(request, _("You can change it now. Send it again when it is right."))
    return redirect("expenses:claim", pk=pk)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a claim back for good, after a question."""
    claim = own_claim_or_404(request, pk)
    if request.method == "POST":
        commands.withdraw_claim(actor_of(request), claim=claim, today=clock.today())
        messages.success(request, _("Your claim is withdrawn."))
        return redirect("expenses:mine")
    return render(request, "expenses/withdraw.html", {"claim": claim, "sum": claim_line(claim)})


def _plan_of(claim: Claim) -> ExpensePlan:
    plan = plan_of(claim.programme_id)
    if plan is None:
        raise Http404
    return plan


def _form(request: HttpRequest, plan: ExpensePlan, row: Expense | None = None) -> ExpenseForm:
    today, kinds = clock.today(), list(plan.kinds)
    options = dict(reasons(actor_of(request), today=today, days=plan.within_days))
    initial: dict[str, Any] = {"on": today}
    if row is not None:
        kinds += [row.kind] if row.kind not in kinds else []
        initial = expense_before(row)
        options.setdefault(initial["reason"], reason_words(row))
        options.pop("", None)
    return ExpenseForm(
        typed(request),
        request.FILES or None,
        kinds=kinds,
        reasons=list(options.items()),
        initial=initial,
        has_receipt=row is not None and row.receipt_id is not None,
    )


def _more(request: HttpRequest, form: ExpenseForm, plan: ExpensePlan) -> dict[str, Any]:
    """The rows behind what was chosen, and the content of the receipt."""
    found: dict[str, Any] = {}
    letter, _dash, key = form.cleaned_data["reason"].partition("-")
    actor, today, days = actor_of(request), clock.today(), 2 * plan.within_days
    if letter == "m":
        meetings = queries.own_meetings(actor, today=today, days=days)
        found["meeting"] = meetings.filter(pk=key).first()
    elif letter == "a":
        activities = queries.own_activities(actor, days=days)
        found["activity"] = activities.filter(pk=key).first()
    upload = form.cleaned_data["receipt"]
    if upload:
        content, kind = files.check_upload(upload, allowed=KINDS)
        found["receipt"] = (content, kind, upload.name)
    return found


def _edit(
    request: HttpRequest,
    form: ExpenseForm,
    plan: ExpensePlan,
    *,
    claim: Claim | None = None,
    expense: Expense | None = None,
) -> HttpResponse:
    page = {
        "form": form,
        "plan": plan,
        "claim": claim,
        "expense": expense,
        "currency": claim.currency if claim else plan.currency,
    }
    return render(request, "expenses/edit.html", page, status=422 if form.errors else 200)
