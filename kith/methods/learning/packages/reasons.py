"""Why a package is refused: a key for each reason, so that pages have their own sentence."""

from kith.methods.learning.archives import REASONS as OF_ARCHIVES
from kith.methods.learning.archives import PackageRefused

REASONS: dict[str, str] = {
    **OF_ARCHIVES,
    "case_twice": "“{name}” is in the package twice, with other capitals.",
    "reserved": "“{name}” has a name that the player needs for itself.",
    "manifest_missing": "There is neither imsmanifest.xml nor cmi5.xml in it.",
    "manifest_in_folder": "“{name}” lies in a folder; it has to lie at the top of the package.",
    "manifest_broken": "“{name}” cannot be read as XML (line {line}).",
    "manifest_entities": "“{name}” declares a document type or entities.",
    "manifest_too_large": "“{name}” is larger than a table of contents needs.",
    "not_scorm": "It is a package, but neither of SCORM 1.2 nor of SCORM 2004.",
    "not_cmi5": "“{name}” is no course structure of cmi5.",
    "nothing_to_start": "There is nothing in it that can be started.",
    "too_many_items": "It has more than {limit} parts.",
    "launch_missing": "“{item}” starts with “{name}”, which is not in the package.",
    "launch_leads_out": "“{item}” starts with “{name}”, which leads out of the package.",
    "launch_external": "“{item}” starts at another address: {name}.",
}


class BadPackage(ValueError):
    """A package that is not taken.

    reason  a key of REASONS
    """

    def __init__(self, reason: str, **params: str | int) -> None:
        self.reason, self.params = reason, params
        super().__init__(REASONS[reason].format(**params))

    @classmethod
    def of(cls, refusal: PackageRefused) -> "BadPackage":
        return cls(refusal.reason, **refusal.params)
