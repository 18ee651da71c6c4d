"""Bringing in a list: reading, looking, agreeing, storing, and taking it back."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kith.base import permit, scope
from kith.base.errors import Denied
from kith.base.events import listen
from kith.base.files import FileTooLarge
from kith.base.models import StoredFile
from kith.gate.actor import job_actor
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.methods.tables import Column, Row
from kith.people import commands, jobs, queries
from kith.people.commands.imports import storing
from kith.people.events import ImportUndoAsked, PeopleImported
from kith.people.models import (
    Children,
    Family,
    ImportBatch,
    ImportRow,
    MentorCheck,
    MentorProfile,
    ParticipantProfile,
    Person,
    PersonLanguage,
    SearchToken,
)
from kith.people.permissions import COMMAND_LINE, IMPORT_JOB
from kith.people.rules import Choice, ImportState, RowState
from kith.people.rules.listrows import corrected

pytestmark = pytest.mark.django_db

LISTS = Path(__file__).parents[3] / "tests" / "imports"
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HEADINGS = "Name;Phone;E-mail;Languages;Needs;When;Place;Waiting since;Born;Children;Note"
OKSANA = (
    "Oksana Kowalczuk;600100200;oksana@example.org;Ukrainian;work;evenings;Wilda;1.9.2026;1990;"
    "2 (4 and 9);sings"
)
YUSUF = "Yusuf Haddad;600100300;;Arabic;housing;weekends;Rataje;2.9.2026;1985;;"


@pytest.fixture
def member():
    """A coordinator."""
    return MembershipFactory()


@pytest.fixture
def ewa(member):
    """The same coordinator, acting inside the organisation."""
    with scope.entered(member.organisation_id, user_id=member.user_id):
        yield actor_of(member)


def sheet(*rows: str, headings: str = HEADINGS) -> bytes:
    return "\n".join([headings, *rows]).encode()


def upload(actor, *rows: str, kind: str = "participants", headings: str = HEADINGS):
    content = sheet(*rows, headings=headings)
    return commands.upload_list(actor, kind=kind, content=content, filename="list.csv")


def checked(actor, *rows: str, **more):
    batch = upload(actor, *rows, **more)
    return commands.choose_columns(actor, batch=batch, columns={}, today=TODAY)


def stored(actor, *rows: str, **more):
    batch = checked(actor, *rows, **more)
    return commands.store_import(actor, batch=batch, today=TODAY, now=NOW)


def names() -> list[str]:
    return sorted(str(person.name) for person in Person.objects.all())


def sums(batch) -> tuple[int, ...]:
    found = queries.tally(batch)
    parts = (found.new, found.same, found.known, found.leave, found.correct, found.not_entries)
    assert found.read == sum(parts)
    return parts


# ── The file ─────────────────────────────────────────────────────────────────────────────────────


def test_a_file_is_read_and_kept_encrypted_and_nobody_is_stored(ewa) -> None:
    batch = upload(ewa, OKSANA)

    kept = StoredFile.objects.get(pk=batch.file_id)
    assert (batch.state, batch.total, kept.size) == ("uploaded", 1, len(sheet(OKSANA)))
    assert batch.mapping["columns"]["Name"] == "name"
    assert names() == []


def test_a_file_that_is_no_list_is_refused_with_a_sentence(ewa) -> None:
    with pytest.raises(commands.UnreadableList) as refusal:
        commands.upload_list(ewa, kind="mentors", content=b"%PDF-1.7", filename="list.pdf")

    assert str(refusal.value) == (
        "This is not a spreadsheet. Save the list as .xlsx or .csv and try once more."
    )
    assert ImportBatch.objects.count() == 0


def test_a_file_that_is_too_large_is_refused(ewa, settings) -> None:
    settings.KITH_UPLOAD_BYTES = 10

    with pytest.raises(FileTooLarge):
        upload(ewa, OKSANA)


@pytest.mark.parametrize("role", [Role.MENTOR, Role.VOLUNTEER_MATCHER, Role.SUPERVISOR])
def test_only_coordinators_bring_in_lists(member, role: Role) -> None:
    other = actor_of(MembershipFactory(organisation=member.organisation, roles=[role]))

    with pytest.raises(Denied):
        upload(other, OKSANA)


def test_columns_that_are_never_taken_leave_no_samples(ewa) -> None:
    batch = upload(ewa, "Oksana Kowalczuk;Ukraine", headings="Name;Nationality")

    heading, samples = batch.reading["columns"][1][2:4]
    assert (heading, samples) == ("Nationality", [])
    assert batch.reading["never"] == {"Nationality": "forbidden"}


def test_another_sheet_and_other_people_can_be_taken(ewa) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Participants"
    book.active.append(["Name", "Needs"])
    book.active.append(["Oksana Kowalczuk", "work"])
    book.active.append(["Yusuf Haddad", "work"])
    other = book.create_sheet("Mentors")
    other.append(["Name", "Can help with"])
    other.append(["Jan Nowak", "work"])
    buffer = io.BytesIO()
    book.save(buffer)
    batch = commands.upload_list(
        ewa, kind="participants", content=buffer.getvalue(), filename="all.xlsx"
    )
    commands.choose_columns(ewa, batch=batch, columns={}, today=TODAY)
    batch.refresh_from_db()

    commands.choose_sheet(ewa, batch=batch, sheet="Mentors", kind="mentors")

    assert (batch.state, batch.kind, batch.total) == ("uploaded", "mentors", 1)
    assert ImportRow.objects.count() == 0
    commands.choose_sheet(ewa, batch=batch, sheet="no such sheet", kind="mentors")
    assert batch.reading["sheet"] == "Mentors"


def test_a_list_of_which_nothing_was_stored_can_be_forgotten(ewa) -> None:
    batch = checked(ewa, OKSANA)

    commands.throw_away(ewa, batch=batch)

    counts = [rows.objects.count() for rows in (ImportBatch, ImportRow, StoredFile)]
    assert counts == [0, 0, 0]


def test_a_stored_list_cannot_be_forgotten_like_that(ewa) -> None:
    batch = stored(ewa, OKSANA)

    with pytest.raises(commands.ImportBusy):
        commands.throw_away(ewa, batch=batch)


# ── Columns and words ────────────────────────────────────────────────────────────────────────────


def test_a_column_can_be_taken_for_something_else_or_left_out(ewa) -> None:
    batch = upload(ewa, "Oksana Kowalczuk;sings", headings="Name;Remarks")
    assert batch.mapping["columns"]["Remarks"] == "note"

    commands.choose_columns(ewa, batch=batch, columns={"Remarks": ""}, today=TODAY)

    assert "note" not in ImportRow.objects.get().values


def test_a_list_without_names_is_not_read(ewa) -> None:
    batch = upload(ewa, OKSANA)

    with pytest.raises(commands.NoNames):
        commands.choose_columns(ewa, batch=batch, columns={"Name": ""}, today=TODAY)


def test_what_was_chosen_is_remembered_for_the_next_list_of_these_headings(ewa) -> None:
    first = upload(ewa, "Oksana Kowalczuk;sings", headings="Name;Remarks")
    commands.choose_columns(ewa, batch=first, columns={"Remarks": "place"}, today=TODAY)

    second = upload(ewa, "Yusuf Haddad;cooks", headings="Remarks;Name")

    assert second.mapping["columns"] == {"Remarks": "place", "Name": "name"}


def test_unknown_words_get_a_meaning_that_is_remembered(ewa) -> None:
    batch = checked(ewa, "Oksana Kowalczuk;zzquux", headings="Name;Needs")
    assert batch.findings["unknown"] == [["needs", "zzquux", 1]]

    commands.choose_words(ewa, batch=batch, words={("needs", "zzquux"): ("offices",)}, today=TODAY)
    later = checked(ewa, "Yusuf Haddad;zzquux", headings="Name;Needs")

    assert ImportRow.objects.get(batch=batch).values["needs"] == ["offices"]
    assert ImportRow.objects.get(batch=later).values["needs"] == ["offices"]


def test_a_text_too_long_to_be_kept_whole_is_not_asked_about(ewa) -> None:
    batch = checked(ewa, "Oksana Kowalczuk;" + "zzquux" * 30, headings="Name;Needs")

    assert batch.findings["unknown"] == []


# ── Storing ──────────────────────────────────────────────────────────────────────────────────────


def test_a_participant_of_a_list_has_everything_the_list_says(ewa) -> None:
    facts: list[PeopleImported] = []
    listen(PeopleImported, facts.append)

    batch = stored(ewa, OKSANA)

    person = Person.objects.get()
    profile = ParticipantProfile.objects.get(person=person)
    assert (person.name, person.phone, person.email) == (
        "Oksana Kowalczuk",
        "+48600100200",
        "oksana@example.org",
    )
    assert (person.adult, person.age_band, person.place.name) == (True, "35-44", "Wilda")
    assert "mon-eve" in person.availability
    assert (profile.needs, profile.asked_on) == (["work"], date(2026, 9, 1))
    assert list(PersonLanguage.objects.values_list("code", "level")) == [("uk", 3)]
    assert sorted(Children.objects.values_list("age_band", "count")) == [("3-6", 1), ("7-12", 1)]
    assert Family.objects.get().label == "Kowalczuk"
    assert [str(found.name) for found in queries.find_people(ewa, "Ковальчук")] == [
        "Oksana Kowalczuk"
    ]
    assert facts[-1] == PeopleImported(batch.pk, "participants", [(person.pk, date(2026, 9, 1))])
    assert (batch.state, batch.stored_at) == ("stored", NOW)


def test_children_without_an_age_are_a_number(ewa) -> None:
    stored(ewa, "Oksana Kowalczuk;3", headings="Name;Children")

    assert list(Children.objects.values_list("age_band", "count")) == [("", 3)]


def test_a_mentor_of_a_list_has_training_and_checks_seen_by_the_importer(ewa, member) -> None:
    headings = "Name;Can help with;How many people;Training until;Record check until"

    stored(ewa, "Jan Nowak;work;2;30.09.2027;15.03.2027", kind="mentors", headings=headings)

    profile = MentorProfile.objects.get()
    checks = MentorCheck.objects.order_by("kind").values_list("kind", "valid_until", "seen_by")
    assert (profile.topics, profile.capacity) == (["work"], 2)
    assert (profile.trained_until, profile.available_since) == (date(2027, 9, 30), TODAY)
    assert list(checks) == [
        ("record_check", date(2027, 3, 15), member.pk),
        ("training", date(2027, 9, 30), member.pk),
    ]


def test_people_of_a_list_read_pages_in_the_language_they_speak_best(ewa) -> None:
    with permit.lifted():
        ewa.organisation.languages = ["pl"]
        ewa.organisation.save()

    stored(ewa, OKSANA, YUSUF)

    assert [person.language for person in Person.objects.order_by("id")] == ["pl", "ar"]


def test_an_organisation_without_languages_writes_english(ewa) -> None:
    with permit.lifted():
        ewa.organisation.languages = []
        ewa.organisation.save()

    stored(ewa, OKSANA)

    assert Person.objects.get().language == "en"


def test_the_same_file_again_makes_no_doubles(ewa) -> None:
    stored(ewa, OKSANA, YUSUF)

    again = stored(ewa, OKSANA, YUSUF)

    assert sums(again) == (0, 0, 2, 0, 0, 1)
    assert names() == ["Oksana Kowalczuk", "Yusuf Haddad"]


def test_the_same_person_with_more_in_the_next_list_is_filled_in(ewa) -> None:
    stored(ewa, "Oksana Kowalczuk;600100200;", headings="Name;Phone;E-mail")

    batch = stored(
        ewa,
        "Kowalczuk Oksana;600 100 200;o@example.org;Wilda;work;3.9.2026;yes",
        headings="Name;Phone;E-mail;Place;Needs;Waiting since;Online",
    )

    person = Person.objects.get()
    profile = ParticipantProfile.objects.get(person=person)
    assert sums(batch) == (0, 1, 0, 0, 0, 1)
    assert (person.name, person.email) == ("Oksana Kowalczuk", "o@example.org")
    assert (person.place.name, person.online) == ("Wilda", True)
    assert (profile.needs, profile.asked_on) == (["work"], date(2026, 9, 3))
    assert [found.pk for found in queries.find_people(ewa, "o@example.org")] == [person.pk]


def test_nothing_that_is_there_is_overwritten(ewa) -> None:
    stored(ewa, OKSANA)

    stored(
        ewa,
        "Oksana Kowalczuk;600100200;other@example.org;Russian;health;weekends;Rataje;"
        "5.9.2026;1960;;dances",
    )

    person = Person.objects.get()
    profile = ParticipantProfile.objects.get(person=person)
    assert (person.email, person.place.name, person.age_band) == (
        "oksana@example.org",
        "Wilda",
        "35-44",
    )
    assert (profile.needs, profile.asked_on) == (["work"], date(2026, 9, 1))


def test_a_participant_on_a_list_of_mentors_becomes_a_mentor_too(ewa) -> None:
    stored(ewa, OKSANA)

    headings = "Name;Phone;Can help with;Training until"
    stored(ewa, "Oksana Kowalczuk;600100200;language;1.9.2027", kind="mentors", headings=headings)

    person = Person.objects.get()
    assert (person.is_participant, person.is_mentor) == (True, True)
    assert MentorProfile.objects.get().topics == ["language"]


def test_a_mentor_on_a_list_of_participants_becomes_a_participant_too(ewa) -> None:
    stored(ewa, "Jan Nowak;600100400", kind="mentors", headings="Name;Phone")

    stored(ewa, "Jan Nowak;600100400;work", headings="Name;Phone;Needs")

    assert ParticipantProfile.objects.get().needs == ["work"]


def test_a_longer_check_of_the_next_list_is_added_and_a_shorter_is_not(ewa) -> None:
    headings = "Name;Phone;Can help with;Training until;Record check until"
    first = "Jan Nowak;600100400;work;1.9.2027;1.3.2027"
    stored(ewa, first, kind="mentors", headings=headings)

    second = "Jan Nowak;600100400;work;1.9.2028;1.2.2027"
    stored(ewa, second, kind="mentors", headings=headings)

    found = sorted(MentorCheck.objects.values_list("kind", "valid_until"))
    assert found == [
        ("record_check", date(2027, 3, 1)),
        ("training", date(2027, 9, 1)),
        ("training", date(2028, 9, 1)),
    ]
    assert MentorProfile.objects.get().trained_until == date(2028, 9, 1)


def test_a_row_twice_in_one_list_is_one_person(ewa) -> None:
    batch = stored(ewa, OKSANA, "Kowalczuk Oksana;600100200;;;health;;;;;;", YUSUF)

    assert sums(batch) == (2, 1, 0, 0, 0, 1)
    assert names() == ["Oksana Kowalczuk", "Yusuf Haddad"]


def test_a_repeat_in_a_later_part_finds_the_person_of_the_earlier(ewa, monkeypatch) -> None:
    monkeypatch.setattr(storing, "ROWS_AT_ONCE", 1)

    batch = stored(ewa, OKSANA, "Kowalczuk Oksana;600100200;;;health;;;;;;")

    assert (sums(batch), names()) == ((1, 1, 0, 0, 0, 1), ["Oksana Kowalczuk"])


def test_a_repeat_of_a_row_that_stayed_out_is_a_new_person(ewa) -> None:
    batch = checked(ewa, OKSANA, "Kowalczuk Oksana;600100200;;;health;;;;;;")
    commands.choose_row(ewa, row=ImportRow.objects.get(number=2), choice=Choice.LEAVE)

    commands.store_import(ewa, batch=batch, today=TODAY, now=NOW)

    assert (sums(batch), names()) == ((1, 0, 0, 1, 0, 1), ["Kowalczuk Oksana"])


def test_someone_much_alike_is_new_until_a_person_says_otherwise(ewa) -> None:
    stored(ewa, OKSANA)
    batch = checked(ewa, "Оксана Ковальчук;600999888;;;;;;;;;")
    row = ImportRow.objects.get(batch=batch)
    assert (row.choice, row.twin_reason, row.twin) == ("new", "same_name", Person.objects.get())

    commands.choose_rows(ewa, batch=batch, choices=[(row, Choice.SAME)])
    commands.store_import(ewa, batch=batch, today=TODAY, now=NOW)

    assert names() == ["Oksana Kowalczuk"]


@pytest.mark.parametrize(
    ("row", "reason", "choice"),
    [
        ("Oksana Kowalczuk;600100200;;;;;;;;;", "same_phone", "same"),
        ("Oksana Kowalczuk;;OKSANA@example.org;;;;;;;;", "same_email", "same"),
        ("Oksana Kowalczuk;;;;work;;;;;;", "same_name", "new"),
        ("Oksana Kowalczyk;600100200;;;;;;;;;", "similar_same_contact", "new"),
        ("Oksana Maria Kowalczuk;;;;work;;;;;;", "similar_name", "new"),
        ("Iryna Bondar;600100200;;;;;;;;;", "", "new"),
        ("Iryna Bondar;;;;work;;;;;;", "", "new"),
    ],
)
def test_why_a_row_may_be_someone_stored(ewa, row: str, reason: str, choice: str) -> None:
    stored(ewa, OKSANA)

    batch = checked(ewa, row)

    found = ImportRow.objects.get(batch=batch)
    assert (found.twin_reason, found.choice) == (reason, choice)


def test_an_erased_person_is_no_twin_any_more(ewa) -> None:
    stored(ewa, OKSANA)
    batch = checked(ewa, "Oksana Kowalczuk;600100200;;;;;;;;;")
    commands.erase_person(ewa, person=Person.objects.get(), today=TODAY, now=NOW)

    assert ImportRow.objects.filter(batch=batch).count() == 0


def test_looking_for_people_stored_takes_as_many_queries_for_one_row_as_for_many(ewa) -> None:
    def queries_for(*rows: str) -> int:
        batch = upload(ewa, *rows)
        with CaptureQueriesContext(connection) as asked:
            commands.choose_columns(ewa, batch=batch, columns={}, today=TODAY)
        return len(asked)

    stored(ewa, OKSANA, YUSUF)
    rows = [f"Anna Lis{letter};6002003{n:02};;;;;;;;;" for n, letter in enumerate("abcdefghij")]

    assert queries_for(*rows) == queries_for("Iryna Bondar;600700800;;;;;;;;;")


# ── Rows to correct ──────────────────────────────────────────────────────────────────────────────

WRONG = "Oksana Kowalczuk;600100200;;;;;;31.02.2026;;;"


def correct(actor, row, **cells: str):
    typed = {**row.cells, "Waiting since": cells.get("since", row.cells["Waiting since"])}
    return commands.correct_row(actor, row=row, cells=typed, today=TODAY, now=NOW)


def test_a_wrong_row_stays_out_and_goes_in_once_corrected(ewa) -> None:
    batch = stored(ewa, WRONG, YUSUF)
    assert (sums(batch), names()) == ((1, 0, 0, 0, 1, 1), ["Yusuf Haddad"])

    row = correct(ewa, queries.rows_to_correct(ewa, batch).get(), since="28.02.2026")

    assert (row.state, sums(batch)) == (RowState.DONE, (2, 0, 0, 0, 0, 1))
    assert names() == ["Oksana Kowalczuk", "Yusuf Haddad"]
    assert ParticipantProfile.objects.get(person=row.person).asked_on == date(2026, 2, 28)


def test_a_row_still_wrong_keeps_what_was_typed(ewa) -> None:
    batch = stored(ewa, WRONG)

    row = correct(ewa, queries.rows_to_correct(ewa, batch).get(), since="30.02.2026")

    kept = ImportRow.objects.get(pk=row.pk)
    assert (kept.state, kept.cells["Waiting since"]) == (RowState.CORRECT, "30.02.2026")
    assert names() == []


def test_a_row_corrected_before_the_yes_waits_for_it(ewa) -> None:
    batch = checked(ewa, WRONG)

    correct(ewa, queries.rows_to_correct(ewa, batch).get(), since="28.02.2026")

    assert (sums(batch), names()) == ((1, 0, 0, 0, 0, 1), [])


def test_corrections_and_rows_left_out_outlast_another_look_at_the_columns(ewa) -> None:
    batch = checked(ewa, WRONG, YUSUF)
    correct(ewa, queries.rows_to_correct(ewa, batch).get(), since="28.02.2026")
    commands.choose_row(ewa, row=ImportRow.objects.get(number=3), choice=Choice.LEAVE)
    batch.refresh_from_db()

    batch = commands.choose_columns(ewa, batch=batch, columns={"Note": ""}, today=TODAY)

    assert sums(batch) == (1, 0, 0, 1, 0, 1)


def test_a_corrected_row_about_someone_known_fills_them_in(ewa) -> None:
    stored(ewa, OKSANA)
    batch = stored(ewa, WRONG)

    row = correct(ewa, queries.rows_to_correct(ewa, batch).get(), since="28.02.2026")

    assert (row.choice, names()) == ("same", ["Oksana Kowalczuk"])


def test_a_corrected_row_that_came_in_before_stays_as_it_is(ewa) -> None:
    stored(ewa, "Oksana Kowalczuk;600100200;;;;;;28.02.2026;;;")
    batch = stored(ewa, WRONG)

    row = correct(ewa, queries.rows_to_correct(ewa, batch).get(), since="28.02.2026")

    assert (row.choice, row.state, sums(batch)) == ("known", "ready", (0, 0, 1, 0, 0, 1))


def test_a_row_that_is_in_cannot_be_chosen_anew(ewa) -> None:
    stored(ewa, OKSANA)

    with pytest.raises(commands.ImportBusy):
        commands.choose_row(ewa, row=ImportRow.objects.get(), choice=Choice.LEAVE)


def test_the_sheet_with_remarks_says_what_to_correct(ewa) -> None:
    batch = checked(ewa, WRONG, YUSUF)

    content = commands.report_sheet(ewa, batch=batch, today=TODAY)

    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert rows[0][-1] == "Remarks"
    assert rows[1][-1].splitlines()[0] == (
        "To correct (Waiting since): “31.02.2026” is no day of the calendar."
    )


# ── Long lists ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def long(monkeypatch):
    """Every list counts as a long one, worked on in parts of one row."""
    asked: list[str] = []
    for module in ("columns", "storing", "undoing"):
        where = f"kith.people.commands.imports.{module}"
        monkeypatch.setattr(f"{where}.BIG_LIST_ROWS", 0)
        monkeypatch.setattr(
            f"{where}.jobs.ask_for", lambda name, _org, batch_id: asked.append(str(batch_id))
        )
    monkeypatch.setattr(storing, "ROWS_AT_ONCE", 1)
    monkeypatch.setattr("kith.people.commands.imports.undoing.ROWS_AT_ONCE", 1)
    return asked


def worker(batch) -> str:
    actor = job_actor(IMPORT_JOB, batch.organisation)
    return jobs.work_on_import(actor, batch_id=str(batch.pk))


def test_a_long_list_is_read_stored_and_taken_back_behind_the_page(ewa, long) -> None:
    batch = checked(ewa, OKSANA, YUSUF)
    assert (batch.state, ImportRow.objects.count()) == ("checking", 0)

    worker(batch)
    batch.refresh_from_db()
    assert (batch.state, names()) == ("checked", [])

    commands.store_import(ewa, batch=batch, today=TODAY, now=NOW)
    assert worker(batch) == "2 rows"
    batch.refresh_from_db()
    assert (batch.state, len(names())) == ("stored", 2)

    commands.undo_import(ewa, batch=batch)
    worker(batch)
    with scope.entered(ewa.organisation_id):  # keys of the list were made anew
        batch.refresh_from_db()
    assert (batch.state, names()) == ("undone", [])
    assert long == [str(batch.pk)] * 3


def test_a_long_import_stops_between_parts_and_goes_on(ewa, long) -> None:
    batch = checked(ewa, OKSANA, YUSUF)
    worker(batch)
    commands.store_import(ewa, batch=batch, today=TODAY, now=NOW)
    assert commands.store_part(ewa, batch=batch, today=TODAY, now=NOW) is True

    commands.stop_import(ewa, batch=batch)
    worker(batch)
    batch.refresh_from_db()
    assert (batch.state, len(names())) == ("stopped", 1)

    commands.store_import(ewa, batch=batch, today=TODAY, now=NOW)
    worker(batch)
    batch.refresh_from_db()
    assert (batch.state, len(names())) == ("stored", 2)


def test_work_that_was_cut_off_is_asked_for_again(ewa, long) -> None:
    batch = checked(ewa, OKSANA)

    commands.resume_import(ewa, batch=batch)

    assert long == [str(batch.pk)] * 2
    worker(batch)
    with pytest.raises(commands.ImportBusy):
        commands.resume_import(ewa, batch=batch)


def test_a_part_that_comes_too_late_does_nothing(ewa) -> None:
    batch = stored(ewa, OKSANA)

    worker(batch)

    batch.refresh_from_db()
    assert (batch.state, names()) == ("stored", ["Oksana Kowalczuk"])


def test_a_state_is_never_skipped(ewa) -> None:
    batch = upload(ewa, OKSANA)

    with pytest.raises(commands.ImportBusy):
        commands.store_import(ewa, batch=batch, today=TODAY, now=NOW)
    with pytest.raises(commands.ImportBusy):
        storing.finish(batch, NOW)


# ── Taking back ──────────────────────────────────────────────────────────────────────────────────


def test_an_import_is_taken_back_without_a_trace(ewa) -> None:
    batch = stored(ewa, OKSANA, YUSUF)

    commands.undo_import(ewa, batch=batch)

    counts = [rows.objects.count() for rows in (Person, SearchToken, Family, Children, StoredFile)]
    assert counts == [0, 0, 0, 0, 0]
    assert ImportBatch.objects.get().state == "undone"
    assert ImportRow.objects.filter(values__isnull=False).count() == 0


def test_the_file_can_come_in_again_after_it_was_taken_back(ewa) -> None:
    commands.undo_import(ewa, batch=stored(ewa, OKSANA))

    assert sums(stored(ewa, OKSANA)) == (1, 0, 0, 0, 0, 1)


def test_whoever_was_worked_with_since_stays_with_the_reason(ewa) -> None:
    batch = stored(ewa, OKSANA, YUSUF, "Anna Lis;600300400;;;;;;;;;", "Iryna Bondar;;;;work;;;;;;")
    people = {str(person.name): person for person in Person.objects.all()}
    later = NOW + timedelta(days=1)
    commands.set_availability(ewa, person=people["Oksana Kowalczuk"], slots=[], now=later)
    group = commands.make_group(ewa, name="Wilda")
    commands.join_group(ewa, group=group, person=people["Yusuf Haddad"])
    said = {people["Anna Lis"].pk: "Anna has a mentor."}
    listen(ImportUndoAsked, lambda fact: fact.stays.update(said))

    commands.undo_import(ewa, batch=batch)

    batch.refresh_from_db()
    assert names() == ["Anna Lis", "Oksana Kowalczuk", "Yusuf Haddad"]
    assert sorted(batch.findings["stays"].values()) == [
        "Anna has a mentor.",
        "Someone has worked with this person since.",
        "The record was changed since.",
    ]


def test_people_who_were_only_filled_in_stay(ewa) -> None:
    stored(ewa, OKSANA)
    batch = stored(ewa, "Oksana Kowalczuk;600100200;;;;;;;;;dances")

    commands.undo_import(ewa, batch=batch)

    assert names() == ["Oksana Kowalczuk"]


# ── Old files ────────────────────────────────────────────────────────────────────────────────────


def test_files_of_old_imports_are_forgotten_and_their_meaning_is_not(ewa) -> None:
    batch = stored(ewa, OKSANA)
    begun = timezone.localdate(batch.created_at)
    assert list(queries.imports_begun_before(begun)) == [batch.pk]
    assert list(queries.imports_begun_before(begun - timedelta(days=1))) == []

    with permit.lifted():
        assert commands.forget_imports([batch.pk]) == 1
        assert commands.forget_imports([batch.pk]) == 1

    kept = ImportBatch.objects.get(pk=batch.pk)
    assert (kept.file, kept.reading, str(kept.filename)) == (None, None, "list.csv")
    assert kept.mapping["columns"]["Name"] == "name"
    assert (ImportRow.objects.get().values, StoredFile.objects.count()) == (None, 0)
    with pytest.raises(commands.UnreadableList):
        commands.report_sheet(ewa, batch=kept, today=TODAY)


def test_erasing_someone_removes_the_file_they_came_with(ewa) -> None:
    batch = stored(ewa, OKSANA, YUSUF)
    person = next(p for p in Person.objects.all() if str(p.name) == "Yusuf Haddad")

    commands.erase_person(ewa, person=person, today=TODAY, now=NOW)

    batch.refresh_from_db()
    assert (batch.file, batch.reading) == (None, None)
    assert list(ImportRow.objects.values_list("number", flat=True)) == [2]


def test_what_is_forgotten_already_is_not_missed(ewa) -> None:
    batch = stored(ewa, OKSANA)
    other = checked(ewa, YUSUF)
    with permit.lifted():
        commands.forget_imports([batch.pk, other.pk])

    commands.erase_person(ewa, person=Person.objects.get(), today=TODAY, now=NOW)
    commands.throw_away(ewa, batch=ImportBatch.objects.get(pk=other.pk))

    assert list(ImportBatch.objects.all()) == [batch]


def test_a_list_that_is_read_already_is_not_read_again(ewa) -> None:
    batch = checked(ewa, OKSANA)
    row = ImportRow.objects.get()

    commands.check_list(ewa, batch=batch, today=TODAY)

    assert list(ImportRow.objects.all()) == [row]


def test_an_answer_that_was_given_is_not_asked_of_the_list(ewa) -> None:
    headings = "Name;Phone;Online"
    stored(ewa, "Oksana Kowalczuk;600100200;no", headings=headings)

    stored(ewa, "Oksana Kowalczuk;600100200;yes", headings=headings)

    assert Person.objects.get().online is False


def test_a_cell_that_was_not_typed_anew_stays_as_in_the_file() -> None:
    columns = (Column(0, "A", "Name"), Column(1, "B", "Phone"))

    row = corrected(Row(3, ("Oksana", "600"), {1: "=A1"}), columns, {"Phone": " 700 "})

    assert (row.cells, row.formulas) == (("Oksana", "700"), {})


# ── The command line ─────────────────────────────────────────────────────────────────────────────


def bring(actor, content: bytes, *, kind="participants", filename="list.csv", **more):
    return commands.import_list(
        actor,
        kind=kind,
        content=content,
        filename=filename,
        mapping=more.get("mapping"),
        dry_run=more.get("dry_run", False),
        today=TODAY,
        now=NOW,
    )


@pytest.fixture
def command_line(ewa):
    """The actor of `kith import`."""
    return job_actor(COMMAND_LINE, ewa.organisation)


def test_a_trial_reports_everything_and_stores_nothing(command_line, ewa) -> None:
    outcome = bring(command_line, sheet(OKSANA, WRONG, YUSUF), dry_run=True)

    assert (outcome.stored, outcome.read, outcome.new, outcome.to_correct) == (False, 4, 2, 1)
    counts = [rows.objects.count() for rows in (Person, ImportBatch, StoredFile)]
    assert counts == [0, 0, 0]


def test_the_outcome_is_plain_data_and_adds_up(command_line) -> None:
    found = bring(command_line, sheet(OKSANA, WRONG, YUSUF)).to_dict()

    parts = ("new", "same", "known", "left_out", "to_correct", "not_entries")
    assert found["read"] == sum(found[part] for part in parts) == 4
    wrong = [row for row in found["rows"] if not row["good"]]
    assert [(row["row"], row["remarks"][0]) for row in wrong] == [
        (3, "“31.02.2026” is no day of the calendar.")
    ]
    assert found["rows_not_entries"] == [{"first": 1, "last": 1, "why": "Headings."}]


def test_checks_from_the_command_line_name_nobody_who_saw_them(command_line) -> None:
    content = sheet("Jan Nowak;1.9.2027", headings="Name;Record check until")

    bring(command_line, content, kind="mentors")

    assert MentorCheck.objects.get().seen_by is None


def test_a_mapping_of_an_earlier_list_is_used(command_line) -> None:
    mapping = {"columns": {"Name": "name", "Remarks": "place"}, "values": {}}
    content = sheet("Oksana Kowalczuk;Wilda", headings="Name;Remarks")

    bring(command_line, content, mapping=mapping)

    assert Person.objects.get().place.name == "Wilda"


def test_a_mapping_that_means_nothing_is_refused(command_line) -> None:
    with pytest.raises(commands.WrongMapping):
        bring(command_line, sheet(OKSANA), mapping={"columns": {"Name": "shoe size"}})


@pytest.mark.parametrize(
    ("kind", "filename", "expected"),
    [
        ("participants", "lista_uczestnikow.xlsx", (136, 125, 1, 0, 0, 5, 5)),
        ("mentors", "mentorzy.csv", (75, 74, 0, 0, 0, 0, 1)),
    ],
)
def test_the_two_lists_go_in_and_every_row_is_accounted_for(
    command_line, kind: str, filename: str, expected: tuple[int, ...]
) -> None:
    content = (LISTS / filename).read_bytes()

    found = bring(command_line, content, kind=kind, filename=filename)

    counts = (
        found.read,
        found.new,
        found.same,
        found.known,
        found.left_out,
        found.to_correct,
        found.not_entries,
    )
    assert counts == expected
    assert found.read == sum(counts[1:])
    assert Person.objects.count() == found.new


@pytest.mark.parametrize("path", sorted(LISTS.glob("*.csv")) + sorted(LISTS.glob("*.xlsx")))
def test_every_ugly_list_is_accounted_for_and_comes_in_once(command_line, path: Path) -> None:
    first = bring(command_line, path.read_bytes(), filename=path.name)
    people = Person.objects.count()

    again = bring(command_line, path.read_bytes(), filename=path.name)

    assert people == first.new
    assert (again.new, again.known + again.same) == (0, first.new + first.same + first.known)
    assert Person.objects.count() == people
    assert ImportBatch.objects.filter(state=ImportState.STORED).count() == 2
