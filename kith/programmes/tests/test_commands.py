"""Opening programmes and giving people a place."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kith.base import permit, scope
from kith.base.errors import Denied
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.people.rules import Side
from kith.people.tests.factories import ParticipantProfileFactory, PersonFactory
from kith.programmes import commands
from kith.programmes.models import Enrolment, Programme
from kith.programmes.rules import load_template, rules_of, stretched
from kith.programmes.tests.factories import EnrolmentFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def ewa():
    member = MembershipFactory()
    with scope.entered(member.organisation_id):
        yield actor_of(member)


@pytest.fixture
def programme(ewa):
    return ProgrammeFactory(organisation=ewa.organisation)


@pytest.fixture
def olena(ewa):
    return PersonFactory(organisation=ewa.organisation, is_participant=True)


def enrol(actor, programme, person, side=Side.PARTICIPANT, **changes):
    wanted = {"programme": programme, "person": person, "side": side, "today": TODAY}
    return commands.enrol(actor, **(wanted | changes))


def place(ewa, **changes):
    programme = changes.pop("programme", None) or ProgrammeFactory(organisation=ewa.organisation)
    return EnrolmentFactory(programme=programme, **changes)


def stored() -> list[tuple[str, str]]:
    return list(Enrolment.objects.order_by("id").values_list("side", "state"))


def test_a_programme_keeps_its_adapted_rules(ewa) -> None:
    longer = stretched(load_template("base"), length_weeks=30)

    opened = commands.open_programme(
        ewa, template_key="base", name="  Poznań   2026 ", rules=longer, today=TODAY
    )

    kept = Programme.objects.get(pk=opened.pk)
    assert (kept.name, kept.template_version, kept.opened_on) == ("Poznań 2026", "1", TODAY)
    assert rules_of(kept) == longer


def test_a_programme_without_a_name_is_not_opened(ewa) -> None:
    with pytest.raises(commands.NameMissing):
        commands.open_programme(
            ewa, template_key="base", name="  ", rules=load_template("base"), today=TODAY
        )

    assert Programme.objects.count() == 0


def test_rules_that_do_not_go_together_are_not_kept(ewa, programme) -> None:
    broken = load_template("base")
    object.__setattr__(broken := replace(broken), "length_weeks", 30)

    with pytest.raises(commands.DoesNotFit):
        commands.adapt_programme(ewa, programme=programme, name="Poznań", rules=broken, now=NOON)

    assert Programme.objects.get().settings == {}


@pytest.mark.parametrize("roles", [["volunteer_matcher"], ["mentor"], ["supervisor"]])
def test_only_a_coordinator_opens_and_enrols(ewa, programme, olena, roles) -> None:
    other = actor_of(MembershipFactory(organisation=ewa.organisation, roles=roles))

    with pytest.raises(Denied):
        commands.open_programme(
            other, template_key="base", name="A", rules=load_template("base"), today=TODAY
        )
    with pytest.raises(Denied):
        enrol(other, programme, olena)

    assert stored() == []


def test_who_is_enrolled_waits_from_the_day_they_asked(ewa, programme, olena) -> None:
    ParticipantProfileFactory(
        organisation=ewa.organisation, person=olena, asked_on=date(2026, 9, 3)
    )

    row = enrol(ewa, programme, olena)

    assert (row.state, row.waiting_since) == ("waiting", date(2026, 9, 3))


def test_who_never_said_when_waits_from_today(ewa, programme, olena) -> None:
    assert enrol(ewa, programme, olena).waiting_since == TODAY


def test_enrolling_needs_no_consent(ewa, programme, olena) -> None:
    enrol(ewa, programme, olena)

    assert stored() == [("participant", "waiting")]


def test_nobody_has_two_places_on_one_side(ewa, programme, olena) -> None:
    enrol(ewa, programme, olena)

    with pytest.raises(commands.AlreadyEnrolled):
        enrol(ewa, programme, olena)

    assert len(stored()) == 1


def test_after_an_end_a_new_place_is_possible(ewa, programme, olena) -> None:
    first = enrol(ewa, programme, olena)
    commands.end_place(ewa, enrolment=first, today=TODAY)

    enrol(ewa, programme, olena)

    assert stored() == [("participant", "ended"), ("participant", "waiting")]


def test_a_place_needs_the_profile_of_its_side(ewa, programme, olena) -> None:
    with pytest.raises(commands.NotOnThisSide):
        enrol(ewa, programme, olena, Side.MENTOR)


def test_nobody_begins_in_a_closed_programme(ewa, olena) -> None:
    closed = ProgrammeFactory(organisation=ewa.organisation, closed_on=TODAY)

    with pytest.raises(commands.ProgrammeClosed):
        enrol(ewa, closed, olena)


def test_many_get_a_place_at_once_and_those_who_have_one_keep_it(ewa, programme, olena) -> None:
    others = [PersonFactory(organisation=ewa.organisation, is_participant=True) for _ in range(2)]
    mentor = PersonFactory(organisation=ewa.organisation, is_mentor=True)
    stranger = PersonFactory(is_participant=True)
    enrol(ewa, programme, olena)
    wanted = [one.pk for one in (olena, *others, mentor, stranger)]

    number = commands.enrol_many(
        ewa, programme=programme, person_ids=wanted, side=Side.PARTICIPANT, today=TODAY
    )

    assert number == 2
    assert stored() == [("participant", "waiting")] * 3


def test_more_than_one_chunk_goes_in(ewa, programme, monkeypatch) -> None:
    monkeypatch.setattr(commands, "AT_ONCE", 2)
    people = [PersonFactory(organisation=ewa.organisation, is_participant=True) for _ in range(5)]

    number = commands.enrol_many(
        ewa,
        programme=programme,
        person_ids=[one.pk for one in people],
        side=Side.PARTICIPANT,
        today=TODAY,
    )

    assert (number, len(stored())) == (5, 5)


def test_reasons_are_those_of_the_side_and_stand_in_their_order(ewa) -> None:
    row = place(ewa)

    commands.note_reasons(
        ewa, enrolment=row, reasons=["own_wish", "checks", "language"], note=" Shift work "
    )

    kept = Enrolment.objects.get()
    assert (kept.reasons, str(kept.note)) == (["language", "own_wish"], "Shift work")


def test_a_break_keeps_the_day_the_waiting_began(ewa) -> None:
    row = place(ewa)

    commands.pause(ewa, enrolment=row, until=date(2026, 12, 1), today=TODAY)
    paused = Enrolment.objects.get()
    commands.resume(ewa, enrolment=row)

    kept = Enrolment.objects.get()
    assert (paused.state, paused.paused_until) == ("paused", date(2026, 12, 1))
    assert (kept.state, kept.paused_until) == ("waiting", None)
    assert kept.waiting_since == date(2026, 10, 10)


def test_a_break_ends_after_today(ewa) -> None:
    with pytest.raises(commands.PauseEndsTooSoon):
        commands.pause(ewa, enrolment=place(ewa), until=TODAY, today=TODAY)


def test_what_changed_meanwhile_is_not_overwritten(ewa) -> None:
    row = place(ewa)
    with permit.lifted():
        Enrolment.objects.update(state="matched")

    with pytest.raises(commands.NotPossibleNow):
        commands.pause(ewa, enrolment=row, until=None, today=TODAY)

    assert stored() == [("participant", "matched")]


@pytest.mark.parametrize("state", ["proposed", "matched"])
def test_a_place_in_a_match_ends_with_the_match(ewa, state) -> None:
    row = place(ewa, state=state)

    with pytest.raises(commands.InAMatch):
        commands.end_place(ewa, enrolment=row, today=TODAY)

    assert stored() == [("participant", state)]


def test_an_ended_place_does_not_end_again(ewa) -> None:
    with pytest.raises(commands.NotPossibleNow):
        commands.end_place(ewa, enrolment=place(ewa, ended=True), today=TODAY)


def test_a_programme_closes_and_lets_go_of_those_who_wait(ewa, programme) -> None:
    place(ewa, programme=programme)
    place(ewa, programme=programme, state="paused")

    commands.close_programme(ewa, programme=programme, today=TODAY)

    assert Programme.objects.get().closed_on == TODAY
    assert stored() == [("participant", "ended")] * 2


def test_a_programme_with_matches_stays_open(ewa, programme) -> None:
    place(ewa, programme=programme, state="matched")

    with pytest.raises(commands.StillInMatches):
        commands.close_programme(ewa, programme=programme, today=TODAY)

    assert Programme.objects.get().closed_on is None


def stands(person) -> tuple[str, str]:
    person.refresh_from_db()
    return person.as_participant, person.as_mentor


def test_where_someone_stands_is_noted_with_them(ewa, programme, olena) -> None:
    assert stands(olena) == ("nowhere", "nowhere")

    row = enrol(ewa, programme, olena)
    assert stands(olena) == ("waiting", "nowhere")

    commands.pause(ewa, enrolment=row, until=None, today=TODAY)
    assert stands(olena) == ("held", "nowhere")

    commands.resume(ewa, enrolment=row)
    assert stands(olena) == ("waiting", "nowhere")

    commands.end_place(ewa, enrolment=row, today=TODAY)
    assert stands(olena) == ("nowhere", "nowhere")


def test_who_waits_in_one_of_two_programmes_waits(ewa, programme, olena) -> None:
    other = ProgrammeFactory(organisation=ewa.organisation)
    commands.enrol_many(
        ewa, programme=programme, person_ids=[olena.pk], side=Side.PARTICIPANT, today=TODAY
    )
    row = enrol(ewa, other, olena)

    commands.pause(ewa, enrolment=row, until=None, today=TODAY)

    assert stands(olena) == ("waiting", "nowhere")


def test_mentors_stand_on_their_own_side(ewa, programme) -> None:
    marta = PersonFactory(organisation=ewa.organisation, is_participant=True, is_mentor=True)

    enrol(ewa, programme, marta, Side.MENTOR)

    assert stands(marta) == ("nowhere", "waiting")


def test_places_taken_back_leave_people_nowhere(ewa, programme, olena) -> None:
    enrol(ewa, programme, olena)

    with permit.lifted():
        stay = commands.take_back_places([olena.pk])

    assert (stay, stands(olena)) == (set(), ("nowhere", "nowhere"))


def test_saving_an_older_copy_of_a_person_keeps_where_they_stand(ewa, programme, olena) -> None:
    enrol(ewa, programme, olena)

    with permit.lifted():
        olena.save()

    assert stands(olena) == ("waiting", "nowhere")
