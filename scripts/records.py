"""Write the pages that come from the code; with --check only say which are out of date."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    only_check = parser.parse_args().check
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
    django.setup()
    stale = [place for place, text in _pages() if _differs(place, text)]
    for place, text in _pages():
        if place in stale and not only_check:
            (ROOT / place).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / place).write_text(text, "utf-8")
    for place in stale:
        print(f"{place} is out of date: run make records." if only_check else f"Wrote {place}.")
    return 1 if stale and only_check else 0


def _pages() -> list[tuple[str, str]]:
    from kith.config.records import RECORDS

    pages: dict[str, Callable[[], str]] = RECORDS
    return [(place, write().rstrip() + "\n") for place, write in pages.items()]


def _differs(place: str, text: str) -> bool:
    file = ROOT / place
    return not file.exists() or file.read_text("utf-8") != text


if __name__ == "__main__":
    sys.exit(main())
