"""Files of all kinds: what is read, and the sentence for what is not."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.methods.tables import UnreadableTable, errors, read_table
from kith.methods.tables.encoding import guess_encoding
from kith.methods.tables.read import read_workbook
from kith.methods.tables.read_xlsx import MOST_UNPACKED_BYTES
from kith.methods.tables.tests.lists import csv_bytes, xlsx_bytes

ROWS = [["Name", "Phone"], ["Ana", "600111222"], ["Rui", "600111223"]]


def zipped(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_part(content, name, text):
    """An xlsx with one part replaced or added."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    return zipped({**parts, name: text})


def locked(content):
    """The zip with every part marked as encrypted."""
    marked = bytearray(content)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(sign)
        while at >= 0:
            marked[at + place] |= 1
            at = content.find(sign, at + 1)
    return bytes(marked)


def damaged(content):
    """The zip with the first bytes of each packed part overwritten."""
    spoiled = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.infolist():
            begin = part.header_offset + 30 + len(part.filename)
            spoiled[begin : begin + 2] = b"\xff\xff"
    return bytes(spoiled)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500
GOOD = xlsx_bytes({"List": ROWS})


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", errors.EmptyFile),
        (b" \r\n\r\n", errors.EmptyFile),
        (b";;;\n;;;\n", errors.EmptyFile),
        ("\xa0;\xa0\n\xa0;\xa0\n".encode(), errors.EmptyFile),
        (xlsx_bytes({"List": []}), errors.EmptyFile),
        (OLE, errors.OldExcelFile),
        (OLE + "EncryptedPackage".encode("utf-16-le"), errors.EncryptedFile),
        (b"%PDF-1.7", errors.NotAListFile),
        (b"<html><table><tr><td>Name</td></tr></table></html>", errors.NotAListFile),
        (bytes(range(256)) * 20, errors.NotAListFile),
        (zipped({"word/document.xml": "<w/>"}), errors.NotAListFile),
        (zipped({"content.xml": "<office/>"}), errors.OtherSpreadsheet),
        (zipped({"xl/workbook.bin": "x"}), errors.OtherSpreadsheet),
        (with_part(GOOD, "xl/vbaProject.bin", "x"), errors.FileWithMacros),
        (with_part(GOOD, "xl/media/zeros", b"\0" * (MOST_UNPACKED_BYTES + 1)), errors.FileTooLarge),
        (with_part(GOOD, "xl/workbook.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), UnreadableTable),
        (with_part(GOOD, "xl/worksheets/sheet1.xml", "<worksheet><sheetData>"), UnreadableTable),
        (with_part(GOOD, "xl/workbook.xml", "<broken"), UnreadableTable),
        (GOOD[: len(GOOD) // 2], UnreadableTable),
        (locked(GOOD), UnreadableTable),
        (damaged(GOOD), UnreadableTable),
        (b"PK\x03\x04 and nothing more", UnreadableTable),
    ],
)
def test_a_file_that_cannot_be_read_says_why_in_one_sentence(content, error):
    with pytest.raises(UnreadableTable) as raised:
        read_table(content, "list.xlsx")

    assert type(raised.value) is error
    assert str(raised.value) == error.sentence


@pytest.mark.parametrize("content", [GOOD, csv_bytes(ROWS)])
def test_more_rows_than_allowed_are_refused(content):
    with pytest.raises(errors.TooManyRows) as raised:
        read_table(content, "list", most_rows=2)

    assert str(raised.value) == "This list has more than 2 rows. Split it into smaller files."
    assert len(read_table(content, "list", most_rows=3).rows) == 2


def test_a_sheet_that_is_not_there_is_named():
    with pytest.raises(errors.NoSuchSheet) as raised:
        read_table(GOOD, "list.xlsx", sheet="Other")

    assert raised.value.params == {"sheet": "Other"}


def test_every_error_has_its_own_code():
    classes = [UnreadableTable, *UnreadableTable.__subclasses__()]

    assert len({found.code for found in classes}) == len(classes) == 10


POLISH = "Imię i nazwisko;Zażółć gęślą jaźń\r\nŻaneta Źdźbło;Łódź\r\nŚwiętosława Ćma;Ńą"
UKRAINIAN = "Прізвище;Ім'я\r\nКовальчук;Їжакевич\r\nҐереґа;Єлизавета"
RUSSIAN = "Фамилия;Имя\r\nКузнецова;Ольга\r\nЁлкин;Пётр"
ARABIC = "الاسم;الهاتف\r\nمحمد القباني;٦٠٠\r\nفاطمة حسن;٦٠١"
GERMAN = "Name;Ort\r\nJürgen Groß;Köln\r\nÄnne Öhler;Fürth"
TURKISH = "Ad;Soyad\r\nGülşah;Yıldız\r\nİbrahim;Çağlar"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (POLISH, "utf-8"),
        (POLISH, "utf-8-sig"),
        (POLISH, "utf-16"),
        (POLISH, "utf-16-le"),
        (POLISH, "utf-16-be"),
        (POLISH, "utf-32"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859-2"),
        (POLISH, "cp852"),
        (UKRAINIAN, "cp1251"),
        (UKRAINIAN, "koi8-u"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "cp866"),
        (ARABIC, "utf-16"),
        (ARABIC.replace("٦٠٠", "600").replace("٦٠١", "601"), "cp1256"),
        (GERMAN, "cp1252"),
        (TURKISH, "cp1254"),
        ("Name;Town\r\nAna;Rye", "utf-8"),
    ],
)
def test_the_letters_tell_the_encoding(text, encoding):
    content = text.encode(encoding)

    assert content.decode(guess_encoding(content)).lstrip("\ufeff") == text


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    rows = [["Name", "Note, long", "Phone"], ["Ana", "a, b", "1"], ["Rui", "c; d", "2"]]

    book = read_workbook(csv_bytes(rows, delimiter=delimiter), "list.csv")

    assert (book.delimiter, [list(row.cells) for row in book.sheets[0].rows]) == (delimiter, rows)


@pytest.mark.parametrize("sign", [";", "\t", ","])
def test_a_first_line_that_names_the_delimiter_is_no_row(sign):
    content = f"sep={sign}\r\nName{sign}Note\r\nAna{sign}x".encode()

    book = read_workbook(content, "list.csv")

    assert [row.cells for row in book.sheets[0].rows] == [("Name", "Note"), ("Ana", "x")]
    assert book.sheets[0].rows[0].number == 1


def test_percentages_errors_and_damaged_results_of_formulas():
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="str"><f>B1</f><v></v></c><c r="B1" t="e"><v>#REF!</v></c>'
        '<c r="C1"><f>1+1</f></c><c r="D1" t="str"><v>x_x000D_</v></c><c r="E1"><v>1.5</v></c>'
        "</row></sheetData></worksheet>"
    )

    row = read_workbook(with_part(GOOD, "xl/worksheets/sheet1.xml", sheet), "l").sheets[0].rows[0]

    assert row.cells == (None, None, None, "x", 1.5)
    assert row.formulas == {1: "#REF!", 2: "=1+1"}


def test_many_blank_rows_before_the_list_do_not_hide_the_delimiter():
    book = read_workbook(b";;\r\n" * 100 + b"Name;Note, long;Phone\r\nAna;a, b;1\r\n", "list.csv")

    assert (book.delimiter, [row.number for row in book.sheets[0].rows]) == (";", [101, 102])


def test_one_column_needs_no_delimiter():
    book = read_workbook(b"Name\nAna\nRui\n", "list.csv")

    assert [row.cells for row in book.sheets[0].rows] == [("Name",), ("Ana",), ("Rui",)]


def test_a_cell_with_line_breaks_is_one_cell_and_a_stray_quote_swallows_nothing():
    kept = read_workbook(b'a;b;c\n"x\ny";1;2\n', "list.csv")
    stray = read_workbook(b'a;b;c\nx;"y;2\nz;1;2\n', "list.csv")

    assert kept.sheets[0].rows[1].cells == ("x\ny", "1", "2")
    assert [row.cells for row in stray.sheets[0].rows[1:]] == [("x", '"y', "2"), ("z", "1", "2")]


def test_a_cell_as_long_as_a_book_is_no_list():
    with pytest.raises(UnreadableTable):
        read_workbook(b"a;b;c\nx;" + b"y" * 200_000 + b";2\n", "list.csv")


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    with suppress(UnreadableTable):
        found = read_table(content, "anything")

        assert found.rows_read == len(found.rows) + sum(part.count for part in found.left_out)
