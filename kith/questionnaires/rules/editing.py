"""Questions written in Kith: common kinds, one after the other, asked always or after an answer."""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kith.methods.instruments.schema import Choice, Instrument, Item, Kind, Words

MOST_QUESTIONS = 100
MOST_CHOICES = 40
ALWAYS = "true()"
NAME = re.compile(r"q(\d+)")
CONDITION = re.compile(
    r"(?P<negated>not\()?(?:\$\{(?P<one>[\w.\-]+)\} = '(?P<code>[^']*)'"
    r"|selected\(\$\{(?P<many>[\w.\-]+)\}, '(?P<chosen>[^']*)'\))(?(negated)\))"
)


class QuestionKind(StrEnum):
    """Kinds that can be written here; whatever needs more is an XLSForm."""

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    ONE_CHOICE = "one_choice"
    SEVERAL_CHOICES = "several_choices"
    YES_NO = "yes_no"
    NUMBER = "number"
    DAY = "day"
    NOTE = "note"


ITEM_KINDS: dict[QuestionKind, Kind] = {
    QuestionKind.SHORT_TEXT: Kind.TEXT,
    QuestionKind.LONG_TEXT: Kind.TEXT,
    QuestionKind.ONE_CHOICE: Kind.SELECT_ONE,
    QuestionKind.SEVERAL_CHOICES: Kind.SELECT_MULTIPLE,
    QuestionKind.YES_NO: Kind.SELECT_ONE,
    QuestionKind.NUMBER: Kind.INTEGER,
    QuestionKind.DAY: Kind.DATE,
    QuestionKind.NOTE: Kind.NOTE,
}
WITH_CHOICES = frozenset({QuestionKind.ONE_CHOICE, QuestionKind.SEVERAL_CHOICES})
LINES_OF_LONG_TEXT = 4
YES_NO_LIST = "yes_no"
YES_NO: tuple[Choice, ...] = (
    Choice("yes", {"en": "Yes", "pl": "Tak", "ar": "نعم", "uk": "Так", "ru": "Да", "de": "Ja",
                   "fa": "بله", "fr": "Oui"}),
    Choice("no", {"en": "No", "pl": "Nie", "ar": "لا", "uk": "Ні", "ru": "Нет", "de": "Nein",
                  "fa": "نه", "fr": "Non"}),
)  # fmt: skip


@dataclass(frozen=True)
class Condition:
    """A question is asked only when another one was answered so, or not so."""

    question: str
    code: str
    negated: bool = False


@dataclass(frozen=True)
class Draft:
    """One question as people write it."""

    kind: QuestionKind
    label: Words
    hint: Words = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    required: bool = False
    condition: Condition | None = None


def next_name(instrument: Instrument) -> str:
    """A name that no question has: q1, q2 …"""
    numbers = [int(found[1]) for item in instrument.items if (found := NAME.fullmatch(item.name))]
    return f"q{max(numbers, default=0) + 1}"


def with_question(instrument: Instrument, name: str, draft: Draft) -> Instrument:
    """The instrument with a question changed, or added at the end."""
    item = _item(instrument, name, draft)
    known = [one.name for one in instrument.items]
    items = [item if one.name == name else one for one in instrument.items]
    return _numbered(instrument, items if name in known else [*items, item], _lists(name, draft))


def without_question(instrument: Instrument, name: str) -> Instrument:
    """The instrument without a question; what was asked only after it is asked always."""
    kept = [one for one in instrument.items if one.name != name]
    freed = [replace(one, relevant="") if _leans_on(one, name) else one for one in kept]
    return _numbered(instrument, freed)


def moved(instrument: Instrument, name: str, *, by: int) -> Instrument:
    """The instrument with a question further up (-1) or down (1)."""
    items = list(instrument.items)
    at = next((place for place, one in enumerate(items) if one.name == name), None)
    if at is None or not 0 <= at + by < len(items):
        return instrument
    items.insert(at + by, items.pop(at))
    return _numbered(instrument, items)


def draft_of(instrument: Instrument, name: str) -> Draft:
    """A question as it can be changed. Raises KeyError."""
    item = instrument.item(name)
    kind = kind_of(item)
    return Draft(
        kind=kind,
        label=item.label,
        hint=item.hint,
        choices=instrument.choices.get(item.choices, ()) if kind in WITH_CHOICES else (),
        required=bool(item.required),
        condition=condition_of(item.relevant),
    )


def kind_of(item: Item) -> QuestionKind:
    """The kind a question was written as."""
    if item.kind is Kind.TEXT:
        return QuestionKind.LONG_TEXT if item.lines > 1 else QuestionKind.SHORT_TEXT
    if item.kind is Kind.SELECT_ONE and item.choices == YES_NO_LIST:
        return QuestionKind.YES_NO
    return next(kind for kind, one in ITEM_KINDS.items() if one is item.kind)


def condition_of(relevant: str) -> Condition | None:
    """What an expression of this room says; None when it says nothing."""
    found = CONDITION.fullmatch(relevant)
    if found is None:
        return None
    question = found["one"] or found["many"]
    code = found["code"] if found["one"] else found["chosen"]
    return Condition(question, code, negated=bool(found["negated"]))


def may_depend_on(instrument: Instrument, name: str) -> list[Item]:
    """Questions with choices that stand before a question: what it may depend on."""
    found: list[Item] = []
    for item in instrument.items:
        if item.name == name:
            break
        if item.choices:
            found.append(item)
    return found


def empty_instrument(*, key: str, title: Words, languages: tuple[str, ...]) -> Instrument:
    """A questionnaire without questions yet, written in the first of its languages."""
    return Instrument(
        id=key,
        version="1",
        title=title,
        languages=languages,
        default_language=languages[0],
        items=(),
    )


def named(instrument: Instrument, *, title: Words, languages: tuple[str, ...]) -> Instrument:
    """The instrument under another title, or in other languages."""
    return replace(instrument, title=title, languages=languages, default_language=languages[0])


def _item(instrument: Instrument, name: str, draft: Draft) -> Item:
    choices = {QuestionKind.YES_NO: YES_NO_LIST}.get(draft.kind, "")
    return Item(
        name=name,
        kind=ITEM_KINDS[draft.kind],
        label=draft.label,
        hint=draft.hint,
        choices=name if draft.kind in WITH_CHOICES else choices,
        required=ALWAYS if draft.required and draft.kind is not QuestionKind.NOTE else "",
        relevant=_relevant(instrument, draft.condition),
        lines=LINES_OF_LONG_TEXT if draft.kind is QuestionKind.LONG_TEXT else 0,
    )


def _relevant(instrument: Instrument, condition: Condition | None) -> str:
    if condition is None:
        return ""
    several = instrument.item(condition.question).kind is Kind.SELECT_MULTIPLE
    asked = f"${{{condition.question}}}"
    rule = f"selected({asked}, '{condition.code}')" if several else f"{asked} = '{condition.code}'"
    return f"not({rule})" if condition.negated else rule


def _leans_on(item: Item, name: str) -> bool:
    condition = condition_of(item.relevant)
    return condition is not None and condition.question == name


def _lists(name: str, draft: Draft) -> dict[str, tuple[Choice, ...]]:
    return {name: draft.choices} if draft.kind in WITH_CHOICES else {}


def _numbered(
    instrument: Instrument, items: list[Item], lists: dict[str, tuple[Choice, ...]] | None = None
) -> Instrument:
    """Rows as a file would count them, and only the lists that a question uses."""
    known = {**instrument.choices, YES_NO_LIST: YES_NO, **(lists or {})}
    used = [item.choices for item in items if item.choices]
    return replace(
        instrument,
        items=tuple(replace(item, row=row) for row, item in enumerate(items, start=2)),
        choices={name: known[name] for name in dict.fromkeys(used)},
    )
