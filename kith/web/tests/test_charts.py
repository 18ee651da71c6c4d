"""Pictures: what is drawn where, in both directions of reading, and the table behind."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.template import Context, Template
from django.utils.translation import override

from kith.web.charts import (
    Flag,
    Mark,
    Row,
    Shape,
    Span,
    Step,
    Steps,
    Timeline,
    stairs,
    steps_picture,
    svg,
    timeline_picture,
)
from kith.web.charts.shapes import Box, Diamond, Dot, Drawing, Look, Words, spread, width_of
from kith.web.charts.stairs import WIDTH as WIDTH_OF_STAIRS

FIRST, LAST = date(2026, 6, 1), date(2026, 12, 1)


def timeline(**changes) -> Timeline:
    given = {
        "title": "Olena and Marta have met 14 times.",
        "description": "Six phases and the days on which the two met.",
        "first": FIRST,
        "last": LAST,
        "months": ((date(2026, 7, 1), "July"), (date(2026, 8, 1), "August")),
        "spans": (Span(FIRST, date(2026, 6, 14), "Getting to know each other"),),
        "rows": (Row("2 meetings", (Mark(date(2026, 6, 8), "8 June"),)),),
        "flags": (Flag(date(2026, 11, 30), "Today"),),
        "head": ("Day", "What"),
        "table": (("8 June", "Meeting"),),
    }
    return Timeline(**{**given, **changes})


def steps(**changes) -> Steps:
    given = {
        "title": "Four of five matches last half a year.",
        "description": "The line falls where a match ended early.",
        "steps": (Step(10, 0.9, 0.8, 0.95), Step(50, 0.8, 0.6, 0.9)),
        "last": 100,
        "ticks": ((0, "0"), (50, "50"), (100, "100")),
        "shares": ((0, "0"), (0.5, "half"), (1, "all")),
        "below": "Seen until then",
        "numbers": ((0, "40"), (50, "31"), (100, "12")),
        "flags": ((90, "planned"),),
        "end": "80 of 100",
        "head": ("Week", "Share"),
        "table": (("0", "100 %"),),
    }
    return Steps(**{**given, **changes})


def parts(drawing: Drawing, kind: type) -> list:
    return [part for part in drawing.parts if isinstance(part, kind)]


def words_in(drawing: Drawing) -> dict[str, Words]:
    return {part.text: part for part in parts(drawing, Words)}


def left_edge(part: Words) -> float:
    wide = width_of(part.text)
    return part.x - {"start": 0, "middle": wide / 2, "end": wide}[part.anchor]


def pictures() -> list[Drawing]:
    found = []
    for mirrored in (False, True):
        for picture in (
            timeline_picture(timeline(), mirrored=mirrored),
            steps_picture(steps(), mirrored=mirrored),
        ):
            found += [picture.wide, picture.narrow]
    return found


@pytest.mark.parametrize("drawing", pictures())
def test_everything_stays_inside_the_picture(drawing) -> None:
    for part in drawing.parts:
        if isinstance(part, Words):
            assert left_edge(part) >= -1, part
            assert left_edge(part) + width_of(part.text) <= drawing.width + 1, part
        if isinstance(part, (Dot, Diamond)):
            assert 0 <= part.x <= drawing.width
        if isinstance(part, Box):
            assert 0 <= part.x <= part.x + part.width <= drawing.width
        assert getattr(part, "y", 0) <= drawing.height


def test_time_runs_in_the_direction_of_reading() -> None:
    early, late = Mark(date(2026, 6, 8), "8 June"), Mark(date(2026, 11, 8), "8 November")
    given = timeline(rows=(Row("2 meetings", (early, late)),))

    onwards = parts(timeline_picture(given, mirrored=False).wide, Dot)
    back = parts(timeline_picture(given, mirrored=True).wide, Dot)

    assert onwards[0].x < onwards[1].x
    assert back[0].x > back[1].x
    assert onwards[0].x + back[0].x == pytest.approx(720)


def test_a_short_span_carries_its_name_beside_it_and_a_long_one_inside() -> None:
    long = Span(FIRST, LAST, "Moving on together")
    last = Span(date(2026, 11, 20), LAST, "Saying goodbye together")
    first = Span(FIRST, FIRST + timedelta(days=6), "Meeting")
    drawing = timeline_picture(timeline(spans=(first, long, last)), mirrored=False).narrow

    boxes, said = parts(drawing, Box), words_in(drawing)
    assert said["Meeting"].x > boxes[0].x + boxes[0].width
    assert boxes[1].x < said["Moving on together"].x < boxes[1].x + boxes[1].width
    assert (said["Saying goodbye together"].anchor, said["Saying goodbye together"].x) == (
        "end",
        boxes[2].x - 6,
    )


def test_what_did_not_happen_is_hollow_and_kinds_differ_in_shape() -> None:
    marks = tuple(Mark(FIRST, shape.value, shape) for shape in Shape)
    drawing = timeline_picture(timeline(rows=(Row("all", marks),)), mirrored=False).wide

    found = [
        (type(part), part.hollow) for part in drawing.parts if isinstance(part, (Dot, Diamond))
    ]
    assert found == [(Dot, False), (Dot, True), (Diamond, False), (Diamond, True)]


def test_names_of_months_do_not_run_into_each_other_on_a_phone() -> None:
    months = tuple((date(2026, month, 1), "September") for month in range(6, 13))
    drawing = timeline_picture(timeline(months=months), mirrored=False).narrow

    shown = [part for part in parts(drawing, Words) if part.text == "September"]
    gaps = [right.x - left.x for left, right in pairwise(shown)]
    assert 2 <= len(shown) < 7
    assert all(gap > width_of("September", 12) for gap in gaps)


def test_a_curve_goes_down_in_steps_to_its_last_place() -> None:
    drawing = steps_picture(steps(), mirrored=False).wide

    line = next(part for part in drawing.parts if getattr(part, "look", "") == Look.PINE)
    heights = [y for _x, y in line.points]
    assert heights == sorted(heights)
    assert len(line.points) == 6
    assert line.points[-1][0] == max(x for x, _y in line.points)


def test_numbers_stand_below_the_ticks_that_are_shown() -> None:
    many = tuple((week, f"week {week}") for week in range(0, 101, 5))
    numbers = tuple((week, str(100 - week)) for week in range(0, 101, 5))
    drawing = steps_picture(steps(ticks=many, numbers=numbers), mirrored=False).narrow

    said = words_in(drawing)
    shown = [text for text in said if text.startswith("week ")]
    assert 3 <= len(shown) < len(many)
    assert {f"{100 - int(text[5:])}" for text in shown} <= set(said)


def test_texts_are_escaped_and_numbers_are_short() -> None:
    drawn = svg(Drawing(10, 10, (Words(1.25, 2, "<b>&"), Dot(1, 1, 2, Look.PINE, True, '"'))))

    assert drawn == (
        '<text class="ch-words" x="1.2" y="2" text-anchor="start">&lt;b&gt;&amp;</text>'
        '<circle class="ch-pine ch-hollow" cx="1" cy="1" r="2"><title>&quot;</title></circle>'
    )


def test_labels_that_would_overlap_are_left_out() -> None:
    assert spread([(0, "aa"), (5, "bb"), (60, "cc")]) == [(0, "aa"), (60, "cc")]


def test_the_page_has_a_title_a_description_both_sizes_and_the_table() -> None:
    picture = timeline_picture(timeline(title="Olena & Marta"), mirrored=False)

    with override("en"):
        page = Template("{% chart picture %}").render(Context({"picture": picture}))

    assert page.count("<svg") == 2
    assert 'aria-label="Olena &amp; Marta Six phases' in page
    assert re.search(r"<figcaption[^>]*>Olena &amp; Marta</figcaption>", page)
    assert '<td data-label="What">Meeting</td>' in page
    assert "style=" not in page


def test_only_a_picture_is_drawn() -> None:
    with pytest.raises(TypeError, match="a Picture is needed"):
        Template("{% chart picture %}").render(Context({"picture": {"title": "x"}}))


# ── Stairs ───────────────────────────────────────────────────────────────────────────────────────


def _dots(drawing: Drawing) -> list[Dot]:
    return [part for part in drawing.parts if isinstance(part, Dot)]


def test_stairs_show_earlier_times_as_rings_and_the_newest_as_a_figure() -> None:
    dots = _dots(stairs([1, 2, 4], mirrored=False))

    assert [dot.hollow for dot in dots] == [True, True, False]
    assert dots[0].x < dots[1].x < dots[2].x
    assert dots[0].y > dots[1].y > dots[2].y


def test_stairs_look_the_same_whichever_way_they_are_gone() -> None:
    up, down = stairs([2, 4], mirrored=False), stairs([4, 2], mirrored=False)

    assert {type(part) for part in up.parts} == {type(part) for part in down.parts}
    assert {part.look for part in up.parts} == {part.look for part in down.parts}


def test_stairs_begin_on_the_other_side_where_people_read_from_the_right() -> None:
    (left,) = _dots(stairs([1], mirrored=False))
    (right,) = _dots(stairs([1], mirrored=True))

    assert (left.x + right.x, left.y) == (WIDTH_OF_STAIRS, right.y)


def test_stairs_without_a_place_are_only_steps() -> None:
    assert len(stairs([], mirrored=False).parts) == 5
