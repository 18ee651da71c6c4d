"""Issuers elsewhere: accepted after a look at their keys, withdrawn, and what theirs counts for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.learning.commands.opening import note_training
from kith.learning.models import (
    AcceptedIssuer,
    BroughtCertificate,
    Course,
    Recognised,
)
from kith.learning.permissions import ACCEPT_ISSUERS
from kith.learning.queries.content import frame_of
from kith.learning.queries.published import version_in_use


class AcceptedBefore(Refused):
    """Once is enough; a new key is another acceptance."""

    sentence = _(
        "This issuer is accepted already. If it has a new key, withdraw the acceptance first,"
        " then accept it again."
    )


class WithdrawnBefore(Refused):
    """Somebody was quicker."""

    sentence = _("The acceptance of this issuer was withdrawn before.")


class NotInUse(Refused):
    """A course that nobody can take is nothing to compare with."""

    sentence = _("This course has no wording in use. Choose another one.")


@dataclass(frozen=True)
class Profile:
    """Who an issuer says it is, and its public keys as a JSON Web Key set."""

    address: str
    name: str
    keys: dict[str, Any]


@command(ACCEPT_ISSUERS)
def accept_issuer(actor: Actor, *, profile: Profile, reason: str, today: date) -> AcceptedIssuer:
    """From now on badges of this issuer can be brought. Raises AcceptedBefore."""
    same = AcceptedIssuer.objects.filter(address=profile.address, withdrawn_on=None)
    if same.exists():
        raise AcceptedBefore
    return AcceptedIssuer.objects.create(
        address=profile.address,
        name=profile.name,
        keys=profile.keys,
        reason=reason,
        accepted_by=actor.membership,
        accepted_on=today,
    )


@command(ACCEPT_ISSUERS, on="issuer")
def withdraw_issuer(
    actor: Actor, *, issuer: AcceptedIssuer, why: str, today: date
) -> AcceptedIssuer:
    """Its badges count no more from today, also those confirmed before. Raises WithdrawnBefore."""
    issuer = AcceptedIssuer.objects.select_for_update().get(pk=issuer.pk)
    if not issuer.is_accepted:
        raise WithdrawnBefore
    issuer.withdrawn_on, issuer.withdrawn_by = today, actor.membership
    issuer.withdrawn_why = why
    issuer.save()
    _note_trainings(BroughtCertificate.objects.filter(recognised__issuer=issuer), today=today)
    return issuer


@command(ACCEPT_ISSUERS, on="recognised")
def recognise(
    actor: Actor, *, recognised: Recognised, course: Course | None, today: date
) -> Recognised:
    """Say for which of our courses an achievement counts; for none it is only shown.

    Raises NotInUse.
    """
    recognised.refresher_months = None
    if course is not None:
        version = version_in_use(course)
        if version is None:
            raise NotInUse
        recognised.refresher_months = frame_of(version).refresher_months
    recognised.course, recognised.decided_on = course, today
    recognised.save()
    _note_trainings(BroughtCertificate.objects.filter(recognised=recognised), today=today)
    return recognised


def _note_trainings(rows: Any, *, today: date) -> None:
    for member in set(rows.values_list("member", flat=True)):
        note_training(member, on=today)
