"""Domain maps, for tests."""

from datetime import date

import factory

from kith.base.tests.factories import RowFactory
from kith.people.tests.factories import PersonFactory
from kith.progress.models import DomainMap, DomainStep


class DomainMapFactory(RowFactory):
    """A map of one day, drawn alone."""

    class Meta:
        model = DomainMap

    organisation = factory.SelfAttribute("person.organisation")
    person = factory.SubFactory(PersonFactory, is_participant=True)
    made_on = date(2026, 9, 1)


class DomainStepFactory(RowFactory):
    """A step chosen in one domain."""

    class Meta:
        model = DomainStep

    organisation = factory.SelfAttribute("domain_map.organisation")
    domain_map = factory.SubFactory(DomainMapFactory)
    person = factory.SelfAttribute("domain_map.person")
    domain = "language"
    step = "starting"
