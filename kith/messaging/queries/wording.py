"""Words of a match side by side, the newest first."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.mentoring.models import Match
from kith.messaging.models import WordPair
from kith.messaging.permissions import KEEP_WORDS
from kith.messaging.rules.limits import WORDS_ON_A_PAGE


@dataclass(frozen=True)
class Page:
    """Some words, and where the next ones begin."""

    pairs: list[WordPair]
    next: UUID | None


def words(actor: Actor, match: Match) -> "QuerySet[WordPair]":
    """The words of a match of one's own."""
    rows = visible(actor, KEEP_WORDS, WordPair.objects.filter(match=match))
    return rows.select_related("match")


def page(actor: Actor, match: Match, *, after: UUID | None) -> Page:
    """One page of the list."""
    rows = words(actor, match)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-id")[: WORDS_ON_A_PAGE + 1])
    shown = found[:WORDS_ON_A_PAGE]
    return Page(shown, shown[-1].pk if len(found) > WORDS_ON_A_PAGE else None)
