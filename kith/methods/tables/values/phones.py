"""Phone numbers as E.164, with the country of the organisation for numbers without a prefix.

Only the form is checked: calling code, and the number of digits where the country is listed.
"""

import re

from kith.methods.tables.remarks import Remark, remark
from kith.methods.tables.table import Value
from kith.methods.tables.text import clean, plain, says_none

# Country -> calling code, trunk prefix that is dropped abroad, digits of a national number.
COUNTRIES: dict[str, tuple[str, str, range]] = {
    "AF": ("93", "0", range(9, 10)), "AL": ("355", "0", range(8, 10)),
    "AT": ("43", "0", range(7, 14)), "AU": ("61", "0", range(9, 10)),
    "BA": ("387", "0", range(8, 10)), "BE": ("32", "0", range(8, 10)),
    "BG": ("359", "0", range(8, 10)), "BY": ("375", "8", range(9, 10)),
    "CA": ("1", "1", range(10, 11)), "CH": ("41", "0", range(9, 10)),
    "CZ": ("420", "", range(9, 10)), "DE": ("49", "0", range(6, 13)),
    "DK": ("45", "", range(8, 9)), "EE": ("372", "", range(7, 9)),
    "EG": ("20", "0", range(8, 11)), "ES": ("34", "", range(9, 10)),
    "FI": ("358", "0", range(6, 12)), "FR": ("33", "0", range(9, 10)),
    "GB": ("44", "0", range(9, 11)), "GE": ("995", "0", range(9, 10)),
    "GR": ("30", "", range(10, 11)), "HR": ("385", "0", range(8, 10)),
    "HU": ("36", "06", range(8, 10)), "IE": ("353", "0", range(7, 10)),
    "IQ": ("964", "0", range(8, 11)), "IR": ("98", "0", range(10, 11)),
    "IS": ("354", "", range(7, 10)), "IT": ("39", "", range(6, 12)),
    "LT": ("370", "0", range(8, 9)), "LU": ("352", "", range(5, 12)),
    "LV": ("371", "", range(8, 9)), "MD": ("373", "0", range(8, 9)),
    "ME": ("382", "0", range(8, 10)), "MK": ("389", "0", range(8, 9)),
    "MT": ("356", "", range(8, 9)), "NL": ("31", "0", range(9, 10)),
    "NO": ("47", "", range(8, 9)), "NZ": ("64", "0", range(8, 11)),
    "PL": ("48", "0", range(9, 10)), "PT": ("351", "", range(9, 10)),
    "RO": ("40", "0", range(9, 10)), "RS": ("381", "0", range(7, 10)),
    "RU": ("7", "8", range(10, 11)), "SE": ("46", "0", range(7, 10)),
    "SI": ("386", "0", range(8, 9)), "SK": ("421", "0", range(9, 10)),
    "SY": ("963", "0", range(8, 10)), "TR": ("90", "0", range(10, 11)),
    "UA": ("380", "0", range(9, 10)), "US": ("1", "1", range(10, 11)),
    "XK": ("383", "0", range(8, 9)),
}  # fmt: skip

_LENGTHS: dict[str, range] = {code: digits for code, _, digits in COUNTRIES.values()}
_CODES = frozenset(_LENGTHS)
_BETWEEN = re.compile(
    r"[/;,\n|]|\b(?:lub|albo|oraz|or|and|oder|und|або|та|или|او)\b|(?<=\d)\s+(?=\+|00\d)"
)
_LABELS = re.compile(r"[^\d+()\-./\s]+[.:]?|\(0\)")
_EXTENSION = re.compile(r"\b(?:wew|ext|extension|durchwahl|внутр|дод)\b.*$")
_SHORTEST, _LONGEST = 8, 15


def read_phone(value: Value, *, country: str = "PL") -> tuple[str | None, Remark | None]:
    """The first number of a cell as +48…; what is no complete number stays as written."""
    numbers, kept = read_phones(value, country=country)
    if not numbers:
        return (kept or None), (remark("phone_unreadable", text=kept) if kept else None)
    if len(numbers) > 1:
        return numbers[0], remark("phone_second", others=", ".join(numbers[1:]))
    return numbers[0], None


def read_phones(value: Value, *, country: str = "PL") -> tuple[list[str], str]:
    """All numbers of a cell in E.164 without doubles, and the cell as written."""
    written = _written(value)
    if says_none(written):
        return [], ""
    whole = _e164(written, country)
    if whole:
        return [whole], written
    parts = (_e164(part, country) for part in _BETWEEN.split(plain(written)))
    return list(dict.fromkeys(part for part in parts if part)), written


def looks_like_phone(value: Value, *, country: str = "PL") -> bool:
    return bool(read_phones(value, country=country)[0])


def _written(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:.0f}"
    return clean(value) if isinstance(value, str) else str(value if value is not None else "")


def _e164(text: str, country: str) -> str:
    text = _EXTENSION.sub("", plain(text))
    if re.fullmatch(r"\d{9,15}\.0", text):  # a number that a spreadsheet kept as a decimal
        text = text[:-2]
    text = _LABELS.sub(" ", text).strip(" .-/")
    if text.count("+") > 1 or "+" in text[1:].lstrip("("):
        return ""
    digits = re.sub(r"\D", "", text)
    if text.lstrip("( ").startswith("+"):
        return _international(digits)
    if digits.startswith("00"):
        return _international(digits[2:])
    return _national(digits, country)


def _international(digits: str) -> str:
    """A number with its calling code; a trunk zero written after the code is dropped."""
    code = next((digits[:size] for size in (3, 2, 1) if digits[:size] in _CODES), "")
    rest = digits.removeprefix(code)
    if code and len(rest) not in _LENGTHS[code]:
        rest = rest.removeprefix("0")
        if len(rest) not in _LENGTHS[code]:
            return ""
    number = code + rest
    fits = _SHORTEST <= len(number) <= _LONGEST and not number.startswith("0")
    return f"+{number}" if fits else ""


def _national(digits: str, country: str) -> str:
    if country not in COUNTRIES:
        return ""
    code, trunk, lengths = COUNTRIES[country]
    if len(digits) in lengths and not (trunk and digits.startswith(trunk)):
        return f"+{code}{digits}"
    if trunk and digits.startswith(trunk) and len(digits) - len(trunk) in lengths:
        return f"+{code}{digits.removeprefix(trunk)}"
    if digits.startswith(code) and len(digits) - len(code) in lengths:
        return f"+{digits}"
    return ""
