"""People for tests."""

from datetime import date
from typing import Any

import factory

from kith.base import permit, scope
from kith.base.tests.factories import OrganisationFactory, RowFactory
from kith.gate.tests.factories import MembershipFactory
from kith.people.models import (
    Family,
    Group,
    MentorCheck,
    MentorProfile,
    Note,
    ParticipantProfile,
    Person,
    PersonLanguage,
    Place,
)
from kith.people.rules import CheckKind


class PlaceFactory(RowFactory):
    """A district."""

    class Meta:
        model = Place

    name = factory.Sequence(lambda n: f"Wilda {n}")


class PersonFactory(RowFactory):
    """An adult on no side yet; `participant` and `mentor` say which. Not in the search index:
    where a test searches, people come in through the commands."""

    class Meta:
        model = Person

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Oksana Kowalczuk {n}")
    adult = True

    class Params:
        participant = factory.Trait(is_participant=True)
        mentor = factory.Trait(is_mentor=True)


class ParticipantProfileFactory(RowFactory):
    """What someone hopes for; brings its person."""

    class Meta:
        model = ParticipantProfile

    person = factory.SubFactory(
        PersonFactory, organisation=factory.SelfAttribute("..organisation"), is_participant=True
    )
    needs = ["language"]


class MentorProfileFactory(RowFactory):
    """What a mentor offers; brings its person."""

    class Meta:
        model = MentorProfile

    person = factory.SubFactory(
        PersonFactory,
        organisation=factory.SelfAttribute("..organisation"),
        is_mentor=True,
        name=factory.Sequence(lambda n: f"Jan Kowalski {n}"),
    )
    topics = ["language"]


class PersonLanguageFactory(RowFactory):
    """A language someone speaks."""

    class Meta:
        model = PersonLanguage

    organisation = factory.SelfAttribute("person.organisation")
    person = factory.SubFactory(PersonFactory)
    code = "uk"
    level = 5


class NoteFactory(RowFactory):
    """A note about someone; nobody in particular wrote it."""

    class Meta:
        model = Note

    organisation = factory.SelfAttribute("person.organisation")
    person = factory.SubFactory(PersonFactory)
    written_on = date(2026, 11, 20)
    observed = "Came early"


class MentorCheckFactory(RowFactory):
    """A check of a mentor."""

    class Meta:
        model = MentorCheck

    organisation = factory.SelfAttribute("person.organisation")
    person = factory.SubFactory(PersonFactory, is_mentor=True)
    kind = CheckKind.IDENTITY
    done_on = factory.Faker("past_date")


class FamilyFactory(RowFactory):
    """A family."""

    class Meta:
        model = Family

    label = "Kowalczuk"


class GroupFactory(RowFactory):
    """A group of volunteers."""

    class Meta:
        model = Group

    name = "Wilda welcome group"


class ParticipantFactory(PersonFactory):
    """A participant with a profile."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    is_participant = True

    @factory.post_generation
    def profile(row, create, extracted, **kwargs):  # noqa: N805 - factory_boy's signature
        ParticipantProfileFactory(person=row, organisation=row.organisation, **kwargs)


class MentorFactory(PersonFactory):
    """A mentor with a profile."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Jan Kowalski {n}")
    is_mentor = True

    @factory.post_generation
    def profile(row, create, extracted, **kwargs):  # noqa: N805 - factory_boy's signature
        MentorProfileFactory(person=row, organisation=row.organisation, **kwargs)


def account_of(person: Any, role: str) -> Any:
    """Give a person an account with one role, and let them sign in."""
    membership = MembershipFactory(organisation=person.organisation, roles=[role])
    with scope.entered(person.organisation_id), permit.lifted():
        person.user = membership.user
        person.save()
    return membership
