"""One module or story of a draft: what stands about it, its screens, sources and pictures."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base.errors import Refused
from kith.learning.commands import parts as commands
from kith.learning.commands.courses import SVG
from kith.learning.commands.parts import PictureRefused
from kith.learning.forms.authoring import HeadForm, PictureForm, ScreenForm, SourceForm
from kith.learning.models import CoursePart
from kith.learning.queries import wordings as queries
from kith.learning.rules.findings import finding_words
from kith.learning.rules.pieces import fingerprint
from kith.learning.rules.states import PartKind
from kith.learning.views.drafts import WRONG, acted, draft_html, part_or_404, said
from kith.methods.learning.courses.blocks import plain_words
from kith.methods.learning.courses.schema import Module, Part, Screen, questions_in
from kith.methods.learning.questions.schema import ENGLISH
from kith.web.acts import actor_of, done, typed
from kith.web.forms import refuse

PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
LONGEST_PREVIEW = 20_000


@require_GET
def part(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A part with everything in it."""
    row = part_or_404(request, pk)
    content = queries.content_of(row)
    page = {
        "part": row,
        "title": said(dict(content.title)),
        "content": content,
        "is_module": isinstance(content, Module),
        "screens": [
            (one, said(dict(one.heading)), len(plain_words(one.body.get(ENGLISH, ""))))
            for one in content.screens
        ],
        "questions": len(questions_in(content)),
        "pictures": queries.pictures_of(row),
    }
    return render(request, "learning/part.html", page)


@require_http_methods(["GET", "POST"])
def head(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Title, aim and minutes."""
    actor, row = actor_of(request), part_or_404(request, pk)
    content = queries.content_of(row)
    form = HeadForm(typed(request), part=content)
    seen = _seen(request, commands.head_of(content))
    if request.method == "POST" and done(
        form, lambda: commands.save_head(actor, part=row, head=form.head(), seen=seen)
    ):
        messages.success(request, _("Saved."))
        return redirect("learning:write_part", pk)
    page = {"form": form, "part": row, "seen": fingerprint(commands.head_of(content))}
    page["theirs"] = content if page["seen"] != seen else None
    return _page(request, "part_head", page)


def _seen(request: HttpRequest, piece: object) -> str:
    """What somebody had before them when they began to type."""
    return request.POST.get("seen", "") or fingerprint(piece)


def _page(request: HttpRequest, name: str, page: dict[str, Any]) -> HttpResponse:
    status = WRONG if page["form"].errors else 200
    return render(request, f"learning/{name}.html", page, status=status)


@require_http_methods(["GET", "POST"])
def new_screen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One more screen, at the end."""
    actor, row = actor_of(request), part_or_404(request, pk)
    form = ScreenForm(typed(request), preview_url=_preview_url(row))
    if request.method == "POST" and done(
        form, lambda: commands.add_screen(actor, part=row, **form.cleaned_data)
    ):
        messages.success(request, _("The screen stands at the end. Move it where it belongs."))
        return redirect("learning:write_part", pk)
    return _page(request, "screen_edit", {"form": form, **_beside(row, form)})


@require_http_methods(["GET", "POST"])
def screen(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """One screen in English, with a preview beside it."""
    actor, row = actor_of(request), part_or_404(request, pk)
    shown = _screen_or_404(row, name)
    form = ScreenForm(typed(request), preview_url=_preview_url(row), screen=shown)
    seen = _seen(request, commands.english_of(shown))
    if request.method == "POST" and done(
        form,
        lambda: commands.save_screen(actor, part=row, name=name, seen=seen, **form.cleaned_data),
    ):
        messages.success(request, _("Saved."))
        return redirect("learning:write_part", pk)
    page = {"form": form, "screen": shown, "seen": fingerprint(commands.english_of(shown))}
    page["theirs"] = _theirs(shown) if page["seen"] != seen else None
    return _page(request, "screen_edit", {**page, **_beside(row, form)})


def _theirs(shown: Screen) -> tuple[str, str]:
    """What somebody else saved meanwhile."""
    return shown.heading.get(ENGLISH, ""), shown.body.get(ENGLISH, "")


def _screen_or_404(row: CoursePart, name: str) -> Screen:
    found = queries.content_of(row).screen(name)
    if found is None:
        raise Http404
    return found


def _preview_url(row: CoursePart) -> str:
    return reverse("learning:write_preview", args=[row.pk])


def _beside(row: CoursePart, form: ScreenForm) -> dict[str, Any]:
    """What stands beside the text: its preview, and what can be cited and shown."""
    content, pictures = queries.content_of(row), queries.pictures_of(row)
    body = str(form["body"].value() or "")[:LONGEST_PREVIEW]
    return {
        "part": row,
        "content": content,
        "pictures": pictures,
        "html": draft_html(body, ENGLISH, content, pictures),
        "preview_language": ENGLISH,
        "preview_direction": "ltr",
    }


@require_POST
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is being typed, as learners would read it. Keeps nothing."""
    row = part_or_404(request, pk)
    body = request.POST.get("body", "")[:LONGEST_PREVIEW]
    content = queries.content_of(row)
    html = draft_html(body, ENGLISH, content, queries.pictures_of(row))
    return render(request, "learning/screen_preview.html", {"html": html})


@require_POST
def move_screen(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """One place earlier or later."""
    actor, row = actor_of(request), part_or_404(request, pk)
    by = -1 if request.POST.get("to") == "earlier" else 1
    act = commands.move_screen
    told = _("Moved.")
    return acted(request, lambda: act(actor, part=row, name=name, by=by), told, *_to(pk))


def _to(pk: UUID) -> tuple[str, UUID]:
    return "learning:write_part", pk


@require_http_methods(["GET", "POST"])
def remove_screen(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Take a screen out, after a clear yes."""
    actor, row = actor_of(request), part_or_404(request, pk)
    if request.method == "POST":
        act, told = commands.remove_screen, _("The screen is gone.")
        return acted(request, lambda: act(actor, part=row, name=name), told, *_to(pk))
    title = said(dict(_screen_or_404(row, name).heading))
    return render(request, "learning/screen_remove.html", {"part": row, "title": title})


@require_http_methods(["GET", "POST"])
def source(request: HttpRequest, pk: UUID, key: str = "") -> HttpResponse:
    """A source: a new one, or one written anew."""
    actor, row = actor_of(request), part_or_404(request, pk)
    old = _module_or_404(queries.content_of(row)).source(key) if key else None
    if key and old is None:
        raise Http404
    form = SourceForm(typed(request), source=old)
    if request.method == "POST" and done(
        form,
        lambda: commands.save_source(actor, part=row, source=form.source(), instead_of=key),
    ):
        messages.success(request, _("Saved."))
        return redirect("learning:write_part", pk)
    return _page(request, "source_edit", {"form": form, "part": row, "source": old})


def _module_or_404(content: Part) -> Module:
    if not isinstance(content, Module):
        raise Http404
    return content


@require_POST
def remove_source(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Take a source out of the list."""
    actor, row = actor_of(request), part_or_404(request, pk)
    act, told = commands.remove_source, _("The source is gone from the list.")
    return acted(request, lambda: act(actor, part=row, key=key), told, *_to(pk))


@require_http_methods(["GET", "POST"])
def new_picture(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A picture for the texts of a module."""
    row = part_or_404(request, pk)
    if row.kind != PartKind.MODULE.value:
        raise Http404
    form = PictureForm(typed(request), request.FILES or None)
    found: list[str] = []
    if request.method == "POST" and form.is_valid():
        found = _keep(request, row, form)
        if not form.errors:
            messages.success(request, _("The picture is kept. Show it in a text."))
            return redirect("learning:write_part", pk)
    return _page(request, "picture_new", {"form": form, "part": row, "found": found})


def _keep(request: HttpRequest, row: CoursePart, form: PictureForm) -> list[str]:
    """Keep the picture; gives what is wrong with it."""
    file = form.cleaned_data["file"]
    try:
        commands.keep_picture(
            actor_of(request),
            part=row,
            name=f"pictures/{file.name}",
            content=file.read(),
            media_type=SVG,
        )
    except PictureRefused as refusal:
        refuse(form, refusal, field="file")
        return [finding_words(one) for one in refusal.findings]
    except Refused as refusal:
        refuse(form, refusal)
    return []


@require_GET
def picture(request: HttpRequest, pk: UUID, picture: UUID) -> HttpResponse:
    """The picture itself."""
    row = get_object_or_404(queries.pictures(actor_of(request)), pk=picture, part=pk)
    answer = HttpResponse(bytes(row.content), content_type=row.media_type)
    answer.headers["Content-Security-Policy"] = PICTURE_POLICY
    answer.headers["Cache-Control"] = "private, max-age=300"
    return answer


@require_POST
def remove_picture(request: HttpRequest, pk: UUID, picture: UUID) -> HttpResponse:
    """Take a picture away."""
    actor, row = actor_of(request), part_or_404(request, pk)
    shown = get_object_or_404(queries.pictures(actor), pk=picture, part=pk)
    act, told = commands.remove_picture, _("The picture is gone.")
    return acted(request, lambda: act(actor, part=row, picture=shown), told, *_to(pk))
