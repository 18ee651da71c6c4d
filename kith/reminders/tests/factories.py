"""Records of this room for tests, one factory for each table."""

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import factory

from kith.base.tests.factories import RowFactory
from kith.gate.tests.factories import MembershipFactory
from kith.reminders.models import Asked, Choice, Letter, ProgrammePlan, Reminder, Wishes

WARSAW = ZoneInfo("Europe/Warsaw")
# A Monday.
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 4, tzinfo=WARSAW)


class LetterFactory(RowFactory):
    """The mail of today, sent."""

    class Meta:
        model = Letter

    organisation = factory.SelfAttribute("member.organisation")
    member = factory.SubFactory(MembershipFactory, mentor=True)
    day = TODAY
    state = "sent"
    begun_at = NOW


class ReminderFactory(RowFactory):
    """A mentor is to be reminded today, and the mail waits for the hour."""

    class Meta:
        model = Reminder

    organisation = factory.SelfAttribute("member.organisation")
    member = factory.SubFactory(MembershipFactory, mentor=True)
    kind = "test.meeting"
    subject = factory.LazyFunction(uuid4)
    due_on = TODAY
    link = "/matches/"
    mail_at = datetime(2026, 11, 23, 8, tzinfo=WARSAW)


class WishesFactory(RowFactory):
    """Someone who would like the mail in the evening."""

    class Meta:
        model = Wishes

    organisation = factory.SelfAttribute("member.organisation")
    member = factory.SubFactory(MembershipFactory, mentor=True)
    hour = 18


class ChoiceFactory(RowFactory):
    """No mail about meetings."""

    class Meta:
        model = Choice

    organisation = factory.SelfAttribute("member.organisation")
    member = factory.SubFactory(MembershipFactory, mentor=True)
    kind = "test.meeting"
    channel = "mail"
    is_wanted = False


class PlanFactory(RowFactory):
    """How an organisation reminds outside its programmes: not on Saturday and Sunday."""

    class Meta:
        model = ProgrammePlan

    quiet_from = 20
    quiet_until = 8
    on_weekends = False


class AskedFactory(RowFactory):
    """The source of meetings has told everything up to yesterday."""

    class Meta:
        model = Asked

    kind = "test.meeting"
    until = date(2026, 11, 22)
