"""People who sign in, for tests."""

from typing import Any

import factory
from django.test import Client

from kith.base import permit, scope
from kith.base.tests.factories import OrganisationFactory, RowFactory
from kith.gate.actor import Actor, member_actor
from kith.gate.models import Membership, User, login_token
from kith.gate.roles import Role

PASSWORD = "a long and quiet sentence"


class UserFactory(RowFactory):
    """Someone who signs in with an address and PASSWORD."""

    class Meta:
        model = User

    organisation: Any = None
    address = factory.Sequence(lambda n: f"person{n}@example.org")

    @classmethod
    def _create(cls, model_class: type[Any], *args: Any, **kwargs: Any) -> Any:
        address = kwargs.pop("address")
        kwargs.pop("organisation", None)
        kwargs.setdefault("login", login_token(address))
        password = kwargs.pop("password", PASSWORD)
        user = model_class(*args, **kwargs)
        user.set_password(password)
        with scope.entered(signing_in=True):
            return _saved(user)


def _saved(row: Any) -> Any:
    with permit.lifted():
        row.save(force_insert=True)
    return row


class MembershipFactory(RowFactory):
    """Someone's place in an organisation; a coordinator unless `roles` says otherwise."""

    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    roles = [Role.COORDINATOR.value]
    name = factory.Sequence(lambda n: f"Ewa Mostowska {n}")
    email = factory.LazyAttributeSequence(lambda _row, n: f"person{n}@example.org")

    class Params:
        coordinator = factory.Trait(roles=[Role.COORDINATOR.value])
        mentor = factory.Trait(roles=[Role.MENTOR.value])
        participant = factory.Trait(roles=[Role.PARTICIPANT.value])
        administrator = factory.Trait(roles=[Role.PLATFORM_ADMINISTRATOR.value])


def actor_of(membership: Membership) -> Actor:
    """The actor of a membership, as a request would read it."""
    return member_actor(membership)


def sign_in(client: Client, membership: Membership) -> Client:
    """Sign in on the test client, past password and second factor."""
    with scope.entered(membership.organisation_id, user_id=membership.user_id):
        client.force_login(
            membership.user, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
    session = client.session
    session["organisation"] = str(membership.organisation_id)
    session["second_factor"] = True
    session.save()
    return client
