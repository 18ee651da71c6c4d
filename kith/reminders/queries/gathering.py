"""What sources found and nobody has been reminded of, and what is over by now."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from uuid import UUID

from kith.gate.models import Membership
from kith.reminders.models import Asked, Reminder
from kith.reminders.queries.recipients import Plans
from kith.reminders.rules.kinds import About, Due, Kind, kind_of
from kith.reminders.rules.moments import asked_days, due_on
from kith.reminders.rules.states import CATCH_UP_DAYS

AT_ONCE = 500


def span_to_ask(kind: Kind, *, today: date) -> tuple[date, date]:
    """The days of which a source has not told yet, today always among them."""
    asked = Asked.objects.filter(kind=kind.key).values_list("until", flat=True).first()
    oldest = today - timedelta(days=CATCH_UP_DAYS)
    return max(asked or today, oldest), today


def is_to_note(kind: Kind, *, today: date) -> bool:
    """Whether it is not kept yet that a source has told everything up to today."""
    return not Asked.objects.filter(kind=kind.key, until=today).exists()


def days_of_rows(kind: Kind, span: tuple[date, date], plans: Plans) -> tuple[date, date]:
    """Between which days the rows lie of which somebody may have to be reminded in a span."""
    return asked_days(kind, *span, plans.all)


def fresh(
    kind: Kind, dues: Sequence[Due], span: tuple[date, date], plans: Plans
) -> list[tuple[Due, date]]:
    """Of what a source told, what is due in the span and new, with the day of the reminder."""
    first, last = span
    dated = [(due, due_on(kind, due.on, plans.of(due.programme_id))) for due in dues]
    within = [(due, day) for due, day in dated if first <= day <= last]
    known = _known(kind, within)
    return [(due, day) for due, day in within if (due.user_id, due.subject, day) not in known]


def _known(kind: Kind, dated: Sequence[tuple[Due, date]]) -> set[tuple[UUID, UUID, date]]:
    rows = Reminder.objects.filter(
        kind=kind.key,
        subject__in={due.subject for due, _ in dated},
        member__in=Membership.objects.filter(user__in={due.user_id for due, _ in dated}),
    )
    return set(rows.values_list("member__user", "subject", "due_on"))


def open_part(kind_key: str, *, after: UUID | None) -> list[Reminder]:
    """A part of the open reminders of a kind, by key."""
    rows = Reminder.objects.filter(kind=kind_key, over_at__isnull=True).order_by("id")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return list(rows.select_related("member")[:AT_ONCE])


def open_kinds() -> list[str]:
    """The kinds of which reminders are open."""
    rows = Reminder.objects.filter(over_at__isnull=True).order_by("kind")
    return list(rows.values_list("kind", flat=True).distinct())


def over(rows: Collection[Reminder]) -> list[Reminder]:
    """Those of some reminders that nobody needs any more: it was done, or it is too late."""
    by_kind: dict[str, list[Reminder]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    return [row for key, some in by_kind.items() for row in _over_of(kind_of(key), some)]


def _over_of(kind: Kind | None, rows: list[Reminder]) -> list[Reminder]:
    if kind is None:
        return rows
    needed = set(kind.still([_about(row) for row in rows]))
    return [row for row in rows if _about(row) not in needed]


def _about(row: Reminder) -> About:
    return About(row.member.user_id, row.subject)


def due_before(day: date) -> list[UUID]:
    """Reminders of this day or before, for the retention run."""
    return list(Reminder.objects.filter(due_on__lte=day).values_list("pk", flat=True))
