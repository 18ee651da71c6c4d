"""The sheet that goes back, with a column of remarks."""

import io

from openpyxl import load_workbook

from kith.methods import names
from kith.methods.tables import (
    Kind,
    ReportWords,
    check_rows,
    guess_mapping,
    read_table,
    write_report_xlsx,
)
from kith.methods.tables.tests.lists import TODAY, csv_bytes, midnight, xlsx_bytes

PLAIN_WORDS = ReportWords()


def written(content, *, words=PLAIN_WORDS):
    """The sheet of remarks that a list gets, opened again."""
    table = read_table(content, "list")
    report = check_rows(
        table,
        guess_mapping(table, Kind.PARTICIPANTS),
        kind=Kind.PARTICIPANTS,
        today=TODAY,
        country="PL",
        names=names,
    )
    return load_workbook(io.BytesIO(write_report_xlsx(table, report, words=words))).active


def values(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_every_row_keeps_its_place_and_gets_its_remarks():
    content = xlsx_bytes(
        {
            "Lista": [
                ["Lista"],
                [],
                ["Name", "Telefon", "Data zapisu"],
                ["Ana Kot", "600 111 222", midnight(2026, 3, 2)],
                [None, "12", "31.02.2026"],
                [],
                ["Razem", 2],
            ]
        }
    )

    sheet = written(content)

    assert (sheet.title, sheet.freeze_panes) == ("Lista", "A4")
    assert values(sheet) == [
        ["Lista", None, None, None],
        [None, None, None, None],
        ["Name", "Telefon", "Data zapisu", "Remarks"],
        ["Ana Kot", "600 111 222", midnight(2026, 3, 2), None],
        [
            None,
            "12",
            "31.02.2026",
            (
                "To correct (Data zapisu): “31.02.2026” is no day of the calendar.\n"
                "To correct (Name): The name is missing.\n"
                "Please look (Telefon): “12” is no complete phone number. It is kept as written."
            ),
        ],
        [None, None, None, None],
        ["Razem", 2, None, "Not an entry: A total."],
    ]


def test_nothing_that_begins_like_a_formula_becomes_one():
    rows = [
        ["Name", "Telefon", "Uwagi"],
        ["=cmd|' /C calc'!A0", "+48600111222", "@SUM(1)"],
        ["-2+3", "\t=1", "x"],
    ]

    sheet = written(csv_bytes(rows))

    cells = [
        cell for row in sheet.iter_rows(min_row=2, max_col=3) for cell in row if cell.value != "x"
    ]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)] * 5
    assert [cell.value for cell in cells] == [*rows[1], "-2+3", "\t=1"]


def test_a_formula_without_a_result_goes_back_as_text():
    content = xlsx_bytes(
        {"L": [["Name", "Uwagi", "Tel"], ["Ana Kot", '=HYPERLINK("x")', "600 111 222"]]}
    )

    cell = written(content)["B2"]

    assert (cell.value, cell.data_type) == ('=HYPERLINK("x")', "s")


def test_signs_that_a_sheet_cannot_hold_are_dropped():
    sheet = written(b"Name;Telefon;Uwagi\nAna Kot;600 111 222;a\x08b")

    assert sheet["C2"].value == "ab"


def test_a_list_without_headings_gets_remarks_too():
    sheet = written(
        csv_bytes([["Ana Kot", "600 111 222", "praca"], ["Ana Kot", "600 111 222", "lekarz"]])
    )

    assert sheet["D1"].value == "Please look (Column A): Same name and phone number as row 2."


def test_the_words_can_be_those_of_the_reader():
    words = ReportWords(
        heading="Uwagi Kith",
        to_correct="Do poprawy",
        sheet="a/b",
        sentence=lambda found: found.code,
    )

    sheet = written(csv_bytes([["Name", "Telefon"], ["", "600 111 222"]]), words=words)

    assert (sheet.title, sheet["C1"].value, sheet["C2"].value) == (
        "a b",
        "Uwagi Kith",
        "Do poprawy (Name): name_missing",
    )
