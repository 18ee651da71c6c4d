"""Where a part of a package starts: a file inside it, or a reason why not."""

import posixpath
import re
from urllib.parse import unquote

from kith.methods.learning.archives import Package
from kith.methods.learning.packages.reasons import BadPackage

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\\\", re.IGNORECASE)
LONGEST = 300
MOST_ITEMS = 500


def short(text: str) -> str:
    """One line of a package's words."""
    return " ".join(text.split())[:LONGEST]


def launch_file(package: Package, base: str, href: str, *, item: str) -> tuple[str, str]:
    """The file that a part starts with, and what stands behind its path. Raises BadPackage.

    base  of the addresses, as xml:base says; may be empty
    """
    address = href.strip()
    if SCHEME.match(address) or SCHEME.match(base.strip()):
        raise BadPackage("launch_external", item=item, name=short(address))
    path, query = _apart(address)
    joined = f"{base.strip()}{path}"
    for name in (joined, unquote(joined)):
        whole = posixpath.normpath(name.replace("\\", "/"))
        if whole.startswith(("/", "../")) or whole == "..":
            raise BadPackage("launch_leads_out", item=item, name=short(address))
        if whole in package:
            return whole, query
    raise BadPackage("launch_missing", item=item, name=short(joined))


def _apart(address: str) -> tuple[str, str]:
    at = min((address.find(sign) for sign in "?#" if sign in address), default=len(address))
    return address[:at], address[at:]


def with_parameters(query: str, parameters: str) -> str:
    """What stands behind the path once the parameters of an item are added, as SCORM says."""
    given = parameters.strip().lstrip("?&")
    if not given:
        return query
    if given.startswith("#"):
        return query if "#" in query else query + given
    before, sign, fragment = query.partition("#")
    joined = f"{before}&{given}" if before else f"?{given}"
    return f"{joined}{sign}{fragment}"
