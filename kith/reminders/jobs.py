"""Work of this room behind the page: who is to be reminded, and the mails about it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kith.base import clock, mail
from kith.gate.actor import Actor
from kith.reminders import commands
from kith.reminders.models import Letter
from kith.reminders.queries import gathering
from kith.reminders.queries.letters import said_in
from kith.reminders.queries.recipients import plans
from kith.reminders.queries.settings import chosen_by, link_for
from kith.reminders.rules.kinds import Due, Kind, Source, all_kinds
from kith.reminders.rules.states import LetterState

MOST_LETTERS = 2000


def remind(actor: Actor) -> str:
    """Ask every source who is to be reminded, end what is over, and send what is due."""
    faults: list[Exception] = []
    added = sum(_asked(actor, kind, faults) for kind in all_kinds())
    ended = sum(_ended(actor, key, faults) for key in gathering.open_kinds())
    said = send(actor)
    if faults:
        raise ExceptionGroup("Some kinds of reminders could not be looked after", faults)
    return f"{added} new, {ended} over, {said}"


def send(actor: Actor) -> str:
    """Send what waits and whose time has come."""
    now = clock.now()
    commands.give_up_unsure(actor, now=now)
    while commands.gather(actor, now=now):
        pass
    sent = 0
    with mail.post() as connection:
        for number, letter in enumerate(_letters(actor), 1):
            sent += _sent(actor, letter, connection)
            if number == MOST_LETTERS:
                break
    return f"{sent} sent"


def _asked(actor: Actor, kind: Kind, faults: list[Exception]) -> int:
    """One kind that stumbles does not keep the others from being asked."""
    if kind.source is None:
        return 0
    try:
        return _ask(actor, kind, kind.source, today=clock.today(), now=clock.now())
    except Exception as fault:
        faults.append(fault)
        return 0


def _ask(actor: Actor, kind: Kind, source: Source, *, today: date, now: datetime) -> int:
    span, all_plans = gathering.span_to_ask(kind, today=today), plans()
    number = 0
    for dues in _parts(source(*gathering.days_of_rows(kind, span, all_plans))):
        if dated := gathering.fresh(kind, dues, span, all_plans):
            number += commands.take_in(actor, kind=kind, dated=dated, now=now)
    if gathering.is_to_note(kind, today=today):
        commands.note_asked(actor, kind=kind, until=today)
    return number


def _parts(dues: Iterable[Due]) -> Iterator[list[Due]]:
    rest = iter(dues)
    while part := list(islice(rest, gathering.AT_ONCE)):
        yield part


def _ended(actor: Actor, key: str, faults: list[Exception]) -> int:
    try:
        return _end(actor, key)
    except Exception as fault:
        faults.append(fault)
        return 0


def _end(actor: Actor, key: str) -> int:
    number, after = 0, None
    while part := gathering.open_part(key, after=after):
        if over := gathering.over(part):
            number += commands.close(actor, reminders=over, now=clock.now())
        after = part[-1].pk
    return number


def _letters(actor: Actor) -> Iterator[Letter]:
    while letter := commands.take_letter(actor, now=clock.now()):
        if letter.state == LetterState.SENDING:
            yield letter


def _sent(actor: Actor, letter: Letter, connection: object) -> bool:
    with translation.override(letter.member.user.language):
        subject, text, headers = _subject(), *_text(letter)
    outcome = mail.send(
        to=str(letter.member.email),
        subject=subject,
        text=text,
        headers=headers,
        connection=connection,
    )
    commands.note_outcome(actor, letter=letter, outcome=outcome, now=clock.now())
    return outcome is mail.Outcome.SENT


def _subject() -> str:
    """The same for everybody: a subject is read on locked screens, and by others."""
    return _("A reminder from Kith")


def _text(letter: Letter) -> tuple[str, dict[str, str]]:
    stop = _whole(reverse("reminders:stop", args=[link_for(letter.member)]))
    page = {
        "lines": [
            (said.kind.say(said.number), _whole(said.link))
            for said in said_in(letter, list_link=reverse("reminders:mine"))
        ],
        "settings": _whole(reverse("reminders:settings")),
        "stop": stop,
        "hour": chosen_by(letter.member).wishes.hour,
        "is_daily": letter.day is not None,
        "organisation": letter.member.organisation,
    }
    headers = {
        # The same at each try: a server that took it before and said nothing knows it again.
        "Message-ID": f"<{letter.pk}@{urlsplit(settings.KITH_ADDRESS).hostname}>",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return render_to_string("reminders/letter.txt", page), headers


def _whole(path: str) -> str:
    return settings.KITH_ADDRESS.rstrip("/") + path
