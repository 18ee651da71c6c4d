"""Records of this room for tests, one factory for each table."""

from datetime import UTC, date, datetime
from uuid import uuid4

import factory

from kith.base.tests.factories import OrganisationFactory, RowFactory
from kith.interpreters.models import (
    Acceptance,
    Booking,
    Cost,
    Interpreter,
    InterpreterNeed,
    InterpreterRequest,
    Spoken,
)
from kith.interpreters.rules import confidentiality
from kith.people.tests.factories import PersonFactory

MONDAY = date(2026, 11, 2)


class InterpreterFactory(RowFactory):
    """A paid interpreter who comes in person or by phone."""

    class Meta:
        model = Interpreter

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Hanna Tłumaczka {n}")
    ways = ["in_person", "phone"]
    rate_cents = 60_00
    currency = "PLN"


class SpokenFactory(RowFactory):
    """A language an interpreter works with."""

    class Meta:
        model = Spoken

    organisation = factory.SelfAttribute("interpreter.organisation")
    interpreter = factory.SubFactory(InterpreterFactory)
    language = "ar"
    level = "first"


class AcceptanceFactory(RowFactory):
    """An interpreter accepted the text in force."""

    class Meta:
        model = Acceptance

    organisation = factory.SelfAttribute("interpreter.organisation")
    interpreter = factory.SubFactory(InterpreterFactory)
    version = factory.LazyFunction(lambda: confidentiality().version)
    language = "pl"
    accepted_on = MONDAY
    signed_name = "Hanna Tłumaczka"


class InterpreterNeedFactory(RowFactory):
    """A participant needs somebody between Arabic and Polish."""

    class Meta:
        model = InterpreterNeed

    organisation = factory.SelfAttribute("person.organisation")
    person = factory.SubFactory(PersonFactory, is_participant=True)
    language = "ar"
    into = "pl"
    ways = ["in_person"]
    since_on = MONDAY


class BookingFactory(RowFactory):
    """An interpreter was asked for Thursday at three."""

    class Meta:
        model = Booking

    organisation = factory.SelfAttribute("person.organisation")
    person = factory.SubFactory(PersonFactory, is_participant=True)
    interpreter = factory.SubFactory(
        InterpreterFactory, organisation=factory.SelfAttribute("..organisation")
    )
    subject = "meeting"
    language = "ar"
    into = "pl"
    way = "in_person"
    starts_at = datetime(2026, 11, 5, 15, tzinfo=UTC)
    minutes = 60
    state = "asked"
    asked_on = MONDAY
    answer_due_on = date(2026, 11, 4)


class InterpreterRequestFactory(RowFactory):
    """Somebody is wanted on Thursday at three; nobody is asked yet."""

    class Meta:
        model = InterpreterRequest

    organisation = factory.SelfAttribute("person.organisation")
    person = factory.SubFactory(PersonFactory, is_participant=True)
    matter = factory.LazyFunction(uuid4)
    way = "in_person"
    starts_at = datetime(2026, 11, 5, 15, tzinfo=UTC)
    minutes = 60
    place = "Library"
    asked_on = MONDAY


class CostFactory(RowFactory):
    """An hour that was paid for."""

    class Meta:
        model = Cost

    organisation = factory.SelfAttribute("interpreter.organisation")
    interpreter = factory.SubFactory(InterpreterFactory)
    on = date(2026, 11, 5)
    language = "ar"
    into = "pl"
    way = "in_person"
    subject = "meeting"
    minutes = 60
    cents = 60_00
    currency = "PLN"
