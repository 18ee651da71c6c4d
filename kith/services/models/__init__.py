"""Tables of this room: the directory, lists brought into it, and referrals."""

from kith.services.models.directory import Mark, Opening, Provider, Publisher, Service, Spot
from kith.services.models.imports import DirectoryImport, ImportedEntry
from kith.services.models.referrals import EntryReport, Feedback, Referral, ReferralStep

__all__ = [
    "DirectoryImport",
    "EntryReport",
    "Feedback",
    "ImportedEntry",
    "Mark",
    "Opening",
    "Provider",
    "Publisher",
    "Referral",
    "ReferralStep",
    "Service",
    "Spot",
]
