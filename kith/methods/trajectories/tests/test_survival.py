"""The product-limit estimate: by hand, from the paper, from a well-known trial, and always."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.methods.trajectories.survival import Curve, Lasted, NothingSeen, kaplan_meier


def ended(*days: int) -> list[Lasted]:
    return [Lasted(day, ended=True) for day in days]


def going_on(*days: int) -> list[Lasted]:
    return [Lasted(day, ended=False) for day in days]


def test_the_example_of_the_paper() -> None:
    # Kaplan and Meier 1958, section 2: deaths at 0.8, 3.1, 5.4, 9.2; losses at 1.0, 2.7, 7.0, 12.1.
    curve = kaplan_meier(ended(8, 31, 54, 92) + going_on(10, 27, 70, 121))

    assert [(point.days, point.at_risk) for point in curve.points] == [
        (8, 8),
        (31, 5),
        (54, 4),
        (92, 2),
    ]
    assert [point.share for point in curve.points] == pytest.approx([0.875, 0.7, 0.525, 0.2625])
    assert (curve.number, curve.ended, curve.last_day, curve.median) == (8, 4, 121, 92)


def test_the_weeks_of_remission_that_textbooks_print() -> None:
    # Freireich et al. 1963, the 21 patients who received 6-mercaptopurine. Shares and standard
    # errors as in Gehan 1965 and after; limits as general statistics programs print them.
    curve = kaplan_meier(
        ended(6, 6, 6, 7, 10, 13, 16, 22, 23)
        + going_on(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
    )

    printed = [
        (6, 21, 0.8571, 0.6197, 0.9516),
        (7, 17, 0.8067, 0.5631, 0.9228),
        (10, 15, 0.7529, 0.5032, 0.8894),
        (13, 12, 0.6902, 0.4316, 0.8491),
        (16, 11, 0.6275, 0.3675, 0.8049),
        (22, 7, 0.5378, 0.2678, 0.7468),
        (23, 6, 0.4482, 0.1881, 0.6801),
    ]
    found = [
        (point.days, point.at_risk, *(round(x, 4) for x in (point.share, point.lower, point.upper)))
        for point in curve.points
    ]
    assert found == printed
    assert curve.median == 23


def test_by_hand_with_greenwoods_variance() -> None:
    # 4 of 10 end on day 30, 3 are only seen until day 60, 1 of the last 3 ends on day 90.
    curve = kaplan_meier(
        [Lasted(30, True, 4), Lasted(60, False, 3), Lasted(90, True, 1), Lasted(90, False, 2)]
    )

    share = 0.6 * 2 / 3
    variance = 4 / (10 * 6) + 1 / (3 * 2)
    spread = 1.959964 * math.sqrt(variance) / -math.log(share)
    last = curve.points[-1]
    assert last.share == pytest.approx(share)
    assert last.lower == pytest.approx(share ** math.exp(spread), rel=1e-6)
    assert last.upper == pytest.approx(share ** math.exp(-spread), rel=1e-6)


def test_numbers_at_risk_count_those_who_were_seen_that_long() -> None:
    curve = kaplan_meier(ended(10, 20) + going_on(20, 30))

    assert [curve.at_risk(day) for day in (0, 10, 11, 20, 21, 30, 31)] == [4, 4, 3, 3, 1, 1, 0]


def test_between_two_points_the_earlier_holds_and_before_the_first_all_last() -> None:
    curve = kaplan_meier(ended(10, 20) + going_on(30, 30))

    assert [curve.at(day).share for day in (0, 9, 10, 19, 20, 400)] == [1, 1, 0.75, 0.75, 0.5, 0.5]


def test_where_nobody_ended_there_is_no_step_and_no_median() -> None:
    curve = kaplan_meier(going_on(5, 9))

    assert (curve.points, curve.median, curve.at(9).share) == ((), None, 1.0)


def test_where_all_ended_the_interval_reaches_down_to_nothing() -> None:
    gradually, at_once = kaplan_meier(ended(1, 2)), kaplan_meier(ended(3, 3))

    assert gradually.points[-1].share == 0
    assert gradually.points[-1].lower == 0
    assert gradually.points[-1].upper == gradually.points[0].upper
    assert (at_once.points[0].lower, at_once.points[0].upper) == (0.0, 1.0)


def test_nothing_at_all_is_said_and_so_is_what_cannot_be() -> None:
    with pytest.raises(NothingSeen):
        kaplan_meier([])
    with pytest.raises(ValueError, match="of -1 days"):
        Lasted(-1, ended=True)
    with pytest.raises(ValueError, match="0 of"):
        Lasted(1, ended=True, number=0)


some = st.lists(
    st.builds(Lasted, st.integers(0, 40), st.booleans(), st.integers(1, 4)), min_size=1, max_size=30
)


@given(some)
def test_a_curve_only_falls_and_stays_inside_its_interval(seen) -> None:
    points = kaplan_meier(seen).points

    shares = [1.0, *(point.share for point in points)]
    assert shares == sorted(shares, reverse=True)
    assert all(0 <= point.lower <= point.share + 1e-12 for point in points)
    assert all(point.share - 1e-12 <= point.upper <= 1 for point in points)
    assert all(0 < point.ended <= point.at_risk for point in points)


@given(some, st.randoms(use_true_random=False))
def test_order_and_grouping_do_not_matter(seen, chance) -> None:
    singly = [replace(one, number=1) for one in seen for _ in range(one.number)]
    chance.shuffle(singly)

    assert kaplan_meier(singly) == kaplan_meier(seen)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60))
def test_when_all_have_ended_it_is_the_plain_share(days) -> None:
    curve = kaplan_meier(ended(*days))

    for day in range(41):
        assert curve.at(day).share == pytest.approx(sum(one > day for one in days) / len(days))


@given(some, st.integers(1, 5))
def test_many_times_the_same_leave_the_share_and_narrow_the_interval(seen, times) -> None:
    once = kaplan_meier(seen)
    often = kaplan_meier([replace(one, number=one.number * times) for one in seen])

    assert _shares(often) == pytest.approx(_shares(once))
    for few, many in zip(once.points, often.points, strict=True):
        if few.share > 0:
            assert many.upper - many.lower <= few.upper - few.lower + 1e-12


@given(some, st.integers(41, 60))
def test_who_is_seen_for_longer_changes_no_earlier_step_downwards(seen, day) -> None:
    before = kaplan_meier(seen)
    after = kaplan_meier([*seen, Lasted(day, ended=False)])

    assert all(after.at(point.days).share >= point.share for point in before.points)


def _shares(curve: Curve) -> list[float]:
    return [point.share for point in curve.points]
