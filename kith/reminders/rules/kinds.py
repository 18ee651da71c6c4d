"""Kinds of reminders. Each room above plugs its own in, from its wiring: `add_kind(Kind(…))`.

A kind says in one sentence what it reminds of, without a name. It finds who is to be reminded
(`source`), and says of what was found before whether it still needs anybody (`still`).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from kith.gate.actor import Actor
from kith.gate.roles import Role
from kith.web.words import Text


class When(StrEnum):
    """On which side of its day somebody is reminded."""

    BEFORE = "before"
    AFTER = "after"
    AT_ONCE = "at_once"


class About(NamedTuple):
    """Whom a reminder is for, and of which row."""

    user_id: UUID
    subject: UUID


@dataclass(frozen=True)
class Due:
    """Somebody to be reminded: of a row, whose day is `on`, with the page where one acts.

    The link is an address of Kith. Nothing else is kept: no name, no text.
    """

    user_id: UUID
    subject: UUID
    on: date
    link: str
    programme_id: UUID | None = None


Source = Callable[[date, date], Iterable[Due]]
Still = Callable[[Collection[About]], Collection[About]]
Told = Callable[[Actor, Collection[UUID]], Mapping[UUID, Text]]


@dataclass(frozen=True)
class Kind:
    """One kind of reminder.

    key       room and name, such as "mentoring.meeting_soon"
    title     what it is about, for settings: "A meeting comes up"
    sentence  what a mail says, by number: ngettext_lazy("A meeting …", "%(number)d …", "number")
    roles     who may get it, as the settings of a person list it
    when      before or after the day of the row, by `days`; a programme may change these
    source    everybody whose row has its day in a span, both days included; None where acts
              announce it themselves with `commands.remind`
    still     those of some people and rows who still need it
    told      what the list in Kith says of rows to somebody signed in, names and all; the sentence
              where it says nothing
    in_mail, in_kith  whether it comes by mail and in Kith to those who said nothing about it
    """

    key: str
    title: Text
    sentence: Text
    roles: frozenset[Role]
    still: Still
    when: When = When.BEFORE
    days: int = 0
    source: Source | None = None
    told: Told | None = None
    icon: str = "clock"
    order: int = 50
    in_mail: bool = True
    in_kith: bool = field(default=True)

    @property
    def is_at_once(self) -> bool:
        """Whether a mail goes at once, and not with the others once a day."""
        return self.when is When.AT_ONCE

    def say(self, number: int) -> str:
        """The sentence of a mail, in the language of now."""
        return str(self.sentence % {"number": number})


class KindTwice(RuntimeError):
    """Two rooms plugged in a kind of the same key."""


_kinds: dict[str, Kind] = {}


def add_kind(kind: Kind) -> None:
    """Plug a kind in, from a room's wiring. Raises KindTwice."""
    if kind.key in _kinds:
        raise KindTwice(kind.key)
    _kinds[kind.key] = kind


def all_kinds() -> list[Kind]:
    """Every kind, in the order in which settings list them."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.key))


def kind_of(key: str) -> Kind | None:
    """The kind of a key; None when its room is gone."""
    return _kinds.get(key)


def kinds_for(roles: Collection[Role]) -> list[Kind]:
    """The kinds that somebody with these roles may get."""
    return [kind for kind in all_kinds() if kind.roles & set(roles)]
