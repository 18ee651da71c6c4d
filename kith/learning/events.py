"""Facts that this room announces to the rooms above."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class CertificateGiven:
    """Somebody finished a course."""

    certificate_id: UUID
    member_id: UUID


@dataclass(frozen=True)
class CertificateRevoked:
    """A certificate holds no more."""

    certificate_id: UUID
    member_id: UUID


@dataclass(frozen=True)
class LearnersTold:
    """Everybody in an edition was told something."""

    announcement_id: UUID
