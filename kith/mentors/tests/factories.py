"""Records of this room for tests, one factory for each table."""

from datetime import date

import factory

from kith.base.tests.factories import OrganisationFactory, RowFactory
from kith.mentors.models import ConductAcceptance, ConductEdition, Reference, Rest
from kith.mentors.queries.references import kept_code
from kith.people.tests.factories import MentorFactory

MONDAY = date(2026, 11, 2)


class ConductEditionFactory(RowFactory):
    """One own sentence, in English."""

    class Meta:
        model = ConductEdition

    organisation = factory.SubFactory(OrganisationFactory)
    number = 1
    own = {"en": ["I come to two evenings for mentors a year."]}
    in_force_on = MONDAY


class ConductAcceptanceFactory(RowFactory):
    """A mentor accepted the text of the house."""

    class Meta:
        model = ConductAcceptance

    organisation = factory.SelfAttribute("person.organisation")
    person = factory.SubFactory(MentorFactory)
    edition = "1"
    language = "en"
    words = ["I come when we have agreed to meet."]
    accepted_on = MONDAY


class ReferenceFactory(RowFactory):
    """A mentor named somebody, who has not answered yet."""

    class Meta:
        model = Reference

    organisation = factory.SelfAttribute("person.organisation")
    person = factory.SubFactory(MentorFactory)
    name = "Krystyna Zając"
    email = factory.Sequence(lambda n: f"krystyna{n}@example.org")
    language = "en"
    asked_on = MONDAY
    code = factory.LazyAttribute(lambda row: kept_code(row.organisation.pk, str(row.email)))
    link_until = date(2026, 12, 2)


class RestFactory(RowFactory):
    """A mentor rests for two months."""

    class Meta:
        model = Rest

    organisation = factory.SelfAttribute("person.organisation")
    person = factory.SubFactory(MentorFactory)
    said_on = MONDAY
    until = date(2027, 1, 4)
