"""Records of this room for tests, one factory for each table."""

import factory

from kith.base.tests.factories import RowFactory
from kith.calendars.models import CalendarWish, Invitation
from kith.gate.tests.factories import MembershipFactory
from kith.mentoring.tests.factories import NOW, MeetingFactory


class CalendarWishFactory(RowFactory):
    """A member with a secret address."""

    class Meta:
        model = CalendarWish

    organisation = factory.SelfAttribute("member.organisation")
    member = factory.SubFactory(MembershipFactory, mentor=True)
    number = 1
    is_open = True


class InvitationFactory(RowFactory):
    """Somebody is to be told of a planned meeting now."""

    class Meta:
        model = Invitation

    organisation = factory.SelfAttribute("meeting.organisation")
    meeting = factory.SubFactory(MeetingFactory, planned=True)
    member = factory.SubFactory(
        MembershipFactory, organisation=factory.SelfAttribute("..organisation"), mentor=True
    )
    send_at = NOW
