"""Decisions of people, for tests."""

import factory

from kith.base.tests.factories import RowFactory
from kith.consent.models import Consent
from kith.gate.tests.factories import MembershipFactory
from kith.people.tests.factories import PersonFactory


class ConsentFactory(RowFactory):
    """A yes to mentoring, signed by typing; `refused` and `withdrawn` are traits."""

    class Meta:
        model = Consent

    organisation = factory.SelfAttribute("person.organisation")
    person = factory.SubFactory(PersonFactory)
    purpose = "mentoring"
    version = "1"
    language = "uk"
    state = "given"
    decided_on = factory.Faker("date_object")
    explained_by = factory.SubFactory(
        MembershipFactory, organisation=factory.SelfAttribute("..organisation")
    )
    signature_kind = "typed"
    signature = "Olena Kowalczuk"

    class Params:
        refused = factory.Trait(state="refused", signature_kind="none", signature="")
        withdrawn = factory.Trait(state="withdrawn", signature_kind="none", signature="")
