"""The player's script stands before every script of a page."""

import pytest

from kith.methods.learning.packages.injecting import with_script

TAG = '<script src="/x.js"></script>'


@pytest.mark.parametrize(
    ("page", "dressed"),
    [
        ("<html><head><script>a</script>", f"<html><head>{TAG}<script>a</script>"),
        (
            "<!doctype html><HTML lang=pl><HEAD\n class='a'>",
            f"<!doctype html><HTML lang=pl><HEAD\n class='a'>{TAG}",
        ),
        ("<!-- <head> --><html><head><title>", f"<!-- <head> --><html><head>{TAG}<title>"),
        ("<html><header>x</header>", f"<html>{TAG}<header>x</header>"),
        ("<!DOCTYPE html><title>x</title>", f"<!DOCTYPE html>{TAG}<title>x</title>"),
        ("<script>a</script><head>", f"{TAG}<script>a</script><head>"),
        (
            '<?xml version="1.0"?><html xmlns="x"><head/>',
            f'<?xml version="1.0"?><html xmlns="x">{TAG}<head/>',
        ),
        ("words only", f"{TAG}words only"),
        ("", TAG),
    ],
)
def test_the_script_comes_first(page, dressed) -> None:
    assert with_script(page.encode(), "/x.js").decode() == dressed


def test_marks_of_utf_8_stay_first_and_utf_16_becomes_utf_8() -> None:
    page = "<html><head><title>Żółć</title>"
    dressed = f"\ufeff<html><head>{TAG}<title>Żółć</title>".encode()

    assert with_script(page.encode("utf-8-sig"), "/x.js") == dressed
    assert with_script(page.encode("utf-16"), "/x.js") == dressed


def test_signs_of_an_address_do_no_harm() -> None:
    assert with_script(b"", '/"><img>') == b'<script src="/&quot;&gt;&lt;img&gt;"></script>'
