"""What goes into a letter, and how letters go."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.reminders.models import Letter, Reminder
from kith.reminders.permissions import SEE_LETTERS
from kith.reminders.rules.kinds import Kind, kind_of
from kith.reminders.rules.states import LetterState, MailState

LOOK_BACK = timedelta(days=30)
MOST_SHOWN = 50


@dataclass(frozen=True)
class Said:
    """What a letter says of one kind: how many rows, and the page where one acts."""

    kind: Kind
    number: int
    link: str


def said_in(letter: Letter, *, list_link: str) -> list[Said]:
    """What a letter says, kind by kind; several rows of one kind lead to the list in Kith."""
    rows = Reminder.objects.filter(letter=letter, over_at__isnull=True).order_by("due_on", "id")
    by_kind: dict[str, list[Reminder]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    return [
        Said(kind, len(some), some[0].link if len(some) == 1 else list_link)
        for key, some in by_kind.items()
        if (kind := kind_of(key))
    ]


@dataclass(frozen=True)
class HowLettersGo:
    """Numbers of the last thirty days, and the newest letters that did not arrive."""

    letters: dict[str, int]
    held: dict[str, int]
    failed: Sequence[Letter]


def how_letters_go(actor: Actor, *, now: datetime) -> HowLettersGo:
    """How the mails of reminders go, without what they say."""
    letters = _letters(actor).filter(begun_at__gte=now - LOOK_BACK)
    held = visible(actor, SEE_LETTERS, Reminder.objects.all())
    held = held.filter(mail=MailState.HELD.value, due_on__gte=(now - LOOK_BACK).date())
    return HowLettersGo(
        letters=_counts(letters, "state"),
        held=_counts(held, "why_held"),
        failed=list(
            letters.filter(state__in=[LetterState.FAILED.value, LetterState.UNSURE.value])
            .select_related("member")
            .order_by("-begun_at")[:MOST_SHOWN]
        ),
    )


def _letters(actor: Actor) -> "QuerySet[Letter]":
    rows: QuerySet[Letter] = visible(actor, SEE_LETTERS, Letter.objects.all())
    return rows


def _counts(rows: "QuerySet[Letter] | QuerySet[Reminder]", field: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(field).annotate(number=Count("pk")))
