"""Links that let someone in."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from kith.accounts.models import Invitation
from kith.base import scope, vault
from kith.base.models import Organisation

if TYPE_CHECKING:
    pass

SECRET_BYTES = 24


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation that may be followed now, with its texts opened."""

    invitation: Invitation
    organisation: Organisation
    name: str
    email: str


def code_of(organisation_id: UUID, secret: bytes) -> str:
    """What stands in the link: whose invitation it is, and the secret."""
    return base64.urlsafe_b64encode(organisation_id.bytes + secret).decode().rstrip("=")


def token_of(secret: bytes) -> str:
    """What is stored of the secret."""
    return vault.blind_hex("invitation", secret.hex())


def open_invitation(code: str, now: datetime) -> OpenInvitation | None:
    """The invitation behind a link, unless it was used, withdrawn or is too old."""
    try:
        content = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
        organisation_id, secret = UUID(bytes=content[:16]), content[16:]
    except (binascii.Error, ValueError):
        return None
    with scope.entered(organisation_id):
        rows = Invitation.objects.select_related("organisation", "member__user")
        found = rows.filter(
            token=token_of(secret),
            accepted_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=now,
        ).first()
        if found is None:
            return None
        return OpenInvitation(found, found.organisation, str(found.name), str(found.email))
