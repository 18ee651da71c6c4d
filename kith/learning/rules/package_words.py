"""What pages say about packages: standards, refusals, what works otherwise, where one stands."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.learning.rules.packages import Completion, Success
from kith.methods.learning.packages.reasons import BadPackage
from kith.methods.learning.packages.schema import Standard

STANDARDS: dict[Standard, str] = {
    Standard.SCORM_12: "SCORM 1.2",
    Standard.SCORM_2004: "SCORM 2004",
    Standard.CMI5: "cmi5",
}
REFUSALS: dict[str, str | Promise] = {
    "no_zip": _("It is no zip package, or it is damaged. Download it again where you got it."),
    "too_large": _("It is larger than %(limit)s MB. Ask its makers for smaller films."),
    "too_many_files": _("It holds more than %(limit)s files."),
    "unfolds_too_far": _("“%(name)s” unfolds to far more than a package needs."),
    "path_leads_out": _("“%(name)s” leads out of the package. That could overwrite other files."),
    "link": _("“%(name)s” is a link to another place."),
    "nested": _("“%(name)s” is a package within the package."),
    "locked": _("“%(name)s” is locked with a password."),
    "name_twice": _("“%(name)s” is in the package twice."),
    "missing": _("“%(name)s” is not in the package."),
    "case_twice": _("“%(name)s” is in the package twice, with other capitals."),
    "reserved": _("“%(name)s” has a name that Kith needs for itself."),
    "manifest_missing": _(
        "There is neither imsmanifest.xml nor cmi5.xml in it, so it is no package of a course."
    ),
    "manifest_in_folder": _(
        "“%(name)s” lies in a folder. Pack the content of that folder, not the folder itself."
    ),
    "manifest_broken": _("“%(name)s” cannot be read: line %(line)s is no proper XML."),
    "manifest_entities": _("“%(name)s” declares a document type, which can hide other files."),
    "manifest_too_large": _("“%(name)s” is larger than a table of contents needs."),
    "not_scorm": _("It is a package, but neither of SCORM 1.2 nor of SCORM 2004."),
    "not_cmi5": _("“%(name)s” describes no course of cmi5."),
    "nothing_to_start": _("There is nothing in it that can be started."),
    "too_many_items": _("It has more than %(limit)s parts."),
    "launch_missing": _("“%(item)s” starts with “%(name)s”, which is not in the package."),
    "launch_leads_out": _("“%(item)s” starts with “%(name)s”, which leads out of the package."),
    "launch_external": _(
        "“%(item)s” starts at another address (%(name)s). Kith plays only what is in the package."
    ),
}
REMARKS: dict[str, str | Promise] = {
    "prerequisites": _("It asks for an order of its parts. Here they can be started in any order."),
    "sequencing": _(
        "It steers the order of its parts by rules. Here they can be started in any order."
    ),
    "navigation": _("It asks for buttons of the player. Here the list of parts is used."),
    "other_contents": _("It has several tables of contents. Here the first is used."),
    "time_limit": _("It has a time limit. Here no time runs out."),
    "objectives": _("It shares results between parts. Here each part keeps its own."),
    "hidden": _("It hides a part from the list. Here it is not shown."),
    "entitlement": _("It asks for a key of its own before it starts. Here none is given."),
    "frames": _(
        "Its page is made of frames. In Kith's closed frame they cannot read each other, so try it."
    ),
}
COMPLETIONS: dict[Completion, str | Promise] = {
    Completion.NOT_BEGUN: _("Not begun"),
    Completion.BEGUN: _("Begun"),
    Completion.COMPLETED: _("Completed"),
}
SUCCESSES: dict[Success, str | Promise] = {
    Success.PASSED: _("Passed"),
    Success.FAILED: _("Not passed"),
}


def refusal_words(refused: BadPackage) -> str:
    """Why a package is not taken."""
    return str(REFUSALS[refused.reason]) % refused.params
