"""What a phone writes beside a picture goes; the picture stays as it is."""

import pytest

from kith.base.files import JPEG, PDF, PNG, kind_of
from kith.base.pictures import PictureBroken, without_traces
from kith.base.tests.pictures import PLACE, chunk, exif, jpeg, png, segment

DRAWN = b"\x3f\xff\x00\x3f\xff\xd0\x3f"


def marks(content):
    """The marks of a JPEG up to what is drawn."""
    found, at = [], 2
    while content[at + 1] != 0xDA:
        found.append(content[at + 1])
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return found


def test_place_time_and_names_leave_a_jpeg_and_what_is_drawn_stays() -> None:
    kept = without_traces(jpeg(note=exif(1), behind=b"a second picture" + PLACE), JPEG)

    assert PLACE not in kept
    assert b"Olena" not in kept
    assert marks(kept) == [0xE0, 0xDB, 0xC0, 0xC4, 0xC4]
    assert kept.endswith(DRAWN + b"\xff\xd9")
    assert kind_of(kept) == JPEG


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_picture_that_was_turned_stays_upright(order) -> None:
    kept = without_traces(jpeg(note=exif(6, order)), JPEG)

    assert marks(kept) == [0xE0, 0xE1, 0xDB, 0xC0, 0xC4, 0xC4]
    assert kept.count(b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06") == 1
    assert PLACE not in kept
    assert without_traces(kept, JPEG) == kept


@pytest.mark.parametrize("note", [exif(None), exif(9), b"Exif\x00\x00II*\x00\xff\xff\xff\x7f", b""])
def test_a_note_that_says_no_turn_leaves_nothing(note) -> None:
    assert 0xE1 not in marks(without_traces(jpeg(note=note), JPEG))


def test_a_small_picture_inside_the_first_part_goes_too() -> None:
    head = b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01"
    with_small = jpeg().replace(
        segment(0xE0, head + b"\x00\x00"), segment(0xE0, head + b"\x01\x01abc")
    )

    assert segment(0xE0, head + b"\x00\x00") in without_traces(with_small, JPEG)


def test_notes_leave_a_png_and_what_is_drawn_stays() -> None:
    kept = without_traces(png(behind=PLACE), PNG)

    assert [PLACE in kept, b"Olena" in kept, b"tIME" in kept] == [False, False, False]
    assert kept == png().replace(chunk(b"tEXt", b"Author\x00Olena"), b"").replace(
        chunk(b"eXIf", exif()[6:]), b""
    ).replace(chunk(b"tIME", b"\x07\xea\x0b\x1e\x0c\x00\x00"), b"")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\xd8\xff\xe0 a picture", JPEG),
        (jpeg()[:-9], JPEG),
        (jpeg()[:40], JPEG),
        (b"\xff\xd8\xff\xd9", JPEG),
        (jpeg(size=(0, 8)), JPEG),
        (jpeg(size=(60_000, 60_000)), JPEG),
        (png()[:-8], PNG),
        (png()[:20], PNG),
        (png(size=(60_000, 60_000)), PNG),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""), PNG),
    ],
)
def test_what_is_no_picture_is_refused(content, kind) -> None:
    with pytest.raises(PictureBroken):
        without_traces(content, kind)


def test_other_kinds_stay_as_they_are() -> None:
    assert without_traces(b"%PDF-1.7", PDF) == b"%PDF-1.7"
