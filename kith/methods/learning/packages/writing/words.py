"""What an exported course says beside its own texts, in the language of the export."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kith.methods.learning.courses.blocks import Labels
from kith.methods.learning.questions.schema import ENGLISH

FILE = Path(__file__).parent / "words.toml"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "prs", "ps", "ur", "he", "ku", "ckb", "ug"})


@cache
def _all() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(FILE.read_text("utf-8"))


def words_in(language: str) -> Mapping[str, str]:
    """The words of a language; the English ones where it has none."""
    return _all().get(language, _all()[ENGLISH])


def labels_in(language: str) -> Labels:
    """What the boxes of a text are called."""
    words = words_in(language)
    return Labels(
        answer=words["answer"],
        example=words["box_example"],
        note=words["box_note"],
        activity=words["box_activity"],
        minutes=words["minutes"],
        source=words["source"],
    )


def direction_of(language: str) -> str:
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"
