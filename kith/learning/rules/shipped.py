"""What comes with Kith: two courses, and units that anybody may read."""

from pathlib import Path

CONTENT = Path(__file__).parent.parent / "content"
SHIPPED = (
    CONTENT / "courses" / "helping-newcomers",
    CONTENT / "courses" / "understanding-vulnerability",
)
UNITS = CONTENT / "units"
