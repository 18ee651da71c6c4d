"""Units that come with Kith: read from their files once by each process; no table is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kith.learning.rules.shipped import UNITS
from kith.methods.learning.courses.reading import read_unit
from kith.methods.learning.courses.schema import Unit, languages_of


@dataclass(frozen=True)
class OpenUnit:
    """A unit, the bytes of its pictures, and the languages it is written in."""

    unit: Unit
    pictures: Mapping[str, bytes]

    @property
    def languages(self) -> tuple[str, ...]:
        return languages_of(self.unit.title)


@lru_cache(maxsize=1)
def units() -> Mapping[str, OpenUnit]:
    """Key -> unit, in the order of their folders."""
    found = {}
    for folder in sorted(one for one in UNITS.iterdir() if one.is_dir()):
        read = read_unit(folder)
        if read.unit is None:
            raise LookupError(folder.name)
        pictures = {one.name: read.files[one.name] for one in read.unit.pictures}
        found[read.unit.key] = OpenUnit(read.unit, pictures)
    return found
