"""One row of a list as recognised values and remarks."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from kith.methods.tables.mapping import Mapping, is_item
from kith.methods.tables.origins import speaks_of_origin
from kith.methods.tables.remarks import Remark, Severity, remark
from kith.methods.tables.table import Column, Row, Value
from kith.methods.tables.targets import LISTS, NAMES, Kind, Target
from kith.methods.tables.text import clean, plain, says_nothing, shown
from kith.methods.tables.values import people
from kith.methods.tables.values.dates import read_date
from kith.methods.tables.values.emails import read_email
from kith.methods.tables.values.languages import read_languages
from kith.methods.tables.values.needs import read_topics
from kith.methods.tables.values.phones import read_phone
from kith.methods.tables.values.weekgrid import read_availability

LONGEST_NOTE = 5_000
LONGEST_TEXT = 200
LONGEST_WAIT_YEARS = 20
FEW_COLUMNS = 4

# What was not understood is kept in the note, so that nothing written is lost.
KEPT_IN_NOTE = frozenset(
    {
        "language_unknown", "topic_unknown", "availability_unknown", "channel_unknown",
        "gender_wish_unknown", "children_unreadable", "age_band_unreadable", "yes_no_unknown",
        "phone_second", "email_second",
    }
)  # fmt: skip

_ONLINE = re.compile(
    r"\b(?:on-?line|zdaln\w*|remot\w*|video|онлаин|онлайн|дистанц\w*)\b|انترنت|اونلاين"
)
_NO_END = re.compile(
    r"\b(?:bezterminow\w*|stale|permanent\w*|unbefristet|безстроков\w*|бессрочн\w*|no expiry)\b"
)
_ODD_IN_NAMES = re.compile(r"[\d=<>{}|\\@#$%^*_+~\[\]?!:;]")
_ON_SITE = re.compile(r"\b(?:stacjonarn\w*|osobisc\w*|on site|in person|vor ort|офлайн|очно)\b")

Found = tuple[Any, Remark | None]


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """values: target -> value, only where there is one. Good when nothing must be corrected."""

    number: int
    values: dict[str, Any]
    remarks: tuple[Remark, ...]

    @property
    def good(self) -> bool:
        return all(found.severity is not Severity.CORRECT for found in self.remarks)


@dataclass
class _Draft:
    values: dict[str, Any] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def say(self, code: str, column: str = "", **params: str | int) -> None:
        self.remarks.append(remark(code, **params).at(column))


@dataclass
class RowReader:
    """Reads the rows of one table.

    plan    the columns that are taken, with their targets
    orders  date order by column index ("dmy", "mdy" or "")
    """

    plan: list[tuple[Column, Target]]
    mapping: Mapping
    kind: Kind
    today: dt.date
    country: str
    orders: dict[int, str]
    width: int
    _seen: dict[tuple[object, ...], Found] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._items = {
            column.index for column, target in self.plan if is_item(column.heading, target)
        }
        self._targets = {target for _, target in self.plan}

    def read(self, row: Row) -> CheckedRow:
        draft = _Draft()
        for column, target in self.plan:
            self._read_cell(column, target, row, draft)
        self._finish_names(draft)
        self._finish_dates(draft)
        self._finish_contact(draft)
        self._finish_note(draft)
        self._look_at_whole(row, draft)
        return CheckedRow(row.number, draft.values, tuple(draft.remarks))

    def _read_cell(self, column: Column, target: Target, row: Row, draft: _Draft) -> None:
        if column.index in row.formulas:
            _say_formula(row.formulas[column.index], column, draft)
        value = row.cell(column.index)
        if value is None:
            return
        if isinstance(value, str) and "\ufffd" in value:
            draft.say("characters_lost", column.heading, text=value)
        if target is Target.NOTE:
            self._add_note(column, value, draft)
        elif target is Target.PLACE:
            _add_place(column, value, draft)
        elif target in LISTS:
            self._add_list(column, target, value, draft)
        else:
            self._add_single(column, target, value, draft)

    def _recognised(self, column: Column, target: Target, value: Value) -> Found:
        """The recogniser's answer; equal cells are read once."""
        order = self.orders.get(column.index, "")
        key = (target, order, type(value), value)
        if key not in self._seen:
            self._seen[key] = self._reader(target, order)(value)
        return self._seen[key]

    def _reader(self, target: Target, order: str) -> Callable[[Value], Found]:
        known = self.mapping.known(target)
        readers: dict[Target, Callable[[Value], Found]] = {
            Target.LANGUAGES: lambda cell: read_languages(cell, known=known),
            Target.NEEDS: lambda cell: read_topics(cell, known=known),
            Target.HELP_TOPICS: lambda cell: read_topics(cell, known=known),
            Target.AVAILABILITY: lambda cell: read_availability(cell, known=known),
            Target.PHONE: lambda cell: read_phone(cell, country=self.country),
            Target.EMAIL: read_email,
            Target.BIRTH_YEAR: lambda cell: people.read_birth_year(cell, today=self.today),
            Target.AGE_BAND: lambda cell: people.read_age_band(cell, today=self.today),
            Target.CHILDREN: lambda cell: people.read_children(cell, today=self.today),
            Target.CAPACITY: lambda cell: people.read_count(cell, most=people.MOST_CAPACITY),
            Target.GENDER_WISH: people.read_gender_wish,
            Target.GENDER: people.read_gender,
            Target.CONTACT_CHANNEL: people.read_channels,
            Target.SAFE_TO_WRITE: people.read_yes_no,
            Target.ONLINE: _read_online,
        }
        if target in NAMES:
            return _read_name
        return readers.get(target, lambda cell: self._read_day(cell, target, order))

    def _read_day(self, value: Value, target: Target, order: str) -> Found:
        if target is not Target.WAITING_SINCE and _NO_END.search(plain(shown(value))):
            return None, remark("date_without_end", text=shown(value))
        found, note = read_date(value, today=self.today, country=self.country, order=order)
        if found is None or target is not Target.WAITING_SINCE:
            return found, note
        if found > self.today:
            return None, remark("date_in_future", date=found.isoformat())
        if found.year < self.today.year - LONGEST_WAIT_YEARS:
            return None, remark("date_long_ago", date=found.isoformat(), years=LONGEST_WAIT_YEARS)
        return found, note

    def _add_single(self, column: Column, target: Target, value: Value, draft: _Draft) -> None:
        found, note = self._recognised(column, target, value)
        self._add_remark(column, value, note, draft)
        if found is None or found == ():
            return
        if target is Target.PHONE and note and not re.search(r"\d", shown(value)):
            draft.notes.append(f"{column.heading}: {shown(value)}")
        elif target is Target.FIRST_NAME and target in draft.values:
            draft.values[target.value] += " " + found
        elif target in draft.values:
            self._add_second(column, target, value, found, draft)
        else:
            draft.values[target.value] = found

    def _add_second(
        self, column: Column, target: Target, value: Value, found: object, draft: _Draft
    ) -> None:
        """A second column for one field: equal values are one, others are kept in the note."""
        if found == draft.values[target]:
            return
        draft.say("second_value", column.heading, text=shown(value))
        draft.notes.append(f"{column.heading}: {shown(value)}")

    def _add_list(self, column: Column, target: Target, value: Value, draft: _Draft) -> None:
        found, note = self._recognised(column, target, self._with_heading(column, value))
        self._add_remark(column, value, note, draft)
        held = draft.values.get(target, ())
        names = {item[0] if isinstance(item, tuple) else item for item in held}
        new = tuple(
            item for item in found if (item[0] if isinstance(item, tuple) else item) not in names
        )
        if held or new:
            draft.values[target.value] = held + new

    def _with_heading(self, column: Column, value: Value) -> Value:
        """In a column "Monday", "English" or "housing" a tick stands for the heading."""
        if column.index not in self._items:
            return value
        heading = column.heading.split(" › ")[-1]
        answer = people.read_yes_no(value)[0]
        if answer is None:
            return f"{heading} {shown(value)}"
        return heading if answer else None

    def _add_note(self, column: Column, value: Value, draft: _Draft) -> None:
        text = shown(value)
        if says_nothing(text):
            return
        several = sum(target is Target.NOTE for _, target in self.plan) > 1
        draft.notes.append(f"{column.heading}: {text}" if several else text)
        if speaks_of_origin(text):
            draft.say("note_origin", column.heading)
        if channel := people.channel_in_note(text):
            draft.values.setdefault("contact_from_note", (channel, column.heading))

    def _add_remark(self, column: Column, value: Value, note: Remark | None, draft: _Draft) -> None:
        if note is None:
            return
        draft.remarks.append(note.at(column.heading))
        if note.code in KEPT_IN_NOTE:
            kept = note.params.get("others", shown(value))
            draft.notes.append(f"{column.heading}: {kept}")

    def _finish_names(self, draft: _Draft) -> None:
        first, last = draft.values.get("first_name", ""), draft.values.get("last_name", "")
        if "name" not in draft.values and (first or last):
            draft.values["name"] = f"{first} {last}".strip()
        said = {found.code for found in draft.remarks}
        if "name" not in draft.values and "name_not_readable" not in said:
            draft.say("name_missing", self._heading_of(NAMES))

    def _finish_dates(self, draft: _Draft) -> None:
        for target in (Target.TRAINED_UNTIL, Target.RECORD_CHECK_UNTIL):
            until = draft.values.get(target)
            if until and until < self.today:
                draft.say("date_ended", self._heading_of({target}), date=until.isoformat())
        if "birth_year" in draft.values:
            year = draft.values["birth_year"]
            draft.values["age_band"] = people.age_band(year, today=self.today)
        expected = Target.WAITING_SINCE in self._targets and "waiting_since" not in draft.values
        heading = self._heading_of({Target.WAITING_SINCE})
        if expected and not any(found.column == heading for found in draft.remarks):
            draft.say("date_missing", heading)

    def _finish_contact(self, draft: _Draft) -> None:
        channel, heading = draft.values.pop("contact_from_note", ("", ""))
        if channel and "contact_channel" not in draft.values:
            draft.values["contact_channel"] = (channel,)
            draft.say("channel_from_note", heading, channel=channel)
        expected = {Target.PHONE, Target.EMAIL} & self._targets
        said = {found.code for found in draft.remarks}
        if expected and not {"phone", "email"} & draft.values.keys() | said & {"email_unreadable"}:
            draft.say("no_contact")

    def _finish_note(self, draft: _Draft) -> None:
        text = "\n".join(dict.fromkeys(draft.notes))
        if len(text) > LONGEST_NOTE:
            draft.say("text_cut", self._heading_of({Target.NOTE}), limit=LONGEST_NOTE)
        if text:
            draft.values["note"] = text[:LONGEST_NOTE]

    def _look_at_whole(self, row: Row, draft: _Draft) -> None:
        filled = sum(1 for cell in row.cells if cell is not None and not says_nothing(shown(cell)))
        if filled + len(row.formulas) == 1 and self.width >= FEW_COLUMNS:
            draft.say("row_one_cell")

    def _heading_of(self, targets: Iterable[Target]) -> str:
        wanted = set(targets)
        return next((column.heading for column, target in self.plan if target in wanted), "")


def _say_formula(formula: str, column: Column, draft: _Draft) -> None:
    if formula.startswith("="):
        draft.say("formula_without_result", column.heading)
    else:
        draft.say("error_value", column.heading, text=formula)


def _read_name(value: Value) -> Found:
    text = " ".join(clean(shown(value)).split())
    if says_nothing(text):
        return None, None
    if not re.search(r"[^\W\d_]", text):
        return None, remark("name_not_readable", text=text)
    if len(text) > LONGEST_TEXT:
        return text[:LONGEST_TEXT], remark("text_cut", limit=LONGEST_TEXT)
    return text, remark("name_odd", text=text) if _ODD_IN_NAMES.search(text) else None


def _read_online(value: Value) -> Found:
    text = plain(shown(value))
    if _ON_SITE.search(text) and not _ONLINE.search(text):
        return False, None
    if _ONLINE.search(text) and people.read_yes_no(value)[0] is not False:
        return True, None
    return people.read_yes_no(value)


def _add_place(column: Column, value: Value, draft: _Draft) -> None:
    """A district or town; "online" in its place is a way of meeting."""
    parts = [part.strip() for part in re.split(r"[/;|]|\blub\b|\bor\b", shown(value))]
    if any(_ONLINE.search(plain(part)) for part in parts):
        draft.values["online"] = True
        parts = [part for part in parts if not _ONLINE.search(plain(part))]
        text = " / ".join(parts)
    else:
        text = shown(value)
    if says_nothing(text):
        return
    if len(text) > LONGEST_TEXT:
        draft.say("text_cut", column.heading, limit=LONGEST_TEXT)
    held = draft.values.get("place")
    draft.values["place"] = f"{held}, {text}" if held else text[:LONGEST_TEXT]
