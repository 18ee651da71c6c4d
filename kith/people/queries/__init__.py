"""Every read for a page: first argument the actor, starting at what is visible."""

from kith.people.queries.boards import (
    NextStep,
    Standing,
    add_list_filter,
    add_next_step,
    add_standing,
    next_step,
    standings,
)
from kith.people.queries.checks import counts_of_people, ended_checks, ending_checks
from kith.people.queries.lists import counted, lines_of, part_of_list, side_rows, wishes_in_words
from kith.people.queries.records import (
    FamilyRecord,
    Record,
    checks_of,
    family_of,
    groups,
    languages_of,
    members_of,
    record,
)
from kith.people.queries.search import find_people, listed, narrowed, people

__all__ = [
    "FamilyRecord",
    "NextStep",
    "Record",
    "Standing",
    "add_list_filter",
    "add_next_step",
    "add_standing",
    "checks_of",
    "counted",
    "counts_of_people",
    "ended_checks",
    "ending_checks",
    "family_of",
    "find_people",
    "groups",
    "languages_of",
    "lines_of",
    "listed",
    "members_of",
    "narrowed",
    "next_step",
    "part_of_list",
    "people",
    "record",
    "side_rows",
    "standings",
    "wishes_in_words",
]
