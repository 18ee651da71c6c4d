"""What every view of this room needs."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kith.base import clock
from kith.expenses.models import Claim, Expense
from kith.expenses.queries import claims as queries
from kith.expenses.queries.plans import plan_of
from kith.expenses.rules.limits import Spent
from kith.expenses.rules.states import OPEN, STATES, TONES, ClaimState, may_become
from kith.gate.actor import Actor
from kith.gate.permissions import allows
from kith.mentoring.permissions import SEE_MATCH
from kith.web.acts import actor_of
from kith.web.money import money
from kith.web.words import day_and_month, full_day, month_and_year, near


def claim_or_404(request: HttpRequest, pk: UUID) -> Claim:
    """A claim this actor may see."""
    return get_object_or_404(queries.claims(actor_of(request)), pk=pk)


def own_claim_or_404(request: HttpRequest, pk: UUID) -> Claim:
    """One's own claim."""
    return get_object_or_404(queries.own_claims(actor_of(request)), pk=pk)


def expense_or_404(claim: Claim, key: UUID) -> Expense:
    """One expense of a claim."""
    found = queries.expense(claim, key)
    if found is None:
        raise Http404
    return found


def claim_line(row: Claim, *, with_name: bool = False) -> dict[str, Any]:
    """A claim in a list."""
    state, day = ClaimState(row.state), row.paid_on or row.decided_on or row.sent_on
    sum_words = money(row.cents, row.currency)
    title = row.name if with_name else capfirst(near(row.changed_on, clock.today()))
    return {
        "title": title,
        "context": f"{sum_words} · {row.programme.name}",
        "when": capfirst(near(day, clock.today())) if with_name and day else "",
        "url": reverse("expenses:claim", args=[row.pk]),
        "state": STATES[state],
        "tone": TONES.get(state, "calm"),
    }


def is_own(actor: Actor, claim: Claim) -> bool:
    """Whether the one who is signed in claims this."""
    person = claim.person
    return person is not None and person.user_id is not None and person.user_id == actor.user_id


def page_of(actor: Actor, claim: Claim, **more: Any) -> dict[str, Any]:
    """What the page of a claim says, for both sides."""
    state, own = ClaimState(claim.state), is_own(actor, claim)
    rows, plan = queries.expenses_of(claim), plan_of(claim.programme_id)
    is_said = state in OPEN if own else state is ClaimState.SENT
    over = queries.above_limit(claim, plan) if is_said else ()
    return {
        "claim": claim,
        "is_own": own,
        "title": _("My expenses") if own else claim.name,
        "state": STATES[state],
        "tone": TONES.get(state, "calm"),
        "told": _told(claim, state),
        "sum": money(claim.cents, claim.currency),
        "lines": [_expense_line(actor, claim, row) for row in rows],
        "above": [above_words(one, claim.currency, own=own) for one in over],
        "is_open": own and state in OPEN,
        "may_correct": own and may_become(state, ClaimState.DRAFT),
        "may_withdraw": own and may_become(state, ClaimState.WITHDRAWN),
        "was_sent": claim.sent_on is not None,
        **more,
    }


def _told(claim: Claim, state: ClaimState) -> list[str]:
    """When it was sent, decided and paid, and by whom."""
    today, told = clock.today(), []
    if claim.sent_on:
        told.append(_("Sent %(when)s.") % {"when": near(claim.sent_on, today)})
    if claim.decided_on and claim.decided_by and state is not ClaimState.SENT:
        by = {"name": claim.decided_by.name, "when": near(claim.decided_on, today)}
        told.append(_("%(name)s looked at it %(when)s.") % by)
    if claim.paid_on:
        told.append(_("Paid %(when)s.") % {"when": near(claim.paid_on, today)})
    return told


def _expense_line(actor: Actor, claim: Claim, row: Expense) -> dict[str, Any]:
    keys = [claim.pk, row.pk]
    return {
        "expense": row,
        "day": full_day(row.on),
        "amount": money(row.cents, claim.currency),
        "reason": reason_words(row),
        "reason_url": _reason_url(actor, row),
        "is_picture": bool(row.receipt and row.receipt.kind.startswith("image/")),
        "receipt_url": reverse("expenses:receipt", args=keys) if row.receipt else "",
        "change_url": reverse("expenses:change", args=keys),
        "remove_url": reverse("expenses:remove", args=keys),
    }


def reason_words(row: Expense) -> str:
    """What an expense was for; nobody is named."""
    if row.activity is not None:
        return str(row.activity.title)
    if row.meeting is not None and row.meeting.held_on:
        return _("Meeting on %(day)s") % {"day": day_and_month(row.meeting.held_on)}
    return ""


def _reason_url(actor: Actor, row: Expense) -> str:
    if row.activity_id:
        return reverse("activities:activity", args=[row.activity_id])
    if row.meeting is not None and allows(actor, SEE_MATCH, row.meeting.match):
        return reverse("mentoring:match", args=[row.meeting.match_id])
    return ""


def above_words(spent: Spent, currency: str, *, own: bool) -> str:
    """That a month passes the limit, and what follows from it."""
    said = {
        "month": month_and_year(date(*spent.month, 1)),
        "sum": money(spent.cents, currency),
        "limit": money(spent.limit, currency),
    }
    if own:
        return (
            _(
                "With this your expenses of %(month)s come to %(sum)s; %(limit)s are planned for a "
                "month. You can send it all the same: your coordinator may agree with a reason."
            )
            % said
        )
    return (
        _(
            "With this the expenses of %(month)s come to %(sum)s; %(limit)s are planned for a "
            "month. To agree, write why."
        )
        % said
    )


def reasons(actor: Actor, *, today: date, days: int, most: int = 15) -> Sequence[tuple[str, str]]:
    """Meetings and activities of late, as the options of a form."""
    meetings = queries.own_meetings(actor, today=today, days=days)[:most]
    found = [
        (f"m-{row.pk}", _("Meeting on %(day)s") % {"day": day_and_month(row.held_on)})
        for row in meetings
        if row.held_on
    ]
    for one in queries.own_activities(actor, days=days)[:most]:
        day = day_and_month(timezone.localdate(one.starts_at))
        found.append((f"a-{one.pk}", f"{one.title}, {day}"))
    return found
