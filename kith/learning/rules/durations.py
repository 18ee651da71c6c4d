"""Time that something takes, in words."""

from babel.units import format_unit

from kith.web.words import and_list, locale

HOUR = 60


def minutes_words(minutes: int) -> str:
    """ "1 hour and 20 minutes", "45 minutes", as the language of the page says it."""
    hours, rest = divmod(max(0, minutes), HOUR)
    said = []
    if hours:
        said.append(_unit(hours, "duration-hour"))
    if rest or not hours:
        said.append(_unit(rest, "duration-minute"))
    return and_list(said)


def about(minutes: int) -> int:
    """Minutes as one would say them: to the five from a quarter of an hour, to ten from an hour."""
    step = 1 if minutes < 15 else 5 if minutes < HOUR else 10
    return -(-minutes // step) * step


def _unit(number: int, unit: str) -> str:
    return format_unit(number, unit, length="long", locale=locale())
