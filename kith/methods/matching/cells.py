"""How the cells of the matching files are read. Every reader takes a filled, trimmed text."""

import math
from collections.abc import Callable, Iterator
from datetime import date

from kith.methods.matching.profile import FULL_SKILL, SLOTS, USUAL_LANGUAGE_LEVEL, AgeBand

YES, NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})


class BadText(ValueError):
    """A cell cannot be read; the message is the reason, for people."""


def read_name(text: str) -> str:
    """A word such as a region or gender; capitals make no difference."""
    return text.casefold()


def read_id(text: str) -> str:
    """An id, as it stands."""
    return text


def read_date(text: str) -> date:
    """A day as 2026-03-31."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadText(f"{text!r} is no date such as 2026-03-31") from None


def read_yes_no(text: str) -> bool:
    """Yes or no, in one of the usual spellings."""
    word = text.casefold()
    if word not in YES | NO:
        raise BadText(f"{text!r} is neither yes nor no")
    return word in YES


def read_number(text: str) -> float:
    """A number with a decimal point."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise BadText(f"{text!r} is no number")
    return number


def read_count(text: str) -> int:
    """A whole number from 0 on."""
    if not (text.isascii() and text.isdigit()):
        raise BadText(f"{text!r} is no whole number")
    return int(text)


def read_names(text: str) -> frozenset[str]:
    """Words such as `music;cooking`."""
    return frozenset(read_name(part) for part in _parts(text))


def read_ids(text: str) -> frozenset[str]:
    """Ids such as `M12;M13`."""
    return frozenset(_parts(text))


def read_slots(text: str) -> frozenset[str]:
    """Times of the week such as `mon-eve;tue-am`."""
    slots = read_names(text)
    unknown = sorted(slots - set(SLOTS))
    if unknown:
        raise BadText(f"{unknown[0]!r} is no time of the week such as mon-am, tue-pm or sun-eve")
    return slots


def read_languages(text: str) -> dict[str, int]:
    """Languages with levels 1 to 5, such as `pl:3;uk:4`."""
    return _numbered(text, usual=USUAL_LANGUAGE_LEVEL)


def read_wishes(text: str) -> dict[str, int]:
    """Topics with how much they matter, such as `housing;work:2`."""
    return _numbered(text, usual=1)


def read_skills(text: str) -> dict[str, int]:
    """Topics with how well the mentor knows them, 1 to 4, such as `housing;work:2`."""
    return _numbered(text, usual=FULL_SKILL)


def read_age_band(text: str) -> AgeBand:
    """An age band such as `25-34`, `65+` or `40`."""
    low, dash, high = text.replace("–", "-").partition("-")
    if dash:
        return AgeBand(read_count(low.strip()), read_count(high.strip()))
    if text.endswith("+"):
        return AgeBand(read_count(text[:-1].strip()))
    return AgeBand(read_count(text), read_count(text))


READERS: dict[str, Callable[[str], object]] = {
    "id": read_id,
    "waiting_since": read_date,
    "available_since": read_date,
    "capacity": read_count,
    "languages": read_languages,
    "topics_required": read_names,
    "region": read_name,
    "lat": read_number,
    "lon": read_number,
    "max_km": read_number,
    "online": read_yes_no,
    "availability": read_slots,
    "mentor_gender": read_name,
    "mentor_gender_required": read_yes_no,
    "gender": read_name,
    "age_band": read_age_band,
    "interests": read_names,
    "trained_until": read_date,
    "checked_until": read_date,
    "excluded": read_ids,
}
PARTICIPANT_READERS = {
    name: READERS[name]
    for name in (
        *("id", "waiting_since", "languages", "topics_required", "region", "lat", "lon"),
        *("max_km", "online", "availability", "mentor_gender", "mentor_gender_required"),
        *("age_band", "interests", "excluded"),
    )
} | {"topics": read_wishes}
MENTOR_READERS = {
    name: READERS[name]
    for name in (
        *("id", "available_since", "capacity", "languages", "region", "lat", "lon", "max_km"),
        *("online", "availability", "gender", "age_band", "interests", "trained_until"),
        *("checked_until", "excluded"),
    )
} | {"topics": read_skills}
DECISION_READERS: dict[str, Callable[[str], object]] = {"participant": read_id, "mentor": read_id}


def _parts(text: str) -> Iterator[str]:
    return (part.strip() for part in text.split(";") if part.strip())


def _numbered(text: str, *, usual: int) -> dict[str, int]:
    """Words with whole numbers; a word twice is refused, because one of them must be wrong."""
    found: dict[str, int] = {}
    for part in _parts(text):
        word, colon, number = part.rpartition(":")
        name = read_name(word.strip() if colon else part)
        if not name:
            raise BadText(f"{part!r} names nothing")
        if name in found:
            raise BadText(f"{name!r} stands there twice")
        found[name] = read_count(number.strip()) if colon else usual
    return found
