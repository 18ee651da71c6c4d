"""Writing people down, changing them, and letting them go."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kith.base import permit, scope, vault
from kith.base.errors import Denied, WriteOutsideCommand
from kith.base.events import listen
from kith.base.fields import ERASED
from kith.base.models import LegalHold
from kith.gate.models import Membership
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, UserFactory, actor_of
from kith.people import commands
from kith.people.events import PersonAdded, PersonErased
from kith.people.models import (
    Children,
    Family,
    FamilyMember,
    Group,
    GroupMember,
    MentorCheck,
    MentorProfile,
    ParticipantProfile,
    Person,
    PersonLanguage,
    Place,
    SearchToken,
)
from kith.people.rules import CheckKind, GenderWish, Side

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def member():
    """A coordinator."""
    return MembershipFactory()


@pytest.fixture
def ewa(member):
    """The same coordinator, acting inside the organisation."""
    with scope.entered(member.organisation_id, user_id=member.user_id):
        yield actor_of(member)


@pytest.fixture
def oksana(ewa):
    """A participant."""
    return commands.add_participant(ewa, name="Oksana Kowalczuk", adult=True)


@pytest.fixture
def jan(ewa):
    """A mentor."""
    return commands.add_mentor(ewa, name="Jan Nowak", adult=True)


def told(fact):
    """A list that collects the facts of one kind announced from now on."""
    facts: list[object] = []
    listen(fact, facts.append)
    return facts


def test_a_participant_is_written_down_with_what_is_known(ewa, member) -> None:
    facts = told(PersonAdded)

    person = commands.add_participant(
        ewa,
        name="  Oksana   Kowalczuk ",
        adult=True,
        languages={"uk": 5, "en": 2, "pl": 3},
        needs=["work"],
        asked_on=TODAY,
        responsible=member,
    )

    stored = Person.objects.get(pk=person.pk)
    profile = ParticipantProfile.objects.get(person=person)
    spoken = dict(PersonLanguage.objects.filter(person=person).values_list("code", "level"))
    assert (stored.name, stored.adult, stored.language) == ("Oksana Kowalczuk", True, "pl")
    assert (stored.is_participant, stored.is_mentor) == (True, False)
    assert (profile.needs, profile.asked_on) == (["work"], TODAY)
    assert spoken == {"uk": 5, "en": 2, "pl": 3}
    assert facts == [PersonAdded(person.pk, Side.PARTICIPANT)]


def test_a_mentor_is_written_down_with_an_offer(ewa) -> None:
    person = commands.add_mentor(
        ewa, name="Jan Nowak", adult=True, language="en", topics=["work"], capacity=2
    )

    profile = MentorProfile.objects.get(person=person)
    assert (person.is_participant, person.is_mentor, person.language) == (False, True, "en")
    assert (profile.topics, profile.capacity, profile.settled_here) == (["work"], 2, False)


def test_a_language_of_letters_that_was_chosen_stays(ewa) -> None:
    person = commands.add_mentor(
        ewa, name="Jan Nowak", adult=True, language="en", languages={"ar": 5}
    )

    assert person.language == "en"


def test_an_organisation_without_languages_writes_english(ewa) -> None:
    ewa.organisation.languages = []

    person = commands.add_mentor(ewa, name="Jan Nowak", adult=True)

    assert person.language == "en"


def test_nobody_comes_in_without_a_name(ewa) -> None:
    with pytest.raises(commands.NameMissing):
        commands.add_participant(ewa, name="   ", adult=True)

    assert list(Person.objects.all()) == []


def test_only_adults_come_in(ewa) -> None:
    with pytest.raises(commands.NotAnAdult):
        commands.add_mentor(ewa, name="Jan Nowak", adult=False)

    assert list(Person.objects.all()) == []


@pytest.mark.parametrize("role", [Role.MENTOR, Role.PARTICIPANT, Role.PLATFORM_ADMINISTRATOR])
def test_other_roles_write_nobody_down(member, role: Role) -> None:
    other = actor_of(MembershipFactory(organisation=member.organisation, roles=[role]))

    with pytest.raises(Denied):
        commands.add_participant(other, name="Oksana", adult=True)


def test_someone_may_be_on_both_sides_once(ewa, oksana, jan) -> None:
    commands.take_side(ewa, person=oksana, side=Side.MENTOR, today=TODAY)
    commands.take_side(ewa, person=jan, side=Side.PARTICIPANT, today=TODAY)

    assert MentorProfile.objects.get(person=oksana).available_since == TODAY
    assert ParticipantProfile.objects.get(person=jan).asked_on == TODAY
    with pytest.raises(commands.AlreadyOnThisSide):
        commands.take_side(ewa, person=oksana, side=Side.MENTOR, today=TODAY)
    with pytest.raises(commands.AlreadyOnThisSide):
        commands.take_side(ewa, person=oksana, side=Side.PARTICIPANT, today=TODAY)


def test_a_name_is_never_emptied(ewa, oksana) -> None:
    with pytest.raises(commands.NameMissing):
        commands.change_identity(
            ewa, person=oksana, name=" ", called="", age_band="", language="pl", now=NOW
        )

    assert Person.objects.get(pk=oksana.pk).name == "Oksana Kowalczuk"


def test_every_section_is_stored_and_moves_someone_up(ewa, oksana) -> None:
    commands.change_identity(
        ewa, person=oksana, name="Oksana", called="Ksenia", age_band="25-34", language="ar", now=NOW
    )
    commands.change_contact(
        ewa,
        person=oksana,
        phone="600100200",
        email="o@example.org",
        channel="signal",
        safe_to_write=False,
        contact_note="evenings",
        now=NOW,
    )
    commands.set_languages(ewa, person=oksana, languages={"uk": 5}, now=NOW)
    commands.set_languages(ewa, person=oksana, languages={"pl": 1}, now=NOW)
    commands.set_availability(ewa, person=oksana, slots=["wed-eve", "mon-am"], now=NOW)
    commands.set_place(ewa, person=oksana, place=" Wilda ", max_km=5, online=True, now=LATER)

    row = Person.objects.get(pk=oksana.pk)
    spoken = list(PersonLanguage.objects.filter(person=row).values_list("code", "level"))
    assert (row.name, row.called, row.age_band, row.language) == (
        "Oksana",
        "Ksenia",
        "25-34",
        "ar",
    )
    assert (row.phone, row.email, row.channel) == ("600100200", "o@example.org", "signal")
    assert (row.safe_to_write, row.contact_note) == (False, "evenings")
    assert (spoken, row.availability) == ([("pl", 1)], ["mon-am", "wed-eve"])
    assert (row.place.name, row.max_km, row.online) == ("Wilda", 5, True)
    assert row.last_event_at == LATER


def test_a_place_of_one_name_is_kept_once_and_can_be_taken_away(ewa, oksana, jan) -> None:
    for person in (oksana, jan):
        commands.set_place(ewa, person=person, place="Wilda", max_km=None, online=None, now=NOW)
    commands.set_place(ewa, person=jan, place="", max_km=None, online=None, now=NOW)

    assert list(Place.objects.values_list("name", flat=True)) == ["Wilda"]
    assert Person.objects.get(pk=jan.pk).place is None


def test_hopes_are_stored_and_the_first_day_of_asking_stays(ewa, oksana) -> None:
    commands.set_hopes(ewa, person=oksana, needs=["work"], asked_on=TODAY, now=NOW)
    commands.set_hopes(
        ewa,
        person=oksana,
        needs=["health"],
        interests=["music"],
        gender_wish=GenderWish.WOMAN,
        gender_wish_firm=True,
        interpreter=True,
        now=NOW,
    )

    row = ParticipantProfile.objects.get(person=oksana)
    assert (row.needs, row.interests) == (["health"], ["music"])
    assert (row.gender_wish, row.gender_wish_firm, row.interpreter) == ("woman", True, True)
    assert row.asked_on == TODAY


def test_a_wish_that_is_none_cannot_be_firm(ewa, oksana) -> None:
    commands.set_hopes(ewa, person=oksana, needs=[], gender_wish_firm=True, now=NOW)

    assert ParticipantProfile.objects.get(person=oksana).gender_wish_firm is False


def test_an_offer_is_stored(ewa, jan) -> None:
    commands.set_offer(ewa, person=jan, topics=["work"], capacity=3, settled_here=True, now=NOW)

    row = MentorProfile.objects.get(person=jan)
    assert (row.topics, row.capacity, row.settled_here) == (["work"], 3, True)


def test_a_mentor_pauses_until_a_day_to_come(ewa, jan) -> None:
    until = TODAY + timedelta(days=30)

    commands.pause_mentor(ewa, person=jan, until=until, today=TODAY, now=NOW)

    assert MentorProfile.objects.get(person=jan).paused_until == until
    with pytest.raises(commands.PauseEndsInThePast):
        commands.pause_mentor(ewa, person=jan, until=TODAY, today=TODAY, now=NOW)
    commands.end_pause(ewa, person=jan, now=NOW)
    assert MentorProfile.objects.get(person=jan).paused_until is None


def test_someone_is_taken_on_and_given_back(ewa, member, oksana) -> None:
    commands.take_on(ewa, person=oksana, responsible=member, now=NOW)
    assert Person.objects.get(pk=oksana.pk).responsible == member

    commands.take_on(ewa, person=oksana, responsible=None, now=NOW)
    assert Person.objects.get(pk=oksana.pk).responsible is None


def test_someone_goes_to_the_archive_and_comes_back(ewa, oksana) -> None:
    commands.archive_person(ewa, person=oksana, now=NOW)
    assert Person.objects.get(pk=oksana.pk).archived_at == NOW

    commands.restore_person(ewa, person=oksana)
    assert Person.objects.get(pk=oksana.pk).archived_at is None


def test_a_sign_in_is_linked_to_its_person(ewa, oksana) -> None:
    user = UserFactory()

    commands.link_user(ewa, person=oksana, user_id=user.pk)

    assert Person.objects.get(pk=oksana.pk).user_id == user.pk


def test_touching_moves_up_and_never_down(ewa, oksana) -> None:
    with permit.lifted():
        commands.touch(oksana, at=LATER)
        commands.touch(oksana, at=NOW)

    assert Person.objects.get(pk=oksana.pk).last_event_at == LATER


def test_touching_outside_a_command_is_a_mistake(ewa, oksana) -> None:
    with pytest.raises(WriteOutsideCommand):
        commands.touch(oksana, at=LATER)


# ── Own wishes ───────────────────────────────────────────────────────────────────────────────────


def test_a_mentor_changes_own_times_and_nobody_elses(ewa, member, jan, oksana) -> None:
    own = MembershipFactory(organisation=member.organisation, roles=[Role.MENTOR])
    commands.link_user(ewa, person=jan, user_id=own.user_id)

    commands.set_availability(actor_of(own), person=jan, slots=["sat-am"], now=NOW)

    assert Person.objects.get(pk=jan.pk).availability == ["sat-am"]
    with pytest.raises(Denied):
        commands.set_availability(actor_of(own), person=oksana, slots=["sat-am"], now=NOW)


# ── Checks ───────────────────────────────────────────────────────────────────────────────────────


def note(ewa, person, kind=CheckKind.REFERENCES, done_on=TODAY, valid_until=None):
    return commands.record_check(
        ewa,
        person=person,
        kind=kind,
        done_on=done_on,
        valid_until=valid_until,
        today=TODAY,
        now=NOW,
    )


def test_a_check_names_who_saw_it(ewa, member, jan) -> None:
    check = note(ewa, jan, valid_until=date(2027, 11, 20))

    row = MentorCheck.objects.get(pk=check.pk)
    assert (row.kind, row.seen_by, row.valid_until) == ("references", member, date(2027, 11, 20))


def test_training_is_kept_with_the_offer_too(ewa, jan) -> None:
    note(ewa, jan, kind=CheckKind.TRAINING, valid_until=date(2027, 11, 20))

    row = MentorProfile.objects.get(person=jan)
    assert (row.trained_on, row.trained_until) == (TODAY, date(2027, 11, 20))


def test_a_check_is_not_done_on_a_day_to_come(ewa, jan) -> None:
    with pytest.raises(commands.CheckInFuture):
        note(ewa, jan, done_on=TODAY + timedelta(days=1))


def test_a_check_does_not_end_before_it_was_done(ewa, jan) -> None:
    with pytest.raises(commands.CheckEndsBeforeItWasDone):
        note(ewa, jan, valid_until=TODAY - timedelta(days=1))


def test_only_mentors_are_checked(ewa, oksana) -> None:
    with pytest.raises(commands.NotAMentor):
        note(ewa, oksana)

    assert list(MentorCheck.objects.all()) == []


def test_a_check_noted_by_mistake_is_taken_back(ewa, jan) -> None:
    check = note(ewa, jan)

    commands.remove_check(ewa, check=check)

    assert list(MentorCheck.objects.all()) == []


# ── Families and groups ──────────────────────────────────────────────────────────────────────────


def test_a_family_holds_adults_and_numbers_of_children(ewa, oksana, jan) -> None:
    family = commands.make_family(
        ewa, person=oksana, label="Kowalczuk", children={"3-6": 1, "7-12": 0}, now=NOW
    )
    commands.join_family(ewa, person=jan, family=family, now=NOW)
    commands.change_family(ewa, family=family, label="Kowalczuk i Nowak", children={"7-12": 2})

    children = list(Children.objects.values_list("age_band", "count"))
    assert Family.objects.get().label == "Kowalczuk i Nowak"
    assert children == [("7-12", 2)]
    assert FamilyMember.objects.filter(family=family).count() == 2


def test_nobody_is_in_two_families(ewa, oksana, jan) -> None:
    commands.make_family(ewa, person=oksana, label="Kowalczuk", children={}, now=NOW)
    other = commands.make_family(ewa, person=jan, label="Nowak", children={}, now=NOW)

    with pytest.raises(commands.AlreadyInAFamily):
        commands.join_family(ewa, person=oksana, family=other, now=NOW)
    with pytest.raises(commands.AlreadyInAFamily):
        commands.make_family(ewa, person=oksana, label="Nowak", children={}, now=NOW)


def test_the_last_adult_takes_the_family_along(ewa, oksana, jan) -> None:
    family = commands.make_family(ewa, person=oksana, label="Nowak", children={}, now=NOW)
    commands.join_family(ewa, person=jan, family=family, now=NOW)

    commands.leave_family(ewa, person=oksana)
    assert Family.objects.count() == 1

    commands.leave_family(ewa, person=jan)
    assert Family.objects.count() == 0
    assert vault.key(family.pk, "identity") is None


def test_families_and_groups_need_a_name(ewa, oksana) -> None:
    with pytest.raises(commands.NothingToCallIt):
        commands.make_family(ewa, person=oksana, label=" ", children={}, now=NOW)
    with pytest.raises(commands.NothingToCallIt):
        commands.make_group(ewa, name="")


def test_a_group_has_a_lead_and_members_with_tasks(ewa, jan) -> None:
    group = commands.make_group(ewa, name="Wilda")
    member = commands.join_group(ewa, group=group, person=jan)
    commands.set_group_role(ewa, member=member, role="housing")
    commands.change_group(ewa, group=group, name="Wilda welcome group", lead=jan)

    assert Group.objects.get().name == "Wilda welcome group"
    assert (Group.objects.get().lead, GroupMember.objects.get().role) == (jan, "housing")
    with pytest.raises(commands.AlreadyInTheGroup):
        commands.join_group(ewa, group=group, person=jan)


def test_a_lead_who_leaves_leads_no_longer(ewa, jan) -> None:
    group = commands.make_group(ewa, name="Wilda")
    member = commands.join_group(ewa, group=group, person=jan)
    commands.change_group(ewa, group=group, name="Wilda", lead=jan)

    commands.leave_group(ewa, member=member)

    assert (Group.objects.get().lead, GroupMember.objects.count()) == (None, 0)


# ── Erasing ──────────────────────────────────────────────────────────────────────────────────────


def erase(actor, person):
    return commands.erase_person(actor, person=person, today=TODAY, now=NOW)


def test_an_erased_person_leaves_an_empty_row(ewa, member, jan) -> None:
    facts = told(PersonErased)
    own = MembershipFactory(organisation=member.organisation, roles=[Role.MENTOR], name="Jan")
    commands.link_user(ewa, person=jan, user_id=own.user_id)
    note(ewa, jan)
    commands.make_family(ewa, person=jan, label="Nowak", children={"0-2": 1}, now=NOW)
    group = commands.make_group(ewa, name="Wilda")
    commands.join_group(ewa, group=group, person=jan)
    commands.change_group(ewa, group=group, name="Wilda", lead=jan)
    before = Person.objects.get(pk=jan.pk)

    erase(ewa, before)

    row = Person.objects.get(pk=jan.pk)
    assert (row.name, row.phone, row.erased_at, row.is_mentor) == ("", "", NOW, True)
    assert (row.user_id, row.availability, row.place) == (None, [], None)
    assert [
        rows.objects.count()
        for rows in (SearchToken, MentorCheck, MentorProfile, FamilyMember, Family, GroupMember)
    ] == [0, 0, 0, 0, 0, 0]
    assert Group.objects.get().lead is None
    closed = Membership.objects.get(pk=own.pk)
    assert (closed.active, closed.name) == (False, "")
    assert facts == [PersonErased(jan.pk)]


def test_staff_who_also_mentored_stay_staff_when_their_record_is_erased(ewa, member, jan) -> None:
    roles = [Role.COORDINATOR, Role.MENTOR]
    zofia = MembershipFactory(organisation=member.organisation, roles=roles, name="Zofia")
    commands.link_user(ewa, person=jan, user_id=zofia.user_id)

    erase(ewa, Person.objects.get(pk=jan.pk))

    kept = Membership.objects.get(pk=zofia.pk)
    assert (kept.active, kept.name, kept.roles) == (True, "Zofia", [Role.COORDINATOR])


def test_a_text_kept_from_before_cannot_be_read_after_erasing(ewa, oksana) -> None:
    copy = Person.objects.get(pk=oksana.pk)

    erase(ewa, oksana)

    assert copy.name == ERASED


def test_a_record_on_hold_is_not_erased(ewa, oksana) -> None:
    with permit.lifted():
        LegalHold.objects.create(row_id=oksana.pk, reason="complaint", until=TODAY)

    with pytest.raises(commands.HeldForNow):
        erase(ewa, oksana)

    assert Person.objects.get(pk=oksana.pk).name == "Oksana Kowalczuk"


def test_the_data_protection_lead_may_erase_and_a_mentor_may_not(ewa, member, oksana, jan) -> None:
    lead = MembershipFactory(organisation=member.organisation, roles=[Role.DATA_PROTECTION_LEAD])
    mentor = MembershipFactory(organisation=member.organisation, roles=[Role.MENTOR])

    with pytest.raises(Denied):
        erase(actor_of(mentor), oksana)
    erase(actor_of(lead), oksana)

    assert Person.objects.get(pk=oksana.pk).erased_at == NOW
