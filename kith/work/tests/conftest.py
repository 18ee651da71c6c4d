"""A coordinator, a participant who signs in, and the mentor who accompanies them."""

import pytest
from django.db.models import Q

from kith.consent.tests.factories import ConsentFactory
from kith.gate.tests.factories import MembershipFactory
from kith.people.tests.factories import PersonFactory
from kith.progress import permissions as progress_permissions


@pytest.fixture
def ewa():
    return MembershipFactory()


@pytest.fixture
def me(ewa):
    return MembershipFactory(organisation=ewa.organisation, participant=True)


@pytest.fixture
def amal(ewa, me):
    person = PersonFactory(
        organisation=ewa.organisation, is_participant=True, user=me.user, name="Amal Haddad"
    )
    ConsentFactory(person=person)
    return person


@pytest.fixture
def jan(ewa, amal, monkeypatch):
    """The mentor who accompanies Amal."""
    member = MembershipFactory(organisation=ewa.organisation, mentor=True)
    reach = [lambda actor: Q(pk=amal.pk) if actor.user_id == member.user_id else Q(pk__in=[])]
    monkeypatch.setattr(progress_permissions, "_sources", reach)
    return member
