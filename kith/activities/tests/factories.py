"""Joint activities, for tests."""

from datetime import datetime
from zoneinfo import ZoneInfo

import factory

from kith.activities.models import Activity, SignUp
from kith.base.tests.factories import RowFactory
from kith.people.tests.factories import PersonFactory
from kith.programmes.tests.factories import ProgrammeFactory

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=WARSAW)
THURSDAY = datetime(2026, 11, 26, 17, 0, tzinfo=WARSAW)


class ActivityFactory(RowFactory):
    """A language café in three days, with three places."""

    class Meta:
        model = Activity

    organisation = factory.SelfAttribute("programme.organisation")
    programme = factory.SubFactory(ProgrammeFactory)
    title = "Language café"
    place = "Wilda 1"
    starts_at = THURSDAY
    minutes = 120
    places = 3


class SignUpFactory(RowFactory):
    """Somebody who comes alone."""

    class Meta:
        model = SignUp

    organisation = factory.SelfAttribute("activity.organisation")
    activity = factory.SubFactory(ActivityFactory)
    person = factory.SubFactory(
        PersonFactory,
        organisation=factory.SelfAttribute("..organisation"),
        participant=True,
    )
    answer = "coming"
    answered_at = NOW
