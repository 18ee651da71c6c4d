"""What every act of this room looks at first."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.consent.queries import in_force
from kith.people.models import Person
from kith.work.rules import MOST_ENTRIES, PURPOSE


class ConsentMissing(Refused):
    """What stands here is kept for mentoring, so the yes to mentoring must be in force."""

    sentence = _("Something can be written here once the yes to mentoring is given.")


class ListIsFull(Refused):
    """A list that nobody reads to its end helps nobody."""

    sentence = _("The list is full. Remove what is not needed any more, then add the next.")


class NotOfThisPerson(Refused):
    """An entry is changed on the page of its person."""

    sentence = _("This entry belongs to another page. Nothing was changed.")


def require_consent(person: Person) -> None:
    """Raises ConsentMissing."""
    if not in_force(person, PURPOSE):
        raise ConsentMissing()


def require_room(rows: "QuerySet[Any]", most: int = MOST_ENTRIES) -> None:
    """Raises ListIsFull."""
    if rows.count() >= most:
        raise ListIsFull()


def require_own(person: Person, row: Any) -> None:
    """Raises NotOfThisPerson."""
    if row.person_id != person.pk:
        raise NotOfThisPerson()
