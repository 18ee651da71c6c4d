"""Which of the two data folders people look at: the organisation's own, or the demo.

A small file in the data folder. The web pages write what is wanted, the supervisor reads it.
"""

from enum import StrEnum
from pathlib import Path

FILE = "choice"


class Place(StrEnum):
    OWN = "own"
    DEMO = "demo"


def chosen(file: Path) -> Place:
    try:
        return Place(file.read_text().strip())
    except (FileNotFoundError, ValueError):
        return Place.OWN


def choose(file: Path, place: Place) -> None:
    draft = file.with_suffix(".draft")
    draft.write_text(place.value)
    draft.replace(file)
