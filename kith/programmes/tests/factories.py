"""Programmes and places, for tests."""

from datetime import date

import factory

from kith.base.tests.factories import OrganisationFactory, RowFactory
from kith.people.tests.factories import PersonFactory
from kith.programmes.models import Enrolment, Programme, Wait
from kith.programmes.rules import Side


class ProgrammeFactory(RowFactory):
    """A programme as its template has it."""

    class Meta:
        model = Programme

    organisation = factory.SubFactory(OrganisationFactory)
    template_key = "base"
    template_version = "1"
    name = factory.Sequence(lambda n: f"Poznań {n}")
    settings = {}
    opened_on = date(2026, 9, 1)


class EnrolmentFactory(RowFactory):
    """A participant who waits; `mentor` and `ended` are traits."""

    class Meta:
        model = Enrolment

    organisation = factory.SelfAttribute("programme.organisation")
    programme = factory.SubFactory(ProgrammeFactory)
    person = factory.SubFactory(
        PersonFactory,
        organisation=factory.SelfAttribute("..organisation"),
        is_participant=factory.LazyAttribute(lambda one: one.factory_parent.side == "participant"),
        is_mentor=factory.LazyAttribute(lambda one: one.factory_parent.side == "mentor"),
    )
    side = Side.PARTICIPANT.value
    waiting_since = date(2026, 10, 10)

    class Params:
        mentor = factory.Trait(side=Side.MENTOR.value)
        ended = factory.Trait(state="ended", ended_on=date(2026, 10, 30))


class WaitFactory(RowFactory):
    """A wait of six weeks that ended with a match."""

    class Meta:
        model = Wait

    organisation = factory.SelfAttribute("programme.organisation")
    programme = factory.SubFactory(ProgrammeFactory)
    side = Side.PARTICIPANT.value
    over_on = date(2026, 10, 1)
    days = 42
