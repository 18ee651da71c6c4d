"""Writes the ugly lists beside this file: `python tests/imports/make_lists.py`.

Every list is made up, and made the same way each time, byte for byte. What each of them tries is
its docstring; what has to come out is in test_lists.py.
"""

import csv
import datetime as dt
import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

HERE = Path(__file__).parent
MADE_ON = (2026, 11, 20, 9, 0, 0)

Rows = list[list[object]]


def german_utf16_tabs() -> bytes:
    """UTF-16 with a mark, tabs, German headings and times."""
    return _csv(
        [
            [
                "Vorname",
                "Name",
                "Handy",
                "E-Mail",
                "Sprachen",
                "Wann verfügbar",
                "Bedarf",
                "Angemeldet am",
            ],
            [
                "Lena",
                "Groß",
                "0151 23456789",
                "lena@web.de",
                "Deutsch gut, Farsi",
                "Mo-Do ab 18 Uhr",
                "Wohnung",
                "1. März 2026",
            ],
            [
                "Süleyman",
                "Özdemir",
                "+49 30 1234567",
                "",
                "Türkisch Muttersprache / Deutsch A2",
                "Sa + So",
                "Arbeit, Ärztin",
                "12.04.2026",
            ],
            [
                "Jörg-Uwe",
                "Müller",
                "k.A.",
                "joerg@gmx.de",
                "Englisch fließend",
                "Di/Do nachmittags",
                "Kita",
                "15.10.2026",
            ],
        ],
        encoding="utf-16",
        delimiter="\t",
    )


def polish_sep_line() -> bytes:
    """UTF-8 with a mark and Excel's own first line that names the delimiter."""
    rows: Rows = [
        ["Imię i nazwisko", "Tel. kom.", "Języki", "Dzielnica", "Czeka od", "Uwagi"],
        ["Żaneta Łąk", "600 100 200", "polski, ang.", "Wilda", "od września", "woli sms"],
        [
            "Ołena Szewczenko",
            "600100201 / 500-200-300",
            "ukr., trochę pol.",
            "Jeżyce",
            "13.III.2026",
            "",
        ],
    ]
    return b"\xef\xbb\xbfsep=;\r\n" + _csv(rows, delimiter=";")


def ukrainian_cp1251() -> bytes:
    """Windows-1251, Ukrainian headings, patronymics in a column of their own."""
    return _csv(
        [
            [
                "Прізвище",
                "Ім'я",
                "По батькові",
                "Телефон",
                "Мови",
                "Потреби",
                "Доступність",
                "Дата звернення",
            ],
            [
                "Ковальчук",
                "Олена",
                "Іванівна",
                "+380 67 123 45 67",
                "українська, польська A1",
                "робота, лікар",
                "пн-пт після 18",
                "12 березня 2026",
            ],
            [
                "Ґереґа",
                "Їжак",
                "",
                "067 123 45 68",
                "українська рідна; англійська B1",
                "житло",
                "вихідні",
                "01.04.2026",
            ],
        ],
        encoding="cp1251",
        delimiter=";",
    )


def arabic_cp1256() -> bytes:
    """Windows-1256, Arabic headings and digits, commas."""
    return _csv(
        [
            [
                "الاسم الكامل",
                "رقم الهاتف",
                "اللغات",
                "الاحتياجات",
                "الأوقات",
                "تاريخ التسجيل",
                "الجنسية",
            ],
            [
                "محمد القباني",
                "+48 600 300 400",
                "العربية، الإنجليزية قليلا",
                "عمل، سكن",
                "مساء",
                "22/3/2026",
                "سوري",
            ],
            [
                "فاطمة حسن",
                "600300401",
                "العربية والفرنسية",
                "طبيب",
                "كل يوم بعد الظهر",
                "2026-04-01",
                "عراقية",
            ],
        ],
        encoding="cp1256",
    )


def polish_latin2_pipes() -> bytes:
    """ISO-8859-2 and pipes, a total and a signature at the end."""
    return _csv(
        [
            ["Lp.", "Nazwisko i imię", "Telefon", "Potrzeby", "Dostępność"],
            ["1", "Śliwa Józef", "61 852 10 20", "mieszkanie i urzędy", "pon-pt rano"],
            ["2", "Źrebiec Ąnna", "brak telefonu", "szkoła dla dzieci", "oprócz środy"],
            ["3", "", "", "", ""],
            ["", "RAZEM", "2", "", ""],
            ["", "Sporządziła: Ewa Kot, 3.10.2026", "", "", ""],
        ],
        encoding="iso8859-2",
        delimiter="|",
    )


def quoted_line_breaks() -> bytes:
    """Line breaks, quotes and delimiters inside quoted cells; a blank line in between."""
    text = (
        "Name,Phone,Languages,Notes\r\n"
        '"Brown, Josh",600 500 100,"English\nPolish A2","Said: ""call later"", twice"\r\n'
        "\r\n"
        '"O\'Neil\nMary","600 500 101","English; French",\r\n'
    )
    return text.encode()


def two_heading_rows() -> bytes:
    """Groups of columns merged above the headings, and a phone shared by a family, merged down."""
    rows: Rows = [
        ["Osoba", None, "Kontakt", None, "Zgłoszenie", None],
        ["Imię", "Nazwisko", "Telefon", "E-mail", "Data", "Potrzeby"],
        ["Ali", "Hassan", "600 700 800", "ali@wp.pl", dt.date(2026, 5, 4), "praca"],
        ["Sara", "Hassan", None, "sara@wp.pl", dt.date(2026, 5, 4), "lekarz"],
        ["Jan", "Kot", "600 700 801", None, dt.date(2026, 6, 1), "znajomi"],
    ]
    return _xlsx({"Lista": rows}, merges={"Lista": ["A1:B1", "C1:D1", "E1:F1", "C3:C4"]})


def sections_and_subtotals() -> bytes:
    """A merged title, groups inside the list, headings repeated for printing, subtotals."""
    headings: list[object] = ["Nr", "Uczestnik", "Telefon", "Dzielnica", "Data zapisu"]
    rows: Rows = [
        ["Mentoring – uczestnicy"],
        [],
        headings,
        ["Grupa poranna"],
        [1, "Adam Iwaniuk", "600 111 001", "Wilda", dt.date(2026, 1, 5)],
        [2, "Beata Los", "600 111 002", "Wilda", dt.date(2026, 1, 6)],
        ["Suma:", 2],
        headings,
        ["Grupa wieczorna"],
        [3, "Celina Mak", "600 111 003", "Rataje", dt.date(2026, 1, 7)],
        [4, None, None, None, None],
        [5, "Damian Nos", None, None, None],
        [],
        ["Razem", 3],
        ["* dane z ankiety"],
    ]
    return _xlsx({"Arkusz1": rows}, merges={"Arkusz1": ["A1:E1", "A4:E4", "A9:E9"]})


def year_1904() -> bytes:
    """Days counted from 1904, as old Macs did."""
    rows: Rows = [
        ["Name", "Email", "Waiting since", "Date of birth"],
        ["Ana Silva", "ana@gmail.com", dt.date(2026, 2, 3), dt.date(1990, 7, 8)],
        ["Rui Costa", "rui@gmial.com", dt.date(2026, 2, 28), dt.date(2009, 12, 24)],
    ]
    return _xlsx({"List": rows}, epoch_1904=True)


def formulas() -> bytes:
    """Formulas with a saved result, without one, with an error, and with an empty result."""
    rows: Rows = [
        ["Imię i nazwisko", "Telefon", "Języki", "Uwagi"],
        ["Eryk Bór", "600 222 001", "polski", '=A2&" - OK"'],
        ["Filip Cis", "600 222 002", "polski", '=HYPERLINK("http://example.invalid")'],
        ["Gustaw Dąb", "600 222 003", "=VLOOKUP(A4,X:Y,2)", None],
        ['="Hanna "&"Ejsmont"', "600 222 004", "polski", '=IF(1,"","")'],
        ["=Dane!A1", "600 222 005", "polski", None],
    ]
    results = {
        "D2": "<v>Eryk Bór - OK</v>", "C4": "<v>#N/A</v>",
        "A5": "<v>Hanna Ejsmont</v>", "D5": "<v></v>",
    }  # fmt: skip
    kinds = {"D2": "str", "C4": "e", "A5": "str", "D5": "str"}
    return _with_results(_xlsx({"Lista": rows}), results, kinds)


def hidden_and_other_sheets() -> bytes:
    """A hidden older list, a page of instructions and statistics around the list in use."""
    old: Rows = [["Name", "Phone", "Languages", "Needs", "Notes"]]
    old += [[f"Old Person {letter}", "600 000 000", "English", "work", ""] for letter in "ABCDEFGH"]
    return _xlsx(
        {
            "Archive": old,
            "Read me": [["Please fill in"], ["the list"], ["on the next page"]],
            "Participants": [
                ["Name", "Phone", "Languages", "Needs"],
                ["Iman Yusuf", "600 333 001", "Somali, English B1", "housing"],
                ["Kofi Mensah", "600 333 002", "English", "finding work"],
            ],
            "Stats": [["Month", "Number"], ["January", 4], ["February", 5], ["March", 7]],
        },
        hidden=("Archive",),
    )


def no_headings() -> bytes:
    """No headings at all: only what the cells hold tells the columns apart."""
    return _csv(
        [
            [
                "Ivan Petrenko",
                "600 444 001",
                "ivan@ukr.net",
                "ukraiński, polski",
                "praca",
                "wieczory",
            ],
            [
                "Julia Marchuk",
                "600 444 002",
                "julia@ukr.net",
                "ukraiński",
                "lekarz, urzędy",
                "po 17",
            ],
            [
                "Katia Bondar",
                "600 444 003",
                "katia@ukr.net",
                "rosyjski, ukraiński",
                "mieszkanie",
                "weekendy",
            ],
        ],
        delimiter=";",
    )


def forbidden_columns() -> bytes:
    """Nationality, religion, dress, passport; and a column that hides origin under another word."""
    return _xlsx(
        {
            "Lista": [
                [
                    "Imię i nazwisko",
                    "Telefon",
                    "Narodowość",
                    "Wyznanie",
                    "Nosi chustę?",
                    "Nr paszportu",
                    "Info",
                    "Uwagi",
                    "Kolor teczki",
                ],
                [
                    "Layla Haddad",
                    "600 555 001",
                    "Syria",
                    "islam",
                    "tak",
                    "N0123",
                    "Syria",
                    "ma kota",
                    "zielona",
                ],
                [
                    "Maryna Lis",
                    "600 555 002",
                    "Ukraina",
                    "prawosławna",
                    "nie",
                    "FE777",
                    "Ukraina",
                    "muzułmanka, pracuje na zmiany",
                    "żółta",
                ],
                [
                    "Nino Beridze",
                    "600 555 003",
                    "Gruzja",
                    "brak",
                    "nie",
                    "12AB",
                    "Gruzja",
                    None,
                    "zielona",
                ],
            ]
        }
    )


def american_dates() -> bytes:
    """Month first, as the third date shows; two-digit years."""
    return _csv(
        [
            ["Full name", "Cell", "Date registered", "Age"],
            ["Omar Aden", "(612) 555-0101", "3/4/2026", "34"],
            ["Paula Reyes", "612-555-0102", "11/2/25", "41"],
            ["Quinn Abel", "+1 612 555 0103", "10/31/2026", "17"],
        ]
    )


def unclear_dates() -> bytes:
    """Nothing tells days from months; a day that is none, a day to come, a month alone."""
    return _csv(
        [
            ["Uczestniczka", "E-mail", "Data zgłoszenia"],
            ["Renata Sowa", "renata@wp.pl", "4/3/2026"],
            ["Sabina Tur", "sabina@wp.pl", "5/5/2026"],
            ["Teresa Ul", "teresa@wp.pl", "31.02.2026"],
            ["Urszula Wąż", "ursa@wp.pl", "1.12.2026"],
            ["Wanda Żbik", "wanda@wp.pl", "wrzesień 2025"],
            ["Zofia Ara", "zofia@wp.pl", "kiedyś"],
            ["Zuzanna Bąk", "zuza@wp.pl", ""],
        ],
        delimiter=";",
    )


def ticked_columns() -> bytes:
    """A column for each weekday and language, ticked or with hours or a level."""
    return _xlsx(
        {
            "Week": [
                [
                    "Name",
                    "Phone",
                    "Monday",
                    "Wednesday",
                    "Saturday",
                    "English",
                    "Arabic",
                    "Housing",
                    "Work",
                ],
                ["Amal Issa", "600 666 001", "x", None, "10-12", "B1", "native", "yes", "no"],
                ["Bilal Omar", "600 666 002", None, "evening", None, "x", None, None, "x"],
            ]
        }
    )


def numbers_and_texts() -> bytes:
    """Phones as decimals, years as text, dates as plain numbers, a percentage, ages in words."""
    return _xlsx(
        {
            "Dane": [
                [
                    "Imię i nazwisko",
                    "Telefon",
                    "Rok urodzenia",
                    "Data zapisu",
                    "Dzieci",
                    "Obecność",
                ],
                ["Cezary Dom", 600777001.0, "1985", 46101, "dwoje: 3, 7", 0.5],
                ["Daria Elf", "600777002.0", 1990.0, "46102", "2 (5 i 9 lat)", 1],
                [
                    "Emil Fok",
                    48600777003,
                    "ok. 1990",
                    dt.datetime.combine(dt.date(2026, 3, 22), dt.time()),
                    "nie",
                    0.25,
                ],
                ["Fela Gil", "12345", "1890", "22.03.2026", 30, None],
            ]
        },
        percent_column="F",
    )


def same_people_twice() -> bytes:
    """One person in two scripts, in another order of names, with a slip, with another phone."""
    return _xlsx(
        {
            "Lista": [
                ["Imię i nazwisko", "Telefon", "E-mail"],
                ["Olena Kowalczuk", "600 888 001", "olena@ukr.net"],
                ["Ковальчук Олена", "+48600888001", None],
                ["Hana Kabani", "600 888 002", None],
                ["حنا القباني", "600 888 003", None],
                ["Marta Zielińska", "600 888 004", "marta@wp.pl"],
                ["MARTA ZIELINSKA", "600 888 005", "Marta@wp.pl"],
                ["Piotr Nowakowski", "600 888 006", None],
                ["Piotr Nowakowsky", None, None],
                ["Pioter Nowak", "600 888 006", None],
                ["Anna Maria Wójcik", "600 888 007", None],
                ["Anna Wójcik", "600 888 008", None],
                ["Anna Wojciechowska", "600 888 008", None],
            ]
        }
    )


def mentors_in_english() -> bytes:
    """Mentors; "Name" beside "Surname" is the first name; checks that ended or have no end."""
    return _xlsx(
        {
            "Mentors 2026": [
                [
                    "Name",
                    "Surname",
                    "Email",
                    "Gender",
                    "Speaks",
                    "Area",
                    "Can help with",
                    "Availability",
                    "How many mentees",
                    "Training until",
                    "DBS until",
                    "Notes",
                ],
                [
                    "Grace",
                    "Hill",
                    "grace@gmail.com",
                    "F",
                    "English native, Polish B2",
                    "online",
                    "CV and job search, Polish",
                    "Tue/Thu evenings",
                    "2",
                    "31/12/2026",
                    "2027-05-01",
                    "",
                ],
                [
                    "Henry",
                    "Irons",
                    "henry@gmail",
                    "",
                    "English",
                    "Wilda / online",
                    "everything",
                    "any time",
                    "max 3",
                    "2026-01-31",
                    "permanent",
                    "away in May",
                ],
                [
                    "Ines",
                    "Jonas",
                    "ines@gmail.com",
                    "prefer not to say",
                    "Portuguese",
                    "Rataje",
                    "juggling",
                    "weekends except Sunday",
                    "a lot",
                    "",
                    "",
                    "",
                ],
            ]
        }
    )


def form_answers() -> bytes:
    """Answers of an online form: time stamps, whole questions as headings."""
    return _csv(
        [
            [
                "Timestamp",
                "What is your full name?",
                "What is your phone number?",
                "Which languages do you speak?",
                "When are you available?",
                "What help do you need?",
                "Is it safe to write to you?",
                "Do you prefer a female or male mentor?",
            ],
            [
                "2026/10/01 8:15:22 PM GMT+2",
                "Noor Ahmadi",
                "+48 600 999 001",
                "Dari, English (a little)",
                "weekdays after 5pm",
                "School for children, Doctor",
                "No, my husband reads my phone",
                "woman only",
            ],
            [
                "2026/10/02 9:01:03 AM GMT+2",
                "Pedro Alves",
                "600999002",
                "Portuguese, klingonish",
                "when the children sleep",
                "Making friends, swimming",
                "Yes",
                "no preference",
            ],
        ]
    )


def formulas_as_text() -> bytes:
    """Cells that a spreadsheet program would run as formulas."""
    return _csv(
        [
            ["Imię i nazwisko", "Telefon", "Uwagi"],
            ["=cmd|' /C calc'!A0", "+48 600 123 001", "@SUM(1+1)"],
            ["Roman Sas", "600123002", "-2+3+cmd|' /C calc'!A0"],
            ["+Stefan Tok", "600123003", "\t=1+1"],
        ],
        delimiter=";",
    )


def stray_quote() -> bytes:
    """A quotation mark that is opened and never closed."""
    lines = ["Imię i nazwisko;Telefon;Uwagi", 'Ula "Kotek Zając;600 321 000;"pies i kot']
    first = ["Adam", "Beata", "Cezary", "Daria", "Emil", "Felicja", "Gustaw", "Helena"]
    last = ["Bocian", "Czapla", "Drozd", "Gil", "Kruk"]
    names = [f"{one} {two}" for one in first for two in last]
    lines += [f"{name};600 321 {at:03};bez uwag" for at, name in enumerate(names, start=1)]
    return "\r\n".join(lines).encode("cp1250")


LISTS: dict[str, Callable[[], bytes]] = {
    "german_utf16_tabs.csv": german_utf16_tabs,
    "polish_sep_line.csv": polish_sep_line,
    "ukrainian_cp1251.csv": ukrainian_cp1251,
    "arabic_cp1256.csv": arabic_cp1256,
    "polish_latin2_pipes.csv": polish_latin2_pipes,
    "quoted_line_breaks.csv": quoted_line_breaks,
    "two_heading_rows.xlsx": two_heading_rows,
    "sections_and_subtotals.xlsx": sections_and_subtotals,
    "year_1904.xlsx": year_1904,
    "formulas.xlsx": formulas,
    "hidden_and_other_sheets.xlsx": hidden_and_other_sheets,
    "no_headings.csv": no_headings,
    "forbidden_columns.xlsx": forbidden_columns,
    "american_dates.csv": american_dates,
    "unclear_dates.csv": unclear_dates,
    "ticked_columns.xlsx": ticked_columns,
    "numbers_and_texts.xlsx": numbers_and_texts,
    "same_people_twice.xlsx": same_people_twice,
    "mentors_in_english.xlsx": mentors_in_english,
    "form_answers.csv": form_answers,
    "formulas_as_text.csv": formulas_as_text,
    "stray_quote.csv": stray_quote,
}


def long_list(count: int) -> bytes:
    """An XLSX list of `count` rows, the same for the same count; not kept, made when tested."""
    chance = random.Random(count)  # noqa: S311 - made-up people, the same each time
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Lista")
    sheet.append(
        [
            "L.p.",
            "Imię i nazwisko",
            "Telefon",
            "E-mail",
            "Języki",
            "Potrzeby",
            "Kiedy",
            "Data zgłoszenia",
            "Uwagi",
        ]
    )
    for row in _people(chance, count):
        sheet.append(row)
    return _bytes(book)


def _people(chance: random.Random, count: int) -> Iterator[list[object]]:
    first = ["Olena", "Іван", "Maria", "محمد", "Yusuf", "Anna", "Наталія", "Adam", "Layla", "Piotr"]
    parts = [
        "Ko",
        "wal",
        "Szew",
        "czen",
        "Bar",
        "tos",
        "Mel",
        "nyk",
        "Za",
        "charz",
        "Du",
        "bo",
        "Li",
        "ma",
    ]
    languages = [
        "ukraiński, polski A2",
        "arabski",
        "rosyjski / polski (podst.)",
        "dari; angielski B1",
    ]
    needs = ["praca, mieszkanie", "lekarz", "urzędy, nauka polskiego", "szkoła dla dzieci"]
    times = ["wt/czw 18-20", "weekendy", "po 17", "pon-pt rano", "dowolnie"]
    for number in range(1, count + 1):
        made_up = "".join(chance.choices(parts, k=2)).capitalize()
        given = chance.choice([*first, made_up, made_up, made_up]) if number % 3 else made_up
        last = "".join(chance.choices(parts, k=4)).capitalize()
        day = dt.date(2026, 1, 1) + dt.timedelta(days=chance.randrange(300))
        yield [
            number, f"{given} {last}", f"{600_000_000 + number}",
            f"p{number}@example.org",
            chance.choice(languages), chance.choice(needs), chance.choice(times),
            chance.choice([day, day.strftime("%d.%m.%Y"), day.isoformat()]), None,
        ]  # fmt: skip


def _csv(rows: Rows, *, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


def _xlsx(
    sheets: dict[str, Rows],
    *,
    merges: dict[str, list[str]] | None = None,
    hidden: tuple[str, ...] = (),
    epoch_1904: bool = False,
    percent_column: str = "",
) -> bytes:
    book = Workbook()
    book.remove(book.active)
    if epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for area in (merges or {}).get(title, []):
            sheet.merge_cells(area)
        for cell in sheet[percent_column][1:] if percent_column else ():
            cell.number_format = "0%"
        sheet.sheet_state = "hidden" if title in hidden else "visible"
    book.active = next(at for at, title in enumerate(sheets) if title not in hidden)
    return _bytes(book)


def _bytes(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return _settled(buffer.getvalue())


def _settled(content: bytes, change: Callable[[str, bytes], bytes] | None = None) -> bytes:
    """The same package with fixed times and no compression, so that equal lists are equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in sorted(old.namelist()):
            text = re.sub(
                rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-11-20T09:00:00Z", old.read(part)
            )
            new.writestr(zipfile.ZipInfo(part, MADE_ON), change(part, text) if change else text)
    return buffer.getvalue()


def _with_results(content: bytes, results: dict[str, str], kinds: dict[str, str]) -> bytes:
    """Saved results put beside formulas, as a spreadsheet program would."""

    def change(part: str, text: bytes) -> bytes:
        if part != "xl/worksheets/sheet1.xml":
            return text
        page = text.decode()
        for place, result in results.items():
            page = re.sub(
                rf'<c r="{place}"[^>]*>(<f>.*?</f>)<v ?/>',
                rf'<c r="{place}" t="{kinds[place]}">\1{result}',
                page,
            )
        return page.encode()

    return _settled(content, change)


if __name__ == "__main__":
    for name, make in LISTS.items():
        (HERE / name).write_bytes(make())
