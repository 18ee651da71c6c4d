"""Why a file or one of its entries cannot be taken, as codes; `words.py` says them."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What is wrong with an entry."""

    NOT_AN_OBJECT = "not_an_object"
    NO_ID = "no_id"
    NO_NAME = "no_name"
    STATUS = "status"
    TWICE = "twice"
    NO_NUMBER = "no_number"
    WRONG_SHAPE = "wrong_shape"
    SIGNS = "signs"
    TOO_LONG = "too_long"
    NO_ORGANIZATION = "no_organization"


class FileFault(StrEnum):
    """What is wrong with a whole file."""

    EMPTY = "empty"
    KIND = "kind"
    ENCODING = "encoding"
    JSON = "json"
    TOO_DEEP = "too_deep"
    NO_SERVICES = "no_services"
    ZIP = "zip"
    LOCKED = "locked"
    PATH = "path"
    BOMB = "bomb"
    TOO_MANY_FILES = "too_many_files"
    CSV = "csv"


@dataclass(frozen=True)
class Wrong:
    """A fault at a place of an entry: the name of a field, or nothing."""

    fault: Fault
    field: str = ""


class Unreadable(Exception):
    """A file that cannot be taken at all: why, and which part of it."""

    def __init__(self, fault: FileFault, part: str = "") -> None:
        super().__init__(fault, part)
        self.fault = fault
        self.part = part
