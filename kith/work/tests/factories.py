"""Records of this room for tests, one factory for each table."""

from datetime import UTC, date, datetime

import factory

from kith.base.tests.factories import RowFactory
from kith.people.tests.factories import PersonFactory
from kith.work.models import Application, Cv, Interview, Job, Move, Qualification, Sharing

MONDAY = date(2026, 11, 2)


class _OfPerson(RowFactory):
    """A row of a participant."""

    class Meta:
        abstract = True

    organisation = factory.SelfAttribute("person.organisation")
    person = factory.SubFactory(PersonFactory, is_participant=True)


class SharingFactory(_OfPerson):
    """The mentor sees applications."""

    class Meta:
        model = Sharing

    parts = ["applications"]
    changed_on = MONDAY


class QualificationFactory(_OfPerson):
    """A nurse's certificate, kept at home."""

    class Meta:
        model = Qualification

    title = "Nurse"
    school = "Nursing school"
    finished_in = 2014
    state_on = MONDAY


class CvFactory(_OfPerson):
    """A CV in English with everything in it."""

    class Meta:
        model = Cv

    language = "en"
    contact = "+48 600 000 001"
    about = "I like to work in a team."
    skills = "First aid\nNight shifts"
    shows = ["languages", "jobs", "qualifications"]
    changed_on = MONDAY


class JobFactory(_OfPerson):
    """Seven years in a clinic."""

    class Meta:
        model = Job

    title = "Nurse"
    employer = "Clinic"
    begun_in = 2014
    ended_in = 2021


class ApplicationFactory(_OfPerson):
    """Work somebody would like to apply for."""

    class Meta:
        model = Application

    way = "job"
    title = "Care assistant"
    employer = "Clinic on the hill"
    stage_on = MONDAY


class InterviewFactory(RowFactory):
    """A talk on Thursday at ten."""

    class Meta:
        model = Interview

    organisation = factory.SelfAttribute("application.organisation")
    application = factory.SubFactory(ApplicationFactory)
    person = factory.SelfAttribute("application.person")
    starts_at = datetime(2026, 11, 5, 10, tzinfo=UTC)
    place = "School Street 8"


class MoveFactory(RowFactory):
    """A qualification came to lie at home."""

    class Meta:
        model = Move

    organisation = factory.SelfAttribute("qualification.organisation")
    qualification = factory.SubFactory(QualificationFactory)
    person = factory.SelfAttribute("qualification.person")
    state = "at_home"
    on = MONDAY
