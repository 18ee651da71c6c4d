"""Records of this room for tests, one factory for each table."""

from datetime import date
from uuid import uuid4

import factory

from kith.base import permit, scope
from kith.base.tests.factories import OrganisationFactory, RowFactory
from kith.people.tests.factories import PersonFactory
from kith.services.commands.entries import Put, put_documents
from kith.services.models import Feedback, Referral
from kith.services.rules.hsds import Document
from kith.services.rules.needs import attribute

MONDAY = date(2026, 11, 2)


def document(name: str = "Język bez granic", **fields: object) -> Document:
    """A service as HSDS writes it: with all that the standard asks for, and little more."""
    key = str(fields.pop("id", uuid4()))
    need = str(fields.pop("need", "language"))
    return {
        "id": key,
        "name": name,
        "status": "active",
        "organization": {"id": str(uuid4()), "name": "Fundacja Słowo", "description": "Language"},
        "attributes": [attribute(key, need)],
        **fields,
    }


def at(latitude: float, longitude: float, city: str = "Poznań") -> Document:
    """The part of a document that says where."""
    address = {
        "id": str(uuid4()),
        "address_1": "Święty Marcin 1",
        "city": city,
        "state_province": "wielkopolskie",
        "postal_code": "61-001",
        "country": "PL",
        "address_type": "physical",
    }
    location = {
        "id": str(uuid4()),
        "location_type": "physical",
        "latitude": latitude,
        "longitude": longitude,
        "addresses": [address],
    }
    place = {"id": str(uuid4()), "location": location, "location_id": location["id"]}
    return {"service_at_locations": [place]}


def open_on(byday: str, opens_at: str, closes_at: str, **fields: object) -> Document:
    """The part of a document that says when."""
    week = {
        "id": str(uuid4()),
        "freq": "WEEKLY",
        "byday": byday,
        "opens_at": opens_at,
        "closes_at": closes_at,
        **fields,
    }
    return {"schedules": [week]}


def entry(organisation, name: str = "Język bez granic", **fields: object):
    """An entry of the directory, with everything it is found by."""
    with scope.entered(organisation.pk), permit.lifted():
        return put_documents(organisation.pk, [Put(document(name, **fields))])[0]


class ReferralFactory(RowFactory):
    """A referral that was offered."""

    class Meta:
        model = Referral

    person = factory.SubFactory(
        PersonFactory, organisation=factory.SelfAttribute("..organisation"), is_participant=True
    )
    organisation = factory.SubFactory(OrganisationFactory)
    service = factory.LazyAttribute(lambda row: entry(row.organisation))
    state = "offered"
    offered_on = MONDAY
    changed_on = MONDAY
    ask_on = date(2026, 11, 16)


class FeedbackFactory(RowFactory):
    """What somebody said about a service."""

    class Meta:
        model = Feedback

    organisation = factory.SelfAttribute("service.organisation")
    helped = "yes"
