"""An instrument with answers: what is asked, what is missing, what does not hold. Pure functions.

Answers are texts by the names of questions; a repeat has a list of such mappings. Several choices
are codes with spaces between them, a day is 2026-03-31, a time 18:30, both 2026-03-31T18:30.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kith.methods.instruments.answers import Fault, fault_of
from kith.methods.instruments.expressions import as_string
from kith.methods.instruments.rules import IN_TEXT
from kith.methods.instruments.schema import CHOOSING, UNSEEN, Choice, Instrument, Item, Kind
from kith.methods.instruments.state import OUTSIDE, State

Answers = Mapping[str, "str | Sequence[Mapping[str, str]]"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One item as it stands on the page; those of a repeat come up once for each entry.

    entry    which entry of its repeat, from 0; -1 outside of repeats
    choices  those that the choice filter lets through
    options  the same as (code, label)
    fault    why the answer does not hold; None when it does or when there is none
    """

    item: Item
    entry: int
    relevant: bool
    value: str
    required: bool
    read_only: bool
    label: str
    hint: str
    guidance: str
    choices: tuple[Choice, ...]
    options: tuple[tuple[str, str], ...]
    fault: Fault | None

    @property
    def shown(self) -> bool:
        return self.relevant and self.item.kind not in UNSEEN

    @property
    def missing(self) -> bool:
        return self.fault is not None and self.fault.code == "required"


@dataclass(frozen=True, slots=True)
class Filled:
    """The whole questionnaire at one moment.

    cells       every item in order
    answers     what people answered themselves, of what is asked: this is what is kept
    calculated  name -> values of calculations; for this page only, never kept or listed
    entries     repeat -> how many entries it has
    """

    cells: tuple[Cell, ...]
    answers: dict[str, "str | list[dict[str, str]]"]
    calculated: dict[str, tuple[str, ...]]
    entries: dict[str, int]

    @property
    def shown(self) -> tuple[Cell, ...]:
        return tuple(one for one in self.cells if one.shown)

    @property
    def missing(self) -> tuple[Cell, ...]:
        return tuple(one for one in self.cells if one.missing)

    @property
    def faults(self) -> tuple[Cell, ...]:
        return tuple(one for one in self.cells if one.fault is not None)

    @property
    def complete(self) -> bool:
        return not self.faults

    def cell(self, name: str, entry: int = OUTSIDE) -> Cell:
        """The cell of an item. Raises KeyError."""
        for one in self.cells:
            if one.item.name == name and one.entry == entry:
                return one
        raise KeyError(name, entry)


def fill(
    instrument: Instrument,
    answers: Answers,
    *,
    today: str,
    now: str,
    language: str = "",
) -> Filled:
    """The questionnaire with these answers, its texts in a language.

    today  such as 2026-03-31; now: such as 2026-03-31T18:30:00
    """
    state = State(
        instrument,
        answers,
        today=today,
        now=now,
        language=language or instrument.default_language,
    )
    state.settle()
    cells = tuple(_cell(state, item, entry) for item, entry in state.places())
    return Filled(
        cells=cells,
        answers=_answers(state),
        calculated=_calculated(state),
        entries=dict(state.entries),
    )


def _cell(state: State, item: Item, entry: int) -> Cell:
    relevant = state.relevant[item.name, entry]
    value = state.visible(item.name, entry)
    required = relevant and state.holds(item.required, item, entry)
    choices = state.choices_for(item, entry) if item.kind in CHOOSING else ()
    fault = None
    if relevant and item.has_answer and item.kind is not Kind.CALCULATE:
        fault = fault_of(state, item, entry, required=required, choices=choices)
    return Cell(
        item=item,
        entry=entry,
        relevant=relevant,
        value=value,
        required=required,
        read_only=bool(item.calculate) or state.holds(item.read_only, item, entry),
        label=_text(state, item.label, item, entry),
        hint=_text(state, item.hint, item, entry),
        guidance=_text(state, item.guidance, item, entry),
        choices=choices,
        options=tuple((one.code, _text(state, one.label, item, entry)) for one in choices),
        fault=fault,
    )


def _text(state: State, words: Mapping[str, str], item: Item, entry: int) -> str:
    text = state.instrument.words(words, state.language)
    if "${" not in text:
        return text
    values = state.scope(item, entry).values
    return IN_TEXT.sub(lambda found: as_string(values.get(found[1], "")), text)


def _answers(state: State) -> dict[str, "str | list[dict[str, str]]"]:
    found: dict[str, str | list[dict[str, str]]] = {}
    for name, number in state.entries.items():
        if state.relevant[name, OUTSIDE]:
            found[name] = [{} for _ in range(number)]
    for item, entry in state.places():
        value = state.visible(item.name, entry)
        if not value or not item.has_answer or item.is_calculated:
            continue
        if entry == OUTSIDE:
            found[item.name] = value
            continue
        rows = found.get(state.repeat_of[item.name])
        if isinstance(rows, list):
            rows[entry][item.name] = value
    return found


def _calculated(state: State) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for item, entry in state.places():
        if item.is_calculated:
            found[item.name] = (*found.get(item.name, ()), state.visible(item.name, entry))
    return found
