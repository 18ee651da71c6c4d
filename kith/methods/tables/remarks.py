"""Remarks on a cell or a row: a code with parameters, and one English sentence for each code.

Pages translate by code and fill in the same parameters. CORRECT means the row cannot go in before
someone has corrected it; NOTE means it goes in, and someone should look.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Severity(StrEnum):
    CORRECT = "correct"
    NOTE = "note"


CORRECT = Severity.CORRECT
NOTE = Severity.NOTE

REMARKS: dict[str, tuple[Severity, str]] = {
    # names
    "name_missing": (CORRECT, "The name is missing."),
    "name_not_readable": (CORRECT, "“{text}” holds no letters, so it cannot be a name."),
    "name_odd": (NOTE, "“{text}” is unusual for a name. Please look."),
    # dates
    "date_unreadable": (CORRECT, "“{text}” cannot be read as a date."),
    "date_impossible": (CORRECT, "“{text}” is no day of the calendar."),
    "date_in_future": (CORRECT, "{date} lies in the future."),
    "date_long_ago": (CORRECT, "{date} is more than {years} years ago."),
    "date_missing": (NOTE, "The date is missing. Waiting will count from the day of the import."),
    "date_ambiguous": (NOTE, "“{text}” was read as {date}. It could also be {other}."),
    "date_two_digit_year": (NOTE, "“{text}” was read as {date}."),
    "date_without_day": (NOTE, "“{text}” names no day. {date} was taken."),
    "date_without_year": (NOTE, "“{text}” names no year. {date} was taken."),
    "date_about": (NOTE, "“{text}” is not exact. {date} was taken."),
    "date_from_number": (NOTE, "The number {text} was read as the date {date}."),
    "date_without_end": (NOTE, "“{text}” was not taken. Please enter a day to look again."),
    "date_ended": (NOTE, "This ended on {date}. It has to be renewed before a new match."),
    # age
    "year_unreadable": (CORRECT, "“{text}” cannot be read as a year of birth."),
    "age_impossible": (CORRECT, "Born in {year} would mean {age} years old."),
    "age_under_18": (CORRECT, "Born in {year} means under 18. Only adults are entered here."),
    "age_given_under_18": (CORRECT, "“{text}” means under 18. Only adults are entered here."),
    "age_maybe_under_18": (NOTE, "Born in {year} may mean under 18. Please ask."),
    "year_about": (NOTE, "“{text}” is not exact. {year} was taken."),
    "age_band_unreadable": (NOTE, "“{text}” cannot be read as an age. It went to the note."),
    # phone and e-mail
    "phone_unreadable": (NOTE, "“{text}” is no complete phone number. It is kept as written."),
    "phone_second": (NOTE, "More than one phone number: {others} went to the note."),
    "email_unreadable": (CORRECT, "“{text}” is no e-mail address."),
    "email_typo": (NOTE, "“{text}” may be a typing slip. Did they mean {suggestion}?"),
    "email_second": (NOTE, "More than one e-mail address: {others} went to the note."),
    "no_contact": (NOTE, "There is neither a phone number nor an e-mail address."),
    # lists of words
    "language_unknown": (NOTE, "Not recognised as a language, so it went to the note: {text}."),
    "language_twice": (NOTE, "“{text}” gives one language two levels. The lower was taken."),
    "topic_unknown": (NOTE, "Not recognised as a topic, so it went to the note: {text}."),
    "availability_unknown": (NOTE, "Not recognised as a time, so it went to the note: {text}."),
    "availability_outside": (NOTE, "“{text}” lies outside 8:00 to 21:00."),
    "channel_unknown": (
        NOTE,
        "“{text}” is not recognised as a way of contact. It went to the note.",
    ),
    "channel_from_note": (NOTE, "The note asks for contact by {channel}."),
    "gender_wish_unknown": (
        NOTE,
        "“{text}” is not recognised as a wish about the mentor. It went to the note.",
    ),
    "gender_unknown": (NOTE, "“{text}” is not recognised, so it stays empty."),
    "yes_no_unknown": (NOTE, "“{text}” is neither yes nor no. It went to the note."),
    # numbers
    "count_unreadable": (CORRECT, "“{text}” cannot be read as a number."),
    "count_too_high": (CORRECT, "{count} is too high to be right."),
    "children_unreadable": (
        NOTE,
        "“{text}” cannot be read as a number of children. It went to the note.",
    ),
    "child_grown_up": (NOTE, "{count} of the children are grown up and were not counted."),
    "children_ages_differ": (NOTE, "“{text}” names {count} children but {ages} ages."),
    # cells
    "formula_without_result": (NOTE, "This cell holds a formula without a result. It stays empty."),
    "error_value": (NOTE, "This cell shows the error {text}. It stays empty."),
    "text_cut": (NOTE, "The text is longer than {limit} characters. The rest was left out."),
    "note_origin": (NOTE, "The note may speak of origin or belief. Please remove that part."),
    "second_value": (NOTE, "A second value, “{text}”, went to the note."),
    "characters_lost": (NOTE, "Some letters were damaged before: “{text}”."),
    # whole rows
    "row_one_cell": (CORRECT, "Only one cell is filled. If this is a person, add what is known."),
    # duplicates
    "duplicate_same_phone": (NOTE, "Same name and phone number as row {row}."),
    "duplicate_same_email": (NOTE, "Same name and e-mail address as row {row}."),
    "duplicate_same_name": (NOTE, "Same name as row {row}; phone or e-mail differ or are missing."),
    "duplicate_similar_name": (NOTE, "The name is much like the one in row {row}."),
    "duplicate_similar_same_contact": (
        NOTE,
        "The name is much like the one in row {row}, with the same phone number or e-mail address.",
    ),
}

COLUMN_SENTENCES: dict[str, str] = {
    "forbidden": "Left out on purpose: Kith keeps nothing about nationality, origin, ethnicity, "
    "religion, dress or skin colour, because support must not depend on it.",
    "identity_number": "Left out on purpose: numbers of papers are not needed for mentoring.",
    "running_number": "A running number. It is not needed.",
    "unknown": "Not recognised. Choose what it is, or take it into the note.",
    "by_hand": "Left out, as you chose.",
    "empty": "No row holds anything in this column.",
}

ROW_SENTENCES: dict[str, str] = {
    "title": "Above the headings.",
    "heading": "Headings.",
    "blank": "Blank.",
    "total": "A total.",
    "remark": "A remark about the list, not an entry.",
}

_SHOWN: dict[str | int, str] = {
    "whatsapp": "WhatsApp",
    "signal": "Signal",
    "telegram": "Telegram",
    "viber": "Viber",
    "messenger": "Messenger",
    "sms": "text message",
    "email": "e-mail",
    "in_person": "meeting in person",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """What to say about a cell (column is its heading) or a whole row (column is empty)."""

    code: str
    params: dict[str, str | int] = field(default_factory=dict)
    column: str = ""

    @property
    def severity(self) -> Severity:
        return REMARKS[self.code][0]

    @property
    def sentence(self) -> str:
        """The English sentence. Pages have their own for each code."""
        shown = {key: _SHOWN.get(value, value) for key, value in self.params.items()}
        return REMARKS[self.code][1].format(**shown)

    def at(self, column: str) -> "Remark":
        return replace(self, column=column)


def remark(code: str, **params: str | int) -> Remark:
    """A remark; texts are cut to 80 characters."""
    return Remark(code, {key: _short(value) for key, value in params.items()})


def _short(value: str | int) -> str | int:
    if isinstance(value, int) or len(value) <= 80:
        return value
    return value[:79] + "…"
