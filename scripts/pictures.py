"""The pictures of the guides: taken by the journeys, chosen here.

scripts/pictures.py          take the chosen ones from screenshots/ into docs/pictures/
scripts/pictures.py check    fail when a guide shows a picture that is not chosen or not there
"""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHOTS = ROOT / "screenshots"
DOCS = ROOT / "docs"
PICTURES = DOCS / "pictures"

# The name in docs/pictures, and what a journey called it.
CHOSEN = {
    "today": "demo-en-wide-coordinator-",
    "coordinator-talk": "de_tandem-talk",
    "coordinator-ending": "de_tandem-ending",
    "mentor-today": "demo-en-phone-mentor-",
    "participant-map": "demo-en-phone-participant-progress-mine-",
    "participant-today": "demo-en-phone-participant-",
}
SHOWN = re.compile(r"pictures/([\w-]+)\.png")


def take() -> int:
    """Copy the chosen pictures; the journeys have to have run."""
    missing = [shot for shot in CHOSEN.values() if not (SHOTS / f"{shot}.png").exists()]
    if missing:
        print(f"Run make journeys first; not there: {', '.join(missing)}", file=sys.stderr)
        return 1
    PICTURES.mkdir(exist_ok=True)
    for name, shot in CHOSEN.items():
        shutil.copyfile(SHOTS / f"{shot}.png", PICTURES / f"{name}.png")
    return 0


def faults() -> list[str]:
    """What does not fit together: pages, pictures, and what is chosen."""
    pages = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
    shown = {name for page in pages for name in SHOWN.findall(page.read_text("utf-8"))}
    there = {path.stem for path in PICTURES.glob("*.png")}
    return [
        *(f"shown but not chosen: {name}" for name in sorted(shown - CHOSEN.keys())),
        *(f"shown but not there: {name}" for name in sorted(shown - there)),
        *(f"there but never shown: {name}" for name in sorted(there - shown)),
        *(f"chosen but never shown: {name}" for name in sorted(CHOSEN.keys() - shown)),
    ]


def check() -> int:
    """Print the faults; 1 when there are some."""
    found = faults()
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(check() if sys.argv[1:] == ["check"] else take())
