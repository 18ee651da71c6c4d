"""An instrument: questions in an order, in several languages, with the rules that join them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Words = Mapping[str, str]
"""Language code -> text."""


class Kind(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    RANGE = "range"
    DATE = "date"
    TIME = "time"
    DATETIME = "dateTime"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    RANK = "rank"
    NOTE = "note"
    ACKNOWLEDGE = "acknowledge"
    CALCULATE = "calculate"
    HIDDEN = "hidden"
    GROUP = "group"
    REPEAT = "repeat"


CHOOSING = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK})
HOLDING = frozenset({Kind.GROUP, Kind.REPEAT})
UNSEEN = frozenset({Kind.CALCULATE, Kind.HIDDEN})
WITHOUT_ANSWER = HOLDING | {Kind.NOTE}


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice; columns are what choice filters ask about."""

    code: str
    label: Words
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers of a range, written as the file writes them."""

    start: str = "1"
    end: str = "10"
    step: str = "1"


@dataclass(frozen=True, slots=True)
class Item:
    """A question, a note, a calculation, a group or a repeat. Rules are expressions or empty.

    default          a value, or an expression when default_is_rule
    repeat_count     how many entries a repeat has; empty when people add them
    row              where it stands in its file; two equal items may stand in different rows
    """

    name: str
    kind: Kind
    label: Words = field(default_factory=dict)
    hint: Words = field(default_factory=dict)
    guidance: Words = field(default_factory=dict)
    choices: str = ""
    choice_filter: str = ""
    required: str = ""
    required_message: Words = field(default_factory=dict)
    relevant: str = ""
    constraint: str = ""
    constraint_message: Words = field(default_factory=dict)
    calculate: str = ""
    default: str = ""
    default_is_rule: bool = False
    read_only: str = ""
    appearance: str = ""
    span: Span | None = None
    lines: int = 0
    repeat_count: str = ""
    items: "tuple[Item, ...]" = ()
    row: int = field(default=0, compare=False)

    @property
    def is_calculated(self) -> bool:
        """Whether its value comes from a rule: never listed, sorted, filtered or exported."""
        suggested = self.default_is_rule and "${" in self.default
        return self.kind is Kind.CALCULATE or bool(self.calculate) or suggested

    @property
    def has_answer(self) -> bool:
        return self.kind not in WITHOUT_ANSWER

    @property
    def has_free_entries(self) -> bool:
        """Whether it is a repeat of which people add as many entries as they need."""
        return self.kind is Kind.REPEAT and not self.repeat_count


@dataclass(frozen=True, slots=True)
class Licence:
    """Who allows the use of a pack."""

    holder: str
    text: str
    url: str
    permission: str
    users: str


@dataclass(frozen=True, slots=True)
class Published:
    """A published figure and where it can be looked up."""

    value: float
    source: str


@dataclass(frozen=True, slots=True)
class Scale:
    """How the answers to some items become one figure for the person who gave them.

    reverse      items whose codes are turned round
    transform    mean, sum, or either with a factor and an addend: sum*4, mean*25-25
    reliability  0..1, and the standard deviation of the scale: both or none
    """

    key: str
    title: Words
    items: tuple[str, ...]
    reverse: frozenset[str] = frozenset()
    transform: str = "mean"
    reliability: Published | None = None
    standard_deviation: Published | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire as it is filled in."""

    id: str
    version: str
    title: Words
    languages: tuple[str, ...]
    default_language: str
    items: tuple[Item, ...]
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    licence: Licence | None = None
    scales: tuple[Scale, ...] = ()

    def walk(self) -> Iterator[Item]:
        """Every item in order, groups and repeats before what they hold."""
        yield from walk(self.items)

    def item(self, name: str) -> Item:
        """The item of this name. Raises KeyError."""
        found = next((one for one in self.walk() if one.name == name), None)
        if found is None:
            raise KeyError(name)
        return found

    @property
    def exportable(self) -> tuple[Item, ...]:
        """Items whose answers people gave themselves: all that lists and exports may hold."""
        return tuple(one for one in self.walk() if one.has_answer and not one.is_calculated)

    @property
    def calculated(self) -> frozenset[str]:
        """Names whose values come from rules: for nobody's list."""
        return frozenset(one.name for one in self.walk() if one.is_calculated)

    def words(self, words: Words, language: str) -> str:
        """The text in a language, in the one the instrument was written in, or in any."""
        written = (words.get(one, "") for one in (language, self.default_language, *words))
        return next(filter(None, written), "")


def walk(items: tuple[Item, ...]) -> Iterator[Item]:
    """Items and all they hold, in order."""
    for one in items:
        yield one
        yield from walk(one.items)
