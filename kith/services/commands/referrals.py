"""A referral, step by step. Nothing is sent by Kith: "sent" says that a person did it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kith.base import events
from kith.base.errors import Refused
from kith.consent import commands as consent
from kith.consent.commands import Signed
from kith.consent.queries import SHARING, may_be_told
from kith.consent.rules import State
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.people.commands import touch
from kith.people.models import Person
from kith.services.events import ReferralMoved
from kith.services.models import Provider, Referral, ReferralStep, Service
from kith.services.permissions import (
    AGREE_TO_SHARING,
    ANSWER_REFERRAL,
    FOLLOW_REFERRAL,
    OFFER_REFERRAL,
    SEND_REFERRAL,
)
from kith.services.rules.facts import ServiceState
from kith.services.rules.states import (
    ASK_AGAIN,
    LONGEST_PASSING_ON,
    STILL_GOING,
    WITHOUT_PASSING_ON,
    Passed,
    Reason,
    ReferralState,
    Way,
    ask_on,
    may_become,
)


class AlreadyOnTheWay(Refused):
    """One referral of a person to a service at a time."""

    sentence = _("There is a referral to this service already. Go on with that one.")


class ServiceNotOpen(Refused):
    """Nobody is referred to a service that is closed."""

    sentence = _("This service is closed or pausing. Choose another one.")


class MovedOn(Refused):
    """The referral stands somewhere else by now."""

    sentence = _("This referral has moved on. Look at it again.")


class NoYesToSharing(Refused):
    """What concerns a person is passed on with their yes to this one recipient."""

    sentence = _("Ask the person first: without a yes to sharing nothing is passed on.")


class NoAgreement(Refused):
    """Two organisations agree in writing before one tells the other anything about a person."""

    sentence = _(
        "There is no agreement in force with this organisation. Note it first, or go together "
        "with the person and let them speak for themselves."
    )


class NothingChosen(Refused):
    """What was passed on is named, and it ends some day."""

    sentence = _("Say what was passed on, and until when they may keep it: a year at most.")


class InTheFuture(Refused):
    """A step that was taken has a day that has come."""

    sentence = _("This day has not come yet.")


@dataclass(frozen=True)
class Sending:
    """How a referral reached the service: way, fields, who took it, and until when it counts."""

    way: Way
    passed: Sequence[Passed] = ()
    recipient: str = ""
    until: date | None = None


@command(OFFER_REFERRAL, on="person")
def offer_referral(
    actor: Actor,
    *,
    person: Person,
    service: Service,
    need: str,
    wish: str,
    today: date,
    now: datetime,
) -> Referral:
    """Offer someone a service; one who asks for themself has said yes by asking.

    Raises AlreadyOnTheWay, ServiceNotOpen.
    """
    if service.state != ServiceState.OPEN:
        raise ServiceNotOpen()
    # Two people may offer the same at the same moment: the second waits and sees the first.
    Person.objects.select_for_update().filter(pk=person.pk).values("pk").first()
    going = Referral.objects.filter(person=person, service=service, closed_on__isnull=True)
    if going.exists():
        raise AlreadyOnTheWay()
    referral = Referral(
        person=person,
        service=service,
        need=need,
        wish=wish.strip(),
        offered_by=actor.membership,
        offered_on=today,
        changed_on=today,
    )
    _stand(referral, ReferralState.OFFERED, today)
    _note(actor, referral, today)
    if person.user_id is not None and person.user_id == actor.user_id:
        _step(actor, referral, ReferralState.ACCEPTED, today)
    touch(person, at=now)
    return referral


@command(ANSWER_REFERRAL, on="referral")
def answer_offer(
    actor: Actor, *, referral: Referral, accepts: bool, today: date, now: datetime
) -> Referral:
    """A yes or a no to an offer; a no needs no reason. Raises MovedOn."""
    state = ReferralState.ACCEPTED if accepts else ReferralState.DECLINED
    return _move(actor, referral, state, today, now)


@command(ANSWER_REFERRAL, on="referral")
def withdraw_referral(actor: Actor, *, referral: Referral, today: date, now: datetime) -> Referral:
    """The person does not want it any more; no reason is asked. Raises MovedOn."""
    return _move(actor, referral, ReferralState.WITHDRAWN, today, now)


@command(AGREE_TO_SHARING, on="referral")
def agree_to_sharing(
    actor: Actor,
    *,
    referral: Referral,
    agrees: bool,
    language: str,
    signed: Signed,
    now: datetime,
) -> None:
    """Note the yes or no to telling this one service something. Raises AlreadyDecided."""
    consent.record_answer(
        actor,
        person=referral.person,
        purpose=SHARING,
        state=State.GIVEN if agrees else State.REFUSED,
        language=language,
        recipient=recipient_of(referral.service),
        signed=signed,
        now=now,
    )


@command(AGREE_TO_SHARING, on="referral")
def take_back_sharing(actor: Actor, *, referral: Referral, now: datetime) -> None:
    """From this moment the service is told nothing more. Raises AlreadyDecided."""
    consent.withdraw(
        actor,
        person=referral.person,
        purpose=SHARING,
        recipient=recipient_of(referral.service),
        now=now,
    )


def note_unshared(person_id: UUID, *, today: date) -> None:
    """Remember which services still hold something of a person who took a yes back.

    Only inside a command.
    """
    told = ReferralStep.objects.filter(person=person_id, until__gte=today).exclude(passed=[])
    rows = Referral.objects.filter(pk__in=told.values("referral"), unshared_on__isnull=True)
    for referral in rows.select_related("person", "service__provider").order_by("id"):
        if not may_be_told(referral.person, recipient_of(referral.service)):
            referral.unshared_on = today
            referral.save(update_fields=["unshared_on"])


@command(SEND_REFERRAL, on="referral")
def note_deletion_asked(actor: Actor, *, referral: Referral, today: date) -> Referral:
    """Note that the service was asked to delete what was passed on. Raises MovedOn."""
    referral = _locked(referral)
    if referral.unshared_on is None or referral.deletion_asked_on is not None:
        raise MovedOn()
    referral.deletion_asked_on = today
    referral.save(update_fields=["deletion_asked_on"])
    return referral


@command(SEND_REFERRAL, on="referral")
def note_sent(
    actor: Actor, *, referral: Referral, sending: Sending, on: date, today: date, now: datetime
) -> Referral:
    """Note how a referral reached the service, and what was passed on.

    Raises MovedOn, InTheFuture, and where something was passed on: NothingChosen, NoYesToSharing,
    NoAgreement.
    """
    if on > today:
        raise InTheFuture()
    if sending.way not in WITHOUT_PASSING_ON:
        _check_passing_on(_locked(referral), sending, on)
    passed = [] if sending.way in WITHOUT_PASSING_ON else [one.value for one in sending.passed]
    return _move(
        actor,
        referral,
        ReferralState.SENT,
        on,
        now,
        way=sending.way.value,
        passed=passed,
        recipient=sending.recipient.strip() if passed else "",
        until=sending.until if passed else None,
    )


def _check_passing_on(referral: Referral, sending: Sending, on: date) -> None:
    until = sending.until
    if not sending.passed or until is None or not on <= until <= on + LONGEST_PASSING_ON:
        raise NothingChosen()
    if not may_be_told(referral.person, recipient_of(referral.service)):
        raise NoYesToSharing()
    if not is_agreed(referral.service.provider, on):
        raise NoAgreement()


def is_agreed(provider: Provider | None, day: date) -> bool:
    """Whether a signed agreement with the organisation counts on a day."""
    if provider is None or provider.agreed_on is None or provider.agreed_until is None:
        return False
    return bool(provider.agreed_on <= day <= provider.agreed_until)


def recipient_of(service: Service) -> str:
    """Who is told something: the service and the organisation behind it."""
    return f"{service.name}, {service.provider.name}" if service.provider else service.name


@command(FOLLOW_REFERRAL, on="referral")
def note_answer(
    actor: Actor,
    *,
    referral: Referral,
    state: ReferralState,
    reason: Reason | None,
    note: str,
    on: date,
    today: date,
    now: datetime,
) -> Referral:
    """Note what the service said, or how it ended. Raises MovedOn, InTheFuture."""
    if on > today:
        raise InTheFuture()
    said = reason.value if reason and state is ReferralState.NOT_SUITABLE else ""
    return _move(actor, referral, state, on, now, reason=said, note=note.strip())


@command(FOLLOW_REFERRAL, on="referral")
def ask_later(actor: Actor, *, referral: Referral, today: date) -> Referral:
    """Somebody asked and there is no news: the question comes again later. Raises MovedOn."""
    referral = _locked(referral)
    if referral.closed_on is not None:
        raise MovedOn()
    return _asked_again(referral, today + ASK_AGAIN)


def _asked_again(referral: Referral, day: date) -> Referral:
    referral.ask_on = day
    referral.save(update_fields=["ask_on"])
    return referral


def _move(
    actor: Actor,
    referral: Referral,
    state: ReferralState,
    on: date,
    now: datetime,
    **said: object,
) -> Referral:
    referral = _locked(referral)
    if not may_become(ReferralState(referral.state), state):
        raise MovedOn()
    _step(actor, referral, state, on, **said)
    touch(referral.person, at=now)
    events.announce(ReferralMoved(referral.pk, referral.person_id, state.value))
    return referral


def _step(actor: Actor, referral: Referral, state: ReferralState, on: date, **said: object) -> None:
    _stand(referral, state, on)
    _note(actor, referral, on, **said)


def _stand(referral: Referral, state: ReferralState, on: date) -> None:
    referral.state = state.value
    referral.changed_on, referral.ask_on = on, ask_on(state, on)
    referral.closed_on = None if state in STILL_GOING else on
    referral.save()


def _note(actor: Actor, referral: Referral, on: date, **said: object) -> None:
    step = ReferralStep(
        referral=referral,
        person_id=referral.person_id,
        state=referral.state,
        on=on,
        by=actor.membership,
    )
    for name, value in said.items():
        setattr(step, name, value)
    step.save()


def _locked(referral: Referral) -> Referral:
    rows = Referral.objects.select_for_update(of=("self",))
    found: Referral = rows.select_related("person", "service__provider").get(pk=referral.pk)
    return found
