"""Rounds of an earlier Kith come into the tables of now: nothing that people decided is lost."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from kith.config.settings import database

BEFORE = [
    ("matching", "0002_rounds_of_several_programmes"),
    ("programmes", "0003_how_long_waits_lasted"),
]
NOW = [("matching", "0004_what_rounds_no_longer_hold")]
SOLVED = datetime(2026, 10, 2, 9, tzinfo=UTC)
SHELVES = {
    "proposed": "decide",
    "locked": "decide",
    "rejected": "left_out",
    "offered": "asked",
    "agreed": "agreed",
    "declined": "left_out",
    "dropped": "left_out",
}


@pytest.fixture
def owned(fresh_database):
    """The database of this test, as its owner, who may change tables."""
    connections.close_all()
    connections.settings["default"].update(database(fresh_database))


def at(targets):
    """Bring the tables there; gives the models of that time."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


def enrolments(models, organisation, programme, number, side):
    people = [
        models.get_model("people", "Person").objects.create(
            organisation=organisation, **{f"is_{side}": True}
        )
        for _ in range(number)
    ]
    return [
        models.get_model("programmes", "Enrolment").objects.create(
            organisation=organisation,
            programme=programme,
            person=person,
            side=side,
            waiting_since=date(2026, 9, 1 + day),
        )
        for day, person in enumerate(people)
    ]


def old_round(models, organisation, programme, **more):
    return models.get_model("matching", "Round").objects.create(
        organisation=organisation,
        programme=programme,
        opened_on=date(2026, 10, 1),
        seed=2**53 + 1,
        settings={"weights": {"need": 40}},
        counts={"pairs": 7},
        **more,
    )


@pytest.fixture
def earlier(owned):
    """Two rounds as they were: a solved one with a pair in every state, and one just closed."""
    models = at(BEFORE)
    organisation = models.get_model("base", "Organisation").objects.create(
        name="Mosty", country="PL"
    )
    programmes = [
        models.get_model("programmes", "Programme").objects.create(
            organisation=organisation,
            template_key="base",
            template_version="1",
            name=name,
            opened_on=date(2026, 1, 1),
        )
        for name in ("Tandem", "Library")
    ]
    open_round = old_round(models, organisation, programmes[0], solved_at=SOLVED)
    closed = old_round(models, organisation, programmes[1], state="closed")
    waiting = enrolments(models, organisation, programmes[0], len(SHELVES) + 1, "participant")
    [mentor] = enrolments(models, organisation, programmes[0], 1, "mentor")
    said = {"participant_answer": "yes", "mentor_answer": "yes", "agreed_on": date(2026, 10, 9)}
    days = {"offered_on": date(2026, 10, 2), "answer_by": date(2026, 10, 9)}
    for state, participant in zip(SHELVES, waiting, strict=False):
        models.get_model("matching", "Proposal").objects.create(
            organisation=organisation,
            round=open_round,
            participant=participant,
            mentor=mentor,
            state=state,
            points=[{"code": "shared_slots", "slots": ["tue-eve"]}],
            **(said if state == "agreed" else {}),
            **(days if state == "offered" else {}),
        )
    models.get_model("matching", "Unmatched").objects.create(
        organisation=organisation, round=open_round, participant=waiting[-1]
    )
    return open_round, closed, programmes


def test_rounds_of_an_earlier_kith_keep_their_programme_figures_pairs_and_order(earlier) -> None:
    open_round, closed, (tandem, library) = earlier

    models = at(NOW)

    def rows(name, *fields):
        return list(models.get_model("matching", name).objects.order_by("id").values_list(*fields))

    assert sorted(rows("RoundProgramme", "round", "programme", "is_open"), key=str) == sorted(
        [(open_round.pk, tandem.pk, True), (closed.pk, library.pk, False)], key=str
    )
    assert rows("Run", "round", "number", "state", "seed", "settings", "counts", "solved_at") == [
        (
            open_round.pk,
            1,
            "done",
            2**53 + 1,
            {"weights": {"need": 40}},
            {"pairs": 7},
            SOLVED,
        )
    ]
    assert rows("Proposal", "state", "shelf", "waiting_since") == [
        (state, shelf, date(2026, 9, 1 + day)) for day, (state, shelf) in enumerate(SHELVES.items())
    ]
    assert rows("Unmatched", "waiting_since") == [(date(2026, 9, 1 + len(SHELVES)),)]
    assert rows("Round", "state") == [("open",), ("closed",)]
