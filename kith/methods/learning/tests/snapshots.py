"""What is expected of the files in data/, as JSON that people can read."""

import json
from pathlib import Path
from typing import Any

from kith.methods.learning.banks.bank import Bank
from kith.methods.learning.questions.stored import all_to_plain

DATA = Path(__file__).parent / "data"


def plain(bank: Bank) -> dict[str, Any]:
    return {
        "questions": all_to_plain(bank.questions),
        "categories": list(bank.categories),
        "notes": [f"{one.place}: {one.code}: {one.sentence}" for one in bank.notes],
    }


def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / name).read_text("utf-8"))
    return found
