"""The one clock, and how a story moves it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from kith.base import clock

NOW = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)


@pytest.fixture
def moved(settings, tmp_path):
    file = tmp_path / "clock"
    file.write_text("0")
    settings.KITH_CLOCK = str(file)
    with time_machine.travel(NOW, tick=False):
        yield file


def test_the_clock_is_right_where_nobody_moves_it() -> None:
    with time_machine.travel(NOW, tick=False):
        assert clock.now() == NOW
        assert clock.today().isoformat() == "2026-11-22"


def test_a_story_moves_the_clock_while_everything_runs(moved) -> None:
    before = clock.now(), clock.today()
    moved.write_text(f"{timedelta(days=30, minutes=30).total_seconds()}\n")

    after = clock.now(), clock.today()

    assert before[0] == NOW
    assert after[0] == NOW + timedelta(days=30, minutes=30)
    # Midnight has passed in Warsaw.
    assert [day.isoformat() for day in (before[1], after[1])] == ["2026-11-22", "2026-12-23"]
