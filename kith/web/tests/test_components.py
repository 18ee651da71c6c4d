import pytest

from kith.web.components import rungs


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (3, 2, ["filled", "filled", "gained", "open", "open"]),
        (2, 3, ["filled", "filled", "lost", "open", "open"]),
        (4, 4, ["filled", "filled", "filled", "filled", "open"]),
        (1, None, ["filled", "open", "open", "open", "open"]),
        (None, None, ["open"] * 5),
        (5, 1, ["filled", "gained", "gained", "gained", "gained"]),
    ],
)
def test_a_ladder_shows_the_start_what_was_gained_and_what_was_lost(now, before, expected):
    assert [rung.state for rung in rungs(now, before)] == expected
