"""What someone can prove beside a password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from allauth.mfa.models import Authenticator

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class Factors:
    """What someone can prove beside a password."""

    app: Authenticator | None
    passkeys: list[Authenticator]
    recovery: Authenticator | None
    codes_left: int

    @property
    def has_any(self) -> bool:
        """Whether signing in asks for a second factor; recovery codes alone are none."""
        return self.app is not None or bool(self.passkeys)

    @property
    def count(self) -> int:
        """Apps and passkeys together."""
        return len(self.passkeys) + (self.app is not None)

    @property
    def codes_wait(self) -> bool:
        """Whether fresh recovery codes were not written down yet."""
        return self.recovery is not None and not self.recovery.wrap().did_view


def factors_of(user_id: UUID) -> Factors:
    """The second factors of a user."""
    by_type: dict[str, list[Authenticator]] = {}
    for row in Authenticator.objects.filter(user_id=user_id).order_by("created_at"):
        by_type.setdefault(row.type, []).append(row)
    recovery = next(iter(by_type.get(Authenticator.Type.RECOVERY_CODES, [])), None)
    return Factors(
        app=next(iter(by_type.get(Authenticator.Type.TOTP, [])), None),
        passkeys=by_type.get(Authenticator.Type.WEBAUTHN, []),
        recovery=recovery,
        codes_left=len(recovery.wrap().get_unused_codes()) if recovery else 0,
    )
