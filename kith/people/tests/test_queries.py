"""Lists, records and checks: who sees what, in which order, with how many questions asked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kith.base import scope
from kith.base.errors import Denied, ReasonNeeded
from kith.gate.models import AuditEvent
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.people import commands, jobs, queries
from kith.people.models import Person, SearchToken
from kith.people.permissions import CHECKS, FAMILY, NOTES, REINDEX_JOB, SECTIONS
from kith.people.queries import boards
from kith.people.rules import CheckKind, Side
from kith.people.tests.factories import (
    GroupFactory,
    MentorCheckFactory,
    MentorFactory,
    ParticipantFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def member():
    """A coordinator."""
    return MembershipFactory()


@pytest.fixture
def ewa(member):
    """The same coordinator, acting inside the organisation."""
    with scope.entered(member.organisation_id, user_id=member.user_id):
        yield actor_of(member)


def of_role(member, *roles: Role):
    return actor_of(MembershipFactory(organisation=member.organisation, roles=[*roles]))


def part(actor, side=Side.PARTICIPANT, text="", filter_key="", after=""):
    return queries.part_of_list(
        actor, side, text=text, filter_key=filter_key, after=after, today=TODAY
    )


def names(found) -> list[str]:
    return [str(line.person.name) for line in found.lines]


# ── Lists ────────────────────────────────────────────────────────────────────────────────────────


def test_the_last_event_comes_first_and_pages_follow_without_gaps(ewa, member, monkeypatch) -> None:
    monkeypatch.setattr("kith.people.queries.lists.LINES_AT_ONCE", 2)
    for number in range(5):
        ParticipantFactory(
            organisation=member.organisation,
            name=f"Anna {number}",
            # Two of them at the very same moment: the key decides.
            last_event_at=NOON + timedelta(hours=number // 2),
        )

    found, after = [], ""
    for _page in range(3):
        now = part(ewa, after=after)
        found += names(now)
        after = now.after

    assert found == ["Anna 4", "Anna 3", "Anna 2", "Anna 1", "Anna 0"]
    assert after == ""


def test_an_address_that_means_nothing_begins_at_the_start(ewa, member) -> None:
    ParticipantFactory(organisation=member.organisation, name="Anna")

    assert [names(part(ewa, after=place)) for place in ("x", "1_2", "nan_")] == [["Anna"]] * 3


def test_mentors_participants_the_archive_and_the_erased_are_apart(ewa, member) -> None:
    home = member.organisation
    ParticipantFactory(organisation=home, name="Oksana")
    MentorFactory(organisation=home, name="Jan")
    ParticipantFactory(organisation=home, name="Anna", archived_at=NOON)
    ParticipantFactory(organisation=home, name="", archived_at=NOON, erased_at=NOON)

    assert names(part(ewa)) == ["Oksana"]
    assert names(part(ewa, Side.MENTOR)) == ["Jan"]
    assert names(part(ewa, filter_key="archived")) == ["Anna"]


def test_a_list_says_hopes_and_the_time_of_asking_in_words(ewa, member) -> None:
    needs = ["work", "housing", "health", "school", "offices"]
    ParticipantFactory(
        organisation=member.organisation,
        profile__needs=needs,
        profile__asked_on=TODAY - timedelta(days=23),
    )

    line = part(ewa).lines[0]

    assert line.wishes == "finding work, school and childcare, housing, 2 more"
    assert line.when == "asked 23 days ago, on 28 October"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("pl", "szkoła i opieka nad dziećmi, zdrowie i lekarze"),
        ("ar", "المدرسة ورعاية الأطفال، الصحة والأطباء"),
    ],
)
def test_wishes_with_an_and_in_their_names_stand_between_commas_alone(language, expected) -> None:
    with translation.override(language):
        assert queries.wishes_in_words(["school", "health"]) == expected


def test_without_a_day_of_asking_the_last_news_stand_in_the_list(ewa, member) -> None:
    MentorFactory(organisation=member.organisation, last_event_at=NOON - timedelta(days=1))

    assert part(ewa, Side.MENTOR).lines[0].when == "last news yesterday"


def test_rooms_above_say_where_someone_stands(ewa, member, monkeypatch) -> None:
    monkeypatch.setattr(boards, "STANDINGS", boards.Board("standings"))
    waiting = queries.Standing(label="Waiting", tone="info", when="waiting for 3 days")
    known = ParticipantFactory(organisation=member.organisation, name="Oksana")
    ParticipantFactory(organisation=member.organisation, name="Anna")
    queries.add_standing("late", lambda *_: {known.pk: queries.Standing(label="?")}, order=2)
    queries.add_standing("first", lambda *_: {known.pk: waiting}, order=1)

    said = {str(line.person.name): (line.standing, line.when) for line in part(ewa).lines}

    assert said["Oksana"] == (waiting, "waiting for 3 days")
    assert said["Anna"][0] is None


def test_filters_count_up_to_a_limit(ewa, member, monkeypatch) -> None:
    monkeypatch.setattr("kith.people.queries.lists.MOST_COUNTED", 2)
    for _number in range(3):
        ParticipantFactory(organisation=member.organisation)
    ParticipantFactory(organisation=member.organisation, responsible=member)

    found = {one.key: (one.count, one.is_more) for one in queries.counted(ewa, Side.PARTICIPANT)}

    assert found[""] == (2, True)
    assert found["mine"] == (1, False)
    assert found["archived"] == (0, False)


def test_mentors_who_pause_or_need_a_check_are_found_by_a_filter(ewa, member) -> None:
    home = member.organisation
    soon = datetime.now(tz=UTC).date() + timedelta(days=10)
    MentorFactory(organisation=home, name="Resting", profile__paused_until=soon)
    jan = MentorFactory(organisation=home, name="Jan")
    MentorCheckFactory(person=jan, organisation=home, done_on=TODAY, valid_until=soon)
    anna = MentorFactory(organisation=home, name="Anna")
    ended = soon - timedelta(days=50)
    MentorCheckFactory(person=anna, organisation=home, done_on=None, valid_until=ended)

    assert names(part(ewa, Side.MENTOR, filter_key="paused")) == ["Resting"]
    assert sorted(names(part(ewa, Side.MENTOR, filter_key="checks"))) == ["Anna", "Jan"]


def test_a_filter_of_checks_is_empty_for_those_who_may_not_see_them(member) -> None:
    matcher = of_role(member, Role.VOLUNTEER_MATCHER)
    with scope.entered(member.organisation_id):
        jan = MentorFactory(organisation=member.organisation)
        MentorCheckFactory(person=jan, valid_until=datetime.now(tz=UTC).date())

        assert names(part(matcher, Side.MENTOR, filter_key="checks")) == []


@pytest.mark.parametrize("side", [Side.PARTICIPANT, Side.MENTOR])
def test_a_list_asks_as_much_for_three_people_as_for_one(ewa, member, side: Side) -> None:
    factory = ParticipantFactory if side is Side.PARTICIPANT else MentorFactory

    def asked() -> int:
        with (
            scope.entered(member.organisation_id),
            CaptureQueriesContext(connection) as queries_made,
        ):
            names(part(ewa, side))
        return len(queries_made)

    factory(organisation=member.organisation)
    for_one = asked()
    factory(organisation=member.organisation)
    factory(organisation=member.organisation)

    assert asked() == for_one


def test_another_organisation_is_not_in_any_list(ewa) -> None:
    ParticipantFactory(name="Stranger")

    assert (names(part(ewa)), queries.find_people(ewa, "Stranger")) == ([], [])


# ── Records ──────────────────────────────────────────────────────────────────────────────────────


def test_a_record_holds_every_section_for_its_coordinator(ewa, member) -> None:
    person = commands.add_participant(
        ewa, name="Oksana", adult=True, languages={"pl": 1, "uk": 5}, responsible=member
    )
    commands.take_side(ewa, person=person, side=Side.MENTOR, today=TODAY)
    commands.make_family(ewa, person=person, label="Nowak", children={"0-2": 1}, now=NOON)
    group = commands.make_group(ewa, name="Wilda")
    commands.join_group(ewa, group=group, person=person)
    MentorCheckFactory(person=person, organisation=member.organisation)

    found = queries.record(ewa, person=person)

    assert [row.code for row in found.languages] == ["uk", "pl"]
    assert (found.hopes is None, found.offer is None) == (False, False)
    assert (len(found.checks), len(found.groups)) == (1, 1)
    assert (found.family.adults, found.family.children) == ([person], [("0-2", 1)])
    assert found.shows(NOTES) is True


def test_looking_at_a_record_is_written_down(ewa, member) -> None:
    person = ParticipantFactory(organisation=member.organisation)

    queries.record(ewa, person=person)

    event = AuditEvent.objects.order_by("-seq").first()
    assert (event.verb, event.row_id) == ("people.see", person.pk)


def test_a_colleagues_record_opens_with_a_reason(ewa, member) -> None:
    colleague = MembershipFactory(organisation=member.organisation)
    person = ParticipantFactory(organisation=member.organisation, responsible=colleague)

    with pytest.raises(ReasonNeeded):
        queries.record(ewa, person=person)

    ewa.reasons[str(person.pk)] = "She called while Zofia is away."
    assert queries.record(ewa, person=person).person == person
    event = AuditEvent.objects.order_by("-seq").first()
    assert str(event.reason) == "She called while Zofia is away."


@pytest.mark.parametrize(
    ("role", "unseen"),
    [
        (Role.VOLUNTEER_MATCHER, {NOTES, FAMILY, CHECKS}),
        (Role.SAFEGUARDING_LEAD, {CHECKS}),
        (Role.COORDINATOR, set()),
    ],
)
def test_a_role_reads_its_own_sections(member, role: Role, unseen: set[str]) -> None:
    actor = of_role(member, role)
    person = MentorFactory(organisation=member.organisation)
    with scope.entered(member.organisation_id):
        MentorCheckFactory(person=person, organisation=member.organisation)

        found = queries.record(actor, person=person)

    assert found.shown == SECTIONS - unseen
    assert bool(found.checks) is (CHECKS not in unseen)


def test_a_supervisor_opens_mentors_and_no_participants(member) -> None:
    zofia = of_role(member, Role.SUPERVISOR)
    jan = MentorFactory(organisation=member.organisation)
    oksana = ParticipantFactory(organisation=member.organisation)

    with scope.entered(member.organisation_id):
        assert queries.record(zofia, person=jan).hopes is None
        with pytest.raises(Denied):
            queries.record(zofia, person=oksana)


@pytest.mark.parametrize(
    "role", [Role.PLATFORM_ADMINISTRATOR, Role.DATA_PROTECTION_LEAD, Role.TRAINER, Role.LEARNER]
)
def test_roles_without_a_task_here_open_nobody(member, role: Role) -> None:
    actor = of_role(member, role)
    person = ParticipantFactory(organisation=member.organisation)

    with scope.entered(member.organisation_id):
        assert list(queries.people(actor)) == []
        with pytest.raises(Denied):
            queries.record(actor, person=person)


@pytest.mark.parametrize("role", [Role.MENTOR, Role.PARTICIPANT])
def test_people_open_their_own_record_alone(member, role: Role) -> None:
    own = MembershipFactory(organisation=member.organisation, roles=[role])
    actor = actor_of(own)
    with scope.entered(member.organisation_id, user_id=own.user_id):
        me = PersonFactory(organisation=member.organisation, user=own.user)
        other = PersonFactory(organisation=member.organisation)

        assert list(queries.people(actor)) == [me]
        assert list(queries.own_record(actor)) == [me]
        assert queries.record(actor, person=me).shows(NOTES) is False
        with pytest.raises(Denied):
            queries.record(actor, person=other)


def test_a_group_lead_opens_members_of_the_own_group(member) -> None:
    own = MembershipFactory(organisation=member.organisation, roles=[Role.GROUP_LEAD])
    lead, ewa = actor_of(own), actor_of(member)
    with scope.entered(member.organisation_id, user_id=own.user_id):
        me = MentorFactory(organisation=member.organisation, user=own.user)
        jan = MentorFactory(organisation=member.organisation)
        stranger = MentorFactory(organisation=member.organisation)
        group = GroupFactory(organisation=member.organisation, lead=me)
        other = GroupFactory(organisation=member.organisation)
        commands.join_group(ewa, group=group, person=jan)
        commands.join_group(ewa, group=other, person=stranger)

        assert set(queries.people(lead)) == {me, jan}
        assert [line.group for line in queries.group_lines(lead)] == [group]
        assert [row.person for row in queries.group_memberships(lead)] == [jan]
        assert queries.record(lead, person=jan).offer is None


def test_groups_stand_in_the_order_of_their_names_in_any_script(ewa, member) -> None:
    for name in ("Żabno", "Wilda", "Вокзал", "Łazarz"):
        GroupFactory(organisation=member.organisation, name=name)

    found = [str(line.group.name) for line in queries.group_lines(ewa)]

    assert found == ["Łazarz", "Вокзал", "Wilda", "Żabno"]


def test_places_in_use_are_offered_by_name(ewa) -> None:
    person = commands.add_participant(ewa, name="Oksana", adult=True)
    for place in ("Wilda", "Łazarz"):
        commands.set_place(ewa, person=person, place=place, max_km=None, online=None, now=NOON)

    assert queries.place_names(ewa) == ["Łazarz", "Wilda"]


# ── Checks and counts ────────────────────────────────────────────────────────────────────────────


def check(member, person, until: date, kind=CheckKind.REFERENCES):
    return MentorCheckFactory(
        person=person,
        organisation=member.organisation,
        kind=kind,
        done_on=date(2020, 1, 1),
        valid_until=until,
    )


def test_checks_that_end_within_thirty_days_are_named_once(ewa, member) -> None:
    jan = MentorFactory(organisation=member.organisation)
    today_last = check(member, jan, TODAY)
    in_a_month = check(member, jan, TODAY + timedelta(days=30), CheckKind.INTERVIEW)
    check(member, jan, TODAY + timedelta(days=31), CheckKind.IDENTITY)
    renewed = MentorFactory(organisation=member.organisation)
    check(member, renewed, TODAY + timedelta(days=5))
    check(member, renewed, TODAY + timedelta(days=370))
    forever = MentorFactory(organisation=member.organisation)
    check(member, forever, TODAY + timedelta(days=5))
    MentorCheckFactory(person=forever, organisation=member.organisation, kind=CheckKind.REFERENCES)
    gone = MentorFactory(organisation=member.organisation, archived_at=NOON)
    check(member, gone, TODAY)

    assert list(queries.ending_checks(ewa, TODAY)) == [today_last, in_a_month]


def test_checks_that_ended_are_to_renew_however_long_ago(ewa, member) -> None:
    jan = MentorFactory(organisation=member.organisation)
    check(member, jan, date(2020, 3, 2), CheckKind.IDENTITY)
    check(member, jan, TODAY - timedelta(days=1))
    check(member, jan, TODAY + timedelta(days=3), CheckKind.INTERVIEW)

    parts = queries.checks_to_renew(ewa, TODAY)

    said = [(title, [(one.label, one.when) for one in lines]) for title, lines in parts]
    assert said == [
        ("End soon", [("interview", "ends in 3 days, on 23 November")]),
        ("Ended", [("references", "ended yesterday"), ("identity", "ended on 2 March 2020")]),
    ]


def test_the_first_check_to_end_is_noted_with_a_mentor(ewa, member) -> None:
    jan = MentorFactory(organisation=member.organisation)
    check(member, jan, TODAY + timedelta(days=300))
    identity = check(member, jan, TODAY + timedelta(days=5), CheckKind.IDENTITY)
    assert noted(jan) == identity.valid_until

    renewed = check(member, jan, TODAY + timedelta(days=370), CheckKind.IDENTITY)
    assert noted(jan) == TODAY + timedelta(days=300)

    commands.remove_check(ewa, check=renewed)
    assert noted(jan) == identity.valid_until

    MentorCheckFactory(
        person=jan, organisation=member.organisation, kind=CheckKind.IDENTITY, valid_until=None
    )
    assert noted(jan) == TODAY + timedelta(days=300)


def noted(person) -> date | None:
    person.refresh_from_db()
    return person.checks_until


def test_the_data_protection_lead_sees_numbers_and_others_nothing(member) -> None:
    ParticipantFactory(organisation=member.organisation)
    MentorFactory(organisation=member.organisation)
    ParticipantFactory(organisation=member.organisation, erased_at=NOON)
    lead = of_role(member, Role.DATA_PROTECTION_LEAD)
    mentor = of_role(member, Role.MENTOR)

    with scope.entered(member.organisation_id):
        counts = queries.counts_of_people(lead)

        assert (counts.participants, counts.mentors) == (1, 1)
        assert queries.counts_of_people(mentor) is None


# ── Next steps ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def own_steps(monkeypatch):
    """The next steps of this room alone."""
    own: boards.Board[boards.StepPlug] = boards.Board("own steps")
    for plug in boards.NEXT_STEPS:
        if plug.key.startswith("people."):
            own.add(plug)
    monkeypatch.setattr(boards, "NEXT_STEPS", own)


def test_the_next_step_leads_from_languages_to_times_to_checks(ewa, own_steps) -> None:
    person = commands.add_mentor(ewa, name="Jan", adult=True)

    def step() -> str | None:
        found = queries.next_step(ewa, Person.objects.get(pk=person.pk))
        return str(found.label) if found else None

    said = [step()]
    commands.set_languages(ewa, person=person, languages={"pl": 5}, now=NOON)
    said.append(step())
    commands.set_availability(ewa, person=person, slots=["mon-am"], now=NOON)
    said.append(step())

    assert said == ["Add languages", "Add times that suit", "Note a check"]


def test_there_is_no_next_step_for_those_who_may_not_take_it(member, own_steps) -> None:
    own = MembershipFactory(organisation=member.organisation, roles=[Role.MENTOR])
    with scope.entered(member.organisation_id, user_id=own.user_id):
        me = MentorFactory(organisation=member.organisation, user=own.user)

        assert queries.next_step(actor_of(own), me) is None


# ── The index ────────────────────────────────────────────────────────────────────────────────────


def test_the_index_is_built_anew_for_everyone_but_the_erased(ewa, member, monkeypatch) -> None:
    monkeypatch.setattr("kith.people.commands.index.PEOPLE_AT_ONCE", 1)
    for name in ("Oksana Kowalczuk", "Jan Nowak"):
        PersonFactory(organisation=member.organisation, name=name, is_participant=True)
    PersonFactory(organisation=member.organisation, name="", erased_at=NOON)
    assert queries.find_people(ewa, "Kowalczuk") == []

    from kith.gate.actor import job_actor

    said = jobs.reindex(job_actor(REINDEX_JOB, member.organisation))

    assert said == "2 parts"
    assert [str(person.name) for person in queries.find_people(ewa, "Kowalczuk")] == [
        "Oksana Kowalczuk"
    ]
    tokens = SearchToken.objects.count()
    jobs.reindex(job_actor(REINDEX_JOB, member.organisation))
    assert SearchToken.objects.count() == tokens
