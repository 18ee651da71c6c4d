"""Records of certificates from elsewhere, and of erased ones, for tests."""

from datetime import date
from uuid import uuid4

import factory

from kith.base.tests.factories import RowFactory
from kith.gate.tests.factories import MembershipFactory
from kith.learning.models import AcceptedIssuer, BroughtCertificate, ErasedCertificate, Recognised
from kith.learning.tests.factories import TODAY


class ErasedCertificateFactory(RowFactory):
    """What stays of a certificate that was erased."""

    class Meta:
        model = ErasedCertificate

    code = factory.Sequence(lambda n: f"GONEGONE{n:04d}")
    listed = factory.Sequence(lambda n: 10_000 + n)
    valid_until = date(2028, 12, 1)


class AcceptedIssuerFactory(RowFactory):
    """Another organisation, accepted on 1 December 2026."""

    class Meta:
        model = AcceptedIssuer

    address = factory.Sequence(lambda n: f"https://other.example.org/learning/issuer/{n}/")
    name = "Bridges elsewhere"
    keys = factory.LazyFunction(lambda: {"keys": []})
    reason = "We know their course."
    accepted_on = TODAY


class RecognisedFactory(RowFactory):
    """An achievement of theirs of which nobody has said what it counts for."""

    class Meta:
        model = Recognised

    issuer = factory.SubFactory(
        AcceptedIssuerFactory, organisation=factory.SelfAttribute("..organisation")
    )
    achievement = "https://other.example.org/achievements/mentoring/en/"
    title = "Mentoring elsewhere"


class BroughtCertificateFactory(RowFactory):
    """A certificate from elsewhere that waits for a trainer."""

    class Meta:
        model = BroughtCertificate

    recognised = factory.SubFactory(
        RecognisedFactory, organisation=factory.SelfAttribute("..organisation")
    )
    member = factory.SubFactory(
        MembershipFactory, mentor=True, organisation=factory.SelfAttribute("..organisation")
    )
    user = factory.SelfAttribute("member.user_id")
    credential = factory.LazyFunction(lambda: f"urn:uuid:{uuid4()}")
    token = "a.b.c"
    issued_on = date(2026, 6, 1)
    valid_until = date(2028, 6, 1)
    brought_on = TODAY
