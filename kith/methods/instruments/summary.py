"""What of a questionnaire works: its parts, counted, for people and programs."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from kith.methods.instruments.expressions import parse
from kith.methods.instruments.expressions.tree import Call, walk
from kith.methods.instruments.rules import rules_of
from kith.methods.instruments.schema import HOLDING, UNSEEN, Instrument, Kind


@dataclass(frozen=True, slots=True)
class Summary:
    """Parts of an instrument.

    questions    how many can be asked; notes, groups, repeats and calculations are none
    types        type -> how many items have it
    rules        column -> how many items have a rule there
    functions    names of the functions that the rules call
    calculated   names whose values come from rules
    """

    title: str
    languages: tuple[str, ...]
    questions: int
    types: dict[str, int]
    rules: dict[str, int]
    functions: tuple[str, ...]
    calculated: tuple[str, ...]

    @classmethod
    def of(cls, instrument: Instrument) -> "Summary":
        items = list(instrument.walk())
        texts = [rules_of(item) for item in items]
        trees = [parse(text) for rules in texts for text in rules.values()]
        called = {part.name for tree in trees for part in walk(tree) if isinstance(part, Call)}
        asked = [one for one in items if one.kind not in HOLDING | UNSEEN | {Kind.NOTE}]
        return cls(
            title=instrument.words(instrument.title, instrument.default_language),
            languages=instrument.languages,
            questions=len(asked),
            types=dict(Counter(item.kind.value for item in items)),
            rules=dict(Counter(heading for rules in texts for heading in rules)),
            functions=tuple(sorted(called)),
            calculated=tuple(sorted(instrument.calculated)),
        )

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)
