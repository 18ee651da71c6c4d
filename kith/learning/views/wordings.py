"""Courses and their wordings: drafts, bringing one into use, a course as files."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.base.errors import Refused
from kith.gate.commands import check
from kith.learning.commands import wordings as commands
from kith.learning.forms.authoring import CourseFilesForm
from kith.learning.models import CoursePart, CourseVersion
from kith.learning.permissions import WRITE_COURSES
from kith.learning.queries import wordings as queries
from kith.learning.rules import changes
from kith.learning.rules.findings import finding_words, package_words
from kith.learning.rules.states import PartKind, VersionState
from kith.learning.rules.written import PART_WORDS, VERSION_WORDS, WHAT_WORDS
from kith.learning.views.drafts import WRONG, Line, acted, finding_lines, said, version_or_404
from kith.methods.learning.archives import Limits, PackageRefused, open_package
from kith.methods.learning.courses.checks import check_course
from kith.methods.learning.courses.files import ENDINGS, MOST_BYTES, MOST_FILES
from kith.methods.learning.courses.reading import COURSE, Reading, course_of
from kith.methods.learning.courses.stored import picture_files
from kith.methods.learning.courses.writing import files_of
from kith.people.rules.labels import language_name
from kith.web.acts import actor_of, done, typed
from kith.web.forms import KithForm, refuse
from kith.web.words import Text, comma_list, isolated

MOST_MIB, MIB = 32, 1024 * 1024
LIMITS = Limits(bytes=MOST_MIB * MIB, files=MOST_FILES, unfolded_bytes=2 * MOST_MIB * MIB)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Courses with their wordings."""
    actor, after = actor_of(request), request.GET.get("after", "")
    check(actor, WRITE_COURSES)
    lines, next_after = queries.course_lines(actor, after=after)
    here = reverse("learning:write")
    page = {
        "lines": [(said(line.course.title), line, _wordings(line)) for line in lines],
        "next_url": f"{here}?{urlencode({'after': next_after})}" if next_after else "",
        "first_url": here if after else "",
    }
    return render(request, "learning/wordings.html", page)


def _wordings(line: queries.CourseLine) -> list[tuple[queries.Wording, Text, str]]:
    return [(one, *VERSION_WORDS[VersionState(one.row.state)]) for one in line.wordings]


@require_POST
def copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new wording, as a copy of the one in use."""
    actor = actor_of(request)
    check(actor, WRITE_COURSES)
    course = get_object_or_404(queries.courses(actor), pk=pk)
    try:
        version = commands.copy_wording(actor, course=course)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("learning:write")
    return redirect("learning:wording", version.pk)


@require_GET
def wording(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One wording: its modules and stories."""
    version = version_or_404(request, pk)
    state, tone = VERSION_WORDS[VersionState(version.state)]
    is_draft = version.state == VersionState.DRAFT.value
    page = {
        "version": version,
        "title": said(version.course.title),
        "state": state,
        "tone": tone,
        "is_draft": is_draft,
        "languages": comma_list([language_name(code) for code in version.languages]),
        **_parts(version, _to_change(version) if is_draft else {}),
    }
    return render(request, "learning/wording.html", page)


@dataclass(frozen=True)
class PartLine:
    """A module or a story in a list; `to_change` is how many errors the checks name in it."""

    row: CoursePart
    title: str
    kind: Text
    screens: int
    to_change: int


def _parts(version: CourseVersion, to_change: Mapping[str, int]) -> dict[str, Any]:
    lines = [
        PartLine(
            row,
            said(row.title),
            PART_WORDS[PartKind(row.kind)],
            len(row.screens),
            to_change.get(row.key, 0),
        )
        for row in queries.parts_of(version)
    ]
    modules = [one for one in lines if one.row.kind == PartKind.MODULE.value]
    stories = [one for one in lines if one.row.kind != PartKind.MODULE.value]
    has_faults = any(one.to_change for one in lines)
    return {"parts": lines, "modules": modules, "stories": stories, "has_faults": has_faults}


def _to_change(version: CourseVersion) -> Mapping[str, int]:
    """Key of a part -> how many things the checks want changed in it."""
    reading = queries.reading_of(version)
    errors = check_course(reading).errors
    return {
        key: sum(one.file.startswith(f"{folder}/") for one in errors)
        for key, folder in reading.folders.items()
    }


@require_http_methods(["GET", "POST"])
def use(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring a draft into use, after what changes and what the checks say."""
    actor, version, form = actor_of(request), version_or_404(request, pk), KithForm(typed(request))
    if request.method == "POST" and done(
        form, lambda: commands.bring_into_use(actor, version=version, now=clock.now())
    ):
        messages.success(
            request,
            _(
                "This wording is in use. Whoever joins from now on reads it;"
                " the others finish theirs."
            ),
        )
        return redirect("learning:write")
    page = {"form": form, "version": version, **_looked_at(version)}
    return render(request, "learning/wording_use.html", page, status=WRONG if form.errors else 200)


def _looked_at(version: CourseVersion) -> dict[str, object]:
    """What changes, and what the checks say."""
    reading, rows = queries.reading_of(version), queries.parts_of(version)
    report = check_course(reading)
    used = queries.version_in_use(version.course)
    page: dict[str, object] = {
        "title": said(version.course.title),
        "is_draft": version.state == VersionState.DRAFT.value,
        "errors": finding_lines(report.errors, reading, rows),
        "advice": finding_lines(report.advice, reading, rows),
        "used": used,
    }
    if used is None or reading.course is None:
        return page
    before = queries.whole(used)
    page["frame_changed"] = changes.frame_changed(before, reading.course)
    page["order_changed"] = changes.order_changed(before, reading.course)
    page["changes"] = [_changed(one) for one in changes.part_changes(before, reading.course)]
    return page


@dataclass(frozen=True)
class Changed:
    """What changes in one part, in words."""

    title: str
    what: Text
    lines: tuple[str, ...]


def _changed(one: changes.PartChange) -> Changed:
    lines = [_("Title, aim, minutes, sources or pictures are changed.")] if one.about else []
    lines += [_("The screens stand in another order.")] if one.moved else []
    for template, found in (
        (_("Screen “%(name)s”: %(what)s"), one.screens),
        (_("Question “%(name)s”: %(what)s"), one.questions),
    ):
        lines += [
            template % {"name": isolated(said(dict(change.title))), "what": WHAT_WORDS[change.what]}
            for change in found
        ]
    return Changed(said(dict(one.title)), WHAT_WORDS[one.what], tuple(lines))


@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw a draft away, after a clear yes."""
    actor, version = actor_of(request), version_or_404(request, pk)
    if request.method == "POST":
        told = _("The draft is gone. The wording in use is as it was.")
        act = commands.discard_draft
        return acted(request, lambda: act(actor, version=version), told, "learning:write")
    page = {"version": version, "title": said(version.course.title)}
    return render(request, "learning/wording_discard.html", page)


@require_GET
def files(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A wording as files in a zip."""
    version = version_or_404(request, pk)
    found = files_of(queries.whole(version), queries.picture_bytes(version))
    name = f"{version.course.key}-{version.number}"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, one in found.items():
            archive.writestr(f"{version.course.key}/{path}", one)
    answer = HttpResponse(content.getvalue(), content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """A course from files as a new draft; nothing is kept where they have faults."""
    check(actor_of(request), WRITE_COURSES)
    form = CourseFilesForm(typed(request), request.FILES or None)
    faults: list[Line] = []
    if request.method == "POST" and form.is_valid():
        version, faults = _taken(request, form)
        if version is not None:
            messages.success(request, _("The files are kept as a draft."))
            return redirect("learning:wording", version.pk)
    status = WRONG if faults or form.errors else 200
    page = {"form": form, "faults": faults}
    return render(request, "learning/wording_upload.html", page, status=status)


def _taken(request: HttpRequest, form: CourseFilesForm) -> tuple[CourseVersion | None, list[Line]]:
    try:
        reading = _read(form.cleaned_data["file"])
        if reading.course is None or reading.faults:
            return None, [
                Line(_place(one.at, one.place), finding_words(one)) for one in reading.faults
            ]
        pictures = {
            one.key: picture_files(one, reading.folders[one.key], reading.files)
            for one in reading.course.modules
        }
        act = commands.take_files
        return act(actor_of(request), written=reading.course, pictures=pictures), []
    except PackageRefused as fault:
        form.add_error("file", package_words(fault))
    except Refused as refusal:
        refuse(form, refusal)
    return None, []


def _place(at: str, place: str) -> str:
    return comma_list([one for one in (at, place) if one])


def _read(file: UploadedFile) -> Reading:
    """The course in a zip: its folder may be the zip itself or the only folder in it."""
    package = open_package(file.read(), LIMITS)
    root = next(
        (name.removesuffix(COURSE) for name in sorted(package.names, key=len) if _is_top(name)), ""
    )
    names = [one for one in package.names if one.startswith(root) and one.endswith(ENDINGS)]
    return course_of(
        {
            name.removeprefix(root): package.read(name, most=MOST_BYTES + 1)
            for name in sorted(names)
            if not any(part.startswith(".") for part in name.split("/"))
        }
    )


def _is_top(name: str) -> bool:
    return name.rpartition("/")[2] == COURSE and name.count("/") <= 1
