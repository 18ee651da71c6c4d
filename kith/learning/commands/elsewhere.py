"""Certificates from elsewhere: brought, confirmed to be somebody's, turned down, taken back."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.base.errors import Denied, Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.gate.models import Membership
from kith.learning.commands.opening import note_training
from kith.learning.models import BroughtCertificate, Recognised
from kith.learning.permissions import BRING_CERTIFICATE, KEEP_CERTIFICATES
from kith.learning.queries.badges import issuer_of as own_issuer
from kith.learning.queries.elsewhere import Looked, look
from kith.learning.rules.elsewhere import (
    LONGEST_ADDRESS,
    LONGEST_ID,
    LONGEST_TITLE,
    NO_BADGE,
    finding_words,
)
from kith.learning.rules.states import BroughtState


class NotTaken(Refused):
    """The badge is not taken; the sentence says why, and what to do."""


class GivenHere(Refused):
    """One's own organisation needs no acceptance."""

    sentence = _("This badge was given here. The certificate stands under “My certificates”.")


class BroughtBefore(Refused):
    """The same one does not count twice, nor for two people."""

    sentence = _("This badge was brought before. It counts once, for one person.")


class NoLastDay(Refused):
    """Without an end nobody would ever look at it again."""

    sentence = _("This badge says no last day. Only badges that end can count here.")


class DecidedBefore(Refused):
    """Somebody was quicker."""

    sentence = _("Somebody has decided about this one before.")


class OwnOne(Refused):
    """Two pairs of eyes."""

    sentence = _("This one is yours. Ask another trainer or a coordinator to confirm it.")


@dataclass(frozen=True)
class File:
    """What was brought: the token, and the issuer's list of revoked badges where it was at hand."""

    token: str
    listed: str | None = None


@command(BRING_CERTIFICATE)
def bring_own(actor: Actor, *, file: File, now: datetime) -> BroughtCertificate:
    """Bring one's own badge; a trainer or coordinator confirms it.

    Raises NotTaken, GivenHere, BroughtBefore, NoLastDay.
    """
    if actor.membership is None:
        raise Denied
    return _brought(actor, actor.membership, file, now)


@command(KEEP_CERTIFICATES, on="member")
def bring_for(actor: Actor, *, member: Membership, file: File, now: datetime) -> BroughtCertificate:
    """Bring somebody's badge for them; it still has to be confirmed. Raises as bring_own."""
    return _brought(actor, member, file, now)


def _brought(actor: Actor, member: Membership, file: File, now: datetime) -> BroughtCertificate:
    looked = _looked(member, file, now)
    told, today = looked.told, timezone.localdate(now)
    if told.valid_until is None:
        raise NoLastDay
    _make_room(told.credential)
    recognised, _made = Recognised.objects.get_or_create(
        issuer=looked.issuer, achievement=told.achievement, defaults={"title": told.title}
    )
    return BroughtCertificate.objects.create(
        recognised=recognised,
        member=member,
        user=member.user_id,
        credential=told.credential,
        token=file.token.strip(),
        issued_on=told.issued_on,
        valid_until=told.valid_until,
        brought_on=today,
        brought_by=actor.membership,
        unrevoked_on=today if looked.is_unrevoked else None,
    )


def _looked(member: Membership, file: File, now: datetime) -> Looked:
    looked = look(file.token, email=str(member.email), listed=file.listed, now=now)
    own = own_issuer(member.organisation).id
    if looked.against is not None:
        if looked.against.values.get("issuer") == own:
            raise GivenHere
        raise NotTaken(finding_words(looked.against))
    told = looked.told
    lengths = ((told.credential, LONGEST_ID), (told.achievement, LONGEST_ADDRESS))
    if any(len(text) > most for text, most in (*lengths, (told.title, LONGEST_TITLE))):
        raise NotTaken(NO_BADGE)
    return looked


def _make_room(credential: str) -> None:
    """One that was turned down, or whose issuer was withdrawn, can be brought again."""
    before = BroughtCertificate.objects.filter(credential=credential).first()
    if before is None:
        return
    is_over = before.state == BroughtState.TURNED_DOWN.value
    if not is_over and before.recognised.issuer.is_accepted:
        raise BroughtBefore
    before.delete()


@command(KEEP_CERTIFICATES, on="brought")
def confirm(
    actor: Actor, *, brought: BroughtCertificate, listed: str | None, now: datetime
) -> BroughtCertificate:
    """It is this person's: from now on it counts, as far as its achievement does.

    It is checked again, with the keys accepted now. Raises DecidedBefore, OwnOne, NotTaken.
    """
    brought = BroughtCertificate.objects.select_for_update().get(pk=brought.pk)
    if brought.state != BroughtState.WAITING.value:
        raise DecidedBefore
    if brought.member == actor.membership:
        raise OwnOne
    looked = _looked(brought.member, File(str(brought.token), listed), now)
    if looked.is_unrevoked:
        brought.unrevoked_on = timezone.localdate(now)
    return _decided(actor, brought, BroughtState.CONFIRMED, now)


@command(KEEP_CERTIFICATES, on="brought")
def turn_down(actor: Actor, *, brought: BroughtCertificate, now: datetime) -> BroughtCertificate:
    """It is not this person's, or no more to be believed; also after it was confirmed."""
    brought = BroughtCertificate.objects.select_for_update().get(pk=brought.pk)
    if brought.state == BroughtState.TURNED_DOWN.value:
        raise DecidedBefore
    return _decided(actor, brought, BroughtState.TURNED_DOWN, now)


def _decided(
    actor: Actor, brought: BroughtCertificate, state: BroughtState, now: datetime
) -> BroughtCertificate:
    today = timezone.localdate(now)
    brought.state, brought.decided_on, brought.decided_by = state.value, today, actor.membership
    brought.save()
    note_training(brought.member_id, on=today)
    return brought


@command(BRING_CERTIFICATE, on="brought")
def take_back(actor: Actor, *, brought: BroughtCertificate, now: datetime) -> None:
    """The one who has it wants it here no more."""
    _decided(actor, brought, BroughtState.TURNED_DOWN, now)
    brought.delete()
