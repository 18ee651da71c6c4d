"""Signing the agreement: each for oneself, or on the device of someone who takes the signature."""

import base64
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Denied, Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.commands.dates import refresh
from kith.mentoring.models import Match, Signature
from kith.mentoring.permissions import SIGN
from kith.mentoring.queries.agreement import agreement_of, has_all_signatures, is_own, may_take
from kith.mentoring.queries.members import members
from kith.mentoring.rules.states import MatchState
from kith.people.models import Person
from kith.web.forms import Signature as Given

PICTURE = "data:image/png;base64,"


class AlreadySigned(Refused):
    """One signature under one text."""

    sentence = _("This agreement is already signed here.")


class SignatureNeeded(Refused):
    """An empty line is no signature."""

    sentence = _("Draw your signature or type your full name.")


class NotOfThisMatch(Refused):
    """Those who belong to the match sign, nobody else."""

    sentence = _("Only the people of this match sign the agreement.")


class CannotSignForOthers(Denied):
    """A participant never signs in the mentor's place."""

    sentence = _("Each of you signs for yourself.")


@command(SIGN, on="match")
def sign_agreement(
    actor: Actor,
    *,
    match: Match,
    person: Person,
    given: Given,
    language: str,
    today: date,
    now: datetime,
) -> Signature:
    """Put one person's signature under the text in force. With all of them the match is active.

    Raises SignatureNeeded, NotOfThisMatch, AlreadySigned, CannotSignForOthers.
    """
    _check(actor, match, person, given)
    signature = Signature(
        match=match,
        person=person,
        text_version=agreement_of(match).version,
        language=language,
        signed_on=today,
        kind="drawn" if given.png else "typed",
        signature=_as_text(given),
        taken_by=None if is_own(actor, person) else actor.membership,
    )
    signature.save()
    if match.state == MatchState.STARTING.value and has_all_signatures(match):
        match.state = MatchState.ACTIVE.value
    refresh(match, now=now)
    return signature


def _check(actor: Actor, match: Match, person: Person, given: Given) -> None:
    if not given:
        raise SignatureNeeded()
    if person.pk not in set(members(match).values_list("person", flat=True)):
        raise NotOfThisMatch()
    if not may_take(actor, match, person):
        raise CannotSignForOthers(seen=True, refused=SIGN.name, row=match)
    version = agreement_of(match).version
    if Signature.objects.filter(match=match, person=person, text_version=version).exists():
        raise AlreadySigned()


def _as_text(given: Given) -> str:
    return PICTURE + base64.b64encode(given.png).decode() if given.png else given.name
