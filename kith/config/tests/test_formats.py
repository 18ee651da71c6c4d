"""docs/formats.md names every key that a program may read."""

import dataclasses
import re
from pathlib import Path

import pytest

from kith.config.doctor import Finding
from kith.config.tests.test_match_command import KEYS
from kith.gate.retention import Outcome
from kith.methods.instruments.findings import Finding as InstrumentFinding
from kith.methods.instruments.summary import Summary
from kith.methods.learning.banks.notes import Note
from kith.people.commands import ImportOutcome, RowReport

PAGE = Path(__file__).resolve().parents[3] / "docs" / "formats.md"


def names(*kinds: type) -> set[str]:
    return {field.name for kind in kinds for field in dataclasses.fields(kind)}


PROMISED = {
    "import": names(ImportOutcome, RowReport),
    "match": set(KEYS) | {"primal", "dual", "violation", "graph", "median", "p90", "unmatched_p90"},
    "audit": {"whole", "organisations", "organisation", "lines", "faults", "line", "kind", "event"},
    "retention": names(Outcome) | {"as_of", "dry_run", "organisations", "categories"},
    "instruments": names(InstrumentFinding, Summary) - {"params"}
    | {"file", "usable", "findings", "weight", "sentence"},
    "questions": names(Note) - {"params"}
    | {"file", "kind", "encoding", "taken", "kinds", "categories", "written", "notes", "weight"}
    | {"sentence", "problem", "reason"},
    "package": {
        "course",
        "format",
        "language",
        "screens",
        "questions",
        "bytes",
        "written",
        "faults",
    },
    "doctor": names(Finding) | {"ok", "well", "checks"},
}


def section(command: str) -> str:
    parts = re.split(r"^## `kith ", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    return next(part for part in parts if part.startswith(command))


@pytest.mark.parametrize("command", PROMISED)
def test_page_names_every_key(command: str) -> None:
    written = set(re.findall(r"`([a-z_0-9]+)`", section(command)))

    assert PROMISED[command] - written == set()
