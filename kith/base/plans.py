"""Statements that the database plans for the values they are asked with."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def planned_by_values() -> Iterator[None]:
    """Plan what is asked inside anew, each time for its own values; no plan of it is kept.

    For questions whose values weigh very differently, as a word that half of the rows hold and one
    that none does: a plan that is kept has to do for both. Planning takes about a millisecond.
    """
    connection.ensure_connection()
    link = connection.connection
    kept, link.prepare_threshold = link.prepare_threshold, None
    try:
        yield
    finally:
        link.prepare_threshold = kept
