"""A kept file as an answer: a picture is shown, everything else is only downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse

from kith.base import files
from kith.base.attachments import PICTURES

if TYPE_CHECKING:
    from kith.base.models import StoredFile


def attached_answer(row: StoredFile | None) -> HttpResponse:
    """The content of a file whose right has been checked. Raises Http404 once its key is gone."""
    content = files.content_of(row) if row is not None else None
    if row is None or content is None:
        raise Http404
    answer = HttpResponse(content, content_type=row.kind)
    if row.kind not in PICTURES:
        # Never opened inside Kith: a paper may hold more than paper.
        answer["Content-Disposition"] = "attachment"
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
