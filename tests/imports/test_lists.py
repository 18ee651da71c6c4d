"""The ugly lists, and two that were kept by hand: what has to come out of each.

Every row of every list ends as a good row, a row to correct, or a row left out.
"""

import datetime as dt
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kith.methods import names
from kith.methods.tables import (
    Kind,
    Report,
    Table,
    check_rows,
    guess_kind,
    guess_mapping,
    read_table,
    write_report_xlsx,
)
from kith.methods.tables.targets import DAYS
from tests.imports.make_lists import LISTS, long_list

HERE = Path(__file__).parent
TODAY = dt.date(2026, 11, 22)
EVENINGS = tuple(f"{day}-eve" for day in DAYS)
COUNTRIES = {
    "german_utf16_tabs.csv": "DE",
    "american_dates.csv": "US",
    "ukrainian_cp1251.csv": "UA",
}

# name -> rows read, good, to correct, left out
COUNTS = {
    "german_utf16_tabs.csv": (4, 3, 0, 1),
    "polish_sep_line.csv": (3, 2, 0, 1),
    "ukrainian_cp1251.csv": (3, 2, 0, 1),
    "arabic_cp1256.csv": (3, 2, 0, 1),
    "polish_latin2_pipes.csv": (6, 2, 0, 4),
    "quoted_line_breaks.csv": (4, 2, 0, 2),
    "two_heading_rows.xlsx": (5, 3, 0, 2),
    "sections_and_subtotals.xlsx": (15, 4, 0, 11),
    "year_1904.xlsx": (3, 1, 1, 1),
    "formulas.xlsx": (6, 4, 1, 1),
    "hidden_and_other_sheets.xlsx": (3, 2, 0, 1),
    "no_headings.csv": (3, 3, 0, 0),
    "forbidden_columns.xlsx": (4, 3, 0, 1),
    "american_dates.csv": (4, 2, 1, 1),
    "unclear_dates.csv": (8, 4, 3, 1),
    "ticked_columns.xlsx": (3, 2, 0, 1),
    "numbers_and_texts.xlsx": (5, 3, 1, 1),
    "same_people_twice.xlsx": (13, 12, 0, 1),
    "mentors_in_english.xlsx": (4, 1, 2, 1),
    "form_answers.csv": (3, 2, 0, 1),
    "formulas_as_text.csv": (4, 3, 0, 1),
    "stray_quote.csv": (42, 41, 0, 1),
    "lista_uczestnikow.xlsx": (136, 126, 5, 5),
    "mentorzy.csv": (75, 74, 0, 1),
}


@cache
def imported(name: str) -> tuple[Table, Report]:
    table = read_table((HERE / name).read_bytes(), name)
    return table, judged(table, country=COUNTRIES.get(name, "PL"))


def judged(table: Table, *, country: str = "PL") -> Report:
    kind = guess_kind(table)
    mapping = guess_mapping(table, kind)
    return check_rows(table, mapping, kind=kind, today=TODAY, country=country, names=names)


def row(name, number):
    return next(found for found in imported(name)[1].rows if found.number == number)


def values(name, number):
    return row(name, number).values


def codes(name, number):
    return [(found.code, found.column) for found in row(name, number).remarks]


def targets(name):
    return {use.heading: use.target or use.left_out for use in imported(name)[1].columns}


@pytest.mark.parametrize("name", LISTS)
def test_the_list_kept_here_is_the_one_that_the_script_makes(name):
    assert (HERE / name).read_bytes() == LISTS[name]()


@pytest.mark.parametrize("name", COUNTS)
def test_every_row_is_counted_once(name):
    table, report = imported(name)
    totals = report.totals

    ends = [found.number for found in report.rows]
    ends += [number for part in report.left_out for number in range(part.first, part.last + 1)]

    assert (totals.read, totals.good, totals.to_correct, totals.left_out) == COUNTS[name]
    assert sorted(ends) == list(range(1, table.rows_read + 1))


def test_only_lists_of_mentors_are_taken_for_mentors():
    kinds = {name for name in COUNTS if guess_kind(imported(name)[0]) is Kind.MENTORS}

    assert kinds == {"mentorzy.csv", "mentors_in_english.xlsx"}


@pytest.mark.parametrize("name", COUNTS)
def test_every_list_goes_back_with_its_remarks(name):
    table, report = imported(name)

    sheet = load_workbook(BytesIO(write_report_xlsx(table, report))).active

    remarks = [line[table.sheet.width] if len(line) > table.sheet.width else None
               for line in sheet.iter_rows(values_only=True)]  # fmt: skip
    told = [at for at, text in enumerate(remarks, start=1) if text and text[:2] in {"To", "Pl"}]
    assert told == [found.number for found in report.rows if found.remarks]


@pytest.mark.parametrize(
    ("name", "encoding", "delimiter"),
    [
        ("german_utf16_tabs.csv", "utf-16", "\t"),
        ("polish_sep_line.csv", "utf-8-sig", ";"),
        ("ukrainian_cp1251.csv", "cp1251", ";"),
        ("arabic_cp1256.csv", "cp1256", ","),
        ("polish_latin2_pipes.csv", "iso8859-2", "|"),
        ("stray_quote.csv", "cp1250", ";"),
        ("mentorzy.csv", "cp1250", ";"),
    ],
)
def test_the_letters_and_columns_of_a_csv_file_are_found(name, encoding, delimiter):
    book = imported(name)[0].workbook

    assert (book.encoding, book.delimiter) == (encoding, delimiter)


def test_german_list_in_utf16():
    assert values("german_utf16_tabs.csv", 2) == {
        "first_name": "Lena",
        "last_name": "Groß",
        "name": "Lena Groß",
        "phone": "+4915123456789",
        "email": "lena@web.de",
        "languages": (("de", 3), ("fa", 3)),
        "availability": ("mon-eve", "tue-eve", "wed-eve", "thu-eve"),
        "needs": ("housing",),
        "waiting_since": dt.date(2026, 3, 1),
    }
    assert values("german_utf16_tabs.csv", 3)["languages"] == (("tr", 5), ("de", 2))
    assert values("german_utf16_tabs.csv", 4)["needs"] == ("school",)


def test_ukrainian_list_in_cp1251():
    assert values("ukrainian_cp1251.csv", 2) == {
        "last_name": "Ковальчук",
        "first_name": "Олена Іванівна",
        "name": "Олена Іванівна Ковальчук",
        "phone": "+380671234567",
        "languages": (("uk", 3), ("pl", 1)),
        "needs": ("work", "health"),
        "availability": ("mon-eve", "tue-eve", "wed-eve", "thu-eve", "fri-eve"),
        "waiting_since": dt.date(2026, 3, 12),
    }
    assert values("ukrainian_cp1251.csv", 3)["phone"] == "+380671234568"


def test_arabic_list_in_cp1256_without_its_column_of_nationality():
    assert targets("arabic_cp1256.csv")["الجنسية"] == "forbidden"
    assert values("arabic_cp1256.csv", 2) == {
        "name": "محمد القباني",
        "phone": "+48600300400",
        "languages": (("ar", 3), ("en", 1)),
        "needs": ("work", "housing"),
        "availability": EVENINGS,
        "waiting_since": dt.date(2026, 3, 22),
    }


def test_totals_signatures_and_bare_numbers_are_no_entries():
    left_out = [
        (part.first, part.why.value) for part in imported("polish_latin2_pipes.csv")[1].left_out
    ]
    sections = [
        (part.first, part.why.value) for part in imported("sections_and_subtotals.xlsx")[1].left_out
    ]

    assert left_out == [(1, "heading"), (4, "blank"), (5, "total"), (6, "remark")]
    assert sections == [
        (1, "title"),
        (2, "blank"),
        (3, "heading"),
        (4, "remark"),
        (7, "total"),
        (8, "heading"),
        (9, "remark"),
        (11, "blank"),
        (13, "blank"),
        (14, "total"),
        (15, "remark"),
    ]


def test_line_breaks_and_stray_quotes_in_cells():
    assert values("quoted_line_breaks.csv", 2)["note"] == 'Said: "call later", twice'
    assert values("quoted_line_breaks.csv", 4)["languages"] == (("en", 3), ("fr", 3))
    assert values("stray_quote.csv", 2)["name"] == 'Ula "Kotek Zając'
    assert values("stray_quote.csv", 42)["name"] == "Helena Kruk"


def test_two_heading_rows_and_a_shared_phone():
    assert list(targets("two_heading_rows.xlsx")) == [
        "Osoba › Imię",
        "Osoba › Nazwisko",
        "Kontakt › Telefon",
        "Kontakt › E-mail",
        "Zgłoszenie › Data",
        "Zgłoszenie › Potrzeby",
    ]
    assert values("two_heading_rows.xlsx", 4)["phone"] == "+48600700800"


def test_days_counted_from_1904():
    assert values("year_1904.xlsx", 2)["waiting_since"] == dt.date(2026, 2, 3)
    assert values("year_1904.xlsx", 2)["birth_year"] == 1990
    assert codes("year_1904.xlsx", 3) == [
        ("email_typo", "Email"),
        ("age_under_18", "Date of birth"),
    ]


def test_formulas_count_by_their_saved_result():
    assert values("formulas.xlsx", 2)["note"] == "Eryk Bór - OK"
    assert codes("formulas.xlsx", 3) == [("formula_without_result", "Uwagi")]
    assert codes("formulas.xlsx", 4) == [("error_value", "Języki")]
    assert (values("formulas.xlsx", 5)["name"], codes("formulas.xlsx", 5)) == ("Hanna Ejsmont", [])
    assert codes("formulas.xlsx", 6) == [
        ("formula_without_result", "Imię i nazwisko"),
        ("name_missing", "Imię i nazwisko"),
    ]


def test_the_list_in_use_is_found_among_other_sheets():
    assert imported("hidden_and_other_sheets.xlsx")[0].sheet.name == "Participants"
    assert imported("lista_uczestnikow.xlsx")[0].sheet.name == "Uczestnicy 2026"


def test_columns_without_headings_are_told_by_their_cells():
    assert list(targets("no_headings.csv").values()) == [
        "name", "phone", "email", "languages", "needs", "availability",
    ]  # fmt: skip


def test_nothing_forbidden_is_taken_over():
    assert targets("forbidden_columns.xlsx") == {
        "Imię i nazwisko": "name",
        "Telefon": "phone",
        "Narodowość": "forbidden",
        "Wyznanie": "forbidden",
        "Nosi chustę?": "forbidden",
        "Nr paszportu": "identity_number",
        "Info": "forbidden",
        "Uwagi": "note",
        "Kolor teczki": "unknown",
    }
    assert values("forbidden_columns.xlsx", 2) == {
        "name": "Layla Haddad", "phone": "+48600555001", "note": "ma kota",
    }  # fmt: skip
    assert codes("forbidden_columns.xlsx", 3) == [("note_origin", "Uwagi")]


def test_american_dates_are_read_by_the_column():
    days = [found.values["waiting_since"] for found in imported("american_dates.csv")[1].rows]

    assert days == [dt.date(2026, 3, 4), dt.date(2025, 11, 2), dt.date(2026, 10, 31)]
    assert codes("american_dates.csv", 4) == [("age_given_under_18", "Age")]


def test_dates_that_are_unclear_are_named():
    said = [[code for code, _ in codes("unclear_dates.csv", number)] for number in range(2, 9)]

    assert said == [
        ["date_ambiguous"],
        [],
        ["date_impossible"],
        ["date_in_future"],
        ["date_without_day"],
        ["date_unreadable"],
        ["date_missing"],
    ]


def test_ticks_stand_for_their_headings():
    assert values("ticked_columns.xlsx", 2) == {
        "name": "Amal Issa",
        "phone": "+48600666001",
        "availability": ("mon-am", "mon-pm", "mon-eve", "sat-am"),
        "languages": (("en", 3), ("ar", 5)),
        "needs": ("housing",),
    }
    assert values("ticked_columns.xlsx", 3)["availability"] == ("wed-eve",)


def test_numbers_kept_as_text_and_texts_kept_as_numbers():
    phones = [found.values["phone"] for found in imported("numbers_and_texts.xlsx")[1].rows]

    assert phones == ["+48600777001", "+48600777002", "+48600777003", "12345"]
    assert values("numbers_and_texts.xlsx", 2)["birth_year"] == 1985
    assert codes("numbers_and_texts.xlsx", 3) == [("date_from_number", "Data zapisu")]
    assert imported("numbers_and_texts.xlsx")[1].columns[5].samples == ("50%", "100%", "25%")


def test_the_same_person_twice_is_pointed_out():
    found = imported("same_people_twice.xlsx")[1].duplicates

    assert [(pair.row, pair.earlier, pair.code) for pair in found] == [
        (3, 2, "duplicate_same_phone"),
        (5, 4, "duplicate_similar_name"),
        (7, 6, "duplicate_same_email"),
        (9, 8, "duplicate_same_name"),
        (12, 11, "duplicate_similar_name"),
    ]


def test_mentors_in_english():
    assert values("mentors_in_english.xlsx", 2) == {
        "first_name": "Grace",
        "last_name": "Hill",
        "name": "Grace Hill",
        "email": "grace@gmail.com",
        "gender": "woman",
        "languages": (("en", 5), ("pl", 4)),
        "online": True,
        "help_topics": ("work", "language"),
        "availability": ("tue-eve", "thu-eve"),
        "capacity": 2,
        "trained_until": dt.date(2026, 12, 31),
        "record_check_until": dt.date(2027, 5, 1),
    }
    assert codes("mentors_in_english.xlsx", 3) == [
        ("email_unreadable", "Email"),
        ("date_without_end", "DBS until"),
        ("date_ended", "Training until"),
    ]
    assert codes("mentors_in_english.xlsx", 4) == [
        ("topic_unknown", "Can help with"),
        ("count_unreadable", "How many mentees"),
    ]


def test_answers_of_an_online_form():
    assert values("form_answers.csv", 2) == {
        "waiting_since": dt.date(2026, 10, 1),
        "name": "Noor Ahmadi",
        "phone": "+48600999001",
        "languages": (("prs", 3), ("en", 1)),
        "availability": ("mon-eve", "tue-eve", "wed-eve", "thu-eve", "fri-eve"),
        "needs": ("school", "health"),
        "safe_to_write": False,
        "gender_wish": "woman_only",
    }
    assert codes("form_answers.csv", 3) == [
        ("language_unknown", "Which languages do you speak?"),
        ("availability_unknown", "When are you available?"),
        ("topic_unknown", "What help do you need?"),
    ]


def test_the_participants_kept_by_hand():
    report = imported("lista_uczestnikow.xlsx")[1]

    assert [(found.number, [r.code for r in found.remarks if r.severity == "correct"])
            for found in report.rows_to_correct] == [
        (44, ["name_missing"]),
        (74, ["date_impossible"]),
        (75, ["email_unreadable"]),
        (104, ["age_impossible"]),
        (105, ["age_under_18"]),
    ]  # fmt: skip
    assert [(part.first, part.last, part.why.value) for part in report.left_out] == [
        (1, 1, "title"),
        (2, 2, "blank"),
        (3, 3, "heading"),
        (124, 124, "blank"),
        (136, 136, "total"),
    ]
    assert [(pair.row, pair.earlier, pair.code) for pair in report.duplicates] == [
        (21, 8, "duplicate_same_phone"),
        (94, 93, "duplicate_same_name"),
    ]
    assert codes("lista_uczestnikow.xlsx", 114) == [("formula_without_result", "Uwagi")]
    assert values("lista_uczestnikow.xlsx", 11) == {
        "name": "добродій Пармен Оробець",
        "phone": "+48657290155",
        "email": "lukianmoskal@example.net",
        "birth_year": 1990,
        "age_band": "35-44",
        "languages": (("uk", 3), ("en", 4), ("pl", 1)),
        "place": "Wilda",
        "needs": ("offices", "recognition", "social"),
        "availability": ("mon-am", "tue-am", "wed-am"),
        "gender_wish": "man",
        "waiting_since": dt.date(2026, 7, 30),
        "note": "pracuje na zmiany",
    }


def test_the_participants_kept_by_hand_leave_nothing_unrecognised():
    said = {
        found.code for line in imported("lista_uczestnikow.xlsx")[1].rows for found in line.remarks
    }

    assert {code for code in said if code.endswith(("unknown", "unreadable"))} == {
        "email_unreadable"
    }
    assert all(
        "waiting_since" in line.values for line in imported("lista_uczestnikow.xlsx")[1].good_rows
    )


def test_the_mentors_kept_by_hand():
    report = imported("mentorzy.csv")[1]
    ended = [found.number for found in report.rows if found.remarks]
    lines = (HERE / "mentorzy.csv").read_bytes().splitlines()
    ends = (b"30.09.2026", b"01.10.2026")
    past = [at for at, line in enumerate(lines, start=1) if any(end in line for end in ends)]

    assert {found.code for line in report.rows for found in line.remarks} == {"date_ended"}
    assert ended == past
    assert values("mentorzy.csv", 9) == {
        "first_name": "Aniela",
        "last_name": "Bartocha",
        "name": "Aniela Bartocha",
        "email": "rozalia33@example.com",
        "phone": "+48505964713",
        "languages": (("pl", 3), ("ar", 3), ("uk", 3)),
        "online": True,
        "help_topics": ("housing", "school", "social"),
        "availability": EVENINGS,
        "capacity": 3,
        "trained_until": dt.date(2026, 12, 31),
    }


def test_fifty_thousand_rows_go_through():
    content = long_list(50_000)

    report = judged(read_table(content, "long.xlsx"))

    totals = report.totals
    assert (totals.read, totals.good, totals.to_correct, totals.left_out) == (50_001, 50_000, 0, 1)


def test_the_lists_kept_here_are_small():
    sizes = [path.stat().st_size for path in HERE.iterdir() if path.suffix in {".csv", ".xlsx"}]
    packed = [zipfile.is_zipfile(HERE / name) for name in LISTS if name.endswith(".xlsx")]

    assert (len(LISTS) >= 20, sum(sizes) < 1_500_000, all(packed)) == (True, True, True)
