"""How a package is kept apart: an address that opens its files alone, and policies for browsers.

A page of a package has an origin of its own that nobody else has. It holds no cookies and sends
none, reads no page of Kith, and is let through to its own files only. Nothing that it does depends
on its goodwill: the frame, the answer's policy and the policy of Kith's page each hold it alone.
"""

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from kith.web.csp import POLICY

SANDBOX = "allow-scripts allow-forms"


def files_address(request: HttpRequest, package: UUID, key: str) -> str:
    """Where the files of a package begin, whole, for whoever holds the key."""
    first = reverse("learning:package_file", args=[package, key, "x"])
    return request.build_absolute_uri(first.removesuffix("x"))


def records_address(request: HttpRequest, run: UUID) -> str:
    """Where a unit of cmi5 speaks to, whole: the record of one way through it."""
    about = reverse("learning:xapi_about", args=[run])
    return request.build_absolute_uri(about.removesuffix("about"))


def page_policy(address: str) -> str:
    """Kith's page may show one frame, and that may never be led anywhere else."""
    return _written({**POLICY, "frame-src": address})


def file_headers(address: str, *, talks_to: str = "") -> dict[str, str]:
    """What a browser is told about every file of a package.

    talks_to  an address beside its own files that it may send to
    """
    own = f"{address} data: blob:"
    policy = {
        "sandbox": SANDBOX,
        "default-src": f"{own} 'unsafe-inline' 'unsafe-eval'",
        "connect-src": f"{own} {talks_to}".strip(),
        "frame-src": f"{address} blob:",
        "form-action": address,
        "base-uri": address,
        "object-src": "'none'",
    }
    return {
        "Content-Security-Policy": _written(policy),
        # The origin of a closed frame is no one's: without these it could not even load its fonts.
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Referrer-Policy": "no-referrer",
        "X-DNS-Prefetch-Control": "off",
        "X-Robots-Tag": "noindex",
    }


def _written(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())
