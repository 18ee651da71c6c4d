"""What people say about services, kept without them."""

from datetime import UTC, date, datetime, time

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.services.models import EntryReport, Feedback, Referral, Service
from kith.services.permissions import GIVE_FEEDBACK, REPORT_ENTRY
from kith.services.rules.states import (
    KNOWN_TO_THE_PERSON,
    Helped,
    ReferralState,
    WrongEntry,
)


class AlreadySaid(Refused):
    """Each referral is asked about once."""

    sentence = _("Thank you: this was answered already.")


class NotYetKnown(Refused):
    """Whoever has not been there cannot say how it was."""

    sentence = _("This can be answered once the service has answered.")


@command(GIVE_FEEDBACK, on="referral")
def say_how_it_was(
    actor: Actor,
    *,
    referral: Referral,
    helped: Helped,
    hard_to_reach: bool | None,
    comment: str,
    today: date,
) -> None:
    """Keep three answers about a service, without the person. Raises AlreadySaid, NotYetKnown."""
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    if ReferralState(referral.state) not in KNOWN_TO_THE_PERSON:
        raise NotYetKnown()
    if referral.has_feedback:
        raise AlreadySaid()
    referral.has_feedback = True
    referral.save(update_fields=["has_feedback"])
    # The month is enough; the moment would lead back to the person.
    month = datetime.combine(today.replace(day=1), time(), tzinfo=UTC)
    Feedback(
        service_id=referral.service_id,
        helped=helped.value,
        hard_to_reach=hard_to_reach,
        comment=comment.strip(),
        created_at=month,
    ).save()


@command(REPORT_ENTRY, on="service")
def report_entry(
    actor: Actor, *, service: Service, what: WrongEntry, note: str, today: date
) -> EntryReport:
    """Tell the coordinator that an entry is wrong."""
    row = EntryReport(service=service, what=what.value, note=note.strip(), reported_on=today)
    row.save()
    return row
