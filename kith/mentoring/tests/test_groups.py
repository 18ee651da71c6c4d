"""A group and a family: what must be in place before they begin, how it begins, how it changes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import permit, scope
from kith.base.errors import Denied
from kith.gate.models import AuditEvent
from kith.gate.tests.factories import actor_of, sign_in
from kith.matching.tests.factories import ProgrammeFactory, free_mentor, staff, waiting_participant
from kith.mentoring import commands
from kith.mentoring.models import Match, MatchMember
from kith.mentoring.queries import groups as queries
from kith.mentoring.queries.members import people_now
from kith.mentoring.rules.members import LeaveReason
from kith.mentoring.tests.factories import NOW, ROLES, TODAY, MatchFactory, welcome_group
from kith.people.commands.index import add_to_index
from kith.people.models import FamilyMember, Group, GroupMember
from kith.people.rules import Side
from kith.people.tests.factories import PersonFactory, account_of
from kith.programmes.models import Enrolment

pytestmark = pytest.mark.django_db

PAPERS = (
    "identity",
    "interview",
    "record_check",
    "code_of_conduct",
    "conflict_of_interest",
    "money_rules",
)


@pytest.fixture
def programme():
    return ProgrammeFactory(template_key="ca_welcome_group", name="Welcome")


@pytest.fixture
def family(programme):
    """A participant who waits, with two children and another adult."""
    place = waiting_participant(programme, with_children=True, called="Olena")
    with scope.entered(programme.organisation_id), permit.lifted():
        other = PersonFactory(organisation=programme.organisation, participant=True, called="Petro")
        household = FamilyMember.objects.get(person=place.person).family
        FamilyMember.objects.create(family=household, person=other)
    return place


def group_of(programme, *, checks=PAPERS, number=5):
    """A ready-made group: `number` volunteers who have what a welcome group needs."""
    places = [
        free_mentor(programme, checks=checks, called=f"Volunteer{n}") for n in range(1, number + 1)
    ]
    with scope.entered(programme.organisation_id), permit.lifted():
        group = Group.objects.create(name="Welcome group Wilda", lead=places[0].person)
        for place, role in zip(places, (*ROLES, "", "", "", ""), strict=False):
            GroupMember.objects.create(group=group, person=place.person, role=role)
    group.people = [place.person for place in places]
    return group


@pytest.fixture
def group(programme):
    return group_of(programme)


def roles_of(group):
    return {
        person.pk: [role]
        for person, role in zip(group.people, (*ROLES, "", "", "", ""), strict=False)
    }


def begin(programme, family, group, *, adults=(), **given):
    return commands.begin_group_match(
        actor_of(staff(programme)),
        **{
            "place": family,
            "group": group,
            "lead": group.people[0],
            "roles": roles_of(group),
            "family": adults,
            "today": TODAY,
            "now": NOW,
            **given,
        },
    )


def states(programme, side):
    with scope.entered(programme.organisation_id):
        rows = Enrolment.objects.filter(programme=programme, side=side).order_by("id")
        return list(rows.values_list("state", flat=True))


def now_in(match):
    with scope.entered(match.organisation_id):
        rows = people_now(match)
        for row in rows:
            row.person.organisation = match.organisation
    return rows


# ── Beginning ────────────────────────────────────────────────────────────────────────────────────


def test_a_group_and_a_family_become_one_match_with_everybody_in_it(
    programme, family, group
) -> None:
    adults = queries_of(programme, lambda: queries.other_adults(family.person))

    match = begin(programme, family, group, adults=adults)

    rows = now_in(match)
    assert (match.unit, match.state, match.agreed_on) == ("group", "starting", TODAY)
    assert (match.participant_id, match.mentor_id) == (family.person_id, group.people[0].pk)
    assert [(row.side, row.roles) for row in rows] == [
        ("participant", []),
        ("mentor", ["housing"]),
        ("participant", []),
        *[("mentor", [role]) for role in ROLES[1:]],
    ]
    assert states(programme, "participant") == ["matched"]
    assert states(programme, "mentor") == ["matched"] * 5


def queries_of(programme, look):
    with scope.entered(programme.organisation_id):
        return look()


def test_a_volunteer_without_a_place_in_the_programme_gets_one(programme, family, group) -> None:
    with scope.entered(programme.organisation_id), permit.lifted():
        Enrolment.objects.filter(person=group.people[2]).delete()

    begin(programme, family, group)

    assert states(programme, "mentor") == ["matched"] * 5


def test_only_those_adults_of_the_family_take_part_who_want_to(programme, family, group) -> None:
    stranger = MatchFactory(programme=programme).participant

    match = begin(programme, family, group, adults=[stranger])

    assert [row.person_id for row in now_in(match) if row.side == "participant"] == [
        family.person_id
    ]


def test_beginning_is_a_line_of_the_audit(programme, family, group) -> None:
    begin(programme, family, group)

    with scope.entered(programme.organisation_id):
        verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert "mentoring.change_members" in verbs


def test_nobody_but_a_coordinator_begins_a_group(programme, family, group) -> None:
    lead = actor_of(account_of(group.people[0], "group_lead"))

    with pytest.raises(Denied):
        commands.begin_group_match(
            lead,
            place=family,
            group=group,
            lead=group.people[0],
            roles=roles_of(group),
            family=[],
            today=TODAY,
            now=NOW,
        )

    assert states(programme, "participant") == ["waiting"]


def refused(error, programme, family, group, **given):
    with pytest.raises(error) as refusal:
        begin(programme, family, group, **given)
    with scope.entered(programme.organisation_id):
        assert list(Match.objects.all()) == []
    return str(refusal.value.sentence)


@pytest.mark.parametrize("number", [4, 9])
def test_a_group_is_as_large_as_the_programme_says(programme, family, number) -> None:
    said = refused(commands.GroupSize, programme, family, group_of(programme, number=number))

    assert said == "This programme plans a group of 5 to 8 people."


@pytest.mark.parametrize("number", [5, 8])
def test_the_smallest_and_the_largest_group_may_begin(programme, family, number) -> None:
    match = begin(programme, family, group_of(programme, number=number))

    assert len([row for row in now_in(match) if row.side == "mentor"]) == number


def test_every_role_of_a_welcome_group_has_somebody(programme, family, group) -> None:
    roles = roles_of(group) | {group.people[3].pk: []}

    said = refused(commands.RolesOpen, programme, family, group, roles=roles)

    assert said == "Nobody looks after this yet: School."


def test_one_volunteer_may_look_after_two_things(programme, family, group) -> None:
    roles = roles_of(group) | {group.people[3].pk: [], group.people[4].pk: ["school", "transport"]}

    match = begin(programme, family, group, roles=roles)

    assert sorted(role for row in now_in(match) for role in row.roles) == sorted(ROLES)


@pytest.mark.parametrize("paper", PAPERS)
def test_each_check_of_each_volunteer_holds_before_a_group_begins(programme, family, paper) -> None:
    group = group_of(programme, number=4)
    papers = [one for one in PAPERS if one != paper]
    last = free_mentor(programme, checks=papers, called="Jan")
    with scope.entered(programme.organisation_id), permit.lifted():
        GroupMember.objects.create(group=group, person=last.person, role="transport")
    group.people.append(last.person)

    said = refused(commands.VolunteersLack, programme, family, group)

    assert said == "Something is still missing for Jan. Nothing was begun."


@pytest.mark.parametrize(
    "lacks",
    [
        {"trained_until": None, "trained_on": None},
        {"consent": False},
        {"capacity": 0},
        {"paused_until": TODAY},
    ],
)
def test_training_consent_and_a_free_place_are_asked_for_too(programme, family, lacks) -> None:
    group = group_of(programme, number=4)
    last = free_mentor(programme, checks=PAPERS, **lacks)
    with scope.entered(programme.organisation_id), permit.lifted():
        GroupMember.objects.create(group=group, person=last.person, role="transport")
    group.people.append(last.person)

    refused(commands.VolunteersLack, programme, family, group)


def test_a_circle_asks_for_the_record_check_only_where_there_are_children() -> None:
    programme = ProgrammeFactory(template_key="se_buddy", name="Circles")
    alone = waiting_participant(programme)
    parent = waiting_participant(programme, with_children=True)
    papers = [one for one in PAPERS if one != "record_check"]
    first, second = (group_of(programme, checks=papers, number=3) for _ in range(2))

    match = begin(programme, alone, first)
    with pytest.raises(commands.VolunteersLack):
        begin(programme, parent, second)

    assert match.unit == "group"


def test_a_family_begins_once_however_many_press_the_button(programme, family, group) -> None:
    begin(programme, family, group)

    with pytest.raises(commands.FamilyNotWaiting):
        begin(programme, family, group_of(programme))


def test_without_the_yes_to_mentoring_nothing_begins(programme, group) -> None:
    place = waiting_participant(programme, consent=False)

    refused(commands.FamilyNotAgreed, programme, place, group)


def test_a_programme_of_pairs_has_no_groups() -> None:
    programme = ProgrammeFactory(template_key="de_tandem")
    place = waiting_participant(programme)

    refused(commands.NotForGroups, programme, place, group_of(programme))


def test_the_coordinator_turns_to_somebody_of_the_group(programme, family, group) -> None:
    refused(commands.LeadNotInGroup, programme, family, group, lead=family.person)


# ── Changing ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def match(programme, family, group):
    return begin(programme, family, group)


def one_beside(match, side="mentor"):
    first = {match.participant_id, match.mentor_id}
    return next(row for row in now_in(match) if row.side == side and row.person_id not in first)


def test_somebody_joins_and_leaves_and_a_place_is_taken_and_free_again(match, programme) -> None:
    new, ewa = free_mentor(programme, checks=PAPERS), actor_of(staff(programme))

    row = commands.add_volunteer(
        ewa, match=match, person=new.person, roles=["school"], today=TODAY, now=NOW
    )
    taken = states(programme, "mentor")[-1]
    commands.let_member_go(
        ewa, match=match, member=row, reason=LeaveReason.NO_TIME, today=TODAY, now=NOW
    )

    assert [taken, states(programme, "mentor")[-1]] == ["matched", "waiting"]
    with scope.entered(programme.organisation_id):
        gone = MatchMember.objects.get(pk=row.pk)
    assert (gone.until, gone.leave_reason) == (TODAY, "no_time")


def test_whoever_joins_later_needs_the_same_papers(match, programme) -> None:
    new = free_mentor(programme)

    with pytest.raises(commands.VolunteersLack):
        commands.add_volunteer(
            actor_of(staff(programme)),
            match=match,
            person=new.person,
            roles=[],
            today=TODAY,
            now=NOW,
        )


def test_a_full_group_takes_nobody_else(programme, family) -> None:
    match = begin(programme, family, group_of(programme, number=8))
    new = free_mentor(programme, checks=PAPERS)

    with pytest.raises(commands.GroupIsFull):
        commands.add_volunteer(
            actor_of(staff(programme)),
            match=match,
            person=new.person,
            roles=[],
            today=TODAY,
            now=NOW,
        )


def test_nobody_joins_twice_nor_a_pair_nor_a_closed_match(match, programme) -> None:
    ewa, member = actor_of(staff(programme)), one_beside(match)

    def add(row, person):
        commands.add_volunteer(ewa, match=row, person=person, roles=[], today=TODAY, now=NOW)

    with pytest.raises(commands.AlreadyAMember):
        add(match, member.person)
    with pytest.raises(commands.OnlyInGroups):
        add(MatchFactory(programme=programme), member.person)
    with pytest.raises(commands.MatchIsOver):
        add(welcome_group(programme=programme, closed=True), member.person)


def test_whom_the_coordinator_turns_to_leaves_after_somebody_else_was_chosen(
    match, programme
) -> None:
    ewa, next_one = actor_of(staff(programme)), one_beside(match)
    first = next(row for row in now_in(match) if row.person_id == match.mentor_id)

    def go():
        commands.let_member_go(
            ewa, match=match, member=first, reason=LeaveReason.OTHER, today=TODAY, now=NOW
        )

    with pytest.raises(commands.ChooseContactFirst):
        go()
    commands.choose_contact(ewa, match=match, member=next_one, now=NOW)
    go()

    assert match.mentor_id == next_one.person_id
    with pytest.raises(commands.MemberGone):
        go()


def test_a_lead_shares_out_tasks_and_lets_nobody_go(match, group) -> None:
    lead = actor_of(account_of(group.people[0], "group_lead"))
    member = one_beside(match)

    commands.change_roles(lead, match=match, member=member, roles=["health", "unheard of"], now=NOW)

    assert member.roles == ["health"]
    with pytest.raises(Denied):
        commands.let_member_go(
            lead, match=match, member=member, reason=LeaveReason.OTHER, today=TODAY, now=NOW
        )


def test_at_the_end_everybody_of_the_group_is_free_and_the_family_done(match, programme) -> None:
    commands.close_match(
        actor_of(staff(programme)),
        match=match,
        reason="planned_end",
        waits_again=False,
        today=TODAY,
        now=NOW,
    )

    assert states(programme, "mentor") == ["waiting"] * 5
    assert states(programme, "participant") == ["ended"]


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def coordinator(client, programme):
    return sign_in(client, staff(programme))


def test_the_group_page_leads_to_a_family_and_both_to_the_match(
    coordinator, programme, family, group
) -> None:
    part = coordinator.get(reverse("mentoring:of_group", args=[group.pk])).content.decode()
    choose = reverse("mentoring:choose_group")
    chosen = coordinator.get(
        choose, {"look": "yes", "group": str(group.pk), "place": str(family.pk)}
    )
    page = coordinator.get(chosen.url).content.decode()
    answer = coordinator.post(
        chosen.url,
        {
            "lead": str(group.people[0].pk),
            "said_yes": "on",
            **{f"roles-{person.pk}": roles for person, roles in _typed(group)},
        },
    )

    assert f"{choose}?group={group.pk}" in part
    assert chosen.url == reverse("mentoring:begin_group", args=[family.pk, group.pk])
    assert "There are children in the family" in page
    with scope.entered(programme.organisation_id):
        match = Match.objects.get()
    assert answer.url == reverse("mentoring:match", args=[match.pk])


def _typed(group):
    return [(person, [role]) for person, role in zip(group.people, ROLES, strict=True)]


def test_without_the_yes_of_both_the_form_stays_with_what_was_typed(
    coordinator, family, group
) -> None:
    address = reverse("mentoring:begin_group", args=[family.pk, group.pk])

    answer = coordinator.post(address, {"lead": str(group.people[1].pk)})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["said_yes"]
    assert f'value="{group.people[1].pk}"' in answer.content.decode()


def test_what_is_missing_stands_beside_each_volunteer(coordinator, programme, family) -> None:
    group = group_of(programme, checks=PAPERS[:-1])
    address = reverse("mentoring:begin_group", args=[family.pk, group.pk])

    page = coordinator.get(address).content.decode()

    assert page.count('class="lack"') == 5


def test_looking_at_both_asks_as_often_for_five_as_for_eight(
    coordinator, programme, family
) -> None:
    def asked(group):
        address = reverse("mentoring:begin_group", args=[family.pk, group.pk])
        coordinator.get(address)
        with CaptureQueriesContext(connection) as found:
            coordinator.get(address)
        return len(found)

    assert asked(group_of(programme)) == asked(group_of(programme, number=8))


def test_a_member_is_found_added_given_a_task_and_let_go(coordinator, match, programme) -> None:
    new = free_mentor(programme, checks=PAPERS, called="Zofia", name="Zofia Nowak").person
    with scope.entered(programme.organisation_id), permit.lifted():
        add_to_index([new])
    search = reverse("mentoring:new_member", args=[match.pk, "mentor"]) + "?q=Zofia"

    found = coordinator.get(search).content.decode()
    added = coordinator.post(search, {"person": str(new.pk)})
    given = coordinator.post(added.url, {"roles": ["health"]})
    row = next(one for one in now_in(match) if one.person_id == new.pk)
    coordinator.post(
        reverse("mentoring:let_member_go", args=[match.pk, row.pk]), {"reason": "moved_away"}
    )

    assert "Zofia Nowak" in found
    assert given.status_code == 302
    assert row.roles == ["health"]
    assert new.pk not in {one.person_id for one in now_in(match)}


def test_an_adult_of_the_family_joins_later(coordinator, match, family) -> None:
    address = reverse("mentoring:new_member", args=[match.pk, "participant"])

    page = coordinator.get(address)
    other = page.context["found"][0]["person"]
    coordinator.post(address, {"person": str(other.pk)})

    sides = [row.side for row in now_in(match)]
    assert sides.count(Side.PARTICIPANT.value) == 2


def test_a_volunteer_changes_nobody(client, match) -> None:
    row = one_beside(match)
    sign_in(client, account_of(row.person, "mentor"))

    pages = [
        client.get(reverse("mentoring:member", args=[match.pk, row.pk])).status_code,
        client.get(reverse("mentoring:new_member", args=[match.pk, "mentor"])).status_code,
        client.post(reverse("mentoring:choose_contact", args=[match.pk, row.pk])).status_code,
        client.get(reverse("mentoring:choose_group")).status_code,
    ]

    assert pages == [404] * 4
