"""Welcome talks: what was explained, who interpreted, what the person wishes for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.people.commands import touch
from kith.people.models import Person
from kith.welcome.models import WelcomeTalk
from kith.welcome.permissions import TALK
from kith.welcome.rules.texts import talk_guide


class TalkInFuture(Refused):
    """A talk that was held lies behind."""

    sentence = _("The day of the talk cannot lie ahead.")


@dataclass(frozen=True)
class Told:
    """A welcome talk as it was held."""

    on: date
    language: str
    explained: Iterable[str]
    interpreter: str = ""
    wishes: str = ""


@command(TALK, on="person")
def note_talk(
    actor: Actor, *, person: Person, told: Told, today: date, now: datetime
) -> WelcomeTalk:
    """Note a welcome talk with someone who has a record. Raises TalkInFuture."""
    if told.on > today:
        raise TalkInFuture()
    talk = keep_talk(actor, person, told)
    touch(person, at=now)
    return talk


def keep_talk(actor: Actor, person: Person, told: Told) -> WelcomeTalk:
    """Store a talk under the key of the person. Only inside a command."""
    chosen = set(told.explained)
    talk = WelcomeTalk(
        organisation_id=person.organisation_id,
        person=person,
        on=told.on,
        by=actor.membership,
        language=told.language,
        explained=[one.key for one in talk_guide().explained if one.key in chosen],
        interpreter=" ".join(told.interpreter.split()),
        wishes=told.wishes.strip(),
    )
    talk.save()
    return talk
