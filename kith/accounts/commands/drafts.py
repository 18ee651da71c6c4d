"""Forms that were sent after the session had ended."""

from datetime import datetime
from uuid import UUID

from kith.accounts.models import Draft
from kith.accounts.permissions import KEEP_FORM
from kith.accounts.queries import key_of
from kith.accounts.rules import DRAFT_LASTS
from kith.gate.actor import Actor
from kith.gate.commands import command

Pairs = list[tuple[str, str]]


@command(KEEP_FORM)
def keep_form(actor: Actor, *, user_id: UUID, path: str, fields: Pairs, now: datetime) -> Draft:
    """Keep what someone typed for a day; an older form of the same person goes."""
    Draft.objects.filter(user_id=user_id).delete()
    return Draft.objects.create(
        user_id=user_id, content={"path": path, "fields": fields}, expires_at=now + DRAFT_LASTS
    )


@command(KEEP_FORM)
def drop_form(actor: Actor) -> None:
    """Forget the form that was kept for someone."""
    Draft.objects.filter(user_id=key_of(actor)).delete()
