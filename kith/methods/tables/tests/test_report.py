"""Rows judged: good, to correct, left out; nothing lost, counts add up."""

import datetime as dt
import string

from hypothesis import given, settings
from hypothesis import strategies as st

from kith.methods import names
from kith.methods.tables import Kind, Mapping, check_rows, guess_mapping, read_table
from kith.methods.tables.remarks import COLUMN_SENTENCES, REMARKS, ROW_SENTENCES, remark
from kith.methods.tables.report import Totals
from kith.methods.tables.table import Why
from kith.methods.tables.targets import TARGETS, LeaveOut
from kith.methods.tables.tests.lists import TODAY, codes, csv_bytes, report, xlsx_bytes

M = Kind.MENTORS


def one(heading, cell, **options):
    """The only row of a list with a name and one more column."""
    return report([["Name", heading], ["Ana Kot", cell]], **options).rows[0]


def test_a_row_goes_in_when_nothing_must_be_corrected():
    found = report(
        [
            ["Imię i nazwisko", "Telefon", "Data zgłoszenia", "Rok ur."],
            ["Ana Kot", "600 111 222", "22/3/2026", "1985"],
            ["", "600 111 223", "31.02.2026", "ok. 1990"],
            [],
            ["Razem", "2"],
        ]
    )

    assert found.totals == Totals(read=5, good=1, to_correct=1, left_out=3)
    assert found.good_rows[0].values == {
        "name": "Ana Kot",
        "phone": "+48600111222",
        "waiting_since": dt.date(2026, 3, 22),
        "birth_year": 1985,
        "age_band": "35-44",
    }
    assert [(row.number, codes(row)) for row in found.rows_to_correct] == [
        (
            3,
            [
                ("date_impossible", "Data zgłoszenia"),
                ("year_about", "Rok ur."),
                ("name_missing", "Imię i nazwisko"),
            ],
        )
    ]


def test_first_and_last_names_make_a_name():
    rows = [["Nazwisko", "Imię", "Po батькові"], ["Kot", "Ana", ""], ["", "Ewa", ""], ["", "", "x"]]

    found = report(rows, mapping=Mapping({"Nazwisko": "last_name", "Imię": "first_name"}))

    assert [row.values.get("name") for row in found.rows] == ["Ana Kot", "Ewa", None]


def test_names_are_tidied_and_odd_ones_named():
    assert report([["Name"], ["  BAYDU   ÖZDIL "]]).rows[0].values["name"] == "BAYDU ÖZDIL"
    assert codes(report([["Name", "Tel"], ["123", "600 111 222"]]).rows[0]) == [
        ("name_not_readable", "Name")
    ]
    assert codes(report([["Name", "Tel"], ["Ana 2", "600 111 222"]]).rows[0]) == [
        ("name_odd", "Name")
    ]
    assert codes(report([["Name", "Tel"], ["A" * 300, "600 111 222"]]).rows[0]) == [
        ("text_cut", "Name")
    ]


def test_a_waiting_date_lies_in_the_past_twenty_years():
    assert codes(one("Waiting since", "1.12.2026")) == [("date_in_future", "Waiting since")]
    assert codes(one("Waiting since", "1.12.1999")) == [("date_long_ago", "Waiting since")]
    assert codes(one("Waiting since", "")) == [("date_missing", "Waiting since")]
    assert codes(one("Waiting since", "22.11.2026")) == []


def test_checks_of_mentors_that_have_ended_are_named():
    ended = one("Training until", "2026-11-21", kind=M)
    lasting = one("Training until", "2026-11-22", kind=M)
    endless = one("Training until", "bezterminowo", kind=M)

    assert codes(ended) == [("date_ended", "Training until")]
    assert (codes(lasting), lasting.values["trained_until"]) == ([], TODAY)
    assert codes(endless) == [("date_without_end", "Training until")]


def test_without_phone_and_address_there_is_no_way_to_write():
    assert codes(one("Telefon", "nieznany")) == [("no_contact", "")]
    assert codes(one("E-mail", "ola@@poczta")) == [("email_unreadable", "E-mail")]
    assert codes(one("Dzielnica", "Wilda")) == []


def test_what_is_not_understood_goes_to_the_note():
    found = report(
        [
            ["Name", "Telefon", "Języki", "Potrzeby", "Kiedy", "Dzieci", "Uwagi"],
            [
                "Ana Kot",
                "600 111 222 / 600 111 223",
                "polski, xyzzy",
                "zakupy",
                "kiedyś",
                "tak",
                "ma psa",
            ],
        ]
    ).rows[0]

    assert found.good is True
    assert found.values["note"] == (
        "Telefon: +48600111223\nJęzyki: polski, xyzzy\nPotrzeby: zakupy\n"
        "Kiedy: kiedyś\nDzieci: tak\nma psa"
    )


def test_a_phone_in_words_goes_to_the_note():
    found = one("Telefon", "u sąsiadki")

    assert (found.values.get("phone"), found.values["note"]) == (None, "Telefon: u sąsiadki")


def test_two_columns_for_one_field_are_joined_or_kept_in_the_note():
    rows = [
        ["Name", "Tel 1", "Tel 2", "Języki", "Inne", "Dzielnica", "Miasto"],
        ["Ana", "600 111 222", "600 111 223", "polski", "ukraiński, polski B2", "Wilda", "Poznań"],
        ["Ewa", "600 111 224", "600111224", "", "", "", "Poznań"],
    ]
    columns = {"Name": "name", "Tel 1": "phone", "Tel 2": "phone", "Języki": "languages"}
    mapping = Mapping({**columns, "Inne": "languages", "Dzielnica": "place", "Miasto": "place"})

    first, second = report(rows, mapping=mapping).rows

    assert codes(first) == [("second_value", "Tel 2")]
    assert (first.values["phone"], first.values["note"]) == ("+48600111222", "Tel 2: 600 111 223")
    assert (first.values["languages"], first.values["place"]) == (
        (("pl", 3), ("uk", 3)),
        "Wilda, Poznań",
    )
    assert codes(second) == []


def test_ticks_and_words_in_columns_of_a_list_stand_for_the_heading():
    found = report(
        [
            ["Name", "Monday", "Tuesday", "English", "Arabic", "Housing"],
            ["Ana Kot", "x", "18-20", "B2", "no", "yes"],
        ]
    ).rows[0]

    assert found.values == {
        "name": "Ana Kot",
        "availability": ("mon-am", "mon-pm", "mon-eve", "tue-eve"),
        "languages": (("en", 4),),
        "needs": ("housing",),
    }


def test_online_in_the_place_of_a_district_is_a_way_of_meeting():
    assert one("Dzielnica", "online").values == {"name": "Ana Kot", "online": True}
    assert one("Dzielnica", "Wilda / online").values == {
        "name": "Ana Kot", "online": True, "place": "Wilda",
    }  # fmt: skip
    assert one("Online", "stacjonarnie").values["online"] is False
    assert one("Online", "zdalnie").values["online"] is True
    assert one("Online", "nie").values["online"] is False
    assert codes(one("Dzielnica", "W" * 300)) == [("text_cut", "Dzielnica")]


def test_notes_are_kept_joined_cut_and_looked_through():
    two = report([["Name", "Uwagi", "Notatki"], ["Ana", "a", "b"], ["Ewa", "brak", "c"]]).rows
    long = one("Uwagi", "x" * 6000)

    assert [row.values["note"] for row in two] == ["Uwagi: a\nNotatki: b", "Notatki: c"]
    assert (len(long.values["note"]), codes(long)) == (5000, [("text_cut", "Uwagi")])
    assert codes(one("Uwagi", "muzułmanka, ma psa")) == [("note_origin", "Uwagi")]
    assert codes(one("Uwagi", "nosi chustę")) == [("note_origin", "Uwagi")]


def test_a_messenger_asked_for_in_the_note_is_taken_unless_a_column_says_otherwise():
    asked = one("Uwagi", "prosi o kontakt przez WhatsApp")
    told = report(
        [["Name", "Forma kontaktu", "Uwagi"], ["Ana", "sms", "prosi o kontakt przez WhatsApp"]]
    ).rows[0]

    assert (asked.values["contact_channel"], codes(asked)) == (
        ("whatsapp",),
        [("channel_from_note", "Uwagi")],
    )
    assert (told.values["contact_channel"], codes(told)) == (("sms",), [])
    assert asked.remarks[0].sentence == "The note asks for contact by WhatsApp."


def test_formulas_errors_and_damaged_letters_are_named():
    content = xlsx_bytes({"L": [["Name", "Uwagi", "Telefon"], ["Ana Kot", "=A1", "600 111 222"]]})
    found = read_table(content, "list.xlsx")
    checked = check_rows(
        found,
        guess_mapping(found, Kind.PARTICIPANTS),
        kind=Kind.PARTICIPANTS,
        today=TODAY,
        country="PL",
        names=names,
    )

    assert codes(checked.rows[0]) == [("formula_without_result", "Uwagi")]
    assert codes(one("Uwagi", "Za\ufffd\ufffd")) == [("characters_lost", "Uwagi")]


def test_given_names_in_two_columns_are_joined():
    rows = [["Nazwisko", "Imię", "Drugie imię"], ["Kot", "Ana", "Maria"]]

    assert report(rows).rows[0].values["name"] == "Ana Maria Kot"


def test_a_pair_of_words_that_many_share_says_nothing():
    crowd = [["Ana Kot", f"600 111 {number:03}"] for number in range(60)]

    found = report([["Name", "Telefon"], *crowd, ["Kot Ana", "600 111 059"]])

    assert (len(found.duplicates), found.duplicates[-1].code) == (60, "duplicate_same_phone")


def test_one_cell_alone_in_a_wide_list_has_to_be_looked_at():
    rows = [
        ["Name", "Tel", "Uwagi", "Kiedy"],
        ["Grupa druga"],
        ["Ana Kot", "600 111 222", "a", "po 17"],
    ]

    assert codes(report(rows).rows[0]) == [("no_contact", ""), ("row_one_cell", "")]
    assert codes(report([["Name", "Dzielnica"], ["Ana Kot", ""], ["Ewa", "x"]]).rows[0]) == []


def test_possible_doubles_are_named_on_both_rows_with_the_reason():
    found = report(
        [
            ["Name", "Telefon", "E-mail"],
            ["Olena Kowalczuk", "600 888 001", ""],
            ["Ковальчук Олена", "+48600888001", ""],
            ["Marta Zielińska", "600 888 004", "marta@wp.pl"],
            ["MARTA ZIELINSKA", "600 888 005", "Marta@wp.pl"],
            ["Marta Zielinska", "", "inna@wp.pl"],
            ["Hana Kabani", "600 888 002", ""],
            ["حنا القباني", "600 888 003", ""],
            ["Ana Maria Kot", "600 888 006", ""],
            ["Ana Kot", "600 888 006", ""],
            ["Jan Kot", "600 888 006", ""],
            ["Piotr Zalewski", "600 888 007", ""],
            ["Piotr Zalewska", "600 888 008", ""],
            ["Yusuf", "600 888 009", ""],
            ["يوسف", "600 888 010", ""],
            ["", "600 888 009", ""],
        ]
    )

    assert [(pair.row, pair.earlier, pair.code, pair.sure) for pair in found.duplicates] == [
        (3, 2, "duplicate_same_phone", True),
        (5, 4, "duplicate_same_email", True),
        (6, 4, "duplicate_same_name", False),
        (8, 7, "duplicate_similar_name", False),
        (10, 9, "duplicate_similar_same_contact", False),
        (13, 12, "duplicate_similar_name", False),
        (15, 14, "duplicate_same_name", False),
    ]
    assert codes(found.rows[0]) == [("duplicate_same_phone", "Name")]
    assert (found.rows[0].remarks[0].params, found.rows[1].remarks[0].params) == (
        {"row": 3},
        {"row": 2},
    )
    assert found.rows[0].good is True


def test_the_report_as_json_holds_no_value_of_a_person():
    found = report([["Name", "Telefon"], ["Ana Kot", "12"], ["", "600 111 222"], ["Razem", "2"]])

    assert found.to_dict() == {
        "kind": "participants",
        "read": 4,
        "good": 1,
        "to_correct": 1,
        "left_out": 2,
        "columns": [
            {"heading": "Name", "target": "name", "left_out": None},
            {"heading": "Telefon", "target": "phone", "left_out": None},
        ],
        "rows": [
            {
                "row": 2,
                "good": True,
                "remarks": [
                    {"code": "phone_unreadable", "column": "Telefon", "severity": "note"},
                ],
            },
            {
                "row": 3,
                "good": False,
                "remarks": [{"code": "name_missing", "column": "Name", "severity": "correct"}],
            },
        ],
        "rows_left_out": [
            {"first": 1, "last": 1, "why": "heading"},
            {"first": 4, "last": 4, "why": "total"},
        ],
    }


def test_every_code_has_a_sentence_whose_blanks_can_be_filled():
    for code, (_, sentence) in REMARKS.items():
        blanks = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
        filled = remark(code, **dict.fromkeys(blanks, "x")).sentence

        assert (filled[-1] in ".?", "{" in filled, "!" in filled) == (True, False, False)
    assert (set(COLUMN_SENTENCES), set(ROW_SENTENCES)) == (set(LeaveOut), set(Why))


def test_long_texts_are_shortened_in_remarks():
    assert len(str(remark("date_unreadable", text="x" * 500).params["text"])) == 80


cells = st.sampled_from(
    [
        "",
        "-",
        "Ana Kot",
        "600 111 222",
        "Razem",
        "polski",
        "31.02.2026",
        "a@@b",
        "Telefon",
        "2",
        "x",
    ]
)


@settings(deadline=None)
@given(st.lists(st.lists(cells, max_size=6), max_size=12), st.sampled_from(Kind))
def test_the_counts_always_add_up(rows, kind):
    headings = ["Name", "Telefon", "E-mail", "Data zapisu", "Języki", "Uwagi"]
    found = read_table(csv_bytes([headings, *rows]), "list.csv")

    checked = check_rows(
        found, guess_mapping(found, kind), kind=kind, today=TODAY, country="PL", names=names
    )

    totals = checked.totals
    assert totals.read == found.rows_read == totals.good + totals.to_correct + totals.left_out
    assert {key for row in checked.rows for key in row.values} <= set(TARGETS[kind])
