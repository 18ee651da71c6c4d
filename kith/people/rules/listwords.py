"""What Kith says about the rows and columns of a list, in the language of the page.

The codes, and the English words, are those of `kith.methods.tables`; a test keeps them together.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kith.methods.tables import LeftOut, Remark, UnreadableTable
from kith.people.rules.labels import CHANNELS, language_name
from kith.web.words import full_day, isolated

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Sentences = Mapping[str, "StrOrPromise"]

REMARKS: Sentences = {
    "name_missing": _("The name is missing."),
    "name_not_readable": _("“{text}” holds no letters, so it cannot be a name."),
    "name_odd": _("“{text}” is unusual for a name. Please look."),
    "date_unreadable": _("“{text}” cannot be read as a date."),
    "date_impossible": _("“{text}” is no day of the calendar."),
    "date_in_future": _("{date} lies in the future."),
    "date_long_ago": _("{date} is more than {years} years ago."),
    "date_missing": _("The date is missing. Waiting will count from the day of the import."),
    "date_ambiguous": _("“{text}” was read as {date}. It could also be {other}."),
    "date_two_digit_year": _("“{text}” was read as {date}."),
    "date_without_day": _("“{text}” names no day. {date} was taken."),
    "date_without_year": _("“{text}” names no year. {date} was taken."),
    "date_about": _("“{text}” is not exact. {date} was taken."),
    "date_from_number": _("The number {text} was read as the date {date}."),
    "date_without_end": _("“{text}” was not taken. Please enter a day to look again."),
    "date_ended": _("This ended on {date}. It has to be renewed before a new match."),
    "year_unreadable": _("“{text}” cannot be read as a year of birth."),
    "age_impossible": _("Born in {year} would mean {age} years old."),
    "age_under_18": _("Born in {year} means under 18. Only adults are entered here."),
    "age_given_under_18": _("“{text}” means under 18. Only adults are entered here."),
    "age_maybe_under_18": _("Born in {year} may mean under 18. Please ask."),
    "year_about": _("“{text}” is not exact. {year} was taken."),
    "age_band_unreadable": _("“{text}” cannot be read as an age. It went to the note."),
    "phone_unreadable": _("“{text}” is no complete phone number. It is kept as written."),
    "phone_second": _("More than one phone number: {others} went to the note."),
    "email_unreadable": _("“{text}” is no e-mail address."),
    "email_typo": _("“{text}” may be a typing slip. Did they mean {suggestion}?"),
    "email_second": _("More than one e-mail address: {others} went to the note."),
    "no_contact": _("There is neither a phone number nor an e-mail address."),
    "language_unknown": _("Not recognised as a language, so it went to the note: {text}."),
    "language_twice": _("“{text}” gives one language two levels. The lower was taken."),
    "topic_unknown": _("Not recognised as a topic, so it went to the note: {text}."),
    "availability_unknown": _("Not recognised as a time, so it went to the note: {text}."),
    "availability_outside": _("“{text}” lies outside 8:00 to 21:00."),
    "channel_unknown": _("“{text}” is not recognised as a way of contact. It went to the note."),
    "channel_from_note": _("The note asks for contact by {channel}."),
    "gender_wish_unknown": _(
        "“{text}” is not recognised as a wish about the mentor. It went to the note."
    ),
    "gender_unknown": _("“{text}” is not recognised, so it stays empty."),
    "yes_no_unknown": _("“{text}” is neither yes nor no. It went to the note."),
    "count_unreadable": _("“{text}” cannot be read as a number."),
    "count_too_high": _("{count} is too high to be right."),
    "children_unreadable": _(
        "“{text}” cannot be read as a number of children. It went to the note."
    ),
    "child_grown_up": _("{count} of the children are grown up and were not counted."),
    "children_ages_differ": _("“{text}” names {count} children but {ages} ages."),
    "formula_without_result": _("This cell holds a formula without a result. It stays empty."),
    "error_value": _("This cell shows the error {text}. It stays empty."),
    "text_cut": _("The text is longer than {limit} characters. The rest was left out."),
    "note_origin": _("The note may speak of origin or belief. Please remove that part."),
    "second_value": _("A second value, “{text}”, went to the note."),
    "characters_lost": _("Some letters were damaged before: “{text}”."),
    "row_one_cell": _("Only one cell is filled. If this is a person, add what is known."),
    "duplicate_same_phone": _("Same name and phone number as row {row}."),
    "duplicate_same_email": _("Same name and e-mail address as row {row}."),
    "duplicate_same_name": _("Same name as row {row}; phone or e-mail differ or are missing."),
    "duplicate_similar_name": _("The name is much like the one in row {row}."),
    "duplicate_similar_same_contact": _(
        "The name is much like the one in row {row}, with the same phone number or e-mail address."
    ),
}
COLUMNS: Sentences = {
    "forbidden": _(
        "Left out on purpose: Kith keeps nothing about nationality, origin, ethnicity, "
        "religion, dress or skin colour, because support must not depend on it."
    ),
    "identity_number": _("Left out on purpose: numbers of papers are not needed for mentoring."),
    "running_number": _("A running number. It is not needed."),
    "unknown": _("Not recognised. Choose what it is, or take it into the note."),
    "by_hand": _("Left out, as you chose."),
    "empty": _("No row holds anything in this column."),
}
ROWS: Sentences = {
    "title": _("Above the headings."),
    "heading": _("Headings."),
    "blank": _("Blank."),
    "total": _("A total."),
    "remark": _("A remark about the list, not an entry."),
}
FILES: Sentences = {
    "empty": _("This file holds no rows."),
    "encrypted": _(
        "This file is locked with a password. Open it, remove the password, save it and try again."
    ),
    "too_large": _("This file unpacks to far more than a list needs, so it was not opened."),
    "macros": _("This file contains macros. Save it as .xlsx without macros, then try again."),
    "no_such_sheet": _("This file has no sheet named “{sheet}”."),
    "not_a_list_file": _(
        "This is not a spreadsheet. Save the list as .xlsx or .csv and try once more."
    ),
    "old_excel": _("This is an old .xls file. Open it and save it as .xlsx, then try again."),
    "other_spreadsheet": _(
        "This kind of spreadsheet is not read here. Save it as .xlsx, then try again."
    ),
    "too_many_rows": _("This list has more than {limit} rows. Split it into smaller files."),
    "unreadable": _("This file cannot be read. Save it again as .xlsx or .csv and try once more."),
}


def remark_in_words(remark: Remark) -> str:
    """A remark as a sentence, for a cell of the sheet or the command line.

    Plain text: marks of direction would stay in what people copy, filter and bring in again.
    """
    said = {name: _said(name, value) for name, value in remark.params.items()}
    return str(REMARKS[remark.code]).format(**said)


def remark_on_page(remark: Remark) -> str:
    """A remark as a sentence of a page: what the list itself says keeps its own direction."""
    said = {name: _said_on_page(name, value) for name, value in remark.params.items()}
    return str(REMARKS[remark.code]).format(**said)


def remark_with_column(remark: Remark) -> str:
    """A remark as a sentence of a page, after the heading of its column."""
    said = remark_on_page(remark)
    return f"{isolated(remark.column)}: {said}" if remark.column else said


OWN_WORDS = frozenset({"date", "other", "channel", "language"})


def _said(name: str, value: str | int) -> str | int:
    """Days, languages and ways of contact as people say them."""
    if name in {"date", "other"}:
        return full_day(date.fromisoformat(str(value)))
    if name == "channel":
        return str(CHANNELS.get(str(value), value))
    return language_name(str(value)) if name == "language" else value


def _said_on_page(name: str, value: str | int) -> str | int:
    foreign = isinstance(value, str) and name not in OWN_WORDS
    return isolated(value) if foreign else _said(name, value)


def fault_in_words(fault: UnreadableTable) -> str:
    """Why a file cannot be read, as a sentence."""
    return str(FILES[fault.code]).format(**fault.params)


def part_in_words(part: LeftOut) -> str:
    """Why rows are no entries of the list."""
    return str(ROWS[part.why])
