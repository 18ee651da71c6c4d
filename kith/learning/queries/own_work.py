"""What somebody wrote to a story, and what came back."""

import json
from collections.abc import Mapping

from kith.learning.models import Seat, Work


def work_of(seat: Seat, part: str) -> Work | None:
    """The answer to a story; None before the first word."""
    found: Work | None = Work.objects.filter(seat=seat, part=part).first()
    return found


def texts_of(work: Work | None) -> Mapping[str, str]:
    """Task -> what was written."""
    if work is None or not str(work.answers):
        return {}
    found: dict[str, str] = json.loads(str(work.answers))
    return found
