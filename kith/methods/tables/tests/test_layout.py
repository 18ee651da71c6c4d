"""Which sheet is the list, which rows are headings, totals, remarks, blank."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.methods.tables import LeftOut, read_table
from kith.methods.tables.errors import EmptyFile
from kith.methods.tables.table import Why
from kith.methods.tables.tests.lists import csv_bytes, table, xlsx_bytes

HEADINGS = ["Imię i nazwisko", "Telefon", "Języki", "Potrzeby"]
ANA = ["Ana Kot", "600 111 222", "polski", "praca"]
EWA = ["Ewa Lis", "600 111 223", "ukraiński", "lekarz"]


def why(found):
    return [(part.first, part.last, part.why.value) for part in found.left_out]


def numbers(found):
    return [row.number for row in found.rows]


def test_a_plain_list_has_its_headings_first():
    found = table([HEADINGS, ANA, EWA])

    assert (found.heading_rows, numbers(found), why(found)) == ((1,), [2, 3], [(1, 1, "heading")])
    assert [column.heading for column in found.columns] == HEADINGS
    assert found.columns[1].samples == ("600 111 222", "600 111 223")


def test_titles_blanks_totals_and_remarks_are_told_apart():
    found = table(
        [
            ["Lista 2026"],
            [],
            [],
            HEADINGS,
            ANA,
            [],
            EWA,
            ["Razem", "2"],
            [],
            ["Sporządziła: Anna, 3.10.2026"],
            ["i nikt inny nie pisał tej listy"],
        ]
    )

    assert numbers(found) == [5, 7]
    assert why(found) == [
        (1, 1, "title"),
        (2, 3, "blank"),
        (4, 4, "heading"),
        (6, 6, "blank"),
        (8, 8, "total"),
        (9, 9, "blank"),
        (10, 10, "remark"),
        (11, 11, "remark"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        ["Razem: 131"],
        ["", "Suma", "2"],
        ["Total", "", "131", "12,5"],
        ["Gesamtzahl", "7"],
        ["Всього: 3"],
        ["المجموع", "3"],
        ["", "2", "3"],
    ],
)
def test_a_total_in_the_last_line_is_no_entry(row):
    rows = [*[HEADINGS, ANA, EWA], row]
    found = read_table(xlsx_bytes({"L": [[_number(cell) for cell in line] for line in rows]}), "l")

    assert (numbers(found), why(found)[-1]) == ([2, 3], (4, 4, "total"))


def _number(cell):
    return int(cell) if cell.isdigit() else cell or None


def test_a_person_whose_name_begins_like_a_total_stays():
    found = table(
        [HEADINGS, ANA, ["Suma Razema", "600", "polski", "praca"], ["Razem Kot", *EWA[1:]]]
    )

    assert numbers(found) == [2, 3, 4]


def test_a_name_alone_in_the_list_stays_for_people_to_judge():
    found = table([HEADINGS, ANA, ["Grupa druga"], EWA, ["Jan Kos"]])

    assert numbers(found) == [2, 3, 4, 5]


def test_a_line_outside_the_names_is_a_remark():
    found = table([["Lp.", *HEADINGS], ["1", *ANA], ["Grupa druga"], ["2", *EWA]])

    assert (numbers(found), why(found)[-1]) == ([2, 4], (3, 3, "remark"))
    assert found.left_out[-1] == LeftOut(3, 3, Why.REMARK, "Grupa druga")


def test_a_running_number_alone_is_a_blank_row():
    found = table([["Lp.", *HEADINGS], ["1", *ANA], ["2", "", "-", "brak", ""], ["3."]])

    assert (numbers(found), why(found)[-1]) == ([2], (3, 4, "blank"))


def test_headings_repeated_for_printing_are_no_entry():
    found = table([HEADINGS, ANA, HEADINGS, EWA])

    assert (numbers(found), why(found)[-1]) == ([2, 4], (3, 3, "heading"))


def test_a_list_without_headings_keeps_its_first_row():
    found = table([ANA, EWA])

    assert (found.heading_rows, numbers(found)) == ((), [1, 2])
    assert [column.heading for column in found.columns] == [
        "Column A",
        "Column B",
        "Column C",
        "Column D",
    ]


def test_headings_in_no_known_words_are_found_by_their_place():
    found = table([["Aaa", "Bbb", "Ccc"], ["x", "600 111 222", "3"], ["y", "600 111 223", "4"]])

    assert found.heading_rows == (1,)


def test_headings_can_be_told():
    rows = [HEADINGS, ANA, EWA]

    assert numbers(table(rows, heading_rows=())) == [1, 2, 3]
    assert [column.heading for column in table(rows, heading_rows=(2,)).columns] == ANA


def test_groups_above_and_below_the_headings_are_joined():
    above = table(
        [
            ["Osoba", "", "Kontakt", ""],
            ["Imię", "Nazwisko", "Telefon", "E-mail"],
            ["A", "B", "600 111 222", "a@b.pl"],
        ]
    )
    below = read_table(
        xlsx_bytes(
            {
                "L": [
                    ["Uczestnik", "Kontakt", None, "Uwagi"],
                    [None, "Telefon", "E-mail", None],
                    ["A", "600 111 222", "a@b.pl", "x"],
                ]
            },
            merges=[("L", "A1:A2"), ("L", "B1:C1"), ("L", "D1:D2")],
        ),
        "list.xlsx",
    )

    assert [column.heading for column in above.columns] == [
        "Osoba › Imię", "Osoba › Nazwisko", "Kontakt › Telefon", "Kontakt › E-mail",
    ]  # fmt: skip
    assert [column.heading for column in below.columns] == [
        "Uczestnik", "Kontakt › Telefon", "Kontakt › E-mail", "Uwagi",
    ]  # fmt: skip
    assert (above.heading_rows, below.heading_rows) == ((1, 2), (1, 2))


def test_a_title_merged_over_the_list_is_no_group():
    content = xlsx_bytes(
        {"L": [["Lista", None, None, None], HEADINGS, ANA]}, merges=[("L", "A1:D1")]
    )

    assert read_table(content, "list.xlsx").heading_rows == (2,)


def test_a_cell_merged_down_holds_for_each_row():
    content = xlsx_bytes(
        {
            "L": [
                HEADINGS,
                ["Ana Kot", "600 111 222", "polski", "praca"],
                ["Jan Kot", None, "polski", None],
            ]
        },
        merges=[("L", "B2:B3"), ("L", "D2:D3")],
    )

    found = read_table(content, "list.xlsx")

    assert found.rows[1].cells == ("Jan Kot", "600 111 222", "polski", "praca")


def test_headings_are_told_apart_when_they_repeat():
    found = table([["Name", "Date", "Date", ""], ["Ana", "1", "2", "x"]])

    assert [column.heading for column in found.columns] == ["Name", "Date", "Date (2)", "Column D"]


def test_the_list_is_the_visible_sheet_with_the_most_known_headings():
    content = xlsx_bytes(
        {
            "Old": [HEADINGS, *[ANA] * 9],
            "Read me": [["a", "b", "c"]] * 30,
            "New": [HEADINGS, ANA],
            "Newer": [HEADINGS, ANA, EWA],
        },
        hidden=["Old"],
    )

    found = read_table(content, "list.xlsx")

    assert (found.sheet.name, found.sheet_names) == ("Newer", ("Old", "Read me", "New", "Newer"))
    assert len(read_table(content, "list.xlsx", sheet="Old").rows) == 9


def test_an_empty_sheet_that_was_chosen_holds_no_list():
    content = xlsx_bytes({"List": [HEADINGS, ANA], "Empty": []})

    with pytest.raises(EmptyFile):
        read_table(content, "list.xlsx", sheet="Empty")


def test_a_heading_row_that_is_blank_gives_no_headings():
    assert table([HEADINGS, [], ANA], heading_rows=(2,)).columns[0].heading == "Column A"


def test_a_list_on_a_hidden_sheet_is_taken_when_there_is_no_other():
    content = xlsx_bytes({"Old": [HEADINGS, ANA], "Empty": []}, hidden=["Old"])

    assert read_table(content, "list.xlsx").sheet.name == "Old"


cells = st.sampled_from(["", "-", "Ana Kot", "600 111 222", "Razem", "polski", "1", "Telefon", "x"])


@settings(deadline=None)
@given(st.lists(st.lists(cells, max_size=5), min_size=1, max_size=12))
def test_every_row_is_an_entry_or_left_out(rows):
    content = csv_bytes([*rows, ["Ewa Lis", "600", "x"]])

    found = read_table(content, "list.csv")

    left_out = [number for part in found.left_out for number in range(part.first, part.last + 1)]
    assert sorted([*numbers(found), *left_out]) == list(range(1, found.rows_read + 1))
