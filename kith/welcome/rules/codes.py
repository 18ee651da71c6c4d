"""The receipt code: sixteen letters with which someone finds their own application again."""

import unicodedata
from uuid import UUID

from kith.accounts.rules import CARD_LENGTH, CARD_LETTERS
from kith.base import vault


def code_of(mark: str) -> str:
    """The code of a form that was drawn with this mark: sent twice, it is the same one."""
    number = int(vault.blind_hex("receipt", mark), 16)
    letters = []
    for _ in range(CARD_LENGTH):
        number, place = divmod(number, len(CARD_LETTERS))
        letters.append(CARD_LETTERS[place])
    return "".join(letters)


def typed_code(text: str) -> str:
    """The code as it was meant: in capitals, without blanks and dashes, figures of any script."""
    return "".join(_meant(letter) for letter in text.upper() if letter.isalnum())


def _meant(letter: str) -> str:
    figure = unicodedata.digit(letter, None)
    return letter if figure is None else str(figure)


def kept_code(organisation_id: UUID, code: str) -> str:
    """What is stored of a code."""
    return vault.blind_hex("receipt code", f"{organisation_id}|{code}")
