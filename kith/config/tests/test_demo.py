"""The demo programme: made-up people, enough of everything, the same from the same seed."""

import re
from datetime import date, timedelta
from random import Random

import pytest

from kith.base import permit, scope
from kith.config.demo import Size, crowd, load_demo
from kith.config.demo.load import STAFF_NAMES
from kith.config.demo.pools import Circle
from kith.consent.models import Consent, note_asked
from kith.gate.actor import member_actor
from kith.gate.models import Membership
from kith.gate.roles import Role
from kith.learning.models import Certificate, Edition, Seat, Work
from kith.mentoring.models import Goal, Match, Meeting
from kith.papers.models import Paper
from kith.people.models import MentorCheck, Person, note_checks
from kith.people.queries import find_people
from kith.programmes.models import Enrolment, note_standing
from kith.programmes.rules import rules_of
from kith.progress.models import DomainStep

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def loaded(module_database):
    return load_demo(Size(people=80, seed=7), today=TODAY)


@pytest.fixture
def demo(loaded):
    with scope.entered(loaded.pk):
        yield loaded


THROUGH_THE_DOOR = 1
"""Somebody asked for a mentor on the public page and was welcomed, beside those who were drawn."""


def test_it_has_as_many_people_as_asked_for_on_both_sides(demo) -> None:
    assert Person.objects.filter(is_participant=True).count() == 50 + THROUGH_THE_DOOR
    assert Person.objects.filter(is_mentor=True).count() == 30


def test_everyone_has_a_name_of_their_own_as_long_as_there_are_enough() -> None:
    circle = Circle(("Hana", "Saba"), ("Haile", "Berhe"), (), "en", 1)
    given, rng = crowd.Names({"Hana Haile"}), Random(1)  # noqa: S311 - no secrets

    names = [crowd._name(circle, rng, given) for _ in range(5)]

    assert sorted(names[:3]) == ["Hana Berhe", "Saba Berhe", "Saba Haile"]
    assert [name.count("-") for name in names[3:]] == [1, 1]


def test_no_two_people_of_the_demo_share_a_name(demo) -> None:
    people = [str(person.name) for person in Person.objects.all()]
    office = [str(one.name) for one in Membership.objects.filter(roles__overlap=list(STAFF_NAMES))]

    assert len({*people, *office}) == len(people) + len(office)


def test_addresses_are_written_in_plain_latin_letters(demo) -> None:
    plain = re.compile(r"[a-z_]+\.[a-z]+@example\.org")
    addresses = [str(member.email) for member in Membership.objects.all()]

    assert [one for one in addresses if not plain.fullmatch(one)] == []


def test_there_is_someone_of_every_role(demo) -> None:
    roles = {role for member in Membership.objects.all() for role in member.roles}

    assert roles == {role.value for role in Role}


def test_everyone_outside_the_office_is_a_person_of_their_own(demo) -> None:
    signed_in = Person.objects.filter(user__isnull=False)
    roles = {
        member.roles[0]: member.user_id
        for member in Membership.objects.exclude(
            roles__overlap=[role.value for role in STAFF_NAMES]
        )
    }

    assert {person.user_id for person in signed_in} == set(roles.values())
    assert Match.objects.filter(
        state="active",
        mentor__user_id=roles["mentor"],
        participant__user_id=roles["participant"],
    ).exists()


def test_a_year_of_history_lies_before_today(demo) -> None:
    held = Meeting.objects.filter(state="held").order_by("held_on")

    assert held.last().held_on <= TODAY
    assert (TODAY - held.first().held_on).days > 200
    assert {match.state for match in Match.objects.all()} >= {"active", "closed"}
    for model in (Consent, Goal, MentorCheck, DomainStep):
        assert model.objects.exists()


def test_some_pairs_have_not_met_for_long_and_ask_for_a_call(demo) -> None:
    running = Match.objects.filter(state__in=["starting", "active"])

    assert not running.filter(attention_on__isnull=True).exists()
    assert running.filter(attention_on__lte=TODAY).exists()
    assert running.filter(attention_on__gt=TODAY).exists()


def test_people_of_the_demo_are_found_by_name(demo) -> None:
    coordinator = Membership.objects.filter(roles=["coordinator"]).first()
    person = Person.objects.filter(is_participant=True).first()

    found = find_people(member_actor(coordinator), str(person.name), limit=50)

    assert person.pk in {one.pk for one in found}


def test_the_same_seed_gives_the_same_people(demo) -> None:
    names = sorted(str(person.name) for person in Person.objects.all())
    again = load_demo(Size(people=80, seed=7), today=TODAY)

    with scope.entered(again.pk):
        assert sorted(str(person.name) for person in Person.objects.all()) == names


def test_what_is_noted_with_people_follows_from_their_rows(demo) -> None:
    noted = ("pk", *sorted(Person.noted))
    loaded = list(Person.objects.order_by("pk").values_list(*noted))
    keys = [key for key, *_ in loaded]

    with permit.lifted():
        for note_anew in (note_standing, note_asked, note_checks):
            note_anew(keys)

    assert list(Person.objects.order_by("pk").values_list(*noted)) == loaded
    assert len({row[1:] for row in loaded}) > 10


@pytest.mark.parametrize(
    ("template", "document"),
    [
        ("de_tandem", "tandem_agreement"),
        ("uk_goal_mentor", "goal_sheet"),
        ("au_language_tutor", "lesson_log"),
    ],
)
def test_pairs_of_other_models_run_with_their_papers_and_dates(demo, template, document) -> None:
    running = Match.objects.filter(state="active", programme__template_key=template)
    match = running.select_related("programme").order_by("id").first()
    assert match is not None

    places = Enrolment.objects.filter(
        person__in=[match.participant_id, match.mentor_id], state="matched"
    )
    weeks = rules_of(match.programme).length_weeks

    assert {place.programme_id for place in places} == {match.programme_id}
    assert match.planned_end_on == match.started_on + timedelta(weeks=weeks)
    assert match.planned_end_on > TODAY
    assert Paper.objects.filter(match=match, document=document).exists()


def test_somebody_asks_for_an_interpreter_at_a_meeting(demo) -> None:
    assert Meeting.objects.filter(state="planned", interpreter_wanted=True).exists()


def test_courses_have_learners_at_every_stage(demo) -> None:
    seats = Seat.objects.order_by("id")

    assert [seat.state for seat in seats][:2] == ["passed", "learning"]
    assert Certificate.objects.get().seat == seats[0]
    assert Work.objects.filter(state="handed_in").count() == 1
    assert Edition.objects.filter(closes_on__gte=TODAY).count() == 2
