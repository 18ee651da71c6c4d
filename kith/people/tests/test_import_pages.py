"""The two shared lists go in through the pages, from the file to people who are found."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from kith.base import clock, permit, scope
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.people import commands, queries
from kith.people.models import ImportBatch, ImportRow, MentorCheck, MentorProfile, Person
from kith.people.views import listpages

pytestmark = pytest.mark.django_db

LISTS = Path(__file__).parents[3] / "tests" / "imports"


@pytest.fixture
def ewa():
    """A coordinator."""
    return MembershipFactory()


@pytest.fixture
def page(client, ewa):
    """The browser of the coordinator, inside the organisation."""
    sign_in(client, ewa)
    with scope.entered(ewa.organisation_id, user_id=ewa.user_id):
        yield client


TODAY = date(2026, 11, 20)
CONTENT = b"Name;Phone;Waiting since\nOksana Kowalczuk;600100200;1.9.2026\nYusuf H;600;31.02.2026"


def started(member, content: bytes = CONTENT):
    return commands.upload_list(
        actor_of(member), kind="participants", content=content, filename="list.csv"
    )


def checked(member):
    batch = started(member)
    return commands.choose_columns(actor_of(member), batch=batch, columns={}, today=TODAY)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def upload(client, kind: str, name: str):
    content = (LISTS / name).read_bytes()
    answer = client.post(
        reverse("people:imports"),
        {"kind": kind, "file": SimpleUploadedFile(name, content)},
        follow=True,
    )
    batch = ImportBatch.objects.order_by("-id").first()
    assert answer.redirect_chain[-1] == (reverse("people:import_columns", args=[batch.pk]), 302)
    return batch, answer


def accept_columns(client, batch, answer):
    form = answer.context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    return client.post(reverse("people:import_columns", args=[batch.pk]), typed, follow=True)


def test_the_list_of_participants_goes_in(client, ewa) -> None:
    sign_in(client, ewa)
    with scope.entered(ewa.organisation_id, user_id=ewa.user_id):
        batch, answer = upload(client, "participants", "lista_uczestnikow.xlsx")
        preview = accept_columns(client, batch, answer)
        assert Person.objects.count() == 0

        result = client.post(
            reverse("people:import_preview", args=[batch.pk]), {"adults": "on"}, follow=True
        )

        tally = result.context["tally"]
        assert (preview.status_code, result.status_code) == (200, 200)
        assert (tally.read, tally.new, tally.same, tally.correct, tally.not_entries) == (
            136,
            125,
            1,
            5,
            5,
        )
        assert Person.objects.count() == 125


def test_mentors_go_in_with_the_second_step_remembered(client, ewa) -> None:
    sign_in(client, ewa)
    with scope.entered(ewa.organisation_id, user_id=ewa.user_id):
        batch, answer = upload(client, "mentors", "mentorzy.csv")
        accept_columns(client, batch, answer)
        result = client.post(
            reverse("people:import_preview", args=[batch.pk]), {"adults": "on"}, follow=True
        )

        assert text(result).count("<h1>The list is in</h1>") == 1
        assert (MentorProfile.objects.count(), MentorCheck.objects.count()) == (74, 114)
        assert str(queries.find_people(actor_of(ewa), "sabala")[0].name) == "Kacper Sabała"


def test_nothing_is_stored_without_the_one_yes(page, ewa) -> None:
    batch = checked(ewa)

    answer = page.post(reverse("people:import_preview", args=[batch.pk]), {})

    assert answer.context["form"].errors == {"adults": ["Tick this to go on."]}
    assert Person.objects.count() == 0


def test_a_file_that_is_no_list_is_refused_on_the_page(page) -> None:
    for content, sentence in (
        (b"%PDF-1.7 nothing", "This is not a spreadsheet."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is an old .xls file."),
    ):
        file = SimpleUploadedFile("list.pdf", content)
        answer = page.post(reverse("people:imports"), {"kind": "mentors", "file": file})

        assert answer.context["form"].non_field_errors()[0].startswith(sentence)


def test_a_file_that_is_too_large_is_refused_on_the_page(page, settings) -> None:
    settings.KITH_UPLOAD_BYTES = 3
    file = SimpleUploadedFile("list.csv", b"Name;Phone\nOksana;1")

    answer = page.post(reverse("people:imports"), {"kind": "mentors", "file": file})

    assert answer.context["form"].non_field_errors()[0].startswith("This file is too large.")


def test_a_list_without_names_is_refused_and_the_choice_stays(page, ewa) -> None:
    batch = started(ewa)

    answer = page.post(reverse("people:import_columns", args=[batch.pk]), {"column-1": "place"})

    assert answer.context["form"].non_field_errors() == ["Choose which column holds the names."]
    assert answer.context["form"]["column-1"].value() == "place"


def test_a_forbidden_column_says_why_and_shows_nothing_of_it(page, ewa) -> None:
    content = b"Name;Nationality\nOksana Kowalczuk;Ruritanian"
    batch = commands.upload_list(
        actor_of(ewa), kind="participants", content=content, filename="list.csv"
    )

    said = text(page.get(reverse("people:import_columns", args=[batch.pk])))

    assert said.count("Left out on purpose") == 1
    assert said.count("Ruritanian") == 0


def test_the_other_kind_of_people_is_read_from_its_page(page, ewa) -> None:
    batch = started(ewa)
    url = reverse("people:import_sheet", args=[batch.pk])
    assert list(page.get(url).context["form"].fields) == ["kind"]

    answer = page.post(url, {"kind": "mentors"})

    assert answer.headers["Location"] == reverse("people:import", args=[batch.pk])
    assert ImportBatch.objects.get(pk=batch.pk).kind == "mentors"


def test_another_sheet_is_read_from_its_page(page, ewa) -> None:
    content = (LISTS / "hidden_and_other_sheets.xlsx").read_bytes()
    batch = commands.upload_list(
        actor_of(ewa), kind="participants", content=content, filename="list.xlsx"
    )
    url = reverse("people:import_sheet", args=[batch.pk])
    field = page.get(url).context["form"]["sheet"]
    other = next(name for name, _label in field.field.choices if name != field.value())

    page.post(url, {"kind": "participants", "sheet": other})

    assert ImportBatch.objects.get(pk=batch.pk).reading["sheet"] == other


def test_unknown_words_are_asked_for_on_a_page(page, ewa) -> None:
    content = b"Name;Needs;Languages;When\nOksana Kowalczuk;zzquux;qqxyz;zzwhenever"
    batch = started(ewa, content)
    commands.choose_columns(actor_of(ewa), batch=batch, columns={}, today=TODAY)
    url = reverse("people:import_words", args=[batch.pk])
    form = page.get(url).context["form"]
    by_target = {pair[0]: name for name, pair in form.asked.items()}

    page.post(
        url,
        {
            by_target["needs"]: "offices",
            by_target["languages"]: "uk",
            by_target["availability"]: ["sat-am"],
        },
    )

    values = ImportRow.objects.get().values
    assert (values["needs"], values["languages"]) == (["offices"], [["uk", 3]])
    assert values["availability"] == ["sat-am"]


def test_only_a_few_unknown_times_are_asked_for_at_once(page, ewa) -> None:
    rows = [f"Oksana Kowalczuk{n};zzwhenever{chr(97 + n)}" for n in range(10)]
    batch = started(ewa, "\n".join(["Name;When", *rows]).encode())
    commands.choose_columns(actor_of(ewa), batch=batch, columns={}, today=TODAY)

    form = page.get(reverse("people:import_words", args=[batch.pk])).context["form"]

    assert len(form.fields) == 8


def test_a_row_is_corrected_on_its_page_and_what_was_typed_stays(page, ewa) -> None:
    batch = checked(ewa)
    url = reverse("people:import_row", args=[batch.pk, 3])
    shown = page.get(url).context["form"]
    assert shown.errors == {"cell-2": ["“\u206831.02.2026\u2069” is no day of the calendar."]}

    wrong = page.post(url, {"cell-0": "Yusuf H", "cell-1": "600", "cell-2": "30.02.2026"})
    assert wrong.context["form"]["cell-0"].value() == "Yusuf H"
    assert wrong.context["form"].errors["cell-2"] == [
        "“\u206830.02.2026\u2069” is no day of the calendar."
    ]

    right = page.post(url, {"cell-0": "Yusuf H", "cell-1": "600", "cell-2": "1.2.2026"})
    assert right.headers["Location"] == reverse("people:import_rows", args=[batch.pk])
    assert page.get(url).status_code == 404


def test_a_row_is_left_out_from_the_report(page, ewa) -> None:
    batch = checked(ewa)

    page.post(reverse("people:leave_row", args=[batch.pk, 3]))

    rows = page.get(reverse("people:import_rows", args=[batch.pk]))
    assert (rows.context["to_correct"], queries.tally(batch).leave) == ([], 1)


def test_the_report_comes_in_parts(page, ewa, monkeypatch) -> None:
    monkeypatch.setattr("kith.people.views.listpages.ROWS_SHOWN", 1)
    lines = "\n".join(["Name;Born", *[f"Oksana Kowalczuk{c};ca. 1990" for c in "abc"]])
    batch = started(ewa, lines.encode())
    commands.choose_columns(actor_of(ewa), batch=batch, columns={}, today=TODAY)
    url = reverse("people:import_rows", args=[batch.pk])

    first = page.get(url)
    second = page.get(url + first.context["next_url"])

    assert [line.number for line in first.context["lines"]] == [2]
    said = "\u2068Born\u2069: “\u2068ca. 1990\u2069” is not exact. 1990 was taken."
    assert first.context["lines"][0].look[0] == said
    assert [line.number for line in second.context["lines"]] == [3]
    assert second.context["first_url"] == "?"
    assert page.get(url, {"after": "x"}).context["lines"] == first.context["lines"]


def test_the_sheet_with_remarks_is_a_download(page, ewa) -> None:
    batch = checked(ewa)

    answer = page.get(reverse("people:import_report", args=[batch.pk]))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="list-with-remarks.xlsx"'
    assert answer.content.startswith(b"PK")


def test_possible_duplicates_stand_side_by_side_and_are_decided(page, ewa, monkeypatch) -> None:
    monkeypatch.setattr("kith.people.views.imports.SHOWN", 1)
    commands.add_participant(
        actor_of(ewa), name="Оксана Ковальчук", phone="+48600100999", adult=True
    )
    lines = "Name;Phone\nOksana Kowalczuk;600100200\nYusuf H;600100300\nYusuf H;600100400"
    batch = started(ewa, lines.encode())
    commands.choose_columns(actor_of(ewa), batch=batch, columns={}, today=TODAY)
    url = reverse("people:import_twins", args=[batch.pk])

    first = page.get(url).context["pairs"][0]
    onward = page.post(url, {"row-2-choice": "same"})
    second = page.get(onward.headers["Location"]).context["pairs"][0]
    done = page.post(onward.headers["Location"], {"row-4-choice": "leave"})

    assert (first.other, first.reason) == (
        "In Kith",
        "Same name; phone or e-mail differ or are missing.",
    )
    assert ("Phone", "+48600100200", "+48600100999") in first.facts
    assert (second.other, second.number) == ("Row 3 of this list", 4)
    assert done.headers["Location"] == reverse("people:import", args=[batch.pk])
    tally = queries.tally(batch)
    assert (tally.new, tally.same, tally.leave) == (1, 1, 1)
    assert text(page.get(url, {"after": "4"})).count("No possible duplicates") == 1


def test_a_decision_that_is_none_of_the_choices_changes_nothing(page, ewa) -> None:
    lines = "Name;Phone\nYusuf H;600100300\nYusuf H;600100400"
    batch = started(ewa, lines.encode())
    commands.choose_columns(actor_of(ewa), batch=batch, columns={}, today=TODAY)

    answer = page.post(reverse("people:import_twins", args=[batch.pk]), {"row-3-choice": "merge"})

    assert answer.status_code == 200
    assert queries.tally(batch).new == 2


def test_a_long_import_shows_how_far_it_is_and_can_be_stopped(page, ewa) -> None:
    batch = checked(ewa)
    for state, words in (
        ("checking", "2 rows are being read. Nothing is stored yet."),
        ("storing", "0 of 2 rows are in."),
        ("undoing", "0 of 2 rows were looked at."),
    ):
        with permit.lifted():
            batch.state = state
            batch.save()

        assert page.get(reverse("people:import", args=[batch.pk])).context["words"] == words

    with permit.lifted():
        batch.state = "storing"
        batch.save()
    page.post(reverse("people:stop_import", args=[batch.pk]))
    stopping = text(page.get(reverse("people:import", args=[batch.pk])))
    assert stopping.count("It stops after this part.") == 1


@pytest.mark.parametrize(
    ("language", "total", "expected"),
    [
        ("en", 1, "1 row is being read. Nothing is stored yet."),
        ("pl", 1, "Trwa czytanie 1 wiersza. Nic jeszcze nie zostało zapisane."),
        ("pl", 3, "Trwa czytanie 3 wierszy. Nic jeszcze nie zostało zapisane."),
        ("ar", 2, "يُقرأ الآن صفان. لم يُحفظ شيء بعد."),
        ("ar", 3, "تُقرأ الآن 3 صفوف. لم يُحفظ شيء بعد."),
        ("ar", 11, "يُقرأ الآن 11 صفًا. لم يُحفظ شيء بعد."),
        ("ar", 100, "يُقرأ الآن 100 صف. لم يُحفظ شيء بعد."),
    ],
)
def test_the_rows_being_read_are_counted_as_the_language_does(language, total, expected) -> None:
    batch = ImportBatch(state="checking", total=total)

    with translation.override(language):
        assert listpages.progress_in_words(batch) == expected


def test_a_finished_import_takes_the_waiting_page_along(page, ewa) -> None:
    batch = checked(ewa)
    page.post(reverse("people:import_preview", args=[batch.pk]), {"adults": "on"})

    answer = page.get(reverse("people:import", args=[batch.pk]), headers={"hx-request": "true"})

    assert answer.headers["HX-Redirect"] == reverse("people:import", args=[batch.pk])


def test_an_import_that_stopped_goes_on_from_its_page(page, ewa) -> None:
    batch = checked(ewa)
    with permit.lifted():
        batch.state = "stopped"
        batch.save()
    shown = text(page.get(reverse("people:import", args=[batch.pk])))

    page.post(reverse("people:resume_import", args=[batch.pk]))

    assert shown.count("1 row is not in yet.") == 1
    assert ImportBatch.objects.get().state == "stored"


def test_work_behind_the_page_is_asked_for_again(page, ewa, monkeypatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        "kith.people.commands.imports.columns.jobs.ask_for",
        lambda name, _organisation, batch_id: asked.append(name),
    )
    batch = checked(ewa)
    with permit.lifted():
        batch.state = "storing"
        batch.save()

    page.post(reverse("people:resume_import", args=[batch.pk]))

    assert asked == ["people.work_on_import"]


def test_an_import_is_taken_back_from_its_page_and_says_who_stays(page, ewa) -> None:
    batch = checked(ewa)
    page.post(reverse("people:import_preview", args=[batch.pk]), {"adults": "on"})
    person = Person.objects.get()
    commands.set_availability(
        actor_of(ewa), person=person, slots=["mon-am"], now=clock.now() + timedelta(hours=1)
    )

    answer = page.post(reverse("people:undo_import", args=[batch.pk]), follow=True)

    assert [(one, str(why)) for one, why in answer.context["stays"]] == [
        (person, "The record was changed since.")
    ]
    assert text(answer).count("<h1>The import was taken back</h1>") == 1


def test_a_list_is_forgotten_before_anything_was_stored(page, ewa) -> None:
    batch = checked(ewa)

    answer = page.post(reverse("people:throw_away_import", args=[batch.pk]), follow=True)

    assert text(answer).count("The list was forgotten. Nothing of it is kept.") == 1
    assert ImportBatch.objects.count() == 0


def test_a_step_that_is_over_leads_to_where_the_import_stands(page, ewa) -> None:
    batch = checked(ewa)
    page.post(reverse("people:import_preview", args=[batch.pk]), {"adults": "on"})

    again = page.post(reverse("people:import_preview", args=[batch.pk]), {"adults": "on"})
    looked = page.get(reverse("people:import_preview", args=[batch.pk]))

    here = reverse("people:import", args=[batch.pk])
    assert (again.headers["Location"], looked.headers["Location"]) == (here, here)
    assert Person.objects.count() == 1


def test_imports_and_open_ones_stand_in_the_list_and_on_today(page, ewa) -> None:
    checked(ewa)

    said = text(page.get(reverse("people:imports")))
    today = text(page.get("/"))

    assert said.count("waits for your yes") == 1
    assert today.count("Finish bringing in “list.csv”") >= 1


def test_nothing_of_an_import_is_there_for_another_organisation(page, client) -> None:
    stranger = MembershipFactory()
    with scope.entered(stranger.organisation_id, user_id=stranger.user_id):
        batch = checked(stranger)

    for name in (
        "import",
        "import_columns",
        "import_sheet",
        "import_words",
        "import_preview",
        "import_rows",
        "import_twins",
        "import_report",
    ):
        assert page.get(reverse(f"people:{name}", args=[batch.pk])).status_code == 404
    for name in ("stop_import", "resume_import", "undo_import", "throw_away_import"):
        assert page.post(reverse(f"people:{name}", args=[batch.pk])).status_code == 404
    assert page.get(reverse("people:import_row", args=[batch.pk, 3])).status_code == 404
