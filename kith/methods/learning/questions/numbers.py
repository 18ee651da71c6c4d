"""Numbers as people and files write them, and back."""

import re
from fractions import Fraction

LONGEST = 60
_DIGITS = {ord(sign): str(place % 10) for place, sign in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_SIGNS = str.maketrans({"−": "-", "–": "-", "٫": ".", "٬": "'", "’": "'", "،": ","})
_SPACE_BETWEEN = re.compile(r"(?<=\d)[\s'](?=\d{3}(?!\d))")
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)
_COULD_BE_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)


def plain_number(text: str) -> Fraction | None:
    """A number with a decimal point, as files of questions hold it; None when it is none."""
    text = text.strip()
    if len(text) > LONGEST or not _PLAIN.fullmatch(text):
        return None
    return Fraction(text if text[-1] != "." else text[:-1])


def numbers_read(text: str) -> tuple[Fraction, ...]:
    """What somebody may have meant: one number, two where 1,500 can be read in two ways, or none.

    Decimal comma or point, thousands apart by spaces, points, commas or apostrophes, digits of
    Arabic and Persian.
    """
    if len(text) > LONGEST:
        return ()
    text = _SPACE_BETWEEN.sub("", text.translate(_DIGITS).translate(_SIGNS).strip())
    ways = [_point_for_decimals(text)]
    if _COULD_BE_THOUSANDS.fullmatch(text):
        ways.append(text.replace(",", "").replace(".", ""))
    return tuple(one for one in map(plain_number, ways) if one is not None)


def _point_for_decimals(text: str) -> str:
    commas, points = text.count(","), text.count(".")
    if commas and points:
        last, other = (",", ".") if text.rfind(",") > text.rfind(".") else (".", ",")
        return text.replace(other, "").replace(last, ".")
    if commas > 1 or points > 1:
        return text.replace(",", "").replace(".", "")
    return text.replace(",", ".")


def decimal(number: Fraction) -> str:
    """The number with a decimal point: exactly where that is possible, else with twelve places."""
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives) if rest == 1 else 12
    digits = str(abs(round(number * 10**places))).rjust(places + 1, "0")
    whole, after = digits[: len(digits) - places], digits[len(digits) - places :].rstrip("0")
    sign = "-" if number < 0 else ""
    return f"{sign}{whole}.{after}" if after else f"{sign}{whole}"


def percent(weight: Fraction) -> str:
    """A weight as files of questions write it: 1/3 is 33.33333."""
    return decimal(Fraction(round(weight * 100 * 10**5), 10**5))


def weight_of_percent(text: str) -> Fraction | None:
    """A weight from its per cent, 33.33333 as the 1/3 that was meant; None when it is no number."""
    number = plain_number(text)
    if number is None or abs(number) > 100:
        return None
    near = (number / 100).limit_denominator(100)
    return near if abs(near - number / 100) < Fraction(1, 10**5) else number / 100
