"""Work of this room behind the page: invitations by mail."""

from collections.abc import Iterator
from email.utils import parseaddr

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kith.base import clock, mail
from kith.calendars import commands
from kith.calendars.models import Invitation
from kith.calendars.queries.own import entry_of, whole
from kith.calendars.rules.entries import Entry, Letter, Method, written
from kith.calendars.rules.states import InvitationState
from kith.calendars.rules.words import host, words
from kith.gate.actor import Actor

MOST_LETTERS = 2000


def send(actor: Actor) -> str:
    """Send the invitations whose time has come."""
    commands.give_up_unsure(actor, now=clock.now())
    sent = 0
    with mail.post() as connection:
        for number, row in enumerate(_taken(actor), 1):
            sent += _sent(actor, row, connection)
            if number == MOST_LETTERS:
                break
    return f"{sent} sent"


def _taken(actor: Actor) -> Iterator[Invitation]:
    while row := commands.take_invitation(actor, now=clock.now()):
        if row.state == InvitationState.SENDING:
            yield row


def _sent(actor: Actor, row: Invitation, connection: object) -> bool:
    entry, to = entry_of(row.meeting), str(row.member.email)
    method = Method.CANCEL if entry.is_off else Method.REQUEST
    with translation.override(row.member.user.language):
        outcome = mail.send(
            to=to,
            subject=_subject(entry),
            text=_text(entry),
            headers=_headers(row),
            calendar=mail.CalendarPart(method.value, _file(entry, method, to)),
            connection=connection,
        )
    commands.note_outcome(actor, invitation=row, outcome=outcome, now=clock.now())
    return outcome is mail.Outcome.SENT


def _file(entry: Entry, method: Method, to: str) -> str:
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return written(
        [entry],
        words(),
        method=method,
        host=host(),
        now=clock.now(),
        letter=Letter(sender=sender, to=to),
    )


def _subject(entry: Entry) -> str:
    """Nobody and no place is named: a subject is read on locked screens, and by others."""
    if entry.is_off:
        return _("A meeting is called off")
    return _("A meeting has changed") if entry.sequence else _("A meeting for your calendar")


def _text(entry: Entry) -> str:
    page = {"entry": entry, "settings": whole(reverse("calendars:mine"))}
    return render_to_string("calendars/letter.txt", page)


def _headers(row: Invitation) -> dict[str, str]:
    # The same at each try: a server that took it before and said nothing knows it again.
    return {
        "Message-ID": f"<{row.pk}.{row.sequence}@{host()}>",
        "Auto-Submitted": "auto-generated",
    }
