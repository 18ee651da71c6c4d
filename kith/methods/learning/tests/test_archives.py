"""Packages from elsewhere: hostile ones are refused with a reason."""

import io
import stat
import struct
import zipfile

import pytest

from kith.methods.learning.archives import (
    MIB,
    Limits,
    PackageRefused,
    looks_like_zip,
    open_package,
)


def packed(*files, method=zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of (name or ZipInfo, content)."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return found.getvalue()


def reason(content, limits=None) -> str:
    with pytest.raises(PackageRefused) as refused:
        open_package(content, *([limits] if limits else []))
    assert str(refused.value)
    return refused.value.reason


def test_a_harmless_package_gives_its_names_and_files(tmp_path) -> None:
    content = packed(("a/b.xml", "<x/>"), ("a/", ""), ("c.txt", "text"))
    path = tmp_path / "package.zip"
    path.write_bytes(content)

    for package in (open_package(content), open_package(path)):
        assert package.names == ("a/b.xml", "c.txt")
        assert package.read("a/b.xml") == b"<x/>"
        assert package.bytes_of("c.txt") == 4
        assert "c.txt" in package
        assert "a/" not in package
    assert looks_like_zip(content)
    assert not looks_like_zip(b"<quiz/>")


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/x", "c:x", "a\\..\\x"])
def test_names_that_lead_out_are_refused(name) -> None:
    assert reason(packed((name, "x"))) == "path_leads_out"


def test_a_name_with_a_zero_in_it_is_refused() -> None:
    assert reason(packed(("a_b.txt", "x")).replace(b"a_b.txt", b"a\0b.txt")) == "path_leads_out"


def test_links_are_refused() -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert reason(packed((link, "/etc/passwd"))) == "link"


@pytest.mark.parametrize("name", ["inner.zip", "inner.IMSCC", "x.tar"])
def test_packages_in_packages_are_refused(name) -> None:
    assert reason(packed((name, "x"))) == "nested"


def test_the_same_name_twice_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = packed(("a", "1"), ("a", "2"))

    assert reason(content) == "name_twice"


def test_what_unfolds_too_far_is_refused() -> None:
    assert reason(packed(("zeros", b"\0" * 3 * MIB))) == "unfolds_too_far"
    several = packed(*((f"{number}", b"x" * 1000) for number in range(5)))
    assert reason(several, Limits(unfolded_bytes=4000)) == "unfolds_too_far"


def test_too_many_files_and_too_many_bytes_are_refused(tmp_path) -> None:
    content = packed(*((f"{number}", "x") for number in range(5)))
    path = tmp_path / "package.zip"
    path.write_bytes(content)

    assert reason(content, Limits(files=4)) == "too_many_files"
    assert reason(content, Limits(bytes=10)) == "too_large"
    assert reason(path, Limits(bytes=10)) == "too_large"


def test_locked_files_are_refused() -> None:
    content = bytearray(packed(("a", "x")))
    at = content.index(b"PK\x01\x02")
    struct.pack_into("<H", content, at + 8, 1)

    assert reason(bytes(content)) == "locked"


def test_what_is_no_zip_is_refused() -> None:
    assert reason(b"PK\x03\x04 and no more") == "no_zip"


def test_a_file_that_lies_about_its_size_is_not_read() -> None:
    content = bytearray(packed(("a", b"x" * 5000), method=zipfile.ZIP_DEFLATED))
    at = content.index(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 24, 10)
    package = open_package(bytes(content))

    with pytest.raises(PackageRefused) as refused:
        package.read("a")

    assert refused.value.reason == "no_zip"


def test_a_damaged_file_a_large_one_and_a_missing_one_are_not_read() -> None:
    content = bytearray(packed(("a", "hello" * 20), method=zipfile.ZIP_STORED))
    content[content.index(b"hello")] = ord("j")
    package = open_package(bytes(content))

    for name, most, expected in (
        ("a", 1000, "no_zip"),
        ("a", 10, "unfolds_too_far"),
        ("b", 10, "missing"),
    ):
        with pytest.raises(PackageRefused) as refused:
            package.read(name, most=most)
        assert refused.value.reason == expected
    with pytest.raises(PackageRefused):
        package.bytes_of("b")


def test_where_it_is_allowed_a_package_within_is_a_file_like_others() -> None:
    content = packed(("inner.zip", packed(("x", "x"))))

    assert reason(content) == "nested"
    assert open_package(content, Limits(nested=True)).names == ("inner.zip",)
