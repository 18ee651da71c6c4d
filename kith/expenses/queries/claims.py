"""Claims and their expenses: one's own, those that wait, those for the books."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from kith.activities.models import Activity
from kith.activities.queries.lists import activities
from kith.activities.rules.plan import ActivityState
from kith.base import clock
from kith.expenses.models import Claim, Expense, ExpensePlan
from kith.expenses.permissions import CLAIM, KEEP_BOOK, LOOK_AT_CLAIMS, PAY_CLAIMS, SEE_CLAIMS
from kith.expenses.queries.plans import kept_years, settled_before
from kith.expenses.rules.limits import (
    KEEP_BOOKED,
    NEWS_DAYS,
    ON_A_PAGE,
    Month,
    Spent,
    above,
    by_month,
    last_settled_on,
)
from kith.expenses.rules.states import (
    BOOKED,
    CAME_TO_NOTHING,
    COUNTED,
    ClaimState,
)
from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.mentoring.models import Match, Meeting
from kith.mentoring.permissions import as_mentor
from kith.mentoring.rules.states import MeetingState
from kith.reminders.rules.kinds import About


@dataclass(frozen=True)
class Part:
    """A page of a list, and where the next one begins."""

    claims: list[Claim]
    after: str


def claims(actor: Actor) -> "QuerySet[Claim]":
    """The claims this actor may see: own ones, and those of others that were sent."""
    rows = Claim.objects.select_related("programme", "person", "decided_by", "paid_by")
    return visible(actor, SEE_CLAIMS, rows)


def own_claims(actor: Actor) -> "QuerySet[Claim]":
    """One's own claims, the newest first."""
    rows = Claim.objects.select_related("programme", "person", "decided_by", "paid_by")
    return visible(actor, CLAIM, rows).order_by("-id")


def to_look_at(actor: Actor) -> "QuerySet[Claim]":
    """Claims of others, as coordinators list them."""
    return visible(actor, LOOK_AT_CLAIMS, Claim.objects.select_related("programme", "person"))


def part(rows: "QuerySet[Claim]", *, after: str = "") -> Part:
    """A page of claims in the order of the list, the newest first."""
    if after:
        rows = rows.filter(pk__lt=after) if _is_key(after) else rows
    found = list(rows.order_by("-id")[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    return Part(shown, str(shown[-1].pk) if len(found) > ON_A_PAGE else "")


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def counts(actor: Actor) -> Mapping[str, int]:
    """How many claims of others stand where."""
    rows = to_look_at(actor).order_by().values("state").annotate(number=Count("id"))
    return {row["state"]: row["number"] for row in rows}


def waiting(actor: Actor, limit: int) -> list[Claim]:
    """Claims nobody has looked at yet, the longest wait first."""
    rows = to_look_at(actor).filter(state=ClaimState.SENT.value)
    return list(rows.order_by("sent_on", "id")[:limit])


def to_pay(actor: Actor) -> tuple[int, date | None]:
    """How many agreed claims wait to be paid, and since when the first."""
    rows = visible(actor, PAY_CLAIMS, Claim.objects.filter(state=ClaimState.AGREED.value))
    first = rows.order_by("decided_on", "id").first()
    return rows.count(), first.decided_on if first else None


def sent_back(actor: Actor) -> list[Claim]:
    """One's own claims with a question."""
    rows = own_claims(actor).filter(state=ClaimState.BACK.value)
    return list(rows.order_by("decided_on", "id")[:3])


def expenses_of(claim: Claim) -> list[Expense]:
    """The expenses of a claim, day by day. The claim was found through `claims` before."""
    rows = Expense.objects.filter(claim=claim).select_related("receipt", "activity", "meeting")
    return list(rows.order_by("on", "id"))


def expense(claim: Claim, key: UUID) -> Expense | None:
    """One expense of a claim that was found before."""
    rows = Expense.objects.filter(claim=claim, pk=key)
    return rows.select_related("receipt", "activity", "meeting").first()


def is_own_meeting(actor: Actor, meeting: Meeting) -> bool:
    """Whether a meeting is one of a match in which the actor is the mentor."""
    return _own_matches(actor).filter(pk=meeting.match_id).exists()


def _own_matches(actor: Actor) -> "QuerySet[Match]":
    return Match.objects.filter(as_mentor(actor))


def own_meetings(actor: Actor, *, today: date, days: int) -> "QuerySet[Meeting]":
    """Meetings of one's own matches that took place in the last days, the newest first."""
    rows = Meeting.objects.filter(match__in=_own_matches(actor).values("pk"))
    rows = rows.filter(state=MeetingState.HELD.value)
    rows = rows.filter(held_on__range=(today - timedelta(days=days), today))
    return rows.select_related("match__participant", "match__mentor").order_by("-held_on", "-id")


def own_activities(actor: Actor, *, days: int) -> "QuerySet[Activity]":
    """Joint activities of the last days, the newest first."""
    rows = activities(actor).filter(state=ActivityState.PLANNED.value, starts_at__lte=clock.now())
    earliest = clock.now() - timedelta(days=days)
    return rows.filter(starts_at__gte=earliest).order_by("-starts_at", "-id")


# ── Limits of a month ────────────────────────────────────────────────────────────────────────────


def above_limit(claim: Claim, plan: ExpensePlan | None) -> tuple[Spent, ...]:
    """Months in which this claim, with everything else sent, passes the limit."""
    return _above(claim, plan, COUNTED)


def agreed_above_limit(claim: Claim, plan: ExpensePlan | None) -> tuple[Spent, ...]:
    """Months in which this claim, with what was agreed before, passes the limit."""
    return _above(claim, plan, BOOKED)


def _above(
    claim: Claim, plan: ExpensePlan | None, states: Iterable[ClaimState]
) -> tuple[Spent, ...]:
    if plan is None or plan.limit_cents is None:
        return ()
    own = by_month(_lines(Expense.objects.filter(claim=claim)))
    if not own:
        return ()
    first = date(*min(own), 1)
    others = Expense.objects.filter(
        claim__person=claim.person_id,
        claim__programme=claim.programme_id,
        claim__currency=claim.currency,
        claim__state__in=[state.value for state in states],
        on__gte=first,
    ).exclude(claim=claim)
    return above(own, _months(others), plan.limit_cents)


def _lines(rows: "QuerySet[Expense]") -> list[tuple[date, int]]:
    return list(rows.order_by("on").values_list("on", "cents"))


def _months(rows: "QuerySet[Expense]") -> dict[Month, int]:
    return by_month(_lines(rows))


def sum_of(claim: Claim) -> int:
    """What the expenses of a claim come to, in whole cents."""
    return int(Expense.objects.filter(claim=claim).aggregate(all=Sum("cents"))["all"] or 0)


# ── For the books ────────────────────────────────────────────────────────────────────────────────


def booked(actor: Actor, first: date, last: date) -> "QuerySet[Expense]":
    """Expenses agreed on a day of a span, both days included, in the order of agreeing."""
    rows = visible(
        actor,
        KEEP_BOOK,
        Expense.objects.filter(
            claim__state__in=[state.value for state in BOOKED],
            claim__decided_on__range=(first, last),
        ),
    )
    rows = rows.select_related("claim__programme", "claim__decided_by", "receipt")
    return rows.order_by("claim__decided_on", "claim_id", "on", "id")


def sums_of_book(actor: Actor, first: date, last: date) -> list[tuple[str, int, int]]:
    """Currency, number of expenses and whole cents of a span."""
    rows = booked(actor, first, last).order_by().values("claim__currency")
    summed = rows.annotate(number=Count("id"), cents=Sum("cents")).order_by("claim__currency")
    return [(row["claim__currency"], row["number"], row["cents"]) for row in summed]


# ── Reminders and clocks ─────────────────────────────────────────────────────────────────────────


def news_still(abouts: Collection[About]) -> Collection[About]:
    """Those whose claim waits for them, or was decided or paid just now."""
    since = clock.today() - timedelta(days=NEWS_DAYS)
    rows = Claim.objects.filter(
        Q(state=ClaimState.BACK.value)
        | Q(state=ClaimState.PAID.value, paid_on__gte=since)
        | Q(state__in=[ClaimState.AGREED.value, ClaimState.REFUSED.value], decided_on__gte=since)
    )
    return _among(abouts, rows)


def _among(abouts: Collection[About], rows: "QuerySet[Claim]") -> list[About]:
    keys = set(rows.filter(pk__in=[one.subject for one in abouts]).values_list("pk", flat=True))
    return [one for one in abouts if one.subject in keys]


def settled_long_ago(day: date) -> Iterable[UUID]:
    """Claims whose books need not be kept any more, each by the setting of its programme.

    day  the last day on which the usual time can have begun
    """
    as_of = day + KEEP_BOOKED
    over = Q(pk__in=[])
    for years in kept_years():
        over |= settled_before(last_settled_on(as_of, years), years)
    rows = Claim.objects.filter(over, state__in=[state.value for state in BOOKED])
    return rows.order_by("id").values_list("pk", flat=True)


def came_to_nothing(day: date) -> Iterable[UUID]:
    """Claims that were not sent, withdrawn or not agreed, untouched since a day."""
    states = [state.value for state in CAME_TO_NOTHING]
    rows = Claim.objects.filter(state__in=states, changed_on__lte=day)
    return rows.order_by("id").values_list("pk", flat=True)
