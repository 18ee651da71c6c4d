"""Papers as a second reader sees them: pypdf reads what Typst wrote."""

import json
import re
import struct
import zlib
from datetime import date

import pytest
import typst
from pypdf import PdfReader

from kith.web.papers import (
    Bullets,
    Column,
    Facts,
    Heading,
    Ladder,
    Lines,
    Paper,
    Paragraph,
    Picture,
    SignatureLine,
    Signatures,
    Table,
    Tick,
    Ticks,
    made,
    paper_answer,
    written,
)
from kith.web.papers import setting as papers_setting
from kith.web.papers.drawings import ladder_picture
from kith.web.papers.letters import (
    FAMILIES,
    UNKNOWN,
    direction,
    fonts,
    fonts_folder,
    letters_of,
    printable,
)
from kith.web.papers.setting import TEMPLATE, plain
from kith.web.tests.reading import figures, promises_ua, read, root_of, tags, text_of

FRIDAY = date(2026, 10, 30)
HOSTILE = (
    '#let x = 1 #panic("no") [a] *b* _c_ $x$ @ref <lab> `raw` ${y} \\ // /* */ '
    '#import "@preview/x:1.0.0" #read("/etc/passwd") = heading - item'
)


def _paper(*parts, language="en", **more) -> Paper:
    given = {
        "title": "Tandem agreement",
        "organisation": "Welcome House",
        "on": FRIDAY,
        "language": language,
        "parts": parts,
    }
    return Paper(**{**given, **more})


def _read(paper: Paper) -> PdfReader:
    return read(made(paper))


def test_a_paper_says_what_it_is_in_which_language_and_who_gives_it_out() -> None:
    reader = _read(_paper(Paragraph("We agree on this."), language="pl"))

    root = root_of(reader)
    assert reader.metadata.title == "Tandem agreement"
    assert reader.metadata.author == "Welcome House"
    assert root["/Lang"] == "pl"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert promises_ua(reader)
    assert "30 października 2026" in text_of(reader)
    assert "Strona 1 z 1" in text_of(reader)


def test_each_part_is_tagged_for_screen_readers() -> None:
    reader = _read(
        _paper(
            Heading("What we want"),
            Heading("More", level=3),
            Bullets(["one", "two"]),
            Ticks([Tick("I can call the school.", is_ticked=True)]),
            Facts([("Place", "Library")]),
            Table([Column("What"), Column("Cost", align="end")], [["Rent", "500"]]),
            Signatures([SignatureLine("Amina"), SignatureLine("Maria")]),
        )
    )

    found = tags(reader)
    assert [tag for tag in found if re.fullmatch(r"/H\d", tag)] == ["/H1", "/H2", "/H3"]
    assert found.count("/TH") == 2
    assert found.count("/TD") == 2
    assert found.count("/LI") == 2
    assert figures(reader) == ["ticked"]


def test_everything_that_is_given_stands_on_the_paper() -> None:
    reader = _read(
        _paper(
            Paragraph("An opening.", tone="lead"),
            Paragraph(written("My own words."), tone="said"),
            Paragraph("Small print.", tone="quiet"),
            Facts([("Place", "Library")]),
            Table([Column("What"), Column("Cost")], [["Rent", "500"]], ["All", "501"], 2),
            Lines(3, "Notes"),
            Signatures([SignatureLine(written("Amina"), note="today", typed="A. Khan")]),
            context=written("Amina and Maria"),
            note="The end.",
        )
    )

    said = text_of(reader)
    for words in (
        "Amina and Maria",
        "An opening.",
        "My own words.",
        "Small print.",
        "Place",
        "Library",
        "Rent",
        "501",
        "Notes",
        "A. Khan",
        "The end.",
    ):
        assert words in said


def test_what_people_write_is_never_markup() -> None:
    hostile = written(HOSTILE)
    parts = [
        Heading(hostile),
        Paragraph(hostile),
        Bullets([hostile]),
        Ticks([Tick(hostile)]),
        Facts([(hostile, hostile)]),
        Table([Column(hostile)], [[hostile]]),
        Lines(1, hostile),
        Signatures([SignatureLine(hostile, note=hostile, typed=HOSTILE)]),
    ]

    reader = _read(_paper(*parts, title=hostile, organisation=HOSTILE, context=hostile))

    # Spaces depend on where lines break; every sign is there as it was written.
    sign_by_sign = re.sub(r"\s", "", text_of(reader))
    assert sign_by_sign.count(re.sub(r"\s", "", HOSTILE)) >= len(parts)
    assert reader.metadata.title == HOSTILE
    assert promises_ua(reader)


def test_signs_without_a_shape_are_shown_as_one_honest_sign() -> None:
    said = "\x00\x07日本 \ue000 \u202eevil\ufeff ❤\ufe0f 😀 ሰላም გამარჯობა سلام"

    reader = _read(_paper(Paragraph(written(said))))

    assert printable(said) == f"{UNKNOWN}{UNKNOWN}  evil ❤ 😀 ሰላም გამარჯობა سلام"
    assert "ሰላም" in text_of(reader)
    assert promises_ua(reader)


def test_a_letter_that_comes_up_all_the_same_does_not_stop_the_paper(monkeypatch, caplog) -> None:
    monkeypatch.setattr(papers_setting, "printable", lambda text: text)

    reader = _read(_paper(Paragraph(written("日本 Amina"))))

    assert "Amina" in text_of(reader)
    assert root_of(reader)["/MarkInfo"]["/Marked"].value is True
    assert not promises_ua(reader)
    assert ["日" in record.getMessage() for record in caplog.records] == [False]


def test_a_fault_of_our_own_is_not_hidden(tmp_path) -> None:
    template = tmp_path / "broken.typ"
    template.write_text("#unknown")

    with pytest.raises(typst.TypstError):
        papers_setting.typeset(template, {})


def _glyphs(text: str, language: str) -> list[str]:
    """The shapes of one line as Typst draws them; the same form of a letter has the same name."""
    compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts())
    one, other = (
        {
            "paper": json.dumps(plain(_paper(*parts, language=language))),
            "families": json.dumps(FAMILIES),
        }
        for parts in ((Heading(text),), ())
    )
    with_text = _shapes(compiler.compile(format="svg", sys_inputs=one))
    without = _shapes(compiler.compile(format="svg", sys_inputs=other))
    head = next(
        (number for number, (a, b) in enumerate(zip(with_text, without, strict=False)) if a != b), 0
    )
    return with_text[head : head + len(with_text) - len(without)]


def _shapes(drawing: bytes | list[bytes]) -> list[str]:
    pages = drawing if isinstance(drawing, list) else [drawing]
    return [
        name for page in pages for name in re.findall(r'<use xlink:href="#(\w+)"', page.decode())
    ]


def test_arabic_letters_join_into_their_forms() -> None:
    # Ain begins, goes on and ends a word in three forms, and stands alone in a fourth.
    assert len(set(_glyphs("ععع ع", "ar"))) == 4

    # Lam and alef become one shape.
    assert len(_glyphs("لا", "ar")) == 1


def test_arabic_and_persian_words_are_found_in_the_file_as_they_were_written() -> None:
    said = text_of(
        _read(
            _paper(
                Heading(written("اتفاق الثنائي")),
                Paragraph(written("أستطيع الاتصال")),
                Paragraph(written("گفت‌وگو پژوهش چای")),
                language="ar",
            )
        )
    )

    words = {"اتفاق", "الثنائي", "أستطيع", "الاتصال", "پژوهش", "چای"}
    assert words <= set(said.split())


def test_persian_letters_stay_apart_where_the_writer_parts_them() -> None:
    joined, parted = _glyphs("میخواهم", "ar"), _glyphs("می\u200cخواهم", "ar")

    assert joined != parted
    assert len(set(_glyphs("گچپژ", "ar"))) >= 4


def test_a_paper_in_arabic_begins_at_the_right() -> None:
    places: dict[str, list[float]] = {"ar": [], "en": []}
    for language, found in places.items():
        page = _read(_paper(Paragraph("ظ"), title="ظ", language=language)).pages[0]
        page.extract_text(
            visitor_text=lambda text, cm, at, _font, _size, found=found: (
                found.append(cm[0] * at[4] + cm[4]) if text.strip() == "ظ" else None
            )
        )

    middle = 595 / 2
    assert places["ar"]
    assert all(place > middle for place in places["ar"])
    assert all(place < middle for place in places["en"])


def test_what_people_write_runs_the_way_of_its_first_letter() -> None:
    assert direction("12 (سلام) Kith", "ltr") == "rtl"
    assert direction("12 Kith سلام", "rtl") == "ltr"
    assert direction("12", "rtl") == "rtl"


def test_a_heading_of_a_part_without_its_section_becomes_the_section() -> None:
    reader = _read(_paper(Heading("First", level=3), Heading("Second", level=2)))

    assert [tag for tag in tags(reader) if re.fullmatch(r"/H\d", tag)] == ["/H1", "/H2", "/H2"]


def test_a_picture_says_what_is_seen() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>'

    reader = _read(_paper(Picture(drawing, "svg", "Eight steps", 40)))

    assert figures(reader) == ["Eight steps"]


def _png(*, width: int = 8, height: int = 8, packed: bytes | None = None) -> bytes:
    """A small grey picture, or one whose pieces do not fit."""
    grey = b"".join(b"\x00" + b"\x80" * width for _row in range(height))
    pieces = {
        b"IHDR": struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0),
        b"IDAT": zlib.compress(grey) if packed is None else packed,
        b"IEND": b"",
    }
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in pieces.items()
    )


def test_a_drawn_signature_stands_over_its_line() -> None:
    reader = _read(_paper(Signatures([SignatureLine("Amina", drawn=_png())])))

    assert figures(reader) == ["Signature"]


@pytest.mark.parametrize(
    "drawn",
    [
        b"GIF89a",
        _png()[:-20],
        _png().replace(b"IDAT", b"IDAX"),
        _png(packed=b"no deflate"),
        _png(packed=zlib.compress(b"\x00")[:-2]),
        _png(width=60_000, height=60_000, packed=zlib.compress(b"\x00" * 1000)),
    ],
)
def test_a_damaged_or_huge_drawing_is_named_and_does_not_stop_the_paper(drawn) -> None:
    reader = _read(_paper(Signatures([SignatureLine("Amina", drawn=drawn)])))

    assert figures(reader) == []
    assert "Drawn signature Amina" in text_of(reader)


def test_the_ladder_is_drawn_as_on_the_page_and_read_aloud() -> None:
    ladder = Ladder("I call the office myself.", now=3, before=2)

    reader = _read(_paper(Table([Column("Now")], [[ladder]])))
    left = ladder_picture(ladder, from_right=False).content.decode()
    right = ladder_picture(ladder, from_right=True).content.decode()

    assert figures(reader) == ["I call the office myself."]
    assert (left.count("#1f5c57"), left.count("#9cc4bd"), left.count("#eee7dd")) == (2, 1, 2)
    assert ("scale(-1 1)" in left, "scale(-1 1)" in right) == (False, True)


def test_a_long_table_repeats_its_headings_and_counts_the_pages() -> None:
    rows = [[f"row {number}", "1"] for number in range(120)]

    reader = _read(_paper(Table([Column("Subject of the row"), Column("Number")], rows)))

    assert len(reader.pages) >= 3
    assert all("Subject of the row" in page.extract_text() for page in reader.pages)
    last = len(reader.pages)
    assert f"Page {last} of {last}" in reader.pages[-1].extract_text()


def test_a_row_with_a_missing_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="one cell for each column"):
        Table([Column("One"), Column("Two")], [["alone"]])


def test_the_same_paper_is_the_same_file() -> None:
    paper = _paper(Paragraph("We agree on this."))

    assert made(paper) == made(paper)


def test_the_answer_names_the_kind_and_is_kept_by_nobody() -> None:
    answer = paper_answer(_paper(), name="tandem-agreement")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="tandem-agreement.pdf"'
    assert answer.headers["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("name", ["Amina Khan", "amina_khan", 'a"; x', "", "a-", "آمنه", "a.pdf"])
def test_a_name_that_is_no_word_of_the_code_is_refused(name) -> None:
    with pytest.raises(ValueError, match="no name for a file"):
        paper_answer(b"%PDF", name=name)


def test_letters_are_read_from_the_font_itself() -> None:
    latin = letters_of((fonts_folder() / "NotoSans-Regular.ttf").read_bytes())
    arabic = letters_of((fonts_folder() / "NotoSansArabic-Regular.ttf").read_bytes())

    assert {ord(letter) for letter in "ażЇα€"} <= latin
    assert ord("ع") not in latin
    assert {ord(letter) for letter in "عگپژیک"} <= arabic
    assert 0xFFFF not in latin
