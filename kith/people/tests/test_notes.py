"""Notes about someone: four parts, their author, who reads them, and what a list brings."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import scope
from kith.base.errors import Denied, ReasonNeeded
from kith.gate.models import Membership
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.people import commands, queries
from kith.people.models import Note, Person
from kith.people.queries.notes import NEWEST_SHOWN, NOTES_AT_ONCE
from kith.people.tests.factories import NoteFactory, ParticipantFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PARTS = ("observed", "told_by_person", "told_by_others", "interpretation")


@pytest.fixture
def member():
    """A coordinator."""
    return MembershipFactory(name="Ewa Mostowska")


@pytest.fixture
def ewa(member):
    """The same coordinator, acting inside the organisation."""
    with scope.entered(member.organisation_id, user_id=member.user_id):
        yield actor_of(member)


@pytest.fixture
def oksana(ewa, member):
    """A participant of this organisation with a sign-in of her own."""
    own = MembershipFactory(organisation=member.organisation, roles=[Role.PARTICIPANT])
    return ParticipantFactory(
        organisation=member.organisation, name="Oksana Kowalczuk", user=own.user
    )


def write(actor, person, **parts: str):
    return commands.add_note(actor, person=person, today=TODAY, now=NOW, **parts)


def parts_of(note: Note) -> tuple[str, ...]:
    return tuple(str(getattr(note, name)) for name in PARTS)


def browser(member) -> Client:
    return sign_in(Client(), member)


def own_membership(person: Person):
    return Membership.objects.select_related("organisation", "user").get(user=person.user_id)


def bring_in(actor, said: str, *, phone: str = "600100200"):
    content = f"Name;Phone;Note\nOlena Bondar;{phone};{said}\n".encode()
    return commands.import_list(
        actor,
        kind="participants",
        content=content,
        filename="list.csv",
        mapping=None,
        dry_run=False,
        today=TODAY,
        now=NOW,
    )


# ── Writing ──────────────────────────────────────────────────────────────────────────────────────


def test_a_note_keeps_its_author_its_day_and_each_part_apart(ewa, member, oksana) -> None:
    said = {name: f" the {name} part " for name in PARTS}

    write(ewa, oksana, **said)

    note = Note.objects.get()
    assert parts_of(note) == tuple(text.strip() for text in said.values())
    assert (note.person, note.written_by, note.written_on) == (oksana, member, TODAY)
    assert note.from_list is False


@pytest.mark.parametrize("name", PARTS)
def test_one_part_is_enough(ewa, oksana, name) -> None:
    write(ewa, oksana, **{name: "early"})

    assert [getattr(note, name) for note in Note.objects.all()] == ["early"]


def test_a_note_that_says_nothing_is_not_kept(ewa, oksana) -> None:
    with pytest.raises(commands.NothingNoted):
        write(ewa, oksana, observed="  ")

    assert Note.objects.count() == 0


def test_a_note_moves_its_person_up_the_lists(ewa, oksana) -> None:
    later = oksana.last_event_at + timedelta(days=1)

    commands.add_note(ewa, person=oksana, observed="early", today=TODAY, now=later)

    assert Person.objects.get().last_event_at == later


def test_the_author_removes_a_note(ewa, oksana) -> None:
    note = write(ewa, oksana, observed="early")

    commands.remove_note(ewa, note=note)

    assert Note.objects.count() == 0


def test_nobody_removes_the_note_of_someone_else(ewa, member, oksana) -> None:
    note = write(ewa, oksana, observed="early")
    other = MembershipFactory(organisation=member.organisation)

    with pytest.raises(commands.NotYourNote):
        commands.remove_note(actor_of(other), note=note)

    assert Note.objects.count() == 1


def test_a_note_that_nobody_here_wrote_may_be_removed(ewa, oksana) -> None:
    note = NoteFactory(person=oksana)

    commands.remove_note(ewa, note=note)

    assert Note.objects.count() == 0


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR}))
def test_only_coordinators_write_notes(ewa, member, oksana, role) -> None:
    other = actor_of(MembershipFactory(organisation=member.organisation, roles=[role]))

    with pytest.raises(Denied):
        write(other, oksana, observed="early")

    assert Note.objects.count() == 0


def test_erasing_someone_removes_the_notes(ewa, oksana) -> None:
    write(ewa, oksana, observed="early")

    commands.erase_person(ewa, person=oksana, today=TODAY, now=NOW)

    assert Note.objects.count() == 0


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", [Role.VOLUNTEER_MATCHER, Role.SAFEGUARDING_LEAD])
def test_others_who_open_the_record_do_not_read_its_notes(ewa, member, oksana, role) -> None:
    write(ewa, oksana, observed="early")
    other = actor_of(MembershipFactory(organisation=member.organisation, roles=[role]))

    assert queries.record(other, person=oksana).notes is None
    with pytest.raises(Denied):
        queries.part_of_notes(other, person=oksana)


def test_a_coordinator_who_does_not_work_with_someone_gives_a_reason(ewa, member, oksana) -> None:
    note = write(ewa, oksana, observed="early")
    commands.take_on(ewa, person=oksana, responsible=member, now=NOW)
    other = MembershipFactory(organisation=member.organisation)

    with pytest.raises(ReasonNeeded):
        queries.part_of_notes(actor_of(other), person=oksana)

    assert queries.part_of_notes(ewa, person=oksana).notes == [note]


def test_notes_come_in_parts_and_the_newest_first(ewa, oksana) -> None:
    days = [TODAY - timedelta(days=number // 2) for number in range(NOTES_AT_ONCE + 3)]
    kept = [NoteFactory(person=oksana, written_on=day).pk for day in reversed(days)]

    first = queries.part_of_notes(ewa, person=oksana)
    second = queries.part_of_notes(ewa, person=oksana, after=first.after)

    assert (len(first.notes), second.after) == (NOTES_AT_ONCE, "")
    assert [note.pk for note in first.notes + second.notes] == kept[::-1]


@pytest.mark.parametrize("after", ["nothing", "01890a5d-ac96-774b-bcce-b302099a8057"])
def test_an_unknown_place_starts_at_the_newest_note(ewa, oksana, after) -> None:
    note = write(ewa, oksana, observed="early")

    assert queries.part_of_notes(ewa, person=oksana, after=after).notes == [note]


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────


def test_a_note_is_written_shown_and_removed(ewa, member, oksana) -> None:
    page = browser(member)
    new = reverse("people:new_note", args=[oksana.pk])
    record = reverse("people:person", args=[oksana.pk])

    written = page.post(new, {"observed": "Came early", "interpretation": "Looks forward to it"})
    note = Note.objects.get()
    shown = page.get(record)
    remove = reverse("people:remove_note", args=[note.pk])
    asked = page.get(remove)
    removed = page.post(remove)

    assert (written.status_code, written["Location"]) == (302, record)
    assert shown.context["notes"][0].parts == [
        ("Seen or heard", "Came early"),
        ("What the writer thinks of it", "Looks forward to it"),
    ]
    assert shown.context["notes"][0].origin == "Ewa Mostowska · today"
    assert [remove in shown.content.decode(), asked.status_code] == [True, 200]
    assert (removed["Location"], Note.objects.count()) == (record, 0)


def test_an_empty_note_is_asked_for_again(ewa, member, oksana) -> None:
    answer = browser(member).post(reverse("people:new_note", args=[oksana.pk]), {"observed": " "})

    assert answer.context["form"].non_field_errors() == ["Fill in at least one of the four."]


def test_the_form_explains_each_part_in_one_line(ewa, member, oksana) -> None:
    answer = browser(member).get(reverse("people:new_note", args=[oksana.pk]))

    form = answer.context["form"]
    assert list(form.fields) == list(PARTS)
    assert [name for name in PARTS if not form.fields[name].help_text] == []


def test_a_record_shows_a_few_notes_and_leads_to_all(ewa, member, oksana) -> None:
    NoteFactory.create_batch(NEWEST_SHOWN + 1, person=oksana)
    everything = reverse("people:notes", args=[oksana.pk])

    page = browser(member)
    record = page.get(reverse("people:person", args=[oksana.pk]))
    notes = page.get(everything)

    assert len(record.context["notes"]) == NEWEST_SHOWN
    assert f'href="{everything}"' in record.content.decode()
    assert len(notes.context["notes"]) == NEWEST_SHOWN + 1


def test_the_notes_of_a_page_cost_as_many_queries_for_three_as_for_one(
    ewa, member, oksana, django_assert_num_queries
) -> None:
    page, address = browser(member), reverse("people:notes", args=[oksana.pk])
    write(ewa, oksana, observed="early")
    page.get(address)
    with CaptureQueriesContext(connection) as one:
        page.get(address)
    write(ewa, oksana, observed="late")
    write(ewa, oksana, observed="on time")

    with django_assert_num_queries(len(one)):
        page.get(address)


def test_a_participant_reads_the_notes_about_themselves_and_writes_none(ewa, oksana) -> None:
    write(ewa, oksana, told_by_others="always early")
    page = sign_in(Client(), own_membership(oksana))

    record = page.get(reverse("people:person", args=[oksana.pk]))
    notes = page.get(reverse("people:notes", args=[oksana.pk]))

    assert [one.parts for one in record.context["notes"]] == [[("Told by others", "always early")]]
    assert [one.remove_url for one in notes.context["notes"]] == [""]
    assert record.context["change"]["notes"] == ""
    assert page.get(reverse("people:new_note", args=[oksana.pk])).status_code == 404


def test_the_page_that_removes_is_closed_to_those_who_did_not_write(ewa, member, oksana) -> None:
    note = write(ewa, oksana, observed="early")
    other = MembershipFactory(organisation=member.organisation)

    answer = browser(other).post(reverse("people:remove_note", args=[note.pk]))

    assert (answer.status_code, Note.objects.count()) == (404, 1)


# ── Lists ────────────────────────────────────────────────────────────────────────────────────────


def test_what_a_list_says_was_told_by_others(ewa, member) -> None:
    bring_in(ewa, "sings")

    note = Note.objects.get()
    assert parts_of(note) == ("", "", "sings", "")
    assert (note.from_list, note.written_by, note.written_on) == (True, member, TODAY)


def test_a_note_of_a_list_says_where_it_is_from(ewa, member) -> None:
    bring_in(ewa, "sings")
    record = reverse("people:person", args=[Person.objects.get().pk])

    [shown] = browser(member).get(record).context["notes"]

    assert shown.origin.startswith("From the list · Ewa Mostowska · ")


def test_a_list_that_says_nothing_makes_no_note(ewa) -> None:
    bring_in(ewa, "")

    assert Note.objects.count() == 0


def test_a_later_list_adds_what_it_says_and_repeats_nothing(ewa) -> None:
    bring_in(ewa, "sings")
    bring_in(ewa, "dances")
    bring_in(ewa, "sings", phone="+48 600 100 200")

    assert [str(note.told_by_others) for note in Note.objects.order_by("id")] == ["sings", "dances"]
