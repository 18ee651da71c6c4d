"""Doors that are open without signing in: every one of them stands in this list."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

# Each door is open for a reason; whoever adds one says it here.
OPEN = {
    # Signing in, in each of its ways and steps.
    "sign-in/",
    "sign-in/card/",
    "sign-in/passkey/",
    "sign-in/passkey/question/",
    "sign-in/second/",
    "oidc/<provider_id>/login/",
    "oidc/<provider_id>/login/callback/",
    # Exists in the demo alone, on its own machine alone.
    "sign-in/demo/",
    # Whoever holds the link that was handed over.
    "invitation/<str:code>/",
    # Whoever holds the link of a reminder stops e-mails for its reader, and sees nothing else.
    "reminders/stop/<str:code>/",
    # Whoever holds the secret address of somebody's calendar reads when and where, never with whom.
    "calendars/file/<str:code>.ics",
    # Public pages: applying to be a mentor, asking for one, and the own application by its code.
    "join/<slug:place>/",
    "join/<slug:place>/<slug:language>/",
    "join/<slug:place>/<slug:language>/mentor/<slug:door>/",
    "join/<slug:place>/<slug:language>/request/",
    "join/<slug:place>/<slug:language>/request/<slug:who>/",
    "join/<slug:place>/<slug:language>/state/",
    # Whoever holds the code of a certificate sees whether it holds today.
    "learning/check/",
    "learning/check/<slug:code>/",
    # What is needed to check a badge: who gives it, keys, what for, what was revoked; no person.
    "learning/issuer/<uuid:pk>/",
    "learning/issuer/<uuid:pk>/keys.json",
    "learning/issuer/<uuid:pk>/status/<int:number>/",
    "learning/issuer/<uuid:pk>/achievements/<slug:course>/<slug:language>/",
    # The public page of courses, and asking for a training.
    "learning/at/<slug:place>/",
    "learning/at/<slug:place>/<slug:language>/",
    "learning/at/<slug:place>/<slug:language>/ask/",
    "learning/at/<slug:place>/<slug:language>/thanks/",
    # Asking for a seat in an edition that is open to everybody; and confirming it by the link of a
    # letter, which then leads to an invitation.
    "learning/at/<slug:place>/<slug:language>/seat/<uuid:pk>/",
    "learning/at/<slug:place>/<slug:language>/seat/<uuid:pk>/letter/",
    "learning/at/<slug:place>/<slug:language>/confirm/<str:code>/",
    # Whoever was named by a mentor and holds the link answers five questions, once.
    "mentors/answer/<slug:language>/<str:code>/",
    # Units for everybody: nothing is asked, kept or counted; and the script that keeps their pages
    # for reading without a network.
    "learning/units/",
    "learning/units/<slug:language>/",
    "learning/units/<slug:key>/<slug:language>/",
    "learning/units/<slug:key>/pictures/<str:digest>/<str:name>",
    "learning/offline-worker.js",
    # Files of a package, for its closed frame that has no cookies: a signed address, some hours.
    "learning/packages/<uuid:pk>/files/<str:key>/<path:path>",
    # The record of one way through a unit of cmi5: by a secret that is good once, then its token.
    "learning/packages/xapi/<uuid:pk>/about",
    "learning/packages/xapi/<uuid:pk>/activities/state",
    "learning/packages/xapi/<uuid:pk>/agents/profile",
    "learning/packages/xapi/<uuid:pk>/fetch/<str:secret>",
    "learning/packages/xapi/<uuid:pk>/statements",
    # While there is no organisation; 404 or a redirect afterwards.
    "start/",
    "start/begin/",
    "start/demo/",
    "start/own/",
    "start/waiting/",
    # Says nothing about anyone: language, light or dark, the weather, the page of components.
    "language/",
    "theme/",
    "away/",
    "style/",
}


def doors(table: Any = None, prefix: str = "") -> Iterator[tuple[str, bool]]:
    """Every address with whether it asks nobody to sign in."""
    for entry in (table or get_resolver()).url_patterns:
        address = prefix + _written(entry)
        if isinstance(entry, URLResolver):
            yield from doors(entry, address)
        elif isinstance(entry, URLPattern):
            yield address, not getattr(entry.callback, "login_required", True)


def _written(entry: URLPattern | URLResolver) -> str:
    # The library writes its one address as an expression.
    text = str(entry.pattern)
    return "<provider_id>/" if text == "^(?P<provider_id>[^/]+)/" else text


def test_the_doors_open_to_everyone_are_those_of_the_list() -> None:
    assert {address for address, is_open in doors() if is_open} == OPEN


@pytest.mark.django_db
def test_a_closed_door_leads_a_stranger_to_the_sign_in_page(client) -> None:
    from kith.gate.tests.factories import MembershipFactory

    MembershipFactory()
    closed = [address for address, is_open in doors() if not is_open and "<" not in address]

    answers = {address: client.get(f"/{address}") for address in closed}

    assert len(closed) > 20
    assert {
        address: answer.headers.get("Location")
        for address, answer in answers.items()
        if answer.headers.get("Location") != f"/sign-in/?next=/{address}"
    } == {}
