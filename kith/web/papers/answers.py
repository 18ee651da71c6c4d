"""A paper as the answer to a request."""

from __future__ import annotations

import re

from django.http import HttpResponse

from kith.web.papers.parts import Paper
from kith.web.papers.setting import made

# Files lie around in download folders and on shared machines: their names say what, never whose.
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def paper_answer(paper: Paper | bytes, *, name: str) -> HttpResponse:
    """The PDF under the name of its kind, such as "agreement"; no browser and no proxy keeps it.

    A name is a word of the code: letters, digits and hyphens. Raises ValueError for others.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a file: write small letters and hyphens")
    content = made(paper) if isinstance(paper, Paper) else paper
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer.headers["Cache-Control"] = "no-store, private"
    return answer
