"""Credentials in pictures, and pictures that are refused."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.methods.learning.credentials.baking import badge_picture, bake, taken_out
from kith.methods.learning.credentials.pictures import MOST_BYTES, BadPicture
from kith.methods.learning.tests.credentials import short, token

TOKEN = token()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'


def chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


HEAD = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
BODY = chunk(b"IDAT", zlib.compress(b"\0\0"))
END = chunk(b"IEND", b"")
PNG = HEAD + BODY + END


def text_chunk(rest: bytes, *, keyword: bytes = b"openbadgecredential") -> bytes:
    return chunk(b"iTXt", keyword + b"\0" + rest)


def svg(inner: str, *, attributes: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg"{attributes}>{inner}<g/></svg>'.encode()


@pytest.mark.parametrize("picture", [PNG, SVG, badge_picture("Safe in traffic")])
def test_a_credential_comes_out_as_it_went_in(picture) -> None:
    assert taken_out(bake(picture, TOKEN)) == TOKEN


@pytest.mark.parametrize("picture", [PNG, SVG])
def test_a_picture_holds_one_credential_only(picture) -> None:
    with pytest.raises(BadPicture, match="holds a credential already"):
        bake(bake(picture, TOKEN), TOKEN)


@pytest.mark.parametrize("picture", [PNG, SVG, b"", b"text", b"<html/>"])
def test_a_picture_without_a_credential_holds_none(picture) -> None:
    with pytest.raises(BadPicture):
        taken_out(picture)


def test_a_picture_that_is_too_large_is_not_looked_into() -> None:
    with pytest.raises(BadPicture, match="too large"):
        taken_out(bytes(MOST_BYTES + 1))


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_else(content) -> None:
    for picture in (content, HEAD + content, SVG[:-6] + content):
        with pytest.raises(BadPicture):
            taken_out(picture)


# our own


def test_our_own_picture_says_its_title_and_is_as_we_drew_it() -> None:
    drawn = badge_picture("Bikes & <signs>").decode()

    assert "<title>Bikes &amp; &lt;signs&gt;</title>" in drawn
    assert drawn.count("#1f5c57") == 1


# PNG


def test_the_credential_stands_before_the_end_and_the_picture_is_as_it_was() -> None:
    baked = bake(PNG, TOKEN)

    assert baked == HEAD + BODY + text_chunk(b"\0\0\0\0" + TOKEN.encode()) + END


def test_other_texts_and_named_languages_are_passed_by() -> None:
    other = text_chunk(b"\0\0\0\0no", keyword=b"comment")
    baked = HEAD + other + BODY + text_chunk(b"\0\0en\0badge\0" + TOKEN.encode()) + END

    assert taken_out(baked) == TOKEN


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (HEAD[:8], "has no end"),
        (HEAD[:18], "is cut off"),
        (HEAD + BODY, "has no end"),
        (PNG + BODY, "after the end"),
        (HEAD[:8] + BODY + END, "does not begin as one"),
        (HEAD + HEAD[8:] + END, "does not begin as one"),
        (PNG[:-1] + b"x", "damaged or cut off"),
        (HEAD + b"\xff\xff\xff\xffIDAT" + bytes(20), "damaged or cut off"),
        (HEAD + text_chunk(b"\0\0\0\0a") * 2 + END, "holds 2 credential"),
        (HEAD + text_chunk(b"\1\0\0\0" + zlib.compress(b"a")) + END, "is compressed"),
        (HEAD + text_chunk(b"\0\0") + END, "is damaged"),
        (HEAD + text_chunk(b"\0\0\0\0\xff") + END, "is damaged"),
        (HEAD + text_chunk(b"") + END, "is compressed"),
    ],
    ids=short,
)
def test_a_png_that_is_not_whole_is_refused(picture, said) -> None:
    with pytest.raises(BadPicture, match=said):
        taken_out(picture)


# SVG


def test_the_credential_stands_right_behind_the_first_tag() -> None:
    head = b'<?xml version="1.0"?><!-- <svg> --><svg xmlns="http://www.w3.org/2000/svg" id="a>b"'

    assert bake(head + b"><g/></svg>", TOKEN) == (
        head + b" "
        b'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">'
        b'<openbadges:credential verify="' + TOKEN.encode() + b'"></openbadges:credential>'
        b"<g/></svg>"
    )


def test_any_prefix_and_a_text_in_the_element_are_read() -> None:
    space = ' xmlns:ob="https://purl.imsglobal.org/ob/v3p0"'
    inner = '<ob:credential>\n<![CDATA[{"id": 1}]]>\n</ob:credential> outside'

    assert taken_out(svg(inner, attributes=space)) == '{"id": 1}'


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, "declares a document type"),
        (b'<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + SVG, "declares a document type"),
        (SVG[:-1], "not well formed"),
        (SVG.decode().encode("utf-16"), "not well formed"),
        (b"<svg><g/></svg>", "no SVG picture"),
        (svg("<g>" * 70 + "</g>" * 70), "too many levels"),
        (svg('<a xmlns="https://purl.imsglobal.org/ob/v3p0"><credential/><credential/></a>'),
         "holds 2 credential"),
    ],
    ids=short,
)  # fmt: skip
def test_an_svg_that_could_do_harm_is_refused(picture, said) -> None:
    with pytest.raises(BadPicture, match=said):
        taken_out(picture)
    with pytest.raises(BadPicture):
        bake(picture, TOKEN)


@pytest.mark.parametrize(
    ("picture", "what"),
    [
        (svg("<script>x</script>"), "script"),
        (svg("<style>@import 'x'</style>"), "style"),
        (svg("<g onclick='x'/>"), "onclick"),
        (svg("<image href='https://evil.example/x.png'/>"), "href"),
        (svg("<a href=' java\nscript:x'/>"), "href"),
        (svg("<g fill='url(https://evil.example/#a)'/>"), "fill"),
        (b"<?xml-stylesheet href='x'?>" + SVG, "<\\?xml-stylesheet\\?>"),
    ],
)
def test_a_picture_that_could_act_is_not_signed(picture, what) -> None:
    with pytest.raises(BadPicture, match=f"could act by itself: it has .*{what}"):
        bake(picture, TOKEN)


def test_a_picture_may_use_what_is_inside_it() -> None:
    picture = svg("<use href='#a'/><g fill='url(#b)'/><image href='data:image/png;base64,AA'/>")

    assert taken_out(bake(picture, TOKEN)) == TOKEN


def test_an_empty_picture_shows_nothing() -> None:
    with pytest.raises(BadPicture, match="nothing in this SVG"):
        bake(b'<svg xmlns="http://www.w3.org/2000/svg"/>', TOKEN)
