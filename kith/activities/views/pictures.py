"""Pictures of an activity."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.activities import commands
from kith.activities.forms import PictureForm
from kith.activities.queries import lists, pictures
from kith.activities.rules.plan import Answer
from kith.activities.views.shared import activity_or_404, to_note_or_404
from kith.base import files
from kith.web.acts import actor_of, done, typed

KINDS = frozenset({files.JPEG, files.PNG})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a picture."""
    actor, row = actor_of(request), to_note_or_404(request, pk)
    answers = [one for one in lists.answers_to(row) if one.answer == Answer.COMING.value]
    people = [one.person for one in answers]
    form = PictureForm(typed(request), request.FILES or None, people=people)

    def keep() -> None:
        content, kind = files.check_upload(form.cleaned_data["picture"], allowed=KINDS)
        commands.add_picture(
            actor,
            activity=row,
            content=content,
            kind=kind,
            alt=form.cleaned_data["alt"],
            nobody=form.cleaned_data["nobody"],
            persons=[one for one in people if one.pk in form.keys],
        )

    if request.method == "POST" and done(form, keep):
        messages.success(request, _("The picture is kept."))
        return redirect("activities:activity", pk=pk)
    return render(request, "activities/picture.html", {"form": form, "activity": row})


@require_GET
def show(request: HttpRequest, pk: UUID, picture: UUID) -> HttpResponse:
    """The picture itself, for those who may see the activity."""
    activity_or_404(request, pk)
    row = pictures.picture(actor_of(request), picture)
    content = files.content_of(row.file) if row is not None else None
    if row is None or content is None:
        raise Http404
    answer = HttpResponse(content, content_type=row.file.kind)
    # Consent is asked each time: nothing stays in a cache after it was taken back.
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: UUID, picture: UUID) -> HttpResponse:
    """Remove a picture, after a clear yes."""
    actor, row = actor_of(request), to_note_or_404(request, pk)
    found = get_object_or_404(pictures.to_remove(actor), pk=picture, activity=row)
    if request.method == "POST":
        commands.remove_picture(actor, picture=found)
        messages.success(request, _("The picture is gone."))
        return redirect("activities:activity", pk=pk)
    return render(request, "activities/remove_picture.html", {"activity": row, "picture": found})
