"""What is cleared away every night."""

from datetime import datetime

from django.contrib.sessions.models import Session

from kith.accounts.models import Draft, Invitation, Visit
from kith.accounts.permissions import TIDY
from kith.accounts.rules import INVITATION_LASTS, Purpose
from kith.gate.actor import Actor
from kith.gate.commands import command


@command(TIDY)
def tidy(actor: Actor, *, now: datetime) -> int:
    """Clear away what nobody can use any more; gives how many rows that were."""
    Session.objects.filter(expire_date__lt=now).delete()
    live = set(Session.objects.values_list("session_key", flat=True))
    ended = [visit.pk for visit in Visit.objects.all() if visit.session_key not in live]
    visits, _rows = Visit.objects.filter(pk__in=ended).delete()
    drafts, _rows = Draft.objects.filter(expires_at__lt=now).delete()
    # A link is kept for a while after its end, so that people can be told why it does not work.
    old = Invitation.objects.filter(expires_at__lt=now - INVITATION_LASTS)
    links, _rows = old.filter(accepted_at__isnull=True).delete()
    # Those who asked themselves were told for how long their address is kept.
    asked = Invitation.objects.filter(purpose=Purpose.OWN, expires_at__lt=now)
    own, _rows = asked.filter(accepted_at__isnull=True).delete()
    return visits + drafts + links + own
