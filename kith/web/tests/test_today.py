from datetime import date

import pytest

from kith.gate.roles import Role
from kith.web import today as board
from kith.web.tests.factories import person

MONDAY = date(2026, 11, 23)
EWA = person(Role.COORDINATOR)


@pytest.fixture(autouse=True)
def _empty_board(monkeypatch):
    for name in ("SOURCES", "CALM", "FIRST_STEPS"):
        monkeypatch.setattr(board, name, [])


def line(what: str, weight: int = 50) -> board.TodayLine:
    return board.TodayLine(
        kind=board.Kind.CALL, what=what, why="", action_label="Open", url="/", weight=weight
    )


def test_lines_of_all_rooms_come_together_the_weightiest_first():
    board.add_source(lambda actor, today: [line("Check the list", 10), line("Call Olena", 100)])
    board.add_source(lambda actor, today: [line("Plan an ending", 40)])

    lines = board.lines_for(EWA, MONDAY)

    assert [found.what for found in lines] == ["Call Olena", "Plan an ending", "Check the list"]


def test_no_more_than_a_dozen_lines_are_shown():
    board.add_source(lambda actor, today: [line(str(number)) for number in range(20)])

    assert len(board.lines_for(EWA, MONDAY)) == 12


def test_a_source_that_cannot_come_among_them_is_not_asked():
    asked = []
    board.add_source(lambda actor, today: asked.append("light") or [line("light", 40)], most=40)
    board.add_source(lambda actor, today: [line(str(n), 41) for n in range(12)], most=60)

    lines = board.lines_for(EWA, MONDAY)

    assert [found.what for found in lines] == [str(n) for n in range(12)]
    assert asked == []


def test_lines_of_equal_weight_stand_in_the_order_of_their_rooms():
    board.add_source(lambda actor, today: [line("first", 40)], most=40)
    board.add_source(lambda actor, today: [line(str(n), 40) for n in range(12)], most=60)

    lines = board.lines_for(EWA, MONDAY)

    assert [found.what for found in lines] == ["first", *(str(n) for n in range(11))]


def test_a_source_with_a_heavier_line_than_it_said_is_a_fault():
    board.add_source(lambda actor, today: [line("heavy", 41)], most=40)

    with pytest.raises(board.TooHeavy, match="41"):
        board.lines_for(EWA, MONDAY)


def test_a_source_knows_who_asks_and_when():
    asked = []
    board.add_source(lambda actor, today: asked.append((actor, today)) or [])

    board.lines_for(EWA, MONDAY)

    assert asked == [(EWA, MONDAY)]


def test_what_runs_as_planned_is_said_only_where_there_is_something():
    board.add_calm(lambda actor, today: None)
    board.add_calm(lambda actor, today: "41 matches are running as planned.")

    assert board.calm_for(EWA, MONDAY) == ["41 matches are running as planned."]


def test_the_first_step_is_the_first_answer_in_order():
    later = board.FirstStep(what="Invite mentors", why="", action_label="Invite", url="/")
    sooner = board.FirstStep(what="Bring your list", why="", action_label="Import", url="/")
    board.add_first_step(lambda actor: later, order=20)
    board.add_first_step(lambda actor: sooner, order=10)
    board.add_first_step(lambda actor: None, order=0)

    assert board.first_step_for(EWA) == sooner
