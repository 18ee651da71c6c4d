"""Every column and setting of the XLSForm standard: what it becomes here, or why it is refused."""

from dataclasses import dataclass

from pyxform import aliases
from pyxform.parsing.sheet_headers import process_header
from pyxform.question import MultipleChoiceQuestion

MEDIA = "Pictures and sound beside a question are not shown."
ELSEWHERE = "Answers stay in Kith."
OTHER_APP = "It asks another program to do something."
ON_CHANGE = "A calculation follows its questions by itself."
TECHNICAL = "It is meant for the inside of another program."

SURVEY_USED: dict[tuple[str, ...], str] = {
    ("type",): "type",
    ("name",): "name",
    ("label",): "label",
    ("hint",): "hint",
    ("guidance_hint",): "guidance",
    ("bind", "required"): "required",
    ("bind", "jr:requiredMsg"): "required_message",
    ("bind", "relevant"): "relevant",
    ("bind", "constraint"): "constraint",
    ("bind", "jr:constraintMsg"): "constraint_message",
    ("bind", "calculate"): "calculate",
    ("bind", "readonly"): "read_only",
    ("default",): "default",
    ("control", "appearance"): "appearance",
    ("control", "jr:count"): "repeat_count",
    ("control", "rows"): "rows",
    ("choice_filter",): "choice_filter",
    ("parameters",): "parameters",
    ("disabled",): "disabled",
}
"""Column of the standard -> key here."""
TRANSLATED = frozenset({"label", "hint", "guidance", "required_message", "constraint_message"})
SURVEY_REFUSED = {
    "media": MEDIA,
    "image": MEDIA,
    "big-image": MEDIA,
    "audio": MEDIA,
    "video": MEDIA,
    "autoplay": MEDIA,
    "trigger": ON_CHANGE,
    "query": TECHNICAL,
    "intent": OTHER_APP,
    "bind": TECHNICAL,
    "control": TECHNICAL,
    "body": TECHNICAL,
    "instance": TECHNICAL,
    "compact_tag": TECHNICAL,
    "flat": TECHNICAL,
    "sms_field": ELSEWHERE,
    "sms_option": ELSEWHERE,
    "save_to": ELSEWHERE,
}
"""First part of a column -> why it is refused."""

SETTINGS_USED = {
    "form_title": "title",
    "set_form_title": "title",
    "title": "title",
    "form_id": "id",
    "set_form_id": "id",
    "id_string": "id",
    "version": "version",
    "default_language": "default_language",
    "allow_choice_duplicates": "allow_choice_duplicates",
}
SETTINGS_NOT_USED = frozenset(
    {"name", "style", "instance_name", "instance_id", "omit_instanceid", "clean_text_values",
     "namespaces", "entity_version", "flat", "client_editable", "sms_keyword", "sms_separator",
     "sms_allow_media", "sms_date_format", "sms_datetime_format", "sms_response", "prefix",
     "delimiter"}
)  # fmt: skip
SETTINGS_REFUSED = {
    "public_key": ELSEWHERE,
    "submission_url": ELSEWHERE,
    "auto_send": ELSEWHERE,
    "auto_delete": ELSEWHERE,
}
SHEETS_REFUSED = {
    "external_choices": "All choices must be on the sheet “choices”.",
    "entities": "Kith has its own lists of people and places.",
    "osm": "Kith does not record where somebody is.",
}

APPEARANCES_USED = frozenset({"multiline", "minimal", "likert", "field-list", "numbers"})
APPEARANCES_REFUSED = {
    "signature": MEDIA,
    "draw": MEDIA,
    "annotate": MEDIA,
    "image-map": MEDIA,
    "new": MEDIA,
    "new-front": MEDIA,
    "map": "Kith does not record where somebody is.",
    "maps": "Kith does not record where somebody is.",
    "placement-map": "Kith does not record where somebody is.",
    "printer": OTHER_APP,
    "bearing": OTHER_APP,
}
FROM_ELSEWHERE = ("ex:", "search(", "intent:")
"""Beginnings of appearances that ask another program or file."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet."""

    heading: str
    key: str = ""
    language: str = ""
    """As written in the heading; empty where the heading names none."""
    refused: str = ""


def survey_column(heading: str, *, doubled: bool) -> Column:
    """What a heading of the sheet “survey” means; doubled when the sheet writes :: somewhere."""
    _, tokens = process_header(
        header=heading,
        use_double_colon=doubled,
        header_aliases=aliases.survey_header,
        header_columns=set(MultipleChoiceQuestion.get_slot_names()) | {"disabled"},
    )
    for size in (2, 1):
        key = SURVEY_USED.get(tokens[:size], "")
        if key:
            return _with_language(heading, key, tokens[size:])
    first = tokens[0].strip().lower()
    return Column(heading, refused=SURVEY_REFUSED.get(first, ""))


def choices_column(heading: str, *, doubled: bool) -> Column:
    """What a heading of the sheet “choices” means; other columns are for choice filters."""
    parts = [part.strip() for part in heading.split("::" if doubled else ":")]
    first = "_".join(parts[0].split()).lower()
    if first in {"media", "image", "big-image", "audio", "video"}:
        return Column(heading, refused=MEDIA)
    if first == "sms_option":
        return Column(heading, refused=ELSEWHERE)
    key = {"list_name": "list", "name": "code", "value": "code", "label": "label",
           "caption": "label"}.get(first, "")  # fmt: skip
    return _with_language(heading, key, tuple(parts[1:])) if key else Column(heading)


def _with_language(heading: str, key: str, rest: tuple[str, ...]) -> Column:
    if not rest:
        return Column(heading, key)
    if key not in TRANSLATED or len(rest) > 1:
        return Column(heading, refused=TECHNICAL)
    return Column(heading, key, rest[0])
