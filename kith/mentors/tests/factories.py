"""Records of this room for tests, one factory for each table."""

from datetime import date

import factory

from kith.base.tests.factories import OrganisationFactory, RowFactory
from kith.mentors.models import ConductAcceptance, ConductEdition
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
