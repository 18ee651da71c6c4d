"""Words of the pages of a preview, which are for authors and in English."""

from kith.methods.learning.courses.blocks import Labels

LABELS = Labels(
    answer="Show an answer",
    example="Example",
    note="Note",
    activity="Activity",
    minutes="{minutes} minutes",
    source="Source",
)
