"""The player: a course of one's own, screen by screen."""

from hashlib import sha256
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.learning.commands import reading
from kith.learning.forms.player import ReadForm
from kith.learning.models import CoursePart, Seat
from kith.learning.queries import player as queries
from kith.learning.queries.content import part_of, vignette_of
from kith.learning.rules.states import PartKind
from kith.learning.views.course import Frame, course_page, frame_for
from kith.learning.views.texts import PictureUrl, screen_shown, sources_of
from kith.methods.learning.courses.schema import Part, Screen
from kith.web.acts import actor_of

PICTURES = "pictures/"
DIGEST_SHOWN = 16
MEDIA_TYPES = frozenset({"image/svg+xml", "image/png", "image/jpeg"})
STRICT = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=31536000, immutable",
}
"""A picture is somebody's file: opened by itself it may do nothing. Its address has its digest."""


def seat_or_404(request: HttpRequest, pk: UUID) -> Seat:
    """One's own place in an edition."""
    return get_object_or_404(queries.seats(actor_of(request)), pk=pk)


def part_or_404(seat: Seat, key: str, *kinds: PartKind) -> CoursePart:
    """A module or a story of the wording begun."""
    row = queries.part_in(seat, key, *kinds)
    if row is None:
        raise Http404
    return row


def text_of(row: CoursePart) -> Part:
    """The module or the story itself."""
    return part_of(row) if row.kind == PartKind.MODULE.value else vignette_of(row)


def picture_url(row: CoursePart) -> PictureUrl:
    """Addresses of the pictures of a part."""

    def url(name: str, digest: str) -> str:
        file = name.removeprefix(PICTURES)
        return reverse("learning:picture", args=[row.pk, digest[:DIGEST_SHOWN], file])

    return url


@require_GET
def seat(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The course: what it is for, what is done, what comes next."""
    own = seat_or_404(request, pk)
    frame = frame_for(request, own)
    page = course_page(queries.standing_of(own), frame, today=clock.today())
    return render(request, "learning/player.html", page)


@require_http_methods(["GET", "POST"])
def screen(request: HttpRequest, pk: UUID, part: str, screen: str) -> HttpResponse:
    """One screen; leaving it for the next notes that it was read."""
    own = seat_or_404(request, pk)
    row = part_or_404(own, part)
    text = text_of(row)
    here = text.screen(screen)
    if here is None:
        raise Http404
    if request.method == "POST":
        return _read(request, own, row, here)
    return render(
        request, "learning/screen.html", _screen_page(frame_for(request, own), row, text, here)
    )


def _read(request: HttpRequest, own: Seat, row: CoursePart, here: Screen) -> HttpResponse:
    reading.read_screen(
        actor_of(request),
        seat=own,
        part=row,
        screen=here.name,
        seconds=ReadForm(request.POST).time(),
        now=clock.now(),
    )
    return redirect(_after(own, row, here.name))


def _after(own: Seat, row: CoursePart, name: str) -> str:
    """The next screen; after the last one the quiz of a module or the tasks of a story."""
    place = row.screens.index(name) + 1
    if place < len(row.screens):
        return reverse("learning:screen", args=[own.pk, row.key, row.screens[place]])
    is_module = row.kind == PartKind.MODULE.value
    return reverse("learning:quiz" if is_module else "learning:story", args=[own.pk, row.key])


def _screen_page(frame: Frame, row: CoursePart, text: Part, here: Screen) -> dict[str, object]:
    own, place = frame.seat, row.screens.index(here.name)
    shown = screen_shown(text, here, frame.language, picture_url(row))
    addresses = [reverse("learning:screen", args=[own.pk, row.key, one]) for one in row.screens]
    is_last = place + 1 == len(row.screens)
    return {
        "frame": frame,
        "title": frame.say(row.title),
        "shown": shown,
        "number": place + 1,
        "total": len(row.screens),
        "before_url": addresses[place - 1] if place else "",
        "next_url": _after(own, row, here.name),
        "is_last": is_last,
        "is_module": row.kind == PartKind.MODULE.value,
        "sources": sources_of(text) if is_last else shown.sources,
        "print_url": reverse("learning:print", args=[own.pk, row.key]),
        "keep": addresses,
        "form": ReadForm(),
    }


@require_GET
def print_part(request: HttpRequest, pk: UUID, part: str) -> HttpResponse:
    """A whole module or story on one page, to print."""
    own = seat_or_404(request, pk)
    row, frame = part_or_404(own, part), frame_for(request, own)
    text = text_of(row)
    page = {
        "frame": frame,
        "title": frame.say(row.title),
        "screens": [
            screen_shown(text, one, frame.language, picture_url(row)) for one in text.screens
        ],
        "sources": sources_of(text),
        "first_url": reverse("learning:screen", args=[own.pk, row.key, row.screens[0]]),
    }
    return render(request, "learning/screen_print.html", page)


@require_POST
def language(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read on in another language of the course."""
    own = seat_or_404(request, pk)
    reading.read_in(actor_of(request), seat=own, language=request.POST.get("language", ""))
    messages.success(request, _("You read on in this language."))
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(wanted if is_ours else reverse("learning:seat", args=[pk]))


@require_GET
def picture(request: HttpRequest, part: UUID, digest: str, name: str) -> HttpResponse:
    """A picture of a module, for those who may see courses."""
    row = get_object_or_404(queries.pictures(actor_of(request), part), name=f"{PICTURES}{name}")
    content = bytes(row.content)
    if sha256(content).hexdigest()[:DIGEST_SHOWN] != digest or row.media_type not in MEDIA_TYPES:
        raise Http404
    return HttpResponse(content, content_type=row.media_type, headers=STRICT)
