"""What can be measured of the looks: contrast, the dark sets, the weight of a first load."""

import re
from itertools import pairwise, product
from pathlib import Path

import brotli
import pytest

WEB = Path(__file__).resolve().parent.parent
STATIC = WEB / "static" / "web"
CSS = (STATIC / "kith.css").read_text("utf-8")

FIRST_LOAD_BYTES = 100_000
PAGE_BYTES = (
    8_000  # a long signed-in page; what a real address weighs: scripts/measure_first_load.py
)
SCRIPT_FONT_BYTES = 60_000

# Each text colour with every ground it stands on.
PAIRS = [
    *product(["ink", "muted", "pine", "clay-text", "sky-text"], ["card", "paper"]),
    ("on-pine", "pine"),
    ("on-pine", "pine-deep"),
    ("on-clay", "clay"),
    ("pine", "pine-soft"),
    ("pine-deep", "pine-soft"),
    ("ink", "pine-soft"),
    ("muted", "pine-soft"),
    ("clay-text", "clay-soft"),
    ("ink", "clay-soft"),
    ("sky-text", "sky-soft"),
    ("ink", "sky-soft"),
]
# Borders of fields and steps of ladders are not text: 3 to 1.
EDGES = [("edge", "card"), ("pine", "step-open"), ("pine", "card")]


def tokens(selector: str, within: str = CSS) -> dict[str, str]:
    block = within[within.index(selector) :]
    block = block[: block.index("}")]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", block))


LIGHT = tokens(":root {")
DARK = tokens('[data-bs-theme="dark"] {')
AUTO = tokens('[data-bs-theme="auto"] {')


def luminance(colour: str) -> float:
    channels = [int(colour[start:end], 16) / 255 for start, end in pairwise((1, 3, 5, 7))]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(theme, text, ground):
    assert contrast(theme[text], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_fields_and_steps_can_be_seen(theme, edge, ground):
    assert contrast(theme[edge], theme[ground]) >= 3


def test_dark_by_choice_and_dark_by_device_are_the_same():
    assert AUTO == DARK


def test_each_colour_has_a_dark_one():
    assert set(LIGHT) == set(DARK)


def test_our_style_is_written_for_both_directions():
    sides = re.findall(r"[\s{;]((?:margin|padding|border)-(?:left|right)|left|right)\s*:", CSS)

    assert sides == []


def packed(*names: str) -> int:
    missing = [name for name in names if not (STATIC / name).is_file()]
    assert not missing, f"Run scripts/frontend.py first: {missing}"
    return sum(len(brotli.compress((STATIC / name).read_bytes())) for name in names)


@pytest.mark.parametrize("tabler", ["vendor/tabler.min.css", "vendor/tabler.rtl.min.css"])
def test_a_first_load_stays_below_100_kilobytes(tabler):
    files = packed(tabler, "kith.css", "vendor/fonts.css", "vendor/htmx.min.js", "kith.js")

    assert files + PAGE_BYTES <= FIRST_LOAD_BYTES


@pytest.mark.parametrize(
    "files", [("latin", "latin-ext"), ("cyrillic",), ("arabic",)], ids=" ".join
)
def test_the_fonts_of_a_script_stay_below_60_kilobytes(files):
    sizes = [(STATIC / "vendor" / "fonts" / f"{name}.woff2").stat().st_size for name in files]

    assert 0 < sum(sizes) <= SCRIPT_FONT_BYTES


def test_fonts_never_hold_up_the_page():
    faces = (STATIC / "vendor" / "fonts.css").read_text("utf-8").strip().splitlines()

    assert ["font-display:swap" in face for face in faces] == [True] * 4


def test_pages_hold_no_inline_script_style_or_handler():
    pages = list((WEB / "templates").rglob("*.html"))
    found = [
        (page.name, match)
        for page in pages
        for match in re.findall(
            r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", page.read_text("utf-8")
        )
    ]

    assert (len(pages) > 40, found) == (True, [])


def test_pages_load_nothing_from_elsewhere():
    files = [*(WEB / "templates").rglob("*.html"), STATIC / "kith.css", STATIC / "kith.js"]

    found = [
        file.name
        for file in files
        if re.search(r"(?:src|href|url\()=?[\"']?https?:", file.read_text("utf-8"))
    ]

    assert found == []
