"""What somebody is asked about before a message goes: a phone number, an account, money.

Read from the text alone, at the moment of sending. The answer is a question to the sender: nothing
of it is kept, nobody else hears of it, and the message goes as it is when they say so.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from kith.messaging.rules.caution_words import AMOUNT_WORDS, GIVING, MONEY


class Caution(StrEnum):
    """What a text seems to hold."""

    PHONE = "phone"
    ACCOUNT = "account"
    MONEY = "money"


SHORTEST_PHONE, LONGEST_PHONE = 7, 15
# Days, times, spans of years and hours are numbers that nobody needs to be asked about.
HARMLESS = re.compile(
    r"\b\d{4}-\d{1,2}-\d{1,2}\b"
    r"|\b\d{1,2}[./]\s?\d{1,2}[./]\s?(?:\d{4}|\d{2})\b"
    r"|(?<![\d.\-/])\d{1,2}[:.]\d{2}(?:\s?[-–]\s?\d{1,2}[:.]\d{2})?\b(?![.\-/]?\d)"
    r"|\b(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d\b"
)
NUMBER = re.compile(r"\+?(?:\(\+?)?\d(?:[ \t().\-/]{0,3}\d){6,}")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ \t\-]?[A-Z0-9]){11,30}")
WORD = re.compile(r"\w+", re.UNICODE)
AMOUNT = re.compile(
    r"(?:[€$£₴]|\b(?:{0}))\s?\d|\d[\d .,]*\s?(?:[€$£₴]|(?:{0})\b)".format("|".join(AMOUNT_WORDS))
)
ARABIC_MARKS = re.compile("[\u064b-\u0652\u0640]")


def cautions(text: str) -> tuple[Caution, ...]:
    """What the sender is asked about, in a fixed order; empty when nothing stands out."""
    plain = HARMLESS.sub(" ; ", _plain(text))
    found = {Caution.ACCOUNT} if _has_iban(plain) else set()
    of_numbers = (_of_number(number) for number in NUMBER.findall(IBAN.sub(" ; ", plain)))
    found |= {one for one in of_numbers if one is not None}
    if _speaks_of_money(plain):
        found.add(Caution.MONEY)
    return tuple(one for one in Caution if one in found)


def _plain(text: str) -> str:
    """One way of writing: digits of every script as 0 to 9, no invisible signs."""
    signs = unicodedata.normalize("NFKC", text)
    return "".join(_sign(sign) for sign in signs if unicodedata.category(sign) != "Cf")


def _sign(sign: str) -> str:
    value = unicodedata.digit(sign, None)
    return sign if value is None else str(value)


def _has_iban(text: str) -> bool:
    written = (re.sub(r"[^A-Z0-9]", "", found) for found in IBAN.findall(text.upper()))
    # What stands behind the number may look like part of it.
    return any(_is_iban(one[:end]) for one in written for end in range(15, len(one) + 1))


def _is_iban(text: str) -> bool:
    moved = text[4:] + text[:4]
    return int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1


def _of_number(written: str) -> Caution | None:
    digits = re.sub(r"\D", "", written)
    if len(digits) > LONGEST_PHONE or (not written.startswith("+") and _is_card(digits)):
        return Caution.ACCOUNT
    return Caution.PHONE if len(digits) >= SHORTEST_PHONE else None


def _is_card(digits: str) -> bool:
    """The sum with which numbers of bank cards prove themselves (Luhn)."""
    if len(digits) < LONGEST_PHONE:
        return False
    doubled = (int(sign) * (1 + place % 2) for place, sign in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _speaks_of_money(text: str) -> bool:
    folded = ARABIC_MARKS.sub("", text.casefold())
    words = " ".join(WORD.findall(folded))
    if _begins(words, MONEY):
        return True
    return bool(AMOUNT.search(folded)) and _begins(words, GIVING)


def _begins(words: str, stems: Iterable[str]) -> bool:
    """Whether some word begins with one of the stems."""
    padded = f" {words}"
    return any(f" {stem}" in padded for stem in stems)
