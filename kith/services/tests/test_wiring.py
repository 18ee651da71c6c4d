"""What services plugs into the house: menus, sections, lines of Today, search, clocks."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from kith.base import clock, permit, scope
from kith.consent.commands import Signed, withdraw
from kith.consent.queries import SHARING
from kith.gate.actor import job_actor
from kith.gate.retention import JOB, run_retention
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.people.tests.factories import PersonFactory
from kith.services import commands, wiring
from kith.services.commands import Sending, Source
from kith.services.models import (
    DirectoryImport,
    EntryReport,
    ImportedEntry,
    Referral,
    Service,
)
from kith.services.rules.states import Passed, ReferralState, Way
from kith.services.tests.factories import ReferralFactory, document, entry
from kith.web import nav, panels, search

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def ewa():
    member = MembershipFactory()
    with scope.entered(member.organisation_id):
        yield actor_of(member)


@pytest.fixture
def me(ewa):
    return actor_of(MembershipFactory(organisation=ewa.organisation, participant=True))


@pytest.fixture
def amal(ewa, me):
    return PersonFactory(
        organisation=ewa.organisation, is_participant=True, user_id=me.user_id, name="Amal Haddad"
    )


@pytest.fixture
def course(ewa):
    return entry(ewa.organisation, "Polish in the evening")


def lines(source, actor, day=TODAY) -> list[str]:
    return [str(line.what) for line in source(actor, day)]


def plain(text: str) -> str:
    """Without the invisible signs around names."""
    return text.replace("\u2068", "").replace("\u2069", "")


# ── Today ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("offered", "Ask Amal Haddad about “Polish in the evening”"),
        ("accepted", "Tell “Polish in the evening” about Amal Haddad, or go together"),
        ("sent", "Ask “Polish in the evening” what became of the referral"),
        ("waiting", "Ask “Polish in the evening” about its waiting list"),
        ("taken_on", "Ask Amal Haddad how it goes at “Polish in the evening”"),
    ],
)
def test_a_referral_without_news_is_a_line_from_its_day_on(
    ewa, amal, course, state, expected
) -> None:
    ReferralFactory(
        organisation=ewa.organisation, person=amal, service=course, state=state, ask_on=TODAY
    )

    before = lines(wiring._to_ask_about, ewa, TODAY - timedelta(days=1))
    after = lines(wiring._to_ask_about, ewa)

    assert (before, [plain(one) for one in after]) == ([], [expected])


def test_every_state_on_the_way_has_its_question() -> None:
    going = {state for state in ReferralState if state in wiring.WHAT}

    assert going == {*wiring.WHY}
    assert going == {
        ReferralState.OFFERED,
        ReferralState.ACCEPTED,
        ReferralState.SENT,
        ReferralState.WAITING,
        ReferralState.TAKEN_ON,
    }


def test_lines_about_referrals_are_for_those_who_work_with_the_person(ewa, amal, course) -> None:
    colleague = actor_of(MembershipFactory(organisation=ewa.organisation))
    ReferralFactory(organisation=ewa.organisation, person=amal, service=course, ask_on=TODAY)
    with permit.lifted():
        amal.responsible = ewa.membership
        amal.save()

    assert len(lines(wiring._to_ask_about, ewa)) == 1
    assert lines(wiring._to_ask_about, colleague) == []


def test_a_participant_is_shown_an_offer_and_nobody_elses(ewa, me, amal, course) -> None:
    ReferralFactory(organisation=ewa.organisation, person=amal, service=course)
    ReferralFactory(organisation=ewa.organisation)

    assert [plain(one) for one in lines(wiring._own_offers, me)] == [
        "A place that may help: Polish in the evening"
    ]
    assert lines(wiring._own_offers, ewa) == []


def test_wrong_entries_are_one_line_for_those_who_keep_the_directory(ewa, me, course) -> None:
    with permit.lifted():
        EntryReport(service=course, what="moved", reported_on=TODAY).save()

    assert lines(wiring._reported, ewa) == ["1 entry of the directory may be wrong"]
    assert lines(wiring._reported, me) == []


def test_a_file_that_waits_for_a_yes_is_a_line(ewa, me) -> None:
    commands.upload_directory(
        ewa,
        content=json.dumps([document()]).encode(),
        filename="town.json",
        source=Source("City"),
    )

    assert [plain(one) for one in lines(wiring._open_imports, ewa)] == [
        "Finish bringing in “town.json”"
    ]
    assert lines(wiring._open_imports, me) == []


# ── A yes that is taken back ─────────────────────────────────────────────────────────────────────


@pytest.fixture
def told(ewa, amal, course):
    """A service that was told something about Amal."""
    commands.note_agreement(
        ewa, provider=course.provider, agreed_on=TODAY, agreed_until=TODAY + timedelta(days=99)
    )
    row = commands.offer_referral(
        ewa, person=amal, service=course, need="", wish="", today=TODAY, now=NOON
    )
    row = commands.answer_offer(ewa, referral=row, accepts=True, today=TODAY, now=NOON)
    commands.agree_to_sharing(
        ewa, referral=row, agrees=True, language="en", signed=Signed("typed", "Amal"), now=NOON
    )
    until = clock.today() + timedelta(days=90)
    sending = Sending(Way.PHONE, [Passed.NAME], "Ms Nowak", until)
    on = clock.today()
    with permit.lifted():
        course.provider.agreed_until = until
        course.provider.save()
    return commands.note_sent(ewa, referral=row, sending=sending, on=on, today=on, now=NOON)


def test_a_yes_taken_back_anywhere_asks_for_deletion_at_the_service(ewa, amal, told) -> None:
    before = lines(wiring._to_ask_about, ewa, clock.today())
    withdraw(
        ewa,
        person=amal,
        purpose=SHARING,
        recipient=commands.recipient_of(told.service),
        now=clock.now(),
    )
    during = lines(wiring._to_ask_about, ewa, clock.today())

    commands.note_deletion_asked(ewa, referral=told, today=clock.today())

    after = lines(wiring._to_ask_about, ewa, clock.today())
    assert (before, [plain(one) for one in during], after) == (
        [],
        ["Ask “Polish in the evening” to delete what they have about Amal Haddad"],
        [],
    )
    with pytest.raises(commands.MovedOn):
        commands.note_deletion_asked(ewa, referral=told, today=clock.today())


def test_a_yes_taken_back_asks_nothing_of_services_that_were_told_nothing(ewa, amal, told) -> None:
    other = ReferralFactory(organisation=ewa.organisation, person=amal, state="accepted")
    commands.take_back_sharing(ewa, referral=told, now=clock.now())

    other.refresh_from_db()
    told.refresh_from_db()
    assert (other.unshared_on, told.unshared_on) == (None, clock.today())


def test_deletion_is_not_asked_while_the_yes_holds(ewa, told) -> None:
    with pytest.raises(commands.MovedOn):
        commands.note_deletion_asked(ewa, referral=told, today=TODAY)


# ── Menus, sections, search ──────────────────────────────────────────────────────────────────────


def test_a_menu_leads_staff_and_participants_to_the_directory(ewa, me) -> None:
    here = reverse("services:start")

    def leads_here(actor, board) -> bool:
        return here in {item.url for item in nav.items_for(actor, "/", board=board)}

    assert leads_here(ewa, nav.MENU)
    assert leads_here(me, nav.PARTICIPANT_MENU)


def test_a_section_of_a_record_is_there_for_participants_only(ewa, amal) -> None:
    mentor = PersonFactory(organisation=ewa.organisation, is_mentor=True)

    def keys(person) -> set[str]:
        return {panel.key for panel in panels.panels_for(ewa, "person", person)}

    assert "person.referrals" in keys(amal)
    assert "person.referrals" not in keys(mentor)


def test_the_search_of_the_house_finds_services(ewa, course) -> None:
    administrator = actor_of(MembershipFactory(organisation=ewa.organisation, administrator=True))

    def titles(actor) -> list[str]:
        found = [group for group in search.found_for(actor, "polish") if group.key == "services"]
        return [hit.title for group in found for hit in group.hits]

    assert (titles(ewa), titles(administrator)) == (["Polish in the evening"], [])


# ── Clocks ───────────────────────────────────────────────────────────────────────────────────────


def test_old_files_go_and_what_they_brought_stays(ewa) -> None:
    batch = commands.upload_directory(
        ewa, content=json.dumps([document()]).encode(), filename="a.json", source=Source("City")
    )
    commands.store_directory(ewa, batch=batch, today=TODAY, now=NOON)
    made = DirectoryImport.objects.get().created_at.date()

    numbers = []
    for days in (29, 30):
        run_retention(job_actor(JOB, ewa.organisation), as_of=made + timedelta(days=days))
        numbers.append(ImportedEntry.objects.count())

    assert numbers == [1, 0]
    assert (DirectoryImport.objects.get().file, Service.objects.count()) == (None, 1)


def test_referrals_go_two_years_after_their_end(ewa) -> None:
    row = ReferralFactory(organisation=ewa.organisation, state="done", closed_on=TODAY)

    kept = []
    for days in (729, 730):
        run_retention(job_actor(JOB, ewa.organisation), as_of=TODAY + timedelta(days=days))
        kept.append(list(Referral.objects.values_list("pk", flat=True)))

    assert kept == [[row.pk], []]
