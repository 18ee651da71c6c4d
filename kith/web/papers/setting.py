"""From the parts of a paper to a PDF. Typst gets them as JSON and never as text of its own."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import singledispatch
from pathlib import Path
from typing import Any, Literal

import typst
from django.utils import translation
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from kith.web.papers.drawings import is_whole_png, ladder_picture
from kith.web.papers.letters import FAMILIES, direction, fonts, printable
from kith.web.papers.parts import (
    Bullets,
    Cell,
    Facts,
    Heading,
    Ladder,
    Lines,
    Paper,
    Paragraph,
    Part,
    Picture,
    SignatureLine,
    Signatures,
    Table,
    Ticks,
    Words,
    Written,
)
from kith.web.words import full_day

log = logging.getLogger(__name__)

CONTENT = Path(__file__).resolve().parent / "content"
TEMPLATE = CONTENT / "paper.typ"
STANDARD: Literal["ua-1"] = "ua-1"
Plain = dict[str, Any]


def made(paper: Paper) -> bytes:
    """The paper as tagged PDF after PDF/UA-1, the standard of accessible files."""
    moment = datetime.combine(paper.on, time(), UTC)
    return typeset(TEMPLATE, {"paper": json.dumps(plain(paper))}, on=moment)


def typeset(template: Path, inputs: dict[str, str], *, on: datetime | None = None) -> bytes:
    """A template of Kith's own with what is filled in, as PDF.

    A letter that no font can join may still come up; the paper is made without the promise of the
    standard then, because somebody stands there and needs it.
    """
    compiler = typst.Compiler(template, root=template.parent, font_paths=fonts())
    given = {"families": json.dumps(FAMILIES), **inputs}
    try:
        done = compiler.compile(
            format="pdf", sys_inputs=given, pdf_standards=STANDARD, timestamp=on
        )
    except typst.TypstError as trouble:
        if "could not be displayed" not in trouble.message:
            raise
        # The message quotes the letters, which are somebody's words: it stays out of the log.
        log.warning("A paper was made without PDF/UA: a letter has no shape in any font")
        done = compiler.compile(format="pdf", sys_inputs=given, timestamp=on)
    assert isinstance(done, bytes)  # noqa: S101 - one PDF is one file
    return done


def plain(paper: Paper) -> Plain:
    """Everything the template prints, as JSON knows it, in the language of the paper."""
    with translation.override(paper.language):
        way: Literal["ltr", "rtl"] = "rtl" if get_language_bidi() else "ltr"
        return {
            "language": paper.language.split("-")[0],
            "dir": way,
            "title": words(paper.title),
            "context": words(paper.context),
            "organisation": printable(paper.organisation),
            "date": {"year": paper.on.year, "month": paper.on.month, "day": paper.on.day},
            "day": full_day(paper.on),
            "note": words(paper.note),
            "pages": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
            "ticked": _("ticked"),
            "open": _("not ticked"),
            "signature": _("Signature"),
            "parts": [part(one) for one in _levelled(paper.parts)],
        }


def words(text: Words) -> Plain:
    """Lines of text with the way they run; Kith's own sentences run as the paper does."""
    own: Literal["ltr", "rtl"] = "rtl" if get_language_bidi() else "ltr"
    said = printable(text.text if isinstance(text, Written) else str(text))
    way = direction(said, own) if isinstance(text, Written) else own
    return {"lines": said.strip().split("\n"), "dir": way}


def _levelled(parts: Sequence[Part]) -> list[Part]:
    """A part of a section without a section becomes the section: levels never jump."""
    found: list[Part] = []
    has_section = False
    for one in parts:
        if isinstance(one, Heading):
            has_section = has_section or one.level == 2
            found.append(one if has_section else Heading(one.text, 2))
        else:
            found.append(one)
    return found


@singledispatch
def part(one: Any) -> Plain:
    """One part of a paper for the template."""
    raise TypeError(f"{type(one).__name__} is no part of a paper")


@part.register
def _heading(one: Heading) -> Plain:
    return {"part": "heading", "level": one.level, "text": words(one.text)}


@part.register
def _paragraph(one: Paragraph) -> Plain:
    return {"part": "paragraph", "tone": one.tone, "text": words(one.text)}


@part.register
def _bullets(one: Bullets) -> Plain:
    return {"part": "bullets", "items": [words(item) for item in one.items]}


@part.register
def _ticks(one: Ticks) -> Plain:
    items = [{"text": words(item.text), "ticked": item.is_ticked} for item in one.items]
    return {"part": "ticks", "items": items}


@part.register
def _facts(one: Facts) -> Plain:
    return {"part": "facts", "items": [[words(what), words(about)] for what, about in one.items]}


@part.register
def _table(one: Table) -> Plain:
    return {
        "part": "table",
        "columns": [
            {"title": words(column.title), "width": column.width, "align": column.align}
            for column in one.columns
        ],
        "rows": [[_cell(cell) for cell in row] for row in one.rows],
        "total": [_cell(cell) for cell in one.total],
        "empty": one.empty_rows,
    }


@part.register
def _lines(one: Lines) -> Plain:
    return {"part": "lines", "number": one.number, "label": words(one.label)}


@part.register
def _picture(one: Picture) -> Plain:
    return {
        "part": "picture",
        "kind": one.kind,
        "alt": printable(str(one.alt)),
        "width": one.width_mm,
        "bytes": list(one.content),
    }


@part.register
def _signatures(one: Signatures) -> Plain:
    places = [
        {
            "name": words(place.name),
            "note": words(place.note),
            "drawn": list(place.drawn) if is_whole_png(place.drawn) else [],
            "typed": words(_typed(place)),
        }
        for place in one.places
    ]
    return {"part": "signatures", "places": places}


def _typed(place: SignatureLine) -> Words:
    """What stands where no drawing can be shown."""
    if place.drawn and not is_whole_png(place.drawn):
        return _("Drawn signature")
    return Written(place.typed)


def _cell(cell: Cell) -> Plain:
    if isinstance(cell, Ladder):
        return part(ladder_picture(cell, from_right=get_language_bidi()))
    return part(cell) if isinstance(cell, Picture) else {"part": "words", **words(cell)}
