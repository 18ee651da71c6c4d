"""Outgoing mail: one plain letter to one address, and what became of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

REFUSED_FOR_GOOD = range(500, 600)
# The server does not know us: that is a matter of its settings and not of the letter.
OUR_FAULT = frozenset({530, 534, 535, 538})


class Outcome(Enum):
    """What became of a letter."""

    SENT = "sent"
    LATER = "later"  # no server answered, or it asks us to come again
    NEVER = "never"  # the server refuses this address or letter for good


@dataclass(frozen=True)
class CalendarPart:
    """A calendar file inside a letter: programs that read mail show it as an invitation."""

    method: str
    text: str


def is_set_up() -> bool:
    """Whether this Kith can send mail at all."""
    return bool(settings.KITH_MAIL_URL)


@contextmanager
def post() -> Iterator[Any]:
    """One connection for several letters; it is opened by the first."""
    connection = get_connection()
    try:
        yield connection
    finally:
        connection.close()


def send(
    *,
    to: str,
    subject: str,
    text: str,
    headers: Mapping[str, str] | None = None,
    calendar: CalendarPart | None = None,
    connection: Any = None,
) -> Outcome:
    """Send one letter and say what became of it; nothing is raised."""
    letter = EmailMultiAlternatives(
        subject,
        text,
        settings.DEFAULT_FROM_EMAIL,
        [to],
        headers=dict(headers or {}),
        connection=connection,
    )
    if calendar is not None:
        letter.attach_alternative(calendar.text, f"text/calendar; method={calendar.method}")
    try:
        return Outcome.SENT if letter.send() == 1 else Outcome.LATER
    except SMTPRecipientsRefused as refusal:
        codes = [code for code, _ in refusal.recipients.values()]
        return Outcome.NEVER if all(_is_for_good(code) for code in codes) else Outcome.LATER
    except SMTPResponseException as answer:
        return Outcome.NEVER if _is_for_good(answer.smtp_code) else Outcome.LATER
    except (SMTPException, OSError):
        return Outcome.LATER
    except ValueError:
        return Outcome.NEVER  # what stands there is no address


def _is_for_good(code: int) -> bool:
    return code in REFUSED_FOR_GOOD and code not in OUR_FAULT
