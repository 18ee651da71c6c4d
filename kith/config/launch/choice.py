"""Which of the two data folders people look at: the organisation's own, or the demo.

A small file in the data folder. The web pages write what is wanted, the supervisor reads it and
says beside it how far the change is.
"""

import os
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext as _

from kith.config import options
from kith.config.progress import ASSETS, PEOPLE, TABLES, Progress

FILE = "choice"
VARIABLE = "KITH_CHOICE"


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


def change_file(file: Path) -> Path:
    return file.with_name("change.json")


# --- for the web pages, which know the file from their environment ------------------------------


def choose_demo() -> None:
    """Ask the supervisor for the demo."""
    _ask_for(Place.DEMO)


def choose_own() -> None:
    """Ask the supervisor for the organisation's own data folder."""
    _ask_for(Place.OWN)


def change_progress() -> Progress | None:
    """How far the change to the other folder is; None when there is none and the last succeeded."""
    file = _file()
    here = Place.DEMO if options.flag("KITH_DEMO") else Place.OWN
    progress = Progress.load(change_file(file))
    progress = replace(progress, step=_translated(progress.step))
    if chosen(file) != here:
        return progress
    return progress if progress.problem else None


def _translated(step: str) -> str:
    words = {
        TABLES: _("Preparing the database"),
        ASSETS: _("Preparing style sheets and fonts"),
        PEOPLE: _("Making up people"),
    }
    return words.get(step, "")


def _ask_for(place: Place) -> None:
    change_file(_file()).unlink(missing_ok=True)
    choose(_file(), place)


def _file() -> Path:
    return Path(os.environ[VARIABLE])
