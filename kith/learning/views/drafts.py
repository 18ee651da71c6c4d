"""What the pages of writing share: the draft or part they are about, previews, findings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString

from kith.base.errors import Refused
from kith.gate.commands import check
from kith.learning.models import CoursePart, CoursePicture, CourseVersion
from kith.learning.permissions import WRITE_COURSES
from kith.learning.queries import wordings as queries
from kith.learning.rules.findings import finding_words
from kith.learning.rules.states import VersionState
from kith.learning.views.texts import body_html
from kith.methods.learning.courses.findings import Finding
from kith.methods.learning.courses.reading import Reading
from kith.methods.learning.courses.schema import Part
from kith.methods.learning.questions.schema import say
from kith.web.acts import actor_of
from kith.web.words import Text, comma_list

WRONG = 422


def version_or_404(request: HttpRequest, pk: UUID) -> CourseVersion:
    actor = actor_of(request)
    check(actor, WRITE_COURSES)
    row: CourseVersion = get_object_or_404(queries.versions(actor), pk=pk)
    return row


def part_or_404(request: HttpRequest, pk: UUID) -> CoursePart:
    """A part of a draft. What is sent for another is refused by the command, with a sentence."""
    actor = actor_of(request)
    check(actor, WRITE_COURSES)
    rows = queries.parts(actor)
    if request.method == "GET":
        rows = rows.filter(version__state=VersionState.DRAFT.value)
    row: CoursePart = get_object_or_404(rows, pk=pk)
    return row


def said(words: dict[str, str]) -> str:
    """A text of several languages in that of the page."""
    return say(words, translation.get_language() or "en")


def acted(
    request: HttpRequest, act: Callable[[], object], told: str, to: str, *args: object
) -> HttpResponse:
    """Run the command behind a button, say what happened and go on to a page."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, told)
    return redirect(to, *args)


@dataclass(frozen=True)
class Line:
    """One thing to change or to look at: where, in words, and the page where it is changed."""

    place: str
    says: Text
    url: str = ""


def finding_lines(
    found: Iterable[Finding], reading: Reading, rows: Iterable[CoursePart]
) -> list[Line]:
    """Findings of a wording, by module and screen instead of by file."""
    by_key = {row.key: row for row in rows}
    folders = {path: by_key[key] for key, path in reading.folders.items() if key in by_key}
    return [_line(one, folders) for one in found]


def _line(one: Finding, folders: dict[str, CoursePart]) -> Line:
    folder = next((path for path in folders if one.file.startswith(f"{path}/")), "")
    row = folders.get(folder)
    if row is None:
        return Line(one.place, finding_words(one))
    names = [said(row.title), _picture(one) or one.place]
    url = reverse("learning:write_part", args=[row.pk])
    return Line(comma_list([name for name in names if name]), finding_words(one), url)


def _picture(one: Finding) -> str:
    name = one.file.rpartition("/")[2]
    return name if name.endswith(".svg") else ""


def draft_html(
    markdown: str, language: str, part: Part, pictures: Iterable[CoursePicture]
) -> SafeString:
    """The HTML of a screen as learners get it, with the pictures of the draft."""
    addresses = {
        one.name: reverse("learning:write_picture", args=[one.part_id, one.pk]) for one in pictures
    }
    return body_html(markdown, language, part, lambda name, _digest: addresses.get(name))
