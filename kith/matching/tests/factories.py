"""Programmes with people who wait, rounds and proposals, for tests."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import factory

from kith.base import permit, scope
from kith.base.tests.factories import RowFactory
from kith.consent.tests.factories import ConsentFactory
from kith.gate.tests.factories import MembershipFactory
from kith.matching.models import Decision, Proposal, Round, RoundProgramme, Run
from kith.people.models import Children, Family, FamilyMember
from kith.people.tests.factories import (
    MentorCheckFactory,
    MentorProfileFactory,
    ParticipantProfileFactory,
    PersonFactory,
    PersonLanguageFactory,
    PlaceFactory,
)
from kith.programmes.models import Enrolment, Programme

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
CHECKS = ("identity", "references", "interview", "code_of_conduct")
CHECKS_FOR_CHILDREN = (*CHECKS, "record_check")


class ProgrammeFactory(RowFactory):
    """A programme opened from the base template."""

    class Meta:
        model = Programme

    template_key = "base"
    template_version = "1"
    name = "Side by side"
    opened_on = date(2026, 1, 1)


class EnrolmentFactory(RowFactory):
    """A place on the waiting list of a programme."""

    class Meta:
        model = Enrolment

    organisation = factory.SelfAttribute("programme.organisation")
    programme = factory.SubFactory(ProgrammeFactory)
    person = factory.SubFactory(
        PersonFactory, organisation=factory.SelfAttribute("..organisation"), participant=True
    )
    side = "participant"
    waiting_since = date(2026, 9, 3)


class RoundFactory(RowFactory):
    """An open round of one programme."""

    class Meta:
        model = Round

    programme = factory.SubFactory(ProgrammeFactory)
    organisation = factory.SelfAttribute("programme.organisation")
    opened_on = TODAY

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        programme = kwargs.pop("programme")
        row = super()._create(model_class, *args, **kwargs)
        RoundProgrammeFactory(round=row, programme=programme)
        # Factories of what stands in a round ask for it.
        row.programme = programme
        return row


class RoundProgrammeFactory(RowFactory):
    """The list of a programme in a round."""

    class Meta:
        model = RoundProgramme

    organisation = factory.SelfAttribute("round.organisation")


class RunFactory(RowFactory):
    """A solved run without a record."""

    class Meta:
        model = Run

    organisation = factory.SelfAttribute("round.organisation")
    round = factory.SubFactory(RoundFactory)
    number = 1
    state = "done"
    seed = 7
    asked_at = NOW


class DecisionFactory(RowFactory):
    """Something decided after a run."""

    class Meta:
        model = Decision

    organisation = factory.SelfAttribute("run.organisation")
    run = factory.SubFactory(RunFactory)
    round = factory.SelfAttribute("run.round")
    number = 1
    act = "lock"


class ProposalFactory(RowFactory):
    """A proposed pair; `offered` and `agreed` are traits."""

    class Meta:
        model = Proposal

    organisation = factory.SelfAttribute("round.organisation")
    round = factory.SubFactory(RoundFactory)
    participant = factory.SubFactory(
        EnrolmentFactory, programme=factory.SelfAttribute("..round.programme")
    )
    mentor = factory.SubFactory(
        EnrolmentFactory,
        programme=factory.SelfAttribute("..round.programme"),
        side="mentor",
        person=factory.SubFactory(
            PersonFactory, organisation=factory.SelfAttribute("..organisation"), mentor=True
        ),
    )
    points = [{"code": "shared_languages", "languages": ["pl", "uk"]}]

    class Params:
        offered = factory.Trait(state="offered", offered_on=date(2026, 11, 16), answer_by=TODAY)
        agreed = factory.Trait(
            state="agreed", participant_answer="yes", mentor_answer="yes", agreed_on=TODAY
        )


def waiting_participant(programme: Programme, **wishes: Any) -> Any:
    """Someone who waits, speaks Ukrainian, lives in Wilda, is free on Tuesday evenings."""
    with_children = wishes.pop("with_children", False)
    enrolment = _on_the_list(programme, ParticipantProfileFactory, "participant", wishes)
    if with_children:
        with scope.entered(programme.organisation_id), permit.lifted():
            family = Family.objects.create(label="Kowalczuk")
            FamilyMember.objects.create(family=family, person=enrolment.person)
            Children.objects.create(family=family, age_band="3-6", count=2)
    return enrolment


def free_mentor(programme: Programme, **wishes: Any) -> Any:
    """A mentor with all checks who speaks Ukrainian, lives in Wilda, is free on Tuesdays."""
    checks = wishes.pop("checks", CHECKS)
    wishes.setdefault("trained_until", date(2027, 6, 1))
    enrolment = _on_the_list(programme, MentorProfileFactory, "mentor", wishes)
    for kind in checks:
        MentorCheckFactory(
            person=enrolment.person,
            kind=kind,
            done_on=date(2026, 5, 1),
            seen_by=staff(programme),
        )
    return enrolment


_staff: dict[Any, Any] = {}


def staff(programme: Programme) -> Any:
    """One coordinator of the programme's organisation, made once."""
    key = programme.organisation_id
    if key not in _staff:
        _staff[key] = MembershipFactory(organisation=programme.organisation)
    return _staff[key]


PERSON = frozenset(
    {"name", "called", "place", "max_km", "online", "availability", "age_band", "adult", "language"}
)


def _on_the_list(programme: Programme, profiles: Any, side: str, wishes: dict[str, Any]) -> Any:
    consent = wishes.pop("consent", True)
    languages = wishes.pop("languages", {"uk": 5})
    since = wishes.pop("waiting_since", date(2026, 9, 3))
    wishes = {"availability": ["tue-eve"], **wishes}
    given = {f"person__{key}" if key in PERSON else key: one for key, one in wishes.items()}
    person = profiles(organisation=programme.organisation, **given).person
    for code, level in languages.items():
        PersonLanguageFactory(person=person, code=code, level=level)
    if consent:
        ConsentFactory(person=person, explained_by=staff(programme))
    return EnrolmentFactory(programme=programme, person=person, side=side, waiting_since=since)


__all__ = [
    "NOW",
    "TODAY",
    "EnrolmentFactory",
    "PlaceFactory",
    "ProgrammeFactory",
    "ProposalFactory",
    "RoundFactory",
    "free_mentor",
    "staff",
    "waiting_participant",
]
