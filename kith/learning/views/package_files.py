"""Files of a package, for the closed frame. The address is the proof: the frame has no cookies."""

import json
import re
from functools import cache
from pathlib import Path
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kith.learning.models import PackageFile
from kith.learning.queries import packages as queries
from kith.learning.rules.packages import start_values
from kith.learning.views.isolation import file_headers, files_address, records_address
from kith.methods.learning.packages.injecting import with_script
from kith.methods.learning.packages.reading import RESERVED
from kith.methods.learning.packages.schema import Standard

PAGES = {"text/html", "application/xhtml+xml"}
BRIDGE = f"{RESERVED}/bridge.js"
SCRIPTS = ("web/vendor/scorm/cross-frame-api.min.js", "learning/bridge.js")
RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")
MOST_AT_ONCE = 4 * 1024 * 1024


@login_not_required
@require_safe
def file(request: HttpRequest, pk: UUID, key: str, path: str) -> HttpResponse:
    """A file of a package; pages get the script that speaks for the player."""
    opened = queries.read_pass(key)
    address = files_address(request, pk, key)
    if opened is None or opened.package != pk:
        return _dressed(_nothing(), address)
    records = records_address(request, opened.run) if opened.keeps_record else ""
    if path == BRIDGE:
        return _dressed(_bridge(request, opened), address, records)
    found = queries.file_behind(opened, path)
    answer = _answer(request, opened, found, address) if found else _nothing()
    return _dressed(answer, address, records)


def _nothing() -> HttpResponse:
    return HttpResponse("There is nothing here.", status=404, content_type="text/plain")


def _dressed(answer: HttpResponse, address: str, records: str = "") -> HttpResponse:
    for name, value in file_headers(address, talks_to=records).items():
        answer[name] = value
    answer.headers.setdefault("Cache-Control", "no-store, private")
    return answer


def _answer(
    request: HttpRequest, opened: queries.FilePass, found: PackageFile, address: str
) -> HttpResponse:
    if found.media_type in PAGES:
        content = with_script(queries.content_of(opened, found), f"{address}{BRIDGE}")
        return HttpResponse(content, content_type=found.media_type)
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    answer = _part(opened, found, int(asked[1]), asked[2]) if asked else _whole(opened, found)
    answer["Accept-Ranges"] = "bytes"
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


def _whole(opened: queries.FilePass, found: PackageFile) -> HttpResponse:
    return HttpResponse(queries.content_of(opened, found), content_type=found.media_type)


def _part(opened: queries.FilePass, found: PackageFile, first: int, last: str) -> HttpResponse:
    """A piece of a film, as browsers ask for it."""
    end = min(int(last) if last else found.size, first + MOST_AT_ONCE - 1, found.size - 1)
    if first > end:
        answer = HttpResponse(status=416)
        answer["Content-Range"] = f"bytes */{found.size}"
        return answer
    content = queries.content_of(opened, found, first=first, length=end - first + 1)
    answer = HttpResponse(content, status=206, content_type=found.media_type)
    answer["Content-Range"] = f"bytes {first}-{end}/{found.size}"
    return answer


def _bridge(request: HttpRequest, opened: queries.FilePass) -> HttpResponse:
    """The script in front of every page: SCORM's object, with what was kept already in it."""
    run = queries.run_behind(opened)
    start: dict[str, object] = {"standard": "", "values": {}}
    if run is not None and queries.standard_of(run.package) is not Standard.CMI5:
        item = queries.item_of(run.package, run.item)
        standard = queries.standard_of(run.package)
        kept = queries.kept_of(run)
        values = start_values(standard, item, kept, learner=run.pk.hex) if item else {}
        start = {"standard": standard.value, "values": values}
    start["origin"] = request.build_absolute_uri("/").rstrip("/")
    # Signs that end a line for JavaScript alone do no harm since they are escaped by json.
    told = f"self.kithStart = {json.dumps(start)};\n"
    return HttpResponse(told + _scripts(), content_type="text/javascript")


@cache
def _scripts() -> str:
    found = [finders.find(name) for name in SCRIPTS]
    return "\n".join(Path(str(one)).read_text("utf-8") for one in found)
