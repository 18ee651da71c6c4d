"""Some rows that a sentence names, and how many there are."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Few(Generic[Row]):
    """The first rows, and the number of all of them up to a limit.

    number  never more than `most`; one more than that says that there are more
    """

    rows: list[Row]
    number: int


def few(rows: "QuerySet[Row]", *, named: int, most: int) -> Few[Row]:
    """Read only those that are named; the others are counted, at most to `most` + 1."""
    found = list(rows[: named + 1])
    if len(found) <= named:
        return Few(found, len(found))
    # What comes with a row is of no use to a count.
    counted = rows.select_related(None).order_by()[: most + 1].count()
    return Few(found[:named], counted)
