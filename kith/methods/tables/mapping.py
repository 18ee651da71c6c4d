"""What each column is and what words in it mean: guessed, changed by people, remembered."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from kith.methods.tables.headings import meaning_of
from kith.methods.tables.layout import BETWEEN_HEADINGS
from kith.methods.tables.origins import origin_share
from kith.methods.tables.remarks import Remark
from kith.methods.tables.table import Column, Table, Value
from kith.methods.tables.targets import LISTS, TARGETS, Kind, LeaveOut, Target
from kith.methods.tables.text import plain, shown
from kith.methods.tables.values.dates import read_date
from kith.methods.tables.values.emails import read_emails
from kith.methods.tables.values.languages import language_code, language_share
from kith.methods.tables.values.needs import topic_share, topics_of
from kith.methods.tables.values.phones import looks_like_phone
from kith.methods.tables.values.weekgrid import availability_share

VERSION = 1
LEFT_OUT = "leave_out"  # chosen by people, beside "" for a column that nothing was found for
CELLS_LOOKED_AT = 60
ENOUGH = 0.6

_ANY_DAY = dt.date(2000, 1, 1)  # only whole dates are counted, so the day does not matter

Codes = tuple[str, ...]


@dataclass(frozen=True)
class Mapping:
    """columns: heading -> target, "" or LEFT_OUT; values: target -> plain text -> codes."""

    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, Codes]] = field(default_factory=dict)

    def target(self, heading: str) -> Target | None:
        name = self.columns.get(heading, "")
        return Target(name) if name in set(Target) else None

    def leaves_out(self, heading: str) -> bool:
        """Whether someone chose to leave a column out; a guess does not say so (see LEFT_OUT)."""
        return self.columns.get(heading) == LEFT_OUT

    def known(self, target: Target) -> dict[str, Codes]:
        """Plain text -> codes. Needs and help topics are one list, so they share their words."""
        if target in {Target.NEEDS, Target.HELP_TOPICS}:
            both = (self.values.get(Target.NEEDS, {}), self.values.get(Target.HELP_TOPICS, {}))
            return {text: codes for table in both for text, codes in table.items()}
        return self.values.get(target, {})

    def with_column(self, heading: str, target: str) -> "Mapping":
        return replace(self, columns={**self.columns, heading: target})

    def with_value(self, target: str, text: str, codes: Iterable[str]) -> "Mapping":
        known = {**self.values.get(target, {}), plain(text): tuple(codes)}
        return replace(self, values={**self.values, target: known})

    def fitted(self, table: Table, kind: Kind) -> "Mapping":
        """This mapping for another file: columns that it does not know are guessed."""
        guessed = guess_mapping(table, kind).columns
        by_plain = {plain(heading): target for heading, target in self.columns.items()}
        columns = {
            heading: by_plain.get(plain(heading), target) for heading, target in guessed.items()
        }
        return replace(self, columns=columns)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON: the same mapping comes back from `from_dict`."""
        values = {
            target: {text: list(codes) for text, codes in known.items()}
            for target, known in self.values.items()
        }
        return {"version": VERSION, "columns": dict(self.columns), "values": values}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Mapping":
        """Raises BadMapping when the data is no mapping or names a target that is not known."""
        columns, values = data.get("columns", {}), data.get("values", {})
        if not isinstance(columns, dict) or not isinstance(values, dict):
            raise BadMapping(part="columns")
        for target in (*columns.values(), *values):
            if target not in {"", LEFT_OUT, *Target}:
                raise BadMapping(part=str(target))
        return cls(
            {str(heading): str(target) for heading, target in columns.items()},
            {target: _codes(known) for target, known in values.items()},
        )


class BadMapping(ValueError):
    code = "bad_mapping"
    sentence = "This mapping cannot be used: {part}."

    def __init__(self, *, part: str) -> None:
        self.params = {"part": part}
        super().__init__(self.sentence.format(part=part))


def guess_kind(table: Table) -> Kind:
    """Mentors when more headings speak of mentors alone than of participants alone."""
    meanings = [_heading_target(column, None) for column in table.columns]
    only = {kind: set(TARGETS[kind]) for kind in Kind}
    mentors = sum(target in only[Kind.MENTORS] - only[Kind.PARTICIPANTS] for target in meanings)
    others = sum(target in only[Kind.PARTICIPANTS] - only[Kind.MENTORS] for target in meanings)
    named = "mentor" in plain(table.workbook.filename) or "mentor" in plain(table.sheet.name)
    return Kind.MENTORS if mentors > others or (mentors == others and named) else Kind.PARTICIPANTS


def guess_mapping(table: Table, kind: Kind) -> Mapping:
    """What each column is, by its heading, else by what its cells hold."""
    columns: dict[str, str] = {}
    taken: set[Target] = set()
    for column in table.columns:
        target = _heading_target(column, kind)
        if target in taken and target not in _MANY:
            target = None
        columns[column.heading] = target.value if target else ""
        taken.update({target} if target else ())
    for column in table.columns:
        if not columns[column.heading] and reason_left_out(table, column, kind) is LeaveOut.UNKNOWN:
            guess = _content_target(table, column, kind, taken)
            columns[column.heading] = guess.value if guess else ""
            taken.update({guess} if guess else ())
    return Mapping(_names_apart(columns))


def reason_left_out(table: Table, column: Column, kind: Kind) -> LeaveOut:
    """Why a column without a target is not taken. FORBIDDEN whatever a mapping says."""
    found = meaning_of(_last_part(column.heading), kind).left_out
    found = found or meaning_of(column.heading, kind).left_out
    if found:
        return found
    if not column.samples:
        return LeaveOut.EMPTY
    speaks = meaning_of(_last_part(column.heading)).target
    cells = _cells(table, column)
    if not speaks and _share(cells, origin_share) >= ENOUGH:
        return LeaveOut.FORBIDDEN
    return LeaveOut.UNKNOWN


def is_item(heading: str, target: Target) -> bool:
    """Whether a heading is itself an entry of a list ("Monday", "English", "housing")."""
    text = _last_part(heading)
    if target is Target.LANGUAGES:
        return bool(language_code(text)) and not meaning_of(text)
    if target is Target.AVAILABILITY:
        return not meaning_of(text) and availability_share(text) == 1.0
    return target in LISTS and not meaning_of(text) and bool(topics_of(text))


_MANY = LISTS | {Target.NOTE, Target.FIRST_NAME, Target.PHONE, Target.EMAIL, Target.PLACE}


def _heading_target(column: Column, kind: Kind | None) -> Target | None:
    last = meaning_of(_last_part(column.heading), kind)
    if last:
        return last.target
    whole = meaning_of(column.heading, kind)
    return whole.target if whole else _item_target(column, kind)


def _item_target(column: Column, kind: Kind | None) -> Target | None:
    """A column for each weekday, language or topic, ticked or filled in."""
    lists = (Target.AVAILABILITY, Target.LANGUAGES, Target.NEEDS, Target.HELP_TOPICS)
    allowed = TARGETS[kind] if kind else (*TARGETS[Kind.PARTICIPANTS],)
    return next(
        (found for found in lists if found in allowed and is_item(column.heading, found)), None
    )


def _last_part(heading: str) -> str:
    return heading.rsplit(BETWEEN_HEADINGS, maxsplit=1)[-1]


def _names_apart(columns: dict[str, str]) -> dict[str, str]:
    """ "Name" beside "Vorname" is the last name, beside "Surname" the first."""
    held = set(columns.values())
    if Target.NAME not in held:
        return columns
    instead = ""
    if Target.FIRST_NAME in held and Target.LAST_NAME not in held:
        instead = Target.LAST_NAME.value
    elif Target.LAST_NAME in held and Target.FIRST_NAME not in held:
        instead = Target.FIRST_NAME.value
    if not instead:
        return columns
    return {text: instead if found == Target.NAME else found for text, found in columns.items()}


def _content_target(table: Table, column: Column, kind: Kind, taken: set[Target]) -> Target | None:
    cells = _cells(table, column)
    for target, share in _content_shares(kind):
        if target in TARGETS[kind] and target not in taken and _share(cells, share) >= ENOUGH:
            return target
    return None


def _content_shares(kind: Kind) -> tuple[tuple[Target, Callable[[Value], float]], ...]:
    topics = Target.NEEDS if kind is Kind.PARTICIPANTS else Target.HELP_TOPICS
    return (
        (Target.EMAIL, lambda cell: float(bool(read_emails(shown(cell))))),
        (Target.PHONE, lambda cell: float(looks_like_phone(cell))),
        (Target.BIRTH_YEAR, _year_share),
        (Target.WAITING_SINCE, _date_share),
        (Target.AVAILABILITY, availability_share),
        (Target.LANGUAGES, language_share),
        (topics, topic_share),
        (Target.NAME, _name_share),
    )


def _year_share(cell: Value) -> float:
    return float(shown(cell).isdigit() and 1930 <= int(shown(cell)) <= 2010)


def _date_share(cell: Value) -> float:
    found, note = read_date(cell, today=_ANY_DAY)
    return float(found is not None and not isinstance(cell, int | float) and _is_whole(note))


def _is_whole(note: Remark | None) -> bool:
    return note is None or note.code in {"date_ambiguous", "date_two_digit_year"}


def _name_share(cell: Value) -> float:
    words = shown(cell).split()
    fits = 2 <= len(words) <= 5 and all(
        word[:1].isupper() or not word[:1].isascii() for word in words
    )
    return float(fits and not any(sign.isdigit() for sign in shown(cell)))


def _cells(table: Table, column: Column) -> list[Value]:
    found: list[Value] = []
    for row in table.rows:
        if row.cell(column.index) is not None:
            found.append(row.cell(column.index))
        if len(found) == CELLS_LOOKED_AT:
            break
    return found


def _share(cells: list[Value], share: Callable[[Value], float]) -> float:
    return sum(map(share, cells)) / len(cells) if cells else 0.0


def _codes(known: Any) -> dict[str, Codes]:
    if not isinstance(known, dict):
        raise BadMapping(part="values")
    return {plain(str(text)): tuple(map(str, codes)) for text, codes in known.items()}
