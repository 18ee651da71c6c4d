"""kith course stamp: notes which English wording the texts of a language were made from."""

import json
from collections.abc import Mapping
from pathlib import Path

from kith.methods.learning.courses.folder import Folder
from kith.methods.learning.courses.reading import Reading, UnitReading
from kith.methods.learning.courses.schema import Part
from kith.methods.learning.courses.stamps import FILE, Stamps, stamps_for
from kith.methods.learning.questions.schema import ENGLISH


class NothingToStamp(ValueError):
    """No text is in the language."""

    def __init__(self, language: str) -> None:
        super().__init__(f"There is no text in the language “{language}”.")


def stamp(folder: Path, reading: Reading | UnitReading, language: str) -> int:
    """Writes translated.toml and gives how many texts were stamped. Raises NothingToStamp."""
    content, count = stamped(reading, language)
    (folder / FILE).write_text(content, encoding="utf-8")
    return count


def stamped(reading: Reading | UnitReading, language: str) -> tuple[str, int]:
    """The translated.toml to write, other languages as they were, and how many texts it stamps."""
    fresh = stamps_for(_parts(reading), language)
    count = sum(map(len, fresh.values()))
    if language == ENGLISH or not count:
        raise NothingToStamp(language)
    return as_toml({**Folder(reading.files).stamps, language: fresh}), count


def as_toml(stamps: Stamps) -> str:
    """The stamps by language, kind and place, in an order that changes as little as they do."""
    lines = ["# Written by kith course stamp: the English wording each text was made from."]
    for language in sorted(stamps):
        for kind, places in stamps[language].items():
            lines += ["", f"[{language}.{kind}]"]
            lines += [f"{json.dumps(place)} = {json.dumps(made)}" for place, made in places.items()]
    return "\n".join(lines) + "\n"


def _parts(reading: Reading | UnitReading) -> Mapping[str, Part]:
    parts: list[Part] = []
    if isinstance(reading, UnitReading):
        parts += [reading.unit] if reading.unit else []
    elif reading.course:
        parts += [*reading.course.modules, *reading.course.vignettes]
    return {one.key: one for one in parts}
