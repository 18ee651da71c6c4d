"""Records of this room for tests, one factory for each table."""

from datetime import timedelta

import factory

from kith.base.tests.factories import RowFactory
from kith.mentoring.tests.factories import NOW, MatchFactory, member_of
from kith.rota.models import Duty


class DutyFactory(RowFactory):
    """The lead of a group is with the family in two days; `free` for nobody."""

    class Meta:
        model = Duty

    organisation = factory.SelfAttribute("match.organisation")
    match = factory.SubFactory(MatchFactory, welcome=True)
    at = NOW + timedelta(days=2)
    minutes = 90
    member = factory.LazyAttribute(lambda row: member_of(row.match, row.match.mentor))

    class Params:
        free = factory.Trait(member=None)
