"""What names, phones and addresses are found by: keyed hashes, one row for each."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.db import connection, models

from kith.base import permit
from kith.base.models import Model, Organisation, Rows
from kith.base.privacy import Kind, Privacy
from kith.people.models.persons import Person


class Tokens(Rows):
    """Search tokens, written many at a time."""

    def put(self, organisation_id: UUID, pairs: Iterable[tuple[UUID, int]]) -> None:
        """Store tokens of persons; those already there stay as they are."""
        permit.require(self.model._meta.label).add(self.model._meta.label, {"+"})
        persons, tokens = [], []
        for person_id, token in pairs:
            persons.append(person_id)
            tokens.append(token)
        # One statement with two arrays: ten times as fast as rows of values, and COPY is not
        # possible under row security.
        with connection.cursor() as cursor:
            cursor.execute(PUT_TOKENS, [organisation_id, tokens, persons])


PUT_TOKENS = """
    INSERT INTO people_searchtoken (organisation_id, token, person_id)
    SELECT %s, token, person
    FROM unnest(%s::bigint[], %s::uuid[]) AS given (token, person)
    ON CONFLICT DO NOTHING
"""


class SearchToken(Model):
    """A keyed hash of a name part, phone or address: found by equality, readable by nobody."""

    id = None  # type: ignore[assignment]
    created_at = None  # type: ignore[assignment]
    pk = models.CompositePrimaryKey("organisation_id", "token", "person_id")
    # The key begins with it; an index of its own would only lead the planner astray.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    token = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[Any] = Tokens.as_manager()

    privacy = Privacy(organisation=Kind.LINK, token=Kind.SECRET, person=Kind.LINK)

    def __str__(self) -> str:
        return str(self.token)
