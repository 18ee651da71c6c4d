"""Pictures drawn on the server: plain facts in, inline SVG out, with a table behind each."""

from kith.web.charts.shapes import Picture, svg
from kith.web.charts.stairs import stairs
from kith.web.charts.steps import Step, Steps, steps_picture
from kith.web.charts.timeline import Flag, Mark, Row, Shape, Span, Timeline, timeline_picture

__all__ = [
    "Flag",
    "Mark",
    "Picture",
    "Row",
    "Shape",
    "Span",
    "Step",
    "Steps",
    "Timeline",
    "stairs",
    "steps_picture",
    "svg",
    "timeline_picture",
]
