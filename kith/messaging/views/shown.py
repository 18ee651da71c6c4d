"""Messages as the templates print them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from babel.dates import format_time
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.matching.rules.words import called
from kith.messaging.models import Message, Report
from kith.messaging.queries.threads import Page
from kith.messaging.rules.caution import Caution
from kith.web.words import Text, isolated, locale, near

ASKED: dict[Caution, Text] = {
    Caution.PHONE: gettext_lazy(
        "There seems to be a phone number in it. You can write to each other here without giving "
        "a number, and a number cannot be taken back."
    ),
    Caution.ACCOUNT: gettext_lazy(
        "There seems to be the number of an account or a card in it. Nobody in a match needs it. "
        "Never send a PIN or a password."
    ),
    Caution.MONEY: gettext_lazy(
        "It seems to be about giving or lending money. That changes how people get on. Your "
        "coordinators know other ways to get help."
    ),
}


@dataclass(frozen=True)
class Said:
    """One message on the page.

    day  the day in words, where a new one begins
    """

    message: Message
    is_own: bool
    name: str
    day: str
    time: str
    notes: list[str]
    may_show: bool
    is_last: bool


def said(page: Page, *, me: UUID | None, today: date) -> list[Said]:
    """The messages of a page, in order."""
    found, last_day = [], None
    for message in page.messages:
        at = timezone.localtime(message.sent_at)
        reports = page.reports.get(message.pk, [])
        is_own = message.sender_id == me
        found.append(
            Said(
                message=message,
                is_own=is_own,
                name=called(message.sender),
                day=_begin(near(at.date(), today)) if at.date() != last_day else "",
                time=clock_time(at),
                notes=_notes(reports, today),
                may_show=not is_own and all(report.reporter_id != me for report in reports),
                is_last=message is page.messages[-1],
            )
        )
        last_day = at.date()
    return found


def clock_time(at: datetime) -> str:
    """The time of day, as the language writes it."""
    return format_time(timezone.localtime(at), "short", locale=locale())


def moment(at: datetime, today: date) -> str:
    """The day in words, and the time."""
    return f"{near(timezone.localdate(at), today)}, {clock_time(at)}"


def _begin(words: str) -> str:
    return words[:1].upper() + words[1:]


def _notes(reports: Sequence[Report], today: date) -> list[str]:
    """What everybody of the match reads about a message that was shown to the coordinators."""
    notes = []
    for report in reports:
        when = near(timezone.localdate(report.reported_at), today)
        notes.append(
            _("Shown to the coordinators %(when)s. They read this message and nothing else.")
            % {"when": when}
        )
        if report.answered_at is not None:
            said = {"answer": isolated(report.answer)}
            notes.append(_("The coordinators answered: %(answer)s") % said)
    return notes
