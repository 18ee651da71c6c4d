"""A form says for whom it was drawn, so that it can be kept when the session ends meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.core import signing

if TYPE_CHECKING:
    from kith.gate.actor import Actor

FIELD = "kept_for"
SALT = "kith.web.keeping"


def token(actor: Actor | None) -> str:
    """The signed keys of a person and organisation; empty when nobody is signed in."""
    if actor is None or not actor.is_signed_in:
        return ""
    return signing.dumps([str(actor.user_id), str(actor.organisation_id)], salt=SALT)


def drawn_for(text: str, *, within: timedelta) -> tuple[UUID, UUID] | None:
    """The person and organisation a form was drawn for; None when it is too old or not ours."""
    try:
        user_id, organisation_id = signing.loads(text, salt=SALT, max_age=within)
    except (signing.BadSignature, ValueError):
        return None
    return UUID(user_id), UUID(organisation_id)
