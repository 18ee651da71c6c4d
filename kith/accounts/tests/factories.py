"""Rows and small acts for tests of accounts."""

import time
from typing import Any

import factory
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.test import Client

from kith.accounts.models import Card, Draft, Invitation, Visit
from kith.base import clock, scope
from kith.base.tests.factories import RowFactory
from kith.gate.models import AuditEvent, Membership, User
from kith.gate.tests.factories import PASSWORD, MembershipFactory

PERIOD = 30


class InvitationFactory(RowFactory):
    """An invitation as a mentor, whose link nobody knows."""

    class Meta:
        model = Invitation

    token = factory.Sequence(lambda n: f"{n:064x}")
    roles = ["mentor"]
    name = "Marta Nowa"
    email = "marta@example.org"
    expires_at = factory.LazyFunction(clock.now)


class VisitFactory(RowFactory):
    class Meta:
        model = Visit

    session_key = factory.Sequence(lambda n: f"session{n}")
    device = "phone"
    way = "password"


class CardFactory(RowFactory):
    class Meta:
        model = Card


class DraftFactory(RowFactory):
    class Meta:
        model = Draft

    content = {"path": "/account/name/", "fields": [["name", "Ewa Nowa"]]}
    expires_at = factory.LazyFunction(clock.now)


def with_app(membership: Membership) -> str:
    """Give someone an app as second factor; gives its secret."""
    secret = generate_totp_secret()
    with scope.entered(membership.organisation_id):
        TOTP.activate(membership.user, secret)
    return str(secret)


def code_now(secret: str, *, later: int = 0) -> str:
    """What an app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + later)))


def member_with_address(address: str, **traits: Any) -> Membership:
    """Someone who signs in with this address and PASSWORD."""
    member: Membership = MembershipFactory(user__address=address, email=address, **traits)  # type: ignore[assignment]
    return member


def type_password(client: Client, address: str, password: str = PASSWORD) -> Any:
    """Send the sign-in form."""
    return client.post("/sign-in/", {"address": address, "password": password})


def verbs(membership: Membership) -> list[str]:
    """What the audit of someone's organisation holds, the oldest first."""
    with scope.entered(membership.organisation_id):
        return list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True))


def user_now(membership: Membership) -> User:
    """A user as the database has it now."""
    with scope.entered(membership.organisation_id):
        return User.objects.get(pk=membership.user_id)


def member_now(membership: Membership) -> Membership:
    """A membership as the database has it now."""
    with scope.entered(membership.organisation_id):
        member = Membership.objects.select_related("user").get(pk=membership.pk)
        member.name, member.email  # noqa: B018 - opened while the keys are at hand
        return member


def factors_now(membership: Membership) -> list[str]:
    """The kinds of second factor someone has."""
    rows = Authenticator.objects.filter(user_id=membership.user_id).order_by("type")
    return list(rows.values_list("type", flat=True))
