"""Records of this room for tests, one factory for each table."""

from datetime import date
from typing import Any

import factory

from kith.base import scope
from kith.base.tests.factories import RowFactory
from kith.expenses.models import Claim, Expense, ExpensePlan
from kith.gate.tests.factories import MembershipFactory
from kith.people.tests.factories import PersonFactory
from kith.programmes.tests.factories import EnrolmentFactory, ProgrammeFactory

TODAY = date(2026, 11, 23)


class ExpensePlanFactory(RowFactory):
    """Tickets and coffee, up to 50 złoty in a month, within 60 days."""

    class Meta:
        model = ExpensePlan

    organisation = factory.SelfAttribute("programme.organisation")
    programme = factory.SubFactory(ProgrammeFactory)
    kinds = ["Tickets", "Coffee"]
    currency = "PLN"
    limit_cents = 50_00
    within_days = 60
    keep_years = 10


class ClaimFactory(RowFactory):
    """A claim of a mentor, begun today."""

    class Meta:
        model = Claim

    organisation = factory.SelfAttribute("programme.organisation")
    programme = factory.SubFactory(ProgrammeFactory)
    person = factory.SubFactory(
        PersonFactory, organisation=factory.SelfAttribute("..organisation"), mentor=True
    )
    name = factory.SelfAttribute("person.name")
    currency = "PLN"
    changed_on = TODAY

    class Params:
        sent = factory.Trait(state="sent", sending=1, sent_on=TODAY)
        agreed = factory.Trait(
            state="agreed",
            sending=1,
            sent_on=TODAY,
            decided_on=TODAY,
            decided_by=factory.SubFactory(
                MembershipFactory, organisation=factory.SelfAttribute("..organisation")
            ),
        )


class ExpenseFactory(RowFactory):
    """A ticket of 4.40."""

    class Meta:
        model = Expense

    organisation = factory.SelfAttribute("claim.organisation")
    claim = factory.SubFactory(ClaimFactory)
    on = date(2026, 11, 20)
    kind = "Tickets"
    cents = 4_40


def mentor_with_place(plan: Any, *, role: str = "mentor") -> Any:
    """The record and the membership of a mentor with a place in the programme of a plan."""
    with scope.entered(plan.organisation_id):
        member = MembershipFactory(organisation=plan.organisation, roles=[role])
        person = PersonFactory(
            organisation=plan.organisation, user=member.user, mentor=True, name="Marta Lis"
        )
        EnrolmentFactory(programme=plan.programme, person=person, side="mentor")
    return person, member
