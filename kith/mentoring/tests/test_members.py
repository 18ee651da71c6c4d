"""Who belongs to a match: what everybody of a group or family may, signs and sees; who comes, who
leaves, and what stays of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import permit, scope
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.matching.rules.load import held_places
from kith.matching.tests.factories import staff
from kith.mentoring import commands
from kith.mentoring.commands import members as acts
from kith.mentoring.models import Match, MatchMember
from kith.mentoring.permissions import accompanied, own_caseload
from kith.mentoring.queries import agreement, lists, members
from kith.mentoring.rules.members import LeaveReason
from kith.mentoring.tests.factories import (
    NOW,
    TODAY,
    MatchFactory,
    MemberFactory,
    SignatureFactory,
    mentor_of,
    welcome_group,
)
from kith.people.models import Person
from kith.people.rules import Side
from kith.people.tests.factories import account_of
from kith.web.forms import Signature as Given

pytestmark = pytest.mark.django_db


@pytest.fixture
def match():
    return welcome_group(participant__called="Olena", mentor__called="Marta")


def now_in(match):
    with scope.entered(match.organisation_id):
        rows = members.people_now(match)
    for row in rows:
        row.person.organisation = match.organisation
    return rows


def one_of(match, side, *, beside=True):
    first = {match.participant_id, match.mentor_id}
    return next(
        row for row in now_in(match) if row.side == side and (row.person_id not in first) == beside
    )


def fresh(match):
    with scope.entered(match.organisation_id):
        return Match.objects.get(pk=match.pk)


# ── Who is here ──────────────────────────────────────────────────────────────────────────────────


def test_the_two_a_coordinator_turns_to_stand_first_and_everybody_has_the_own_role(match) -> None:
    now = now_in(match)

    assert [row.person_id for row in now[:2]] == [match.participant_id, match.mentor_id]
    assert [row.roles for row in now if row.side == "mentor"] == [
        ["housing"],
        ["money"],
        ["health"],
        ["school"],
        ["transport"],
    ]
    assert {row.since for row in now} == {match.agreed_on}


def test_people_of_several_matches_are_read_at_once(match) -> None:
    both = [match, MatchFactory(programme=match.programme)]

    with (
        scope.entered(match.organisation_id),
        CaptureQueriesContext(connection) as asked,
    ):
        found = members.people_of(both)

    assert [len(found[one.pk]) for one in both] == [7, 2]
    assert len([one for one in asked if "matchmember" in one["sql"]]) == 1


def test_whoever_left_may_come_again(match) -> None:
    row = one_of(match, "mentor")
    with scope.entered(match.organisation_id), permit.lifted():
        acts.leave(row, until=TODAY, reason=LeaveReason.NO_TIME)

    again = MemberFactory(match=match, person=row.person, since=TODAY)

    assert again.pk in {one.pk for one in now_in(match)}


def test_someone_belongs_to_a_match_once_at_a_time(match) -> None:
    row = one_of(match, "mentor")

    with pytest.raises(IntegrityError, match="member_once"):
        MemberFactory(match=match, person=row.person)


@pytest.mark.parametrize(
    ("days", "reason", "refused"),
    [(100, "", "member_leaves_with_a_reason"), (-1, "other", "member_leaves_after_coming")],
)
def test_nobody_leaves_without_a_reason_or_before_coming(match, days, reason, refused) -> None:
    row = one_of(match, "mentor")
    until = row.since + timedelta(days=days)

    with (
        pytest.raises(IntegrityError, match=refused),
        scope.entered(match.organisation_id),
        permit.lifted(),
    ):
        MatchMember.objects.filter(pk=row.pk).update(until=until, leave_reason=reason)


def test_roles_belong_to_the_group_and_never_to_the_family(match) -> None:
    with pytest.raises(IntegrityError, match="member_roles_on_the_mentors_side"):
        MemberFactory(match=match, side="participant", roles=["money"])


def test_roles_the_programme_does_not_know_are_left_out(match) -> None:
    person = MatchFactory(programme=match.programme).mentor

    with scope.entered(match.organisation_id), permit.lifted():
        row = acts.join(
            match, person, side=Side.MENTOR, since=TODAY, roles=["transport", "boss", "money"]
        )

    assert row.roles == ["money", "transport"]


# ── What everybody of a match may ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("side", "role"), [("mentor", "mentor"), ("participant", "participant")])
def test_everybody_of_a_group_and_family_opens_the_match_as_the_first_two_do(
    match, side, role
) -> None:
    row, other = one_of(match, side), MatchFactory(programme=match.programme)
    actor, elsewhere = actor_of(account_of(row.person, role)), staff(match.programme)

    with scope.entered(match.organisation_id), permit.lifted():
        seen = list(lists.matches(actor))
        own = list(lists.own(actor))
        Person.objects.update(responsible=elsewhere)
        caseload = set(Match.objects.filter(own_caseload(actor)))

    assert seen == own == [match]
    assert caseload == {match}
    assert other not in seen


def test_whoever_left_opens_the_match_no_more_and_the_record_still_tells_of_it(match) -> None:
    row = one_of(match, "mentor")
    actor, ewa = actor_of(account_of(row.person, "mentor")), actor_of(staff(match.programme))

    with scope.entered(match.organisation_id), permit.lifted():
        acts.leave(row, until=TODAY, reason=LeaveReason.NO_TIME)

    with scope.entered(match.organisation_id):
        assert list(lists.matches(actor)) == []
        assert list(lists.matches_of(ewa, row.person_id)) == [match]
        assert row.person_id not in {one.person_id for one in members.people_now(match)}


def test_after_the_end_those_who_were_there_still_open_the_match(match) -> None:
    row = one_of(match, "mentor")
    actor = actor_of(account_of(row.person, "mentor"))

    commands.close_match(
        actor_of(staff(match.programme)),
        match=match,
        reason="planned_end",
        waits_again=False,
        today=TODAY,
        now=NOW,
    )

    with scope.entered(match.organisation_id):
        assert [list(lists.matches(actor)), list(lists.own(actor))] == [[match], []]


def test_a_group_accompanies_all_adults_of_the_family(match) -> None:
    row = one_of(match, "mentor")
    family = {one.person_id for one in now_in(match) if one.side == "participant"}
    actor = actor_of(account_of(row.person, "mentor"))

    with scope.entered(match.organisation_id):
        with_them = set(Person.objects.filter(accompanied(actor)).values_list("pk", flat=True))

    assert with_them == family
    assert len(family) == 2


def test_a_place_in_a_group_counts_as_a_place_until_someone_leaves_or_it_ends(match) -> None:
    row = one_of(match, "mentor")

    def held():
        with scope.entered(match.organisation_id):
            return held_places([row.person_id])[row.person_id]

    before = held()
    with scope.entered(match.organisation_id), permit.lifted():
        acts.leave(row, until=TODAY, reason=LeaveReason.NO_TIME)

    assert [before, held()] == [1, 0]


def test_weeks_count_for_everybody_of_the_family(match) -> None:
    beside, first = one_of(match, "participant"), match.participant_id

    with scope.entered(match.organisation_id):
        weeks = [lists.weeks_of(person, TODAY) for person in (beside.person_id, first)]

    assert weeks == [13, 13]


def test_the_scope_of_a_mentor_asks_the_index_of_members(match) -> None:
    actor = actor_of(account_of(one_of(match, "mentor").person, "mentor"))

    with scope.entered(match.organisation_id), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = lists.matches(actor).explain()

    assert "member_now_by_person" in plan


# ── Signatures ───────────────────────────────────────────────────────────────────────────────────


def test_a_group_is_active_when_everybody_of_both_sides_has_signed_its_own_text() -> None:
    match = welcome_group(starting=True)
    ewa = actor_of(staff(match.programme))

    def sign(row):
        commands.sign_agreement(
            ewa,
            match=match,
            person=row.person,
            given=Given(name="A. B.", png=b""),
            language="en",
            today=TODAY,
            now=NOW,
        )

    *early, last = now_in(match)
    for row in early:
        sign(row)
    before = fresh(match).state
    sign(last)

    with scope.entered(match.organisation_id):
        assert agreement.agreement_of(match).key == "group"
    assert [before, fresh(match).state] == ["starting", "active"]


def test_whoever_left_signs_no_more(match) -> None:
    row = one_of(match, "mentor")
    with scope.entered(match.organisation_id), permit.lifted():
        acts.leave(row, until=TODAY, reason=LeaveReason.OTHER)

    with pytest.raises(commands.NotOfThisMatch):
        commands.sign_agreement(
            actor_of(staff(match.programme)),
            match=match,
            person=row.person,
            given=Given(name="A. B.", png=b""),
            language="en",
            today=TODAY,
            now=NOW,
        )


def test_a_volunteer_takes_the_familys_signature_and_nobody_elses_of_the_group(match) -> None:
    volunteer = one_of(match, "mentor")
    actor = actor_of(account_of(volunteer.person, "mentor"))
    family = {row.person_id for row in now_in(match) if row.side == "participant"}

    with scope.entered(match.organisation_id):
        may = {
            row.person_id
            for row in members.people_now(match)
            if agreement.may_take(actor, match, row.person)
        }

    assert may == family | {volunteer.person_id}


def test_today_asks_a_newcomer_to_the_group_for_a_signature(client, match) -> None:
    for row in now_in(match):
        SignatureFactory(match=match, person=row.person)
    new = MemberFactory(match=match, since=TODAY)
    sign_in(client, account_of(new.person, "mentor"))

    asked = [line.url for line in client.get(reverse("web:today")).context["lines"]]

    assert reverse("mentoring:sign", args=[match.pk, new.person_id]) in asked


# ── Coming and leaving ───────────────────────────────────────────────────────────────────────────


def test_taking_over_a_place_keeps_who_held_it_and_hands_on_the_roles(match) -> None:
    held = one_of(match, "mentor", beside=False)
    person = MatchFactory(programme=match.programme).mentor

    with scope.entered(match.organisation_id), permit.lifted():
        new = acts.take_over(held, person, on=TODAY)

    with scope.entered(match.organisation_id):
        before = MatchMember.objects.get(pk=held.pk)
    assert (before.until, before.leave_reason) == (TODAY, "handed_over")
    assert (new.roles, new.since, new.instead_of_id) == (["housing"], TODAY, held.pk)
    assert fresh(match).mentor_id == person.pk


def test_an_erased_volunteer_leaves_a_group_that_goes_on(match) -> None:
    lead, beside = one_of(match, "mentor", beside=False), one_of(match, "mentor")
    SignatureFactory(match=match, person=lead.person)

    with scope.entered(match.organisation_id), permit.lifted():
        commands.let_go_of_person(lead.person_id, today=TODAY)

    after = fresh(match)
    assert (after.state, after.mentor_id) == ("active", beside.person_id)
    assert lead.person_id not in {row.person_id for row in now_in(match)}


def test_a_group_ends_with_its_participant_or_its_last_volunteer(match) -> None:
    *others, last = [row for row in now_in(match) if row.side == "mentor"]

    def erase(row):
        with scope.entered(match.organisation_id), permit.lifted():
            commands.let_go_of_person(row.person_id, today=TODAY)
        return fresh(match).state

    assert [erase(row) for row in others] == ["active"] * 4
    assert erase(last) == "closed"


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────


def page(client, match):
    return client.get(reverse("mentoring:match", args=[match.pk])).content.decode()


def test_a_family_reads_who_looks_after_what(client, match) -> None:
    sign_in(client, account_of(one_of(match, "participant").person, "participant"))

    seen = page(client, match)

    assert "the group of Marta" in seen
    assert "Helps with school for children and language courses for adults." in seen
    assert "Volunteer5" in seen


def test_a_volunteer_sees_the_others_by_the_name_they_like_and_no_way_to_their_records(
    client, match
) -> None:
    row = one_of(match, "mentor")
    sign_in(client, account_of(row.person, "mentor"))

    seen = page(client, match)

    assert "Volunteer5" in seen
    assert "Getting around" in seen
    assert reverse("people:person", args=[row.person_id]) not in seen


def test_a_supervisor_reads_of_the_group_and_not_of_the_family(client, match) -> None:
    sign_in(
        client,
        MembershipFactory(organisation=match.organisation, roles=[Role.SUPERVISOR.value]),
    )

    # A record outside one's own people opens with a reason.
    seen = client.get(reverse("mentoring:start")).content.decode()

    assert "the group of Marta and a participant" in seen
    assert "Olena" not in seen


def test_the_coordinator_reads_what_a_group_lacks(client, match) -> None:
    rows = [row for row in now_in(match) if row.side == "mentor"]
    sign_in(client, staff(match.programme))
    whole = page(client, match)

    with scope.entered(match.organisation_id), permit.lifted():
        acts.leave(rows[3], until=TODAY, reason=LeaveReason.MOVED_AWAY)
    seen = page(client, match)

    assert "Nobody looks after this yet" not in whole
    assert "4 people are in the group; the programme plans 5 to 8." in seen
    assert "Nobody looks after this yet: School." in seen
    assert "Moved away" in seen


def test_the_page_of_a_group_asks_as_often_with_seven_people_as_with_nine(client, match) -> None:
    sign_in(client, staff(match.programme))
    page(client, match)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            page(client, match)
        return len(queries)

    few = asked()
    MemberFactory(match=match, roles=["school"])
    MemberFactory(match=match, side="participant")

    assert asked() == few


def test_a_pair_shows_a_mentor_no_list_of_people(client) -> None:
    match = MatchFactory(mentor__called="Marta", participant__called="Olena")
    sign_in(client, mentor_of(match))

    assert 'class="members"' not in page(client, match)
