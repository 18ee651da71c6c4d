"""A kind of this room's own, so that its tests need no room above."""

from collections.abc import Collection
from dataclasses import dataclass, field

import pytest
from django.utils.translation import ngettext_lazy

from kith.gate.roles import Role
from kith.reminders.rules import kinds
from kith.reminders.rules.kinds import About, Due, Kind, When


@dataclass
class Ground:
    """What the sources of the test find, and what is done by now."""

    dues: list[Due] = field(default_factory=list)
    done: set[About] = field(default_factory=set)
    asked: list[tuple[object, object]] = field(default_factory=list)

    def source(self, first, last):
        self.asked.append((first, last))
        return [due for due in self.dues if first <= due.on <= last]

    def still(self, abouts: Collection[About]) -> Collection[About]:
        return [about for about in abouts if about not in self.done]


MENTORS = frozenset({Role.MENTOR})


@pytest.fixture
def ground(monkeypatch):
    """Meetings of tomorrow, found by a source; messages, announced at once; and one kind more."""
    found = Ground()
    known = {
        "test.meeting": Kind(
            key="test.meeting",
            title="A meeting comes up",
            sentence=ngettext_lazy(
                "A meeting is planned for tomorrow.", "%(number)d meetings are planned.", "number"
            ),
            roles=MENTORS | {Role.COORDINATOR},
            days=1,
            source=found.source,
            still=found.still,
        ),
        "test.message": Kind(
            key="test.message",
            title="A message came",
            sentence=ngettext_lazy("A message came.", "%(number)d messages came.", "number"),
            roles=MENTORS,
            when=When.AT_ONCE,
            still=found.still,
        ),
        "test.rare": Kind(
            key="test.rare",
            title="Something rare",
            sentence=ngettext_lazy("Something rare.", "%(number)d rare things.", "number"),
            roles=frozenset({Role.COORDINATOR}),
            when=When.AFTER,
            days=3,
            source=lambda first, last: [],
            still=found.still,
            in_mail=False,
        ),
    }
    monkeypatch.setattr(kinds, "_kinds", known)
    return found


@pytest.fixture
def sends_mail(settings):
    """This Kith can send mail; in tests it lands in `mailoutbox`."""
    settings.KITH_MAIL_URL = "smtp://mail.example.org"
    settings.KITH_ADDRESS = "https://kith.example.org/"
