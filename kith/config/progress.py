"""How far a piece of work is, in a file that the terminal and the waiting page both read."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

TABLES = "Preparing the database"
ASSETS = "Preparing style sheets and fonts"
PEOPLE = "Making up people"


@dataclass(frozen=True)
class Progress:
    """A step in words; share_percent where the step can tell; problem when it failed."""

    step: str = ""
    share_percent: int | None = None
    problem: str = ""

    def save(self, file: Path) -> None:
        draft = file.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(self)))
        draft.replace(file)

    @classmethod
    def load(cls, file: Path) -> "Progress":
        try:
            return cls(**json.loads(file.read_text()))
        except FileNotFoundError:
            return cls()
