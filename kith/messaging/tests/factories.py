"""Records of this room for tests, one factory for each table."""

import factory

from kith.base.tests.factories import RowFactory
from kith.mentoring.tests.factories import NOW, MatchFactory
from kith.messaging.models import Message, Report, Seat, WordPair


class MessageFactory(RowFactory):
    """The participant says something to the mentor."""

    class Meta:
        model = Message

    organisation = factory.SelfAttribute("match.organisation")
    match = factory.SubFactory(MatchFactory)
    sender = factory.SelfAttribute("match.participant")
    sent_at = NOW
    text = "See you on Tuesday."


class SeatFactory(RowFactory):
    """One message waits for the mentor."""

    class Meta:
        model = Seat

    organisation = factory.SelfAttribute("match.organisation")
    match = factory.SubFactory(MatchFactory)
    person = factory.SelfAttribute("match.mentor")
    unread = 1
    last_at = NOW


class ReportFactory(RowFactory):
    """The mentor showed a message of the participant to the coordinators."""

    class Meta:
        model = Report

    organisation = factory.SelfAttribute("message.organisation")
    message = factory.SubFactory(MessageFactory)
    match = factory.SelfAttribute("message.match")
    reporter = factory.SelfAttribute("message.match.mentor")
    note = "I did not know what to answer."
    reported_at = NOW


class WordPairFactory(RowFactory):
    """A word of which the mentor's half is still to come."""

    class Meta:
        model = WordPair

    organisation = factory.SelfAttribute("match.organisation")
    match = factory.SubFactory(MatchFactory)
    participant_word = "موعد"
